/** What a log's own reader finds in some lines: entries of level error or worse, and stack traces. */
import { mayBeginError } from '../log/detect.js';
import { createLogReader } from '../log/index.js';
import type { Trace } from '../log/model.js';
import { CUES } from './cues.js';
import { saidInFields } from './levels.js';
import type { Line } from './window.js';

export interface Logged {
  /** Index of its first and last line. */
  readonly at: number;
  readonly to: number;
  /** Without what the log puts in front of it. */
  readonly text: string;
  readonly trace: Trace | null;
  /** A header of a log stood in front of it. */
  readonly headed: boolean;
}

const LINE_CLOCK = { now: 0, zoneMinutes: 0 };

/** Lines that no longer belong to an entry whose end nothing marks: prose that follows it. */
function ownLines(text: string): string {
  const lines = text.split('\n');
  let end = lines.length;
  for (let at = 1; at < lines.length; at += 1) {
    if ((lines[at] ?? '').trim() !== '') continue;
    const next = lines.slice(at + 1).find((line) => line.trim() !== '');
    if (next === undefined || !GOES_ON.test(next)) {
      end = at;
      break;
    }
  }
  return lines.slice(0, end).join('\n');
}

/** An entry of fields may say in one that something failed and in another why. */
function withCause(text: string, line: string): string {
  if (!/"(?:err(?:or)?|exception|cause|reason|detail)":\s?"|\b(?:err(?:or)?|exception|cause|reason)=/.test(line))
    return text;
  const said = saidInFields(line.slice(line.startsWith('{') ? 0 : Math.max(0, line.search(/\b\w+=/))));
  return said.length > text.length && !text.includes('\n') ? said : text;
}

const GOES_ON =
  /^\s|^Traceback|^During handling|^The above exception|^Caused by|^goroutine \d|^created by|^[\w.$]+(?:Error|Exception)\b|^\.\.\. \d|^\[(?:errors|cause)\]|^#\d/;

/** A level in one letter behind a time, as Android writes it; a place with nothing behind it, as Node writes it above an error. */
const LETTERED = /[\dZ].[EFC][ /]|:\d+$/;

/** Whether the reader has anything to do here; the words of `ALARMS` are those of its formats and of `startOf`. */
export const mayAlarm = ({ text, cues }: Line): boolean => (cues & CUES.ALARMS) !== 0 || LETTERED.test(text);

/** Whether it may find an event that begins here. */
function mayBegin(line: Line): boolean {
  if (!mayAlarm(line)) return false;
  const { text } = line;
  return isUnclear(text) || mayBeginError(/[\u0080-\uffff]/.test(text) ? Buffer.from(text).toString('latin1') : text);
}

/** What the reader leaves out of a line before it looks at it. */
const isUnclear = (text: string): boolean => /[\u001b\u0000\ufeff]/.test(text);

export function loggedIn(lines: readonly Line[], from = 0, to = lines.length): readonly Logged[] {
  const part = lines.slice(from, to);
  // Most outputs that speak of errors log none.
  if (!part.some(mayBegin)) return [];
  const starts: number[] = [];
  let bytes = 0;
  for (const { text } of part) {
    starts.push(bytes);
    bytes += Buffer.byteLength(text) + 1;
  }
  const reader = createLogReader({
    format: 'auto',
    level: 'error',
    multiline: true,
    contextLines: 0,
    clock: () => LINE_CLOCK,
  });
  const found: Logged[] = [];
  const all = Buffer.from(part.map(({ text }) => `${text}\n`).join(''));
  let line = 0;
  for (const event of [...reader.read(all, 0), ...reader.end()]) {
    if (event.amends !== null) continue;
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= event.fromByte) line += 1;
    const text = ownLines(event.text);
    const first = part[line]?.text ?? '';
    found.push({
      at: from + line,
      to: from + line + text.split('\n').length - 1,
      text: event.trace === null ? withCause(text, first) : text,
      trace: event.trace,
      headed: !first.startsWith(text.slice(0, 40)),
    });
  }
  return found;
}
