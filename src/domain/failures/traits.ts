/** What is particular about one failure's message: names that another message of the same failure would hold too. */
import { cued, type Cued } from '../cue/index.js';
import { traceOf } from '../log/index.js';
import { leafOf } from './tested.js';

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
  readonly isReport: boolean;
}

const MAX_CHARS = 2_000;

const GENERIC_TYPES = new Set(
  'error exception assertionerror panic failure fault throwable runtimeerror runtimeexception'.split(' '),
);
const TYPE = /\b[A-Za-z_]\w{0,60}(?:Error|Exception|Fault|Panic|Disconnect|Timeout|Interrupt)\b/g;
const CODE =
  /\b(?:TS|CS|E|MSB|NU|C|LNK|ORA-|SQLSTATE\[?|AADSTS|ERR_|VUE)\d{2,6}\b|\bE[A-Z]{4,14}\b|\bERR_[A-Z_]{3,40}\b|\bSIG[A-Z]{3,5}\b/g;
const HTTP = /\b(?:HTTP\/[\d.]+|HTTP|status(?: code)?:?|API Error:?|error:?|returned?|with) ([45]\d\d)\b/gi;
const PLACE =
  /([\w@.-]{1,80}\.[A-Za-z]{1,6})[:(](?:line )?(\d{1,6})|File "[^"\n]{0,200}?([\w.-]{1,80})", line (\d{1,6})/g;
const FILE =
  /[\w@.-]{1,80}\.(?:[cm]?[jt]sx?|py|go|rs|java|kts?|cs|rb|php|cc?|cpp|hpp?|swift|vue|svelte|sql|scala|exs?|dart|lua)\b/g;
const COMPILED =
  /^\W{0,4}\S{1,200}\.\w{1,6}(?:[(:]\d+[,:]?\d*\)?|:\[\d+,\d+\]):?(?: -)? (?:fatal )?error\b|^error\[E\d+\]|^\S{1,200}\.go:\d+:\d+: /m;
const FRAME = /^\s*(?:at |File ")|^\s+in /;

const SYMPTOMS: readonly (readonly [string, RegExp])[] = [
  [
    'crash',
    /\b(?:crash\w*|segfault\w*|segmentation|dies|died|core dumped|abst(?:ürz|urz)\w*|stürzt|plant[ea]\w*|вылета\w*|падает)\b/iu,
  ],
  [
    'hang',
    /\b(?:freez\w*|froze\w*|hang(?:s|ing)?|hung|stuck|unresponsive|spins?|spinner|never (?:stops?|ends?|returns?|finish\w*)|deadlock\w*|hängt|friert|зависа\w*)\b/iu,
  ],
  ['leak', /\b(?:leak\w*|open handles?|out of memory|oom)\b/i],
  ['down', /\b(?:down|unreachable|offline|refus\w*|econnrefused|502|503|unavailable)\b/i],
  ['timeout', /\b(?:time[ds]?[ -]?out\w*|deadline exceeded|etimedout)\b/i],
];
const AGAIN = cued(
  /\b(?:still|again|once more|back|keeps?|same|immer noch|wieder|encore|toujours|todav[ií]a|otra vez|de novo|опять|снова|всё ещё)\b|まだ|再び|还是|又/iu,
);

/** Words that many failures share, and those that prose is made of. */
const COMMON = new Set(
  (
    'the and for that this with from not was are were has have had but you your our its his her they them then than when while after before about into onto over under more most some any all one two been being does did doing done will would could should can cannot may might must just only very also still again now here there what which who why how out off get got gets same always never every ' +
    'error errors exception exceptions fail fails failed failing failure fault fatal crash crashes panic abort cause caused call called calls could unable unexpected invalid test tests spec expected received actual assert assertion value values object line lines file files code exit status message type name null undefined none true false at in on of to is it be as by or no an if we me my do so up us ' +
    'traceback recent last most main module anonymous async await native node modules internal site packages lib src app users home usr var tmp work projects system string int number function method class self return please look fix broken breaks something nothing thing wrong problem issue bug run runs running process thread'
  ).split(' '),
);

/** Inflections of English put together; other words by their first letters. */
function stemOf(word: string): string {
  let stem = word.toLowerCase();
  if (/^fr(?:o|ee)z/.test(stem)) return 'freez';
  if (stem.length > 5) stem = stem.replace(/(?:ations?|ings?|ions?|edly|ed|es|ers?|ments?|ly|s|e)$/, '');
  else if (stem.length > 3) stem = stem.replace(/(?:ed|es|s|e)$/, '');
  stem = stem.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
  return stem.length > 7 ? stem.slice(0, 7) : stem;
}

export function stemsOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>();
  const split = text.replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ').replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ');
  for (const [word] of split.matchAll(/[\p{L}]{3,40}/gu)) {
    const small = word.toLowerCase();
    if (!COMMON.has(small)) stems.add(stemOf(small));
  }
  return stems;
}

