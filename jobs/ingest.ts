import { createHash } from 'node:crypto';
import { z } from 'zod';
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

/** A status set by hand, which wins over anything inferred. The note is already redacted. */
const Hand = z.strictObject({
  kind: z.literal('hand'),
  taskId: z.string().min(1),
  status: z.enum(STATUSES),
  note: z.string().max(1_000).nullable(),
  at: z.int(),
});
export type Hand = z.infer<typeof Hand>;

/** Read what a file has grown by since the ledger's checkpoint, in bounded chunks, to its last whole line. */
export const ingest = defineJob({
  name: 'ingest',
  payload: z.discriminatedUnion('kind', [GrownTranscript, Chat, Hand]),
  /** `more`: the job stopped after its share of time and has asked for itself again. */
  result: z.strictObject({
    outcome: z.enum(['read', 'unchanged', 'gone', 'unreadable', 'stored', 'unknown-task']),
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
        return { id: `hand:${digest(payload.taskId, payload.status, payload.note ?? '')}`, keepLast: false };
    }
  },
  forget: (payload) => payload.kind === 'transcript' && payload.urgency !== 'asked',
  attempts: 5,
  backoffMs: 1_000,
  timeoutMs: 5_000,
  keepCompleted: { ageS: 3_600 },
  keepFailed: { ageS: 7 * 86_400, count: 10_000 },
});

function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24);
}
