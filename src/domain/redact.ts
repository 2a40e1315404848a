import { lintSource } from '@secretlint/core';
import { rules as libraryRules } from '@secretlint/secretlint-rule-preset-recommend';
import { MASK, RULES, type Rule, type Span } from './redact-rules.js';

/** What a configuration adds: further patterns, and secrets that are none. */
export interface RedactionRules {
  /** `pattern` is a regular expression; its first group is masked where it has one, else the whole match. */
  readonly rules: readonly { readonly name: string; readonly pattern: string }[];
  /** Each entry is a secret's exact text, or `/pattern/flags` that its text matches. */
  readonly allow: readonly string[];
}

const NONE: RedactionRules = { rules: [], allow: [] };
/** White space for the patterns that stop at it, and a NUL for those that run over white space. */
const SEPARATOR = '\n\0\n';
/**
 * Never run: the comment filter would let a text switch off its own redaction; the one for service accounts looks at whole
 * files of other types alone (their key is found as a private key).
 */
const LEFT_OUT = new Set(['filter-comments', 'gcp']);

/**
 * What a text must contain before a detector of the library can find something in it. A detector that is not named here
 * (a newer version may bring one) always runs. It costs a factor of 10 to run all of them on all text.
 */
const LIBRARY: Readonly<Record<string, { readonly type: string; readonly needs: RegExp }>> = {
  aws: { type: 'aws-key', needs: /secret_?access_?key/i },
  privatekey: { type: 'private-key', needs: /-----BEGIN/ },
  npm: { type: 'npm-token', needs: /npm_/ },
  basicauth: { type: 'url-password', needs: /:\/\/[-\w]{1,256}:[-\w]{1,256}@/ },
  slack: { type: 'slack-token', needs: /xox[abopr]-|xapp-|hooks\.slack\.com\/services/i },
  sendgrid: { type: 'sendgrid-key', needs: /SG\./ },
  shopify: { type: 'shopify-key', needs: /shp(?:pa|ca|at|ss)_/ },
  github: { type: 'github-token', needs: /gh[pousr]_|github_pat_/ },
  openai: { type: 'openai-key', needs: /T3BlbkFJ/ },
  anthropic: { type: 'anthropic-key', needs: /sk-ant-api0/ },
  linear: { type: 'linear-key', needs: /lin_api_/ },
  '1password': { type: 'onepassword-token', needs: /ops_ey/ },
  'database-connection-string': { type: 'url-password', needs: /:\/\/[^:/\s]{1,100}:[^@/\s]{1,200}@/ },
};
const ID_PREFIX = '@secretlint/secretlint-rule-';

/**
 * The texts with every secret replaced by `[redacted:<type>]`, in the same order. A text without a secret is returned as it
 * is. The mask tells the kind alone, so that what is computed from masked text is the same on every machine. Masking a
 * second time changes nothing.
 * @throws SyntaxError where a configured pattern is no regular expression
 */
export async function redactTexts(texts: readonly string[], config: RedactionRules = NONE): Promise<string[]> {
  const result = [...texts];
  const { rules, isAllowed } = compile(config);
  // A mask may bring two halves of another secret into view, so what changed is looked at again until it stays.
  let at = result.map((_, index) => index);
  for (let round = 0; at.length > 0 && round < 8; round++) {
    const before = at.map((index) => result[index] ?? '');
    const after = await maskAll(before, rules, isAllowed);
    at = at.filter((index, i) => {
      const text = after[i] ?? '';
      if (text === before[i]) return false;
      result[index] = text;
      return true;
    });
  }
  return result;
}

async function maskAll(texts: readonly string[], rules: readonly Rule[], isAllowed: Allow): Promise<string[]> {
  if (texts.length === 1) return [await mask(texts[0] ?? '', rules, isAllowed)];
  const joined = texts.join(SEPARATOR);
  const masked = await mask(joined, rules, isAllowed);
  if (masked === joined) return [...texts];
  const parts = masked.split(SEPARATOR);
  if (parts.length === texts.length) return parts;
  // A text holds the separator itself, or a configured pattern ran over it.
  return Promise.all(texts.map((text) => mask(text, rules, isAllowed)));
}

