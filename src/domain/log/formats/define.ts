import { endIn, levelAt, levelIn, LOWER, nameOfLevel, styleIn, UPPER } from '../level.js';
import { type LineClock, type LogFormat, type LogHeader } from '../model.js';
import { timeOf } from '../time.js';

/** A header that tells nothing, with what the caller knows put over it. */
export function headerOf(known: Partial<LogHeader>): LogHeader {
  return {
    at: null,
    level: null,
    logger: null,
    stream: null,
    status: null,
    messageAt: 0,
    message: null,
    stack: null,
    ...known,
  };
}

/** A full date and time as most programs write it, with fraction and zone. */
export const TIME = String.raw`\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;

interface Shape {
  readonly name: string;
  /** What stands before the level, as the source of a regular expression; groups `time`, `logger`, `stream`. */
  readonly lead: string;
  /** What stands between the level and the message; the same groups, numbered where `lead` has them: `logger2`. */
  readonly rest: string;
  /** Names that may stand behind `rest`, the same groups: the level does not hang on them, so they are looked for last. */
  readonly names?: string;
  /**
   * `lead` may go on over letters: then the level is settled by what stands before it only where this stands from it on. All
   * other leads can be matched in one way only.
   */
  readonly fence?: string;
  readonly loose?: boolean;
}

/**
 * A format whose level is a word in a fixed column. Every repetition in `lead` and `rest` must be bounded: they meet
 * hostile lines.
 */
export function byColumns({ name, lead, rest, names = '', fence = '', loose = false }: Shape): LogFormat {
  // What follows the level is looked at ahead, so that `lastIndex` is where the level begins: `test` allocates nothing.
  const fast = new RegExp(`${lead}(?=[A-Za-z]{3,13}${rest})`.replace(/\(\?<\w+>/g, '(?:'), 'y');
  const whole = new RegExp(`${lead}[A-Za-z]{3,13}${rest}(?:${names})?`, 'y');
  const head = new RegExp(`${lead}(?=${fence})[A-Za-z]{3,13}${rest}`.replace(/\(\?<\w+>/g, '(?:'), 'y');
  const level = (line: string): number => {
    fast.lastIndex = 0;
    if (!fast.test(line)) return -1;
    const packed = levelAt(line, fast.lastIndex);
    return packed < 0 || !isColumn(line, fast.lastIndex, packed) ? -1 : levelIn(packed);
  };
  return {
    name,
    ...(loose && { loose }),
    level,
    settled(line) {
      head.lastIndex = fast.lastIndex = 0;
      if (!fast.test(line) || !head.test(line)) return 0;
      // `isColumn` looks at the two signs behind the word.
      const length = Math.max(head.lastIndex, endIn(levelAt(line, fast.lastIndex)) + 2);
      return length > line.length ? 0 : length;
    },
    header(line: string, clock: LineClock): LogHeader {
      whole.lastIndex = 0;
      const found = whole.exec(line);
      const groups = found?.groups ?? {};
      const time = groups['time'];
      return headerOf({
        // What stands before it is no time, and asking for places of groups takes longer than the match.
        at: time === undefined ? null : timeOf(line, line.indexOf(time), clock),
        level: nameOfLevel(level(line)),
        logger: groups['logger'] ?? groups['logger2'] ?? groups['logger3'] ?? null,
        stream: groups['stream'] ?? groups['stream2'] ?? null,
        messageAt: Math.min(line.length, found === null ? 0 : whole.lastIndex),
      });
    },
  };
}

/**
 * Capitals stand for themselves. `Error connecting` and `error connecting` are how messages begin, and `Error: x` is an
 * exception: other words must be set off by a bracket, a divider or a run of blanks, or be small and have a colon.
 */
function isColumn(line: string, at: number, packed: number): boolean {
  const style = styleIn(packed);
  if (style === UPPER) return true;
  const end = endIn(packed);
  const next = line.charCodeAt(end);
  if (next === 58) return style === LOWER;
  if (next !== 32) return true;
  const after = line.charCodeAt(end + 1);
  const before = line.charCodeAt(at - 1);
  return after === 32 || after === 45 || after === 124 || before === 91 || before === 40 || before === 60;
}

/** The level word at `at` and where it ends, for formats that are read by hand. */
export function wordAt(line: string, at: number): { readonly level: number; readonly end: number } | null {
  const packed = levelAt(line, at);
  return packed < 0 ? null : { level: levelIn(packed), end: endIn(packed) };
}
