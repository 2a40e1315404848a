import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { currentToken, mcpToken, tokenFile } from '../../src/mcp/http/token.js';
import { isSameToken } from '../../src/token.js';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tracker-token-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('is 256 random bits in a file of its owner, and stays', () => {
  const token = mcpToken(join(home, 'new'));
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(mcpToken(join(home, 'new'))).toBe(token);
  expect(statSync(tokenFile(join(home, 'new'))).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(home, 'new'))).toEqual(['mcp-token']);
  expect(mcpToken(home)).not.toBe(token);
});

test('a deleted file makes a new one, and the old is worth nothing after a second', () => {
  let now = 0;
  const current = currentToken(home, () => now);
  const old = current();
  rmSync(tokenFile(home));
  now = 999;
  expect(current()).toBe(old);
  now = 1_000;
  expect(current()).not.toBe(old);
  expect(current()).toBe(readFileSync(tokenFile(home), 'utf8').trim());
});

test.each([
  ['that the group may read', 0o640, 'x'.repeat(43), /may be read by others \(mode 640\).*chmod 600/],
  ['that all may read', 0o604, 'x'.repeat(43), /may be read by others \(mode 604\); delete it/],
  ['with a short word', 0o600, 'secret', /holds no token of 256 bits; delete it/],
  ['that is empty', 0o600, '', /holds no token of 256 bits/],
])('a file %s is refused with its cure', (_, mode, text, fault) => {
  writeFileSync(tokenFile(home), text);
  chmodSync(tokenFile(home), mode);
  expect(() => mcpToken(home)).toThrow(fault);
  expect(() => mcpToken(home)).not.toThrow(text === '' ? 'no such text' : text);
});

test('a folder in its place is refused', () => {
  mkdirSync(tokenFile(home));
  expect(() => mcpToken(home)).toThrow(/is no file; move it away/);
});

test('a token of one’s own counts when it is long enough', () => {
  writeFileSync(tokenFile(home), `${'Ab0-._~+/'.repeat(5)}==\n`, { mode: 0o600 });
  expect(mcpToken(home)).toBe(`${'Ab0-._~+/'.repeat(5)}==`);
});

test('comparing tells equal from unequal, whatever the lengths', () => {
  expect(isSameToken('abc', 'abc')).toBe(true);
  for (const other of ['', 'ab', 'abcd', 'abC']) expect(isSameToken('abc', other)).toBe(false);
});
