import { writeFileSync as writeSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadConfig } from '../src/config.js';
import { LOG_FORMATS } from '../src/config/log-formats.js';
import { parseJson } from '../src/config/json.js';
import { ConfigError } from '../src/errors.js';

const folder = join(import.meta.dirname, 'fixtures', 'bad-configs');
let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tracker-bad-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['comment', ['line 2, column 3: comments are not allowed in JSON; take this one out']],
  [
    'cron',
    [
      'schedules.insight.cron: is "61 * * * *", but must be { "everyS": seconds }, { "cron": "minute hour day month weekday" } or false; change it, or leave it out for the default',
    ],
  ],
  [
    'components',
    [
      'components[0].path: is not a known key; did you mean "components[0].paths"? Correct it or take it out',
      'components[1].name: is "*", but must be 1 to 100 letters, digits, blanks, dots, dashes or underscores, beginning with a letter or digit; change it or take it out',
    ],
  ],
  ['cut-off', ['line 2, column 15: a text begins here that does not end, or has a line break or a wrong \\ in it']],
  [
    'database-in-url',
    [
      'redis.url: names database 3, but redis.databases.tracker is 10; take the number out of the address, or set both to the same',
    ],
  ],
  ['empty', ['line 1, column 1: the file ends where a value must follow']],
  [
    'http-open',
    [
      'mcp.http.host: is "0.0.0.0", which other machines can reach, and the token and all answers would travel unencrypted; set mcp.http.tls.cert and mcp.http.tls.key, or set mcp.http.allowInsecure to true if something else encrypts, or take "127.0.0.1"',
      'mcp.http.host: is "0.0.0.0", which says not by what name clients call this machine; name it in mcp.http.allowedHosts',
      'mcp.http.maxStreams: is 300, but each stream holds one of the 256 connections of mcp.http.maxConnections; make it smaller than that',
    ],
  ],
  ['http-tls-half', ['mcp.http.tls.cert: stands without mcp.http.tls.key, but needs it; give both or neither']],
  ['key-in-wrong-place', ['roots: is not a known key; did you mean "transcripts.roots"? Correct it or take it out']],
  [
    'log-level',
    [
      'logLevel: is "loud", but must be one of "debug", "info", "warn", "error", "silent"; change it, or leave it out for the default, "info"',
    ],
  ],
  [
    'logs',
    [
      'logs[0].format: is "pyhton", but must be "auto" or one of FORMATS; change it or take it out',
      'logs[1].level: is "ERROR", but must be one of "trace", "debug", "info", "notice", "warning", "error", "critical"; change it or take it out',
      'logs[1].multiline.start: is "(", but must be true, false or { "start": regular expression, "maxLines": 2 to 10000 }; change it or take it out',
      'logs[1].from: is "head", but must be "start" or "end"; change it or take it out',
      'logs[1].zone: is "Mars/Base", but must be a time zone such as "Europe/Berlin", "UTC" or "+02:00"; change it or take it out',
      'logs[2].journal: is "-rf", but must be the name of a systemd unit, such as "nginx.service"; change it or take it out',
      'logs[2].docker: is "a b", but must be the name or the id of a container; change it or take it out',
    ].map((fault) => fault.replace('FORMATS', LOG_FORMATS.map((name) => `"${name}"`).join(', '))),
  ],
  ['log-two-sources', ['logs[0].docker: is given beside logs[0].path, but a log has one source; make a log of each']],
  [
    'missing-in-list',
    [
      'logs[0].path: is missing, but must be the path of a log file, or a glob; add it, or name a "journal" unit or a "docker" container in its place',
    ],
  ],
  ['not-an-object', ['the whole file: is [], but must be an object; begin it with { and end it with }']],
  [
    'number-as-text',
    [
      'queues.ingest.concurrency: is "4", but must be a whole number from 1 to 64; change it, or leave it out for the default, 4',
    ],
  ],
  [
    'number-too-small',
    [
      'queues.health-check.attempts: is 0, but must be a whole number from 1 to 100; change it, or leave it out for the default, 1',
    ],
  ],
  [
    'password-in-url',
    ['redis.url: holds a password; take it out and put it in REDIS_PASSWORD, in the environment or in secrets.env'],
  ],
  [
    'password-key',
    [
      'redis.password: a secret does not belong in config.json; put it in REDIS_PASSWORD, in the environment or secrets.env',
    ],
  ],
  [
    'prefix',
    [
      'redis.prefix: is "{a}", but must be 1 to 63 letters, digits, dots, dashes or underscores, beginning with a letter or digit; change it, or leave it out for the default, "autobot-tracker"',
    ],
  ],
  [
    'preset',
    ['health.preset: is "all", but must be "off" or "autobot"; change it, or leave it out for the default, "off"'],
  ],
  [
    'regular-expression',
    [
      'redaction.rules[0].pattern: is "(", but must be a JavaScript regular expression without slashes; change it or take it out',
    ],
  ],
  [
    'same-databases',
    [
      'redis.databases.knowledge: is 1, the same as redis.databases.tracker, but all three must differ; give one of them another number',
    ],
  ],
  [
    'same-names',
    [
      'components[1].name: "web" stands there before, but names must differ; rename one of them',
      'redaction.rules[1].name: "a" stands there before, but names must differ; rename one of them',
    ],
  ],
  [
    'schedule-typo',
    [
      'schedules.insight: is {"everyM":5}, but must be { "everyS": seconds }, { "cron": "minute hour day month weekday" } or false; change it, or leave it out for the default',
    ],
  ],
  [
    'section-not-an-object',
    ['redis: is "embedded", but must be an object { … }; change it, or leave it out for the default'],
  ],
  [
    'several',
    [
      'redis.prefx: is not a known key; did you mean "redis.prefix"? Correct it or take it out',
      'logLevel: is "loud", but must be one of "debug", "info", "warn", "error", "silent"; change it, or leave it out for the default, "info"',
      'multiHost: is "yes", but must be true or false; change it, or leave it out for the default, false',
      'redis.databases.autobot: is 1, the same as redis.databases.knowledge, but all three must differ; give one of them another number',
    ],
  ],
  ['single-quotes', ['line 1, column 3: single quotes are not allowed in JSON; write "…"']],
  [
    'target-password',
    [
      'health.targets[0].url: is "redis://***@localhost", but must be an address that begins with http://, https://, tcp://, redis://, rediss:// or ssh://, without a password; change it or take it out',
    ],
  ],
  ['tls-half', ['redis.tls.key: stands without redis.tls.cert, but needs it; give both or neither']],
  ['tls-missing-file', ['redis.tls.ca: /nowhere/ca.pem does not exist; name a file in PEM form']],
  [
    'tls-unused',
    ['redis.tls: is set, but redis.url does not begin with rediss://; begin it so, or take redis.tls out'],
  ],
  [
    'token-key',
    [
      'dashboard.token: a secret does not belong in config.json; the token is made by itself and kept in the state folder',
    ],
  ],
  ['trailing-comma', ['line 3, column 1: a comma stands before "}"; take it out']],
  ['twice', ['redis.prefix: stands twice, again at line 3, column 29; keep one of them']],
  [
    'two-intervals',
    [
      'health.intervalS: says when health is checked, and so does schedules.health-check, differently; take one of them out',
    ],
  ],
  ['two-users', ['redis.username: differs from the user inside redis.url; give it in one of them only']],
  ['unknown-key', ['logLevle: is not a known key; did you mean "logLevel"? Correct it or take it out']],
  [
    'unknown-nested-key',
    ['redis.databses: is not a known key; did you mean "redis.databases"? Correct it or take it out'],
  ],
  [
    'url-nonsense',
    [
      'redis.url: is not an address, but must be "embedded", or an address that begins with redis://, rediss:// or unix://; correct it',
    ],
  ],
  [
    'url-protocol',
    [
      'redis.url: begins with http://, but must be "embedded", or an address that begins with redis://, rediss:// or unix://; correct it',
    ],
  ],
];

