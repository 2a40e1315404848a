/** All that the conformance suite wants to find, as one registry for the adapter that production stands on. */
import { randomBytes } from 'node:crypto';
import { createRequestStateCodec, type ServerEventBus } from '@modelcontextprotocol/server';
import type { Registry } from '../../src/mcp/serve/registry.js';
import { inputTools, type Round } from './input.js';
import { prompts } from './prompts.js';
import { resources } from './resources.js';
import { createFakeQueue, taskTools } from './tasks.js';
import { contentTools } from './tools.js';

const FOR_A_MINUTE = { ttlMs: 60_000, cacheScope: 'public' } as const;

export function fixtureRegistry(bus: Pick<ServerEventBus, 'publish'>): Registry {
  const codec = createRequestStateCodec<Round>({ key: randomBytes(32), bind: ({ mcpReq }) => mcpReq.method });
  const queue = createFakeQueue();
  return {
    info: { name: 'conformance-fixtures', version: '1.0.0' },
    tools: [...contentTools(bus), ...inputTools(codec), ...taskTools(queue)],
    prompts,
    resources,
    complete: async ({ argument }) => ({
      completion: {
        values: ['paris', 'park', 'party'].filter((value) => value.startsWith(argument.value)),
        hasMore: false,
      },
    }),
    tasks: queue,
    changes: { watch: () => () => undefined, note: () => undefined },
    unknownTool: (name) => `There is no tool "${name}".`,
    capabilities: {
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      logging: {},
    },
    options: {
      requestState: { verify: codec.verify },
      cacheHints: {
        'tools/list': FOR_A_MINUTE,
        'prompts/list': FOR_A_MINUTE,
        'resources/list': FOR_A_MINUTE,
        'resources/templates/list': FOR_A_MINUTE,
        'resources/read': FOR_A_MINUTE,
        'server/discover': FOR_A_MINUTE,
      },
    },
  };
}
