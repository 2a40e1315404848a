import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLines, initialState } from '../../../src/domain/transcript/index.js';
import { readAll, recordsOf, talk, todos, type Json, type LineOrText } from '../../support/builders.js';

const skippedIn = async (...lines: LineOrText[]): Promise<Readonly<Record<string, number>>> =>
  (await readAll(lines)).state.stats.skipped;

/** The line types, subtypes and attachments that Claude Code 1.0.17 to 2.1.237 was seen to write. */
const message = (content: unknown): Json => ({ message: { role: 'user', content } });
const KNOWN: readonly Json[] = [
  { type: 'user', ...message('hello') },
  { type: 'user', ...message([{ type: 'text', text: 'hello' }]) },
  { type: 'user', ...message([{ type: 'image', source: {} }]) },
  { type: 'user', ...message([{ type: 'document', source: {} }]) },
  { type: 'user', ...message([{ type: 'tool_result', tool_use_id: 'c', content: 'ok' }]) },
  { type: 'user', isMeta: true, ...message('Caveat') },
  { type: 'assistant', ...message([{ type: 'text', text: 'hello' }]) },
  { type: 'assistant', ...message([{ type: 'thinking', thinking: '', signature: 's' }]) },
  { type: 'assistant', ...message([{ type: 'redacted_thinking', data: 's' }]) },
  { type: 'assistant', ...message([{ type: 'tool_use', id: 'c', name: 'Bash', input: {} }]) },
  { type: 'assistant', ...message([{ type: 'server_tool_use', id: 'c', name: 'web_search', input: {} }]) },
  { type: 'assistant', isApiErrorMessage: true, ...message([{ type: 'text', text: 'API Error: 529' }]) },
  ...[
    'compact_boundary',
    'microcompact_boundary',
    'api_error',
    'turn_duration',
    'stop_hook_summary',
    'local_command',
    'informational',
    'away_summary',
    'scheduled_task_fire',
  ].map((subtype) => ({ type: 'system', subtype })),
  { type: 'summary', summary: 'A title', leafUuid: 'x' },
  { type: 'ai-title', aiTitle: 'A title' },
  { type: 'custom-title', customTitle: 'A title' },
  { type: 'last-prompt', lastPrompt: 'hello', leafUuid: 'x' },
  ...['mode', 'permission-mode', 'bridge-session', 'atis-latch', 'agent-setting', 'agent-name'].map((type) => ({
    type,
  })),
  { type: 'queue-operation', operation: 'enqueue', content: 'hello' },
  { type: 'file-history-snapshot', snapshot: { trackedFileBackups: {} } },
  { type: 'file-history-delta', trackingPath: '/a' },
  ...['bash_progress', 'hook_progress', 'mcp_progress', 'agent_progress', 'query_update', 'waiting_for_task'].map(
    (type) => ({ type: 'progress', data: { type } }),
  ),
  ...[
    'queued_command',
    'task_reminder',
    'todo_reminder',
    'hook_success',
    'hook_blocking_error',
    'hook_non_blocking_error',
    'hook_additional_context',
    'hook_system_message',
    'async_hook_response',
    'edited_text_file',
    'file',
    'compact_file_reference',
    'nested_memory',
    'plan_mode',
    'skill_listing',
    'deferred_tools_delta',
    'mcp_instructions_delta',
    'agent_listing_delta',
    'total_tokens_reminder',
    'date_change',
    'invoked_skills',
    'command_permissions',
    'structured_output',
    'read_truncation_notice',
  ].map((type) => ({ type: 'attachment', attachment: { type } })),
  { type: 'pr-link', prNumber: 1, prUrl: 'https://example.com/pull/1' },
];
const nameOf = (line: Json): string => {
  const inner =
    line['subtype'] ??
    (line['attachment'] as Json | undefined)?.['type'] ??
    (line['data'] as Json | undefined)?.['type'];
  return [line['type'], inner].flatMap((part) => (typeof part === 'string' ? [part] : [])).join('/');
};

test.each(KNOWN.map((line) => [nameOf(line), line] as const))('%s is a line that we know', async (_, line) => {
  expect(await skippedIn(line)).toEqual({});
});

