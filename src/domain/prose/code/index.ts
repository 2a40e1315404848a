/** Markers that code and plans hold, and what an edit changes about them. */
import { boxesIn, todoLinesIn } from './boxes.js';
import { commentsOf } from './comments.js';
import { likeness, markerOf, markersOfComments, type Marker } from './markers.js';
import { macrosIn } from './macros.js';
import { kindOf, type Syntax } from './syntax.js';
import { regionsOf } from './regions.js';

export type { Marker } from './markers.js';

export interface Edit {
  readonly path: string;
  /** The text that is replaced, or for a whole file what it held as it was read before; null where that is not known. */
  readonly before: string | null;
  readonly after: string;
}

export interface EditMarkers {
  readonly added: readonly Marker[];
  readonly removed: readonly Marker[];
  /** One and the same marker in other words: neither added nor removed. */
  readonly reworded: readonly { readonly from: Marker; readonly to: Marker }[];
}

const NONE: readonly Marker[] = [];
const NOTHING_CHANGED: EditMarkers = { added: NONE, removed: NONE, reworded: [] };
/** From here on two markers of one edit are one that was reworded. */
const REWORDED_FROM = 0.6;
/** More of them are data: a list of markers, not the work of one edit. */
const MOST = 60;
/** A text that goes on for longer is data. */
const MAX_CHARS = 4_000_000;

/** Whether a text can hold a marker at all: a search for plain words, since all that is written passes here. */
function mayHoldMarkers(text: string): boolean {
  return SIGNS.test(text);
}
const SIGNS = /TODO|FIXME|todo|\[ \] |Todo|XXX|HACK|fixme|Fixme|TO[ -]DO|FIX ME|ToDo|- \[\] |☐/;

/** Markers in the comments of code, and the unchecked boxes of a plan; never those in strings, examples and documents. */
export function markersIn(code: string, path: string): readonly Marker[] {
  return mayHoldMarkers(code) ? markersOf(code, path, false) : NONE;
}

function markersOf(code: string, path: string, isPiece: boolean): readonly Marker[] {
  if (code.length > MAX_CHARS) return NONE;
  const kind = kindOf(path);
  switch (kind.is) {
    case 'nothing':
      return NONE;
    case 'code':
      return [...inComments(code, kind.syntax), ...macrosIn(code, path)];
    case 'notebook':
      return inComments(cellsOf(code), kind.syntax);
    case 'mixed':
      return regionsOf(code, path).flatMap(({ text, syntax }) => inComments(text, syntax));
    case 'document':
      return [
        ...boxesIn(code, path, isPiece),
        ...todoLinesIn(code, path, kind.format),
        ...(kind.syntax === null ? NONE : inComments(withoutFences(code), kind.syntax)),
      ];
  }
}

function inComments(code: string, syntax: Syntax): readonly Marker[] {
  const found = markersOfComments(commentsOf(code, syntax));
  // An edit may begin inside a comment: `TODO: …` is no code.
  const start = /^[ \t]*(?:TODO|FIXME)(?:\([^)\n]{0,60}\))?:[ \t]*(\S[^\n]{0,400})/.exec(code);
  if (start === null) return found;
  const marker = markerOf('todo', start[1] ?? '', start[0].trim());
  return marker === null ? found : [marker, ...found];
}

/** What is fenced in a document is an example. */
function withoutFences(text: string): string {
  let fence: string | null = null;
  return text
    .split('\n')
    .filter((line) => {
      const marks = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1];
      if (marks === undefined) return fence === null;
      if (fence === null) fence = marks;
      else if (marks.startsWith(fence)) fence = null;
      return false;
    })
    .join('\n')
    .replace(/`[^`\n]{0,300}`/g, '');
}

/** The code of a notebook: of a whole one its cells, of a piece of its JSON the strings, of a cell the cell. */
function cellsOf(text: string): string {
  const strings = text.match(/^[ \t]*"(?:[^"\\\n]|\\.){0,2000}"[ \t]*,?[ \t]*$/gm);
  if (strings === null || strings.length < 1) return text;
  return strings
    .map((line) =>
      line
        .trim()
        .replace(/^"|"?,?$/g, '')
        .replace(/\\n$/, '')
        .replace(/\\(["\\/])/g, '$1')
        .replaceAll('\\t', '\t'),
    )
    .join('\n');
}

/**
 * Markers that an edit adds and takes away. What is in both texts is neither, wherever it stands; one whose words change in
 * part is the same marker.
 */
export function editMarkers({ path, before, after }: Edit): EditMarkers {
  if (before === after || !(mayHoldMarkers(after) || (before !== null && mayHoldMarkers(before))))
    return NOTHING_CHANGED;
  const old = before === null || !mayHoldMarkers(before) ? NONE : markersOf(before, path, true);
  const now = mayHoldMarkers(after) ? markersOf(after, path, before !== null) : NONE;
  if (old.length === 0 && now.length === 0) return NOTHING_CHANGED;
  const left = new Map<string, Marker[]>();
  for (const marker of old) {
    const same = left.get(marker.words);
    if (same === undefined) left.set(marker.words, [marker]);
    else same.push(marker);
  }
  const added: Marker[] = [];
  for (const marker of now) if (left.get(marker.words)?.pop() === undefined) added.push(marker);
  const removed = [...left.values()].flat();
  return paired(added.slice(0, MOST), removed.slice(0, MOST));
}

/** Sets aside what was only reworded: the most alike first. */
function paired(added: readonly Marker[], removed: readonly Marker[]): EditMarkers {
  if (added.length === 0 || removed.length === 0) return { added, removed, reworded: [] };
  const pairs = added
    .flatMap((to) => removed.map((from) => ({ from, to, share: from.kind === to.kind ? likeness(from, to) : 0 })))
    .filter(({ share }) => share >= REWORDED_FROM)
    .sort((a, b) => b.share - a.share);
  const used = new Set<Marker>();
  const reworded = pairs.filter(({ from, to }) => {
    if (used.has(from) || used.has(to)) return false;
    used.add(from).add(to);
    return true;
  });
  return {
    added: added.filter((marker) => !used.has(marker)),
    removed: removed.filter((marker) => !used.has(marker)),
    reworded: reworded.map(({ from, to }) => ({ from, to })),
  };
}
