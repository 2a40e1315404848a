import { createHash } from 'node:crypto';
import type { Trace } from '../log/model.js';

/** Of the masking and hashing: another version may give other ids for the same text, so it is kept with each pattern. */
export const GROUPING_VERSION = 1;

/** What stays of a text when its values are left out: equal for the same error wherever it is met. */
export interface Fingerprint {
  /** 16 hex digits. */
  readonly id: string;
  readonly kind: 'message' | 'trace';
  /** The text with `<*>` for values, at most 500 characters. */
  readonly template: string;
}

/**
 * Stateless: the same text gives the same fingerprint in every process and on every machine of one `GROUPING_VERSION`.
 * @param text redacted; the tags count by their type alone
 */
export function fingerprintOf(text: string, trace: Trace | null = null): Fingerprint {
  const template = (trace === null ? text : `${trace.type} ${trace.frames.map((f) => f.function).join(' < ')}`)
    .replace(/\[redacted:([a-z0-9-]+):[0-9a-f]{8}\]/g, '[redacted:$1]')
    .replace(/[0-9]+/g, '<*>')
    .slice(0, 500);
  const id = createHash('sha256').update(template).digest('hex').slice(0, 16);
  return { id, kind: trace === null ? 'message' : 'trace', template };
}
