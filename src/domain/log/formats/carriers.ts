/** What other programs put in front of a line: syslog, Docker, CRI, journald. Beyond 300 lines: they take off from each other. */
import { levelAt, levelOfSeverity, nameOfLevel, styleIn, UPPER } from '../level.js';
import { type Carried, type LineClock, type LogFormat, type LogHeader, NO_LEVEL } from '../model.js';
import { timeEnd, timeOf } from '../time.js';
import { headerOf } from './define.js';
import { objectOf } from './json.js';

interface Columns {
  readonly name: string;
  /** Told by one line alone; others only by most of the lines looking so. */
  readonly sure: boolean;
  /** Where the program's own line begins; -1 for a line that this carrier did not write. */
  payloadAt(line: string): number;
  /** Whether what stands before the payload, with any other digits, is all that `payloadAt` hangs on. */
  settled?(line: string): boolean;
  /** The program's own line where it is no plain rest. */
  payload?(line: string): string;
  /** What its columns tell; `messageAt` is not looked at. */
  columns(line: string, clock: LineClock): LogHeader;
  /** The `stream` of `columns` alone, asked of nearly every line. */
  stream(line: string): string | null;
  /** A level of its own, where it has one. */
  level?(line: string): number;
  /** Every line is an entry, unless it plainly goes on with the one before. */
  readonly entries: boolean;
  unfinished?(line: string): boolean;
}

/** What puts columns of its own in front of every line that a program writes. */
export interface Carrier extends Columns {
  /** The program's own line, of a line that `payloadAt` knows. */
  text(line: string): string;
}

const COMPOSE = /(?:[\w.-]{1,63} {0,40}\| |\d{1,4}\|[\w.-]{1,63} {0,40}\| |\[pod\/[^\]\s]{1,200}\] )/y;

const NUMBERED = /^\d{1,4}\|/;

/** `api-1  | msg` of docker compose, `0|api  | msg` of pm2, `[pod/api/main] msg` of kubectl. */
const compose: Columns = {
  name: 'docker-compose',
  sure: false,
  entries: false,
  payloadAt(line) {
    COMPOSE.lastIndex = 0;
    // `ERROR    | mod:func:12 - msg` is loguru's.
    if (!COMPOSE.test(line.endsWith('|') ? `${line} ` : line)) return -1;
    const packed = levelAt(line, 0);
    if ((packed >= 0 && styleIn(packed) === UPPER) || timeEnd(line, 0) > 0) return -1;
    return Math.min(COMPOSE.lastIndex, line.length);
  },
  // With a digit first it may be a time.
  settled: (line) => line.charCodeAt(0) > 57,
  columns: (line) => headerOf({ stream: compose.stream(line) }),
  stream(line) {
    if (line.startsWith('[')) {
      const close = line.indexOf(']');
      return line.slice(1, close < 0 ? line.length : close).trimEnd();
    }
    const end = line.indexOf('|', NUMBERED.test(line) ? line.indexOf('|') + 1 : 0);
    return line.slice(0, end < 0 ? line.length : end).trim();
  },
};

const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(?:Z|[+-]\d\d:\d\d) /y;

/** `docker logs -t` */
const docker: Columns = {
  name: 'docker',
  sure: true,
  entries: true,
  payloadAt(line) {
    STAMP.lastIndex = 0;
    return STAMP.test(line) ? STAMP.lastIndex : -1;
  },
  settled: () => true,
  columns: (line, clock) => headerOf({ at: timeOf(line, 0, clock) }),
  stream: () => null,
};

const CRI = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] /y;

/** `2025-01-01T12:00:00.123456789Z stderr F msg`; P where the container runtime cut the line. */
const cri: Columns = {
  name: 'cri',
  sure: true,
  entries: true,
  payloadAt(line) {
    CRI.lastIndex = 0;
    return CRI.test(line) ? CRI.lastIndex : -1;
  },
  settled: () => true,
  columns: (line, clock) => headerOf({ at: timeOf(line, 0, clock), stream: cri.stream(line) }),
  stream(line) {
    const blank = line.indexOf(' ');
    return line.slice(blank + 1, line.indexOf(' ', blank + 1));
  },
  unfinished: (line) => line.startsWith(' P ', line.indexOf(' std') + 7),
};

