import type { Fingerprint } from './fingerprint.js';
import { frameOf, HOLE, VALUE_TOKEN, tokensOf, isCompound, isWord } from './tokens.js';

export interface Mined {
  /** `e` and the id of the fingerprint that founded the pattern. */
  readonly pattern: string;
  readonly template: string;
  /** Patterns that turned out to be one with this addition: `from` is no more, the older id stays. */
  readonly merged: readonly { readonly from: string; readonly into: string }[];
}

export interface MinedTemplate {
  readonly pattern: string;
  readonly template: string;
}

/** Plain JSON. */
export interface MinerState {
  readonly version: number;
  readonly templates: readonly MinedTemplate[];
}

/** Groups fingerprints into patterns; one writer holds it. */
export interface Miner {
  add(fingerprint: Fingerprint): Mined;
  /** The pattern that the fingerprint would join, without learning; null where it would found one. */
  match(fingerprint: Fingerprint): string | null;
  /** In words, why the fingerprint is where it is. */
  explain(fingerprint: Fingerprint): string;
  save(): MinerState;
  /** Patterns that are new or have another template since the last call. */
  changed(): readonly MinedTemplate[];
}

interface Item {
  readonly pattern: string;
  readonly age: number;
  tokens: readonly string[];
  into: Item | null;
}

export const P = { kv: 2, ksv:2, ks: 3, kp: [99, 24, 12, 5, 5], maxHoles: 3, sPerHole: 2 };

function partsOf(a: readonly string[], b: readonly string[], max: number): number[] | null {
  const holes: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (x === y || x === HOLE || y === HOLE) continue;
    if (holes.length === max) return null;
    holes.push(i);
  }
  return holes;
}

export function createMiner(options: { readonly state?: MinerState; readonly maxPatterns?: number } = {}): Miner {
  const prints = new Map<string, Item>();
  const frames = new Map<string, Item[]>();
  let age = 0;
  const last = (item: Item): Item => {
    let at = item;
    while (at.into !== null) at = at.into;
    return at;
  };
  const evidence = (bucket: Item[], x: Item): { holes: number[]; group: Item[] } | null => {
    const near: { item: Item; holes: number[] }[] = [];
    for (const item of bucket) {
      if (item === x) continue;
      const holes = partsOf(x.tokens, item.tokens, P.maxHoles);
      if (holes !== null) near.push({ item, holes });
    }
    const tried = new Set<string>();
    const wanted = near.map((n) => n.holes).sort((a, b) => a.length - b.length);
    for (const holes of wanted) {
      const key = holes.join();
      if (tried.has(key)) continue;
      tried.add(key);
      const group = near.filter((n) => n.holes.every((h) => holes.includes(h))).map((n) => n.item);
      if (holds(x, group, holes)) return { holes, group };
    }
    return null;
  };
  const holds = (x: Item, group: Item[], holes: number[]): boolean => {
    if (holes.length === 0) return true;
    let shared = 0;
    x.tokens.forEach((t, i) => {
      if (isWord(t) && !holes.includes(i) && group.every((g) => g.tokens[i] === t)) shared++;
    });
    if (shared < P.sPerHole * (holes.length - 1)) return false;
    return holes.every((hole) => {
      const values = new Set(group.map((g) => g.tokens[hole] ?? ''));
      values.add(x.tokens[hole] ?? '');
      const proven = values.has(VALUE_TOKEN);
      const plain = [...values].filter((v) => v !== VALUE_TOKEN && !isCompound(v)).length;
      if (plain === 0) return values.size >= (proven ? P.ksv : P.ks);
      if (proven) return values.size >= P.kv;
      return values.size >= (P.kp[Math.min(shared, P.kp.length - 1)] ?? 99);
    });
  };
  return {
    add(fp) {
      const known = prints.get(fp.id);
      if (known !== undefined) {
        const item = last(known);
        return { pattern: item.pattern, template: item.tokens.join(' '), merged: [] };
      }
      const tokens = tokensOf(fp.template);
      const frame = frameOf(tokens);
      let bucket = frames.get(frame);
      if (bucket === undefined) frames.set(frame, (bucket = []));
      const hit = bucket.find((item) => item.tokens.every((t, i) => t === HOLE || t === tokens[i]));
      if (hit !== undefined) {
        prints.set(fp.id, hit);
        return { pattern: hit.pattern, template: hit.tokens.join(' '), merged: [] };
      }
      let item: Item = { pattern: `e${fp.id}`, age: age++, tokens, into: null };
      prints.set(fp.id, item);
      bucket.push(item);
      const merged: { from: string; into: string }[] = [];
      for (;;) {
        const found = evidence(bucket, item);
        if (found === null) break;
        const all = [item, ...found.group].sort((a, b) => a.age - b.age);
        const eldest = all[0] as Item;
        const holes = new Set(found.holes);
        eldest.tokens = eldest.tokens.map((t, i) => (holes.has(i) || all.some((g) => g.tokens[i] === HOLE) ? HOLE : t));
        for (const other of all.slice(1)) {
          other.into = eldest;
          bucket.splice(bucket.indexOf(other), 1);
          merged.push({ from: other.pattern, into: eldest.pattern });
        }
        item = eldest;
      }
      return { pattern: item.pattern, template: item.tokens.join(' '), merged };
    },
    match: ({ id }) => (prints.has(id) ? last(prints.get(id) as Item).pattern : null),
    explain: ({ template }) => `The same text when its values are left out: ${template}`,
    save: () => ({ version: 1, templates: [] }),
    changed: () => [],
  };
}
