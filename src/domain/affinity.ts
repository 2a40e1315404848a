/** How much conversations have in common, and which belong together. */

const KINDS = ['errors', 'tasks', 'files'] as const;
type Kind = (typeof KINDS)[number];

/** What a conversation is compared by: names that mean the same thing wherever they stand. */
export type Traits = Readonly<Record<Kind, ReadonlySet<string>>>;

export interface Affinity {
  readonly a: string;
  readonly b: string;
  /** 0 to 1. */
  readonly score: number;
  /** What both have, the rarest first. */
  readonly shared: Readonly<Record<Kind, readonly string[]>>;
  /** In how many of the compared conversations the rarest of it is found. */
  readonly rarestIn: number;
}

/** Conversations that nobody has seen yet: among three, what all three have is not common for that. */
const UNSEEN = 10;

/**
 * Pairs of conversations that have something in common, best first; with `only`, those of this conversation.
 *
 * Per kind of trait, c = sum of w(x)² over what both have / sqrt((1 + sum over a) · (1 + sum over b)): the cosine of
 * vectors weighted by rarity (Salton and Buckley, Term-weighting approaches in automatic text retrieval, 1988), with one
 * more trait of its own on each side, so that a single thing in common is not everything. w(x) = ln(N/n) / ln(N/2), at most
 * 1, is inverse document frequency (Spärck Jones, A statistical interpretation of term specificity, 1972) as a share of
 * what the rarest pair has: n conversations of N have x, and N counts ten that nobody has seen. The kinds are
 * independent reasons, so score = 1 - (1 - c_errors)(1 - c_tasks)(1 - c_files).
 */
export function affinities(traits: ReadonlyMap<string, Traits>, only?: string): Affinity[] {
  const holders = invert(traits);
  const total = traits.size + UNSEEN;
  const weights = KINDS.map(
    (kind) =>
      new Map(
        [...holders[kind]].map(([trait, { size }]) => [
          trait,
          Math.min(1, Math.log(total / size) / Math.log(total / 2)),
        ]),
      ),
  );
  // Summed in one order, whatever the order of the names, so that equal pairs have equal scores.
  const weigh = (index: number, names: Iterable<string>): number =>
    [...names]
      .map((name) => (weights[index]?.get(name) ?? 0) ** 2)
      .sort((x, y) => x - y)
      .reduce((sum, weight) => sum + weight, 0);
  const sizes = new Map([...traits].map(([id, own]) => [id, KINDS.map((kind, index) => 1 + weigh(index, own[kind]))]));
  const found: Affinity[] = [];
  for (const [pair, shared] of pairsOf(holders, only)) {
    const [a = '', b = ''] = pair.split('\0');
    let unlike = 1;
    KINDS.forEach((kind, index) => {
      const norm = Math.sqrt((sizes.get(a)?.[index] ?? 1) * (sizes.get(b)?.[index] ?? 1));
      unlike *= 1 - weigh(index, shared[kind]) / norm;
      shared[kind].sort((x, y) => sizeOf(holders, kind, x) - sizeOf(holders, kind, y) || (x < y ? -1 : 1));
    });
    const rarestIn = Math.min(
      ...KINDS.flatMap((kind) => shared[kind].slice(0, 1).map((x) => sizeOf(holders, kind, x))),
    );
    found.push({ a, b, score: 1 - unlike, shared, rarestIn });
  }
  return found.sort((x, y) => y.score - x.score || (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1));
}

type Holders = Readonly<Record<Kind, ReadonlyMap<string, ReadonlySet<string>>>>;

const sizeOf = (holders: Holders, kind: Kind, trait: string): number => holders[kind].get(trait)?.size ?? 0;

function invert(traits: ReadonlyMap<string, Traits>): Holders {
  const holders = { errors: new Map(), tasks: new Map(), files: new Map() } as Record<Kind, Map<string, Set<string>>>;
  for (const [id, own] of traits) {
    for (const kind of KINDS) {
      for (const trait of own[kind]) {
        const known = holders[kind].get(trait);
        if (known === undefined) holders[kind].set(trait, new Set([id]));
        else known.add(id);
      }
    }
  }
  return holders;
}

/** Only pairs that have something in common are looked at. */
function pairsOf(holders: Holders, only?: string): Map<string, Record<Kind, string[]>> {
  const pairs = new Map<string, Record<Kind, string[]>>();
  for (const kind of KINDS) {
    for (const [trait, ids] of holders[kind]) {
      if (ids.size < 2 || (only !== undefined && !ids.has(only))) continue;
      const sorted = [...ids].sort();
      for (const [index, one] of sorted.entries()) {
        for (const other of sorted.slice(index + 1)) {
          if (only !== undefined && one !== only && other !== only) continue;
          // The conversation that was asked for comes first.
          const key = other === only ? `${other}\0${one}` : `${one}\0${other}`;
          const shared = pairs.get(key) ?? { errors: [], tasks: [], files: [] };
          shared[kind].push(trait);
          pairs.set(key, shared);
        }
      }
    }
  }
  return pairs;
}

/** Conversations that pairs lead between, sorted, and how many pairs. */
export interface Group {
  readonly members: readonly string[];
  readonly pairs: number;
}

/** Connected components, the largest first. */
export function groupsOf(pairs: readonly { readonly a: string; readonly b: string }[]): Group[] {
  const groupOf = new Map<string, Set<string>>();
  for (const { a, b } of pairs) {
    const [one, other] = [groupOf.get(a) ?? new Set([a]), groupOf.get(b) ?? new Set([b])];
    const [small, large] = one.size < other.size ? [one, other] : [other, one];
    for (const id of small) large.add(id);
    for (const id of large === small ? [] : [...small, a, b]) groupOf.set(id, large);
  }
  return [...new Set(groupOf.values())]
    .map((group) => ({ members: [...group].sort(), pairs: pairs.filter(({ a }) => group.has(a)).length }))
    .sort((x, y) => y.members.length - x.members.length || ((x.members[0] ?? '') < (y.members[0] ?? '') ? -1 : 1));
}
