import { levelOfLetter, nameOfLevel } from '../level.js';
import { type LineClock, type LogFormat } from '../model.js';
import { timeOf } from '../time.js';
import { headerOf } from './define.js';

/** `E0101 12:00:00.000123   123 file.go:10] msg`; glog of late writes the year too. */
const LEAD = /[VDIWEFC](?:\d{4})?\d{4} \d\d:\d\d:\d\d\.\d{6} {1,9}\d{1,9} [^\s\]]{1,120}:\d{1,6}\] /y;
const COLUMNS = /[A-Z]((?:\d{4})?)(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6}) {1,9}(\d{1,9}) ([^\s\]]{1,120}:\d{1,6})\] /y;

function timeIn(columns: RegExpExecArray, clock: LineClock): number | null {
  const [, year = '', month = '', day = '', time = ''] = columns;
  return timeOf(`${year === '' ? '' : `${year}-`}${month}-${day} ${time}`, 0, clock);
}

export const klog: LogFormat = {
  name: 'klog',
  level(line) {
    LEAD.lastIndex = 0;
    return LEAD.test(line) ? levelOfLetter(line.charCodeAt(0)) : -1;
  },
  header(line, clock) {
    COLUMNS.lastIndex = 0;
    const columns = COLUMNS.exec(line);
    if (columns === null) return headerOf({});
    return headerOf({
      at: timeIn(columns, clock),
      level: nameOfLevel(levelOfLetter(line.charCodeAt(0))),
      logger: columns[6] ?? null,
      stream: columns[5] ?? null,
      messageAt: COLUMNS.lastIndex,
    });
  },
};