const lowered = (matches: Iterable<RegExpMatchArray>, group = 0): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const match of matches) if (match[group] !== undefined) found.add(match[group].toLowerCase());
  return found;
};

/** A form of which a text may have many, and what tells in advance whether it has any. */
interface Marked {
  readonly form: RegExp;
  readonly cue: Cued;
}

const marked = (form: RegExp): Marked => ({ form, cue: cued(new RegExp(form.source, form.flags.replace('g', ''))) });

const TEST_NAMES: readonly Marked[] = [
  marked(/^FAILED \S+?::(\S+)/gm),
  marked(/--- FAIL: (\S+)/g),
  marked(/^\s{0,4}FAIL {1,3}\S+\.\w{2,4} > (.{1,200})$/gm),
  marked(/^test (\S+) \.\.\. FAILED$/gm),
  marked(/^\s*Failed ([\w.]{3,200}) \[/gm),
  marked(/^\s*(\w+(?:\.\w+)+)\s{1,8}Failed$/gm),
  marked(/^\s{0,4}● (.{1,200})$/gm),
  marked(/\b\d+ of \d+ (?:FAIL|ERROR)(?: \d+)? (\S{1,200})/g),
  marked(/^(?:FAIL|ERROR): (\w+) \(/gm),
  marked(/^_{3,} (\S{1,200}) _{3,}$/gm),
  marked(/^\s*[✕✗✖×] (.{1,200}?)(?: \(?[\d.]+ ?m?s\)?)?$/gm),
  marked(/\b(test_\w{3,100}|Test[A-Z]\w{3,100})\b(?!\.\w{2,3}\b)/g),
];

const known = new Map<string, Traits>();
/** A message is compared with those that its conversation remembers, and these with every other. */
const MOST_KNOWN = 64;

export function traitsOf(message: string): Traits {
  const before = known.get(message);
  if (before !== undefined) return before;
  const traits = readTraits(message);
  for (const oldest of known.keys()) {
    if (known.size < MOST_KNOWN) break;
    known.delete(oldest);
  }
  known.set(message, traits);
  return traits;
}

function readTraits(message: string): Traits {
  const text = message.length > MAX_CHARS ? message.slice(0, MAX_CHARS) : message;
  const trace = traceOf(text);
  const types = new Set([...lowered(text.matchAll(TYPE))].filter((type) => !GENERIC_TYPES.has(type)));
  const codes = new Set([...lowered(text.matchAll(CODE)), ...lowered(text.matchAll(HTTP), 1)]);
  const places = new Set<string>();
  for (const [, file, line, other, at] of text.matchAll(PLACE))
    places.add(`${file ?? other ?? ''}:${line ?? at ?? ''}`.toLowerCase());
  const tests = new Set<string>();
  for (const { form, cue } of TEST_NAMES) {
    if (!cue.test(text)) continue;
    for (const match of text.matchAll(form))
      tests.add(
        leafOf(match[1] ?? '')
          .toLowerCase()
          .replace(/[\s_]+/g, ' '),
      );
  }
  const frames = text.split('\n').filter((line) => FRAME.test(line));
  const spoken = text
    .split('\n')
    .filter((line) => !FRAME.test(line))
    .join('\n');
  const compiled = COMPILED.test(text);
  const said = saidIn(spoken);
  return {
    plain: plainOf(spoken),
    types,
    codes,
    tests,
    places,
    files: lowered(text.matchAll(FILE)),
    subjects: subjectsOf(said),
    words: stemsOf(spoken.replace(/(?:[\w.-]*[/\\]){2,}/g, ' ')),
    called: stemsOf(frames.slice(0, MAX_FRAMES).map(calledIn).join(' ')),
    symptoms: new Set(SYMPTOMS.filter(([, pattern]) => pattern.test(spoken)).map(([name]) => name)),
    compiled: compiled ? plainOf(said) : null,
    said: plainOf(said),
    isApi: /^\s*API Error\b|\boverloaded(?:_error)?\b|\brate_limit_error\b|\bapi_error\b/i.test(text),
    again: AGAIN.test(spoken),
    isReport:
      trace === null && !compiled && tests.size === 0 && types.size === 0 && codes.size === 0 && isProse(spoken),
  };
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

const plainOf = (text: string): string =>
  text
    .slice(0, 400)
    .toLowerCase()
    .replace(/^exit code \d+\s*/, '')
    .replace(/\breq_\w+|\b[0-9a-f]{7,64}\b|\b[0-9a-f-]{32,40}\b/g, '#')
    .replace(/(?:[\w.@-]*[/\\])+(?=[\w.-])/g, '')
    .replace(/\d+(?:\.\d+)?/g, '#')
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
