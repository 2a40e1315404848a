import { CARRIERS, type Carrier, formatOf, OWN, PLAIN, within } from './formats/index.js';
import { LEVELS, type LogFormat, NO_LEVEL } from './model.js';
import { startOf, tellsCrash } from './starts.js';
import { stripAnsi } from './strip.js';

/** What a detector knows, as plain JSON. */
export interface DetectorState {
  readonly wanted: string;
  /** Name of the decided format; null before that. */
  readonly decided: string | null;
  /** Lines that each format knew: all of them before the decision, then those of the present window the decided one did not. */
  readonly hits: Readonly<Record<string, number>>;
  /** Lines seen before the decision, then in the present window. */
  readonly lines: number;
  /** Of the present window, those the decided format knew. */
  readonly own: number;
}

/** Finds out how the lines of one file are to be read. */
export interface Detector {
  /** Null while undecided. */
  readonly format: LogFormat | null;
  /** What the format that `see` gave out says of that line: `format.level(line)`, without asking it again. */
  readonly lastLevel: number;
  /** The format to read this line with; feeds the decision. */
  see(line: string): LogFormat;
  /** Instead of `see`, of a line that `format.quick` told the level of. */
  know(level: number): void;
  save(): DetectorState;
}

/** Decided after so many lines when the best format has so many hits, and after very many in any case. */
const ENOUGH_LINES = 20;
const ENOUGH_HITS = 5;
const VERY_MANY_LINES = 200;
/** A decision falls when another format knows so many lines of a window, and more than twice as many as the decided one. */
const WINDOW_LINES = 256;
const OVERRULED = 16;
/** Share of lines that a carrier must have put its columns in front of. */
const MOST = 0.8;

/** Formats that a single line does not prove: a date in a message, a word at the start of a wrapped line. */
const WEAK = new Set(['generic', 'console']);
/** A line's own format reads more out of it than one that knows any date: that one wins only where few have their own. */
const WEIGHTS: Readonly<Record<string, number>> = { dated: 0.4, generic: 0.3, console: 0.25 };

/** By what a line can begin with: d digit, U capital, l small letter, else the sign itself; formats not named begin anyhow. */
const STARTS: Readonly<Record<string, string>> = {
  json: '{',
  redis: 'd[',
  klog: 'U',
  uvicorn: 'U',
  access: 'dUl[',
  python: 'd',
  flask: '[',
  celery: '[',
  airflow: '[',
  scrapy: 'd',
  loguru: 'dU',
  oslo: 'dUl',
  'python-basic': 'U',
  pytest: 'U',
  gunicorn: '[',
  'nginx-error': 'd',
  'apache-error': '[',
  spring: 'd',
  logback: 'd',
  log4j: 'd',
  iso: 'd[',
  logfmt: 'l',
  vite: 'd[',
  npm: 'l',
  dated: 'dU[<(',
};

function kindOf(code: number): string {
  if (code >= 48 && code <= 57) return 'd';
  if (code >= 65 && code <= 90) return 'U';
  if (code >= 97 && code <= 122) return 'l';
  return String.fromCharCode(code);
}

const byStart = new Map<string, readonly LogFormat[]>();
for (const kind of ['d', 'U', 'l', '[', '{', '<', '(', ' ', '\t', '}', ')', ']', '^', '|'])
  byStart.set(
    kind,
    OWN.filter(({ name }) => STARTS[name]?.includes(kind) ?? !/[\s})\]^|]/.test(kind)),
  );

/** The formats that a line with this beginning may have; those of a coloured or marked line are all. */
function candidates(line: string): readonly LogFormat[] {
  return byStart.get(kindOf(line.charCodeAt(0))) ?? OWN;
}

const SMALL = OWN.filter(({ name }) => name === 'logfmt');

interface Match {
  readonly format: LogFormat;
  readonly level: number;
}

/** The most telling of `pool` that knows the line. */
function firstOf(pool: readonly LogFormat[], line: string, weakToo: boolean): Match | null {
  for (const format of pool) {
    if (!weakToo && WEAK.has(format.name)) continue;
    const level = format.level(line);
    if (level !== -1) return { format, level };
  }
  return null;
}