const STREAM = '","stream":"std';

/** Where the text of one of Docker's lines ends: `","stream":"stderr","time":"2025-01-01T12:00:00.123456789Z"}` follows. */
const dockerTextEnd = (line: string): number => line.indexOf(STREAM, Math.max(8, line.length - 80));

/** Docker's own files: `{"log":"msg\n","stream":"stderr","time":"2025-…"}` */
const dockerJson: Columns = {
  name: 'docker-json',
  sure: true,
  entries: true,
  payloadAt: (line) => (line.startsWith('{"log":"') && dockerTextEnd(line) > 0 && line.endsWith('"}') ? 8 : -1),
  payload(line) {
    const end = dockerTextEnd(line);
    const ending = endsLine(line, end) ? end - 2 : end;
    const escape = line.indexOf('\\', 8);
    // Nothing is escaped in most lines but the line end.
    if (escape < 0 || escape >= ending) return line.slice(8, ending);
    const text = objectOf(line)?.['log'];
    return typeof text === 'string' ? text.replace(/\r?\n$/, '') : line.slice(8, ending);
  },
  columns(line, clock) {
    const fields = objectOf(line) ?? {};
    const { time, stream } = fields;
    return headerOf({
      at: typeof time === 'string' ? timeOf(time, 0, clock) : null,
      stream: typeof stream === 'string' ? stream : null,
    });
  },
  stream(line) {
    const stream = objectOf(line)?.['stream'];
    return typeof stream === 'string' ? stream : null;
  },
  unfinished: (line) => !endsLine(line, dockerTextEnd(line)),
};

/** An escaped line end stands before `end`. */
function endsLine(line: string, end: number): boolean {
  return line.charCodeAt(end - 1) === 110 && line.charCodeAt(end - 2) === 92;
}

