/** Tools that answer at once: each kind of content, log lines, progress, an error, lists that change. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  MissingRequiredClientCapabilityError,
  type ServerContext,
  type ServerEventBus,
} from '@modelcontextprotocol/server';
import type { ServedTool } from '../../src/mcp/serve/registry.js';
import { declares, failure, text, tool } from './declare.js';
import { PNG, WAV } from './samples.js';

const PAUSE_MS = 50;

/** @param bus where a change of a list is told */
export const contentTools = (bus: Pick<ServerEventBus, 'publish'>): readonly ServedTool[] => [
  tool('test_simple_text', 'Returns one text.', async () => text('This is a simple text response for testing.')),
  tool('test_image_content', 'Returns one picture.', async () => ({
    content: [{ type: 'image', data: PNG, mimeType: 'image/png' }],
  })),
  tool('test_audio_content', 'Returns one sound.', async () => ({
    content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }],
  })),
  tool('test_embedded_resource', 'Returns one embedded resource.', async () => ({
    content: [
      {
        type: 'resource',
        resource: {
          uri: 'test://embedded-resource',
          mimeType: 'text/plain',
          text: 'This is an embedded resource content.',
        },
      },
    ],
  })),
  tool('test_multiple_content_types', 'Returns a text, a picture and a resource.', async () => ({
    content: [
      { type: 'text', text: 'Multiple content types test:' },
      { type: 'image', data: PNG, mimeType: 'image/png' },
      {
        type: 'resource',
        resource: {
          uri: 'test://mixed-content-resource',
          mimeType: 'application/json',
          text: '{"test":"data","value":123}',
        },
      },
    ],
  })),
  tool('test_error_handling', 'Always fails.', async () =>
    failure('This tool intentionally returns an error for testing'),
  ),
  tool('test_tool_with_logging', 'Sends three log lines while it works.', logThrice),
  tool('test_logging_tool', 'Logs; a client of 2026-07-28 sees that only where it asked for it.', logThrice),
  tool('test_tool_with_progress', 'Tells of its progress three times.', async (_args, { mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined)
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
      if (progress < 100) await sleep(PAUSE_MS);
    }
    return text('Done, with progress.');
  }),
  tool('test_missing_capability', 'Needs a client that can sample.', async (_args, context) => {
    if (!declares(context, 'sampling'))
      throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
    return text('The client can sample.');
  }),
  tool(
    'test_reconnection',
    'Closes its stream before it answers; the client comes back for the answer.',
    async (_args, { http }) => {
      http?.closeSSE?.();
      await sleep(PAUSE_MS);
      return text('Reconnection test completed successfully.');
    },
  ),
  tool('test_trigger_tool_change', 'Tells that the list of tools has changed.', async () => {
    bus.publish({ kind: 'tools_list_changed' });
    return text('Told.');
  }),
  tool('test_trigger_prompt_change', 'Tells that the list of prompts has changed.', async () => {
    bus.publish({ kind: 'prompts_list_changed' });
    return text('Told.');
  }),
  {
    listed: {
      name: 'json_schema_2020_12_tool',
      description: 'Tool with JSON Schema 2020-12 features',
      inputSchema: SCHEMA_2020_12,
    },
    call: async () => text('The arguments were not looked at.'),
  },
];

async function logThrice(_args: unknown, { mcpReq }: ServerContext) {
  for (const line of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the suite asks for log lines; production sends none
    await mcpReq.log('info', line);
    await sleep(PAUSE_MS);
  }
  return text('Done, with three log lines.');
}

/** As the suite gives it in the scenario json-schema-2020-12: every keyword must come back. */
const SCHEMA_2020_12 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object' as const,
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};
