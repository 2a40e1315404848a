/**
 * Drain (He et al., ICWS 2017) as plain JavaScript, to stand beside: a tree by token count and the first tokens, then the
 * most similar group. No masks, blanks only, similarity 0.4, depth 4, 100 children, as its authors' code has them.
 */
const DEPTH = 2;
const SIMILARITY = 0.4;
const MOST_CHILDREN = 100;
const ANY = '<*>';

interface Group {
  readonly id: number;
  readonly tokens: string[];
}

interface Node {
  readonly children: Map<string, Node>;
  readonly groups: Group[];
}

const node = (): Node => ({ children: new Map(), groups: [] });
const hasDigit = (token: string): boolean => /\d/.test(token);

export function createDrain(): (line: string) => number {
  const root = node();
  let groups = 0;
  return (line) => {
    const tokens = line.trim().split(/\s+/);
    let at = child(root, String(tokens.length));
    for (const token of tokens.slice(0, DEPTH)) at = child(at, hasDigit(token) ? ANY : token);
    const found = mostSimilar(at.groups, tokens);
    if (found === null) {
      const made: Group = { id: groups++, tokens };
      at.groups.push(made);
      return made.id;
    }
    for (const [index, token] of tokens.entries()) if (found.tokens[index] !== token) found.tokens[index] = ANY;
    return found.id;
  };
}

function child({ children }: Node, key: string): Node {
  const known = children.get(key) ?? (children.size >= MOST_CHILDREN ? children.get(ANY) : undefined);
  if (known !== undefined) return known;
  const made = node();
  children.set(children.size >= MOST_CHILDREN ? ANY : key, made);
  return made;
}

function mostSimilar(groups: readonly Group[], tokens: readonly string[]): Group | null {
  let best: Group | null = null;
  let most = SIMILARITY * tokens.length;
  for (const group of groups) {
    let same = 0;
    for (let i = 0; i < tokens.length; i++) if (group.tokens[i] === tokens[i]) same++;
    if (same >= most) [best, most] = [group, same + Number.EPSILON];
  }
  return best;
}
