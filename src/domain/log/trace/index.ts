/** The exception in a text as structure. */
import type { Trace } from '../model.js';

export function traceOf(_text: string): Trace | null {
  return null;
}
