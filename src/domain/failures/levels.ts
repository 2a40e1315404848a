/**
 * Lines of logs, each seen by itself: at which level, and what stands behind the head. The reader of logs decides on one format for
 * a text; a few lines, or two formats in one, are too little for it.
 */

export interface Entry {
  /** Of level error or worse. */
  readonly failed: boolean;
  /** Without time, level and host. */
  readonly text: string;
}

const TIME =
  /^[[(<]{0,2}(?:\d{4}[-/.]\d\d[-/.]\d\d(?:[T ,]+\d\d:\d\d[\d:.,Z+-]*)?|\d\d[-/.]\d\d(?:[-/.]\d{2,4})?[ ,T]+\d\d:\d\d[\d:.,]*(?: [AP]M)?|\d\d:\d\d:\d\d[\d.,]*(?: [AP]M)?|\d\d\/[A-Z][a-z]{2}\/\d{4}[: ][\d:. +-]{5,20}|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?(?: \d{4})?| {0,6}\d{1,9}\.\d{3,6}(?=\]))(?: UTC| [+-]\d{4}| [A-Z]{3,4}(?=\]))?[\])>]{0,2}(?:,\d{1,6})?(?=[\s:|,[]|$)[\s:|,-]{0,4}/;
/** `host program[pid]: ` behind the time. */
const HOST = /^[\w.-]{1,60} [\w.@/()-]{1,60}(?:\[\d+\])?: /;
/** `uniq -c` counts, `grep` numbers and names before the line. */
const COUNTED =
  /^(?:\s{1,10}\d{1,9} |[\w./@-]{1,120}:\d{1,7}:|\d{1,7}:)(?=[[({<]{0,2}(?:\d{4}-\d\d|\w{1,12}=|"\w|[A-Z][a-z]{2} +\d{1,2} \d\d:|\d\d:\d\d:\d\d|[EF] \())/;

const WORDS = 'TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|FATAL|CRITICAL|CRIT|SEVERE|PANIC|ALERT|EMERG';
const LOUD = new RegExp(`^.{0,90}?(?:^|[\\s[(<|:/*!])(${WORDS})(?=[\\s\\]):>|,*!-]|$)[\\])>|:*!]{0,3}[\\s:|-]{0,4}`);
const SMALL =
  /^.{0,60}?(?:[[<(](trace|debug|dbg|info|inf|notice|warn|warning|wrn|error|err|fatal|critical|crit|alert|emerg|panic)[\]>)]|(?:^|\s)(trace|debug|info|notice|warn|warning|error|fatal|critical|crit|panic)(?::| \|| {2,}| - ))\s{0,4}/;
const FAILED = /^(?:err(?:or)?|fatal|crit(?:ical)?|severe|panic|alert|emerg(?:ency)?|dpanic|failure)$/i;
const LEVEL = /^(?:trace|debug|dbg|info|inf|information|notice|warn|warning|wrn|verbose|ok)$/i;

/** The level in one letter before the message: ESP-IDF, klog, CUPS, Android. */
const LETTERED: readonly RegExp[] = [
  /^([EFWIDV]) \(\d{1,12}\) (?=[\w.:/-]{1,40}: )/,
  /^([EFWI])\d{4} (?:\d\d:\d\d:\d\d\S* +)?(?:\d+ +)?(?:[\w.-]{1,60}:\d+\] ?)?/,
  /^([XACEWNIDd]) \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[^\]\n]{5,24}\] /,
  /^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +(?:\d+ +\d+ +)?([VDIWEFA])[ /](?=[\w.:$() -]{1,60}: )/,
  /^([VDIWEF])(?:\/(?=[\w.$-]{2,60} *(?:\( *\d+\))?: )| (?=\w{0,40}[a-z][A-Z]\w{0,40}: ))/,
];

const JSON_LEVEL =
  /"(?:level|severity|lvl|loglevel|log\.level|levelname|log_level|@l|level_name)":\s?(?:"(\w{1,12})"|(\d\d)\b)/i;
const FMT_LEVEL = /(?:^|\s)(?:level|lvl|severity|loglevel)=["']?(\w{1,12})/;
const JSON_SAID =
  /"(?:msg|message|event|body|@m|@mt|error|err|exception|cause|reason|detail|error_message|errorMessage)":\s?"((?:[^"\\]|\\.){1,400})"/g;
const FMT_SAID =
  /(?:^|\s)(?:msg|message|event|error|err|exception|cause|reason|detail)=(?:"((?:[^"\\]|\\.){1,400})"|([^\s"]{1,200}))/g;

