/** What clients are shown of the tools. Each of them pays for every byte, and keeps the list for as long as it may. */
import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { listedTool } from '../../src/mcp/serve/listed-tool.js';
import { tools } from '../../src/mcp/tools/index.js';

const SNAPSHOT = 'tests/fixtures/tools-list.json';
const REWRITE = 'UPDATE_TOOLS_LIST=1 npm test -- tests/mcp/snapshot';
const HINTS = ['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint'];

const listed = tools.map(listedTool);
const text = `${JSON.stringify({ tools: listed }, null, 2)}\n`;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('the list is the one that was agreed on, tool by tool and in its order', () => {
  if (process.env['UPDATE_TOOLS_LIST'] === '1') writeFileSync(SNAPSHOT, text);
  const agreed = readFileSync(SNAPSHOT, 'utf8');
  if (agreed === text) return;
  const { tools: before } = JSON.parse(agreed) as { tools: unknown };
  try {
    expect(listed).toEqual(before);
    // Equal as values: then it is the order of keys.
    expect(text).toBe(agreed);
  } catch (error) {
    throw new Error(
      `The list of tools has changed. If that is meant, write it anew:\n  ${REWRITE}\n\n${String(error)}`,
      {
        cause: error,
      },
    );
  }
});

test('it is small: 9,000 bytes as models pay for it, 24,000 with the schemas of results', () => {
  const shown = listed.map(({ outputSchema: _, ...rest }) => rest);
  expect(bytesOf({ tools: shown })).toBeLessThanOrEqual(9_000);
  expect(bytesOf({ tools: listed })).toBeLessThanOrEqual(24_000);
});

test.each(listed.map((tool) => [tool.name, tool] as const))('%s states all four hints', (_, { annotations }) => {
  expect(Object.entries(annotations ?? {}).map(([hint, value]) => [hint, typeof value])).toEqual(
    expect.arrayContaining(HINTS.map((hint) => [hint, 'boolean'])),
  );
});

test('a reply that had to be cut fits its schema: none forbids the key that says so', () => {
  for (const { outputSchema } of listed) expect(outputSchema).not.toHaveProperty('additionalProperties');
});
