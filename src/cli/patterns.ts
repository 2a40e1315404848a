/** `patterns LOG`: the patterns of one log, without Redis. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { Command } from 'commander';
import { loadConfig, zoneMinutes } from '../config.js';
import {
  createFileEvents,
  createFilePatterns,
  type EventLines,
  type FilePattern,
} from '../domain/pattern/file/index.js';
import { fingerprintOf } from '../domain/pattern/index.js';
import { createRedactor } from '../domain/redact/index.js';
import { hasCode, InputError } from '../errors.js';
import { programName } from './program-name.js';

const CHUNK_BYTES = 1 << 20;
/** Of a line without an end no more is held. */
const MAX_LINE_CHARS = 1 << 18;
const MAX_ROWS = 50;
/** Of a terminal that does not tell. */
const USUAL_COLUMNS = 100;

interface Options {
  readonly assignments?: true;
  readonly explain?: string;
  readonly format: string;
}

export function registerPatterns(program: Command): void {
  program
    .command('patterns')
    .description(
      'Reads a log and groups its entries by what they say. Prints the patterns with their counts, most frequent first: JSON, ' +
        'or a table on a terminal. Secrets are masked. Needs no Redis and writes nothing.',
    )
    .argument('<log>', 'a log file')
    .option('--assignments', 'print one pattern id per line of the log instead, in order')
    .option('--explain <line>', 'say why the entry at this line (from 1) is in its pattern')
    .option('--format <name>', 'how its lines look; found out by itself unless told', 'auto')
    .addHelpText('after', () => `\nExample:\n  ${programName()} patterns backend.log --explain 42`)
    .action((path: string, options: Options) => {
      const wanted = options.explain === undefined ? null : lineNumber(options.explain);
      const mined = mine(path, options.format, options.assignments === true, wanted);
      if (wanted !== null) printReason(mined, wanted);
      else if (options.assignments === true) printAssignments(mined);
      else printPatterns(mined.patterns.list());
    });
}

function lineNumber(text: string): number {
  const line = Number(text);
  if (Number.isSafeInteger(line) && line > 0) return line;
  throw new InputError(`--explain takes the number of a line, counted from 1; this is "${text}".`);
}

interface Mining {
  readonly patterns: ReturnType<typeof createFilePatterns>;
  /** Of each line, where they are wanted. */
  readonly numbers: readonly Int32Array[];
  readonly lines: number;
  readonly explained: (EventLines & { readonly number: number }) | null;
}

const BLOCK_LINES = 1 << 16;

function mine(path: string, format: string, assigns: boolean, explain: number | null): Mining {
  const config = loadConfig();
  const patterns = createFilePatterns();
  const numbers: Int32Array[] = [];
  let lines = 0;
  let explained: Mining['explained'] = null;
  const fd = open(path);
  try {
    const now = fstatSync(fd).mtimeMs;
    const events = createFileEvents({
      format,
      clock: { now, zoneMinutes: zoneMinutes(null, now) },
      redact: createRedactor(config.redaction, null),
      onEvent(event) {
        const number = patterns.add(event);
        if (explain !== null && explain >= event.line && explain < event.line + event.lines)
          explained = { ...event, number };
        for (let line = lines; assigns && line < lines + event.lines; line++) {
          if (line % BLOCK_LINES === 0) numbers.push(new Int32Array(BLOCK_LINES));
          const block = numbers.at(-1);
          if (block !== undefined) block[line % BLOCK_LINES] = number;
        }
        lines += event.lines;
      },
    });
    for (const line of linesOf(fd)) events.line(line);
    events.end();
  } finally {
    closeSync(fd);
  }
  return { patterns, numbers, lines, explained };
}

function open(path: string): number {
  try {
    const fd = openSync(path, 'r');
    if (!fstatSync(fd).isDirectory()) return fd;
    closeSync(fd);
    throw new InputError(`${path} is a folder; patterns reads one log file.`);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new InputError(`${path}: there is no such file.`);
    if (hasCode(error, 'EACCES', 'EPERM')) throw new InputError(`${path}: it may not be read.`);
    throw error;
  }
}

