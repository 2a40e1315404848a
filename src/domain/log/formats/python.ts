import { type LogFormat } from '../model.js';
import { byColumns, TIME } from './define.js';

/** A column that is the level is no name: `time - ERROR - boom - info - x` has its level first. */
const LEVEL_WORD = String.raw`(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL|TRACE|NOTICE|debug|info|warn|warning|error|critical|fatal|Debug|Info|Warn|Warning|Error|Critical|Fatal)\]? {0,9}-`;
const NO_LEVEL_WORD = `(?!\\[?${LEVEL_WORD})`;
const NAME = String.raw`[A-Za-z_][\w.<>-]{0,120}`;

/** The usual shapes of Python's logging and of the programs around it. */
export const pythonFormats: readonly LogFormat[] = [
  // 2025-01-01 12:00:00,123 - name - ERROR - msg; name and level change places, further columns come between.
  byColumns({
    name: 'python',
    lead: `(?<time>${TIME}) - (?:${NO_LEVEL_WORD}(?<logger>[^\\s-][^\\s]{0,120}) - (?:${NO_LEVEL_WORD}[^\\s-][^\\s]{0,80} - ){0,2})?\\[?`,
    rest: String.raw`\]? {0,9}(?: -|:) `,
    fence: LEVEL_WORD,
    names: String.raw`(?<logger2>[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,8}|\[[\w.-]{1,80}:\d{1,6}\]|[\w.-]{1,80}\.py:\d{1,6}) - `,
  }),
  // [2025-01-01 12:00:00,123] ERROR in app: msg
  byColumns({ name: 'flask', lead: `\\[(?<time>${TIME})\\] `, rest: String.raw` in (?<logger>[\w.]{1,120}): ` }),
  // [2025-01-01 12:00:00,123: ERROR/MainProcess] msg
  byColumns({ name: 'celery', lead: `\\[(?<time>${TIME}): `, rest: String.raw`/(?<stream>[\w.:-]{1,80})\] ` }),
  // [2025-01-01T12:00:00.123+0000] {taskinstance.py:1824} ERROR - msg
  byColumns({
    name: 'airflow',
    lead: `\\[(?<time>${TIME.replace('[T ]', ',?[T ]')})\\] \\{(?<logger>[^}\\s]{1,120})\\} `,
    rest: ' - ',
  }),
  // 2025-01-01 12:00:00 [scrapy.core.engine] ERROR: msg
  byColumns({ name: 'scrapy', lead: `(?<time>${TIME}) \\[(?<logger>${NAME})\\] `, rest: ': ' }),
  // 2025-01-01 12:00:00.123 | ERROR    | mod:func:12 - msg
  byColumns({
    name: 'loguru',
    lead: `(?:(?<time>${TIME}) {1,2}\\| )?`,
    rest: String.raw` {0,9}\| (?<logger>[\w.<>-]{1,160}):[\w<>.-]{1,120}:\d{1,7} - `,
  }),
  // 2025-01-01 00:00:00.008 25746 INFO nova.api [req-… - - -] msg, after the name of a collected file
  byColumns({
    name: 'oslo',
    lead: `(?:[\\w.-]{1,80}\\.log[\\w.:-]{0,60} )?(?<time>${TIME}) (?<stream>\\d{1,9}) `,
    rest: String.raw` (?<logger>[\w.-]{1,120}) `,
    names: String.raw`\[(?:-|req-)[^\]]{0,300}\] `,
  }),
  // ERROR:name:msg
  byColumns({ name: 'python-basic', lead: '(?=[A-Z]{4,8}:[^: ])', rest: `:(?<logger>${NAME}):` }),
  // ERROR    name:file.py:12 msg
  byColumns({
    name: 'pytest',
    lead: '(?=[A-Z]{4,8} )',
    rest: String.raw` {1,5}(?<logger>[\w.-]{1,120}):[\w.<>-]{1,80}:\d{1,6} `,
  }),
];
