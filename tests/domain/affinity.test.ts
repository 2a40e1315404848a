import { describe, expect, test } from '@jest/globals';
import { affinities, groupsOf, type Traits } from '../../src/domain/affinity.js';

const traits = (errors: string[] = [], tasks: string[] = [], files: string[] = []): Traits => ({
  errors: new Set(errors),
  tasks: new Set(tasks),
  files: new Set(files),
});
const scoreOf = (given: Record<string, Traits>, a = 'a', b = 'b'): number =>
  affinities(new Map(Object.entries(given))).find((link) => link.a === a && link.b === b)?.score ?? 0;

describe('the affinity of two conversations', () => {
  test('one thing in common, which nobody else has, is a half; a reason of another kind adds to it', () => {
    expect(scoreOf({ a: traits(['e']), b: traits(['e']) })).toBeCloseTo(0.5, 10);
    expect(scoreOf({ a: traits(['e'], ['t']), b: traits(['e'], ['t']) })).toBeCloseTo(0.75, 10);
    expect(scoreOf({ a: traits(['e'], [], ['f']), b: traits(['x'], [], ['y']) })).toBe(0);
  });

  test('what many have counts less than what few have', () => {
    const crowd = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`c${n}`, traits(['common'])]));
    const given = { ...crowd, a: traits(['common']), b: traits(['common']), d: traits(['rare']), e: traits(['rare']) };
    expect(scoreOf(given, 'd', 'e')).toBeGreaterThan(4 * scoreOf(given));
    expect(scoreOf(given)).toBeGreaterThan(0);
  });

  test('much else beside it takes away from it, and more in common adds', () => {
    const files = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}${n}`);
    const alone = scoreOf({ a: traits([], [], ['x']), b: traits([], [], ['x']) });
    const among = scoreOf({
      a: traits([], [], ['x', ...files('a', 20)]),
      b: traits([], [], ['x', ...files('b', 20)]),
    });
    const more = scoreOf({ a: traits([], [], files('x', 5)), b: traits([], [], files('x', 5)) });
    expect(among).toBeLessThan(alone / 5);
    expect(more).toBeGreaterThan(alone);
  });

  test('stays between 0 and 1, is symmetric and does not depend on the order', () => {
    let seed = 7;
    const chance = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const pick = (): string[] => ['p', 'q', 'r', 's', 't'].filter(() => chance() < 0.5);
    for (let round = 0; round < 50; round++) {
      const entries = Array.from({ length: 6 }, (_, n) => [`s${n}`, traits(pick(), pick(), pick())] as const);
      const found = affinities(new Map(entries));
      for (const { score, a, b } of found) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(a < b).toBe(true);
      }
      expect(affinities(new Map([...entries].reverse()))).toEqual(found);
      const own = affinities(new Map(entries), 's3');
      expect(own.every(({ a }) => a === 's3')).toBe(true);
      expect(own.map(({ score }) => score)).toEqual(
        found.filter(({ a, b }) => a === 's3' || b === 's3').map(({ score }) => score),
      );
    }
  });

  test('names what is shared, the rarest first, and how rare that is', () => {
    const [best] = affinities(
      new Map([
        ['a', traits(['known', 'rare'], ['same words'])],
        ['b', traits(['known', 'rare'], ['same words'])],
        ['c', traits(['known'])],
      ]),
    );
    expect(best).toMatchObject({
      a: 'a',
      b: 'b',
      shared: { errors: ['rare', 'known'], tasks: ['same words'], files: [] },
      rarestIn: 2,
    });
  });

  test('ids may hold blanks', () => {
    expect(
      affinities(
        new Map([
          ['a b', traits(['e'])],
          ['a', traits(['e'])],
        ]),
      ),
    ).toMatchObject([{ a: 'a', b: 'a b' }]);
  });
});

test('groups are what links lead between, also through others', () => {
  const pairs = [
    { a: 'a', b: 'b' },
    { a: 'x', b: 'y' },
    { a: 'c', b: 'd' },
    { a: 'b', b: 'c' },
    { a: 'a', b: 'd' },
  ];
  expect(groupsOf(pairs)).toEqual([
    { members: ['a', 'b', 'c', 'd'], pairs: 4 },
    { members: ['x', 'y'], pairs: 1 },
  ]);
  expect(groupsOf([])).toEqual([]);
});
