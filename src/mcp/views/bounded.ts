import type { Facts } from '../tool.js';
import { bytesOf } from './page.js';

/** Clients cut a reply, or put it into a file, somewhere beyond this. Pages are far smaller; this is the last guard. */
export const HARD_STOP_BYTES = 40_000;
const CUT_TEXT_CHARS = 2_000;

/**
 * `facts` within the hard stop: lists lose their last entries, the longest first, then texts their ends. `truncated` says
 * how many of how many entries are left of each list that was cut.
 * @returns also `value` as JSON
 */
export function bounded(facts: Facts): { readonly value: Facts; readonly text: string; readonly cut: boolean } {
  const text = JSON.stringify(facts);
  if (Buffer.byteLength(text) <= HARD_STOP_BYTES) return { value: facts, text, cut: false };
  const value = shortened(facts);
  return { value, text: JSON.stringify(value), cut: true };
}

function shortened(facts: Facts): Facts {
  const value: Record<string, unknown> = { ...facts };
  const truncated: Record<string, { shown: number; total: number }> = {};
  const withNote = (): Record<string, unknown> => ({
    ...value,
    ...(Object.keys(truncated).length > 0 && { truncated }),
  });
  for (const [key, list] of listsBySize(value)) {
    const shown = entriesThatFit(list, HARD_STOP_BYTES - (bytesOf(withNote()) - bytesOf(list)) - 200);
    if (shown >= list.length) continue;
    value[key] = list.slice(0, shown);
    truncated[key] = { shown, total: list.length };
    if (bytesOf(withNote()) <= HARD_STOP_BYTES) return withNote();
  }
  let left = withNote();
  for (
    let entries = 64, chars = CUT_TEXT_CHARS;
    bytesOf(left) > HARD_STOP_BYTES && entries >= 1;
    entries /= 2, chars /= 2
  )
    left = shorter(withNote(), chars, entries) as Record<string, unknown>;
  return left;
}

const listsBySize = (value: Facts): [string, readonly unknown[]][] =>
  Object.entries(value)
    .filter((entry): entry is [string, readonly unknown[]] => Array.isArray(entry[1]))
    .sort(([, a], [, b]) => bytesOf(b) - bytesOf(a));

function entriesThatFit(list: readonly unknown[], room: number): number {
  let bytes = 2;
  for (const [index, entry] of list.entries()) {
    bytes += bytesOf(entry) + 1;
    if (bytes > room) return index;
  }
  return list.length;
}

/** The same shape with shorter texts and lists, at any depth. */
function shorter(value: unknown, chars: number, entries: number): unknown {
  if (typeof value === 'string') return value.length <= chars ? value : `${value.slice(0, chars)} […cut]`;
  if (Array.isArray(value)) return value.slice(0, entries).map((entry) => shorter(entry, chars, entries));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shorter(entry, chars, entries)]));
}
