import { describe, expect, test } from '@jest/globals';
import { sameFailure } from '../../../src/domain/failures/index.js';
import { PAIRS, TOLD_PAIRS } from './pairs.js';
import { cpuMsOf } from '../../support/cpu.js';

describe('whether two messages tell of the same failure', () => {
  test.each([...PAIRS, ...TOLD_PAIRS])('%s', (_why, one, other, same) => {
    expect(sameFailure(one, other)).toBe(same);
    expect(sameFailure(other, one)).toBe(same);
  });

  test('any two texts are answered in time linear in their length', () => {
    const long = ['Error: '.repeat(50_000), 'a a '.repeat(100_000), ':::((('.repeat(60_000), 'E_'.repeat(200_000)];
    const spent = cpuMsOf(() => {
      for (const one of long) for (const other of long) sameFailure(one, `${other}x`);
    });
    expect(spent).toBeLessThan(1_000);
  });
});