describe('what is not understood is counted by its reason', () => {
  const cases: readonly (readonly [what: string, line: LineOrText, skipped: Json])[] = [
    ['an empty line', '', { empty: 1 }],
    ['a line of spaces', ' \t ', { empty: 1 }],
    ['a torn line', '{"type":"user","message":{"content":"cut off in the mi', { 'not-json': 1 }],
    ['binary', '\u0000\u0001\uFFFD', { 'not-json': 1 }],
    ['two objects on one line', '{"type":"mode"}{"type":"mode"}', { 'not-json': 1 }],
    ['a string', '"massive error"', { 'not-an-object': 1 }],
    ['a number', '42', { 'not-an-object': 1 }],
    ['an array', '[1]', { 'not-an-object': 1 }],
    ['null', 'null', { 'not-an-object': 1 }],
    ['no type', { uuid: 'u', message: { content: 'hello' } }, { 'no-type': 1 }],
    ['a type that is no name', { type: { nested: true } }, { 'no-type': 1 }],
    ['a type that is content', { type: 'a sentence with spaces in it' }, { 'no-type': 1 }],
    ['a new type', { type: 'brand-new' }, { 'unknown-type:brand-new': 1 }],
    ['a new subtype', { type: 'system', subtype: 'brand_new' }, { 'unknown-type:system/brand_new': 1 }],
    ['a new attachment', { type: 'attachment', attachment: { type: 'new' } }, { 'unknown-type:attachment/new': 1 }],
    ['an attachment without one', { type: 'attachment' }, { 'unknown-type:attachment/none': 1 }],
    ['a new block', { type: 'user', ...message([{ type: 'hologram' }]) }, { 'unknown-block:hologram': 1 }],
    ['a block without type', { type: 'user', ...message([{}]) }, { 'unknown-block:none': 1 }],
    ['a message that is a word', { type: 'user', message: 'error' }, { 'no-content': 1 }],
    ['no message', { type: 'assistant' }, { 'no-content': 1 }],
    ['content that is an object', { type: 'user', ...message({ text: 'hello' }) }, { 'no-content': 1 }],
    ['content that is null', { type: 'assistant', ...message(null) }, { 'no-content': 1 }],
  ];
  test.each(cases)('%s', async (_, line, skipped) => {
    expect(await skippedIn(line)).toEqual(skipped);
  });

  test('a block that is new does not hide the others of its line', async () => {
    const line = { type: 'user', uuid: 'u', ...message([{ type: 'hologram' }, { type: 'text', text: 'fix it' }]) };
    expect((await readAll([line])).state.stats).toMatchObject({ prompts: 1, skipped: { 'unknown-block:hologram': 1 } });
  });

  test('nesting that no parser stands is one line skipped', async () => {
    const skipped = await skippedIn('['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const reasons = Object.entries(skipped).flatMap(([why, n]) => Array<string>(n).fill(why));
    expect(reasons).toHaveLength(2);
    expect(['not-json', 'too-deep', 'not-an-object']).toEqual(expect.arrayContaining(reasons));
  });

  test.each([
    ['its type', '{"parentUuid":null,"type":"progress","data":"', 'too-long:progress'],
    ['nothing', 'AAAA', 'too-long:unknown'],
  ])('of a line too long to be parsed, its beginning tells %s', async (_, tooLong, why) => {
    const { state } = readLines(initialState(null), [{ line: 1, tooLong }]);
    expect(state.stats.skipped).toEqual({ [why]: 1 });
  });
});

describe('lists in wrong shapes', () => {
  const titles = async (input: unknown): Promise<string[]> => {
    const { lines, tool } = talk();
    tool('TodoWrite', input);
    return recordsOf(await readAll(lines)).map((record) => record.title?.value ?? '');
  };
  test.each<readonly [string, unknown, readonly string[]]>([
    ['todos as a string of JSON', { todos: JSON.stringify(todos('Mend it')) }, ['Mend it']],
    ['the whole input as a string of JSON', JSON.stringify({ todos: todos('Mend it') }), ['Mend it']],
    ['a string among the items', { todos: ['loose', ...todos('Mend it')] }, ['Mend it']],
    ['null among the items', { todos: [null, ...todos('Mend it')] }, ['Mend it']],
    ['an item without words', { todos: [{ content: '  ', status: 'pending' }, ...todos('Mend it')] }, ['Mend it']],
    ['an item whose content is an object', { todos: [{ content: {}, status: 'pending' }] }, []],
    ['todos as broken JSON', { todos: '[{"content":"Mend it"' }, []],
    ['todos as a number', { todos: 7 }, []],
    ['no todos', {}, []],
    ['no input', null, []],
  ])('%s', async (_, input, expected) => {
    expect(await titles(input)).toEqual(expected);
  });

  test.each([
    ['done', 'completed'],
    ['In Progress', 'in_progress'],
    ['canceled', 'cancelled'],
    ['todo', 'pending'],
    ['never heard of', 'pending'],
    [7, 'pending'],
  ])('status %j means %s', async (status, meant) => {
    const { lines, tool } = talk();
    tool('TodoWrite', { todos: [{ content: 'Mend it', status }] });
    expect((await readAll(lines)).facts).toMatchObject([{ status: meant }]);
  });
});

describe('nothing at all throws', () => {
  test('any text is a line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), { maxLength: 5 }),
        async (texts) => {
          const { state } = await readAll(texts);
          expect(state.stats.lines).toBe(texts.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  /** Values that sit where others are expected, names of an object's own machinery among them. */
  const odd = fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '1', 'completed', 'deleted'),
  );
  const block = fc.record(
    {
      type: fc.oneof(fc.constantFrom('tool_use', 'tool_result', 'text'), odd),
      id: odd,
      tool_use_id: odd,
      name: fc.oneof(fc.constantFrom('TodoWrite', 'TaskCreate', 'TaskUpdate', 'Edit'), odd),
      input: fc.oneof(
        odd,
        fc.record({ todos: fc.oneof(odd, fc.array(fc.oneof(odd, fc.record({ content: odd, status: odd })))) }),
        fc.record({ taskId: odd, status: odd, subject: odd, addBlocks: fc.oneof(odd, fc.array(odd)) }),
      ),
      content: odd,
      is_error: odd,
      text: odd,
    },
    { requiredKeys: [] },
  );
  const line = fc.record(
    {
      type: fc.oneof(fc.constantFrom('user', 'assistant', 'system', 'attachment', 'summary', 'progress'), odd),
      subtype: fc.oneof(fc.constantFrom('compact_boundary', 'api_error', 'stop_hook_summary'), odd),
      attachment: fc.oneof(
        odd,
        fc.record({
          type: fc.constantFrom('task_reminder', 'todo_reminder', 'queued_command', 'hook_blocking_error'),
          content: fc.oneof(
            odd,
            fc.array(fc.oneof(odd, fc.record({ id: odd, subject: odd, status: odd, blocks: odd }))),
          ),
          prompt: odd,
          blockingError: odd,
        }),
      ),
      message: fc.oneof(
        odd,
        fc.record({ id: odd, content: fc.oneof(odd, fc.array(fc.oneof(odd, block), { maxLength: 3 })) }),
      ),
      uuid: odd,
      parentUuid: odd,
      sessionId: odd,
      agentId: odd,
      isSidechain: fc.oneof(fc.boolean(), odd),
      timestamp: fc.oneof(fc.constantFrom('2026-05-01T10:00:00Z', '0001-01-01T00:00:00Z', 'soon'), odd),
      cwd: odd,
      todos: odd,
      toolUseResult: fc.oneof(
        odd,
        fc.record({
          task: fc.oneof(odd, fc.record({ id: odd, subject: odd, status: odd })),
          newTodos: odd,
          success: odd,
        }),
      ),
      forkedFrom: odd,
      data: odd,
      snapshot: odd,
      summary: odd,
      leafUuid: odd,
    },
    { requiredKeys: ['type'] },
  );
  test('any object is a line, and every fact it gives is whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        const read = await readAll(
          lines.map((one) => JSON.stringify(one)),
          { chunkLines: 2 },
        );
        expect(read.state.stats.lines).toBe(lines.length);
        for (const fact of read.facts) {
          if (fact.is !== 'task' && fact.is !== 'error') continue;
          expect(fact.id).toMatch(/^[te][0-9a-f]{16}$/);
          expect(Number.isFinite(fact.at)).toBe(true);
        }
        recordsOf(read);
      }),
      { numRuns: 600 },
    );
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'a thing that is called %s is a thing like any other',
    async (name) => {
      const subagent = talk({ agent: name });
      subagent.todoWrite('Dig');
      const own = talk();
      own.call('TaskCreate', { subject: 'Mend it' });
      own.lines.push({
        type: 'user',
        uuid: 'r',
        ...message([{ type: 'tool_result', tool_use_id: name, content: 'ok' }]),
      });
      own.taskUpdate(name, { status: 'completed', subject: 'Numbered oddly' });
      const read = await readAll([...subagent.lines, ...own.lines], { chunkLines: 1 });
      for (const fact of read.facts) expect(fact).toMatchObject({ id: expect.stringMatching(/^t[0-9a-f]{16}$/) });
      expect(read.state.stats.lines).toBe(subagent.lines.length + own.lines.length);
    },
  );
});