test.each(cases)('%s', (name, faults) => {
  const path = join(folder, `${name}.json`);
  expect(faultsOf(() => loadConfig({ env: { HOME: home, TRACKER_HOME: home }, path }))).toEqual(faults);
});

test('every file of bad configurations is in the table', async () => {
  const files = (await readdir(folder)).map((file) => basename(file, '.json'));
  expect(files.sort()).toEqual(cases.map(([name]) => name).sort());
});

test('the message names the file and has a line for each fault', () => {
  const path = join(folder, 'several.json');
  expect(() => loadConfig({ env: { HOME: home, TRACKER_HOME: home }, path })).toThrow(`${path} does not fit:\n  - `);
});

test('a file that TRACKER_CONFIG names and that is not there, or a folder, is a fault', () => {
  const env = { HOME: home, TRACKER_HOME: home };
  expect(faultsOf(() => loadConfig({ env: { ...env, TRACKER_CONFIG: join(home, 'none.json') } }))).toEqual([
    `TRACKER_CONFIG: ${home}/none.json does not exist; correct the path, or leave it out for the defaults`,
  ]);
  expect(faultsOf(() => loadConfig({ env: { ...env, TRACKER_CONFIG: home } }))).toEqual([
    `TRACKER_CONFIG: ${home} is a folder; name the file in it, such as ${home}/config.json`,
  ]);
});

