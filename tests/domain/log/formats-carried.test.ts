import { expect, test } from '@jest/globals';
import { createDetector, messageOf } from '../../../src/domain/log/detect.js';
import { formatOf } from '../../../src/domain/log/formats/index.js';
import { type LogHeader } from '../../../src/domain/log/model.js';

const NOON = Date.UTC(2025, 0, 1, 12);
const CLOCK = { now: NOON, zoneMinutes: 0 };

type Row = readonly [line: string, format: string, level: string | null, message: string, also?: Partial<LogHeader>];

const ROWS: readonly Row[] = [
  [
    'api-1  | 2025-01-01 12:00:00,000 - app - ERROR - boom',
    'docker-compose+python',
    'error',
    'boom',
    { stream: 'api-1' },
  ],
  [
    'autobot_redis_1 | 1:M 01 Jan 2025 12:00:00.000 # x',
    'docker-compose+redis',
    'error',
    'x',
    { stream: 'autobot_redis_1' },
  ],
  [
    '0|backend  | ERROR:    Exception in ASGI application',
    'docker-compose+uvicorn',
    'error',
    'Exception in ASGI application',
    { stream: '0|backend' },
  ],
  [
    '[pod/api-7d/main] {"level":"error","msg":"boom"}',
    'docker-compose+json',
    'error',
    'boom',
    { stream: 'pod/api-7d/main' },
  ],
  ['2025-01-01T12:00:00.000000000Z ERROR:root:boom', 'docker+python-basic', 'error', 'boom', { at: NOON }],
  ['2025-01-01T12:00:00.000000000Z plain text', 'docker', null, 'plain text', { at: NOON }],
  ['2025-01-01T12:00:00.000000000+00:00 {"level":50,"msg":"boom"}', 'docker+json', 'error', 'boom', { at: NOON }],
  [
    '2025-01-01T12:00:00.000000000Z stderr F ERROR:root:boom',
    'cri+python-basic',
    'error',
    'boom',
    { at: NOON, stream: 'stderr' },
  ],
  ['2025-01-01T12:00:00.1Z stdout F hello', 'cri', null, 'hello', { stream: 'stdout' }],
  [
    '2025-01-01T12:00:00.123456789Z stdout P E0101 12:00:00.000000 1 a.go:1] long',
    'cri+klog',
    'error',
    'long',
    { at: NOON },
  ],
  [
    '{"log":"ERROR:root:say \\"x\\"\\n","stream":"stderr","time":"2025-01-01T12:00:00.000000000Z"}',
    'docker-json+python-basic',
    'error',
    'say "x"',
    { at: NOON, stream: 'stderr' },
  ],
  [
    '{"log":"{\\"level\\":\\"error\\",\\"msg\\":\\"boom\\"}\\n","stream":"stdout","time":"2025-01-01T12:00:00Z"}',
    'docker-json+json',
    'error',
    'boom',
    { at: NOON },
  ],
  ['{"log":"plain\\n","stream":"stdout","time":"2025-01-01T12:00:00Z"}', 'docker-json', null, 'plain', { at: NOON }],
  [
    'Jan  1 12:00:00 host sshd(pam_unix)[19939]: authentication failure; user=x',
    'syslog',
    null,
    'authentication failure; user=x',
    { at: NOON, logger: 'sshd(pam_unix)', stream: 'sshd(pam_unix)[19939]' },
  ],
  ['<11>Jan  1 12:00:00 host su: failed', 'syslog', 'error', 'failed', { at: NOON, logger: 'su' }],
  [
    '<165>1 2025-01-01T12:00:00.000Z host app 12 ID47 [x@1 a="b"][y@2] 0 errors',
    'syslog',
    'notice',
    '0 errors',
    { at: NOON, logger: 'app', stream: 'app[12]' },
  ],
  ['<11>1 2025-01-01T12:00:00Z - - - - - boom', 'syslog', 'error', 'boom', { at: NOON, logger: null }],
  [
    'Jan 01 12:00:00 vm uvicorn[9]: ERROR:    Exception in ASGI application',
    'syslog+uvicorn',
    'error',
    'Exception in ASGI application',
    { at: NOON, stream: 'uvicorn[9]' },
  ],
  [
    '2025-01-01T12:00:00+0000 vm backend[9]: 2025-01-01 12:00:00,000 - app - ERROR - boom',
    'syslog+python',
    'error',
    'boom',
    { at: NOON },
  ],
  [
    'Jan 01 12:00:00.000000 vm kernel: Out of memory: Killed process 1',
    'syslog',
    null,
    'Out of memory: Killed process 1',
    { logger: 'kernel' },
  ],
  [
    'Jan  1 12:00:00 mac com.apple.xpc.launchd[1] (com.apple.x): Service exited',
    'syslog',
    null,
    'Service exited',
    { stream: 'com.apple.xpc.launchd[1]' },
  ],
];

test.each(ROWS)('%s is %s', (line, name, level, message, also = {}) => {
  const detector = createDetector('auto');
  const format = detector.see(line);
  expect(format.name).toBe(name);
  const header = format.header(line, CLOCK);
  expect(header).toMatchObject({ level, ...also });
  expect(header.message ?? line.slice(header.messageAt)).toBe(message);
  expect(messageOf(line)).toBe(message);
  expect(formatOf(name)?.level(line)).toBe(detector.lastLevel);
});

test('lines that go on with an entry are told from others behind a carrier, with the text and stream of their program', () => {
  const journal = formatOf('syslog');
  const line = 'Jan 01 12:00:00 vm app[9]:   File "/app/x.py", line 1, in run';
  expect(journal?.level(line)).toBe(-1);
  expect(journal?.carried?.(line)).toEqual({
    text: '  File "/app/x.py", line 1, in run',
    stream: 'app[9]',
    unfinished: false,
  });
  expect(journal?.level('Jan 01 12:00:00 vm app[9]: Traceback (most recent call last):')).toBe(-1);
  expect(journal?.level('Jan 01 12:00:00 vm kernel:   DMA zone: 4096 pages')).not.toBe(-1);

  const compose = formatOf('docker-compose+python');
  expect(compose?.level('api-1  | Traceback (most recent call last):')).toBe(-1);
  expect(compose?.carried?.('api-1  |   File "x"')).toEqual({ text: '  File "x"', stream: 'api-1', unfinished: false });

  const cut = '{"log":"first half","stream":"stderr","time":"2025-01-01T12:00:00Z"}';
  expect(formatOf('docker-json')?.carried?.(cut)).toEqual({ text: 'first half', stream: 'stderr', unfinished: true });
  const part = formatOf('cri')?.carried?.('2025-01-01T12:00:00.1Z stdout P first half');
  expect(part).toEqual({ text: 'first half', stream: 'stdout', unfinished: true });
});
