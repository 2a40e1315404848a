import { nameOfLevel } from '../level.js';
import { type LogFormat } from '../model.js';
import { timeOf } from '../time.js';
import { headerOf } from './define.js';

/**
 * `1234:M 01 Jan 2025 12:00:00.123 # msg`: X sentinel, C saving child, S replica, M master; before version 3.0
 * `[1234] 01 Jan 12:00:00.123 # msg`.
 */
const LEAD =
  /(?:\d{1,9}:[A-Z] |\[\d{1,9}\] )(?=\d)\d{1,2} [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})? (?=[.\-*#] )/y;

/**
 * Debug, verbose, notice, and `#`, which Redis calls warning: it knows no graver level and tells of all that fails there, so
 * whoever looks for errors looks for it. @see https://github.com/redis/redis/blob/7.0/src/server.h (LL_*)
 */
function levelOfMark(code: number): number {
  return code === 35 ? 5 : code === 42 ? 3 : code === 45 ? 2 : 1;
}

export const redis: LogFormat = {
  name: 'redis',
  level(line) {
    LEAD.lastIndex = 0;
    return LEAD.test(line) ? levelOfMark(line.charCodeAt(LEAD.lastIndex)) : -1;
  },
  header(line, clock) {
    const level = redis.level(line);
    const messageAt = LEAD.lastIndex + 2;
    const blank = line.indexOf(' ');
    return headerOf({
      at: timeOf(line, blank + 1, clock),
      level: nameOfLevel(level),
      stream: line.slice(0, blank),
      messageAt,
    });
  },
};
