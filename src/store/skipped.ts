/** Lines that were not understood, counted over all files by reason. */
import type { Op } from './scripts.js';

/** What moves the counts of lines that were not understood from one file's to another's. */
export function skippedOps(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): Op[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((why): Op[] => {
    const more = (after[why] ?? 0) - (before[why] ?? 0);
    return more === 0 ? [] : [['HINCRBY', 'skipped', why, String(more)]];
  });
}
