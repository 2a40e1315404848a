/**
 * `npm run bench -- redact`: how fast texts are redacted, by line and in chunks, what a hostile line of 1 MiB costs, and
 * how many secrets of each shape are found; beside secretlint in the same run, as a yardstick.
 */
import { lintSource } from '@secretlint/core';
import { rules as libraryRules } from '@secretlint/secretlint-rule-preset-recommend';
import { ASSIGNED } from '../src/domain/redact/assigned.js';
import { createRedactor, type Redact } from '../src/domain/redact/index.js';
import { PLACED } from '../src/domain/redact/placed.js';
import { LINES, SHAPES } from '../tests/support/secrets.js';
import { round } from './support/numbers.js';
import { print, readOptions } from './support/options.js';

const options = readOptions({ mb: '40', samples: '20', rounds: '5' });
const WANTED = { mbPerSecond: 80, hostileP99Ms: 50, shapes: 50 };
const MIB = 1 << 20;
const CHUNK_CHARS = 64 * 1_024;

const redact = createRedactor({ rules: [], allow: [] }, Buffer.alloc(32, 1));
const rules = libraryRules
  .filter(({ meta }) => !meta.id.endsWith('filter-comments'))
  .map((rule) => ({ id: rule.meta.id, rule }));
const lint = async (content: string): Promise<boolean> => {
  const source = { filePath: 'chunk.txt', content, ext: '.txt', contentType: 'text' as const };
  const { messages } = await lintSource({ source, options: { noPhysicFilePath: true, config: { rules } } });
  return messages.length > 0;
};

/** Lines of services without a secret, 111 bytes as a rule. */
function cleanLines(bytes: number): string[] {
  const lines: string[] = [];
  for (let sum = 0, i = 0; sum < bytes; i++) {
    const at = new Date(1_763_834_400_000 + i * 7).toISOString();
    const id = ((i * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
    const line =
      i % 3 === 0
        ? `${at} INFO autobot.api [req-${id}] GET /api/v1/items/${i % 9_999} 200 in ${i % 97} ms from 10.0.${i % 255}.7`
        : i % 3 === 1
          ? `{"level":30,"time":${1_763_834_400_000 + i},"trace_id":"${id}${id}","msg":"job done","queue":"ingest","took":${i % 900}}`
          : `${at} WARN worker-${i % 8} retry ${i % 5} of 5 for task ${id}-0000-4000-8000-00000000${id.slice(0, 4)}: timed out`;
    lines.push(line);
    sum += line.length + 1;
  }
  return lines;
}

const clean = cleanLines(Number(options.mb) * 1e6);
const bytes = clean.reduce((sum, line) => sum + line.length + 1, 0);
const chunks: string[] = [];
for (let text = '', i = 0; i <= clean.length; i++) {
  if (text.length >= CHUNK_CHARS || i === clean.length) {
    chunks.push(text);
    text = '';
  }
  text += `${clean[i] ?? ''}\n`;
}

/** Processor time: others use this machine too. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The best of some rounds. */
function mbPerSecond(texts: readonly string[], mask: Redact): number {
  let best = 0;
  for (let n = 0; n < Number(options.rounds); n++) {
    const started = cpuMs();
    for (const text of texts) mask(text);
    best = Math.max(best, bytes / 1e3 / (cpuMs() - started));
  }
  return round(best);
}

const HOSTILE: readonly string[] = [
  ...['password=', 'password="', "token='", 'secret: ', 'api_key=', '"key":"', 'pwd=', '&sig=', 'credential='],
  ...['://', '://a:', '://a:b@', 'redis://a:/', 'postgres://a:', 'eyJ', '%20eyJ', '\\neyJ', 'eyJaaaaaaaaaaa.'],
  ...['"', "'", '\\', '\\"', '{', '=', ':', '@', 'a@', 'a@b.c', '4', '1234-', '4111 1111 '],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    '-----END ',
    'bearer ',
    'Bearer a',
    'basic aaaaaaaa ',
    'cookie: a=b;',
  ],
  ...[
    'authorization:',
    'authorization: Basic ',
    'sk-',
    'sk-ant-',
    'ghp_',
    'npm_',
    'AKIA',
    'SG.',
    'xoxb-',
    'AIza',
    'hf_',
  ],
  ...[
    'glpat-',
    'ya29.',
    'hvs.',
    '_mmk',
    'JQQJ99',
    '.atlasv1.',
    '0Q~',
    '-us1',
    ':AA',
    'MNO',
    'curl -u ',
    'redis-cli -a ',
  ],
  ...[
    '[redacted:',
    '[redacted:x]',
    '--password ',
    'password is ',
    '<password>',
    '"token","',
    'token: str = "',
    'requirepass ',
  ],
];

/** Each word that the automaton looks for in front of a value, with each character that may follow it. */
const LED: readonly string[] = [...ASSIGNED, ...PLACED].map(({ places }) => {
  const word = places.slice(0, -1).map((chars) => chars.charAt(0));
  return [...(places.at(-1) ?? '')].map((lead) => word.join('') + lead).join('');
});

/** Up to 1 MiB of it. */
const filled = (word: string): string => word.repeat(Math.ceil(MIB / word.length));
/** No two secrets are the same, so that nothing is known from the one before. */
const distinct = (make: (id: string) => string): string =>
  Array.from({ length: MIB / 16 }, (_, i) => make(i.toString(36).padStart(4, '0'))).join('');
const HOSTILE_LINES: ReadonlyMap<string, string> = new Map([
  ...[...HOSTILE, ...LED].map((word) => [word, filled(word)] as const),
  ['password=… that differ', distinct((id) => `password=x${id}1 `)],
  ['addresses that differ', distinct((id) => `somebody${id}@b.cc `)],
  ['logins that differ', distinct((id) => `redis://:x${id}@h `)],
]);

function hostileMs(): { p50: number; p99: number; max: number; slowest: readonly string[] } {
  for (const line of HOSTILE_LINES.values()) redact(line.slice(0, 2_000));
  const took = [...HOSTILE_LINES]
    .map(([word, repeated]) => {
      const line = Buffer.from(repeated).toString('latin1').slice(0, MIB);
      let best = Number.POSITIVE_INFINITY;
      for (let n = 0; n < Number(options.rounds); n++) {
        const started = cpuMs();
        redact(line);
        best = Math.min(best, cpuMs() - started);
      }
      return { word, ms: round(best) };
    })
    .sort((a, b) => a.ms - b.ms);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))]?.ms ?? 0;
  const slowest = took.slice(-5).map(({ word, ms }) => `${word.slice(0, 40)} ${ms}`);
  return { p50: at(0.5), p99: at(0.99), max: at(1), slowest };
}

