import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLineRedactor, createRedactor, untagged } from '../../src/domain/redact/index.js';
import { LINES, SHAPES } from '../support/secrets.js';

const NONE = { rules: [], allow: [] };
const key = Buffer.alloc(32, 1);
const redact = createRedactor(NONE, key);
const plain = createRedactor(NONE, null);
const tagsIn = (text: string): string[] =>
  [...text.matchAll(/\[redacted:[a-z0-9-]+:([0-9a-f]{8})\]/g)].map(([, tag = '']) => tag);

const planted = fc.nat(SHAPES.length - 1).map((index) => SHAPES[index]?.make() ?? { text: '', secret: '' });
const line = fc.nat(LINES.length - 1);

test('one secret has one tag wherever it stands, and another one with another key', () => {
  const other = createRedactor(NONE, Buffer.alloc(32, 2));
  fc.assert(
    fc.property(planted, line, line, ({ text }, a, b) => {
      const [first, second] = [LINES[a]?.(text) ?? '', LINES[b]?.(text) ?? ''];
      // A backslash in JSON is another character of the secret.
      fc.pre(!text.includes('\n') && JSON.stringify(text) === `"${text}"`);
      const tags = tagsIn(redact(first));
      expect(tags.length).toBeGreaterThan(0);
      expect(tagsIn(redact(second))).toEqual(tags);
      expect(tagsIn(other(first))).not.toEqual(tags);
      expect(untagged(redact(first))).toBe(plain(first));
    }),
  );
});

test('a tag that was cut off is taken away as well', () => {
  expect(untagged('a [redacted:jwt:0123abcd] b [redacted:npm-token:01')).toBe('a [redacted:jwt] b [redacted:npm-token');
  expect(untagged('a [redacted:jwt] b')).toBe('a [redacted:jwt] b');
});

const body = 'MIIEpAIBAAKCAQEA7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp1234567890';
const pem = ['-----BEGIN RSA ' + 'PRIVATE KEY-----', body, body, 'q1==', '-----END RSA ' + 'PRIVATE KEY-----'];

test('a private key is masked line by line, with others in between', () => {
  const next = createLineRedactor(plain);
  const lines = ['start', ...pem.slice(0, 2), 'INFO worker is ready', ...pem.slice(2), 'done'];
  expect(lines.map(next)).toEqual([
    'start',
    '[redacted:private-key]',
    '[redacted:private-key]',
    'INFO worker is ready',
    '[redacted:private-key]',
    '[redacted:private-key]',
    '[redacted:private-key]',
    'done',
  ]);
});

test('a private key without an end is masked for 200 lines and no longer', () => {
  const next = createLineRedactor(plain);
  const lines = [`2026-11-22 ERROR key ${pem[0] ?? ''}`, ...Array<string>(205).fill(`2026-11-22 ERROR ${body}`)];
  const masked = lines.map(next);
  expect(masked[0]).toBe('2026-11-22 ERROR key [redacted:private-key]');
  expect(masked.slice(1, 201)).toEqual(Array<string>(200).fill('2026-11-22 ERROR [redacted:private-key]'));
  expect(masked[201]).toBe(lines[201]);
});
