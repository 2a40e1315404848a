/** `redact`: stdin to stdout with secrets masked, without Redis, in bounded memory. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { createRedactor, untagged, type Redact } from '../domain/redact/index.js';
import { loadRedactor } from '../redaction.js';
import { programName } from './program-name.js';

/** A line longer than this is masked in pieces, cut at white space where there is some. */
const MAX_HELD_CHARS = 1 << 20;
/** A private key whose end has not come after so many characters is taken to be cut off. */
const MAX_KEY_CHARS = 16_384;

export function registerRedact(program: Command): void {
  program
    .command('redact')
    .description(
      'Copies stdin to stdout with each secret replaced by [redacted:<type>:<hash>]: keys and tokens by their form, passwords ' +
        'by their place (URL, header, assignment), e-mail addresses and card numbers. The hash is keyed: equal secrets have ' +
        'the same one, on this machine only. Follows redaction in config.json. Needs no Redis.',
    )
    .addHelpText('after', () => `\nExample:\n  ${programName()} redact < backend.log > backend.clean.log`)
    .option('--types', 'at the end, print on stderr how many of each type were masked')
    .option('--no-tags', 'leave the hash out: the same masks on every machine, and no key is read or made')
    .action(async (options: { types?: true; tags: boolean }) => {
      const counts = new Map<string, number>();
      const config = loadConfig();
      const redact = options.tags ? loadRedactor(config) : createRedactor(config.redaction, null);
      const masked = redactStream(process.stdin, redact, counts);
      await pipeline(Readable.from(masked), process.stdout, { end: false });
      if (options.types !== true) return;
      for (const [type, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
        process.stderr.write(`${type} ${count}\n`);
      }
    });
}

/**
 * The text of `input` (UTF-8) with its secrets masked, in whole lines as soon as they are there. A private key over several
 * lines is held back until its end.
 * @param counts is told how often each type was masked
 */
export async function* redactStream(
  input: AsyncIterable<Buffer | string>,
  redact: Redact,
  counts = new Map<string, number>(),
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let held = '';
  const mask = (text: string): string => {
    const masked = redact(text);
    if (masked !== text) count(text, masked, counts);
    return masked;
  };
  for await (const chunk of input) {
    held += typeof chunk === 'string' ? chunk : decoder.write(chunk);
    const end = endOfReady(held);
    if (end === 0) continue;
    yield mask(held.slice(0, end));
    held = held.slice(end);
  }
  held += decoder.end();
  if (held !== '') yield mask(held);
}

/** How much of the text can be masked without what follows: whole lines, none that begins something. */
function endOfReady(held: string): number {
  let end = held.lastIndexOf('\n') + 1;
  const opened = held.lastIndexOf('-----BEGIN', end);
  if (opened >= 0 && end - opened < MAX_KEY_CHARS && !held.slice(opened, end).includes('-----END')) {
    end = held.lastIndexOf('\n', opened) + 1;
  }
  // A name whose value stands on the next line.
  while (end > 0 && /[:=>]\s*$/.test(held.slice(Math.max(0, end - 80), end))) {
    end = held.lastIndexOf('\n', end - 2) + 1;
  }
  if (end > 0 || held.length < MAX_HELD_CHARS) return end;
  return Math.max(held.lastIndexOf(' ') + 1, held.lastIndexOf('\n') + 1) || held.length;
}

function count(before: string, after: string, counts: Map<string, number>): void {
  for (const [text, step] of [
    [after, 1],
    [before, -1],
  ] as const) {
    for (const [, type = ''] of untagged(text).matchAll(/\[redacted:([a-z0-9-]+)\]/g)) {
      const sum = (counts.get(type) ?? 0) + step;
      if (sum === 0) counts.delete(type);
      else counts.set(type, sum);
    }
  }
}
