import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LOGHUB, readGroupedLogs, scoreGrouping } from '../../../bench/support/loghub.js';
import { manyKinds, shuffled } from '../../../bench/support/mixes.js';
import { createMiner, fingerprintOf, type Miner, type MinerState } from '../../../src/domain/pattern/index.js';

const addAll = (miner: Miner, texts: readonly string[]): void =>
  texts.forEach((text) => void miner.add(fingerprintOf(text)));
const idOf = (miner: Miner, text: string): string | null => miner.match(fingerprintOf(text));
const idsOf = (miner: Miner, texts: readonly string[]): (string | null)[] => texts.map((text) => idOf(miner, text));
const groups = (miner: Miner, texts: readonly string[]): number => new Set(idsOf(miner, texts)).size;

const users = ['anna', 'bert', 'carl', 'dora', 'emil'];
const logins = users.map((user) => `Failed password for user ${user} from 10.0.0.1 port 22`);

test('names that keep changing become a value, and the oldest id stays', () => {
  const miner = createMiner();
  const first = miner.add(fingerprintOf(logins[0] ?? ''));
  addAll(miner, logins.slice(1, 3));
  expect(groups(miner, logins.slice(0, 3))).toBe(3);
  const fourth = miner.add(fingerprintOf(logins[3] ?? ''));
  expect(fourth).toMatchObject({ pattern: first.pattern, template: 'Failed password for user <*> from <*> port <*>' });
  expect(fourth.merged).toHaveLength(3);
  expect(new Set(fourth.merged.map(({ into }) => into))).toEqual(new Set([first.pattern]));
  expect(miner.add(fingerprintOf(logins[4] ?? ''))).toMatchObject({ pattern: first.pattern, merged: [] });
});

test.each([
  [
    'few words of a program',
    ['Started', 'Paused', 'Resumed', 'Stopped'].map((word) => `[instance: 4] VM ${word} (Lifecycle Event)`),
  ],
  ['states', ['NEW', 'READY', 'RUNNING', 'FAILED', 'KILLED', 'DONE'].map((word) => `task 4 moved to state ${word}`)],
  ['short messages', ['cups', 'klogd', 'portmap', 'hcid', 'sdpd'].map((word) => `${word} startup succeeded`)],
  ['single words', ['start', 'stop', 'flush', 'reload', 'clear', 'init']],
])('%s stay apart', (_, texts) => {
  const miner = createMiner();
  addAll(miner, texts);
  expect(groups(miner, texts)).toBe(texts.length);
});

test('a word where others have a value by its shape is a value', () => {
  const miner = createMiner();
  const texts = ['Resolved host a1.example.org to rack 4', 'Resolved host db.example.org to rack 5'];
  addAll(miner, texts);
  expect(groups(miner, texts)).toBe(1);
});

test('a trace is never one with another', () => {
  const miner = createMiner();
  const frames = users.map((name) => [{ function: name, file: 'app.py', line: 1, inApp: true }]);
  for (const list of frames) {
    const trace = { language: 'python', type: 'ValueError', message: '', frames: list, causes: [] };
    expect(miner.add(fingerprintOf('x', trace)).merged).toEqual([]);
  }
  expect(miner.save().templates).toHaveLength(users.length);
});

test('matching does not learn', () => {
  const miner = createMiner();
  addAll(miner, logins.slice(0, 3));
  expect(idOf(miner, logins[3] ?? '')).toBeNull();
  expect(miner.save().templates).toHaveLength(3);
});

test('says why a line is where it is', () => {
  const miner = createMiner();
  addAll(miner, logins.slice(0, 4));
  expect(miner.explain(fingerprintOf(logins[1] ?? ''))).toBe(
    'Its words are those of Failed password for user <*> from <*> port <*>; what differs counts as a value, since behind ' +
      '"user" stood "anna", "bert", "carl", "dora"',
  );
  addAll(miner, ['queue 7 is empty']);
  expect(miner.explain(fingerprintOf('queue 9 is empty'))).toContain('The same text once numbers');
  expect(miner.explain(fingerprintOf('never seen'))).toContain('no pattern yet');
});

