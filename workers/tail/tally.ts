/** Counting events by fingerprint and minute, until a batch of them is handed over. */
import { BATCH, type LoggedError } from '../../jobs/ingest.js';
import { LEVELS } from '../../src/domain/log/model.js';
import { linkKeysOf } from '../../src/domain/relate/index.js';
import type { CleanEvent } from './clean.js';

/** An event as it was counted, so that it can be taken back. */
export interface Counted {
  readonly event: CleanEvent;
  readonly at: number;
  readonly byte: number;
  readonly repeats: number;
}

export interface Tally {
  add(counted: Counted): void;
  /** The event was given out too early and comes again, longer. */
  takeBack(counted: Counted): void;
  /** Different fingerprints. */
  readonly size: number;
  /** About what it is as JSON. */
  readonly bytes: number;
  /** Everything since the last call. */
  take(): LoggedError[];
}

type Sample = LoggedError['samples'][number];

interface Entry {
  readonly event: CleanEvent;
  readonly minutes: Map<number, number>;
  firstAt: number;
  lastAt: number;
  samples: Sample[];
  /** Of events that were given out in a batch before. */
  readonly takenBack: Sample[];
  readonly keys: Set<string>;
  /** Events that were searched for keys. */
  looks: number;
  status: number | null;
}

const MINUTE_MS = 60_000;
/** Of so many events of one error in one batch it is looked up what they are tied to. */
const LOOKED_AT = 50;
/** What an error takes as JSON besides its texts. */
const ENTRY_BYTES = 400;
const MINUTE_BYTES = 16;

export function createTally(): Tally {
  let entries = new Map<string, Entry>();
  let bytes = 0;

  const entryOf = ({ event, at }: Counted): Entry => {
    const key = `${event.fingerprint.id} ${LEVELS.indexOf(event.level)}`;
    const known = entries.get(key);
    if (known !== undefined) return known;
    const { status } = event;
    const made: Entry = {
      ...{
        event,
        minutes: new Map(),
        firstAt: at,
        lastAt: at,
        samples: [],
        takenBack: [],
        keys: new Set(),
        looks: 0,
        status,
      },
    };
    entries.set(key, made);
    bytes += ENTRY_BYTES + event.fingerprint.template.length;
    return made;
  };

  const count = (entry: Entry, at: number, by: number): void => {
    const minute = Math.floor(at / MINUTE_MS);
    const before = entry.minutes.get(minute);
    if (before === undefined) bytes += MINUTE_BYTES;
    entry.minutes.set(minute, (before ?? 0) + by);
  };

  return {
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
    add(counted) {
      const { event, at, byte, repeats } = counted;
      const entry = entryOf(counted);
      count(entry, at, repeats);
      entry.firstAt = Math.min(entry.firstAt, at);
      entry.lastAt = Math.max(entry.lastAt, at);
      if (event.status !== null) entry.status = Math.max(entry.status ?? 0, event.status);
      const sample = sampleOf(event, at, byte);
      // The first ones and the latest one.
      if (entry.samples.length < BATCH.samples) bytes += sizeOf(sample);
      else entry.samples.pop();
      entry.samples.push(sample);
      entry.looks += 1;
      if (entry.keys.size < BATCH.keys && entry.looks <= LOOKED_AT) {
        for (const key of linkKeysOf(event.text, event.trace)) {
          if (entry.keys.size >= BATCH.keys || entry.keys.has(key)) continue;
          entry.keys.add(key.slice(0, BATCH.keyChars));
          bytes += key.length + 3;
        }
      }
    },
    takeBack(counted) {
      const entry = entryOf(counted);
      const { at, byte, repeats, event } = counted;
      count(entry, at, -repeats);
      const left = entry.samples.filter((sample) => sample.byte !== byte);
      if (left.length < entry.samples.length) entry.samples = left;
      else if (entry.takenBack.length < BATCH.samples) entry.takenBack.push(sampleOf(event, at, byte));
    },
    take() {
      const errors = [...entries.values()].flatMap((entry) => errorOf(entry));
      entries = new Map();
      bytes = 0;
      return errors;
    },
  };
}

function errorOf({ event, minutes, ...entry }: Entry): LoggedError[] {
  const counted = [...minutes].filter(([, n]) => n !== 0).sort(([a], [b]) => a - b);
  if (counted.length === 0) return [];
  const { id, kind, template } = event.fingerprint;
  const sum = counted.reduce((total, [, n]) => total + n, 0);
  return [
    {
      fingerprint: id,
      kind,
      template: cut(template, BATCH.templateChars),
      class: event.trace === null || event.trace.type === '' ? null : cut(event.trace.type, 200),
      level: event.level,
      minutes: counted,
      firstAt: entry.firstAt,
      lastAt: entry.lastAt,
      samples: sum < 0 ? entry.takenBack : entry.samples,
      keys: [...entry.keys],
      logger: event.logger === null ? null : cut(event.logger, 200),
      status: entry.status,
    },
  ];
}

function sampleOf(event: CleanEvent, at: number, byte: number): Sample {
  const context = event.context.slice(-BATCH.contextLines).map((line) => cut(line, BATCH.contextChars));
  return { at, byte, text: middle(event.text, BATCH.sampleChars), context };
}

const sizeOf = ({ text, context }: Sample): number =>
  80 + text.length + context.reduce((sum, line) => sum + line.length + 3, 0);

const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;

/** Of a long text its beginning and its end: that of a traceback says what went wrong. */
function middle(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = Math.floor(max * 0.6);
  return `${text.slice(0, head).toWellFormed()}\n…\n${text.slice(text.length - (max - head - 3)).toWellFormed()}`;
}
