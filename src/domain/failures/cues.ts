/**
 * What the rules of this folder cannot do without, found in one walk over a line. Most lines of an output hold nothing of it, and
 * those are read no further. The words of a family are a necessary condition of each rule that asks for it; those of `TELLS` are
 * the condition itself.
 */

/** Families of rules, as bits. */
export const CUES = {
  /** No failure is told without one of these; most outputs have none. */
  TELLS: 1,
  /** Only a look at the line tells whether it belongs to `TELLS`. */
  MAY_TELL: 2,
  /** A mark of a failing test, or that tests ran (`MARKS`, `RAN` and the forms in `tested.ts`). */
  MARKS: 4,
  /** The end of a run of tests (`SUMMARY` and `PASSED` there). */
  SUMS: 8,
  /** A stack (`TRACED` in `scan.ts`). */
  TRACES: 16,
  /** A level of error or worse, or an exception by its name (`LEVELLED` there and `NAMED` in `forms.ts`). */
  LEVELS: 32,
  /** What the reader of logs may begin an event with, but for what `mayBegin` in `logged.ts` looks for beside it. */
  ALARMS: 64,
} as const;

/** In small letters; `D` is a digit, `A` a letter, `W` a blank of any kind, `\n` the beginning of a line. */
const WORDS: readonly (readonly [number, string])[] = [
  ...words(CUES.TELLS, [
    ...['err', 'exception', 'fail', 'fatal', 'panic', 'traceback', 'critical', 'severe', 'emerg', 'not ok', 'refused'],
    ...['denied', 'reject', 'cannot', "can't", 'could not', 'unable', 'conflict', 'not found', 'killed', 'aborted'],
    ...[
      'segmentation',
      'undefined',
      '✗',
      '✘',
      '✖',
      '×',
      '❌',
      '●',
      'unhandled',
      'backoff',
      'oom',
      'sqlstate',
      'sigAAA',
    ],
    ...['died', 'crash', '\ne: ', 'unresolved', 'curl: (', 'timeout', 'time out', 'timedout', 'timed out', 'in use'],
    ...['violat', 'degraded', 'faulted', 'unhealthy', 'overflow', 'expired', 'packet loss', 'ora-D', 'msg D'],
    ...['notready', 'oops', 'no such', 'no route', 'e (D', 'e [D', 'f (D', 'f [D', 'eDDDD ', 'fDDDD ', '<err>', 'lvl='],
    ...['exit status', 'attempt to ', 'fata['],
  ]),
  ...words(CUES.MAY_TELL, ['.go:D', ' 50D']),
  ...words(CUES.MARKS, [
    ...[
      'fail',
      '✕',
      '✗',
      '✖',
      '×',
      '●',
      '⨯',
      '✘',
      '#test_',
      '[-]',
      'error during test',
      'error → ',
      'not ok',
      'D) ',
      '\n___',
      '[e]',
      '\nerror',
      '\n[error]',
      '.py::',
      'error in test',
      'occurred while loading',
      ': error: -[',
      'error: check',
      'error: require',
    ],
    ...['..error', '.. error', ' of D', '\n===', '***', '\nrspec ', '\n----', 'D total', 'tests run: '],
  ]),
  ...words(CUES.SUMS, [
    ...[
      'D fail',
      'D error',
      ' failed',
      'tests passed, ',
      'test result: ',
      ' fail D',
      '\nfailed',
      'failed! ',
      '\nfail\t',
    ],
    ...['assertions: ', 'tests run: ', 'D passed', 'D passing', '\nok', '\npass', '\nbuild success'],
  ]),
  ...words(CUES.TRACES, [
    ...[
      'traceback (',
      'Wat ',
      'goroutine ',
      'panicked at',
      '\npanic: ',
      'fatal error: ',
      'unhandled exception',
      '\nphp ',
    ],
    ...[':in `', ":in '"],
  ]),
  ...words(CUES.LEVELS, [
    ...['err', 'crit', 'fatal', 'severe', 'emerg', 'alert', 'panic', 'exception', 'fault', 'level":', 'severity":'],
    ...['lvl":', '\neDDDD ', '\nfDDDD ', '" 50D'],
  ]),
  ...words(CUES.ALARMS, [
    // Levels by their words, by a letter, by a number in fields, a priority or a status, by the mark of Redis, of npm and Vite.
    ...['err', 'severe', 'crit', 'fatal', 'ftl', 'alert', 'emerg', 'panic', 'eDDDD', 'fDDDD', 'cDDDD', '{', '\n<'],
    ...['" 5DD', ' # ', 'fail'],
    // Crashes and stacks without a header.
    ...['exception', 'traceback', 'goroutine', 'unhandled', 'uncaught', 'file "', 'terminate called', '.rb:'],
    // What the reader sees otherwise than it stands here.
    ...['\u001b', '\u0000', '\ufeff'],
  ]),
];

function words(cue: number, list: readonly string[]): readonly (readonly [number, string])[] {
  return list.map((word) => [cue, word] as const);
}

