/** What a secret looks like: our own rules, beside the detectors of the library. */

/** Which part of a text is a secret: from `start` (inclusive) to `end` (exclusive), in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

export interface Rule {
  readonly type: string;
  /** Global; the secret is group 1 where there is one, else the whole match. No pattern may match a line feed and a NUL. */
  readonly pattern: RegExp;
  /** Looks closer at a match; null: not a secret after all. */
  readonly judge?: (match: RegExpExecArray, text: string) => Span | null;
}

/** What stands in place of a secret. */
export const MASK = /\[redacted:[a-z0-9-]+(?::[0-9a-f]{8})?\]/;
const QUOTE = String.raw`\\{0,8}["'${'`'}]`;
/** What follows the name of a secret: closing quote, `:`, `=`, `:=` or `=>`, and a value in quotes or bare. */
const ASSIGNED = String.raw`(?:${QUOTE})?\]?(\s{0,4}(?:=>|:=|=(?!=)|:(?![:/=]))\s{0,4})(?:(${QUOTE})(.{6,400}?)\3|([^\s"'${'`'},;&\\\0]{1,400}))`;

/**
 * Words that stand for a secret but are none: what fills a form's field, a template or a type.
 * Each costs recall, so only words that nobody would set as a password are here.
 */
const NO_SECRET =
  /^(?:undefined|required|optional|string|boolean|number|object|unknown|disabled|enabled|missing|invalid|expired|default|hidden|masked|redacted|sensitive|nullable|password|passwd|secret|token|function|return|import|export|process|settings|config|request|response|options|params|credentials)[.,:;!?)]*$/i;
