/** What is particular about one failure's message: names that another message of the same failure would hold too. */
import { cued } from '../cue/index.js';
import { traceOf } from '../log/index.js';
import { testsIn } from './names.js';
import { stemsOf } from './stems.js';

export interface Traits {
  /** In small letters, without numbers and paths: the same for the same message of another run. */
  readonly plain: string;
  /** Names of exceptions, without packages; none that say nothing, such as `Error`. */
  readonly types: ReadonlySet<string>;
  /** Error codes of compilers, databases, systems and HTTP. */
  readonly codes: ReadonlySet<string>;
  readonly tests: ReadonlySet<string>;
  /** `file:line` of the program itself. */
  readonly places: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  /** What the message names: in quotes, by path, by host. Two that differ in nothing else are about two things. */
  readonly subjects: ReadonlySet<string>;
  /** Stems of what it is about. */
  readonly words: ReadonlySet<string>;
  /** Stems out of the names of functions in a stack, and of the files they are in. */
  readonly called: ReadonlySet<string>;
  /** How it shows: crash, hang, leak. */
  readonly symptoms: ReadonlySet<string>;
  readonly compiled: string | null;
  /** What the exception itself says. */
  readonly said: string;
  readonly isApi: boolean;
  readonly again: boolean;
  /** It speaks of tests. */
  readonly ofTests: boolean;
  /** A program was brought down by it. */
  readonly isFatal: boolean;
  readonly isReport: boolean;
}

const MAX_CHARS = 2_000;

