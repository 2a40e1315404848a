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
  /** Not yet known; null where any text may match. */
  ask: Ask | null | undefined = undefined;
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
  if (one.ask === undefined && !isLearned()) return true;
  const { ask } = one;
  return ask === null || ask === undefined || text.length > MAX_CHARS || isMet(ask, literalsIn(text));
}

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
const places = new Map<string, number>();
let finder: Finder = createFinder([]);

function isLearned(): boolean {
  asked += 1;
  if (asked < patience) return false;
  asked = 0;
  if (places.size > 0) patience *= 4;
  for (const one of waiting) {
    const need = needOf(one.pattern);
    one.ask = need === null ? null : askOf(need);
  }
  waiting = [];
  finder = createFinder([...places.keys()]);
  looked.splice(0);
  latest = null;
  return true;
}

function askOf(need: Need): Ask {
  if (need.is !== 'any') return { is: need.is, of: need.of.map(askOf) };
  const masks = new Map<number, number>();
  for (const literal of need.of) {
    const place = places.get(literal) ?? places.size;
    places.set(literal, place);
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

/** The last few texts: rules look at a sentence and at its clauses in turns. */
const looked: { text: string; readonly found: Uint32Array }[] = [];
const REMEMBERED = 4;
let oldest = 0;

let latest: (typeof looked)[number] | null = null;

function literalsIn(text: string): Uint32Array {
  if (latest?.text === text) return latest.found;
  for (const one of looked) {
    if (one.text !== text) continue;
    latest = one;
    return one.found;
  }
  let slot = looked[oldest];
  if (slot === undefined) looked.push((slot = { text, found: new Uint32Array(finder.words) }));
  else slot.found.fill(0);
  slot.text = text;
  finder.find(text, slot.found);
  oldest = (oldest + 1) % REMEMBERED;
  latest = slot;
  return slot.found;
}