function carrierOf(line: string, carriers: readonly Carrier[]): Carrier | null {
  const code = line.charCodeAt(0);
  if (code === 32 || code === 9 || line === '') return null;
  return carriers.find((carrier) => carrier.payloadAt(line) >= 0) ?? null;
}

/** What carries the lines of a format such as `syslog` or `syslog+python`. */
function carrierNamed(format: LogFormat | null): Carrier | null {
  return CARRIERS.find(({ name }) => name === format?.name || format?.name.startsWith(`${name}+`)) ?? null;
}

/** Whom this line by itself belongs to; null where nothing is sure. */
function surely(
  line: string,
  pool: readonly LogFormat[],
  carriers: readonly Carrier[],
  weakToo: boolean,
): Match | null {
  const carrier = carrierOf(line, carriers);
  if (carrier !== null) {
    const inside = carrier.text(line);
    const inner = firstOf(pool === OWN ? candidates(inside) : pool, inside, false)?.format ?? null;
    if (inner !== null || carrier.sure) {
      const format = within(carrier, inner ?? PLAIN);
      return { format, level: format.level(line) };
    }
  }
  return firstOf(pool === OWN ? candidates(line) : pool, line, weakToo);
}

function bump(hits: Map<string, number>, name: string): number {
  const count = (hits.get(name) ?? 0) + 1;
  hits.set(name, count);
  return count;
}

/** The format of `pool` with the most hits behind `prefix`, weighted by how much its lines prove. */
function bestOf(pool: readonly LogFormat[], hits: ReadonlyMap<string, number>, prefix: string): LogFormat | null {
  let best: LogFormat | null = null;
  let most = 0;
  for (const format of pool) {
    const score = (hits.get(prefix + format.name) ?? 0) * (WEIGHTS[format.name] ?? 1);
    if (score > most) [best, most] = [format, score];
  }
  return best;
}

function choose(
  pool: readonly LogFormat[],
  carriers: readonly Carrier[],
  hits: ReadonlyMap<string, number>,
  lines: number,
): LogFormat | null {
  for (const carrier of carriers) {
    const carried = hits.get(carrier.name) ?? 0;
    if (carried < lines * MOST || carried < (carrier.sure ? 1 : 3)) continue;
    const inner = bestOf(pool, hits, `${carrier.name}+`);
    const known = inner === null ? 0 : (hits.get(`${carrier.name}+${inner.name}`) ?? 0);
    // A syslog is shared by programs: one of them names it only if most lines are its.
    const enough = carrier.name === 'syslog' ? known >= carried / 2 && !WEAK.has(inner?.name ?? '') : known > 0;
    return within(carrier, enough && inner !== null ? inner : PLAIN);
  }
  return bestOf(pool, hits, '');
}