const GENERIC_TYPES = new Set(
  'error exception assertionerror panic failure fault throwable runtimeerror runtimeexception'.split(' '),
);
const TYPE = /\b[A-Za-z_]\w{0,60}(?:Error|Exception|Fault|Panic|Disconnect|Timeout|Interrupt)\b/g;
const CODE =
  /\b(?:TS|CS|E|MSB|NU|C|LNK|ORA-|SQLSTATE\[?|AADSTS|ERR_|VUE)\d{2,6}\b|\bE[A-Z]{4,14}\b|\bERR_[A-Z_]{3,40}\b|\bSIG[A-Z]{3,5}\b/g;
const HTTP =
  /\b(?:HTTP\/[\d.]+|HTTP|status(?: code)?:?|API Error:?|error:?|returne?d?|returns|with|mit|throws|gives|an?) ([45]\d\d)\b/gi;
const PLACE =
  /([\w@.-]{1,80}\.[A-Za-z]{1,6})[:(](?:line )?(\d{1,6})|File "[^"\n]{0,200}?([\w.-]{1,80})", line (\d{1,6})/g;
const FILE =
  /[\w@.-]{1,80}\.(?:[cm]?[jt]sx?|py|go|rs|java|kts?|cs|rb|php|cc?|cpp|hpp?|swift|vue|svelte|sql|scala|exs?|dart|lua)\b/g;
const COMPILED =
  /^\W{0,4}\S{1,200}\.\w{1,6}(?:[(:]\d+[,:]?\d*\)?|:\[\d+,\d+\]):?(?: -)? (?:fatal )?error\b|^error\[E\d+\]|^\S{1,200}\.go:\d+:\d+: /m;
/** What `COMPILED` cannot do without; unlike it, it begins with a sign that few messages have. */
const MAY_BE_COMPILED = /[):\],\d](?: -)? (?:fatal )?error\b|^error\[E|\.go:\d/m;
const API = /^\s*API Error\b|\boverloaded(?:_error)?\b|\brate_limit_error\b|\bapi_error\b/i;
const PATH = /(?:[\w.-]*[/\\]){2,}/g;
const FRAME = /^\s*(?:at |File ")|^\s+in /;

const SYMPTOMS: readonly (readonly [string, RegExp])[] = [
  [
    'crash',
    /\b(?:crash\w*|segfault\w*|segmentation|dies|died|core dumped|abst(?:ürz|urz)\w*|stürzt|plant[ea]\w*|force[- ]?clos\w*|(?:clos|quit|exit)\w* (?:by itself|on its own|itself)|вылета\w*|падает)\b/iu,
  ],
  [
    'hang',
    /\b(?:freez\w*|froze\w*|hang(?:s|ing)?|hung|stuck|unresponsive|spins?|spinner|never (?:stops?|ends?|returns?|finish\w*)|deadlock\w*|hängt|friert|зависа\w*)\b/iu,
  ],
  ['leak', /\b(?:leak\w*|open handles?|out of memory|oom)\b/i],
  [
    'down',
    /\b(?:down|unreachable|offline|refus\w*|econnrefused|502|503|unavailable|(?:can'?t|can’t|cannot|could ?n'?t|doesn'?t) (?:even )?(?:connect|reach|be reached)|no connection|not reachable)\b/i,
  ],
  ['loop', /\bkeeps? (?:on )?re(?:start|boot|spawn)ing|\b(?:restart|reboot|crash)[ -]?loop\w*|\bCrashLoopBackOff\b/i],
  ['timeout', /\b(?:time[ds]?[ -]?out\w*|deadline exceeded|etimedout)\b/i],
];
const FATAL =
  /\bEXCEPTION: \w|^panic: |\bSIG(?:SEGV|ABRT|BUS)\b|Segmentation fault|\b(?:Unhandled|Uncaught|uncaught)\b|OutOfMemory|core dumped|panicked at|EXC_BAD_ACCESS|Terminating app/m;
/** A status that a program told, and not a person. */
const ANSWER = /^\W{0,3}(?:HTTP|curl|wget|API|[A-Z]{3,7} \/|\d|\S{1,40}[:=]\s?\d{3}\b)/;
const AGAIN = cued(
  /\b(?:still|again|once more|back|keeps?|same|immer noch|wieder|encore|toujours|todav[ií]a|otra vez|de novo|опять|снова|всё ещё)\b|まだ|再び|还是|又/iu,
);

const lowered = (matches: Iterable<RegExpMatchArray>, group = 0): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const match of matches) if (match[group] !== undefined) found.add(match[group].toLowerCase());
  return found;
};

const known = new Map<string, Traits>();
/** A message is compared with those that its conversation remembers, and these with every other. */
const MOST_KNOWN = 64;

export function traitsOf(message: string): Traits {
  const before = known.get(message);
  if (before !== undefined) return before;
  const traits = readTraits(message.length > MAX_CHARS ? message.slice(0, MAX_CHARS) : message);
  for (const oldest of known.keys()) {
    if (known.size < MOST_KNOWN) break;
    known.delete(oldest);
  }
  known.set(message, traits);
  return traits;
}

const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
};

/** Each is read when it is first asked for: most messages differ in the first few. */
function readTraits(text: string): Traits {
  const lines = text.split('\n');
  const spoken = lines.filter((line) => !FRAME.test(line)).join('\n');
  const plain = lazily(() => plainOf(spoken));
  const types = lazily(() => new Set([...lowered(text.matchAll(TYPE))].filter((type) => !GENERIC_TYPES.has(type))));
  const codes = lazily(() => new Set([...lowered(text.matchAll(CODE)), ...lowered(text.matchAll(HTTP), 1)]));
  const tests = lazily(() => testsIn(text));
  const places = lazily(() => placesIn(text));
  const files = lazily(() => lowered(text.matchAll(FILE)));
  const message = lazily(() => saidIn(spoken));
  const subjects = lazily(() => subjectsOf(message()));
  const words = lazily(() => withServices(text, stemsOf(/[/\\]/.test(spoken) ? spoken.replace(PATH, ' ') : spoken)));
  const called = lazily(() =>
    stemsOf(
      lines
        .filter((line) => FRAME.test(line))
        .slice(0, MAX_FRAMES)
        .map(calledIn)
        .join(' '),
    ),
  );
  const symptoms = lazily(() => new Set(SYMPTOMS.filter(([, pattern]) => pattern.test(spoken)).map(([name]) => name)));
  const said = lazily(() => plainOf(message()));
  const isCompiled = lazily(() => MAY_BE_COMPILED.test(text) && COMPILED.test(text));
  const isApi = lazily(() => API.test(text));
  const again = lazily(() => AGAIN.test(spoken));
  const ofTests = lazily(() => /\b(?:tests?|specs?|suite|testcase)\b/i.test(spoken));
  const isFatal = lazily(() => FATAL.test(text));
  const isReport = lazily(
    () =>
      types().size === 0 &&
      [...codes()].every((code) => /^\d{3}$/.test(code) && !ANSWER.test(spoken)) &&
      !isCompiled() &&
      tests().size === 0 &&
      isProse(spoken) &&
      traceOf(text) === null,
  );
  return {
    get plain() {
      return plain();
    },
    get types() {
      return types();
    },
    get codes() {
      return codes();
    },
    get tests() {
      return tests();
    },
    get places() {
      return places();
    },
    get files() {
      return files();
    },
    get subjects() {
      return subjects();
    },
    get words() {
      return words();
    },
    get called() {
      return called();
    },
    get symptoms() {
      return symptoms();
    },
    get compiled() {
      return isCompiled() ? said() : null;
    },
    get said() {
      return said();
    },
    get isApi() {
      return isApi();
    },
    get again() {
      return again();
    },
    get ofTests() {
      return ofTests();
    },
    get isFatal() {
      return isFatal();
    },
    get isReport() {
      return isReport();
    },
  };
}

function placesIn(text: string): ReadonlySet<string> {
  const places = new Set<string>();
  for (const [, file, line, other, at] of text.matchAll(PLACE))
    places.add(`${file ?? other ?? ''}:${line ?? at ?? ''}`.toLowerCase());
  return places;
}

/** Who listens where, by custom. */
const PORTS: ReadonlyMap<string, string> = new Map([
  ['6379', 'redis'],
  ['5432', 'postgres database'],
  ['3306', 'mysql database'],
  ['27017', 'mongo database'],
  ['5672', 'rabbitmq'],
  ['9092', 'kafka'],
  ['9200', 'elasticsearch'],
  ['11211', 'memcached'],
]);

function withServices(text: string, words: ReadonlySet<string>): ReadonlySet<string> {
  const names = [...text.matchAll(/(?::|\bport )(\d{4,5})\b/g)].map(([, port = '']) => PORTS.get(port) ?? '').join(' ');
  return names.trim() === '' ? words : new Set([...words, ...stemsOf(names)]);
}

/** The nearest calls name what was done. */
const MAX_FRAMES = 8;
const LIBRARY = cued(/node_modules|site-packages|dist-packages|node:internal|<anonymous>|\/lib\/python/);

/** Function and file of a frame, without arguments, types and folders. */
const calledIn = (line: string): string =>
  LIBRARY.test(line) ? '' : line.replace(/\([^()\n/\\]{0,200}\)/g, ' ').replace(/(?:[\w.@-]*[/\\])+/g, ' ');

/** Whether a person wrote this: words in a row, in small letters, without the signs of programs. */
const isProse = (text: string): boolean =>
  !/^(?:\S{1,60}: )?(?:error|fatal|fail|ERROR|FATAL|E)\b\s?[:\]]|^\w+(?:Error|Exception)|^\[|^\{|^[\d:.-]{8}|^\S+: \S+: |: line \d+:|not found$/i.test(
    text.trim(),
  ) &&
  (/\b(?:the|a|an|when|if|after|is|are|it|on|my|our|i|we|you|der|die|das|wenn|le|la|les|quand|el|cuando|если|когда|не)\b/iu.test(
    text,
  ) ||
    text.length < 60);

const QUOTED = /'([^'\n]{1,120})'|"([^"\n]{1,120})"|`([^`\n]{1,120})`|\b(\S{1,60}): (?:command )?not found/g;

