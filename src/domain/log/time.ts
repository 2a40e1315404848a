import { type LineClock } from './model.js';

/**
 * Dates and times in any usual spelling, read by character codes: `timeEnd` is on the path of every line. Both functions
 * run the same scan, which leaves what it found in `found` (there is one thread, and nothing is kept between calls). One
 * file, since all spellings write to it.
 */
const NONE = -1;
const found = {
  year: NONE,
  month: NONE,
  day: NONE,
  hour: 0,
  minute: 0,
  second: 0,
  fractionAt: 0,
  fraction: 0,
  zone: NaN,
  epoch: NaN,
};
/** Whether a date needs a time of day. */
let clockNeeded = false;

/** Digits at `at`, at most `most`; how many. */
function digits(line: string, at: number, most: number): number {
  let end = at;
  while (end - at < most) {
    const code = line.charCodeAt(end);
    if (!(code >= 48 && code <= 57)) break;
    end++;
  }
  return end - at;
}

function numberAt(line: string, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index++) value = value * 10 + line.charCodeAt(index) - 48;
  return value;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const letters3 = (line: string, at: number): number =>
  ((line.charCodeAt(at) | 32) << 16) | ((line.charCodeAt(at + 1) | 32) << 8) | (line.charCodeAt(at + 2) | 32);
const three = (word: string): number => letters3(word, 0);
const MONTHS = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((word, index) => [
    three(word),
    index + 1,
  ]),
);
const WEEKDAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(three));
/** Letters as base 32, so that a zone is looked up without cutting the line. */
const ZONES = new Map(
  Object.entries({
    UTC: 0,
    GMT: 0,
    WET: 0,
    BST: 60,
    CET: 60,
    WEST: 60,
    CEST: 120,
    EET: 120,
    EEST: 180,
    MSK: 180,
    JST: 540,
    EST: -300,
    EDT: -240,
    CST: -360,
    CDT: -300,
    MST: -420,
    MDT: -360,
    PST: -480,
    PDT: -420,
  }).map(([name, minutes]) => [
    [...name].reduce((packed, letter) => packed * 32 + letter.charCodeAt(0) - 64, 0),
    minutes,
  ]),
);

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

const isWordCode = (code: number): boolean =>
  isDigit(code) || isCapital(code) || (code >= 97 && code <= 122) || code === 95;

/** Behind `Z`, `UTC`, `+0100`, `+01:00`, with or without a blank before; `at` where there is none. */
function zoneEnd(line: string, at: number): number {
  const start = line.charCodeAt(at) === 32 ? at + 1 : at;
  const code = line.charCodeAt(start);
  if (code === 90 && !isWordCode(line.charCodeAt(start + 1))) {
    found.zone = 0;
    return start + 1;
  }
  if (code === 43 || code === 45) {
    if (digits(line, start + 1, 2) < 2) return at;
    const colon = line.charCodeAt(start + 3) === 58 ? 1 : 0;
    const minutesAt = start + 3 + colon;
    if (digits(line, minutesAt, 3) !== 2) {
      if (colon === 1 || isDigit(line.charCodeAt(minutesAt)) || code === 45) return at;
      found.zone = numberAt(line, start + 1, 2) * 60;
      return start + 3;
    }
    const hours = numberAt(line, start + 1, 2);
    const minutes = numberAt(line, minutesAt, 2);
    if (hours > 15 || minutes > 59) return at;
    found.zone = (hours * 60 + minutes) * (code === 43 ? 1 : -1);
    return minutesAt + 2;
  }
  if (code >= 65 && code <= 90 && start > at) {
    let end = start;
    let packed = 0;
    while (end - start < 5 && isCapital(line.charCodeAt(end))) packed = packed * 32 + line.charCodeAt(end++) - 64;
    const zone = end - start < 3 || end - start > 4 || isWordCode(line.charCodeAt(end)) ? undefined : ZONES.get(packed);
    if (zone === undefined) return at;
    found.zone = zone;
    return end;
  }
  return at;
}

