/** Commands as sources, with programs of the test's own on PATH in place of journalctl and docker. */
import { expect, test } from '@jest/globals';
import fs from 'node:fs';
import { join } from 'node:path';
import type { LogSource } from '../../../src/sources/tail/index.js';
import { until, withFolder } from '../../support/files.js';
import { follow, type Options } from './reading.js';

/**
 * Prints the lines of `lines` that are not older than `--since`, notes its arguments, and ends if there is `end`, else
 * goes on with what is appended.
 */
const PROGRAM = `#!/usr/bin/env node
const fs = require('node:fs');
const folder = __dirname;
fs.appendFileSync(folder + '/asked', process.argv.slice(2).join(' ') + '\\n');
const at = process.argv.indexOf('--since');
const given = at === -1 ? '' : process.argv[at + 1];
const since = given.startsWith('@') ? Number(given.slice(1)) * 1000 : Date.parse(given);
let done = 0;
function print() {
  const lines = fs.readFileSync(folder + '/lines', 'utf8').split('\\n').slice(0, -1);
  for (const line of lines.slice(done)) {
    const time = line.slice(0, line.indexOf(' '));
    if (given === '' || time === '' || Date.parse(time.replace(/([+-]..)(..)$/, '$1:$2')) >= Math.floor(since)) (line.includes('ERROR') ? console.error : console.log)(line);
  }
  done = lines.length;
}
if (__filename.endsWith('journalctl')) console.error('a word on stderr');
print();
if (fs.existsSync(folder + '/end')) process.exit(3);
setInterval(print, 10);
`;

