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
/** Texts that share one of these terms are not looked at for it: what so many have says little, and costs much. */
const MOST_POSTINGS = 2_000;

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

  /** The texts of up to this many ids that share the most, best first. */
  near(terms: Terms, limit: number): TextHit[] {
    const found = new Map<string, { score: number; readonly shared: [term: string, gain: number][] }>();
    const usual = this.#length / Math.max(1, this.#texts.size);
    let most = 0;
    for (const [term, asked] of terms) {
      const holders = this.#postings.get(term);
      const rarity = this.#rarity(holders?.size ?? 0);
      most += asked * rarity * (K1 + 1) * (asked / (asked + K1));
      if (holders === undefined || holders.size > MOST_POSTINGS) continue;
      for (const id of holders) {
        const text = this.#texts.get(id);
        const held = text?.terms.get(term) ?? 0;
        const norm = K1 * (1 - B + (B * (text?.length ?? 0)) / usual);
        const gain = (asked * rarity * held * (K1 + 1)) / (held + norm);
        const known = found.get(id);
        if (known === undefined) found.set(id, { score: gain, shared: [[term, gain]] });
        else {
          known.score += gain;
          known.shared.push([term, gain]);
        }
      }
    }
    if (most === 0) return [];
    const hits = [...found].sort(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1)).slice(0, limit);
    return hits.map(([id, { score, shared }]) => ({
      id,
      score: Math.min(1, score / most),
      shared: shared.sort(([, x], [, y]) => y - x).map(([term]) => term),
    }));
  }

  /** In how many texts. */
  holders(term: string): number {
    return this.#postings.get(term)?.size ?? 0;
  }

  #rarity(holders: number): number {
    // Among few texts every term is rare or common by chance; as if ten more were there that have none of them.
    const all = this.#texts.size + 10;
    return Math.log(1 + (all - holders + 0.5) / (holders + 0.5));
  }
}