/** Behind `12:00:00`, `12:00:00,123`, `12.00.00.123456`, `9:00:00 PM`; -1 where no time stands at `at`. */
function clockEnd(line: string, at: number, separator: number): number {
  const hourDigits = digits(line, at, 3);
  if (hourDigits < 1 || hourDigits > 2 || line.charCodeAt(at + hourDigits) !== separator) return -1;
  const minuteAt = at + hourDigits + 1;
  const minuteDigits = digits(line, minuteAt, 3);
  if (minuteDigits < 1 || minuteDigits > 2) return -1;
  found.hour = numberAt(line, at, hourDigits);
  found.minute = numberAt(line, minuteAt, minuteDigits);
  found.second = 0;
  found.fraction = 0;
  let end = minuteAt + minuteDigits;
  if (line.charCodeAt(end) !== separator) return -1;
  const secondDigits = digits(line, end + 1, 3);
  if (secondDigits < 1 || secondDigits > 2) return -1;
  found.second = numberAt(line, end + 1, secondDigits);
  end += 1 + secondDigits;
  const point = line.charCodeAt(end);
  if (point === 46 || point === 44 || (point === 58 && separator === 58)) {
    const length = digits(line, end + 1, 9);
    if (length > 0) {
      // The digits are read only when a time is asked for; behind a colon they count milliseconds.
      found.fractionAt = point === 58 ? -end - 1 : end + 1;
      found.fraction = length;
      end += 1 + length;
    }
  }
  if (found.minute > 59 || found.second > 60) return -1;
  const blank = line.charCodeAt(end) === 32 ? 1 : 0;
  const half = line.charCodeAt(end + blank) | 32;
  if ((half === 97 || half === 112) && (line.charCodeAt(end + blank + 1) | 32) === 109) {
    if (!isWordCode(line.charCodeAt(end + blank + 2))) {
      if (found.hour < 1 || found.hour > 12) return -1;
      found.hour = (found.hour % 12) + (half === 112 ? 12 : 0);
      end += blank + 2;
    }
  }
  return found.hour > 23 ? -1 : zoneEnd(line, end);
}

/** The time of day behind a date that ends at `at`; `needed` unless a date alone will do. */
function dayEnd(line: string, at: number, needed: boolean): number {
  if (found.month < 1 || found.month > 12 || found.day < 1 || found.day > 31) return -1;
  const code = line.charCodeAt(at);
  let start = at;
  // `2025-01-01T`, ` `, `_`, `-`, `:` and `, ` come before a time.
  if (code === 44 && line.charCodeAt(at + 1) === 32) start = at + 2;
  else if (code === 84 || code === 32 || code === 95 || code === 45 || code === 58 || code === 9) start = at + 1;
  if (start > at) {
    const colon = clockEnd(line, start, 58);
    if (colon > 0) return colon;
    if (code === 45) {
      const dotted = clockEnd(line, start, 46);
      if (dotted > 0) return dotted;
    }
  }
  found.hour = found.minute = found.second = found.fraction = 0;
  return needed || isWordCode(line.charCodeAt(at)) ? -1 : at;
}

/** `Jan 1`, with what may follow: a comma and a year, a time, and a year behind it. */
function monthEnd(line: string, at: number): number {
  const month = MONTHS.get(letters3(line, at));
  if (month === undefined) return -1;
  let from = at + 3;
  while (line.charCodeAt(from) === 32 && from < at + 6) from++;
  const dayDigits = digits(line, from, 3);
  if (from === at + 3 || dayDigits < 1 || dayDigits > 2) return -1;
  found.month = month;
  found.day = numberAt(line, from, dayDigits);
  let end = from + dayDigits;
  if (line.charCodeAt(end) === 44 && digits(line, end + 2, 5) === 4) {
    found.year = numberAt(line, end + 2, 4);
    end += 6;
  } else if (line.charCodeAt(end) === 32 && digits(line, end + 1, 5) === 4 && line.charCodeAt(end + 5) === 32) {
    found.year = numberAt(line, end + 1, 4);
    end += 5;
  }
  end = dayEnd(line, end, true);
  if (end > 0 && found.year === NONE && line.charCodeAt(end) === 32 && digits(line, end + 1, 5) === 4) {
    const year = numberAt(line, end + 1, 4);
    if (year >= 1970 && year <= 2199 && !isWordCode(line.charCodeAt(end + 5))) {
      found.year = year;
      end += 5;
    }
  }
  return end;
}

