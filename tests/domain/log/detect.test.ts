import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDetector, type DetectorState, messageOf } from '../../../src/domain/log/detect.js';
import { FORMAT_NAMES } from '../../../src/domain/log/formats/index.js';
import { LEVELS } from '../../../src/domain/log/model.js';

const PYTHON = (n: number) => `2025-01-01 12:00:00,123 - backend.app - INFO - request ${n} served`;
const TRACE = [
  'Traceback (most recent call last):',
  '  File "/app/x.py", line 12, in run',
  '    raise ValueError("2025-01-01 is no date")',
  'ValueError: 2025-01-01 is no date',
];
const times = (count: number, line: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => line(n));
const seen = (lines: readonly string[], wanted = 'auto') => {
  const detector = createDetector(wanted);
  const names = lines.map((line) => detector.see(line).name);
  return { detector, names };
};

test('the first line is read rightly, and so is each after it', () => {
  const { names } = seen([PYTHON(1), ...TRACE, PYTHON(2)]);
  expect(names).toEqual(times(6, () => 'python'));
});

test('a file is decided after some lines, and then costs one question a line', () => {
  const { detector } = seen(times(25, PYTHON));
  expect(detector.format?.name).toBe('python');
});

test('a traceback before the first header waits as plain text', () => {
  const { names } = seen([...TRACE, PYTHON(1)]);
  expect(names).toEqual([...TRACE.map(() => 'plain'), 'python']);
});

test('a line that another format knows surely is read by that one, and a traceback by the decided one', () => {
  const { detector } = seen(times(30, PYTHON));
  const access = 'INFO:     127.0.0.1:1 - "GET /x HTTP/1.1" 500 Internal Server Error';
  expect(detector.see(access).name).toBe('uvicorn');
  expect(LEVELS[detector.lastLevel]).toBe('error');
  for (const line of [...TRACE, 'error: in a wrapped message', '', '12:00:00 in a wrapped message', 'at 12:00']) {
    expect(detector.see(line).name).toBe('python');
    expect(detector.lastLevel).toBe(-1);
  }
  expect(detector.see('{"level":"error","msg":"x"}').name).toBe('json');
  expect(detector.format?.name).toBe('python');
});

test('a file that changes its format is decided anew', () => {
  const redis = (n: number) => `1:M 01 Jan 2025 12:00:00.123 * saved ${n}`;
  const { detector } = seen([...times(30, PYTHON), ...times(300, redis)]);
  expect(detector.format?.name).toBe('redis');
  expect(detector.see(PYTHON(1)).name).toBe('python');
});

test('two formats that take turns leave the decision alone', () => {
  const access = (n: number) => `INFO:     127.0.0.1:${n} - "GET /x HTTP/1.1" 200 OK`;
  const turns = times(1_000, (n) => (n % 2 === 0 ? PYTHON(n) : access(n)));
  const { detector, names } = seen(turns);
  expect(detector.format?.name).toBe(seen(turns.slice(0, 30)).detector.format?.name);
  expect(names.filter((name) => name === 'uvicorn')).toHaveLength(500);
});

test('services that docker compose mixes are each read by their own format', () => {
  const { detector } = seen(
    times(30, (n) => (n % 2 === 0 ? `api-1  | ${PYTHON(n)}` : `web-1  | 12:00:00 PM [vite] hmr update ${n}`)),
  );
  expect(detector.see(`api-1  | ${PYTHON(1)}`).name).toBe('docker-compose+python');
  expect(detector.see('web-1  | 12:00:00 PM [vite] Internal server error: x').name).toBe('docker-compose+vite');
  expect(LEVELS[detector.lastLevel]).toBe('error');
  expect(detector.see('db-1   | {"level":"error","msg":"x"}').name).toBe('docker-compose+json');
  expect(detector.see('api-1  |   File "/app/x.py", line 12').carried?.('api-1  |   File "x"').stream).toBe('api-1');
});

