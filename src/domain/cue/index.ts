/**
 * Patterns that look at a text only where it contains what they cannot do without. Hundreds of rules read every sentence, and few
 * have anything to do in it: one walk over it finds the literals of all of them. The results are those of the patterns.
 */
import { createFinder, type Finder } from './finder.js';
import { needOf, type Need } from './needs.js';

export interface Cued {
  test(text: string): boolean;
  exec(text: string): RegExpExecArray | null;
}

/** A need by the places of its literals: word of 32 bits and mask, in turns. */
type Ask =
  | { readonly is: 'any'; readonly word: number; readonly mask: number; readonly more: readonly number[] }
  | { readonly is: 'all' | 'some'; readonly of: readonly Ask[] };

class Pattern implements Cued {
  isLearned = false;
  /** Its bit among those that a look at a text sets: at least one of its rarest literals is there. */
  word = 0;
  bit = 0;
  /** What else must be there. */
  ask: Ask | null = null;
  /** Of the same source with other flags. */
  other: Pattern | null = null;

  constructor(readonly pattern: RegExp) {}

  test(text: string): boolean {
    return mayBeIn(this, text) && this.pattern.test(text);
  }

  exec(text: string): RegExpExecArray | null {
    return mayBeIn(this, text) ? this.pattern.exec(text) : null;
  }

  isOf({ ignoreCase, unicode, multiline, dotAll }: RegExp): boolean {
    const { pattern } = this;
    return (
      pattern.ignoreCase === ignoreCase &&
      pattern.unicode === unicode &&
      pattern.multiline === multiline &&
      pattern.dotAll === dotAll
    );
  }
}

function mayBeIn(one: Pattern, text: string): boolean {
  if ((!one.isLearned && !isLearned()) || text.length > MAX_CHARS) return true;
  const look = lookAt(text);
  return ((look.open[one.word] ?? 0) & one.bit) !== 0 && (one.ask === null || isMet(one.ask, look.found));
}

/** In front of many patterns: one question whether any of them has anything to do in a text. */
export interface Door {
  isOpen(text: string): boolean;
}

class Family implements Door {
  /** Words of 32 bits and masks, in turns. */
  private masks: readonly number[] | null = null;

  constructor(private readonly patterns: readonly Pattern[]) {}

  isOpen(text: string): boolean {
    if (text.length > MAX_CHARS) return true;
    this.masks ??= this.learned();
    if (this.masks === null) return this.patterns.some((one) => mayBeIn(one, text));
    const { masks } = this;
    const { open } = lookAt(text);
    for (let at = 0; at < masks.length; at += 2) {
      if (((open[masks[at] ?? 0] ?? 0) & (masks[at + 1] ?? 0)) !== 0) return true;
    }
    return false;
  }

  private learned(): readonly number[] | null {
    if (this.patterns.some((one) => !one.isLearned)) return null;
    const masks = new Map<number, number>();
    for (const { word, bit } of this.patterns) masks.set(word, (masks.get(word) ?? 0) | bit);
    return [...masks].flat();
  }
}

/** @returns what is closed only where none of the patterns matches */
export const doorOf = (patterns: readonly Cued[]): Door =>
  new Family(patterns.filter((one): one is Pattern => one instanceof Pattern));

/** A longer text is no sentence, and holds most literals. */
const MAX_CHARS = 8_000;

const known = new Map<string, Pattern>();

/** @param pattern without `g` and `y`; the same literal, met again, is the same pattern */
export function cued(pattern: RegExp): Cued {
  const first = known.get(pattern.source);
  for (let one = first; one !== undefined; one = one.other ?? undefined) if (one.isOf(pattern)) return one;
  const fresh = new Pattern(pattern);
  fresh.other = first ?? null;
  known.set(pattern.source, fresh);
  waiting.push(fresh);
  return fresh;
}