/** Host, program, process and colon behind the time of a syslog line. */
const TAG =
  /(?:[^\s:[\]]{1,255} )?(?:(?<program>[\w(./@][^\s:[\]]{0,100})(?: \d[\d.]{0,12})?|(?<words>[\w(][\w .()/@+-]{0,80}?)(?=\[\d))(?:\[(?<pid>\d{1,10})\])?(?: \([^)\s]{1,200}\))?:(?: |$)/y;
/** Of a time in ISO's spelling: many programs write that themselves, so a process id or the kernel must stand there. */
const SURE_TAG = /[\w.-]{1,255} (?:[^\s:[\]]{1,100}\[\d{1,10}\]|kernel|sudo|systemd): /y;
const SYSLOG_5424 =
  /<(?<pri>\d{1,3})>1 (?<time>\S{1,40}) \S{1,255} (?<program>\S{1,48}) (?<pid>\S{1,128}) \S{1,32} (?:-|(?:\[(?:[^\]\\]|\\.){0,2000}\]){1,8})(?: \ufeff?|$)/y;
const PRI = /<(\d{1,3})>/y;
const MONTH_TIME = /[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/y;

/** Where the time of a line of RFC 3164 begins: behind `<34>`, where a program sent the line itself. */
function timeAt(line: string): number {
  if (line.charCodeAt(0) !== 60) return 0;
  PRI.lastIndex = 0;
  return PRI.test(line) ? PRI.lastIndex : -1;
}

function tagOf(line: string): RegExpExecArray | null {
  const at = timeAt(line);
  if (at < 0) return null;
  MONTH_TIME.lastIndex = at;
  const end = timeEnd(line, at, false, true);
  if (end < 0 || line.charCodeAt(end) !== 32) return null;
  if (!MONTH_TIME.test(line)) {
    SURE_TAG.lastIndex = end + 1;
    const packed = levelAt(line, end + 1);
    if ((packed >= 0 && styleIn(packed) === UPPER) || !SURE_TAG.test(line)) return null;
  }
  TAG.lastIndex = end + 1;
  return TAG.exec(line);
}

function syslogPayloadAt(line: string): number {
  if (line.startsWith('>1 ', 2) || line.startsWith('>1 ', 3) || line.startsWith('>1 ', 4)) {
    SYSLOG_5424.lastIndex = 0;
    if (SYSLOG_5424.test(line)) return SYSLOG_5424.lastIndex;
  }
  return quickTagEnd(line);
}

const QUICK_TAG =
  /(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [^\s:[\]]{1,255} [\w(./@][^\s:[\]]{0,100}(?:\[\d{1,10}\])?: /y;

const QUICK_ISO =
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d) (?![A-Z]{4,8} )[\w.-]{1,255} [^\s:[\]()]{1,100}\[\d{1,10}\]: /y;

/** The last line that QUICK_TAG told, and where its payload begins. */
const tagged = { line: '', payloadAt: -1 };

/** Most lines are told by one expression; the rest by the longer way. */
function quickTagEnd(line: string): number {
  const first = line.charCodeAt(0);
  const quick = first >= 48 && first <= 57 ? QUICK_ISO : QUICK_TAG;
  quick.lastIndex = 0;
  if (quick.test(line)) {
    if (quick === QUICK_TAG) {
      tagged.line = line;
      tagged.payloadAt = QUICK_TAG.lastIndex;
    }
    return quick.lastIndex;
  }
  if (first !== 60 && !(first >= 65 && first <= 90) && !(first >= 48 && first <= 57)) return -1;
  return tagOf(line) === null ? -1 : Math.min(TAG.lastIndex, line.length);
}

/** RFC 3164 and 5424, with and without priority, and what journalctl prints (short, short-iso, short-precise). */
const syslog: Columns = {
  name: 'syslog',
  sure: true,
  entries: true,
  payloadAt: syslogPayloadAt,
  // A priority is more than digits.
  settled: (line) => line === tagged.line && line.charCodeAt(0) !== 60,
  level(line) {
    if (line.charCodeAt(0) !== 60) return NO_LEVEL;
    const end = line.indexOf('>');
    const priority = Number(line.slice(1, end));
    return priority <= 191 ? levelOfSeverity(priority % 8) : NO_LEVEL;
  },
  columns(line, clock) {
    SYSLOG_5424.lastIndex = 0;
    const level = nameOfLevel(syslog.level?.(line) ?? NO_LEVEL);
    const modern = SYSLOG_5424.exec(line)?.groups;
    const known = (part: string | undefined): string | null => (part === undefined || part === '-' ? null : part);
    if (modern !== undefined) {
      const program = known(modern['program']);
      const pid = known(modern['pid']);
      return headerOf({
        at: timeOf(modern['time'] ?? '', 0, clock),
        level,
        logger: program,
        stream: program === null ? pid : `${program}[${pid ?? ''}]`,
      });
    }
    const tag = tagOf(line)?.groups ?? {};
    const program = known(tag['program'] ?? tag['words']);
    return headerOf({
      at: timeOf(line, Math.max(0, timeAt(line)), clock),
      level,
      logger: program,
      stream: program === null ? null : `${program}[${tag['pid'] ?? ''}]`,
    });
  },
  stream(line) {
    const at = timeAt(line);
    // Where one expression tells the tag, what stands in front of `: ` behind the host is the program and its process.
    if (at < 0 || line !== tagged.line) return syslog.columns(line, { now: 0, zoneMinutes: 0 }).stream;
    const tagEnd = tagged.payloadAt - 2;
    if (line.charCodeAt(timeEnd(line, at, false, true)) !== 32) return null;
    const tag = line.slice(line.lastIndexOf(' ', tagEnd) + 1, tagEnd);
    return tag.endsWith(']') ? tag : `${tag}[]`;
  },
};

/** One line is asked for several times in a row, of its level, its text and its columns: it is measured once. */
function remembering(carrier: Columns): Carrier {
  let last = '';
  let lastAt = -1;
  let lastText: string | null = null;
  const payloadAt = (line: string): number => {
    if (line !== last) {
      lastAt = carrier.payloadAt(line);
      last = line;
      lastText = null;
    }
    return lastAt;
  };
  return {
    ...carrier,
    payloadAt,
    text(line) {
      const at = payloadAt(line);
      lastText ??= carrier.payload === undefined ? line.slice(at) : carrier.payload(line);
      return lastText;
    },
  };
}

export const CARRIERS: readonly Carrier[] = [dockerJson, cri, docker, syslog, compose].map(remembering);

/** A line that plainly goes on with the one before it, whoever wrote it. */
const GOES_ON =
  /(?:[ \t}\])]|Traceback \(|Caused by: |During handling of |The above exception |\.{3} \d|goroutine \d|(?:[\w$]{1,60}\.){0,12}[A-Z][\w$]{0,80}(?:Error|Exception)(?::|$))/y;

function goesOn(text: string): boolean {
  // Most messages begin with a small word and a blank.
  const first = text.charCodeAt(0);
  if (first >= 97 && first <= 122 && first !== 103) {
    let end = 1;
    while (text.charCodeAt(end) >= 97 && text.charCodeAt(end) <= 122) end++;
    if (text.charCodeAt(end) === 32) return false;
  }
  GOES_ON.lastIndex = 0;
  return text === '' || GOES_ON.test(text);
}

/** Lines of `inner` behind the columns of `carrier`. */
export function carriedBy(carrier: Carrier, inner: LogFormat): LogFormat {
  const headless = inner.loose === true;
  const name = inner.name === 'plain' ? carrier.name : `${carrier.name}+${inner.name}`;
  return {
    name,
    ...(headless && !carrier.entries && { loose: true }),
    level(line) {
      const at = carrier.payloadAt(line);
      if (at < 0) return -1;
      const rest = carrier.text(line);
      const level = inner.level(rest);
      if (level >= 0 && level !== NO_LEVEL) return level;
      const own = carrier.level?.(line) ?? NO_LEVEL;
      if (level === NO_LEVEL) return own;
      // A syslog is shared: what the inner format does not know is another program's entry.
      if (!carrier.entries || (!headless && carrier.name !== 'syslog')) return -1;
      // The kernel indents what is no part of the line before.
      return goesOn(rest) && !line.startsWith('kernel: ', at - 8) ? -1 : own;
    },
    settled(line) {
      const at = carrier.payloadAt(line);
      if (at < 0 || carrier.payload !== undefined || carrier.settled?.(line) !== true) return 0;
      if (inner.name === 'plain') return carrier.entries ? at : 0;
      const length = inner.settled?.(carrier.text(line)) ?? 0;
      return length > 0 ? at + length : 0;
    },
    header(line, clock) {
      const at = carrier.payloadAt(line);
      if (at < 0) return headerOf({});
      const outer = carrier.columns(line, clock);
      const rest = carrier.text(line);
      const known = inner.level(rest) >= 0 ? inner.header(rest, clock) : headerOf({});
      return {
        at: known.at ?? outer.at,
        level: known.level ?? outer.level,
        logger: known.logger ?? outer.logger,
        // Lines that go on with an entry tell the carrier's stream only: where it has one, that is the stream.
        stream: outer.stream ?? known.stream,
        status: known.status,
        messageAt: carrier.payload === undefined ? at + known.messageAt : line.length,
        message: known.message ?? (carrier.payload === undefined ? null : rest.slice(known.messageAt)),
        stack: known.stack,
      };
    },
    carried(line): Carried {
      const at = carrier.payloadAt(line);
      if (at < 0) return { text: line, stream: null, unfinished: false };
      const stream = carrier.stream(line);
      return { text: carrier.text(line), stream, unfinished: carrier.unfinished?.(line) ?? false };
    },
  };
}
