import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ChatMessage } from '../../src/domain/model.js';
import { CHAT_BYTES, chatMessages, ChatInput } from '../../src/mcp/chat.js';
import { plain } from '../../src/mcp/views/plain.js';

const same = (texts: readonly string[]) => Promise.resolve(texts);
const NOW = Date.UTC(2026, 10, 22);
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('text and blocks keep their shape; secrets are masked in all of them at once', async () => {
  let calls = 0;
  const redact = (texts: readonly string[]) => {
    calls += 1;
    return Promise.resolve(texts.map((text) => text.replaceAll('hunter2', '[redacted:password]')));
  };
  const messages = await chatMessages(
    [
      {
        role: 'user',
        content: 'my password is hunter2\u001b[31m\u200b\nsecond line',
        timestamp: '2026-11-21T10:00:00Z',
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'hunter2' },
          {
            type: 'tool_use',
            id: 'toolu_01',
            name: 'TodoWrite',
            input: { todos: [{ content: 'use hunter2', status: 'pending' }] },
          },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(90_000) } },
        ],
      },
    ],
    redact,
    NOW,
  );
  expect(calls).toBe(1);
  expect(messages).toEqual([
    { role: 'user', content: 'my password is [redacted:password]\nsecond line', timestamp: Date.UTC(2026, 10, 21, 10) },
    {
      role: 'assistant',
      timestamp: null,
      content: [
        { type: 'text', text: '[redacted:password]' },
        {
          type: 'tool_use',
          id: 'toolu_01',
          name: 'TodoWrite',
          input: { todos: [{ content: 'use [redacted:password]', status: 'pending' }] },
        },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '[left out]' } },
      ],
    },
  ]);
});

test('of too much text the longest is cut, with a note of how much; short texts stay whole', async () => {
  const short = 'please fix the login';
  const long = 'é'.repeat(400_000);
  const messages = await chatMessages(
    [
      { role: 'user', content: short },
      { role: 'assistant', content: long },
    ],
    same,
    NOW,
  );
  expect(messages[0]?.content).toBe(short);
  const cut = messages[1]?.content;
  const note = /^(é+) \[…(\d+) of 400000 characters cut\]$/.exec(typeof cut === 'string' ? cut : '');
  expect((note?.[1]?.length ?? 0) + Number(note?.[2])).toBe(400_000);
  expect(bytes(messages)).toBeLessThanOrEqual(CHAT_BYTES);
  expect(bytes(messages)).toBeGreaterThan(CHAT_BYTES * 0.7);
});

test('a time that lies ahead counts as now', async () => {
  const [message] = await chatMessages([{ role: 'user', content: 'x', timestamp: '2999-01-01T00:00:00Z' }], same, NOW);
  expect(message?.timestamp).toBe(NOW);
});

test('too many parts are refused with what to do', async () => {
  const content = Array.from({ length: 9_000 }, () => ({ type: 'text', text: 'abc' }));
  await expect(chatMessages([{ role: 'user', content }], same, NOW)).rejects.toThrow(
    'several calls with the same session_id',
  );
});

test('whatever is sent either fits the job or is refused', async () => {
  const content = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(
      fc.dictionary(fc.string(), fc.jsonValue()).map((block) => ({ ...block, type: 'text' })),
      { maxLength: 5 },
    ),
  );
  const message = fc.record({ role: fc.constantFrom('user' as const, 'assistant' as const), content });
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 4 }), async (input) => {
      const parsed = input.map((one) => ChatInput.parse(one));
      for (const one of await chatMessages(parsed, same, NOW)) ChatMessage.parse(one);
    }),
    { numRuns: 200 },
  );
});

test('plain text never holds controls, escapes or invisible characters, and never grows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, most) => {
      const result = plain(text, most);
      expect([...result].length).toBeLessThanOrEqual(most);
      expect(result).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u,
      );
    }),
  );
  expect(plain('\u001b]8;;http://x\u0007link\u001b]8;;\u0007 \u001b[1;31mred\u001b[0m', 99)).toBe('link red');
});
