import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { forked, HOUR, jsonl, rewritten, START, talk, todos, type Line } from '../support/builders.js';
import { withFolder, write } from '../support/files.js';
import { dump, ingestFile, withStore, type Bench } from '../support/store.js';

// Dozens of ledgers, each made from many small commits: a busy machine takes long.
jest.setTimeout(120_000);

/** Conversations that share lines in every way that we know of; file name → content. */
function relatives(): Record<string, string> {
  const original = talk({ sessionId: 'original', cwd: '/work/shop' });
  original.user('Mend the shop');
  original.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart', 'Add tests');
  original.taskCreate('1', 'Mend the parser');
  original.taskCreate('2', 'Rotate the key');
  original.tool('Bash', {}, { content: 'Exit code 1\nENOENT: no such file or directory', isError: true });
  const early = [...original.lines];
  original.boundary();
  original.compactSummary('TODO: everything');
  original.todoWrite(['Parse the log', 'completed'], 'Draw a chart', 'Add tests for the parser');
  original.taskUpdate('1', { status: 'in_progress', addBlocks: ['2'] });
  const middle = original.lines.slice(early.length);
  original.boundary();
  original.todoWrite(['Draw a chart', 'in_progress']);
  const agent = talk({ sessionId: 'original', agent: 'a1', at: START + HOUR });
  agent.todoWrite('Search the code');
  agent.tool('Bash', {}, { content: 'panic: boom', isError: true });

  const further = (sessionId: string, hours: number, cwd = '/work/shop') =>
    talk({ sessionId, name: `${sessionId}-own`, at: START + hours * HOUR, cwd });
  const fork = further('fork', 2, '/work/other');
  fork.user('Try another way');
  fork.todoWrite(['Parse the log', 'completed'], ['Draw a chart', 'completed'], 'Add tests');
  fork.taskUpdate('2', { status: 'deleted' });
  fork.tool('Bash', {}, { content: 'Exit code 2\nENOENT: no such file or directory', isError: true });
  const copy = further('a-copy', 3, '/work/third');
  copy.todoWrite(['Draw a chart', 'completed'], 'Add tests for the parser');
  copy.boundary();
  copy.todoWrite('Add tests for the parser');
  // A copy of the copy's end: nothing that the original has.
  const last = further('last', 4);
  last.todoWrite(['Add tests for the parser', 'completed']);
  const alone = talk({ sessionId: 'alone', at: START + 5 * HOUR, cwd: '/work/alone' });
  alone.todoWrite('Draw a chart', ['Sweep the floor', 'completed']);
  const endOfCopy = copy.lines.slice(copy.lines.findIndex((line) => line['subtype'] === 'compact_boundary'));
  const queued: Line = {
    type: 'queue-operation',
    operation: 'enqueue',
    timestamp: new Date(START - HOUR).toISOString(),
    sessionId: 'fork',
  };
  const summary: Line = {
    type: 'summary',
    summary: 'How the shop was mended',
    leafUuid: original.lines.at(-1)?.['uuid'],
  };
  return {
    'original.jsonl': jsonl(original.lines),
    'original/subagents/agent-a1.jsonl': jsonl(agent.lines),
    'fork.jsonl': jsonl([queued, ...forked(early, 'fork'), ...fork.lines]),
    'a-copy.jsonl': jsonl([...rewritten(middle, 'a-copy'), ...copy.lines]),
    'last.jsonl': jsonl([...forked(endOfCopy, 'last'), ...last.lines]),
    'alone.jsonl': jsonl([...alone.lines, summary, { type: 'brand-new' }]),
    'same.jsonl': jsonl(original.lines),
    'begun.jsonl': jsonl([{ type: 'mode', mode: 'x', sessionId: 'original' }, ...original.lines.slice(3, 9)]),
    'lists.jsonl': jsonl([
      ...listed(),
      { type: 'user', uuid: 'x#1', sessionId: 'lists', message: { content: 'x' }, todos: todos('A') },
    ]),
  };
}

function listed(): Line[] {
  const it = talk({ sessionId: 'lists', at: START + 6 * HOUR });
  it.reminder([
    { id: '7', subject: 'Known by its number', status: 'pending', blocks: ['9', '8'], blockedBy: ['3', '1'] },
  ]);
  return it.lines;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name))
    .sort();
}

async function ledgerAfter({ redis, keys, flush }: Bench, read: () => Promise<unknown>): Promise<unknown> {
  await flush();
  await read();
  return dump(redis, keys);
}

