/** Masks secrets in one walk over a text. The one door of this folder. */
import { ASSIGNED } from './assigned.js';
import { createAutomaton, type Automaton } from './automaton.js';
import { FORMS, type Hit } from './forms.js';
import { MASK_START, maskWriter, type Write } from '../mask.js';
import { CARDS, EMAIL } from './personal.js';
import { PLACED } from './placed.js';
import { PRIVATE_KEY } from './private-key.js';
import { Scene, type Span } from './scene.js';

export { untagged } from '../mask.js';
export { withoutKeys } from './private-key.js';
export { createLineRedactor } from './private-key.js';

/** What a configuration adds: further patterns, and secrets that are none. */
export interface RedactionRules {
  /** `pattern` is a regular expression; its first group is masked where it has one, else the whole match. */
  readonly rules: readonly { readonly name: string; readonly pattern: string }[];
  /** Regular expressions: a secret that one of them finds something in stays as it is. */
  readonly allow: readonly string[];
}

/** The text with every secret replaced by a mask; a text without one is returned as it is. Masking again changes nothing. */
export type Redact = (text: string) => string;

const MASKS: Hit = { places: [...MASK_START], take: (scene, end) => scene.addMask(end - MASK_START.length) };
/** Masks come first: what stands in one is no name of a secret. */
const HITS: readonly Hit[] = [MASKS, PRIVATE_KEY, ...FORMS, ...ASSIGNED, ...PLACED, EMAIL, ...CARDS];
/** A mask may bring two halves of another secret into view, so what changed is looked at again until it stays. */
const MAX_ROUNDS = 8;

let automaton: Automaton | undefined;

/**
 * @param key for `[redacted:type:xxxxxxxx]`, by which equal secrets stay linkable; null for `[redacted:type]`
 * @throws SyntaxError where a configured pattern is no regular expression
 */
export function createRedactor(config: RedactionRules, key: Uint8Array | null): Redact {
  const own = config.rules.map(({ name, pattern }) => ({ type: typeName(name), pattern: new RegExp(pattern, 'gm') }));
  const allowed = config.allow.map((pattern) => new RegExp(pattern));
  const isAllowed = (secret: string): boolean => allowed.some((pattern) => pattern.test(secret));
  const write = maskWriter(key);
  // Made with the first text: the MCP server reads the ledger for days and never has one to mask.
  const once = (text: string): string => {
    const scene = new Scene(text);
    (automaton ??= createAutomaton(HITS.map(({ places }) => places))).scan(text, (pattern, end) =>
      HITS[pattern]?.take(scene, end),
    );
    for (const rule of own) addMatches(scene, rule);
    if (scene.spans.length === 0) return text;
    const found = scene.spans.filter(
      ({ start, end, rank }) =>
        rank === 4 || (end > start && !scene.touchesMask(start, end) && !isAllowed(text.slice(start, end))),
    );
    return found.length === 0 ? text : replace(text, joined(text, found), write);
  };
  return (text) => {
    let masked = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = masked;
      masked = once(before);
      if (masked === before) break;
    }
    return masked;
  };
}

/** Without a key and without rules of the user. */
export const redactByType: Redact = createRedactor({ rules: [], allow: [] }, null);

function addMatches(scene: Scene, { type, pattern }: { readonly type: string; readonly pattern: RegExp }): void {
  for (const match of scene.text.matchAll(pattern)) {
    const value = match[1] ?? match[0];
    const start = match.index + match[0].indexOf(value);
    scene.add(start, start + value.length, type, 3);
  }
}

/**
 * Spans in order that do not overlap. Of those that do, one that is known by its form stands for itself, so that it is linked
 * with the same secret elsewhere, unless the one around it hides more than its scheme.
 */
function joined(text: string, found: readonly Span[]): Span[] {
  const result: Span[] = [];
  const isOrdered = found.every(({ start }, index) => start > (found[index - 1]?.start ?? -1));
  const ordered = isOrdered ? found : [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const span of ordered) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else if (span.rank > last.rank && span.end <= last.end && isWrapping(text, last, span))
      result[result.length - 1] = span;
    else {
      const { type, rank } = span.rank > last.rank ? span : last;
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end), type, rank };
    }
  }
  return result;
}

/** Whether the outer one adds nothing that could be a secret: a scheme before it, punctuation behind it. */
function isWrapping(text: string, outer: Span, inner: Span): boolean {
  const before = text.slice(outer.start, Math.min(inner.start, outer.start + 40));
  return (
    inner.end + 3 > outer.end &&
    inner.start - outer.start < 40 &&
    /^(?:(?:bearer|basic|token|apikey|jwt|key)[ :=]{1,3}|\W{0,3})$/i.test(before)
  );
}

function replace(text: string, spans: readonly Span[], write: Write): string {
  let result = '';
  let copied = 0;
  // One secret may stand in a text many times; it is not remembered any longer than that.
  const masks = new Map<string, string>();
  for (const { start, end, type } of spans) {
    const secret = text.slice(start, end);
    const name = `${type}:${secret}`;
    const mask = masks.get(name) ?? write(type, secret);
    masks.set(name, mask);
    result += text.slice(copied, start) + mask;
    copied = end;
  }
  return result + text.slice(copied);
}

const typeName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 100) || 'secret';
