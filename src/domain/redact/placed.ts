/** Secrets that are known by the place where they stand: in an address, a header, a cookie, an option of a command. */
import { fold, leading, withoutClosing } from './assigned.js';
import type { Hit } from './forms.js';
import { entropyOf, hasDigit, isFiller, looksRandom } from './plausible.js';
import { charSet, charSetWithout, has, type Scene } from './scene.js';

const WORD = charSet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_');
const beginsWord = (text: string, at: number): boolean => !has(WORD, text.charCodeAt(at - 1)) || text[at - 2] === '\\';

const LONGEST_LOGIN = 2_400;
const LOGIN = /([^\s:@/?#"'`<>\\\0]{0,256}):([^\s/"'`<>\\\0]{1,2048})@(?=[\w[.-])/y;
/** Where a slash in a password is met, as nobody reads a path there; a port is none. */
const LOGIN_TO_STORE =
  /([^\s:@/?#"'`<>\\\0]{0,256}):(?!\d{1,5}\/)([^\s@"'`<>\\\0]{1,256})@(?=[\w[.-]+[:/,?]|[\w[.-]+$)/y;
const STORE =
  /(?:rediss?|postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\+srv)?|amqps?|mssql|sqlserver|clickhouse|s?ftps?|smtps?|ldaps?|nats|kafka)$/;

const login: Hit = {
  places: [':', '/', '/'],
  take: (scene, at) => {
    const { text } = scene;
    if (scene.isCovered(at, 1) || scene.next('@', at) > at + LONGEST_LOGIN) return;
    let pattern = LOGIN;
    pattern.lastIndex = at;
    let match = pattern.exec(text);
    if (match === null && STORE.test(text.slice(Math.max(0, at - 16), at - 3))) {
      pattern = LOGIN_TO_STORE;
      pattern.lastIndex = at;
      match = pattern.exec(text);
    }
    if (match === null) return;
    const [, user = '', password = ''] = match;
    // https://TOKEN:x-oauth-basic@github.com: the token stands where the user would.
    const isUser = password === 'x-oauth-basic' && user.length >= 6;
    const value = isUser ? user : password;
    if (isFiller(value)) return;
    const start = isUser ? at : at + user.length + 1;
    scene.add(start, start + value.length, 'url-password', 1);
  },
};

const BEARER = /\s{0,3}["']?([A-Za-z0-9._~+/=-]{6,})/y;

const bearer: Hit = {
  places: [...fold('bearer'), ' \t\r\n'],
  take: (scene, at) => {
    if (scene.isCovered(at, 1) || !beginsWord(scene.text, at - 7)) return;
    takeGroup(scene, BEARER, at, 'bearer', looksRandom);
  },
};

const AUTHORIZATION =
  /\\{0,8}["'`]?\]?\s{0,4}(?:[:=,]|=>|:=)\s{0,4}\\{0,8}["'`]?(?:(bearer|token|apikey|basic|negotiate|ntlm|key|splunk|genie-?key|sso-key)[\s:]{1,4})?/iy;
const CREDENTIALS = charSetWithout(' \t\r\n\v\f"\'`\\,;\0');

const authorization: Hit = {
  places: leading('authorization'),
  take: (scene, at) => {
    if (scene.isCovered(at, 1)) return;
    AUTHORIZATION.lastIndex = at - 1;
    const match = AUTHORIZATION.exec(scene.text);
    if (match === null) return;
    const scheme = match[1] ?? '';
    const start = AUTHORIZATION.lastIndex;
    const end = withoutClosing(scene.text, start, scene.runEnd(CREDENTIALS, start));
    const value = scene.text.slice(start, end);
    if (value.length < 6 || isFiller(value)) return;
    if (scheme === '' && !(value.length >= 16 && hasDigit(value) && entropyOf(value) >= 3)) return;
    if (scheme === '' && /^(?:AWS4-|digest$|hawk$)/i.test(value)) return;
    scene.add(start, end, /^basic$/i.test(scheme) ? 'basic-auth' : 'bearer', 1);
  },
};

const BASIC = /([A-Za-z0-9+/]{8,400}={0,2})(?![A-Za-z0-9+/=])/y;

const basic: Hit = {
  places: [...fold('basic'), ' '],
  take: (scene, at) => {
    if (scene.isCovered(at, 1) || !beginsWord(scene.text, at - 6)) return;
    takeGroup(scene, BASIC, at, 'basic-auth', isLogin);
  },
};

/** Whether it is the base64 of `user:password`. */
function isLogin(value: string): boolean {
  if (value.replace(/=+$/, '').length % 4 === 1) return false;
  return /^[\x20-\x7e]+:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

function takeGroup(scene: Scene, pattern: RegExp, at: number, type: string, accept: (value: string) => boolean): void {
  pattern.lastIndex = at;
  const value = pattern.exec(scene.text)?.[1];
  if (value === undefined || !accept(value) || isFiller(value)) return;
  scene.add(pattern.lastIndex - value.length, pattern.lastIndex, type, 1);
}

const COOKIES = /\\{0,8}["'`]?\s{0,4}[:=]\s{0,4}\\{0,8}["'`]?/y;
const PAIR = /\s{0,2}([\w.%$!#^|~*+-]{1,128})=("?)([^\s;,"'`\\\0]{0,4096})\2;?/y;
const SESSION = /sess|sid$|^sid|auth|token|jwt|csrf|xsrf|login|remember|secret|key|identity|id$/i;
/** What a cookie says of itself. */
const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|version|priority|comment)$/i;

const cookie: Hit = {
  places: [...fold('cookie'), '"\'`\\ :='],
  take: (scene, at) => {
    if (at < scene.cookiesEnd) return;
    COOKIES.lastIndex = at - 1;
    if (!COOKIES.test(scene.text)) return;
    PAIR.lastIndex = COOKIES.lastIndex;
    for (let match = PAIR.exec(scene.text); match !== null; match = PAIR.exec(scene.text)) {
      const [whole, name = '', quote = '', all = ''] = match;
      scene.cookiesEnd = PAIR.lastIndex;
      const semicolon = whole.endsWith(';') ? 1 : 0;
      const last = PAIR.lastIndex - semicolon - quote.length;
      const end = withoutClosing(scene.text, last - all.length, last);
      const value = all.slice(0, all.length - (last - end));
      const isOne = SESSION.test(name)
        ? value.length >= 6
        : value.length >= 12 && hasDigit(value) && entropyOf(value) > 3;
      if (isOne && !ATTRIBUTE.test(name) && !isFiller(value)) scene.add(end - value.length, end, 'cookie', 1);
      if (semicolon === 0) break;
    }
  },
};

const command = (name: string): Hit => ({
  places: [...name],
  take: (scene, end) => {
    if (beginsWord(scene.text, end - name.length)) scene.command = { name, end };
  },
});

const MAX_COMMAND_CHARS = 400;
/** Options that hold a secret, by command: `-u user:secret`, and the others whole. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  curl: ['u', '-user', 'U', '-proxy-user'],
  wget: [],
  'redis-cli': ['a', '-pass'],
  sshpass: ['p'],
  mysql: ['p'],
  mysqldump: ['p'],
  mysqladmin: ['p'],
};
const USER = /[ =]?\\{0,8}["']?[\w.@+%-]{1,100}:([^\s"'`\\\0]{3,})/y;
const WHOLE = /[ =]?\\{0,8}["']?([^\s"'`\\\0]{6,})/y;
const GLUED = /\\{0,8}["']?([^\s"'`\\\0-][^\s"'`\\\0]{5,})/y;

const option = (name: string): Hit => ({
  places: [' \t', '-', ...name],
  take: (scene, at) => {
    const { command: ran } = scene;
    if (ran === null || at - ran.end > MAX_COMMAND_CHARS || scene.isCovered(at, 1)) return;
    if (OPTIONS[ran.name]?.includes(name) !== true || scene.next('\n', ran.end) < at) return;
    const pattern = ran.name === 'curl' ? USER : ran.name.startsWith('mysql') ? GLUED : WHOLE;
    // `-path` is another option, `-pX` of mysql is this one with its value.
    if (pattern === GLUED && !hasDigit(scene.text.slice(at, at + 20))) return;
    takeGroup(scene, pattern, at, 'password', () => true);
  },
});

const SETTING_OF_REDIS = /\s{1,4}["']?([^\s"'`\\\0]{6,})/y;
const redisSetting = (word: string): Hit => ({
  places: [...word, ' \t'],
  take: (scene, at) => {
    if (!scene.isCovered(at, 1)) takeGroup(scene, SETTING_OF_REDIS, at - 1, 'password', hasDigit);
  },
});

export const PLACED: readonly Hit[] = [
  login,
  bearer,
  basic,
  authorization,
  cookie,
  ...Object.keys(OPTIONS).map(command),
  ...[...new Set(Object.values(OPTIONS).flat())].map(option),
  redisSetting('requirepass'),
  redisSetting('masterauth'),
];
