/** What stands in place of a secret, and what it tells. */
import { createHmac } from 'node:crypto';

/** With the keyed hash of the secret, or without. */
const MASK = /\[redacted:[a-z0-9-]{1,100}(?::[0-9a-f]{8})?\]/y;
/** How each begins. */
export const MASK_START = '[redacted:';
/** A tag may have been cut off with the text. */
const TAG = /(\[redacted:[a-z0-9-]{1,100}):[0-9a-f]{1,8}(?![0-9a-f])/g;
const TAG_CHARS = 8;

/** Where the mask ends that begins at `at`; -1 where none does. */
export function maskEnd(text: string, at: number): number {
  MASK.lastIndex = at;
  return MASK.test(text) ? MASK.lastIndex : -1;
}

export type Write = (type: string, secret: string) => string;

/** @param key with one, equal secrets have equal masks and nobody without it can try out guesses */
export function maskWriter(key: Uint8Array | null): Write {
  if (key === null) return (type) => `${MASK_START}${type}]`;
  return (type, secret) => {
    const told = type === 'private-key' ? secret.replaceAll(/\\+[nr]|\s/g, '') : secret;
    return `${MASK_START}${type}:${createHmac('sha256', key).update(told).digest('hex').slice(0, TAG_CHARS)}]`;
  };
}

/** The text without the keyed hashes in its masks: the same on every machine. What ids are computed on. */
export function untagged(text: string): string {
  return text.includes(MASK_START) ? text.replaceAll(TAG, '$1') : text;
}
