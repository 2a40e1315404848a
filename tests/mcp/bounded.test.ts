import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bounded, HARD_STOP_BYTES } from '../../src/mcp/views/bounded.js';
import { bytesOf } from '../../src/mcp/views/page.js';

test('what is small is left as it is', () => {
  const facts = { tasks: [{ id: 'a' }], total: 1 };
  expect(bounded(facts)).toEqual({ value: facts, text: JSON.stringify(facts), cut: false });
});

test('the longest list loses its last entries, and the reply says how many of how many are left', () => {
  const tasks = Array.from({ length: 1_000 }, (_, index) => ({ id: `t${index}`, title: 'x'.repeat(100) }));
  const { value, cut } = bounded({ tasks, hints: ['a', 'b'], total: 1_000 });
  expect(cut).toBe(true);
  expect(bytesOf(value)).toBeLessThanOrEqual(HARD_STOP_BYTES);
  const { truncated } = value as { truncated: Record<string, { shown: number; total: number }> };
  expect(truncated['tasks']?.total).toBe(1_000);
  expect((value['tasks'] as unknown[]).length).toBe(truncated['tasks']?.shown);
  expect((value['tasks'] as { id: string }[])[0]?.id).toBe('t0');
  expect(value['hints']).toEqual(['a', 'b']);
  expect(value['total']).toBe(1_000);
});

test('a single text that is too long loses its end', () => {
  const { value, cut } = bounded({ markdown: 'é'.repeat(60_000), total: 1 });
  expect(cut).toBe(true);
  expect(bytesOf(value)).toBeLessThanOrEqual(HARD_STOP_BYTES);
});

test('what lies deeper is cut as well', () => {
  const facts = { report: { tasks: Array.from({ length: 500 }, () => ({ title: 'x'.repeat(300) })) } };
  expect(bytesOf(bounded(facts).value)).toBeLessThanOrEqual(HARD_STOP_BYTES);
});

test('whatever the facts, the reply stays within the hard stop', () => {
  const leaf = fc.oneof(fc.string({ maxLength: 5_000 }), fc.integer(), fc.constant('漢'.repeat(4_000)));
  const entry = fc.dictionary(fc.string({ maxLength: 8 }), leaf, { maxKeys: 6 });
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(leaf, fc.array(entry, { maxLength: 40 }))),
      (facts) => {
        expect(bytesOf(bounded(facts).value)).toBeLessThanOrEqual(HARD_STOP_BYTES);
      },
    ),
    { numRuns: 200 },
  );
});
