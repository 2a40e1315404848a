/** What must hold of conversations whatever is said in them. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editMarkers, planItems, readMessage, userActs, assistantActs } from '../../../src/domain/prose/index.js';
import { sameWork } from '../../../src/domain/prose/same.js';
import { titleOf } from '../../../src/domain/prose/title.js';
import { failuresInError, failuresInOutput, failuresInPasted } from '../../../src/domain/failures/index.js';
import { forked, readAll, recordsOf, rewritten, talk, type AllRead, type Talk } from '../../support/builders.js';

const THINGS = [
  'the coupon field',
  'an index on the title column',
  'the newsletter form',
  'the price cache',
  'retries',
  'the constructor prototype',
];
const asks = THINGS.flatMap((thing) => [
  `Please add ${thing}.`,
  `fix ${thing} and write a test for it`,
  `${thing} is broken`,
  `${thing} wants a hint`,
]);
const answers = [
  'yes please',
  'no',
  'do 1 and 3, 2 later',
  'forget it',
  'that works now',
  'still broken',
  "I'll do it tomorrow",
];
const reports = THINGS.flatMap((thing) => [
  `Done: ${thing} is there.`,
  `I could not finish ${thing}: no access. You will need to ask the owner.`,
  `Remaining:\n- test ${thing}\n- [ ] document ${thing}`,
  `1. ${thing} is slow\n2. ${thing} is wrong\n3. ${thing} leaks\n\nShall I fix ${thing}?`,
  `Let me look at ${thing}.`,
]);

const step = fc.oneof(
  fc.constantFrom(...asks, ...answers).map((text) => (it: Talk) => void it.user(text)),
  fc.constantFrom(...reports).map((text) => (it: Talk) => void it.say(text)),
  fc.constantFrom(...THINGS).map((thing) => (it: Talk) => {
    it.tool('Edit', { file_path: '/work/shop/a.ts', old_string: 'a', new_string: `// TODO: tidy ${thing}\na` });
  }),
  fc.constantFrom(...THINGS).map((thing) => (it: Talk) => void it.todoWrite(`Build ${thing}`, `Check ${thing}`)),
  fc
    .constantFrom('npm test', 'git commit -m x', 'ls')
    .map((command) => (it: Talk) => void it.tool('Bash', { command })),
  fc.constant((it: Talk) => void it.user([{ type: 'text', text: '[Request interrupted by user]' }])),
  fc.constant((it: Talk) => void it.boundary()),
);
const conversation = fc.array(step, { minLength: 1, maxLength: 25 }).map((steps) => {
  const it = talk();
  for (const take of steps) take(it);
  return it;
});

const recorded = (...files: readonly AllRead[]): unknown =>
  [...recordsOf(...files)].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('a conversation', () => {
  test('tells the same whatever the chunks are', () =>
    fc.assert(
      fc.asyncProperty(conversation, fc.integer({ min: 1, max: 9 }), async (it, chunkLines) => {
        const [whole, parts] = [await readAll(it.lines), await readAll(it.lines, { chunkLines })];
        expect(parts.facts).toEqual(whole.facts);
        expect(parts.state).toEqual(JSON.parse(JSON.stringify(whole.state)));
      }),
      { numRuns: 120 },
    ));

  test('tells the same when it is read again, and in copies under other names', () =>
    fc.assert(
      fc.asyncProperty(conversation, async (it) => {
        const once = await readAll(it.lines);
        expect(recorded(once, await readAll(it.lines))).toEqual(recorded(once));
        const ids = (file: AllRead): string[] =>
          recordsOf(file)
            .map(({ id }) => id)
            .sort();
        expect(ids(await readAll(forked(it.lines, 'session-b')))).toEqual(ids(once));
        expect(ids(await readAll(rewritten(it.lines, 'session-c')))).toEqual(ids(once));
      }),
      { numRuns: 80 },
    ));

  test('holds no task twice that a copy from a compaction on would tell again', () =>
    fc.assert(
      fc.asyncProperty(conversation, async (it) => {
        const at = it.lines.findLastIndex((line) => line['subtype'] === 'compact_boundary');
        fc.pre(at > 0);
        const whole = await readAll(it.lines);
        const copy = await readAll(forked(it.lines.slice(at), 'session-b'));
        const titles = (...files: readonly AllRead[]): string[] =>
          recordsOf(...files)
            .map(({ id }) => id)
            .sort();
        expect(titles(whole, copy)).toEqual(titles(copy, whole));
      }),
      { numRuns: 60 },
    ));
});

describe('any text', () => {
  /** Words that rules look for, in no order, and those that every object of JavaScript knows. */
  const WORDS = `please can you should we I'll add fix test remove document not yet still done fixed blocked on waiting for until
    later todo: FIXME next step steps remaining failed error: the it that this them first second last all but and or because since
    when if after before now tomorrow you'll need to never mind ok yes no 1. 2) - [ ] [x] . , ; : ? ! ( ) " ' \` npm git api.ts`;
  const word = fc.constantFrom(...WORDS.split(/\s+/), '\n', ...Object.getOwnPropertyNames(Object.prototype));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
  );

  test('is read without a fault', () =>
    fc.assert(
      fc.property(text, text, (one, other) => {
        const message = readMessage(one);
        userActs(message, { isAsking: true, numbers: [1, 2] });
        assistantActs(message);
        planItems(one);
        editMarkers({ path: 'a.ts', before: one, after: other });
        failuresInOutput(one, { tool: 'Bash', command: other });
        failuresInError(one);
        failuresInPasted(one);
        expect(titleOf(one).length).toBeLessThanOrEqual(500);
        const score = sameWork(one, other);
        expect(score >= 0 && score <= 1).toBe(true);
        expect(sameWork(other, one)).toBe(score);
      }),
      { numRuns: 300 },
    ));

  /** Texts that a careless pattern reads again and again. */
  const nasty: readonly (readonly [name: string, unit: string])[] = [
    ['open brackets', 'TODO: ((((('],
    ['one letter', 'a '],
    ['commas', 'add x, '],
    ['and', 'fix it and '],
    ['boxes', '- [ ] - [ ] '],
    ['quotes', '> "\''],
    ['backticks', '`` ` '],
    ['numbers', '1. 1) '],
    ['question marks', 'could you ? '],
    ['blanks', ' \t '],
    ['stars', '**_ '],
    ['Cyrillic', 'надо '],
    ['Han', '请帮我'],
  ];
  /** How often longer than a text half as long: 2 is linear, 4 is quadratic. */
  const MOST = 3.2;

  test.each(nasty)('is read in time linear in its length: %s', (_, unit) => {
    const cost = (chars: number): number => {
      const long = unit.repeat(Math.ceil(chars / unit.length));
      const tries = [0, 1, 2].map(() => {
        const from = process.cpuUsage();
        const message = readMessage(long);
        userActs(message, { isAsking: true, numbers: [1, 2] });
        assistantActs(message);
        editMarkers({ path: 'a.ts', before: '', after: long });
        failuresInOutput(long, { tool: 'Bash', command: 'npm test' });
        const { user } = process.cpuUsage(from);
        return user / 1_000;
      });
      return Math.min(...tries);
    };
    cost(50_000);
    const [half, whole] = [cost(500_000), cost(1_000_000)];
    // Below some tens of milliseconds there is nothing to compare.
    expect(whole).toBeLessThan(Math.max(half * MOST, 150));
  });
});