function subjectsOf(said: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of said.slice(0, 400).matchAll(QUOTED)) {
    const parts: readonly (string | undefined)[] = match.slice(1);
    const subject = parts.find((part) => part !== undefined) ?? '';
    const host = /^\w+:\/\/([^/:]+)/.exec(subject)?.[1];
    found.add((host ?? subject).toLowerCase());
  }
  return found;
}

/** Behind the name of the exception or the level, on the line that has one; else the first line. */
function saidIn(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const named =
    lines.find((line) => /\w(?:Error|Exception|Panic|error(?: \w+)?)\b[^:]{0,30}: \S/.test(line)) ?? lines[0] ?? '';
  const colon = /(?:Error|Exception|Panic|error(?: [A-Z]+\d+)?|error\[E\d+\])\b[^:\n]{0,30}: /.exec(named);
  return colon === null ? named : named.slice(colon.index + colon[0].length);
}

function plainOf(text: string): string {
  const named = text
    .slice(0, 400)
    .toLowerCase()
    .replace(/^exit code \d+\s*/, '')
    .replace(/\breq_\w+|\b[0-9a-f]{7,64}\b|\b[0-9a-f-]{32,40}\b/g, '#');
  return (/[/\\]/.test(named) ? named.replace(/(?:[\w.@-]*[/\\])+(?=[\w.-])/g, '') : named)
    .replace(/\d+(?:\.\d+)?/g, '#')
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}