describe('the ledger does not depend on', () => {
  const small = { minLength: 0 };

  test('the order of files that share lines, or the places where they were cut', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        for (const [name, content] of Object.entries(relatives())) await write(join(folder, name), content);
        const files = await filesIn(folder);
        const quiet = await ledgerAfter(bench, async () => {
          for (const file of files) await ingestFile(bench.store, file);
        });
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray(files, { minLength: files.length }),
            fc.integer({ min: 300, max: 5_000 }),
            async (shuffled, chunkBytes) => {
              const ledger = await ledgerAfter(bench, async () => {
                for (const file of shuffled) await ingestFile(bench.store, file, { chunkBytes });
              });
              expect(ledger).toEqual(quiet);
            },
          ),
          { numRuns: 25, examples: [[[...files].reverse(), 400]] },
        );
      }),
    ));

  test('how many read at once, some of them the same file', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        for (const [name, content] of Object.entries(relatives())) await write(join(folder, name), content);
        const files = await filesIn(folder);
        const quiet = await ledgerAfter(bench, async () => {
          for (const file of files) await ingestFile(bench.store, file);
        });
        const readers = [bench.store, await bench.open(), await bench.open()];
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.shuffledSubarray(files, small), { minLength: 3, maxLength: 3 }),
            async (shares) => {
              const ledger = await ledgerAfter(bench, async () => {
                await Promise.all(
                  readers.map(async (store, n) => {
                    const share = shares[n] ?? [];
                    const rest = n === 0 ? files.filter((file) => !shares.flat().includes(file)) : [];
                    for (const file of [...share, ...rest]) await ingestFile(store, file, { chunkBytes: 700 });
                  }),
                );
              });
              expect(ledger).toEqual(quiet);
            },
          ),
          { numRuns: 8, examples: [[[files, [...files].reverse(), files]]] },
        );
      }),
    ));

  test('the order of files in a generated tree', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        const tool = resolve(import.meta.dirname, '../tools/gen-transcripts.mjs');
        const size = ['--bytes', '1MB', '--sessions', '16', '--seed', '5', '--fork', '0.6', '--torn', '0.3'];
        execFileSync(process.execPath, [tool, ...size, '--outdir', folder]);
        const files = await filesIn(join(folder, 'projects'));
        expect(files.length).toBe(13);
        const quiet = await ledgerAfter(bench, async () => {
          for (const file of files) await ingestFile(bench.store, file);
        });
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray(files, { minLength: files.length }),
            fc.integer({ min: 2_000, max: 200_000 }),
            async (shuffled, chunkBytes) => {
              const readers = [bench.store, await bench.open()];
              const ledger = await ledgerAfter(bench, () =>
                Promise.all(
                  readers.map(async (store, n) => {
                    for (const [index, file] of shuffled.entries())
                      if (index % 2 === n) await ingestFile(store, file, { chunkBytes });
                  }),
                ),
              );
              expect(ledger).toEqual(quiet);
            },
          ),
          { numRuns: 4 },
        );
      }),
    ));

  test('whether a file was read as it grew', () =>
    withFolder((folder) =>
      withStore(async (bench) => {
        const contents = Object.values(relatives());
        const path = (n: number): string => join(folder, `${n}.jsonl`);
        for (const [n, content] of contents.entries()) await write(path(n), content);
        const quiet = await ledgerAfter(bench, async () => {
          for (const n of contents.keys()) await ingestFile(bench.store, path(n));
        });
        const grown = await ledgerAfter(bench, async () => {
          for (let share = 1; share <= 7; share++) {
            for (const [n, content] of contents.entries()) {
              await write(path(n), content.slice(0, Math.ceil((content.length * share) / 7)));
              await ingestFile(bench.store, path(n));
            }
          }
        });
        expect(grown).toEqual(quiet);
      }),
    ));
});

test('every key of the ledger stands in one slot', () =>
  withFolder((folder) =>
    withStore(async ({ store, redis, keys }) => {
      for (const [name, content] of Object.entries(relatives()))
        await ingestFile(store, await write(join(folder, name), content));
      await store.writeCounts(await store.count(START));
      await store.writeHealth([{ name: 'redis', status: 'up', latencyMs: 1, since: START, lastError: null }], START);
      await store.quarantine('/a', { reason: 'x', attempts: 5, version: '1', size: 1, at: START });
      await store.exercise();
      await store.correlateTouched(100);
      const all = await redis.keys('*');
      expect(all.length).toBeGreaterThan(50);
      expect(all.filter((key) => !key.startsWith('{autobot-tracker:ledger}:'))).toEqual([]);
      expect(keys.base).toBe('{autobot-tracker:ledger}');
    }),
  ));
