/** Which component a task belongs to: never by one keyword alone. */
import { foldWords } from '../ids.js';

/** A part of the system, as it is configured. */
export interface Component {
  readonly name: string;
  /** Whether a file lies in it. */
  readonly holds: (path: string) => boolean;
  /** Its vocabulary: words or short phrases; its name is always one of them. */
  readonly words: readonly string[];
}

/** What may speak for a component. */
export interface Traces {
  /** Title, description and the sentences that tell of it. */
  readonly words: string;
  /** Files that these words name. */
  readonly named: readonly string[];
  /** Files that its conversation worked on. */
  readonly edited: readonly string[];
  /** The folder of its project. */
  readonly project: string | null;
  /** Components of the logs that told of errors tied to it, each once an error. */
  readonly logged: readonly string[];
}

/** A file that is named, or a project that lies in a component, settles it; of anything else it takes two. */
const WEIGHT = { path: 2, other: 1 } as const;
const ENOUGH = 2;
/** Share of the files of a conversation that makes it one about a component, and how few are too few to say. */
const MOST_OF = 0.6;
const FEW_FILES = 2;
const MOST_NAMED = 3;

interface Found {
  readonly name: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Null where too little speaks for any, and where two have as much for them. */
export function componentOf(
  components: readonly Component[],
  traces: Traces,
): { readonly name: string; readonly why: string } | null {
  if (components.length === 0) return null;
  const text = spaced(traces.words);
  const named = [...new Set(traces.named.map((path) => whole(path, traces.edited)))];
  const found = components
    .map((component) => speakingFor(component, { ...traces, named, text }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  const [best, next] = found;
  if (best === undefined || best.score === next?.score) return null;
  return { name: best.name, why: best.reasons.join('; ') };
}

function speakingFor(
  { name, holds, words }: Component,
  { named, edited, project, logged, text }: Traces & { readonly text: string },
): Found {
  const found: (readonly [weight: number, reason: string])[] = [];
  const own = named.filter(holds);
  if (own.length > 0) found.push([WEIGHT.path * own.length, `names ${own.slice(0, MOST_NAMED).join(', ')}`]);
  // The folder itself, and whatever lies in it.
  if (project !== null && (holds(project) || holds(`${project}/x`))) {
    found.push([WEIGHT.path, `its project is ${project}`]);
  }
  const worked = edited.filter(holds).length;
  if (edited.length >= FEW_FILES && worked >= edited.length * MOST_OF) {
    found.push([WEIGHT.other, `${worked} of ${edited.length} files that its conversation worked on`]);
  }
  const spoken = [...new Set([name, ...words].map(spaced))].filter((word) => word.trim() !== '' && text.includes(word));
  if (spoken.length > 0) {
    const list = spoken.slice(0, MOST_NAMED).map((word) => word.trim());
    found.push([WEIGHT.other * spoken.length, `speaks of ${list.join(', ')}`]);
  }
  const errors = logged.filter((other) => foldWords(other) === foldWords(name)).length;
  if (errors > 0) found.push([WEIGHT.other, `${errors === 1 ? 'an error' : `${errors} errors`} of its log`]);
  return {
    name,
    score: found.reduce((sum, [weight]) => sum + weight, 0),
    reasons: found.map(([, reason]) => reason),
  };
}

/** Prose names the end of a path; the conversation knows the rest of it. */
function whole(path: string, edited: readonly string[]): string {
  const end = path.startsWith('/') ? path : `/${path.replace(/^\.\//, '')}`;
  return edited.find((other) => other === path || other.endsWith(end)) ?? path;
}

/** ` the words of a text `, so that ` word ` finds a whole one; names of code come apart, and plurals lose their end. */
function spaced(text: string): string {
  const words = foldWords(text.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')).match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word)).join(' ')} `;
}
