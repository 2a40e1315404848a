/**
 * Finds which of many literals a text may contain, in one walk over it, without regard to case. A literal is known by its
 * mark, a few signs of it in a row: where the mark is not, the literal is not. All tables are small, so that they stay in the
 * processor's cache, and grow when another literal is met.
 */
import { FOREIGN, folded } from './needs.js';

/** Signs of a mark. */
const LONGEST = 6;
/** Of each sign in a key; signs beyond so many are one. */
const BITS = 6;
const OTHERS = (1 << BITS) - 1;
/** A key holds five signs as they are; of a sixth what tells most marks apart. */
const ROW = 2 ** ((LONGEST - 2) * BITS) - 1;
const KEYS = [1, 2, 3, 4, 5].map((length) => 2 ** (length * BITS) - 1);
const LONG = 0x80000000;
const PAIR = 2 ** (2 * BITS) - 1;
const THREE = 2 ** (3 * BITS) - 1;
const FOUR = 2 ** (4 * BITS) - 1;
/** As many places have the tables of ends, as powers of two. */
const THREES = 12;
const FOURS = 14;
const SPREAD = 0x9e3779b1;
/** What texts hold the most of, first. */
const COMMON = ' etaoinsrhldcumfpgywbvkxjqz';

/** The key of the last signs; a longer mark than five is told by `before`, the sign before these, too. */
const keyOf = (row: number, before: number, length: number): number =>
  length === LONGEST ? (Math.imul(before, SPREAD) ^ row) | LONG : row & (KEYS[length - 1] ?? 0);
const spread = (key: number, bits: number): number => Math.imul(key, SPREAD) >>> (32 - bits);

export class Marks {
  readonly #classOf = new Uint8Array(FOREIGN.charCodeAt(0) + 1);
  #classes = 0;
  /** By the last two, three and four signs: a bit for each length of the marks that end so. */
  readonly #pairs = new Uint8Array(PAIR + 1);
  readonly #threes = new Uint8Array(1 << THREES);
  readonly #fours = new Uint8Array(1 << FOURS);
  /** The key of each mark and its number, in turns; open addressing, key 0 is an empty place. */
  #table = new Int32Array(2 << 10);
  #size = 0;

  /** How many words of 32 bits hold a bit for each mark. */
  get words(): number {
    return (this.#size + 31) >>> 5;
  }

  /** @param literal folded, not empty @returns the number of its mark, which is the same for others with this mark */
  numberOf(literal: string): number {
    const mark = markOf(literal);
    let [row, before] = [0, 0];
    for (let at = 0; at < mark.length; at++) {
      before = row >>> (4 * BITS);
      row = ((row & ROW) << BITS) | this.#learned(mark.charCodeAt(at));
    }
    const key = keyOf(row, before, mark.length);
    const place = placeOf(this.#table, key);
    if (this.#table[place] === key) return this.#table[place + 1] ?? 0;
    this.#table[place] = key;
    this.#table[place + 1] = this.#size;
    this.#size += 1;
    if (this.#size * 5 > this.#table.length) this.#widen();
    this.#endsIn(row, mark.length);
    return this.#size - 1;
  }

  /** Sets the bits of the marks that `text` contains. */
  find(text: string, found: Uint32Array): void {
    const [classOf, table] = [this.#classOf, this.#table];
    const [pairs, threes, fours] = [this.#pairs, this.#threes, this.#fours];
    let row = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const before = row >>> (4 * BITS);
      row = ((row & ROW) << BITS) | (classOf[code < 128 ? code : folded(code)] ?? 0);
      let lengths =
        (pairs[row & PAIR] ?? 0) | (threes[spread(row & THREE, THREES)] ?? 0) | (fours[spread(row & FOUR, FOURS)] ?? 0);
      for (let length = 1; lengths !== 0; length++, lengths >>>= 1) {
        if ((lengths & 1) === 0) continue;
        const key = keyOf(row, before, length);
        const place = placeOf(table, key);
        if (table[place] !== key) continue;
        const number = table[place + 1] ?? 0;
        found[number >>> 5] = (found[number >>> 5] ?? 0) | (1 << (number & 31));
      }
    }
  }

  #learned(code: number): number {
    const known = this.#classOf[code] ?? 0;
    if (known !== 0) return known;
    const fresh = Math.min(++this.#classes, OTHERS);
    this.#classOf[code] = fresh;
    if (code >= 97 && code <= 122) this.#classOf[code - 32] = fresh;
    return fresh;
  }

  #endsIn(row: number, length: number): void {
    const bit = 1 << (length - 1);
    if (length > 3) mark(this.#fours, spread(row & FOUR, FOURS), bit);
    else if (length === 3) mark(this.#threes, spread(row & THREE, THREES), bit);
    else if (length === 2) mark(this.#pairs, row & PAIR, bit);
    // Anything may stand before a single sign.
    else for (let end = row; end <= PAIR; end += 1 << BITS) mark(this.#pairs, end, bit);
  }

  #widen(): void {
    const before = this.#table;
    this.#table = new Int32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 2) {
      const key = before[at] ?? 0;
      if (key !== 0) this.#table.set(before.subarray(at, at + 2), placeOf(this.#table, key));
    }
  }
}

function mark(table: Uint8Array, place: number, bit: number): void {
  table[place] = (table[place] ?? 0) | bit;
}

/** Where a key stands, or else the empty place where it would. */
function placeOf(table: Int32Array, key: number): number {
  const last = table.length - 1;
  let place = (spread(key, 17) << 1) & last;
  while (table[place] !== key && table[place] !== 0) place = (place + 2) & last;
  return place;
}

/** The least common signs of a literal. */
function markOf(literal: string): string {
  if (literal.length <= LONGEST) return literal;
  let [mark, most] = ['', -1];
  for (let at = 0; at + LONGEST <= literal.length; at++) {
    const part = literal.slice(at, at + LONGEST);
    let rarity = 0;
    for (const sign of part) rarity += COMMON.includes(sign) ? COMMON.indexOf(sign) : COMMON.length;
    if (rarity > most) [mark, most] = [part, rarity];
  }
  return mark;
}
