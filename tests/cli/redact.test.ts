import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redactStream } from '../../src/cli/redact.js';
import { createRedactor } from '../../src/domain/redact/index.js';

const program = resolve('dist/src/cli/main.js');
const redact = createRedactor({ rules: [], allow: [] }, null);
const pass = 'hunter2' + '-Real';
const line64 = 'MIIEpAIBAAKCAQEA7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp1234567890';
const key = `-----BEGIN RSA PRIVATE KEY-----\n${`${line64}\n`.repeat(24)}-----END RSA PRIVATE KEY-----`;

async function run(pieces: readonly (Buffer | string)[], counts?: Map<string, number>): Promise<string> {
  let out = '';
  for await (const part of redactStream(source(pieces), redact, counts)) out += part;
  return out;
}

async function* source(pieces: readonly (Buffer | string)[]): AsyncGenerator<Buffer | string> {
  yield* pieces;
}

test('however the input is cut, the output is the same', async () => {
  const text = `start ü 😀\nDB_PASSWORD=${pass}\n${key}\npassword:\n  ${pass}\nplain\nlast TOKEN=${line64.slice(0, 30)}`;
  const bytes = Buffer.from(text);
  const whole = redact(text);
  expect(whole).toBe(
    'start ü 😀\nDB_PASSWORD=[redacted:password]\n[redacted:private-key]\npassword:\n  [redacted:password]\nplain\nlast TOKEN=[redacted:token]',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 30 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      expect(await run(pieces)).toBe(whole);
    }),
    { numRuns: 60 },
  );
});

test('a whole line comes out before the next one is there', async () => {
  const stream = redactStream(source([`password=${pass}\nhalf a`, ' line\n']), redact);
  expect((await stream.next()).value).toBe('password=[redacted:password]\n');
  expect((await stream.next()).value).toBe('half a line\n');
});

test('a line without end and a key without end are not held for ever', async () => {
  const parts: string[] = [];
  const pieces = [...Array<string>(40).fill('word '.repeat(10_000)), '\n', '-----BEGIN PRIVATE KEY-----\n'];
  pieces.push(...Array<string>(2_000).fill('not a key at all\n'));
  for await (const part of redactStream(source(pieces), redact)) parts.push(part);
  expect(parts.join('')).toBe(pieces.join(''));
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1_200_000);
});

test('what was masked is counted by type, and masks that were there before are not', async () => {
  const counts = new Map<string, number>();
  await run([`a [redacted:jwt]\npassword=${pass}\nredis://:${pass}@host\npassword=${pass}\n`], counts);
  expect(Object.fromEntries(counts)).toEqual({ password: 2, 'url-password': 1 });
});

test('the command masks a pipe by the rules of the configuration', () => {
  const home = mkdtempSync(join(tmpdir(), 'tracker-redact-'));
  try {
    const config = join(home, 'config.json');
    const redaction = { rules: [{ name: 'ticket', pattern: 'TICKET-\\d+' }], allow: ['^dev-'] };
    writeFileSync(config, JSON.stringify({ redaction }));
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      TRACKER_HOME: home,
      TRACKER_CONFIG: config,
      CLAUDE_CONFIG_DIR: home,
    };
    const input = `see TICKET-12\npassword=dev-12345 password=${pass}`;
    const run = (...options: string[]) =>
      spawnSync(process.execPath, [program, 'redact', ...options], { env, input, encoding: 'utf8' });
    const { status, stdout, stderr } = run('--types', '--no-tags');
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'see [redacted:ticket]\npassword=dev-12345 password=[redacted:password]',
      stderr: 'password 1\nticket 1\n',
    });
    expect(readdirSync(home)).not.toContain('redaction.key');
    const tagged = run().stdout;
    expect(tagged).toMatch(
      /^see \[redacted:ticket:[0-9a-f]{8}\]\npassword=dev-12345 password=\[redacted:password:[0-9a-f]{8}\]$/,
    );
    expect(run().stdout).toBe(tagged);
  } finally {
    rmSync(home, { recursive: true });
  }
});
