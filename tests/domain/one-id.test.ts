/** The same error met in a conversation and in a log is one. */
import { expect, test } from '@jest/globals';
import { createLogReader } from '../../src/domain/log/index.js';
import { fingerprintOf } from '../../src/domain/pattern/index.js';
import { failureOf } from '../../src/domain/transcript/failure.js';

const TRACE = [
  'Traceback (most recent call last):',
  '  File "/srv/app/backend/pool.py", line 41, in acquire',
  '    return self.connections.pop()',
  'IndexError: pop from an empty deque',
];

/** The id of the first error in a log. */
function idInLog(lines: readonly string[]): string {
  const reader = createLogReader({
    format: 'auto',
    level: 'error',
    multiline: true,
    clock: () => ({ now: Date.UTC(2026, 10, 22), zoneMinutes: 0 }),
  });
  const events = [...reader.read(Buffer.from(`${lines.join('\n')}\n`), 0), ...reader.end()];
  const [event] = events.filter(({ amends }) => amends === null);
  if (event === undefined) throw new Error('no event');
  return `e${fingerprintOf(event.text, event.trace).id}`;
}

test.each([
  [
    'a line that a tool printed as it stands in the log',
    'Exit code 1\n2026-11-20 10:11:12,345 - backend.redis - ERROR - Redis connection failed: Error 111 connecting to localhost:6379',
    [
      '2026-11-22 08:00:01,002 - backend.redis - ERROR - Redis connection failed: Error 111 connecting to localhost:6380',
    ],
  ],
  [
    'a message alone',
    'Exit code 1\nFailed to load model weights from /srv/models/a.bin',
    ['2026-11-22T08:00:01Z ERROR Failed to load model weights from /data/b.bin'],
  ],
  [
    'a trace, by its own frames',
    ['Exit code 1', ...TRACE].join('\n'),
    ['2026-11-22 08:00:01,002 - backend.pool - ERROR - cannot serve', ...TRACE],
  ],
  [
    'a trace under another header, at another line, on another machine',
    ['Exit code 1', ...TRACE].join('\n'),
    ['ERROR:root:oh', ...TRACE.map((line) => line.replace('/srv/app', '/home/me/app').replace('line 41', 'line 57'))],
  ],
])('%s', (_, said, lines) => {
  expect(failureOf(said).id).toBe(idInLog(lines));
});

test('another error is another', () => {
  expect(failureOf('Exit code 1\nRedis connection failed').id).not.toBe(idInLog(['ERROR:root:Disk is full']));
});
