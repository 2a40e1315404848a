/** Which of many texts speak of the same things as another. */
import type { Terms } from './words.js';

export interface TextHit {
  readonly id: string;
  /** 0 to 1: the share of what the asked text could have had, were it asked for itself. */
  readonly score: number;
  /** Terms that both have, the most telling first. */
  readonly shared: readonly string[];
}

const K1 = 1.2;
const B = 0.75;
/** A term that more texts have finds none: it says little, and costs much. */
const MOST_HOLDERS = 200;
const MOST_FOUND = 1_000;
const NONE: ReadonlySet<string> = new Set();

const gainOf = (weight: number, rarity: number, held: number, norm: number): number =>
  (weight * rarity * held * (K1 + 1)) / (held + norm);

/**
 * Okapi BM25 (Robertson and Zaragoza, The probabilistic relevance framework, 2009), kept up to date text by text: adding
 * and removing one costs its own terms only.
 */
export class TextIndex {
  readonly #texts = new Map<string, { readonly terms: Terms; readonly length: number }>();
  readonly #postings = new Map<string, Set<string>>();
  #length = 0;

  get size(): number {
    return this.#texts.size;
  }

  has(id: string): boolean {
    return this.#texts.has(id);
  }

  /** Takes the place of what was known under this id. */
  put(id: string, terms: Terms): void {
    this.remove(id);
    let length = 0;
    for (const [term, weight] of terms) {
      length += weight;
      const known = this.#postings.get(term);
      if (known === undefined) this.#postings.set(term, new Set([id]));
      else known.add(id);
    }
    this.#texts.set(id, { terms, length });
    this.#length += length;
  }

  remove(id: string): void {
    const text = this.#texts.get(id);
    if (text === undefined) return;
    for (const term of text.terms.keys()) {
      const known = this.#postings.get(term);
      known?.delete(id);
      if (known?.size === 0) this.#postings.delete(term);
    }
    this.#length -= text.length;
    this.#texts.delete(id);
  }

  /** Up to `limit` texts that share the most, best first. */
  near(terms: Terms, limit: number): TextHit[] {
    const usual = this.#length / Math.max(1, this.#texts.size);
    let most = 0;
    const asked = [...terms].map(([term, weight]) => {
      const holders = this.#postings.get(term) ?? NONE;
      const rarity = this.#rarity(holders.size);
      most += gainOf(weight, rarity, weight, K1);
      return { term, weight, holders, rarity };
    });
    if (most === 0) return [];
    const gain = ({ term, weight, rarity }: (typeof asked)[number], id: string): number => {
      const text = this.#texts.get(id);
      const held = text?.terms.get(term) ?? 0;
      return held === 0 ? 0 : gainOf(weight, rarity, held, K1 * (1 - B + (B * (text?.length ?? 0)) / usual));
    };
    // The rare terms find texts; what many have only adds to what was found, so that no common word costs a whole scan.
    const scores = new Map<string, number>();
    for (const one of asked.sort((a, b) => a.holders.size - b.holders.size)) {
      const isRare = one.holders.size <= MOST_HOLDERS && scores.size < MOST_FOUND;
      for (const id of isRare ? one.holders : scores.keys()) scores.set(id, (scores.get(id) ?? 0) + gain(one, id));
    }
    const hits = [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit);
    return hits.map(([id, score]) => {
      const shared = asked.map((one) => [one.term, gain(one, id)] as const).filter(([, own]) => own > 0);
      shared.sort(([, x], [, y]) => y - x);
      return { id, score: Math.min(1, score / most), shared: shared.map(([term]) => term) };
    });
  }

  #rarity(holders: number): number {
    // Among few texts every term is rare or common by chance; as if ten more were there that have none of them.
    const all = this.#texts.size + 10;
    return Math.log(1 + (all - holders + 0.5) / (holders + 0.5));
  }
}
