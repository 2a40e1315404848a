import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDetector, messageOf } from '../../../src/domain/log/detect.js';
import { formatOf, FORMATS } from '../../../src/domain/log/formats/index.js';
import { LEVELS, NO_LEVEL } from '../../../src/domain/log/model.js';
import { stripAnsi } from '../../../src/domain/log/strip.js';

const CLOCK = { now: Date.UTC(2025, 0, 1), zoneMinutes: 60 };

const COMPOSED = ['docker-compose+python', 'cri+json', 'docker-json+logfmt', 'syslog+uvicorn', 'docker+dated'];
const ALL = [...FORMATS, ...COMPOSED.map((name) => formatOf(name))].filter((format) => format !== null);

/** Pieces that headers are made of, so that chance gets past their first column. */
const PIECES = [
  '2025-01-01 12:00:00,123', '2025-01-01T12:00:00.123456789Z', 'Jan  1 12:00:00', '01/Jan/2025:12:00:00 +0000', '12:00:00 PM',
  '20171223-22:15:29:606', '081109 203518', '1117838570', 'ERROR', 'error', 'Error', '[info]', 'INFO:     ', ' - ', ': ', ' | ',
  '|', '[', ']', '{', '}', '"', '\\', '{"level":', '"error"', '"time":1', ',', '<34>1 ', '<13>', 'level=', 'msg="', ' ', '\t', '127.0.0.1',
  '" 500 ', 'E0101 12:00:00.000000', 'app[1]: ', 'api-1  | ', '{"log":"', '\\n","stream":"stderr","time":"', '[vite] ', 'npm ERR!',
  '\u001b[31m', '\u001b[0m', '✘ ', '\u0000', '\ud800', 'name:', 'file.py:12', '1:M 01 Jan 2025 12:00:00.123 # ', ' --- [',
]; // prettier-ignore

const lines = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 4 })), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

test('any line at all has a header or none, in every format', () => {
  fc.assert(
    fc.property(lines, (line) => {
      for (const format of ALL) {
        const level = format.level(line);
        expect(Number.isInteger(level) && level >= -1 && level <= NO_LEVEL).toBe(true);
        format.carried?.(line);
        const header = format.header(line, CLOCK);
        if (level === -1) continue;
        expect({ name: format.name, level: header.level }).toEqual({ name: format.name, level: LEVELS[level] ?? null });
        expect(header.messageAt >= 0 && header.messageAt <= line.length).toBe(true);
        expect(header.at === null || Number.isFinite(header.at)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('any lines at all are given a format, and what is said of its level is what the format says', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 60 }), (many) => {
      const detector = createDetector('auto');
      for (const line of many) {
        const format = detector.see(line);
        expect(detector.lastLevel).toBe(format.level(line));
        expect(messageOf(line).length).toBeLessThanOrEqual(line.length * 2);
      }
    }),
    { numRuns: 300 },
  );
});

/** What grows with the square of the length takes seconds at this one. */
const LONG = 1 << 15;
const HOSTILE = [
  '{', '[', '(', '<', '"', '\\', '1', '12', ' ', '\t', '|', ':', '-', '=', 'a', 'A', 'E', '\u001b', '\u001b[', '{"', '{"a":', '"a":1,', '[a]', '[1] ', 'a=',
  'a="', 'a=1 ', 'ERROR ', 'ERROR:', 'ERROR: ', 'a.', 'a::', '1:', '2025-01-01 12:00:00 ', '- ', ' - ', 'a | ', '" ', '" 5', '\ud83d', '✘', '] ', 'npm ', '12:00:00 ', '\\"',
]; // prettier-ignore
const LEADS = ['', '{"level":"', '{"a":"', '{"log":"', '2025-01-01 12:00:00,123', '2025-01-01 12:00:00 - ', '[2025-01-01T12:00:00Z] ', '127.0.0.1 - - [01/Jan/2025:12:00:00 +0000] "', 'level=', 'msg="', 'INFO:     127.0.0.1:1 - "', '<34>1 2025-01-01T12:00:00Z h a 1 - [', 'Jan  1 12:00:00 ', 'E0101 12:00:00.000000 ', '20171223-22:15:29:606|', '- 1117838570 ', 'Jan  1 12:00:00 h ', 'error[']; // prettier-ignore

/** One run of characters, as a read gives it: a rope would be flattened inside the time that is taken. */
const repeated = (lead: string, piece: string, length: number): string =>
  Buffer.from(lead + piece.repeat(Math.ceil(length / piece.length))).toString();

/** Of the processor, the least of three tries: the machine has other work. */
function tookMs(line: string): number {
  const tries = [1, 2, 3].map(() => {
    const began = process.cpuUsage();
    for (const format of ALL) if (format.level(line) !== -1) format.header(line, CLOCK);
    return process.cpuUsage(began).user / 1_000;
  });
  return Math.min(...tries);
}

test('a hostile line costs all formats together next to nothing', () => {
  const slow: string[] = [];
  for (const lead of LEADS)
    for (const piece of HOSTILE) if (tookMs(repeated(lead, piece, LONG)) > 60) slow.push(`${lead} and then ${piece}`);
  expect(slow).toEqual([]);
}, 60_000);

test.each(['{', '[', '1', 'a=', ' ', '{"a":'])('a MiB of %j is looked at in no time', (piece) => {
  expect(tookMs(repeated('', piece, 1 << 20))).toBeLessThan(150);
});

test('colours and links of a terminal are taken off, other text stays', () => {
  expect(stripAnsi('\u001b[1;31mERROR\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007 x')).toBe('ERROR link x');
  expect(stripAnsi('[31m stays')).toBe('[31m stays');
});
