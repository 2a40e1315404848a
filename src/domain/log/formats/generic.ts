import { CAPITAL, endIn, levelAt, levelIn, levelOfLetter, LOWER, nameOfLevel, styleIn } from '../level.js';
import { type LineClock, type LogFormat, type LogHeader, NO_LEVEL } from '../model.js';
import { timeEnd, timeOf } from '../time.js';
import { headerOf } from './define.js';

/**
 * Any line with a date or time at or near its start, for programs that nobody described. The columns behind the time are
 * walked by character codes. What surely is a column (a level, a further time, a process id in brackets, `name:` behind a
 * level) ends the header; what only may be one is taken along if a sure one follows within a few.
 * One file, since all columns are found in one walk and written to `walked`.
 */
const walked = {
  timeAt: -1,
  level: NO_LEVEL as number,
  messageAt: 0,
  loggerAt: -1,
  loggerEnd: -1,
  streamAt: -1,
  streamEnd: -1,
};

const BLANK = 32;
const TAB = 9;
const PIPE = 124;
const MOST_COLUMNS = 10;
/** Columns that only may be some, in a row. */
const MOST_UNSURE = 3;
const LONGEST_TOKEN = 64;

const isBlank = (code: number): boolean => code === BLANK || code === TAB;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isOpening = (code: number): boolean => code === 91 || code === 60 || code === 40;
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Behind a run of blanks; no column is set further off than the limit. */
function blanksEnd(line: string, at: number): number {
  const most = at + 256;
  while (at < most && isBlank(line.charCodeAt(at))) at++;
  return at;
}

/** Behind the blanks and the `]`, `,`, `:`, ` - ` that divide columns; at most eight signs. */
function dividerEnd(line: string, at: number): number {
  let end = at;
  for (let signs = 0; signs < 8; signs++) {
    end = blanksEnd(line, end);
    const code = line.charCodeAt(end);
    const next = line.charCodeAt(end + 1);
    if (code === 93 || code === 62 || code === 41 || code === 44 || code === 59) end++;
    else if ((code === 45 || code === 58) && (isBlank(next) || (code === 45 && next === 45))) end++;
    else break;
  }
  return blanksEnd(line, end);
}

/** Behind the sign run at `at`; -1 where it is longer than a column. */
function tokenEnd(line: string, at: number): number {
  let end = at;
  while (end - at <= LONGEST_TOKEN) {
    const code = line.charCodeAt(end);
    if (Number.isNaN(code) || isBlank(code)) return end > at ? end : -1;
    end++;
  }
  return -1;
}

/** No plain word: it holds a digit or a sign that words lack, or is written in capitals where those may be a column. */
function looksLikeColumn(line: string, at: number, end: number, capitals: boolean): boolean {
  let small = false;
  for (let index = at; index < end; index++) {
    const code = line.charCodeAt(index);
    if (isDigit(code) || code === 46 || code === 95 || code === 47 || code === 36 || code === 64) return true;
    if (code === 45 && index > at && index < end - 1) return true;
    if (!(code >= 65 && code <= 90)) small = true;
  }
  return capitals && !small && end - at > 1;
}

/** A level word at `at`, as `end * 16 + level`; -1 where none stands that surely is a column. */
function levelColumn(line: string, at: number): number {
  const opened = isOpening(line.charCodeAt(at));
  const packed = levelAt(line, opened ? at + 1 : at);
  if (packed < 0) return letterColumn(line, at);
  let end = endIn(packed);
  const code = line.charCodeAt(end);
  if (opened) {
    if (code !== 93 && code !== 62 && code !== 41) return -1;
    end++;
    if (line.charCodeAt(end) === 58) end++;
  } else {
    const next = line.charCodeAt(end + 1);
    const style = styleIn(packed);
    const ends = end >= line.length;
    const divided = code === PIPE || code === TAB || (isBlank(code) && (next === PIPE || isBlank(next)));
    const colon = code === 58 && (isBlank(next) || end + 1 >= line.length);
    if (
      style === CAPITAL
        ? !divided
        : style === LOWER
          ? !divided && !colon
          : !ends && !isBlank(code) && !divided && !colon && code !== 44 && code !== 91
    )
      return -1;
    if (colon) end++;
  }
  return end * 16 + levelIn(packed);
}

