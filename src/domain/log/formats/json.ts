import { levelAt, levelIn, levelOfSeverity, levelOfStatus, levelOfWord, nameOfLevel } from '../level.js';
import { type LogFormat, NO_LEVEL } from '../model.js';
import { timeOf } from '../time.js';
import { headerOf } from './define.js';

type Fields = Readonly<Record<string, unknown>>;

const LEVEL_KEYS = ['level', 'severity', 'levelname', 'lvl', '@level', 'log.level', 'loglevel', 'log_level'];
const TIME_KEYS = ['time', 'ts', 'timestamp', '@timestamp', 'asctime', 'datetime', 'date', 't', '__REALTIME_TIMESTAMP'];
const MESSAGE_KEYS = ['msg', 'message', 'event', '@message', 'MESSAGE', 'short_message', 'error.message'];
const LOGGER_KEYS = ['logger', 'logger_name', 'log.logger', 'name', 'component', 'module', 'SYSLOG_IDENTIFIER'];
const STREAM_KEYS = ['request_id', 'requestId', 'req_id', 'reqId', 'request.id', 'req.id'];
const PROCESS_KEYS = ['pid', 'process', '_PID', 'thread', 'thread_name'];
const STATUS_KEYS = ['status', 'status_code', 'statusCode', 'res.statusCode', 'response.status', 'http.status_code'];
const STACK_KEYS = [
  'stack',
  'stack_trace',
  'stacktrace',
  'stackTrace',
  'exc_info',
  'traceback',
  'exception',
  'exception.stacktrace',
  'err.stack',
  'error.stack_trace',
  'error.stack',
];

/** How many keys the fast half looks at before it parses the line. */
const FEW_KEYS = 32;
const UNSURE = -2;

/** pino's and bunyan's tens (10 trace to 60 fatal); smaller numbers are syslog severities, as GELF has them. */
function levelOfNumber(value: number): number {
  if (value < 10) return Number.isInteger(value) && value >= 0 ? levelOfSeverity(value) : NO_LEVEL;
  return value < 20 ? 0 : value < 30 ? 1 : value < 40 ? 2 : value < 50 ? 4 : value < 60 ? 5 : 6;
}

function isLevelKey(line: string, at: number, end: number): boolean {
  switch (end - at) {
    case 3:
      return line.startsWith('lvl', at);
    case 5:
      return line.startsWith('level', at);
    case 6:
      return line.startsWith('@level', at);
    case 8:
      return line.startsWith('severity', at) || line.startsWith('loglevel', at);
    case 9:
      return line.startsWith('levelname', at) || line.startsWith('log.level', at) || line.startsWith('log_level', at);
    default:
      return false;
  }
}

function blanksEnd(line: string, at: number): number {
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at++;
  return at;
}

