import { type LogFormat } from '../model.js';
import { byColumns, TIME } from './define.js';

/** With or without a date, as log4j and its kin write it. */
const MOMENT = String.raw`(?:\d{2,4}[-/.]\d\d[-/.]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;
/** A thread's name may hold brackets: [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] */
const THREAD = String.raw`\[ {0,40}(?<stream>[^\]]{1,400}(?:\][^\] ]{1,120}){0,2})\]`;

/** Formats of fixed columns around a level word. */
export const columnFormats: readonly LogFormat[] = [
  // [2025-01-01 12:00:00 +0000] [123] [ERROR] msg
  byColumns({ name: 'gunicorn', lead: `\\[(?<time>${TIME})\\] \\[(?<stream>\\d{1,9})\\] \\[`, rest: String.raw`\] ` }),
  // 2025/01/01 12:00:00 [error] 123#123: *456 msg
  byColumns({
    name: 'nginx-error',
    lead: String.raw`(?<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[`,
    rest: String.raw`\] (?<stream>\d{1,9}#\d{1,9}): `,
    names: String.raw`\*\d{1,12} `,
  }),
  // [Sat Jan 01 12:00:00.123456 2025] [core:error] [pid 123:tid 456] msg
  byColumns({
    name: 'apache-error',
    lead: String.raw`\[(?<time>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? \d{4})\] \[(?:(?<logger>\w{0,40}):)?`,
    rest: String.raw`\] `,
    names: String.raw`\[pid (?<stream>\d{1,9}(?::tid \d{1,20})?)\] `,
  }),
  // 2025-01-01 12:00:00.123 ERROR 123 --- [app] [main] c.f.Bar : msg
  byColumns({
    name: 'spring',
    lead: `(?<time>${MOMENT}) {1,2}`,
    rest: String.raw` {1,2}(?<stream>\d{1,9}) --- (?:\[[^\]]{0,120}\] {0,2}){1,3}(?<logger>[\w.$/\[\]@*-]{1,120}) {0,40}: `,
  }),
  // 2025-01-01 12:00:00,123 [main] ERROR com.foo.Bar - msg
  byColumns({
    name: 'logback',
    lead: `(?<time>${MOMENT}) {1,2}${THREAD} {1,3}`,
    rest: String.raw` {1,8}(?<logger>[\w.$/@*-]{1,200})(?:\[[^\]]{0,80}\])? {0,40}(?::| -{1,2}) `,
  }),
  // 2025-01-01 12:00:00,123 ERROR [main] com.foo.Bar: msg; 2015-07-29 17:41:44,747 - INFO  [main] - msg
  byColumns({
    name: 'log4j',
    lead: `(?<time>${MOMENT})(?: -)?[ \\t]{1,2}`,
    rest: `[ \\t]{1,8}(?:${THREAD} {1,4}(?:(?<logger>[A-Za-z][\\w.$/@*-]{1,200}) {0,40})?(?::|-{1,2}) |(?<logger2>[A-Za-z][\\w$]{0,80}\\.[\\w.$/@*-]{1,200}) {0,40}(?::|-{1,2}) )`,
  }),
  // 2025-01-01T12:00:00.123Z  INFO target: msg; [2025-01-01T12:00:00Z ERROR target] msg; 2025-01-01 12:00:00 [error] msg
  byColumns({
    name: 'iso',
    lead: `\\[?(?<time>${TIME})\\]?[ \\t]{1,4}[\\[(<]?`,
    rest: String.raw`(?:[\])>]:?[ \t]{1,8}|:?[ \t]{1,8})`,
    names: String.raw`\[(?<logger>[\w.:/$ -]{1,80})\]:? {1,4}|(?<logger2>[A-Za-z]\w{0,60}(?:(?:\.|::)\w{1,60}){1,9})(?:\]|:) {1,4}|(?<logger3>[\w.-]{1,80}(?:::[\w-]{1,80}){0,9})\] `,
  }),
];