test('what changed is told once, and a state as JSON brings the same ids back', () => {
  const miner = createMiner();
  addAll(miner, logins.slice(0, 4));
  expect(miner.changed().map(({ template }) => template)).toEqual(['Failed password for user <*> from <*> port <*>']);
  expect(miner.changed()).toEqual([]);
  const again = createMiner({ state: JSON.parse(JSON.stringify(miner.save())) as MinerState });
  expect(idsOf(again, logins)).toEqual(idsOf(miner, logins));
  expect(again.save()).toEqual(miner.save());
});

test('the patterns that were not met for longest are forgotten', () => {
  const miner = createMiner({ maxPatterns: 100 });
  const kinds = manyKinds(500);
  for (const kind of kinds) addAll(miner, [kinds[0] ?? '', kind]);
  expect(miner.save().templates.length).toBeLessThanOrEqual(100);
  expect(idOf(miner, kinds[0] ?? '')).not.toBeNull();
  expect(idOf(miner, kinds[1] ?? '')).toBeNull();
});

const word = fc.constantFrom(
  'open',
  'close',
  'user',
  'disk',
  'anna',
  'bert',
  'carl',
  'dora',
  'GET',
  'a.b',
  '7',
  '=',
  '(',
  ')',
);
const message = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));

test('in any order: what was one stays one, merges keep the older id, and a restart in between changes nothing', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 60 }), fc.nat(60), (texts, cut) => {
      const miner = createMiner();
      let restarted = createMiner();
      const born: string[] = [];
      texts.forEach((text, at) => {
        if (at === cut) restarted = createMiner({ state: restarted.save() });
        const fingerprint = fingerprintOf(text);
        const { pattern, merged } = miner.add(fingerprint);
        expect(restarted.add(fingerprint).pattern).toBe(pattern);
        if (!born.includes(`e${fingerprint.id}`)) born.push(`e${fingerprint.id}`);
        for (const { from, into } of merged) expect(born.indexOf(into)).toBeLessThan(born.indexOf(from));
        expect(miner.match(fingerprint)).toBe(pattern);
      });
      const together = (one: Miner): string => {
        const ids = idsOf(one, texts);
        return ids.map((id) => ids.indexOf(id)).join();
      };
      expect(together(restarted)).toBe(together(miner));
    }),
    { numRuns: 300 },
  );
});

const real = existsSync(LOGHUB) ? test : test.skip;

real('labelled logs (skipped where ../shared/data/loghub is not there): one configuration groups them all', () => {
  const scores = readGroupedLogs().map(({ texts, truth }) => {
    const prints = texts.map((text) => fingerprintOf(text));
    const score = (order: readonly (typeof prints)[number][]): ReturnType<typeof scoreGrouping> => {
      const miner = createMiner();
      for (const print of order) miner.add(print);
      return scoreGrouping(
        truth,
        prints.map((print) => miner.match(print) ?? ''),
      );
    };
    const given = score(prints);
    expect(Math.abs(score(shuffled(prints, 7)).ga - given.ga)).toBeLessThan(0.02);
    return given;
  });
  expect(scores).toHaveLength(8);
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  expect(mean(scores.map(({ ga }) => ga))).toBeGreaterThan(0.98);
  expect(mean(scores.map(({ fga }) => fga))).toBeGreaterThan(0.97);
  expect(Math.min(...scores.map(({ ga }) => ga))).toBeGreaterThan(0.9);
});

real(
  'labelled logs (skipped where ../shared/data/loghub is not there): later lines leave the ids of earlier ones',
  () => {
    const sets = readGroupedLogs();
    for (const { texts } of sets) {
      const alone = createMiner();
      const prefix = texts.slice(0, 1_000);
      addAll(alone, prefix);
      const before = idsOf(alone, prefix);
      const all = createMiner();
      addAll(all, prefix);
      const gone = new Map<string, string>();
      for (const text of sets.flatMap((set) => set.texts)) {
        for (const { from, into } of all.add(fingerprintOf(text)).merged) gone.set(from, into);
      }
      const survivor = (id: string | null): string | null =>
        id !== null && gone.has(id) ? survivor(gone.get(id) ?? null) : id;
      expect(idsOf(all, prefix)).toEqual(before.map(survivor));
    }
  },
);
