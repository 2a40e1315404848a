import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatOf } from '../../../src/domain/log/formats/index.js';
import { NO_LEVEL, type LogFormat } from '../../../src/domain/log/model.js';
import { tellsCrash } from '../../../src/domain/log/starts.js';

/** Heads of lines by format; a message follows. */
const HEADS: Readonly<Record<string, readonly string[]>> = {
  python: [
    '2025-01-01 12:00:00,123 - app.web - INFO - ',
    '2025-01-01 12:00:00,123 - INFO - ',
    '2025-01-01 12:00:00,123 - app - [INFO] - ',
    '2025-01-01 12:00:00,123 - app - MainThread - WARNING: ',
    '2025-01-01 12:00:00,123 - SEVERE - ',
    '2025-01-01 12:00:00,123 - app - verbose - ',
  ],
  celery: ['[2025-01-01 12:00:00,123: INFO/MainProcess] '],
  loguru: ['2025-01-01 12:00:00.123 | INFO     | mod:func:12 - ', 'INFO     | mod:func:12 - '],
  oslo: [
    'nova.log.1 2025-01-01 00:00:00.008 25746 INFO nova.api ',
    '2025-01-01 00:00:00.008 25746 INFO nova.api [req-1 - -] ',
  ],
  'python-basic': ['INFO:root:', 'WARNING:app.web:'],
  'apache-error': ['[Sat Jan 01 12:00:00.123456 2025] [core:info] ', '[Sat Jan 01 12:00:00 2025] [notice] [pid 12] '],
  spring: ['2025-01-01 12:00:00.123  INFO 123 --- [app] [main] c.f.Bar : '],
  logback: ['2025-01-01 12:00:00,123 [main] INFO c.f.Bar - ', '12:00:00,123 [Q[myid=1]/0:0] INFO  c.f.Bar[x] - '],
  log4j: ['2025-01-01 12:00:00,123 INFO [main] c.f.Bar: ', '2025-01-01 12:00:00,123 - INFO  [main] - '],
  iso: [
    '2025-01-01T12:00:00.123Z  INFO t: ',
    '[2025-01-01T12:00:00Z info] ',
    '2025-01-01 12:00:00 Info - ',
    '2025-01-01 12:00:00 info: ',
  ],
  access: ['10.0.0.1 - - [01/Jan/2025:12:00:00 +0000] "GET /', '::1 a b [01/Jan/2025 12:00:00 +0000] "GET /" 200 '],
  'docker-compose+python': ['api-1  | 2025-01-01 12:00:00,123 - app.web - INFO - '],
  'cri+iso': ['2025-01-01T12:00:00.123456789Z stderr F 2025-01-01 12:00:00 INFO '],
  syslog: [
    'Nov 22 10:00:00 host app[12]: ',
    'Nov 22 10:00:00 host panic: ',
    '2025-01-01T12:00:00Z host app[12]: ',
    '<34>Nov 22 10:00:00 host app: ',
  ],
  docker: ['2025-01-01T12:00:00.123456789Z '],
};
const PARTS = [
  ...[
    'all went well',
    'x',
    ' ',
    '- ERROR - y',
    'a - ERROR - b',
    'ERROR',
    ': ',
    '] ',
    '" 200 ',
    '" 500 ',
    '" 404',
    '\t',
    '| ',
  ],
  ...[
    'panic: out',
    'fatal error: x',
    'Traceback (most recent call last):',
    'goroutine 1 [',
    'a b',
    'level=error msg=x',
    '\r',
    '\u00e9',
  ],
  ...[
    '2025-01-01 12:00:00,123 - a - ERROR - b',
    'key=1',
    'ValueError: x',
    'app.web.Error: x',
    '{',
    '   at x',
    '\u001b[31m',
    '9',
    '-',
  ],
];
const anyMessage = fc.array(fc.constantFrom(...PARTS), { maxLength: 4 }).map((parts) => parts.join(''));

/** The line with a few signs changed: digits for digits as a rule. */
const changed = (line: string, changes: readonly (readonly [number, string | null])[]): string =>
  changes.reduce((text, [place, sign]) => {
    const at = place % Math.max(1, text.length);
    const old = text.charAt(at);
    return text.slice(0, at) + (sign ?? (/\d/.test(old) ? String(place % 10) : old)) + text.slice(at + 1);
  }, line);

const lineOf = (heads: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...heads),
      anyMessage,
      fc.array(fc.tuple(fc.nat(400), fc.option(fc.constantFrom(...' []|:-xI5"\t'))), { maxLength: 5 }),
    )
    .map(([head, message, changes]) => changed(head + message, changes));

function known(name: string): LogFormat {
  const format = formatOf(name);
  if (format === null) throw new Error(`no format ${name}`);
  return format;
}

const quickOf = (format: LogFormat, line: string): number =>
  format.quick?.(Buffer.from(`${line}\n`, 'latin1'), 0) ?? -1;

test.each(Object.keys(HEADS))('%s knows a line by one before it', (name) => {
  const format = known(name);
  const head = HEADS[name]?.[0] ?? '';
  const line = (message: string): string =>
    name === 'access' ? `${head}${message} HTTP/1.1" 200 12` : `${head}${message}`;
  expect(quickOf(format, line('all well'))).toBe(name === 'access' ? 2 : -1);
  format.level(line('all well'));
  const other = line('another one').replace(/\d(?=\D*:)/, '9');
  expect(quickOf(format, other)).toBe(format.level(other));
});

test.each(Object.keys(HEADS))('%s tells the same of the first bytes as of the line', (name) => {
  const format = known(name);
  fc.assert(
    fc.property(fc.array(lineOf(HEADS[name] ?? []), { minLength: 2, maxLength: 30 }), (lines) => {
      for (const line of lines) {
        const quick = quickOf(format, line);
        // A carriage return before the line end is cut off.
        const level = format.level(line.replace(/\r$/, ''));
        if (quick === -1) continue;
        expect([line, quick]).toEqual([line, level]);
        if (quick === NO_LEVEL) expect(tellsCrash(line)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