test('a table with bars is not taken for docker compose', () => {
  const { names } = seen(['name | value', 'a    | 1']);
  expect(names).toEqual(['plain', 'plain']);
});

test('a syslog of many programs stays one, and the application in it is understood', () => {
  const sshd = (n: number) => `Jan 01 12:00:00 vm sshd[${n}]: Connection closed by 10.0.0.1`;
  const { detector } = seen(times(30, sshd));
  expect(detector.format?.name).toBe('syslog');
  expect(detector.see('Jan 01 12:00:00 vm app[1]: ERROR:    Exception in ASGI application').name).toBe(
    'syslog+uvicorn',
  );
});

test('plain output stays plain, and a later format is still found', () => {
  const { detector } = seen(times(250, (n) => `step ${n} done`));
  expect(detector.format?.name).toBe('plain');
  expect(detector.see('error: could not compile').name).toBe('console');
  for (const line of times(20, PYTHON)) expect(detector.see(line).name).toBe('python');
  expect(detector.format?.name).toBe('python');
});

test('a named format is held to, and carriers are still seen through', () => {
  const { detector, names } = seen([PYTHON(1), 'ERROR:root:x', `api-1  | ${PYTHON(2)}`], 'python');
  expect(names).toEqual(['python', 'python', 'docker-compose+python']);
  expect(detector.lastLevel).toBe(2);
  expect(seen(['ERROR: x', PYTHON(1)], 'plain').names).toEqual(['plain', 'plain']);
  expect(seen(['Jan 01 12:00:00 vm a[1]: ERROR:    x'], 'syslog').names).toEqual(['syslog+uvicorn']);
});

test('every format can be named', () => {
  for (const name of FORMAT_NAMES) expect(createDetector(name).see('no header').name).toBeDefined();
});

const MIXED = fc.array(
  fc.constantFrom(
    PYTHON(1), ...TRACE, 'INFO:     Started', 'ERROR: x', '{"level":50,"msg":"x"}', '1:M 01 Jan 2025 12:00:00.123 * x',
    'Jan 01 12:00:00 vm app[1]: x', `api-1  | ${PYTHON(2)}`, '', 'npm ERR! x', '12:00:00 x', '2025-01-01T12:00:00Z stdout F x',
  ), // prettier-ignore
  { minLength: 1, maxLength: 400 },
);

test('a detector that was saved goes on as if it never stopped', () => {
  fc.assert(
    fc.property(MIXED, fc.nat(400), (lines, cut) => {
      const whole = createDetector('auto');
      let other = createDetector('auto');
      lines.forEach((line, index) => {
        if (index === cut) other = createDetector('auto', JSON.parse(JSON.stringify(other.save())) as DetectorState);
        expect(other.see(line).name).toBe(whole.see(line).name);
        expect(other.lastLevel).toBe(whole.lastLevel);
      });
      expect(other.save()).toEqual(whole.save());
    }),
    { numRuns: 100 },
  );
});

test.each([
  [PYTHON(1), 'request 1 served'],
  ['ERROR:root:boom', 'boom'],
  ['ERROR: boom', 'boom'],
  ['\u001b[31m2025-01-01 12:00:00 [error] boom\u001b[0m', 'boom'],
  ['{"level":"error","msg":"boom"}', 'boom'],
  [`api-1  | ${PYTHON(1)}`, 'request 1 served'],
  ['2025-01-01T12:00:00.123456789Z stderr F ERROR:root:boom', 'boom'],
  ['2025-01-01 12:00:00 boom', 'boom'],
])('the message of %s is %s', (line, message) => {
  expect(messageOf(line)).toBe(message);
});

test.each([
  'ValueError: x',
  'Error: connect ECONNREFUSED 127.0.0.1:6379',
  '12 errors in 3 files',
  'name | value',
  '12:00:00 was when it broke',
  '1735732800 rows',
  'src/a.ts(1,2): error TS2322: x',
  '',
])('%j is its own message', (line) => {
  expect(messageOf(line)).toBe(line);
});
