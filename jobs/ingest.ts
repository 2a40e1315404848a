import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LEVELS } from '../src/domain/log/model.js';
import { ChatMessage, STATUSES } from '../src/domain/model.js';
import { defineJob } from './define.js';

/** A transcript may have grown. Only a pointer: the worker reads the file from the ledger's checkpoint on. */
const GrownTranscript = z.strictObject({
  kind: z.literal('transcript'),
  host: z.string().min(1),
  path: z.string().min(1),
  /**
   * `live` jobs go before `backfill` jobs; both are what `watch` asks for, and nobody waits for them. `asked` is as urgent
   * as `live`, but someone asked for it and may ask how it went.
   */
  urgency: z.enum(['live', 'backfill', 'asked']),
});
export type GrownTranscript = z.infer<typeof GrownTranscript>;

/** Messages handed over by a client, already redacted and bounded. */
const Chat = z.strictObject({
  kind: z.literal('chat'),
  sessionId: z.string().min(1).max(200),
  messages: z.array(ChatMessage).min(1).max(500),
  receivedAt: z.int(),
});
export type Chat = z.infer<typeof Chat>;

/**
 * A status set by hand, which wins over anything inferred; or that this is no task, or the same as another. The note is already
 * redacted.
 */
const Hand = z.strictObject({
  kind: z.literal('hand'),
  taskId: z.string().min(1),
  status: z.enum([...STATUSES, 'dismissed', 'merged']),
  /** The task to merge it into. */
  into: z.string().min(1).optional(),
  note: z.string().max(1_000).nullable(),
  at: z.int(),
});
export type Hand = z.infer<typeof Hand>;

/** What one batch of a log may hold; whoever makes batches cuts them by this. */
export const BATCH = {
  /** Of the whole batch as JSON. */
  bytes: 1_048_576,
  /** From so many on it is cut: Redis does nothing else while it counts one, some 0.3 ms for each error. */
  errors: 200,
  /** What was read together stays together. */
  mostErrors: 3_000,
  /** Of one error. */
  minutes: 3_000,
  samples: 3,
  sampleChars: 2_000,
  contextLines: 3,
  contextChars: 300,
  templateChars: 500,
  keys: 20,
  keyChars: 200,
} as const;

const Count = z.int().min(0);
/** Kinds of lines that were skipped, and levels, are few words of ours. */
const Counts = z.record(z.string().min(1).max(40), Count).refine((counts) => Object.keys(counts).length <= 40);

/** What a piece of a log tells of one fingerprint. Times are epoch milliseconds, texts are redacted. */
const LoggedError = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  kind: z.enum(['message', 'trace']),
  template: z.string().max(BATCH.templateChars),
  /** Type of the exception, where there is one. */
  class: z.string().min(1).max(200).nullable(),
  level: z.enum(LEVELS),
  /** Epoch minute and how often it happened there; below zero where an event that was given out before is taken back. */
  minutes: z
    .array(z.tuple([z.int().min(0), z.int()]))
    .min(1)
    .max(BATCH.minutes),
  firstAt: Count,
  lastAt: Count,
  /** Of an error whose minutes are below zero in all: the samples to be taken back, by their bytes. */
  samples: z
    .array(
      z.strictObject({
        at: Count,
        /** Where the event begins in the file. */
        byte: Count,
        text: z.string().max(BATCH.sampleChars),
        context: z.array(z.string().max(BATCH.contextChars)).max(BATCH.contextLines),
      }),
    )
    .max(BATCH.samples),
  /** What ties it to other things, as `linkKeysOf` has it. */
  keys: z.array(z.string().min(1).max(BATCH.keyChars)).max(BATCH.keys),
  logger: z.string().max(200).nullable(),
  /** The worst HTTP status. */
  status: z.int().nullable(),
});
export type LoggedError = z.infer<typeof LoggedError>;

/**
 * The errors in a piece of a log, which may be gone when the job runs: so they travel, counted by fingerprint and minute.
 * The piece must have been announced (`intendLogBatch`) before; it is counted once, however often it comes.
 */
const LogBatch = z
  .strictObject({
    kind: z.literal('log-batch'),
    host: z.string().min(1),
    path: z.string().min(1),
    /** Which file of this path: another after a rotation. */
    generation: z.string().min(1).max(200),
    fromByte: Count,
    toByte: Count,
    component: z.string().min(1).max(100).nullable(),
    errors: z.array(LoggedError).max(BATCH.mostErrors),
    counts: z.strictObject({ lines: Count, bytes: Count, byLevel: Counts, skipped: Counts }),
    readAt: Count,
  })
  .refine(({ fromByte, toByte }) => fromByte < toByte, 'holds no byte')
  .refine((batch) => Buffer.byteLength(JSON.stringify(batch)) <= BATCH.bytes, `is longer than ${BATCH.bytes} bytes`);
export type LogBatch = z.infer<typeof LogBatch>;

/** Read what a file has grown by since the ledger's checkpoint, in bounded chunks, to its last whole line. */
export const ingest = defineJob({
  name: 'ingest',
  payload: z.discriminatedUnion('kind', [GrownTranscript, Chat, Hand, LogBatch]),
  /** `known`: the batch had been counted before. `refused`: a task cannot be merged so. `more`: the job stopped after its share of time and has asked for itself again. */
  result: z.strictObject({
    outcome: z.enum(['read', 'unchanged', 'gone', 'unreadable', 'stored', 'known', 'unknown-task', 'refused']),
    kept: z.int(),
    skipped: z.int(),
    nextByte: z.int(),
    more: z.boolean(),
  }),
  key: (payload) => {
    switch (payload.kind) {
      case 'transcript':
        // Apart, so that no job that is forgotten at its end swallows one that is asked about later.
        return {
          id: `${payload.urgency === 'asked' ? 'asked-file' : 'file'}:${digest(payload.host, payload.path)}`,
          keepLast: true,
        };
      case 'chat':
        return { id: `chat:${digest(payload.sessionId, JSON.stringify(payload.messages))}`, keepLast: false };
      case 'hand':
        return {
          id: `hand:${digest(payload.taskId, payload.status, payload.note ?? '', payload.into ?? '')}`,
          keepLast: false,
        };
      case 'log-batch': {
        const { host, path, generation, fromByte, toByte } = payload;
        return { id: `log:${digest(host, path, generation, String(fromByte), String(toByte))}`, keepLast: false };
      }
    }
  },
  forget: (payload) => payload.kind === 'log-batch' || (payload.kind === 'transcript' && payload.urgency !== 'asked'),
  attempts: 5,
  backoffMs: 1_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 3_600 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});

function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24);
}