test.each([
  [{ REDIS_URL: 'nonsense' }, /^REDIS_URL: is not an address, but must be "embedded", or an address that begins/],
  [{ REDIS_URL: 'redis://localhost/9' }, /^REDIS_URL: names database 9, but redis\.databases\.tracker is 10; take/],
  [{ REDIS_URL: 'unix:///r.sock?db=9' }, /^REDIS_URL: names database 9, but redis\.databases\.tracker is 10; take/],
  [{ REDIS_URL: 'redis://localhost/x' }, /^REDIS_URL: has a database that is no number; write it as/],
  [{ REDIS_URL: 'redis://localhost?family=6' }, /^REDIS_URL: has the unknown option "family"; the only one allowed/],
  [{ REDIS_URL: 'unix://run/r.sock' }, /^REDIS_URL: has one slash too few; write unix:\/\/\/path/],
  [{ REDIS_URL: 'redis://' }, /^REDIS_URL: names no host; write redis:\/\/host:port/],
  [{ REDIS_URL: 'redis://:a@localhost', REDIS_PASSWORD: 'b' }, /^REDIS_PASSWORD: differs from the password inside/],
])('the environment %j is a fault', (env, expected) => {
  const faults = faultsOf(() => loadConfig({ env: { HOME: home, TRACKER_HOME: home, ...env } }));
  expect(faults).toEqual([expect.stringMatching(expected)]);
});

test.each([
  [
    'a secrets file that others can open',
    'REDIS_PASSWORD=hunter2\n',
    0o644,
    /^secrets\.env: has mode 644, so others.*run: chmod 600 /,
  ],
  [
    'a secret that is not known',
    'REDIS_PASWORD=hunter2\n',
    0o600,
    /^secrets\.env line 1: "REDIS_PASWORD" is not known; did you mean "REDIS_PASSWORD"\?$/,
  ],
  [
    'a line that is no secret',
    '# mine\n\nhunter2\n',
    0o600,
    /^secrets\.env line 3: is no NAME=value; write one secret a line/,
  ],
])('%s is a fault that does not repeat it', async (_, content, mode, expected) => {
  const own = await mkdtemp(join(home, 'secrets-'));
  await writeFile(join(own, 'secrets.env'), content);
  await chmod(join(own, 'secrets.env'), mode);
  const faults = faultsOf(() => loadConfig({ env: { HOME: home, TRACKER_HOME: own } }));
  expect(faults).toEqual([expect.stringMatching(expected)]);
  expect(faults.join()).not.toContain('hunter2');
});

test('any JSON at all fits or is refused with faults, never anything else', () => {
  const path = join(home, 'any.json');
  const key = fc.constantFrom(
    'redis',
    'logs',
    'health',
    'targets',
    'url',
    'schedules',
    'insight',
    'cron',
    '__proto__',
    'x',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 0 }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (any) => {
      const text = JSON.stringify(any);
      writeSync(path, text);
      const faults = faultsOf(() => loadConfig({ env: { HOME: home, TRACKER_HOME: home }, path }));
      expect(text === '{}' || faults.length > 0 || typeof any === 'object').toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('what JSON.parse takes our scanner takes, and the other way round', () => {
  const letters = fc.string({
    unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '1', '-', '.', 'e', ' ', '\n', '\\', 'a', 'true', 'null'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.oneof(letters, fc.json()), (text) => {
      const isJson = takes(text);
      const { faults } = parseJson(text);
      // Equal keys are a fault of ours alone.
      expect(faults.every((fault) => fault.includes('stands twice'))).toBe(isJson);
    }),
    { numRuns: 3_000 },
  );
});

function takes(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
