import { expect, test } from '@jest/globals';
import { createRedactor } from '../../src/domain/redact/index.js';

const NONE = { rules: [], allow: [] };
const redact = createRedactor(NONE, Buffer.alloc(32, 1));
const secrets = Array.from({ length: 5_000 }, (_, i) => `x${(i + 46_656).toString(36)}7`);
const line = secrets.map((secret) => `password=${secret}`).join(' ');

test('of a line with thousands of secrets none is left, and masking it again changes nothing', () => {
  const masked = redact(`${line} end\npassword=hunter2-Real next`);
  expect(secrets.filter((secret) => masked.includes(secret))).toEqual([]);
  expect(masked.match(/\[redacted:password:[0-9a-f]{8}\]/g)).toHaveLength(2_048);
  expect(masked).toMatch(
    / password=\[redacted:rest-of-line:[0-9a-f]{8}\]\npassword=\[redacted:rest-of-line:[0-9a-f]{8}\]$/,
  );
  expect(redact(masked)).toBe(masked);
});

test('what a configuration allows does not unmask the rest of a line', () => {
  const allowing = createRedactor({ rules: [], allow: ['^x'] }, null);
  expect(allowing(line)).toMatch(/\[redacted:rest-of-line\]$/);
});

test.each(['_mmk', 'JQQJ99', 'cmVmdGtu', '4111 1111 '])('secrets that touch are masked at once: %s', (word) => {
  const masked = redact(word.repeat(1_000));
  expect(redact(masked)).toBe(masked);
});