async function mask(text: string, rules: readonly Rule[], isAllowed: Allow): Promise<string> {
  let masked = text;
  for (const rule of rules) masked = replace(masked, spansOf(masked, rule), isAllowed);
  return replace(masked, await librarySpans(masked), isAllowed);
}

function* spansOf(text: string, { pattern, judge, type }: Rule): Generator<Span> {
  for (const match of text.matchAll(pattern)) {
    if (judge !== undefined) {
      const span = judge(match, text);
      if (span !== null) yield span;
    } else if (match[0] !== '') {
      const value = match[1] ?? match[0];
      const start = match.index + match[0].indexOf(value);
      yield { start, end: start + value.length, type };
    }
  }
}

async function librarySpans(text: string): Promise<Span[]> {
  const chosen = libraryRules.filter(({ meta: { id } }) => {
    const name = id.slice(ID_PREFIX.length);
    return !LEFT_OUT.has(name) && LIBRARY[name]?.needs.test(text) !== false;
  });
  if (chosen.length === 0) return [];
  // A leading byte order mark would be dropped and shift every position by one.
  const content = `\n${text}`;
  const { messages } = await lintSource({
    source: { filePath: 'chunk.txt', content, ext: '.txt', contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules: chosen.map((rule) => ({ id: rule.meta.id, rule })) } },
  });
  return messages.flatMap(({ ruleId, range, data }) => {
    const type = LIBRARY[ruleId.slice(ID_PREFIX.length)]?.type ?? 'secret';
    // Some detectors report the start of the key with the length of the value: the value itself is in `data`.
    const found = Object.values((data ?? {}) as Record<string, unknown>)
      .filter((value): value is string => typeof value === 'string' && value !== '')
      .map((value) => ({ start: content.indexOf(value, range[0]), length: value.length }))
      .filter(({ start }) => start >= range[0] && start <= range[1] + 64)
      .map(({ start, length }) => ({ start: start - 1, end: start - 1 + length, type }));
    return found.length > 0 ? found : [{ start: range[0] - 1, end: range[1] - 1, type }];
  });
}

type Allow = (secret: string) => boolean;

function replace(text: string, spans: Iterable<Span>, isAllowed: Allow): string {
  let result = '';
  let copied = 0;
  const ordered = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const { start, end, type } of ordered) {
    const secret = text.slice(start, end);
    if (start < copied || end <= start || isMasked(text, start, secret) || isAllowed(secret)) continue;
    result += `${text.slice(copied, start)}[redacted:${type}]`;
    copied = end;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/** Whether a mask stands in the secret, or the secret begins in one. */
function isMasked(text: string, start: number, secret: string): boolean {
  if (MASK.test(secret)) return true;
  const opened = text.lastIndexOf('[redacted:', start);
  if (opened < 0 || start - opened > 100) return false;
  const mask = MASK.exec(text.slice(opened, start + 100));
  return mask?.index === 0 && opened + mask[0].length > start;
}

const compiled = new WeakMap<RedactionRules, { rules: readonly Rule[]; isAllowed: Allow }>();

function compile(config: RedactionRules): { rules: readonly Rule[]; isAllowed: Allow } {
  const known = compiled.get(config);
  if (known !== undefined) return known;
  const own = config.rules.map(({ name, pattern }) => ({ type: typeName(name), pattern: new RegExp(pattern, 'gm') }));
  const exact = new Set(config.allow);
  const patterns = config.allow.flatMap((entry) => {
    const parts = /^\/(.+)\/([a-z]*)$/s.exec(entry);
    return parts === null ? [] : [new RegExp(parts[1] ?? '', (parts[2] ?? '').replaceAll(/[gy]/g, ''))];
  });
  const isAllowed: Allow = (secret) => exact.has(secret) || patterns.some((pattern) => pattern.test(secret));
  const result = { rules: [...own, ...RULES], isAllowed };
  compiled.set(config, result);
  return result;
}

const typeName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || 'secret';
