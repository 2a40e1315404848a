import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  forked,
  readAll,
  recordsOf,
  rewritten,
  shown,
  talk,
  type AllRead,
  type Line,
  type Talk,
} from '../../support/builders.js';

/** From the nth compaction on, as a copy that begins there has it. */
function fromBoundary(lines: readonly Line[], nth: number): readonly Line[] {
  const at = lines.flatMap((line, index) => (line['subtype'] === 'compact_boundary' ? [index] : []));
  return lines.slice(at[nth] ?? lines.length);
}

const compact = (it: Talk): void => {
  it.boundary();
  it.compactSummary('1. TODO: rewrite everything\n- [ ] Draw a chart\nNext steps: run the tests');
};

test('nothing is mined from the summary of a compaction', async () => {
  const it = talk();
  it.todoWrite('Parse the log');
  compact(it);
  const { state, facts } = await readAll(it.lines);
  expect(facts.filter((fact) => fact.is === 'task')).toHaveLength(1);
  expect(state.stats).toMatchObject({ compactions: 1, prompts: 0 });
});

test('a list goes on over a compaction', async () => {
  const it = talk();
  it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
  it.taskCreate('1', 'Mend the parser');
  compact(it);
  it.todoWrite(['Parse the log', 'completed'], 'Draw a chart');
  it.taskUpdate('1', { status: 'in_progress' });
  expect(shown(await readAll(it.lines))).toEqual([
    'Parse the log: completed',
    'Draw a chart: pending',
    'Mend the parser: in_progress',
  ]);
});

describe('a copy that begins at a compaction', () => {
  /** Both orders of reading the original and a copy of its end, which goes on by itself. */
  async function both(original: Talk, copy: readonly Line[]): Promise<string[]> {
    const [one, other] = [await readAll(original.lines), await readAll(copy)];
    expect(recordsOf(other, one).map(({ id, events }) => ({ id, events }))).toEqual(
      expect.arrayContaining(recordsOf(one, other).map(({ id, events }) => ({ id, events }))),
    );
    expect(shown(other, one).sort()).toEqual(shown(one, other).sort());
    return shown(one, other);
  }

  test('tells of the same tasks', async () => {
    const original = talk();
    original.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
    original.taskCreate('1', 'Mend the parser');
    compact(original);
    const copy = forked(fromBoundary(original.lines, 0), 'copy');
    const further = talk({ sessionId: 'copy', name: 'further', at: Date.parse('2026-05-01T11:00:00Z') });
    further.todoWrite(['Parse the log', 'completed'], ['Draw a chart', 'in_progress']);
    further.taskUpdate('1', { status: 'completed' });
    expect(await both(original, [...copy, ...further.lines])).toEqual([
      'Parse the log: completed',
      'Draw a chart: in_progress',
      'Mend the parser: completed',
    ]);
  });

  test('does so after two of them', async () => {
    const original = talk();
    original.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
    compact(original);
    original.todoWrite(['Parse the log', 'completed'], 'Draw a chart', 'Mend the parser');
    compact(original);
    for (const nth of [0, 1]) {
      const further = talk({ sessionId: 'copy', name: 'further', at: Date.parse('2026-05-01T11:00:00Z') });
      further.todoWrite(['Draw a chart', 'completed'], ['Mend the parser', 'in_progress']);
      const copy = [...rewritten(fromBoundary(original.lines, nth), 'copy'), ...further.lines];
      expect((await both(original, copy)).sort()).toEqual([
        'Draw a chart: completed',
        'Mend the parser: in_progress',
        'Parse the log: completed',
      ]);
    }
  });

  test('does so when an item got other words before, between and after', async () => {
    const original = talk();
    original.todoWrite('Add tests', 'Draw a chart');
    original.todoWrite('Add tests for the parser', 'Draw a chart');
    compact(original);
    original.todoWrite('Add tests for the parser and the queue', 'Draw a chart');
    compact(original);
    original.todoWrite(['Add tests for the parser and the queue and the store', 'in_progress'], 'Draw a chart');
    for (const nth of [0, 1]) {
      const copy = forked(fromBoundary(original.lines, nth), 'copy');
      expect(await both(original, copy)).toEqual([
        'Add tests for the parser and the queue and the store: in_progress',
        'Draw a chart: pending',
      ]);
    }
  });

  test('tells of the same tasks of a subagent', async () => {
    const original = talk();
    const agent = talk({ agent: 'a1', name: 'agent' });
    agent.todoWrite('Search the code');
    original.lines.push(...agent.lines);
    compact(original);
    const further = talk({ agent: 'a1', name: 'more', at: Date.parse('2026-05-01T11:00:00Z') });
    further.todoWrite(['Search the code', 'completed']);
    const copy = [...forked(fromBoundary(original.lines, 0), 'copy'), ...further.lines];
    const records = recordsOf(await readAll(original.lines), await readAll(copy));
    expect(records.map((record) => record.title?.value)).toEqual(['Search the code']);
  });

  test('adds nothing to whatever lists were written', async () => {
    // One item of each family: words that one item gave up or left with, and another took, are beyond a copy's knowledge.
    const families = [
      ['Add tests', 'Add tests for the parser', 'Add parser tests and run them'],
      ['Draw a chart', 'Draw charts'],
      ['Mend the queue'],
    ];
    const item = (words: readonly string[]): fc.Arbitrary<readonly [string, string]> =>
      fc.tuple(fc.constantFrom(...words), fc.constantFrom('pending', 'in_progress', 'completed'));
    const list = fc.tuple(...families.map(item));
    const step = fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: fc.constant('compact' as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const original = talk();
        for (const one of steps) {
          if (one === 'compact') compact(original);
          else original.todoWrite(...one);
        }
        const whole = await readAll(original.lines);
        const copies = await Promise.all(
          steps
            .filter((one) => one === 'compact')
            .map((_, nth) => readAll(forked(fromBoundary(original.lines, nth), `copy-${nth}`))),
        );
        const picture = (...files: AllRead[]): unknown =>
          recordsOf(...files)
            .map(({ id, title }) => `${id} ${title?.value ?? ''}`)
            .sort();
        expect(picture(whole, ...copies)).toEqual(picture(whole));
        expect(picture(...copies.reverse(), whole)).toEqual(picture(whole));
      }),
      { numRuns: 300 },
    );
  });
});