/** What the fields of an entry say, the message first. */
export function saidInFields(line: string): string {
  const said = new Set<string>();
  const pattern = line.startsWith('{') ? JSON_SAID : FMT_SAID;
  for (const match of line.matchAll(pattern)) {
    const value = (match[1] ?? match[2] ?? '').replace(/\\n/g, '\n').replace(/\\"/g, '"');
    if (value !== '' && ![...said].some((other) => other.includes(value))) said.add(value);
    if (said.size === 4) break;
  }
  return [...said].join(': ');
}

const MAX_CHARS = 1_000;

/** @returns null where no head of a log stands before the line, or one without a level */
export function entryOf(whole: string): Entry | null {
  const line = whole.replace(COUNTED, '');
  const fielded = fieldedOf(line);
  if (fielded !== null) return fielded;
  for (const form of LETTERED) {
    const match = form.exec(line);
    if (match?.[1] !== undefined) return { failed: /[EFAXC]/.test(match[1]), text: line.slice(match[0].length) };
  }
  const time = TIME.exec(line);
  if (time === null) return levelledFirst(line);
  const rest = line.slice(time[0].length);
  const host = line.startsWith('[') ? null : HOST.exec(rest);
  const said = host === null ? rest : rest.slice(host[0].length);
  if (host !== null) {
    const inner = entryOf(said);
    if (inner !== null) return inner;
  }
  const loud = LOUD.exec(said) ?? (host === null ? null : LOUD.exec(rest));
  const small = SMALL.exec(said);
  const match = loud !== null && (small === null || loud[0].length <= small[0].length) ? loud : small;
  const level = match?.[1] ?? match?.[2];
  if (match === null || level === undefined) return null;
  return { failed: FAILED.test(level), text: said.length > match[0].length ? said.slice(match[0].length) : rest };
}

function fieldedOf(line: string): Entry | null {
  const json = line.startsWith('{"') ? JSON_LEVEL.exec(line) : null;
  const match = json ?? (line.includes('=') ? FMT_LEVEL.exec(line.slice(0, MAX_CHARS)) : null);
  if (match === null) return null;
  const level = match[1] ?? match[2] ?? '';
  if (!FAILED.test(level) && !LEVEL.test(level) && !/^[1-6]0$/.test(level)) return null;
  const said = saidInFields(line);
  return { failed: FAILED.test(level) || /^[56]0$/.test(level), text: said === '' ? line : said };
}

/** `ERROR 2026-07-02T10:01:12Z billing: …`, `[Nest] 812  - 07/02/2026, 10:01:12 AM   ERROR …` */
function levelledFirst(line: string): Entry | null {
  const named = /^\[?([A-Z]{3,9})\]?:?\s{1,4}(?=[[(]?(?:\d{4}-\d\d|\d\d:\d\d:\d\d))/.exec(line);
  if (named?.[1] !== undefined && (FAILED.test(named[1]) || LEVEL.test(named[1]))) {
    const rest = line.slice(named[0].length);
    return { failed: FAILED.test(named[1]), text: rest.slice(TIME.exec(rest)?.[0].length ?? 0) };
  }
  const framed = /^\[\w{2,20}\] \d{1,9} {1,3}- /.exec(line);
  return framed === null ? null : entryOf(line.slice(framed[0].length));
}

/** What stands behind the time and the host; the line itself where no time is in front. */
export function behindHead(whole: string): string {
  const line = whole.slice(0, 500).replace(COUNTED, '');
  const rest = line.replace(TIME, '');
  // The kernel's own have none.
  return (rest === line || line.startsWith('[') ? rest : rest.replace(HOST, '')).trimStart();
}

/** A cheap test of the beginning, before lines are cut. */
export const mayLookLogged = (text: string): boolean => HEADED.test(text.length > 2_000 ? text.slice(0, 2_000) : text);
const HEADED =
  /^(?:\W{0,3}\d{1,4}[-/.:]\d\d|\W{0,3}[A-Z][a-z]{2} +(?:[A-Z][a-z]{2} +)?\d|[A-Z] [([]\d|[EWIF]\d{4} |\{"|\[ *\d+\.\d|\s*\d+ \S|.{0,60}\b(?:level|lvl)=|\*{3}|Guru|assert|abort|[A-Z]{3,9} +[[(]?\d{4})/m;

const SAMPLE = 40;
/** What stands between the entries of a log without a head of its own. */
const GOES_ON =
  /^(?:\s+\S|Traceback|Caused by|Backtrace|Rebooting|Guru Meditation|abort\(\)|assert failed|\*\*\*|goroutine \d|[\w.$]{1,80}(?:Error|Exception)\b|#\d+ )/;

/** Whether a text is a log: most of its lines have the head of one. */
export function looksLogged(lines: readonly { readonly text: string }[]): boolean {
  let told = 0;
  let headed = 0;
  let goes = 0;
  for (const { text } of lines) {
    if (text === '') continue;
    told += 1;
    if (TIME.test(text) || entryOf(text) !== null) headed += 1;
    else if (GOES_ON.test(text)) goes += 1;
    if (told === SAMPLE) break;
  }
  return (headed > 0 && headed + goes >= told * 0.7) || (goes > 0 && DEVICE.test(lines[0]?.text ?? ''));
}

/** What only a device says of itself as it goes down. */
const DEVICE = /^(?:Guru Meditation Error: |assert failed: |abort\(\) was called at PC|\*{3} ?(?:ERROR|FATAL))/;
