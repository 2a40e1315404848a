import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReaderState } from '../../../src/domain/transcript/index.js';
import { forked, HOUR, readAll, START, talk, todos, type Line, type Talk } from '../../support/builders.js';

const MOST_BYTES = 256 * 1024;
const LONG = 'words and more words about the same thing, '.repeat(60);

/** Reads a conversation in a few chunks; its state must fit into a checkpoint whatever it held. */
async function stateAfter(tell: (it: Talk) => void): Promise<ReaderState> {
  const it = talk();
  tell(it);
  const { state } = await readAll(it.lines, { chunkLines: 1_500 });
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(MOST_BYTES);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  return state;
}

describe('what the reader remembers is bounded, and what it forgot is counted', () => {
  test('5,000 calls that nobody answers', async () => {
    const state = await stateAfter((it) => {
      for (let n = 0; n < 5_000; n++) it.call('Bash', { command: `${n}` });
    });
    expect(Object.keys(state.calls)).toHaveLength(512);
    expect(state.stats.forgotten).toBe(5_000 - 512);
  });

  test('1,000 creations with long descriptions that nobody answers', async () => {
    const state = await stateAfter((it) => {
      for (let n = 0; n < 1_000; n++) it.call('TaskCreate', { subject: `${n} ${LONG}`, description: `${n} ${LONG}` });
    });
    expect(state.stats.forgotten).toBeGreaterThan(0);
  });

  test('3,000 todos that come and go', async () => {
    const state = await stateAfter((it) => {
      for (let n = 0; n < 300; n++) it.todoWrite(...Array.from({ length: 10 }, (_, i) => `Item ${n}-${i}`));
    });
    expect(state.stats.forgotten).toBeGreaterThanOrEqual(3_000 - 600);
  });

  test('500 long todos at once, again and again', async () => {
    await stateAfter((it) => {
      for (let n = 0; n < 2; n++) it.todoWrite(...Array.from({ length: 500 }, (_, i) => `${n}-${i} ${LONG}`));
    });
  });

  test('3,000 numbered tasks', async () => {
    const state = await stateAfter((it) => {
      for (let n = 1; n <= 3_000; n++) it.taskCreate(String(n), `Part ${n}`);
    });
    expect(state.stats.forgotten).toBeGreaterThanOrEqual(2_000);
  });

  test('1,000 subagents with a list each', async () => {
    const state = await stateAfter((it) => {
      for (let n = 0; n < 1_000; n++) {
        const input = { todos: todos(`Search ${n}`) };
        it.call('TodoWrite', input, { isSidechain: true, agentId: `agent-${n}` });
      }
    });
    expect(state.stats.forgotten).toBeGreaterThan(0);
  });

  test('10,000 types that do not exist', async () => {
    const it = talk();
    const lines: Line[] = Array.from({ length: 10_000 }, (_, n) => ({ type: `new-${n}` }));
    const { state } = await readAll([...it.lines, ...lines]);
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(10_000);
    expect(Object.values(state.stats.skipped).reduce((a, b) => a + b, 0)).toBe(10_000);
    expect(Object.keys(state.stats.skipped).length).toBeLessThanOrEqual(51);
  });

  test('many files, branches, versions, titles and compactions', async () => {
    await stateAfter((it) => {
      for (let n = 0; n < 600; n++) {
        it.call('Edit', { file_path: `/work/${n}/${LONG}` });
        it.user(`${n} ${LONG}`, { cwd: `/work/${n}/${LONG}`, gitBranch: `${n}${LONG}`, version: `${n}${LONG}` });
        it.add({ type: 'pr-link', prUrl: `https://example.com/${n}/${LONG}` });
        it.boundary();
      }
    });
  });
});

/** A conversation with something of everything, in two sessions. */
function varied(): Line[] {
  const it = talk();
  it.user('Please mend the parser');
  it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart', 'Draw a chart');
  const calls = ['Mend the parser', 'Write the tests'].map((subject) =>
    it.call('TaskCreate', { subject, description: subject }),
  );
  it.created(calls[1] ?? '', '1', 'Write the tests');
  it.created(calls[0] ?? '', '2', 'Mend the parser');
  it.tool('Bash', {}, { content: 'Exit code 1\nENOENT: no such file', isError: true });
  it.lines.push({ type: 'brand-new' }, { type: 'mode', mode: 'normal' });
  it.taskUpdate('1', { status: 'in_progress', addBlocks: ['2'] });
  it.boundary();
  it.compactSummary('TODO: nothing');
  it.todoWrite(['Parse the log', 'completed'], 'Draw a chart of errors');
  it.tool('TodoWrite', { todos: todos('Nothing') }, { content: 'no', isError: true });
  it.user('[Request interrupted by user]');
  it.lines.push({ type: 'summary', summary: 'About the parser', leafUuid: it.lines.at(-1)?.['uuid'] });
  const agent = talk({ agent: 'a1', at: START + HOUR });
  agent.todoWrite('Search the code');
  it.lines.push(...agent.lines);
  it.taskUpdate('2', { status: 'completed' });
  it.add({ type: 'attachment', attachment: { type: 'queued_command', prompt: 'and hurry' } });
  return [...it.lines, ...forked(it.lines.slice(0, 8), 'session-b')];
}

test('the same lines cut into chunks at any place give the same facts and the same state', async () => {
  const lines = varied().map((line) => JSON.stringify(line));
  lines.splice(7, 0, '', 'torn {"type":');
  const whole = await readAll(lines);
  expect(whole.facts.length).toBeGreaterThan(20);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 }), async (chunkLines) => {
      expect(await readAll(lines, { chunkLines })).toEqual(whole);
    }),
    { numRuns: 60, examples: [[[1]]] },
  );
});

test('reading changes nothing in the state that it begins with', async () => {
  const lines = varied();
  const { state } = await readAll(lines.slice(0, 12));
  const before = JSON.stringify(state);
  const { readLines } = await import('../../../src/domain/transcript/index.js');
  readLines(
    state,
    lines.slice(12).map((line, index) => ({ line: 13 + index, text: JSON.stringify(line) })),
  );
  expect(JSON.stringify(state)).toBe(before);
});