/** `01 Jan 2025 `, `01/Jan/2025:`, `01-Jan-2025 `, `01 Jan `. */
function dayMonthEnd(line: string, at: number, dayDigits: number): number {
  const separator = line.charCodeAt(at + dayDigits);
  const month = MONTHS.get(letters3(line, at + dayDigits + 1));
  if (month === undefined) return -1;
  found.month = month;
  found.day = numberAt(line, at, dayDigits);
  let end = at + dayDigits + 4;
  if (line.charCodeAt(end) === separator && digits(line, end + 1, 5) === 4) {
    found.year = numberAt(line, end + 1, 4);
    end += 5;
  }
  return dayEnd(line, end, true);
}

/** Two short numbers first: `17/06/09 `, `01/31/2025 `, `31.01.2025 `, `03-17 `, `10.30 `. */
function shortDateEnd(line: string, at: number, firstDigits: number): number {
  const separator = line.charCodeAt(at + firstDigits);
  const secondAt = at + firstDigits + 1;
  const secondDigits = digits(line, secondAt, 3);
  if (secondDigits < 1 || secondDigits > 2) return -1;
  const first = numberAt(line, at, firstDigits);
  const second = numberAt(line, secondAt, secondDigits);
  let end = secondAt + secondDigits;
  if (line.charCodeAt(end) !== separator) {
    if (firstDigits < 2 || secondDigits < 2) return -1;
    found.month = first;
    found.day = second;
    return dayEnd(line, end, true);
  }
  const thirdDigits = digits(line, end + 1, 5);
  const third = numberAt(line, end + 1, thirdDigits);
  end += 1 + thirdDigits;
  if (thirdDigits === 4) {
    found.year = third;
    const dayFirst = separator === 46 || first > 12;
    found.month = dayFirst ? second : first;
    found.day = dayFirst ? first : second;
  } else if (thirdDigits === 2 && firstDigits === 2) {
    found.year = 2000 + first;
    found.month = second;
    found.day = third;
  } else return -1;
  return dayEnd(line, end, true);
}

/** Years that a log may tell: others are counters and sizes. */
const isYear = (value: number): boolean => value >= 1970 && value <= 2199;

function digitsEnd(line: string, at: number, weak: boolean): number {
  const length = digits(line, at, 20);
  const next = line.charCodeAt(at + length);
  if (length <= 2) {
    if (next === 58) return clockEnd(line, at, 58);
    if (next === 32 || next === 45 || next === 47) {
      const end = dayMonthEnd(line, at, length);
      if (end > 0) return end;
    }
    return next === 45 || next === 47 || next === 46 ? shortDateEnd(line, at, length) : -1;
  }
  if (length === 4 && (next === 45 || next === 47 || next === 46)) {
    found.year = numberAt(line, at, 4);
    const monthDigits = digits(line, at + 5, 3);
    if (!isYear(found.year) || monthDigits < 1 || monthDigits > 2) return -1;
    found.month = numberAt(line, at + 5, monthDigits);
    const dayAt = at + 5 + monthDigits;
    const dayDigits = line.charCodeAt(dayAt) === next ? digits(line, dayAt + 1, 3) : 0;
    if (dayDigits < 1 || dayDigits > 2) return -1;
    found.day = numberAt(line, dayAt + 1, dayDigits);
    return dayEnd(line, dayAt + 1 + dayDigits, clockNeeded);
  }
  if (length === 8) {
    found.year = numberAt(line, at, 4);
    if (!isYear(found.year)) return -1;
    found.month = numberAt(line, at + 4, 2);
    found.day = numberAt(line, at + 6, 2);
    if (next === 84 && digits(line, at + 9, 7) === 6) return packedClockEnd(line, at + 9);
    return dayEnd(line, at + 8, true);
  }
  if (!weak) return -1;
  if (length === 6 && next === 32 && digits(line, at + 7, 7) === 6) {
    found.year = 2000 + numberAt(line, at, 2);
    found.month = numberAt(line, at + 2, 2);
    found.day = numberAt(line, at + 4, 2);
    return found.month < 1 || found.month > 12 || found.day < 1 || found.day > 31 ? -1 : packedClockEnd(line, at + 7);
  }
  if ((length === 10 || length === 13) && !isWordCode(next)) {
    const value = numberAt(line, at, length);
    const fraction = length === 10 && next === 46 ? digits(line, at + 11, 9) : 0;
    found.epoch = length === 13 ? value : value * 1000;
    if (found.epoch < 5e11 || found.epoch > 5e12) return -1;
    if (fraction === 0) return at + length;
    found.epoch += Math.floor((numberAt(line, at + 11, fraction) * 1000) / 10 ** fraction);
    return at + 11 + fraction;
  }
  return -1;
}