/** Patterns are learned many at a time, since each time all their literals are put together anew. */
let waiting: Pattern[] = [];
let patience = 2_000;
let asked = patience;
/** Of each literal its place, and the patterns that it opens. */
const places = new Map<string, number>();
const opens: number[][] = [];
let finder: Finder = createFinder([]);
/** The bits of the patterns that any text may match. */
let alwaysOpen = new Uint32Array(0);
let count = 0;

function isLearned(): boolean {
  asked += 1;
  if (asked < patience) return false;
  asked = 0;
  if (places.size > 0) patience *= 4;
  const free = waiting.filter((one) => learn(one, needOf(one.pattern)));
  waiting = [];
  const grown = new Uint32Array(Math.ceil(count / 32));
  grown.set(alwaysOpen);
  for (const { word, bit } of free) grown[word] = (grown[word] ?? 0) | bit;
  alwaysOpen = grown;
  finder = createFinder([...places.keys()]);
  looked.splice(0);
  latest = null;
  return true;
}

/** @returns whether any text may match */
function learn(one: Pattern, need: Need | null): boolean {
  one.isLearned = true;
  one.word = count >>> 5;
  one.bit = 1 << (count & 31);
  if (need !== null) {
    // The rarest stands first.
    for (const literal of keysOf(need)) opens[placeOf(literal)]?.push(count);
    one.ask = need.is === 'any' ? null : askOf(need);
  }
  count += 1;
  return need === null;
}

const keysOf = (need: Need): readonly string[] =>
  need.is === 'any' ? need.of : need.is === 'some' ? need.of.flatMap(keysOf) : need.of.slice(0, 1).flatMap(keysOf);

function placeOf(literal: string): number {
  const known = places.get(literal);
  if (known !== undefined) return known;
  places.set(literal, places.size);
  return opens.push([]) - 1;
}

function askOf(need: Need): Ask {
  if (need.is !== 'any') return { is: need.is, of: need.of.map(askOf) };
  const masks = new Map<number, number>();
  for (const literal of need.of) {
    const place = placeOf(literal);
    masks.set(place >>> 5, (masks.get(place >>> 5) ?? 0) | (1 << (place & 31)));
  }
  const [[word, mask] = [0, 0], ...more] = masks;
  return { is: 'any', word, mask, more: more.flat() };
}

function isMet(ask: Ask, found: Uint32Array): boolean {
  if (ask.is === 'any') {
    if (((found[ask.word] ?? 0) & ask.mask) !== 0) return true;
    const { more } = ask;
    for (let at = 0; at < more.length; at += 2) {
      if (((found[more[at] ?? 0] ?? 0) & (more[at + 1] ?? 0)) !== 0) return true;
    }
    return false;
  }
  const isAll = ask.is === 'all';
  for (const part of ask.of) if (isMet(part, found) !== isAll) return !isAll;
  return isAll;
}

/** What a text contains, and which patterns that opens. */
interface Look {
  text: string;
  readonly found: Uint32Array;
  readonly open: Uint32Array;
}

/** The last few texts: rules look at a sentence and at its clauses in turns. */
const looked: Look[] = [];
const REMEMBERED = 4;
let oldest = 0;
let latest: Look | null = null;

function lookAt(text: string): Look {
  if (latest?.text === text) return latest;
  for (const one of looked) {
    if (one.text !== text) continue;
    latest = one;
    return one;
  }
  let look = looked[oldest];
  if (look === undefined)
    looked.push((look = { text, found: new Uint32Array(finder.words), open: new Uint32Array(alwaysOpen) }));
  else {
    look.found.fill(0);
    look.open.set(alwaysOpen);
  }
  look.text = text;
  const { open } = look;
  for (const literal of finder.find(text, look.found)) {
    for (const one of opens[literal] ?? []) open[one >>> 5] = (open[one >>> 5] ?? 0) | (1 << (one & 31));
  }
  oldest = (oldest + 1) % REMEMBERED;
  latest = look;
  return look;
}
