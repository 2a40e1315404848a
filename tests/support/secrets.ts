/** Secrets of every shape that is measured, made anew at each call, so that none lies in a file. */
import { createHmac, generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const DIGIT = '0123456789';
const ALNUM = UPPER + LOWER + DIGIT;
const HEX = `${DIGIT}abcdef`;
const URL64 = `${ALNUM}-_`;
const BASE64 = `${ALNUM}+/`;
/** What a person or a password manager sets. */
const PASSWORD = `${ALNUM}!#%*+-_.~`;

const some = (set: string, length: number): string =>
  Array.from({ length }, () => set[randomInt(set.length)] ?? '').join('');
/** Ends in what cannot be taken for the end of a sentence. */
const password = (): string => `${some(ALNUM, 3)}${some(PASSWORD, 10)}${randomInt(10)}${some(LOWER, 2)}`;
const base64 = (bytes: number): string => randomBytes(bytes).toString('base64');
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(): string {
  const head = `${json({ alg: 'HS256', typ: 'JWT' })}.${json({ sub: some(DIGIT, 10), iat: randomInt(2 ** 31) })}`;
  return `${head}.${createHmac('sha256', some(ALNUM, 8)).update(head).digest('base64url')}`;
}

/** RSA keys take long to make: a few are enough. */
const made = new Map<string, string[]>();
function pem(kind: 'rsa' | 'ec' | 'pkcs8' | 'openssh'): string {
  const known = made.get(kind) ?? [];
  made.set(kind, known);
  if (known.length < 4) known.push(newPem(kind));
  return known[randomInt(known.length)] ?? '';
}

function newPem(kind: 'rsa' | 'ec' | 'pkcs8' | 'openssh'): string {
  if (kind === 'openssh') {
    const lines = Buffer.concat([Buffer.from('openssh-key-v1\0'), randomBytes(300)])
      .toString('base64')
      .replaceAll(/(.{70})/g, '$1\n');
    return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----`;
  }
  const { privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const type = kind === 'rsa' ? 'pkcs1' : kind === 'ec' ? 'sec1' : 'pkcs8';
  return privateKey.export({ type, format: 'pem' }).toString().trim();
}

function card(): string {
  const digits = `${['4', '51', '55', '2221'][randomInt(4)] ?? '4'}${some(DIGIT, 15)}`.slice(0, 15);
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const digit = Number(digits[14 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  const whole = `${digits}${(10 - (sum % 10)) % 10}`;
  return randomInt(2) === 0 ? whole : (whole.match(/\d{4}/g) ?? []).join(' -'[randomInt(2)]);
}

/** A line's part that holds `secret`. */
export interface Planted {
  readonly text: string;
  readonly secret: string;
}
export interface Shape {
  readonly name: string;
  readonly make: () => Planted;
}

const shape = (name: string, secret: () => string, put: (secret: string) => string = (one) => one): Shape => ({
  name,
  make: () => {
    const one = secret();
    return { text: put(one), secret: one };
  },
});
const url = (scheme: string, user: string, rest: string): Shape =>
  shape(
    `${scheme} password`,
    () => some(ALNUM + '_-', 16),
    (one) => `${scheme}://${user}:${one}@${rest}`,
  );

const pems = (['rsa', 'ec', 'pkcs8', 'openssh'] as const).flatMap((kind) => [
  shape(
    `PEM ${kind}`,
    () => pem(kind),
    (one) => `key is\n${one}\n`,
  ),
  shape(
    `PEM ${kind}, one line of JSON`,
    () => pem(kind).replaceAll('\n', '\\n'),
    (one) => `{"key":"${one}\\n"}`,
  ),
]);

/** The 51 shapes, and some in which they are met as well. */
export const SHAPES: readonly Shape[] = [
  shape('AWS key id', () => `AKIA${some(UPPER + DIGIT, 16)}`),
  shape(
    'AWS secret',
    () => some(BASE64, 40),
    (one) => `aws_secret_access_key=${one}`,
  ),
  shape(
    'AWS session token',
    () => `IQoJb3JpZ2luX2Vj${base64(300)}`,
    (one) => `aws_session_token=${one}`,
  ),
  shape(
    'opaque session token',
    () => base64(300),
    (one) => `AWS_SESSION_TOKEN=${one}`,
  ),
  shape('Stripe live', () => `sk_live_${some(ALNUM, 24)}`),
  shape('Stripe restricted', () => `rk_live_${some(ALNUM, 24)}`),
  shape('Google API', () => `AIza${some(URL64, 35)}`),
  shape('Google OAuth secret', () => `GOCSPX-${some(URL64, 28)}`),
  shape('Google access', () => `ya29.${some(URL64, 68)}`),
  shape('JWT', jwt),
  ...pems,
  url('redis', '', '10.0.0.5:6379/0'),
  url('rediss', 'default', 'cache.internal:6380'),
  url('postgres', 'app', 'db:5432/app'),
  url('mysql', 'root', '10.0.0.1/x'),
  url('mongodb+srv', 'u', 'c0.x1.mongodb.net/?w=1'),
  url('amqp', 'guest', 'mq:5672/%2f'),
  url('http', 'admin', 'host/x'),
  shape('PyPI', () => `pypi-AgEIcHlwaS5vcmc${some(URL64, 150)}`),
  shape('npm', () => `npm_${some(ALNUM, 36)}`),
  shape('Hugging Face', () => `hf_${some(UPPER + LOWER, 34)}`),
  shape('Vault', () => `hvs.${some(URL64, 95)}`),
  shape('Twilio key', () => `SK${some(HEX, 32)}`),
  shape(
    'Twilio token',
    () => some(HEX, 32),
    (one) => `twilio_auth_token=${one}`,
  ),
  shape('SendGrid', () => `SG.${some(URL64, 22)}.${some(URL64, 43)}`),
  shape(
    'Azure storage',
    () => base64(64),
    (one) => `AccountName=a;AccountKey=${one};EndpointSuffix=core.windows.net`,
  ),
  shape(
    'Azure SAS',
    () => encodeURIComponent(base64(32)),
    (one) => `https://a.blob.core.windows.net/c?sv=2022&sp=r&sig=${one}`,
  ),
  shape('Azure client secret', () => `${some(ALNUM, 3)}8Q~${some(`${ALNUM}_.~-`, 31)}${some(ALNUM, 3)}`),
  shape('DigitalOcean', () => `dop_v1_${some(HEX, 64)}`),
  shape('Telegram', () => `${some('123456789', 1)}${some(DIGIT, 9)}:AA${some(URL64, 33)}`),
  shape('Discord', () => `M${some(ALNUM, 23)}.${some(URL64, 6)}.${some(URL64, 27)}`),
  shape('Slack bot', () => `xoxb-${some(DIGIT, 12)}-${some(DIGIT, 12)}-${some(ALNUM, 24)}`),
  shape('Slack user', () => `xoxp-${some(DIGIT, 12)}-${some(DIGIT, 12)}-${some(HEX, 32)}`),
  shape(
    'Slack webhook',
    () => `T${some(UPPER + DIGIT, 8)}/B${some(UPPER + DIGIT, 8)}/${some(ALNUM, 24)}`,
    (one) => `https://hooks.slack.com/services/${one}`,
  ),
  shape('GitHub classic', () => `ghp_${some(ALNUM, 36)}`),
  shape('GitHub OAuth', () => `gho_${some(ALNUM, 36)}`),
  shape('GitHub app', () => `ghs_${some(ALNUM, 36)}`),
  shape('GitHub fine-grained', () => `github_pat_${some(ALNUM, 22)}_${some(ALNUM, 59)}`),
  shape('GitLab', () => `glpat-${some(URL64, 20)}`),
  shape('OpenAI old', () => `sk-${some(ALNUM, 20)}T3BlbkFJ${some(ALNUM, 20)}`),
  shape('OpenAI project', () => `sk-proj-${some(URL64, 74)}T3BlbkFJ${some(URL64, 74)}`),
  shape('Anthropic', () => `sk-ant-api03-${some(URL64, 93)}AA`),
  shape('password=', password, (one) => `password=${one}`),
  shape('password: in JSON', password, (one) => `{"user":"a","password":"${one}"}`),
  shape(
    'secret=',
    () => some(ALNUM, 24),
    (one) => `client_secret=${one}`,
  ),
  shape(
    'api_key=',
    () => some(HEX, 32),
    (one) => `api_key=${one}`,
  ),
  shape(
    'Bearer',
    () => some(URL64, 40),
    (one) => `Authorization: Bearer ${one}`,
  ),
  shape(
    'Basic header',
    () => Buffer.from(`admin:${password()}`).toString('base64'),
    (one) => `Authorization: Basic ${one}`,
  ),
  shape(
    'Cookie',
    () => some(ALNUM, 32),
    (one) => `Cookie: theme=dark; sessionid=${one}; lang=en`,
  ),
  shape(
    'Set-Cookie',
    () => some(ALNUM, 32),
    (one) => `Set-Cookie: sid=${one}; Path=/; HttpOnly`,
  ),
  shape('e-mail', () => `${some(LOWER, 6)}.${some(LOWER, 7)}@${some(LOWER, 6)}.com`),
  shape('card', card),
];

/** How lines of services go on around it. */
export const LINES: readonly ((part: string) => string)[] = [
  (part) => `2026-11-22 18:00:01,123 ERROR app.client request failed: ${part}`,
  (part) => `2026-11-22T18:00:01.123Z WARN [worker-3] retry 2 of 5 (${part})`,
  (part) => `level=error ts=1763834401 msg="call failed" detail="${part.replaceAll('"', '\\"')}"`,
  (part) => `{"level":50,"time":1763834401123,"msg":${JSON.stringify(part)}}`,
  (part) => part,
];
