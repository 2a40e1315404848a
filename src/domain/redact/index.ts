/** Masks secrets. The one door of this folder. */
import { createHmac } from 'node:crypto';
import { MASK, RULES } from '../redact-rules.js';

/** What a configuration adds: further patterns, and secrets that are none. */
export interface RedactionRules {
  /** `pattern` is a regular expression; its first group is masked where it has one, else the whole match. */
  readonly rules: readonly { readonly name: string; readonly pattern: string }[];
  /** Regular expressions: a secret that one of them finds something in stays as it is. */
  readonly allow: readonly string[];
}

/** The text with every secret replaced by a mask; a text without one is returned as it is. Masking again changes nothing. */
export type Redact = (text: string) => string;

/**
 * @param key for `[redacted:type:xxxxxxxx]`, by which equal secrets stay linkable; null for `[redacted:type]`
 * @throws SyntaxError where a configured pattern is no regular expression
 */
export function createRedactor(config: RedactionRules, key: Uint8Array | null): Redact {
  const own = config.rules.map(({ name, pattern }) => ({
    type: name.toLowerCase(),
    pattern: new RegExp(pattern, 'gm'),
  }));
  const allowed = config.allow.map((pattern) => new RegExp(pattern));
  const rules = [...own, ...RULES];
  const tag = (type: string, secret: string): string =>
    key === null
      ? `[redacted:${type}]`
      : `[redacted:${type}:${createHmac('sha256', key).update(secret).digest('hex').slice(0, 8)}]`;
  return (text) => {
    let result = text;
    for (const { pattern, type, judge } of rules as typeof RULES) {
      const before = result;
      let out = '';
      let copied = 0;
      for (const match of before.matchAll(pattern)) {
        const value = match[1] ?? match[0];
        const start = match.index + match[0].indexOf(value);
        const span = judge === undefined ? { start, end: start + value.length, type } : judge(match, before);
        if (span === null || span.start < copied) continue;
        const secret = before.slice(span.start, span.end);
        if (secret === '' || MASK.test(secret) || allowed.some((one) => one.test(secret))) continue;
        out += before.slice(copied, span.start) + tag(type, secret);
        copied = span.end;
      }
      result = out + before.slice(copied);
    }
    return result;
  };
}

/** Without the keyed hashes of masks: the same on every machine. What ids are computed on. */
export const untagged = (text: string): string =>
  text.includes('[redacted:') ? text.replaceAll(/\[redacted:([a-z0-9-]+):[0-9a-f]{8}\]/g, '[redacted:$1]') : text;

/** For lines of one stream in their order. */
export function createLineRedactor(redact: Redact): (line: string) => string {
  return redact;
}
