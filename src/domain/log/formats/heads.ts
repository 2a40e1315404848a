import { type LogFormat, NO_LEVEL } from '../model.js';

/** A line begins like thousands before it: what stands behind its header does not change its level. */
const FEWEST_STATES = 256;
const MOST_STATES = 2_048;
/** Heads that never come again fill the table: then nothing is learned for so many lines. */
const PAUSE_LINES = 10_000;
const PAUSE_UNSETTLED_LINES = 64;

/** Room for signs of ASCII in each state; a column of its own for what ends the walk. */
const SIGNS = 128;
const NO_SIGN = 0;
const ROOT = 1;
/** From here on a step leads to no state but to a level. */
const LEAF = 0xff00;

/** Digits are one sign, since no header hangs on which they are; what is neither printable nor a tab is in no head. */
const signOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 48 && byte <= 57) return 48;
  return byte === 9 || (byte >= 32 && byte < 127) ? byte : NO_SIGN;
});

/**
 * The same format with `quick`, which learns from `level` the heads of lines (digits apart) as a tree, so that a line like
 * one before is judged on its bytes without being cut out or matched. It tells the same as `level` because `settled` tells
 * how much of a line that hangs on.
 */
export function withHeads(format: LogFormat): LogFormat {
  if (format.settled === undefined || format.loose === true) return format;
  let tree = createTree();
  let missed = false;
  let pause = 0;

  const learn = (line: string, level: number): void => {
    const length = format.settled?.(line) ?? 0;
    let signs = 0;
    while (signs < length && signAt(line, signs) !== NO_SIGN) signs++;
    const alarms = level === NO_LEVEL && /Tra|Exc|Unh|Unc|pan|fat|gor/.test(line.slice(0, length));
    if (length === 0 || signs < length || alarms) pause = PAUSE_UNSETTLED_LINES;
    else if (tree.states + length < MOST_STATES) {
      tree.add(line, length, level);
    } else {
      tree = createTree();
      pause = PAUSE_LINES;
    }
  };

  return {
    ...format,
    level(line) {
      const level = format.level(line);
      if (missed) {
        missed = false;
        if (pause > 0) pause--;
        else if (level >= 0) learn(line, level);
      }
      return level;
    },
    quick(bytes, from) {
      const level = tree.levelOf(bytes, from);
      missed = level === -1;
      return level === NO_LEVEL && !isPlainly(bytes, tree.end) ? -1 : level;
    },
  };
}

const signAt = (line: string, at: number): number => signOf[line.charCodeAt(at)] ?? NO_SIGN;

/** What a word that tells of a crash begins with (see `tellsCrash`), or what may stand in the middle of one. */
const isAlarming = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 32 || 'TEU'.includes(String.fromCharCode(byte)) ? 1 : 0,
);
isAlarming[9] = 0;

/**
 * Whether the message at `at` surely is one of a program that tells no level: it begins with a small word and a blank, as no
 * header and no line of a stack does, and it tells of no crash.
 */
function isPlainly(bytes: Uint8Array, at: number): boolean {
  let end = at;
  for (let code = bytes[at] ?? 0; code >= 97 && code <= 122; code = bytes[++end] ?? 0);
  if (end === at || bytes[end] !== 32 || bytes[at] === 103) return false;
  let [before, last] = [0, 0];
  for (let index = at; ; index++) {
    const code = bytes[index] ?? 10;
    if (code === 10) return true;
    if (isAlarming[code] === 1) return code === 13 && bytes[index + 1] === 10;
    // pan-ic, fat-al, gor-outine
    if (
      last === 97
        ? (before === 112 && code === 110) || (before === 102 && code === 116)
        : before === 103 && last === 111 && code === 114
    )
      return false;
    before = last;
    last = code;
  }
}

interface Tree {
  /** Behind the head that `levelOf` found. */
  readonly end: number;
  readonly states: number;
  add(line: string, length: number, level: number): void;
  levelOf(bytes: Uint8Array, from: number): number;
}

function createTree(): Tree {
  let steps = new Uint16Array(0);
  let states = ROOT;
  let found = 0;
  /** Steps that a state has. */
  let ways = new Uint8Array(0);
  /** Where no step branches the signs are compared one by one, which takes a third of the time of following steps. */
  const run = new Uint8Array(MOST_STATES);
  let runAt = new Uint16Array(0);
  let runLength = new Uint16Array(0);
  let runTo = new Uint16Array(0);

  const grow = (needed: number): void => {
    const room = Math.max(FEWEST_STATES, ways.length * 2, needed);
    const more = new Uint16Array(room * SIGNS);
    more.set(steps);
    steps = more;
    const moreWays = new Uint8Array(room);
    moreWays.set(ways);
    ways = moreWays;
    [runAt, runLength, runTo] = [new Uint16Array(room), new Uint16Array(room), new Uint16Array(room)];
  };

  const layRuns = (): void => {
    const begins = [ROOT];
    let end = 0;
    for (let begin = begins.pop(); begin !== undefined; begin = begins.pop()) {
      runAt[begin] = end;
      let state = begin;
      for (;;) {
        const row = steps.subarray(state * SIGNS, state * SIGNS + SIGNS);
        const sign = ways[state] === 1 ? row.findIndex((step) => step > 0) : -1;
        const next = sign < 0 ? LEAF : (row[sign] ?? LEAF);
        if (next >= LEAF) {
          for (const step of row) if (step > 0 && step < LEAF) begins.push(step);
          break;
        }
        run[end++] = sign;
        state = next;
      }
      runLength[begin] = end - (runAt[begin] ?? 0);
      runTo[begin] = state;
    }
  };

  return {
    get end() {
      return found;
    },
    get states() {
      return states;
    },
    add(line, length, level) {
      if (states + length >= ways.length) grow(states + length + 1);
      let state = ROOT;
      for (let at = 0; at < length; at++) {
        const step = state * SIGNS + signAt(line, at);
        const next = steps[step] ?? 0;
        // A shorter head tells the level already.
        if (next >= LEAF) break;
        if (next === 0) ways[state] = (ways[state] ?? 0) + 1;
        if (at === length - 1) steps[step] = LEAF + level;
        else {
          state = next === 0 ? ++states : next;
          steps[step] = state;
        }
      }
      layRuns();
    },
    levelOf(bytes, from) {
      if (states === ROOT) return -1;
      let at = from;
      for (let state = ROOT; ;) {
        const length = runLength[state] ?? 0;
        const start = runAt[state] ?? 0;
        for (let index = 0; index < length; index++)
          if (signOf[bytes[at + index] ?? 0] !== run[start + index]) return -1;
        at += length;
        const next = steps[(runTo[state] ?? 0) * SIGNS + (signOf[bytes[at] ?? 0] ?? NO_SIGN)] ?? 0;
        if (next === 0) return -1;
        at += 1;
        found = at;
        if (next >= LEAF) return next - LEAF;
        state = next;
      }
    },
  };
}