/** The closing quote of the string that begins before `at`; -1 where it has none. */
function quoteEnd(line: string, at: number): number {
  let quote = line.indexOf('"', at);
  while (quote > 0 && line.charCodeAt(quote - 1) === 92) {
    let slashes = 1;
    while (line.charCodeAt(quote - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) break;
    quote = line.indexOf('"', quote + 1);
  }
  return quote;
}

function levelOfValue(line: string, at: number): number {
  if (line.charCodeAt(at) === 34) {
    const packed = levelAt(line, at + 1);
    return packed < 0 ? UNSURE : levelIn(packed);
  }
  let end = at;
  let value = 0;
  for (; end - at < 3; end++) {
    const digit = line.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  const next = line.charCodeAt(end);
  return end === at || (next !== 44 && next !== 125 && next !== 32) ? UNSURE : levelOfNumber(value);
}

/** The level by a walk over the first keys of the outermost object; `UNSURE` where only a parse can tell. */
function quickLevel(line: string): number {
  if (line.charCodeAt(line.length - 1) !== 125) return UNSURE;
  let at = 1;
  for (let key = 0; key < FEW_KEYS; key++) {
    at = blanksEnd(line, at);
    if (line.charCodeAt(at) !== 34) return UNSURE;
    const keyAt = at + 1;
    const keyEnd = quoteEnd(line, keyAt);
    if (keyEnd < 0) return UNSURE;
    at = blanksEnd(line, keyEnd + 1);
    if (line.charCodeAt(at) !== 58) return UNSURE;
    at = blanksEnd(line, at + 1);
    if (isLevelKey(line, keyAt, keyEnd)) return levelOfValue(line, at);
    const first = line.charCodeAt(at);
    if (first === 123 || first === 91) return UNSURE;
    if (first === 34) {
      const end = quoteEnd(line, at + 1);
      if (end < 0) return UNSURE;
      at = blanksEnd(line, end + 1);
    } else at = line.indexOf(',', at);
    if (at < 0 || line.charCodeAt(at) !== 44) return UNSURE;
    at++;
  }
  return UNSURE;
}

/** A line that is one JSON object; null for anything else. */
export function objectOf(line: string): Fields | null {
  const begins = line.charCodeAt(0) === 123;
  const last = line.charCodeAt(line.length - 1);
  // Only whole lines are worth the parse: its exception costs more than it does.
  if (!begins || (last !== 125 && last !== 32 && last !== 13)) return null;
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By its whole name, or a part of it at a time: `err.stack` stands in `err`. */
function fieldOf(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const outer = name.slice(0, dot);
  const inner = Object.hasOwn(fields, outer) ? fields[outer] : undefined;
  return isFields(inner) ? fieldOf(inner, name.slice(dot + 1)) : undefined;
}

function textOf(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fieldOf(fields, name);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

function levelOf(fields: Fields): number {
  for (const name of LEVEL_KEYS) {
    const value = fieldOf(fields, name);
    if (typeof value === 'number') return levelOfNumber(value);
    if (typeof value !== 'string' || value === '') continue;
    const level = /^\d{1,2}$/.test(value) ? levelOfNumber(Number(value)) : levelOfWord(value.trim());
    if (level !== NO_LEVEL) return level;
  }
  const priority = fieldOf(fields, 'PRIORITY');
  if (typeof priority === 'string' || typeof priority === 'number') return levelOfSeverity(Number(priority));
  const status = fieldOf(fields, 'status');
  if (typeof status === 'string' && levelOfWord(status) !== NO_LEVEL) return levelOfWord(status);
  const code = statusOf(fields);
  return code === null ? NO_LEVEL : levelOfStatus(code);
}

function statusOf(fields: Fields): number | null {
  const status = Number(textOf(fields, STATUS_KEYS) ?? NaN);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

/** Seconds, milli-, micro- or nanoseconds, told by their size; a date; null for anything else. */
function timeIn(fields: Fields, clock: Parameters<typeof timeOf>[2]): number | null {
  for (const name of TIME_KEYS) {
    const value = fieldOf(fields, name);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const number = typeof value === 'number' ? value : /^\d{9,19}(?:\.\d{1,9})?$/.test(value) ? Number(value) : NaN;
    if (Number.isNaN(number)) {
      const at = timeOf(String(value), 0, clock);
      if (at !== null) return at;
    } else if (number > 1e8) {
      return Math.floor(
        number < 1e11 ? number * 1000 : number < 1e14 ? number : number < 1e17 ? number / 1e3 : number / 1e6,
      );
    }
  }
  return null;
}

function isEntry(fields: Fields): boolean {
  if (levelOf(fields) !== NO_LEVEL) return true;
  return textOf(fields, TIME_KEYS) !== null && textOf(fields, MESSAGE_KEYS) !== null;
}

/** One object a line: pino, bunyan, structlog, python-json-logger, logstash, zap, journald's own JSON. */
export const json: LogFormat = {
  name: 'json',
  level(line) {
    if (line.charCodeAt(0) !== 123) return -1;
    const quick = quickLevel(line);
    // Lines that may matter are parsed, so that a broken one begins no entry.
    if (quick >= 0 && quick < 4) return quick;
    const fields = objectOf(line);
    return fields === null || !isEntry(fields) ? -1 : levelOf(fields);
  },
  header(line, clock) {
    const fields = objectOf(line);
    const quick = quickLevel(line);
    const level = quick >= 0 && quick < 4 ? quick : fields === null ? NO_LEVEL : levelOf(fields);
    // A broken line that says below a warning was not parsed: it stands as it is.
    if (fields === null) return headerOf({ level: nameOfLevel(level) });
    const process = PROCESS_KEYS.map((name) => textOf(fields, [name])).filter((part) => part !== null);
    return headerOf({
      at: timeIn(fields, clock),
      level: nameOfLevel(level),
      logger: textOf(fields, LOGGER_KEYS),
      stream: textOf(fields, STREAM_KEYS) ?? (process.length > 0 ? process.join(':') : null),
      status: statusOf(fields),
      messageAt: 0,
      message: textOf(fields, MESSAGE_KEYS) ?? textOf(fields, ['err.message', 'error', 'exception.message']) ?? line,
      stack:
        STACK_KEYS.map((name) => fieldOf(fields, name)).find((v): v is string => typeof v === 'string' && v !== '') ??
        null,
    });
  },
};
