import { expect, test } from '@jest/globals';
import type { Level } from '../../src/domain/log/model.js';
import { severityOf, type SeverityFacts } from '../../src/domain/severity.js';

const judged = (text: string, level: Level | null = 'error', more: Partial<SeverityFacts> = {}): string => {
  const { severity, reason } = severityOf({ level, class: null, text, ...more });
  return `${severity}: ${reason}`;
};

test.each<[string, Level | null, string]>([
  ['Redis is gone', 'critical', 'critical: logged as critical'],
  ['request failed', 'error', 'high: logged as error'],
  ['slow query', 'warning', 'medium: logged as warning'],
  ['0 errors found', 'info', 'low: logged as info'],
  ['Exit code 1', null, 'medium: failed in a conversation'],
  ['OOM command not allowed when used memory > maxmemory', 'warning', 'critical: out of memory (logged as warning)'],
  ['write /data/x: no space left on device', 'error', 'critical: disk full (logged as error)'],
  ['MISCONF Redis is configured to save RDB snapshots', 'error', 'critical: data loss (logged as error)'],
  ['worker 4 got SIGSEGV', 'error', 'critical: the process died (logged as error)'],
  ['POSSIBLE BREAK-IN ATTEMPT!', 'info', 'high: security (logged as info)'],
  ['the room is out of memorabilia', 'error', 'high: logged as error'],
])('%s, logged as %s, is %s', (text, level, wanted) => {
  expect(judged(text, level)).toBe(wanted);
});

test('an access log is judged by its status: what the server fails at is worse than what its caller does', () => {
  expect(judged('GET /api/chat', 'error', { status: 503 })).toBe('high: HTTP 503');
  expect(judged('GET /api/chat', 'error', { status: 404 })).toBe("medium: HTTP 404, the caller's mistake");
});

test('a spike raises it one step, and no further than critical', () => {
  const spike = 'up to 80 in a minute where 5.0 are usual';
  expect(judged('slow', 'warning', { spike })).toBe(`high: spike: ${spike} (logged as warning)`);
  expect(judged('slow', 'critical', { spike })).toBe('critical: logged as critical');
});

test('what starts again and again, and what a critical task is about, is at least high', () => {
  expect(judged('container restarted', 'warning', { restarts: 5 })).toBe(
    'high: started 5 times within an hour (logged as warning)',
  );
  expect(judged('container restarted', 'warning', { restarts: 2 })).toBe('medium: logged as warning');
  expect(judged('odd', 'notice', { criticalTask: 'Save the shop' })).toBe(
    'high: tied to the critical task "Save the shop" (logged as notice)',
  );
});