/** `120000` and what may follow a time. */
function packedClockEnd(line: string, at: number): number {
  found.hour = numberAt(line, at, 2);
  found.minute = numberAt(line, at + 2, 2);
  found.second = numberAt(line, at + 4, 2);
  return found.hour > 23 || found.minute > 59 || found.second > 60 ? -1 : zoneEnd(line, at + 6);
}

function scan(line: string, at: number, weak: boolean): number {
  const first = line.charCodeAt(at);
  found.year = found.month = found.day = NONE;
  found.hour = found.minute = found.second = found.fraction = 0;
  found.zone = found.epoch = NaN;
  if (isDigit(first)) return digitsEnd(line, at, weak);
  if (first < 65 || first > 90) return -1;
  if (!WEEKDAYS.has(letters3(line, at))) return monthEnd(line, at);
  const comma = line.charCodeAt(at + 3) === 44 ? 1 : 0;
  if (line.charCodeAt(at + 3 + comma) !== 32) return -1;
  const next = at + 4 + comma;
  return isDigit(line.charCodeAt(next)) ? digitsEnd(line, next, false) : monthEnd(line, next);
}

/**
 * Behind the date and time that stands at `at`; -1 where none does.
 * @param weak also what is only digits: `081109 203518` and seconds since 1970
 * @param needsClock a date without a time of day is none
 */
export function timeEnd(line: string, at: number, weak = false, needsClock = false): number {
  clockNeeded = needsClock;
  return scan(line, at, weak);
}

const DAY_MS = 86_400_000;

function millisecondsOf(line: string): number {
  const { fractionAt: at, fraction: length } = found;
  if (length === 0) return 0;
  if (at < 0) return numberAt(line, -at, Math.min(length, 3));
  return Math.floor(numberAt(line, at, length) / 10 ** (length - 3));
}

/** Epoch milliseconds of the time at `at`; what it leaves out is chosen nearest to `clock.now`. Null where none stands there. */
export function timeOf(line: string, at: number, clock: LineClock, weak = false): number | null {
  clockNeeded = false;
  if (scan(line, at, weak) < 0) return null;
  if (!Number.isNaN(found.epoch)) return found.epoch;
  const zoneMs = (Number.isNaN(found.zone) ? clock.zoneMinutes : found.zone) * 60_000;
  const ofDay = ((found.hour * 60 + found.minute) * 60 + found.second) * 1000 + millisecondsOf(line);
  if (found.month === NONE) {
    const midnight = Math.floor((clock.now + zoneMs) / DAY_MS) * DAY_MS;
    return nearest(
      [-1, 0, 1].map((days) => midnight + days * DAY_MS + ofDay - zoneMs),
      clock.now,
    );
  }
  const { month, day } = found;
  const inYear = (year: number): number => Date.UTC(year, month - 1, day) + ofDay - zoneMs;
  if (found.year !== NONE) return inYear(found.year);
  const year = Math.floor(1970 + clock.now / (365.2425 * DAY_MS));
  return nearest([year - 1, year, year + 1].map(inYear), clock.now);
}

function nearest(candidates: readonly number[], now: number): number {
  return candidates.reduce((best, at) => (Math.abs(at - now) < Math.abs(best - now) ? at : best));
}
