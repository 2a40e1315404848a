import { levelOfWord, nameOfLevel } from '../level.js';
import { type LogFormat, NO_LEVEL } from '../model.js';
import { timeOf } from '../time.js';
import { headerOf } from './define.js';

const FIRST = /(?:time|ts|timestamp|t|date|at|level|lvl|severity|logger|caller|component|source|app|service|msg)=/y;
const PAIR = /[ \t]{0,8}([A-Za-z_@][\w.@/-]{0,60})=/y;
const BARE = /[^\s"]{0,4000}/y;
const MOST_PAIRS = 64;
const TIMES = ['time', 'ts', 'timestamp', 't', 'date'];
const STREAMS = ['request_id', 'requestId', 'req_id', 'trace_id', 'traceID', 'pid'];

/** Behind the quoted value that begins at `at`. */
function quotedEnd(line: string, at: number): number {
  for (let from = at + 1; ;) {
    const quote = line.indexOf('"', from);
    if (quote < 0) return line.length;
    let slashes = 0;
    while (line.charCodeAt(quote - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

const unquoted = (value: string): string =>
  value.startsWith('"') ? value.slice(1, value.endsWith('"') ? -1 : undefined).replace(/\\(["\\])/g, '$1') : value;

/** Each `key=value` from the start on, until one is no pair or `take` has enough. */
function walk(line: string, take: (key: string, value: string, at: number) => boolean): void {
  let at = 0;
  for (let pair = 0; pair < MOST_PAIRS; pair++) {
    PAIR.lastIndex = at;
    const key = PAIR.exec(line)?.[1];
    if (key === undefined) return;
    const valueAt = PAIR.lastIndex;
    if (line.charCodeAt(valueAt) === 34) at = quotedEnd(line, valueAt);
    else {
      BARE.lastIndex = valueAt;
      BARE.test(line);
      at = BARE.lastIndex;
    }
    if (take(key, line.slice(valueAt, at), valueAt)) return;
  }
}

/** Where the value of `level=` begins outside quotes, nearly always among the first pairs. */
function quickLevelAt(line: string): number {
  let at = line.startsWith('level=') ? 0 : line.indexOf(' level=');
  if (at > 0) {
    // One quoted value, the time, may stand before it; with more quotes the walk must tell.
    const second = line.indexOf('"', line.indexOf('"') + 1);
    const third = second < 0 ? -1 : line.indexOf('"', second + 1);
    if ((second > at || (third >= 0 && third < at)) && line.indexOf('"') < at) return -1;
    at++;
  }
  return at < 0 ? -1 : at + 6;
}

function levelIn(line: string): number {
  const at = quickLevelAt(line);
  if (at >= 0) {
    let end = at;
    while (end - at < 14 && line.charCodeAt(end) > 32) end++;
    const level = levelOfWord(unquoted(line.slice(at, end)));
    if (level !== NO_LEVEL) return level;
  }
  const seen = { level: NO_LEVEL as number, time: false, message: false };
  walk(line, (key, value) => {
    if (key === 'level' || key === 'lvl' || key === 'severity') seen.level = levelOfWord(unquoted(value));
    seen.time ||= TIMES.includes(key);
    seen.message ||= key === 'msg' || key === 'message';
    return seen.level !== NO_LEVEL;
  });
  return seen.level === NO_LEVEL && !(seen.time && seen.message) ? -1 : seen.level;
}

/** `time=2025-01-01T12:00:00Z level=error msg="..." key=value` */
export const logfmt: LogFormat = {
  name: 'logfmt',
  level(line) {
    FIRST.lastIndex = 0;
    return FIRST.test(line) ? levelIn(line) : -1;
  },
  header(line, clock) {
    const pairs = new Map<string, string>();
    walk(line, (key, value) => {
      if (!pairs.has(key)) pairs.set(key, unquoted(value));
      return false;
    });
    const of = (keys: readonly string[]): string | null =>
      keys.map((key) => pairs.get(key)).find((value) => value !== undefined) ?? null;
    const message = of(['msg', 'message', 'event']);
    const reason = of(['err', 'error']);
    return headerOf({
      at: timeOf(of(TIMES) ?? '', 0, clock, true),
      level: nameOfLevel(levelIn(line)),
      logger: of(['logger', 'component', 'module', 'service', 'app']),
      stream: of(STREAMS),
      messageAt: 0,
      // In Go programs `msg` says what was tried and `err` what went wrong.
      message: message === null ? (reason ?? line) : reason === null ? message : `${message}: ${reason}`,
      stack: of(['stack', 'stacktrace', 'stack_trace']),
    });
  },
};
