import { type LogFormat, NO_LEVEL } from '../model.js';

/** A line begins like thousands before it: what stands behind its header does not change its level. */
const FEWEST_STATES = 256;
const MOST_STATES = 2_048;
/** Heads that never come again fill the table: then nothing is learned for so many lines. */
const PAUSE_LINES = 10_000;

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
  const { settled } = format;
  if (settled === undefined || format.loose === true) return format;
  let steps = new Uint16Array(0);
  let states = ROOT;
  let missed = false;
  let pause = 0;

  const grown = (): Uint16Array<ArrayBuffer> => {
    const more = new Uint16Array(Math.max(FEWEST_STATES * SIGNS, steps.length * 2));
    more.set(steps);
    return more;
  };

  const learn = (line: string, level: number): void => {
    const length = settled(line);
    if (length <= 0) return;
    for (let at = 0; at < length; at++) if ((signOf[line.charCodeAt(at)] ?? NO_SIGN) === NO_SIGN) return;
    if (states + length >= MOST_STATES) {
      steps = new Uint16Array(0);
      states = ROOT;
      pause = PAUSE_LINES;
      return;
    }
    while ((states + length + 1) * SIGNS > steps.length) steps = grown();
    let state = ROOT;
    for (let at = 0; at < length; at++) {
      const step = state * SIGNS + (signOf[line.charCodeAt(at)] ?? NO_SIGN);
      if (at === length - 1) steps[step] = LEAF + level;
      else {
        const next = steps[step] ?? 0;
        // A shorter head tells the level already.
        if (next >= LEAF) return;
        state = next === 0 ? ++states : next;
        steps[step] = state;
      }
    }
  };

  return {
    ...format,
    level(line) {
      const level = format.level(line);
      if (missed) {
        missed = false;
        if (pause > 0) pause--;
        else if (level >= 0 && level !== NO_LEVEL) learn(line, level);
      }
      return level;
    },
    quick(bytes, from) {
      let state = ROOT;
      for (let at = from; ; at++) {
        const next = steps[state * SIGNS + (signOf[bytes[at] ?? 0] ?? NO_SIGN)] ?? 0;
        if (next >= LEAF) return next - LEAF;
        if (next === 0) {
          missed = true;
          return -1;
        }
        state = next;
      }
    },
  };
}