/** Lines without their ends, in UTF-8 or what a byte order mark says. */
function* linesOf(fd: number): Generator<string> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let decoder: TextDecoder | null = null;
  let held = '';
  for (;;) {
    const size = readSync(fd, chunk, 0, CHUNK_BYTES, null);
    decoder ??= new TextDecoder(encodingOf(chunk.subarray(0, size)));
    const text = decoder.decode(chunk.subarray(0, size), { stream: size > 0 });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      yield withoutReturn(held + text.slice(from, end));
      held = '';
      from = end + 1;
    }
    held = (held + text.slice(from)).slice(0, MAX_LINE_CHARS);
    if (size === 0) break;
  }
  if (held !== '') yield withoutReturn(held);
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function printAssignments({ patterns, numbers, lines }: Mining): void {
  for (const [index, block] of numbers.entries()) {
    const rest = block.subarray(0, Math.min(BLOCK_LINES, lines - index * BLOCK_LINES));
    process.stdout.write([...rest].map((number) => `${patterns.idOf(number)}\n`).join(''));
  }
}

function printReason({ patterns, explained, lines }: Mining, wanted: number): void {
  if (explained === null) throw new InputError(`There is no line ${wanted}: the log has ${lines}.`);
  const id = patterns.idOf(explained.number);
  const pattern = patterns.list().find((one) => one.id === id);
  const why = patterns.explain(fingerprintOf(explained.text, explained.trace));
  const line = explained.text.split('\n')[0]?.slice(0, 300) ?? '';
  if (!process.stdout.isTTY) {
    const count = pattern?.count ?? null;
    const template = pattern?.template ?? null;
    process.stdout.write(`${JSON.stringify({ line: wanted, text: line, id, template, count, why })}\n`);
    return;
  }
  process.stdout.write(`${printable(line)}\n\n  ${id}  ${pattern?.count ?? 0} times\n  ${printable(why)}\n`);
}

function printPatterns(patterns: readonly FilePattern[]): void {
  if (process.stdout.isTTY) {
    process.stdout.write(table(patterns, process.stdout.columns > 0 ? process.stdout.columns : USUAL_COLUMNS));
    return;
  }
  const shown = patterns.map(({ firstLine, lastLine, firstAt, lastAt, ...one }) => ({
    ...one,
    first_line: firstLine,
    last_line: lastLine,
    first_seen: iso(firstAt),
    last_seen: iso(lastAt),
  }));
  // One pattern a line, so that it can be read and searched as it is.
  process.stdout.write(`[\n${shown.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const BARS = '▁▂▃▄▅▆▇█';

function table(patterns: readonly FilePattern[], columns: number): string {
  const rows = patterns.slice(0, MAX_ROWS);
  const width = String(rows[0]?.count ?? 0).length;
  const used = lastUsed(patterns);
  const lines = rows.map(({ id, count, template, trend }) => {
    const line = `${String(count).padStart(width)}  ${sparkline(trend.slice(0, used))}  ${id}  ${printable(template)}`;
    return line.length > columns ? `${line.slice(0, Math.max(1, columns - 1))}…` : line;
  });
  const left = patterns.length - rows.length;
  if (left > 0) lines.push(`and ${left} more; piped, all are printed as JSON`);
  return `${lines.join('\n')}\n`;
}

/** How many cells of the trends the log has reached. */
const lastUsed = (patterns: readonly FilePattern[]): number =>
  Math.max(1, ...patterns.slice(0, MAX_ROWS).map(({ trend }) => trend.findLastIndex((count) => count > 0) + 1));

function sparkline(trend: readonly number[]): string {
  const top = Math.max(1, ...trend);
  return trend.map((count) => (count === 0 ? ' ' : (BARS[Math.ceil((count / top) * BARS.length) - 1] ?? ' '))).join('');
}

/** A log may hold what moves the cursor or hides text. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
