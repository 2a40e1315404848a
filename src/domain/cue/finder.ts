/** Finds which of many literals a text contains, in one walk over it (Aho and Corasick), without regard to case. */
import { FOREIGN, folded } from './needs.js';

export interface Finder {
  /** How many words of 32 bits hold a bit for each literal. */
  readonly words: number;
  /** Sets the bits of the literals that `text` contains. @returns the bits that were not set before, good until the next call */
  readonly find: (text: string, found: Uint32Array) => readonly number[];
}

/** @param literals folded; the bit of each is its place */
export function createFinder(literals: readonly string[]): Finder {
  const classOf = new Uint8Array(FOREIGN.charCodeAt(0) + 1);
  let width = 1;
  for (const literal of literals) {
    for (let at = 0; at < literal.length; at++) {
      const code = literal.charCodeAt(at);
      if (classOf[code] === 0) classOf[code] = width++;
    }
  }
  for (let code = 65; code <= 90; code++) classOf[code] = classOf[folded(code)] ?? 0;
  const trie = trieOf(literals, classOf, width);
  const { next, told } = inOrder(trie.next, complete(trie.next, trie.ends, width), width);
  const starts = new Uint32Array(told.length + 1);
  told.forEach((bits, state) => (starts[state + 1] = (starts[state] ?? 0) + bits.length));
  const bits = Uint32Array.from(told.flat());
  const fresh: number[] = [];
  return {
    words: Math.ceil(literals.length / 32),
    find(text, found) {
      let state = 0;
      fresh.length = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = next[state * width + (classOf[code < 128 ? code : folded(code)] ?? 0)] ?? 0;
        const end = starts[state + 1] ?? 0;
        for (let one = starts[state] ?? 0; one < end; one++) {
          const bit = bits[one] ?? 0;
          const word = found[bit >>> 5] ?? 0;
          if ((word & (1 << (bit & 31))) !== 0) continue;
          found[bit >>> 5] = word | (1 << (bit & 31));
          fresh.push(bit);
        }
      }
      return fresh;
    },
  };
}

/** Rows of `width` states each; 0 is the beginning and, until it is complete, none. */
function trieOf(
  literals: readonly string[],
  classOf: Uint8Array,
  width: number,
): { readonly next: Uint32Array; readonly ends: number[][] } {
  const most = literals.reduce((sum, { length }) => sum + length, 1);
  const next = new Uint32Array(most * width);
  const ends: number[][] = [[]];
  literals.forEach((literal, bit) => {
    let state = 0;
    for (let at = 0; at < literal.length; at++) {
      const place = state * width + (classOf[literal.charCodeAt(at)] ?? 0);
      if (next[place] === 0) next[place] = ends.push([]) - 1;
      state = next[place] ?? 0;
    }
    ends[state]?.push(bit);
  });
  return { next: next.slice(0, ends.length * width), ends };
}

interface Completed {
  /** The literals that end in each state. */
  readonly told: readonly (readonly number[])[];
  /** The states but the first, by their depth. */
  readonly order: readonly number[];
}

/** Where a literal breaks off, what of it may begin another goes on. */
function complete(next: Uint32Array, ends: readonly (readonly number[])[], width: number): Completed {
  const told = [...ends];
  const back = new Uint32Array(ends.length);
  const queue: number[] = [];
  for (let column = 0; column < width; column++) if ((next[column] ?? 0) !== 0) queue.push(next[column] ?? 0);
  for (const state of queue) {
    const shorter = back[state] ?? 0;
    if ((told[shorter] ?? []).length > 0) told[state] = [...(told[state] ?? []), ...(told[shorter] ?? [])];
    for (let column = 0; column < width; column++) {
      const place = state * width + column;
      const to = next[place] ?? 0;
      const other = next[shorter * width + column] ?? 0;
      if (to === 0) next[place] = other;
      else {
        back[to] = other;
        queue.push(to);
      }
    }
  }
  return { told, order: queue };
}

/** The states of the first letters, where a walk is most of the time, beside each other: they fit into the processor's cache. */
function inOrder(
  next: Uint32Array,
  { told, order }: Completed,
  width: number,
): { readonly next: Uint16Array | Uint32Array; readonly told: readonly (readonly number[])[] } {
  const states = [0, ...order];
  const place = new Uint32Array(states.length);
  states.forEach((state, index) => (place[state] = index));
  const ordered = states.length < 0x10000 ? new Uint16Array(next.length) : new Uint32Array(next.length);
  states.forEach((state, index) => {
    for (let column = 0; column < width; column++)
      ordered[index * width + column] = place[next[state * width + column] ?? 0] ?? 0;
  });
  return { next: ordered, told: states.map((state) => told[state] ?? []) };
}
