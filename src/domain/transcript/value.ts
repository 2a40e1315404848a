/** What the lines of a transcript hold, before anybody knows what it is. */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that says something. */
export const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Most lines have nothing of most things: one list for all of them. */
export const NONE: readonly never[] = [];

/** Tools that change files. */
export const FILE_TOOLS: ReadonlySet<string> = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);