async function recall() {
  const missed: string[] = [];
  const missedByLibrary: string[] = [];
  for (const { name, make } of SHAPES) {
    let [ours, theirs] = [0, 0];
    for (let i = 0; i < Number(options.samples); i++) {
      const { text, secret } = make();
      const line = LINES[i % 3]?.(text) ?? text;
      const masked = redact(line);
      if (masked !== line && !masked.includes(secret.slice(0, 24))) ours += 1;
      if (await lint(line)) theirs += 1;
    }
    if (ours < Number(options.samples)) missed.push(name);
    if (theirs < Number(options.samples)) missedByLibrary.push(name);
  }
  return { shapes: SHAPES.length, missed, missedBySecretlint: missedByLibrary };
}

const perLine = mbPerSecond(clean, redact);
const perChunk = mbPerSecond(chunks, redact);
const some = clean.slice(0, 2_000);
let started = cpuMs();
for (const line of some) await lint(line);
const libraryPerLine = round(some.reduce((sum, line) => sum + line.length + 1, 0) / 1e3 / (cpuMs() - started));
started = cpuMs();
for (const chunk of chunks.slice(0, 20)) await lint(chunk);
const libraryPerChunk = round((20 * CHUNK_CHARS) / 1e3 / (cpuMs() - started));

print('redact', options, {
  wanted: WANTED,
  mbPerSecond: { perLine, per64KiB: perChunk },
  secretlint: { perLine: libraryPerLine, per64KiB: libraryPerChunk },
  hostile1MiBMs: hostileMs(),
  recall: await recall(),
});