/** @param wanted `auto`, or a format's name: then only what carries its lines is looked for */
export function createDetector(wanted: string, state?: DetectorState): Detector {
  const fixed = wanted === 'auto' ? null : formatOf(wanted);
  const own = fixed !== null && OWN.includes(fixed);
  const pool = own ? [fixed] : OWN;
  const carriers = fixed === null || own ? CARRIERS : CARRIERS.filter(({ name }) => name === fixed.name);
  const settled = fixed !== null && carriers.length === 0;

  const hits = new Map(Object.entries(state?.hits ?? {}));
  let lines = state?.lines ?? 0;
  let known = state?.own ?? 0;
  let decided = state?.decided == null ? (settled || own ? fixed : null) : formatOf(state.decided);
  let carrier = carrierNamed(decided);
  let lastLevel = -1;

  const give = (match: Match): LogFormat => {
    lastLevel = match.level;
    return match.format;
  };

  const decide = (format: LogFormat): void => {
    decided = format;
    carrier = carrierNamed(format);
    hits.clear();
    lines = known = 0;
  };

  const tally = (line: string): void => {
    lines++;
    // No header and no carrier's column begins with a blank.
    if (line.charCodeAt(0) === 32 || line.charCodeAt(0) === 9) return;
    for (const format of pool) if (format.level(line) !== -1) bump(hits, format.name);
    const by = carrierOf(line, carriers);
    if (by === null) return;
    bump(hits, by.name);
    const inside = by.text(line);
    for (const format of pool) if (format.level(inside) !== -1) bump(hits, `${by.name}+${format.name}`);
  };

  const undecided = (line: string): LogFormat => {
    if (line !== '') tally(line);
    const best = choose(pool, carriers, hits, lines);
    const level = best?.level(line) ?? -1;
    const match =
      best !== null && level !== -1 ? { format: best, level } : surely(line, pool, carriers, best?.loose ?? true);
    const most = Math.max(0, ...hits.values());
    if ((lines >= ENOUGH_LINES && most >= ENOUGH_HITS) || lines >= VERY_MANY_LINES) decide(best ?? PLAIN);
    return give(match ?? { format: best ?? PLAIN, level: -1 });
  };

  /** Programs share a syslog: the one that wrote this line may tell a level where the decided format sees none. */
  const toldInside = (line: string): Match | null => {
    if (carrier === null || carrier.payloadAt(line) < 0) return null;
    const inside = carrier.text(line);
    const first = inside.charCodeAt(0);
    // Most messages begin with a small letter, and so does only logfmt.
    const small = first >= 97 && first <= 122;
    const inner = firstOf(small ? SMALL : pool === OWN ? candidates(inside) : pool, inside, false);
    return inner === null || inner.level === NO_LEVEL
      ? null
      : { format: within(carrier, inner.format), level: inner.level };
  };

  /** The line is none of the decided format's: another may surely know it. */
  const foreign = (line: string, format: LogFormat): LogFormat => {
    const match = line === '' ? null : surely(line, pool, carriers, format.loose ?? false);
    // A carrier that knows no inner format says only that the line is carried, as the decided one said.
    if (match === null || match.level === -1) return give({ format, level: -1 });
    const count = bump(hits, match.format.name);
    if (count >= OVERRULED && count > known * 2) decide(match.format);
    return give(match);
  };

  const nextOfWindow = (): void => {
    if (++lines <= WINDOW_LINES || settled) return;
    hits.clear();
    lines = 1;
    known = 0;
  };

  return {
    get format() {
      return decided;
    },
    get lastLevel() {
      return lastLevel;
    },
    see(line) {
      if (decided === null) return undecided(line);
      nextOfWindow();
      const level = decided.level(line);
      if (level === -1) return settled ? give({ format: decided, level }) : foreign(line, decided);
      known++;
      if (level === NO_LEVEL && decided.carried !== undefined) {
        const told = toldInside(line);
        if (told !== null) return give(told);
      }
      lastLevel = level;
      return decided;
    },
    know(level) {
      nextOfWindow();
      known++;
      lastLevel = level;
    },
    save: () => ({ wanted, decided: decided?.name ?? null, hits: Object.fromEntries(hits), lines, own: known }),
  };
}

const ERROR = LEVELS.indexOf('error');

/**
 * Whether a reader of errors may begin an event with this line, whatever it takes the format of the text for: a cheap look before
 * one is made for a few lines. Of what something else carries nothing is said.
 * @param rough as `Line.rough`, without colours
 */
export function mayBeginError(rough: string): boolean {
  if (startOf(rough, 'sure') !== null || carrierOf(rough, CARRIERS) !== null) return true;
  for (const format of candidates(rough)) {
    const level = format.level(rough);
    if (level === NO_LEVEL ? tellsCrash(rough) : level >= ERROR) return true;
  }
  return false;
}

/** The message of one line by itself; the line without its colours, where nothing in front of it surely is a header. */
export function messageOf(line: string): string {
  const bare = stripAnsi(line);
  const match = surely(bare, OWN, CARRIERS, false) ?? firstOf(OWN, bare, true);
  if (match === null || match.level === -1 || match.format.name === 'generic') return bare;
  const header = match.format.header(bare, { now: 0, zoneMinutes: 0 });
  const message = header.message ?? bare.slice(header.messageAt);
  return message === '' ? bare : message;
}
