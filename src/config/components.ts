/** Components as they are configured, ready to be compared with tasks. */
import picomatch from 'picomatch';

interface Configured {
  readonly components?: readonly {
    readonly name: string;
    readonly paths: readonly string[];
    readonly words: readonly string[];
  }[];
  /** What logs belong to is a component too; nothing is known of its files and words but its name. */
  readonly logs?: readonly { readonly component: string | null }[];
}

export interface KnownComponent {
  readonly name: string;
  readonly words: readonly string[];
  readonly paths: readonly string[];
  /** Whether a file lies in it. */
  readonly holds: (path: string) => boolean;
}

/** Those of `components`, then those that only logs name; each name once, whatever its case. */
export function componentsOf({ components = [], logs = [] }: Configured): readonly KnownComponent[] {
  const found = new Map<string, KnownComponent>();
  const named = logs.flatMap(({ component }) =>
    component === null ? [] : [{ name: component, paths: [], words: [] }],
  );
  for (const { name, paths, words } of [...components, ...named]) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, { name, words, paths, holds: holding(paths) });
  }
  return [...found.values()];
}

/** What does not begin at a root may begin at any folder: texts and transcripts name files from different ones. */
function holding(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const anywhere = globs.map((glob) =>
    /^(?:\/|\*\*|[A-Za-z]:)/.test(glob) ? glob : `**/${glob.replace(/^\.\//, '')}`,
  );
  const isMatch = picomatch(anywhere, { dot: true });
  return (path) => isMatch(path.replaceAll('\\', '/'));
}