/** What `MAY_TELL` stands for. */
const UNSURE = /\.go:\d+:\d+: | 50\d\b/i;

/** What `\s` stands for. */
const WHITE =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isWhite = (code: number): boolean => WHITE.includes(String.fromCharCode(code));
const isLineEnd = (code: number): boolean => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;

/** Signs that stand for several codes; the first that fits tells the column of a code that no word names. */
const KINDS: readonly (readonly [string, (code: number) => boolean])[] = [
  ['D', isDigit],
  ['A', isLetter],
  ['\n', isLineEnd],
  ['W', isWhite],
];

const fits = (sign: string, code: number): boolean =>
  KINDS.find(([kind]) => kind === sign)?.[1](code) ?? sign.charCodeAt(0) === code;

/** A state is the place of its row in `next`; 0 is the beginning. */
interface Walk {
  readonly next: Uint16Array;
  /** Families of the words that end in each state. */
  readonly told: Uint8Array;
  /** Of each code of UTF-16 its column: codes that no word tells apart have the same. */
  readonly columns: Uint8Array;
  /** At the beginning of a line. */
  readonly start: number;
}

/** An automaton of all words at once: each of its states stands for the words that have begun, and how far they are. */
function createWalk(): Walk {
  const columns = new Uint8Array(0x10000);
  // The first column is that of the codes of which no word knows anything.
  const samples = [0xfffd];
  const columnOf = new Map<string, number>();
  const literals = WORDS.map(([, word]) => word).join('');
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('');
  for (const sign of `${ascii}${WHITE}${literals}`) {
    const small = sign.toLowerCase();
    const code = small.charCodeAt(0);
    const kind = literals.includes(small) ? small : (KINDS.find(([, isOf]) => isOf(code))?.[0] ?? '');
    if (kind === '') continue;
    const column = columnOf.get(kind) ?? samples.push(code) - 1;
    columnOf.set(kind, column);
    columns[sign.charCodeAt(0)] = column;
  }
  // A place in a word is one number; `ends` tells what is at the end of one.
  const signs: string[] = [];
  const ends: number[] = [];
  const firsts = WORDS.map(([cue, word]) => {
    const first = signs.length;
    for (const sign of word) {
      signs.push(sign);
      ends.push(0);
    }
    ends[signs.length - 1] = cue;
    return first;
  });
  const fitting = samples.map((code) => Uint8Array.from(signs, (sign) => (fits(sign, code) ? 1 : 0)));
  const states: (readonly number[])[] = [[]];
  const ended = [0];
  const known = new Map<string, number>([['', 0]]);
  /** The state behind these places. */
  const behind = (places: readonly number[]): number => {
    const going = places.filter((at) => ends[at] === 0).map((at) => at + 1);
    const cues = places.reduce((all, at) => all | (ends[at] ?? 0), 0);
    const key = cues === 0 ? going.join() : `${String(cues)}:${going.join()}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    ended.push(cues);
    known.set(key, states.length);
    return states.push(going) - 1;
  };
  const begun = fitting.map((fit) => firsts.filter((at) => fit[at] === 1));
  const afresh = begun.map(behind);
  const next: number[] = [];
  for (let state = 0; state < states.length; state += 1) {
    const places = states[state] ?? [];
    fitting.forEach((fit, column) => {
      const going = places.filter((at) => fit[at] === 1);
      // From most states nearly every sign leads back to where it begins words.
      const to = going.length === 0 ? afresh[column] : behind([...going, ...(begun[column] ?? [])]);
      next.push((to ?? 0) * samples.length);
    });
  }
  const told = new Uint8Array(next.length);
  ended.forEach((cues, state) => (told[state * samples.length] = cues));
  return { next: Uint16Array.from(next), told, columns, start: next[columns[10] ?? 0] ?? 0 };
}

let walk: Walk | undefined;

/** The families that have anything to do in a line. */
export function cuesIn(line: string): number {
  const { next, told, columns, start } = (walk ??= createWalk());
  let state = start;
  let cues = 0;
  for (let at = 0; at < line.length; at += 1) {
    state = next[state + (columns[line.charCodeAt(at)] ?? 0)] ?? 0;
    cues |= told[state] ?? 0;
  }
  return (cues & (CUES.TELLS | CUES.MAY_TELL)) === CUES.MAY_TELL && UNSURE.test(line) ? cues | CUES.TELLS : cues;
}

/** Whether any line of a text may tell of a failure. */
export function tells(text: string): boolean {
  const { next, told, columns, start } = (walk ??= createWalk());
  let state = start;
  let cues = 0;
  for (let at = 0; at < text.length; at += 1) {
    state = next[state + (columns[text.charCodeAt(at)] ?? 0)] ?? 0;
    cues |= told[state] ?? 0;
    if ((cues & CUES.TELLS) !== 0) return true;
  }
  return (cues & CUES.MAY_TELL) !== 0 && UNSURE.test(text);
}