/** `${X}`, `$X`, `$(x)`, `{{x}}`, `{x}`, `<x>`, `%X%`, `@x@`, `[x]` and references into an environment. */
const TEMPLATE =
  /^(?:\$[\w({]|\{|<|%\w+%|\[|#\{|f?["'`]?\{|(?:process\.|import\.meta\.)?env\b|os\.(?:environ|getenv)|getenv|ENV\[|secrets\.|vault:|op:\/\/|arn:|https?:\/\/)|\$\{/i;
const FILLER = /^(?:(.)\1*|[*xX.•…#_-]+|(?:your|enter|insert|replace|paste|example|my)[-_ ].*|.*(?:x{4,}|\.{3}|…))$/is;
const PATH = /^(?:~|\.{1,2})?\/(?:[\w.@-]+\/)+[\w.@-]*$/;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z_$-]*$/;
/** A member, a call, an index, a generic type: code that leads to the value, not the value. */
const CODE =
  /^(?:await |new |!)?[A-Za-z_$][\w$]*(?:\?\.|\.(?=[A-Za-z_$])|::|->|\(|\[|<|!\.)|^(?:await|new|typeof|async)$/;
const SENTENCE = /\b(?:password|secret|token|key|required|invalid|enter|your|expired|missing|must|not|the)\b/i;

type Kind = 'password' | 'secret' | 'token' | 'api-key';

/** What a setting's value says about a password without being one: types, switches, and how it stands with it. */
const NO_PASSWORD =
  /^(?:unicode|varchar|integer|buffer|bytes|literal|decimal|secure|protected|(?:un|in)?(?:changed|correct|known|verified|encrypted|specified)|accepted|rejected|refused|revoked|rotated|refreshed|updated|created|generated|removed|deleted|matched|mismatch|stored|hashed|salted|failed|failure|success|wrong|placeholder|prompt|manual|inherit|always|before|nothing|whatever)$/i;
const CAMEL_CASE = /[a-z][A-Z]/;
/** The words of a setting: nothing before its name but indent, `export` and a quote, white space at its `=` or `:`. */
const SETTING_FRONT = /^[ \t]*(?:export[ \t]+)?["']?[\w.-]*$/;
const SETTING_SEPARATOR = /^[ \t]*[:=][ \t]+$|^[ \t]+=[ \t]*$/;

/**
 * Whether a bare word is the value of a line such as `password = swordfish` or `password: swordfish`: alone behind a name
 * that begins the line. In the midst of one it is a variable in code or a word in prose.
 */
function isSetting(text: string, nameAt: number, separator: string, value: string, end: number): boolean {
  if (!SETTING_SEPARATOR.test(separator) || NO_PASSWORD.test(value) || CAMEL_CASE.test(value)) return false;
  const before = text.slice(Math.max(0, nameAt - 80), nameAt);
  const front = /[^\r\n\0]*$/.exec(before)?.[0] ?? '';
  return SETTING_FRONT.test(front) && front.length < 80 && /^[ \t]*(?:[\r\n\0]|$)/.test(text.slice(end, end + 80));
}

function isSecretValue(
  kind: Kind,
  isConstant: boolean,
  separator: string,
  quoted: boolean,
  value: string,
  isWholeSetting: () => boolean,
): boolean {
  if (value.length < 6 || MASK.test(value)) return false;
  if (FILLER.test(value) || NO_SECRET.test(value) || TEMPLATE.test(value) || PATH.test(value)) return false;
  if (kind !== 'password' && /^[\d.,_]+(?:ms|s|k|kb)?$/i.test(value)) return false;
  if (quoted) return !(/\s/.test(value) && SENTENCE.test(value));
  if (CODE.test(value)) return false;
  if (!IDENTIFIER.test(value)) return true;
  // A bare word is a value in an environment, a query or a file of settings; else a variable in code or a word in prose.
  const isNamedSo = /pass|secret|token|key|pwd|auth|value|config|env/i.test(value);
  if (separator === '=') return isConstant || (kind === 'password' && !isNamedSo);
  return (kind === 'password' || kind === 'secret') && !isNamedSo && isWholeSetting();
}

/** A rule for `<name>= value` in its many spellings. `before` is what must stand in front of `name`. */
function assignment(type: Kind, name: string, before?: RegExp): Rule {
  // The pattern begins with a fixed word: that makes it some 20 times as fast as one that begins with a choice.
  const pattern = new RegExp(`(${name})${ASSIGNED}`, 'gi');
  const judge = (match: RegExpExecArray, text: string): Span | null => {
    const [whole, spelled = '', separator = '', quote = '', inner, bare = ''] = match;
    const front = text.slice(Math.max(0, match.index - 40), match.index);
    if (before?.test(front) === false || /\[redacted:[a-z0-9-]*$/.test(front)) return null;
    const quoted = inner !== undefined;
    const isConstant = spelled === spelled.toUpperCase();
    let value = inner ?? bare;
    const start = match.index + whole.length - value.length - (quoted ? quote.length : 0);
    if (!quoted && isConstant && separator === '=') {
      // In an environment file it goes on to the white space.
      value = /^[^\s"'`\0]*/.exec(text.slice(start, start + 400))?.[0] ?? value;
    } else if (!quoted && !/[([{<]/.test(value)) {
      value = value.replace(/[)\]}>.:!?]+$/, '');
    }
    const isWhole = (): boolean => isSetting(text, match.index, separator, value, start + value.length);
    if (!isSecretValue(type, isConstant, separator, quoted, value, isWhole)) return null;
    return { start, end: start + value.length, type };
  };
  return { type, pattern, judge };
}

/** Group 1, if it does not only stand for a secret. */
function judgeGroup(type: string, accept: (value: string) => boolean = () => true): Rule['judge'] {
  return (match) => {
    const value = match[1] ?? match[0];
    if (MASK.test(value) || FILLER.test(value) || TEMPLATE.test(value) || !accept(value)) return null;
    const start = match.index + match[0].lastIndexOf(value);
    return { start, end: start + value.length, type };
  };
}

const hasDigit = (value: string): boolean => /\d/.test(value);
const looksRandom = (value: string): boolean => value.length >= 6 && (hasDigit(value) || value.length >= 24);

function contextual(type: string, pattern: RegExp, accept?: (value: string) => boolean): Rule {
  const judge = judgeGroup(type, accept);
  return judge === undefined ? { type, pattern } : { type, pattern, judge };
}

/** In the order in which they are applied: what knows a secret by its own form comes before what knows it by its place. */
export const RULES: readonly Rule[] = [
  {
    type: 'private-key',
    // Whole, or cut off: then at least one full line of it must follow.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^\0]{0,16384}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:\s|\\+[nr])*(?:[A-Za-z0-9+/=]{40,}(?:\s|\\+[nr])*)+[A-Za-z0-9+/=]*)/g,
  },
  { type: 'private-key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{50,64}\b/g },
  { type: 'jwt', pattern: /\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*){1,3}/g },
  { type: 'anthropic-key', pattern: /(?<![\w-])sk-ant-[\w-]{16,}/g },
  { type: 'openai-key', pattern: /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[\w-]{16,}|[A-Za-z0-9]{32,})/g },
  { type: 'stripe-key', pattern: /(?<![A-Za-z0-9])(?:[srp]k_(?:live|test)_|whsec_)[A-Za-z0-9]{10,}/g },
  { type: 'github-token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g },
  { type: 'gitlab-token', pattern: /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|soat|cbt)-[\w-]{16,}/g },
  { type: 'slack-token', pattern: /\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/g },
  { type: 'slack-webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/([\w/-]{16,})/g },
  { type: 'aws-key', pattern: /\b(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}\b/g },
  { type: 'google-key', pattern: /(?<![\w-])(?:AIza[\w-]{35}(?![\w-])|GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,})/g },
  { type: 'npm-token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,}/g },
  { type: 'pypi-token', pattern: /(?<![A-Za-z0-9])pypi-AgE[\w-]{30,}/g },
  { type: 'huggingface-token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/g },
  // https://TOKEN:x-oauth-basic@github.com: the token stands where the user would.
  contextual('url-password', /:\/\/([^\s:@/?#"'`<>\\\0]{6,256}):x-oauth-basic@/g),
  contextual('url-password', /:\/\/[^\s:@/?#"'`<>\\\0]{0,256}:([^\s/"'`<>\\\0]{1,256})@(?=[\w[.-])/g),
  contextual('bearer', /\bbearer\s{1,4}["']?([A-Za-z0-9._~+/=-]{6,})/gi, looksRandom),
  contextual(
    'bearer',
    /\bauthorization\\{0,8}["'`]?\s{0,4}[:=]\s{0,4}\\{0,8}["'`]?(?:bearer|token|apikey)\s{1,4}([^\s"'`\\\0]{6,})/gi,
  ),
  contextual(
    'basic-auth',
    /\bauthorization\\{0,8}["'`]?\s{0,4}[:=]\s{0,4}\\{0,8}["'`]?basic\s{1,4}([A-Za-z0-9+/=_-]{6,})/gi,
  ),
  contextual('password', /\bcurl\b[^\n\0]{0,300}?\s(?:-u|--user)[ =]?["']?[\w.@+-]{1,100}:([^\s"'`\\\0]{3,})/g),
  contextual('password', /\b(?:redis-cli\b[^\n\0]{0,200}?\s-a|sshpass\s+-p)\s?["']?([^\s"'`\\\0]{6,})/g),
  contextual('password', /\b(?:requirepass|masterauth)\s{1,4}["']?([^\s"'`\\\0]{6,})/g, hasDigit),
  contextual(
    'password',
    /--(?:password|passwd|passphrase|secret|token|api-?key)\s{1,4}["']?([^\s"'`\\\0-][^\s"'`\\\0]{5,})/g,
    hasDigit,
  ),
  contextual(
    'password',
    /\b(?:password|passphrase)\s(?:is|was)\s["'`]?([^\s"'`\\\0]{5,}[^\s"'`\\\0.,;:!?)])/gi,
    hasDigit,
  ),
  assignment('password', String.raw`pass(?:w(?:or)?d|phrase)`),
  assignment('password', 'pass', /(?:[a-z0-9][_-]|require)$/i),
  assignment('password', 'pwd', /[a-z0-9][_-]$|[;&?"']\s?$/i),
  assignment('secret', String.raw`secret(?:[_-]?(?:access[_-]?)?key)?`),
  assignment('token', 'token'),
  assignment('api-key', 'key', /(?:api|access|account|private|auth|signing|encryption|master)[_-]?$/i),
];
