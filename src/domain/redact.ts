import type { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { MASK, RULES, type Rule, type Span } from './redact-rules.js';

/** What a configuration adds: further patterns, and secrets that are none. */
export interface RedactionRules {
  /** `pattern` is a regular expression; its first group is masked where it has one, else the whole match. */
  readonly rules: readonly { readonly name: string; readonly pattern: string }[];
  /** Regular expressions: a secret that one of them finds something in stays as it is. */
  readonly allow: readonly string[];
}

const NONE: RedactionRules = { rules: [], allow: [] };
/**
 * White space for the patterns that stop at it, a NUL for those that run over white space; a line end on either side for `^`
 * and `$`, and two kinds of them so that no text ends in a piece of it that could be taken for its start.
 */
const SEPARATOR = '\n\0\r';
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

/**
 * What the library's detectors find. They are called one by one, not through its `lintSource`: that leaves performance marks
 * behind in the process, searched on each call, so that a worker would grow and slow down with every chunk.
 */
async function librarySpans(text: string): Promise<Span[]> {
  const spans: Span[] = [];
  for (const rule of await detectors()) {
    const name = rule.meta.id.slice(ID_PREFIX.length);
    const known = LIBRARY[name];
    if (LEFT_OUT.has(name) || known?.needs.test(text) === false) continue;
    const type = known?.type ?? 'secret';
    const context: Context = {
      sharedOptions: {},
      createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data: data ?? {} }),
      ignore: () => undefined,
      report: ({ range, message: { data } }) => spans.push(exactly(text, range, data, type)),
    };
    await rule.create(context, {}).file?.(sourceOf(text));
  }
  return spans;
}

type Detectors = typeof rules;
type Detector = Detectors[number];

let loaded: Promise<Detectors> | undefined;
/** Loaded with the first text: the MCP server reads the ledger for days and never has one to mask. */
const detectors = (): Promise<Detectors> =>
  (loaded ??= import('@secretlint/secretlint-rule-preset-recommend').then((library) => library.rules));
type Context = Parameters<Detector['create']>[0];
type Source = Parameters<NonNullable<ReturnType<Detector['create']>['file']>>[0];

/** The text as a file that is on no disk. Its extension is one for which no detector would try to read it. */
function sourceOf(content: string): Source {
  const position = { line: 0, column: 0 };
  return {
    content,
    contentType: 'text',
    ext: '.txt',
    filePath: 'chunk.txt',
    physicalFilePath: undefined,
    hasBOM: false,
    getFilePath: () => 'chunk.txt',
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start: position, end: position }),
    positionToIndex: () => 0,
    indexToPosition: () => position,
  };
}

/** Some detectors report where the key starts with the length of its value: the value itself is in `data`. */
function exactly(text: string, range: readonly number[], data: unknown, type: string): Span {
  const [start = 0, end = 0] = range;
  const [value] = Object.values((data ?? {}) as Record<string, unknown>)
    .filter((entry): entry is string => typeof entry === 'string' && entry !== '')
    .map((entry) => ({ at: text.indexOf(entry, start), length: entry.length }))
    .filter(({ at }) => at >= start && at <= end + 64)
    .sort((a, b) => a.at - b.at || b.length - a.length);
  return value === undefined ? { start, end, type } : { start: value.at, end: value.at + value.length, type };
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
  const allowed = config.allow.map((pattern) => new RegExp(pattern));
  const isAllowed: Allow = (secret) => allowed.some((pattern) => pattern.test(secret));
  const result = { rules: [...own, ...RULES], isAllowed };
  compiled.set(config, result);
  return result;
}

const typeName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || 'secret';
