/** An entry whose last line may be still to come, held within bounds. */
import type { DetectorState } from './detect.js';
import { LEVELS, type Level, type LogEvent, type LogHeader } from './model.js';
import type { Skipped } from './reader-model.js';
import type { Shape } from './starts.js';
import { stripAnsi } from './strip.js';
import { suppressed } from './suppressed.js';
import { traceOf } from './trace/index.js';

const MAX_LINES = 1_000;
const MAX_CHARS = 1_048_576;
/** Beyond, an entry is over: its bytes must be read again after a restart, so they cannot be without end. */
const MAX_SPAN_BYTES = 16_777_216;

/** What has to be known at its first byte to read it again. */
export interface Anchor {
  readonly contextFrom: number;
  readonly before: number;
  readonly skipping: readonly Skipped[];
  readonly detector: DetectorState;
  readonly counted: readonly number[];
}

export interface OpenEvent {
  readonly from: number;
  to: number;
  /** Behind its last line that is not empty. */
  textTo: number;
  readonly level: Level;
  readonly header: LogHeader | null;
  /** Of the carrier's stream; null where the file is one stream. */
  readonly stream: number | null;
  readonly streamName: string | null;
  readonly context: readonly string[];
  readonly anchor: Anchor;
  readonly shape: Shape;
  readonly maxLines: number;
  head: string[];
  headChars: number;
  tail: string[];
  tailChars: number;
  linesLeftOut: number;
  /** The carrier cut its last line. */
  unfinished: boolean;
  /** The number of its last line among all lines read. */
  lastLine: number;
  closed: boolean;
  /** What was given out of it already. */
  given: LogEvent | null;
  /** So many it has, and so many it had when it was given out. */
  lines: number;
  givenLines: number;
  /** All counters, then. */
  givenCounts: readonly number[] | null;
  /** Its last line never came to an end. */
  partial: boolean;
}

/** What is known when an entry opens. */
type Opening = Pick<
  OpenEvent,
  | 'from'
  | 'to'
  | 'level'
  | 'header'
  | 'stream'
  | 'streamName'
  | 'context'
  | 'anchor'
  | 'shape'
  | 'unfinished'
  | 'lastLine'
> & {
  /** Of its text; those in the middle are left out. */
  readonly maxLines: number | null;
};

/** Field by field: a spread here costs more than reading the line did. */
export const opened = (facts: Opening, first: string): OpenEvent => ({
  from: facts.from,
  to: facts.to,
  textTo: facts.to,
  level: facts.level,
  header: facts.header,
  stream: facts.stream,
  streamName: facts.streamName,
  context: facts.context,
  anchor: facts.anchor,
  shape: facts.shape,
  maxLines: facts.maxLines ?? MAX_LINES,
  head: [first],
  headChars: first.length,
  tail: [],
  tailChars: 0,
  linesLeftOut: 0,
  unfinished: facts.unfinished,
  lastLine: facts.lastLine,
  closed: false,
  given: null,
  lines: 1,
  givenLines: 0,
  givenCounts: null,
  partial: false,
});

/** For a look at what it would be with one line more. */
export const copyOf = (event: OpenEvent): OpenEvent => ({
  ...event,
  head: [...event.head],
  tail: [...event.tail],
  shape: { ...event.shape },
});

/** @returns false where it has become so long that it is over */
export function append(event: OpenEvent, text: string, to: number, unfinished: boolean): boolean {
  event.to = to;
  if (text.trim() !== '') event.textTo = to;
  event.lines += 1;
  const glued = event.unfinished;
  event.unfinished = unfinished;
  const { head, tail } = event;
  if (glued) {
    // Within the bounds of a line: a carrier may cut it as often as it likes.
    const into = tail.length > 0 ? tail : head;
    const last = into.at(-1) ?? '';
    if (last.length < MAX_CHARS / 4) {
      into[into.length - 1] = last + text;
      if (into === tail) event.tailChars += text.length;
      else event.headChars += text.length;
    }
    return to - event.from < MAX_SPAN_BYTES;
  }
  const half = Math.max(1, event.maxLines >> 1);
  if (tail.length === 0 && head.length < half && event.headChars + text.length <= MAX_CHARS / 2) {
    head.push(text);
    event.headChars += text.length + 1;
  } else {
    tail.push(text);
    event.tailChars += text.length + 1;
    while (tail.length > 1 && (tail.length > event.maxLines - half || event.tailChars > MAX_CHARS / 2)) {
      event.tailChars -= (tail.shift() ?? '').length + 1;
      event.linesLeftOut += 1;
    }
  }
  return to - event.from < MAX_SPAN_BYTES;
}

function textOf(event: OpenEvent): { text: string; more: number } {
  const [first = '', ...rest] = event.head;
  const told = suppressed(first);
  const lines = [told.text, ...rest];
  if (event.linesLeftOut > 0) lines.push(`… [${String(event.linesLeftOut)} lines left out]`);
  lines.push(...event.tail);
  const text = stripAnsi(lines.join('\n')).trimEnd();
  const stack = event.header?.stack?.trimEnd() ?? '';
  return { text: stack === '' || text.includes(stack) ? text : `${text}\n${stack}`, more: told.more };
}

export function build(event: OpenEvent, partial: boolean): LogEvent {
  const { text, more } = textOf(event);
  const { header } = event;
  return {
    fromByte: event.from,
    toByte: event.textTo,
    at: header?.at ?? null,
    level: event.level,
    logger: header?.logger ?? null,
    stream: header?.stream ?? event.streamName,
    status: header?.status ?? null,
    text,
    trace: traceOf(text),
    repeats: 1 + more,
    context: event.context,
    linesLeftOut: event.linesLeftOut,
    partial,
    amends: null,
  };
}

/** Whether the one says nothing that the other did not. */
export const sameEvent = (one: LogEvent, other: LogEvent): boolean =>
  one.toByte === other.toByte &&
  one.text === other.text &&
  one.repeats === other.repeats &&
  one.partial === other.partial;

export const levelOf = (index: number): Level => LEVELS[index] ?? 'error';