/** `D Tag: ` behind process and thread, `E/Tag(  123): `. */
function letterColumn(line: string, at: number): number {
  const level = levelOfLetter(line.charCodeAt(at));
  const next = line.charCodeAt(at + 1);
  if (level < 0 || (next !== BLANK && next !== 47)) return -1;
  const before = line.charCodeAt(at - 2);
  return isDigit(before) || before === 90 ? (at + 1) * 16 + level : -1;
}

/** The name at `at` when `: `, `[12]: ` or ` - ` ends it: behind the divider; -1 otherwise. */
function nameColumn(line: string, at: number, levelled: boolean): number {
  if (!isLetter(line.charCodeAt(at)) && line.charCodeAt(at) !== 95) return -1;
  const end = tokenEnd(line, at);
  if (end < 0) return -1;
  const last = line.charCodeAt(end - 1);
  if (last === 58 && (levelled || line.charCodeAt(end - 2) === 93)) {
    // `ValueError: x` is the message, not the name of who wrote it.
    if (namesFault(line, at, end - 1)) return -1;
    setName(line, at, end - 1);
    return end;
  }
  if (line.startsWith(' - ', end) && looksLikeColumn(line, at, end, true)) {
    setName(line, at, end);
    return end + 2;
  }
  return -1;
}

/** `ValueError`, `"x"`, `key=value`: no logger's name. */
function namesFault(line: string, at: number, end: number): boolean {
  for (let index = at; index < end; index++) {
    const code = line.charCodeAt(index);
    if (code === 34 || code === 61) return true;
  }
  const ends = (word: string): boolean => line.startsWith(word, end - word.length);
  return ends('Error') || ends('Exception') || ends('Warning') || ends('Failure');
}

function setName(line: string, at: number, end: number): void {
  walked.loggerAt = at;
  walked.loggerEnd = end;
  const bracket = line.indexOf('[', at);
  if (bracket > at && bracket < end && line.charCodeAt(end - 1) === 93) {
    walked.loggerEnd = bracket;
    walked.streamAt = bracket + 1;
    walked.streamEnd = end - 1;
  }
}

/** `|Comp|3000|` behind a time: short columns without blanks. */
function pipesEnd(line: string, at: number): number {
  let from = at;
  // Messages hold pipes too: without a level among them, a component and a process are all that is believed.
  for (let column = 0; column < (walked.level === NO_LEVEL ? 2 : 6); column++) {
    const start = blanksEnd(line, from + 1);
    const next = line.indexOf('|', start);
    if (next < 0 || next - start > 40) return start;
    let end = next;
    while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
    const packed = levelAt(line, start);
    if (packed >= 0 && endIn(packed) === end && walked.level === NO_LEVEL) walked.level = levelIn(packed);
    else {
      for (let index = start; index < end; index++) if (isBlank(line.charCodeAt(index))) return start;
      if (walked.loggerAt < 0 && end > start && !isDigit(line.charCodeAt(start))) {
        walked.loggerAt = start;
        walked.loggerEnd = end;
      }
    }
    from = next;
  }
  return blanksEnd(line, from + 1);
}

/**
 * Walks the columns behind the time and leaves what it found in `walked`.
 * @param levelOnly what follows the level does not matter
 */
function walkColumns(line: string, from: number, levelOnly: boolean): void {
  let at = from;
  let unsure = 0;
  let numberAt = -1;
  let numberEnd = -1;
  // Words in capitals are how messages begin (`HTTP ERROR 500`), but not between two times.
  let times = 1;
  for (let column = 0; column < MOST_COLUMNS && at < line.length; column++) {
    const pipeAt = blanksEnd(line, at);
    if (line.charCodeAt(pipeAt) === PIPE && unsure === 0) {
      walked.messageAt = pipesEnd(line, pipeAt);
      return;
    }
    at = dividerEnd(line, at);
    if (unsure === 0) walked.messageAt = at;
    const packed = walked.level === NO_LEVEL ? levelColumn(line, at) : -1;
    if (packed >= 0) {
      walked.level = packed % 16;
      if (levelOnly) return;
      at = Math.floor(packed / 16);
      if (line.charCodeAt(at) === 47) at++;
      if (numberAt >= 0) {
        walked.streamAt = numberAt;
        walked.streamEnd = numberEnd;
      }
      unsure = 0;
      continue;
    }
    const levelled = walked.level !== NO_LEVEL;
    const name = nameColumn(line, at, levelled);
    // ` - name - ERROR - `: the level is still to come.
    const next = name > 0 && !levelled ? dividerEnd(line, name) : -1;
    if (next > 0 && levelColumn(line, next) >= 0) {
      at = next;
      unsure++;
      continue;
    }
    if (name > 0) {
      walked.messageAt = blanksEnd(line, name);
      return;
    }
    if (levelled) {
      // `Info    CBS    msg`: a capital word set off by blanks is a column too.
      const end = tokenEnd(line, at);
      const set = end > 0 && isBlank(line.charCodeAt(end)) && isBlank(line.charCodeAt(end + 1));
      if (!set || !isLetter(line.charCodeAt(at)) || !looksLikeColumn(line, at, end, true)) return;
      setName(line, at, end);
      walked.messageAt = blanksEnd(line, end);
      return;
    }
    const time = timeEnd(line, at);
    if (time > 0) {
      times++;
      at = time;
      unsure = 0;
      continue;
    }
    const end = line.charCodeAt(at) === 91 ? bracketEnd(line, at) : tokenEnd(line, at);
    const inside = line.charCodeAt(at) === 91 ? 1 : 0;
    if (end < 0 || unsure >= MOST_UNSURE || (inside === 0 && !looksLikeColumn(line, at, end, times > 1))) return;
    if (isDigit(line.charCodeAt(at + inside)) && numberAt < 0) {
      numberAt = at + inside;
      numberEnd = end - inside;
    }
    unsure++;
    at = end;
  }
}

