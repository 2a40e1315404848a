/** What of a scanned text counts: lists and runs of values become one, and units go. */
import { emptyScan, endOfLead, MARK, VALUE, WORD, type Scan } from './scan.js';

/** Tokens that are left, with the text they stand in. Reused by the next call. */
export type Shape = Scan;

const SIZE = 512;
const shaped: Shape = emptyScan(SIZE);

/** A few short words; nearly all others are told from them by length and first character, without cutting them out. */
function words(list: string): (text: string, start: number, end: number) => boolean {
  const all = new Set(list.split(' '));
  const lengths = new Uint16Array(128);
  for (const word of all) lengths[word.charCodeAt(0)] = (lengths[word.charCodeAt(0)] ?? 0) | (1 << word.length);
  return (text, start, end) => {
    const first = text.charCodeAt(start);
    if (first > 127 || end - start > 15 || (((lengths[first] ?? 0) >> (end - start)) & 1) === 0) return false;
    return all.has(text.slice(start, end));
  };
}

/** Units of size and time that follow their number after a blank. */
const isUnit = words(
  'B KB MB GB TB PB KiB MiB GiB TiB kB k K M G byte bytes Bytes ns us ms s sec secs second seconds ' +
    'min mins minute minutes hour hours day days',
);
/** Parts of a date, which are values beside a number. */
const isOfDate = words(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec AM PM am pm UTC GMT EST EDT CST CDT PST PDT CET',
);
/** Behind `=` or `:` these are values, however few there are. */
const isConstant = words('true false null nil none None True False NULL undefined NaN nan');
const isSwitch = words('yes no on off Yes No YES NO ON OFF TRUE FALSE');
const [OPEN, CLOSE, COLON, EQUALS, LESS, MORE] = [40, 41, 58, 61, 60, 62];
/** Between two values these make a list of them. */
const JOINS = new Uint8Array(128);
for (const char of ',/|-;:&+*#~^.=') JOINS[char.charCodeAt(0)] = 1;

export function shapeOf(s: Scan): Shape {
  const out = shaped;
  const { text } = s;
  out.text = text;
  out.count = 0;
  for (let i = 0; i < s.count && out.count < SIZE - 4; i++) {
    const kind = s.kind[i] ?? 0;
    const start = s.start[i] ?? 0;
    const end = s.end[i] ?? 0;
    const gap = s.gap[i] ?? 0;
    const top = out.count - 1;
    if (kind === VALUE) {
      pushValue(out, start, end, gap);
    } else if (kind === WORD) {
      if (top >= 0 && out.kind[top] === VALUE) {
        if (gap === 1 && (isUnit(text, start, end) || isOfDate(text, start, end))) continue;
      } else if (top >= 0 && out.kind[top] === MARK) {
        const code = text.charCodeAt(out.start[top] ?? 0);
        const assigned = code === EQUALS;
        if (
          (assigned || code === COLON) &&
          (isConstant(text, start, end) || (assigned && isSwitch(text, start, end)))
        ) {
          pushValue(out, start, end, gap);
          continue;
        }
      }
      push(out, WORD, start, end, gap);
    } else {
      const code = text.charCodeAt(start);
      if (code === CLOSE) fillAside(out);
      push(out, MARK, start, end, gap);
      if (code === EQUALS && isEmptyAfter(s, i)) pushValue(out, end, end, 0);
    }
  }
  if (!hasWord(out)) addLead(out);
  return out;
}

function hasWord(out: Shape): boolean {
  for (let i = 0; i < out.count; i++) if (out.kind[i] === WORD) return true;
  return false;
}

/** Nothing but values would be one with everything of that form: what the first one begins with stays. */
function addLead(out: Shape): void {
  const at = out.kind.indexOf(VALUE);
  if (at < 0 || at >= out.count) return;
  const start = out.start[at] ?? 0;
  const end = endOfLead(out.text, start, out.end[at] ?? 0);
  if (end === start) return;
  for (const list of [out.kind, out.start, out.end, out.gap]) list.copyWithin(at + 1, at, out.count);
  out.count++;
  out.kind[at] = WORD;
  out.end[at] = end;
  out.gap[at + 1] = 0;
}

function push(out: Shape, kind: number, start: number, end: number, gap: number): void {
  const at = out.count++;
  out.kind[at] = kind;
  out.start[at] = start;
  out.end[at] = end;
  out.gap[at] = gap;
}

function pushValue(out: Shape, start: number, end: number, gap: number): void {
  // `<1`, `> 5`: the sign of a comparison is part of the value; names of days and months are part of the date.
  let first = gap;
  while (out.count > 0) {
    const top = out.count - 1;
    const from = out.start[top] ?? 0;
    if (out.kind[top] === WORD) {
      if (!isOfDate(out.text, from, out.end[top] ?? 0)) break;
    } else if (out.kind[top] === MARK) {
      const code = out.text.charCodeAt(from);
      if ((code !== LESS && code !== MORE) || out.gap[top] !== 1) break;
    } else break;
    first = out.gap[top] ?? 0;
    out.count--;
  }
  const top = out.count - 1;
  if (top >= 0 && out.kind[top] === VALUE) return;
  if (top >= 1 && out.kind[top] === MARK && out.kind[top - 1] === VALUE) {
    const code = out.text.charCodeAt(out.start[top] ?? 0);
    if (code < 128 && JOINS[code] === 1) {
      out.count--;
      return;
    }
  }
  push(out, VALUE, start, end, first);
}

/**
 * What glosses a value, in brackets behind it: an empty one holds no value this time, and `(some.name)` holds one. The
 * bracket is closing just now. That there is an aside stays: a text with one tells more than a text without.
 */
function fillAside(out: Shape): void {
  const top = out.count - 1;
  if (isOpening(out, top)) {
    if (top > 0 && out.kind[top - 1] === VALUE) push(out, VALUE, out.end[top] ?? 0, out.end[top] ?? 0, 0);
  } else if (isOpening(out, top - 1) && top > 1 && out.kind[top - 2] === VALUE && isCompound(out, top)) {
    out.kind[top] = VALUE;
  }
}

function isOpening(out: Shape, at: number): boolean {
  return at >= 0 && out.kind[at] === MARK && out.gap[at] === 1 && out.text.charCodeAt(out.start[at] ?? 0) === OPEN;
}

function isCompound(out: Shape, at: number): boolean {
  const end = out.end[at] ?? 0;
  for (let i = out.start[at] ?? 0; i < end; i++) {
    const code = out.text.charCodeAt(i);
    if (code === 46 || code === 45) return true;
  }
  return false;
}

/** An assignment of nothing: the text ends, the next one begins, or a list goes on. */
function isEmptyAfter(s: Scan, at: number): boolean {
  const next = at + 1;
  if (next >= s.count) return true;
  if (s.kind[next] === MARK) {
    const code = s.text.charCodeAt(s.start[next] ?? 0);
    return code === 44 || code === 59 || code === CLOSE || code === 93 || code === 125;
  }
  return (
    s.gap[next] === 1 &&
    s.kind[next] === WORD &&
    next + 1 < s.count &&
    s.kind[next + 1] === MARK &&
    s.gap[next + 1] === 0 &&
    s.text.charCodeAt(s.start[next + 1] ?? 0) === EQUALS
  );
}