async function withProgram(
  name: string,
  body: (folder: string, append: (...lines: string[]) => void) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    fs.writeFileSync(join(folder, name), PROGRAM, { mode: 0o755 });
    fs.writeFileSync(join(folder, 'lines'), '');
    const path = process.env['PATH'];
    process.env['PATH'] = `${folder}:${path ?? ''}`;
    try {
      await body(folder, (...lines) =>
        fs.appendFileSync(join(folder, 'lines'), lines.map((line) => `${line}\n`).join('')),
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
}

const journal = (second: number, text: string): string =>
  `2025-01-01T00:00:0${second}.000001+0000 host app[1]: ${text}`;
const JOURNAL: LogSource = {
  kind: 'command',
  name: 'journal-app',
  argv: ['journalctl', '-o', 'short-iso-precise', '-f', '-n', '0', '-u', 'app.service'],
  resume: 'journald',
};
const DOCKER: LogSource = {
  kind: 'command',
  name: 'docker-web',
  argv: ['docker', 'logs', '-f', '--timestamps', '--tail', '0', 'web'],
  resume: 'docker',
};

test('what journalctl prints is given, and a restart goes on after it in the same generation', () =>
  withProgram('journalctl', async (folder, append) => {
    append(journal(1, 'one'), journal(2, 'two'), journal(2, 'two'));
    const first = await follow([JOURNAL]);
    await until('three lines', () => first.lines().length === 3);
    const known = await first.stop();
    append(journal(2, 'two again'), journal(3, 'three'));
    const second = await follow([JOURNAL], { known });
    await until('two lines', () => second.lines().length === 2);
    append(journal(4, 'four'));
    await until('one more', () => second.lines().length === 3);
    await second.stop();
    expect(second.lines()).toEqual([journal(2, 'two again'), journal(3, 'three'), journal(4, 'four')]);
    expect(second.generations[0]).toMatchObject({ id: first.generations[0]?.id, path: 'command:journal-app' });
    const asked = fs.readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
    expect(asked).toEqual([
      '-o short-iso-precise -f -n 0 -u app.service',
      '-o short-iso-precise -f -u app.service --since @1735689601.000001',
    ]);
  }));

test('of a journal that was emptied meanwhile all is new', () =>
  withProgram('journalctl', async (folder, append) => {
    append(journal(1, 'one'), journal(2, 'two'));
    const first = await follow([JOURNAL]);
    await until('two lines', () => first.lines().length === 2);
    const known = await first.stop();
    fs.writeFileSync(join(folder, 'lines'), '');
    append(journal(3, 'three'), journal(4, 'four'), journal(5, 'five'));
    const second = await follow([JOURNAL], { known });
    await until('the last line', () => second.text().includes('five'));
    await second.stop();
    expect(second.lines()).toEqual([journal(3, 'three'), journal(4, 'four'), journal(5, 'five')]);
    const third = await follow([JOURNAL], { known: second.known() });
    append(journal(6, 'six'));
    await until('what is new', () => third.text().includes('six'));
    await third.stop();
    expect(third.lines()).toEqual([journal(6, 'six')]);
  }));

test('long lines of one instant are given once over many restarts', () =>
  withProgram('journalctl', async (_folder, append) => {
    const line = (number: number): string => journal(1, `${number} ${'x'.repeat(70_000)}`);
    const given: string[] = [];
    let known: Options['known'] = new Map();
    for (const numbers of [[1, 2, 3], [4], [5], [6]]) {
      append(...numbers.map(line));
      const reading = await follow([JOURNAL], { known });
      await until('the last line', () => reading.lines().at(-1) === line(numbers.at(-1) ?? 0));
      known = await reading.stop();
      given.push(...reading.lines().map((one) => one.slice(0, 50)));
    }
    expect(given).toEqual([1, 2, 3, 4, 5, 6].map((number) => line(number).slice(0, 50)));
  }));

test('lines without a time between those of one instant hinder no restart', () =>
  withProgram('journalctl', async (_folder, append) => {
    const line = (number: number): string => journal(1, `${number} ${'x'.repeat(70_000)}`);
    append(line(1), '    and more', line(2), line(3));
    const first = await follow([JOURNAL]);
    await until('all lines', () => first.lines().length === 4);
    const known = await first.stop();
    append(journal(2, 'four'));
    const second = await follow([JOURNAL], { known });
    await until('the last line', () => second.text().includes('four'));
    await second.stop();
    expect(second.lines()).toEqual([journal(2, 'four')]);
  }));

test('what was not acknowledged of docker logs is given again, whole', () =>
  withProgram('docker', async (folder, append) => {
    const line = (second: number): string => `2025-01-01T00:00:0${second}.000000001Z line ${second}`;
    append(line(1), line(2), line(3));
    const first = await follow([DOCKER]);
    await until('three lines', () => first.lines().length === 3);
    const known = await first.stop();
    const behind = new Map(
      [...known].map(([path, ones]) => [path, ones.map((one) => ({ ...one, nextByte: line(1).length + 1 }))]),
    );
    const second = await follow([DOCKER], { known: behind });
    await until('two lines', () => second.lines().length === 2);
    await second.stop();
    expect(second.lines()).toEqual([line(2), line(3)]);
    expect(fs.readFileSync(join(folder, 'asked'), 'utf8')).toContain(
      `logs -f --timestamps --since 2025-01-01T00:00:01.000000001Z web`,
    );
  }));

test('what a container wrote to stderr is given too, each line in its place', () =>
  withProgram('docker', async (_folder, append) => {
    const lines = Array.from(
      { length: 9 },
      (_, at) => `2025-01-01T00:00:0${at}.5Z ${at % 2 === 0 ? 'ERROR' : 'INFO'} ${at}`,
    );
    append(...lines);
    const reading = await follow([DOCKER]);
    await until('all lines', () => reading.lines().length === lines.length);
    await reading.stop();
    expect(reading.lines()).toEqual(lines);
    expect(reading.problems).toEqual([]);
  }));

test('a command that ends is told once, started again, and gives nothing twice', () =>
  withProgram('journalctl', async (folder, append) => {
    fs.writeFileSync(join(folder, 'end'), '');
    append(journal(1, 'one'), journal(2, 'two'));
    const reading = await follow([JOURNAL]);
    await until('two lines', () => reading.lines().length === 2);
    append(journal(3, 'three'));
    await until('the third', () => reading.lines().length === 3);
    await reading.stop();
    expect(reading.lines()).toEqual([journal(1, 'one'), journal(2, 'two'), journal(3, 'three')]);
    expect(reading.problems).toContainEqual({ path: 'command:journal-app', code: 'command-ended', detail: 'exit 3' });
    expect(reading.problems).toContainEqual({ path: 'command:journal-app', code: 'command-stderr', detail: '17' });
  }));

test('a program that is not there is told, and hinders nobody', () =>
  withFolder(async (folder) => {
    fs.writeFileSync(join(folder, 'a.log'), 'one\n');
    const missing: LogSource = { kind: 'command', name: 'none', argv: ['no-such-program-here'], resume: 'none' };
    const reading = await follow([missing, join(folder, 'a.log')]);
    await until('the file', () => reading.text() === 'one\n');
    await until('the problem', () => reading.problems.length > 0);
    await reading.stop();
    expect(reading.problems).toEqual([{ path: 'command:none', code: 'command-ended', detail: 'ENOENT' }]);
  }));
