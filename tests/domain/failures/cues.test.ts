import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CUES, cuesIn, tells } from '../../../src/domain/failures/cues.js';
import { failuresInError } from '../../../src/domain/failures/index.js';
import { isAftermath, isNone } from '../../../src/domain/failures/forms.js';
import { loggedIn } from '../../../src/domain/failures/logged.js';
import { scan } from '../../../src/domain/failures/scan.js';
import { windowOf } from '../../../src/domain/failures/window.js';
import { mayBeginError } from '../../../src/domain/log/detect.js';
import { createLogReader } from '../../../src/domain/log/index.js';
import { ERRORS, FAILED, HARMLESS, PASTED } from './cases.js';
import { PEACEFUL, RUN } from './runs.js';
import { QUIET, SENT, SHOWN } from './shown.js';

/** What the words of `TELLS` and `MAY_TELL` say, as one pattern. */
const TELLING =
  /err|exception|fail|fatal|panic|traceback|critical|severe|emerg|not ok|refused|denied|reject|cannot|can't|could not|unable|conflict|not found|killed|aborted|segmentation|undefined|\.go:\d+:\d+: |[✗✘✖×❌●]|unhandled|BackOff|OOM|sqlstate|SIG[A-Z]{3}|died|crash| 50\d\b|^e: |unresolved|curl: \(|timed? ?out|in use|violat|degraded|faulted|unhealthy|overflow|expired|packet loss|ORA-\d|Msg \d|NotReady|oops|no such|no route|[EF] [([]\d|[EF]\d{4} |<err>|lvl=|exit status|attempt to |fata\[/im;

const LOGS = 'tests/fixtures/logs';
const logLines = readdirSync(LOGS)
  .flatMap((name) => readFileSync(`${LOGS}/${name}`, 'utf8').split('\n'))
  .filter((line) => line.length < 1_000);
const ONES = [
  'signal',
  'sig nal',
  'a 503',
  'a 5034',
  'x.go:1:2: y',
  'x.go:1: y',
  'e: a',
  'the: a',
  'one\ne: a',
  'E0101 x',
  'e (1',
  'Time out',
  'timedout',
  'ſigabc',
];
const lines = [
  ...ONES,
  ...[ERRORS, FAILED, HARMLESS, PASTED, QUIET, SHOWN, SENT, RUN, PEACEFUL]
    .flat()
    .flatMap(({ text }) => [text, ...text.split('\n')]),
  ...logLines,
];

test('a line tells of a failure by the words alone', () => {
  for (const line of lines) {
    expect([line, (cuesIn(line) & CUES.TELLS) !== 0, tells(line)]).toEqual([
      line,
      TELLING.test(line),
      TELLING.test(line),
    ]);
  }
});

/** What the reader of logs finds in one line. */
function readAlone(line: string): number {
  const reader = createLogReader({
    format: 'auto',
    level: 'error',
    multiline: true,
    contextLines: 0,
    clock: () => ({ now: 0, zoneMinutes: 0 }),
  });
  return [...reader.read(Buffer.from(`${line}\n`), 0), ...reader.end()].length;
}

test('where the reader of logs finds something, it is looked for', () => {
  for (const line of lines) {
    if (line.includes('\n') || readAlone(line) === 0) continue;
    expect([line, mayBeginError(Buffer.from(line).toString('latin1')) || line.includes('\u001b')]).toEqual([
      line,
      true,
    ]);
    expect([line, loggedIn([{ text: line, number: 1, cues: cuesIn(line) }]).length]).toEqual([line, 1]);
  }
});

test('a short error in which one failure begins is kept whole, one in which several do is taken apart', () => {
  const short = lines.filter((line) => line.length < 140 && line.trim() !== '');
  short.forEach((line, at) => {
    const text = `${line}\n${short[at + 1] ?? ''}`;
    const different = scan(windowOf(text), 'error').filter(({ message }) => {
      const [first = ''] = message.split('\n', 1);
      return !isNone(first) && !isAftermath(first);
    });
    expect([text, failuresInError(text).length]).toEqual([text, Math.max(1, different.length)]);
  });
});