/** Behind a short `[…]`. */
function bracketEnd(line: string, at: number): number {
  const close = line.indexOf(']', at);
  return close < 0 || close - at > LONGEST_TOKEN ? -1 : close + 1;
}

/** Behind the time the header begins with, looked for at or near the line's start; -1 where none stands there. */
function firstTimeEnd(line: string, near: boolean): number {
  let at = isOpening(line.charCodeAt(0)) ? 1 : 0;
  walked.timeAt = at;
  // A date alone begins headings and lists too; a time alone begins what a program prints.
  let end = timeEnd(line, at, near, true);
  if (end > 0 && (near || (line.charCodeAt(at + 1) !== 58 && line.charCodeAt(at + 2) !== 58))) return end;
  if (!near) return -1;
  const packed = levelColumn(line, 0);
  if (packed >= 0) {
    walked.level = packed % 16;
    at = dividerEnd(line, Math.floor(packed / 16));
    if (isOpening(line.charCodeAt(at))) at++;
    walked.timeAt = at;
    return timeEnd(line, at, false, true);
  }
  at = line.startsWith('- ') ? 2 : 0;
  for (let token = 0; token < 4; token++) {
    const start = isOpening(line.charCodeAt(at)) ? at + 1 : at;
    end = timeEnd(line, start, true);
    if (end - start > 7) {
      walked.timeAt = start;
      return end;
    }
    end = tokenEnd(line, at);
    if (end < 0 || !looksLikeColumn(line, at, end, true)) return -1;
    at = blanksEnd(line, end);
  }
  return -1;
}

function walk(line: string, near: boolean, levelOnly: boolean): boolean {
  walked.level = NO_LEVEL;
  walked.loggerAt = walked.loggerEnd = walked.streamAt = walked.streamEnd = -1;
  const end = firstTimeEnd(line, near);
  if (end < 0) return false;
  const next = line.charCodeAt(end);
  // 12:00:00 in the middle of a word or a number is none.
  if (isLetter(next) || isDigit(next) || next === 95 || next === 34 || next === 47) return false;
  walked.messageAt = end;
  if (!levelOnly || walked.level === NO_LEVEL) walkColumns(line, end, levelOnly);
  return true;
}

function named(name: string, near: boolean): LogFormat {
  return {
    name,
    level: (line) => (walk(line, near, true) ? walked.level : -1),
    header(line: string, clock: LineClock): LogHeader {
      if (!walk(line, near, false)) return headerOf({});
      const { timeAt, level, messageAt, loggerAt, loggerEnd, streamAt, streamEnd } = walked;
      return headerOf({
        at: timeOf(line, timeAt, clock, near),
        level: nameOfLevel(level),
        logger: loggerAt < 0 ? null : line.slice(loggerAt, loggerEnd),
        stream: streamAt < 0 ? null : line.slice(streamAt, streamEnd),
        messageAt: Math.min(messageAt, line.length),
      });
    },
  };
}

/** A full date and time at the very start: surely a header, whatever follows. */
export const dated = named('dated', false);
/** A date or time in any spelling near the start. */
export const generic = named('generic', true);
