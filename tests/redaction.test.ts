import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadRedactor, REDACTION_KEY_FILE } from '../src/redaction.js';
import { makeToken } from '../src/token.js';

const config = { redaction: { rules: [], allow: [] } };
const before = process.env['TRACKER_HOME'];
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tracker-redaction-'));
  process.env['TRACKER_HOME'] = home;
});
afterEach(() => {
  rmSync(home, { recursive: true });
  if (before === undefined) delete process.env['TRACKER_HOME'];
  else process.env['TRACKER_HOME'] = before;
});

const file = (): string => join(home, REDACTION_KEY_FILE);
const text = 'password=' + 'hunter2-Real';

test('the key is made once, for its owner alone, and stands in no mask', () => {
  const masked = loadRedactor(config)(text);
  expect(masked).toMatch(/^password=\[redacted:password:[0-9a-f]{8}\]$/);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  const key = Buffer.from(readFileSync(file(), 'utf8').trim(), 'base64url');
  expect(key.length).toBe(32);
  expect(loadRedactor(structuredClone(config))(text)).toBe(masked);
  expect(loadRedactor(config)).toBe(loadRedactor(config));
});

test('processes that start at once agree on one key', async () => {
  const program = `import { makeToken } from ${JSON.stringify(new URL('../dist/src/token.js', import.meta.url).href)}; makeToken(${JSON.stringify(file())});`;
  await Promise.all(
    Array.from(
      { length: 6 },
      () =>
        new Promise<void>((resolve, reject) => {
          const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
            env: { ...process.env, NODE_OPTIONS: '' },
          });
          child
            .on('error', reject)
            .on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code ?? ''}`))));
        }),
    ),
  );
  const key = readFileSync(file(), 'utf8');
  makeToken(file());
  loadRedactor(config)(text);
  expect(readFileSync(file(), 'utf8')).toBe(key);
});

test('a key that others may read, or that is none, is refused with the cure', () => {
  makeToken(file());
  chmodSync(file(), 0o644);
  expect(() => loadRedactor(config)).toThrow(/chmod 600/);
  chmodSync(file(), 0o600);
  writeFileSync(file(), 'short\n');
  expect(() => loadRedactor(config)).toThrow(/holds no key/);
});
