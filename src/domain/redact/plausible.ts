/** Whether what stands where a secret would stand is one: fillers, templates, code and prose are not. */

export type Kind = 'password' | 'secret' | 'token' | 'api-key';

/**
 * Words that stand for a secret but are none: what fills a form's field, a template or a type.
 * Each costs recall, so only words that nobody would set as a password are here.
 */
const NO_SECRET =
  /^(?:undefined|required|optional|string|boolean|number|object|unknown|disabled|enabled|missing|invalid|expired|default|hidden|masked|redacted|sensitive|nullable|password|passwd|secret|token|function|return|import|export|process|settings|config|request|response|options|params|credentials)[.,:;!?)]*$/i;
/** `${X}`, `$X`, `$(x)`, `{{x}}`, `{x}`, `<x>`, `%X%`, `@x@`, `[x]` and references into an environment. */
const TEMPLATE =
  /^(?:\$[\w({]|\{|<|%[a-z_]\w{0,63}%$|\[|#\{|f?["'`]?\{|(?:process\.|import\.meta\.)?env\b|os\.(?:environ|getenv)|getenv|ENV\[|secrets\.|vault:|op:\/\/|arn:|https?:\/\/)|\$\{/i;
const FILLER = /^(?:(.)\1*|[*xX.•…#_-]+|(?:your|enter|insert|replace|paste|example|my)[-_ ].*|.*(?:x{4,}|\.{3}|…))$/is;
const PATH = /^(?:~|\.{1,2})?\/(?:[\w.@-]{1,200}\/){1,40}[\w.@-]*$/;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z_$-]*$/;
/** A member, a call, an index, a generic type: code that leads to the value, not the value. */
const CODE =
  /^(?:await |new |!)?[A-Za-z_$][\w$]*(?:\?\.|\.(?=[A-Za-z_$])|::|->|\(|\[|<|!\.)|^(?:await|new|typeof|async)$/;
/** An object as a program prints it: `AppToken{9f4ef63 …`, `java.security.Key@1b28cdfa`. */
const OBJECT = /^[A-Za-z$][A-Za-z$.]{2,}(?:\{|@[0-9a-f]{4,8}$)/;
const SENTENCE = /\b(?:password|secret|token|key|required|invalid|enter|your|expired|missing|must|not|the)\b/i;
/** What says something of the whole is looked for in this much of a value: one that goes on longer is no word and no filler. */
export const JUDGED_CHARS = 200;
export const LEAST_CHARS = 6;

/** What a setting's value says about a password without being one: types, switches, and how it stands with it. */
const NO_PASSWORD =
  /^(?:unicode|varchar|integer|buffer|bytes|literal|decimal|secure|protected|(?:un|in)?(?:changed|correct|known|verified|encrypted|specified)|accepted|rejected|refused|revoked|rotated|refreshed|updated|created|generated|removed|deleted|matched|mismatch|stored|hashed|salted|failed|failure|success|wrong|placeholder|prompt|manual|inherit|always|before|nothing|whatever)$/i;
const CAMEL_CASE = /[a-z][A-Z]/;
/** The words of a setting: nothing before its name but indent, `export` and a quote, white space at its `=` or `:`. */
const SETTING_FRONT = /^[ \t]*(?:export[ \t]+)?["']?[\w.-]*$/;
const ENDS_SETTING = ' \t\r\n\0';
const REST_OF_SETTING = /[ \t]{0,80}(?:[\r\n\0]|$)/y;
const SETTING_SEPARATOR = /^[ \t]*[:=][ \t]+$|^[ \t]+=[ \t]*$/;

/** A variable that holds a secret is named after it. */
const NAMED_SO = /pass|secret|token|key|pwd|auth|value|config|env/i;
const BRACKET = /[([{<]/;

/** What is only told apart from code and prose by how it stands. */
export interface Standing {
  /** All capitals: as in an environment. */
  readonly isConstant: boolean;
  /** The operator with the white space around it. */
  readonly separator: string;
  readonly quoted: boolean;
  /** Whether the value is all that stands in its line behind the name. */
  readonly isWholeSetting: () => boolean;
}

/** A value that only fills the place of a secret. */
export const isFiller = (value: string): boolean =>
  value.length <= JUDGED_CHARS && (TEMPLATE.test(value) || FILLER.test(value));

export function isSecretValue(kind: Kind, value: string, standing: Standing): boolean {
  const { isConstant, separator, quoted } = standing;
  if (value.length < LEAST_CHARS) return false;
  if (value.length > JUDGED_CHARS) return !TEMPLATE.test(value.slice(0, JUDGED_CHARS)) && isDense(value, quoted);
  // A bare word, as nearly all that follows such a name: what refuses most comes first.
  const isWord = !quoted && IDENTIFIER.test(value);
  if (isWord && separator !== '=' && !((kind === 'password' || kind === 'secret') && standing.isWholeSetting()))
    return false;
  if (NO_SECRET.test(value) || TEMPLATE.test(value) || PATH.test(value)) return false;
  if (FILLER.test(value) || (!quoted && OBJECT.test(value))) return false;
  if (kind !== 'password' && /^[\d.,_]+(?:ms|s|k|kb)?$/i.test(value)) return false;
  if (quoted) return !(/\s/.test(value) && SENTENCE.test(value));
  const isNamedSo = NAMED_SO.test(value);
  if (CODE.test(value)) {
    if (hasKey(value)) return true;
    // Names of members have no digits as a rule, passwords with a dot in them have.
    return hasDigit(value) && !isNamedSo && !BRACKET.test(value) && (separator === '=' || standing.isWholeSetting());
  }
  if (!isWord) return true;
  // A bare word is a value in an environment, a query or a file of settings; else a variable in code or a word in prose.
  if (separator === '=') return isConstant || (!isNamedSo && (kind === 'password' || isIrregular(value)));
  return !isNamedSo;
}

/** Whether a part of it is a key rather than a name: long, with capitals, small letters and several digits. */
const hasKey = (value: string): boolean =>
  (value.match(/[A-Za-z0-9_-]{16,}/g) ?? []).some(
    (part) => /[A-Z]/.test(part) && /[a-z]/.test(part) && (part.match(/\d/g)?.length ?? 0) >= 3,
  );

/** Capitals where no name has them. */
const isIrregular = (value: string): boolean =>
  value.length >= 16 && (value.match(/[A-Z]{2,}|[A-Z][a-z](?=[A-Z])/g)?.length ?? 0) >= 2;

/** Of something long: a key has no words in it, a text has. */
const isDense = (value: string, quoted: boolean): boolean =>
  !quoted || !/\s\S{1,40}\s/.test(value.slice(0, JUDGED_CHARS));

/**
 * Whether a bare word is the value of a line such as `password = swordfish` or `password: swordfish`: alone behind a name
 * that begins the line. In the midst of one it is a variable in code or a word in prose.
 */
export function isSetting(text: string, nameAt: number, separator: string, value: string, end: number): boolean {
  if (end < text.length && !ENDS_SETTING.includes(text.charAt(end))) return false;
  REST_OF_SETTING.lastIndex = end;
  if (!REST_OF_SETTING.test(text)) return false;
  if (!SETTING_SEPARATOR.test(separator) || NO_PASSWORD.test(value) || CAMEL_CASE.test(value)) return false;
  const before = text.slice(Math.max(0, nameAt - 80), nameAt);
  const front = /[^\r\n\0]*$/.exec(before)?.[0] ?? '';
  return SETTING_FRONT.test(front) && front.length < 80;
}

export const hasDigit = (value: string): boolean => /\d/.test(value.slice(0, JUDGED_CHARS));

/** Long enough, and with a digit or so long that it is no word. */
export const looksRandom = (value: string): boolean =>
  value.length >= LEAST_CHARS && (value.length >= 24 || hasDigit(value));

/** Shannon entropy in bits per character (what is beyond ASCII counts as one): words have below 3, random keys of 20 characters above 3.5. */
export function entropyOf(value: string): number {
  const counts = new Uint8Array(129);
  const length = Math.min(value.length, JUDGED_CHARS);
  for (let at = 0; at < length; at++) {
    const code = Math.min(value.charCodeAt(at), 128);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
