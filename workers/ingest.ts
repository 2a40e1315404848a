import { existsSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { ingest, type Chat, type GrownTranscript, type Hand, type LogBatch } from '../jobs/ingest.js';
import { packageVersion } from '../src/config.js';
import { readChat } from '../src/domain/chat.js';
import {
  initialState,
  READER_VERSION,
  readLines,
  sessionOfFile,
  type ReaderState,
  type TranscriptLine,
} from '../src/domain/transcript/index.js';
import { hasCode } from '../src/errors.js';
import type { Ask } from '../src/queue/enqueue.js';
import { openTranscript, text, type Chunk, type OpenTranscript } from '../src/sources/file.js';
import { loadRedactor } from '../src/redaction.js';
import { MergeRefusedError, StaleCheckpointError, type Checkpoint, type Store } from '../src/store/index.js';
import { defineWorker, type Context, type Handler } from './define.js';

type Result = z.infer<(typeof ingest)['result']>;

/** A job works this long at most, then asks for itself again: a short share keeps live files from waiting for backfill. */
const SHARE_MS = { live: 1_000, asked: 1_000, backfill: 100 } as const;
/** Errors of the file system that no repetition mends. */
const UNREADABLE = ['EACCES', 'EPERM', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'] as const;
const NOTHING = { kept: 0, skipped: 0, nextByte: 0, more: false } as const;

const transcript: Handler<GrownTranscript, Result> = async (context) => {
  const { path, host } = context.payload;
  try {
    const file = openTranscript(path, host);
    if (file === null) return { outcome: 'gone', ...NOTHING };
    try {
      return await readOn(context, file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (!hasCode(error, ...UNREADABLE)) throw error;
    context.log.warn('file.unreadable', { path, code: error.code ?? '' });
    await giveUp(context.store, path, `unreadable: ${error.code ?? ''}`, 1, context.now());
    return { outcome: 'unreadable', ...NOTHING };
  }
};

async function readOn(context: Context<GrownTranscript>, file: OpenTranscript): Promise<Result> {
  const { payload, store, enqueue, config, now, signal } = context;
  const endAt = performance.now() + SHARE_MS[payload.urgency];
  let at = await store.checkpoint(payload.host, payload.path);
  const start = await startOf(context, file, at);
  const firstByte = start.nextByte;
  const redact = loadRedactor(config);
  let state = start.state;
  const skippedBefore = sum(state.stats.skipped);
  let kept = 0;
  let more = false;
  for await (const chunk of file.chunks(firstByte, { signal })) {
    const read = readLines(state, linesOf(chunk, start.state.line), redact);
    const { nextByte, atEnd } = chunk;
    const write = { nextByte, tailHash: file.hashBefore(nextByte) ?? '', ref: file.ref, state: read.state };
    // Whoever asks whether a file has been read compares sizes: before its end is seen, it has not.
    const size = atEnd ? file.size : nextByte;
    at = await store.commit(at, { ...write, size, mtimeMs: file.mtimeMs, readAt: now() }, read.facts);
    state = read.state;
    kept += read.facts.length;
    more = !atEnd && performance.now() >= endAt;
    if (more) break;
  }
  // Who asked is told of the first share; what follows it belongs to nobody.
  if (more) await enqueue('ingest', payload.urgency === 'asked' ? { ...payload, urgency: 'live' } : payload);
  if (kept > 0) await askToCorrelate(enqueue);
  const nextByte = at?.nextByte ?? firstByte;
  const skipped = sum(state.stats.skipped) - skippedBefore;
  return { outcome: nextByte === firstByte ? 'unchanged' : 'read', kept, skipped, nextByte, more };
}

/** Facts wait this long for company before they are correlated. */
const CORRELATE_AFTER_MS = 2_000;
let correlateAskedAt = -Infinity;

/** One request covers all that is committed until its job runs, so the next is due only when that may have begun. */
async function askToCorrelate(enqueue: Ask): Promise<void> {
  // A clock that is set back must not silence it.
  const now = performance.now();
  if (now - correlateAskedAt < CORRELATE_AFTER_MS / 2) return;
  await enqueue('correlate', { reason: 'ingested' }, { delayMs: CORRELATE_AFTER_MS });
  correlateAskedAt = now;
}

/** From the checkpoint if these are still the bytes that it was made of, or from that of a former name; else from 0. */
async function startOf(
  { payload, store, log }: Context<GrownTranscript>,
  file: OpenTranscript,
  known: Checkpoint | null,
): Promise<{ nextByte: number; state: ReaderState }> {
  const { path, host } = payload;
  if (known !== null) {
    if (continues(file, known)) return known;
    log.info('file.rewritten', { path, nextByte: known.nextByte, size: file.size });
  } else {
    for (const relative of await store.relatives(file.ref)) {
      const former = await store.checkpoint(host, relative.path);
      // A copy whose original is still there is read anew: that costs time, while a wrong adoption would lose lines.
      if (former === null || !continues(file, former) || (relative.by === 'head' && existsSync(relative.path)))
        continue;
      log.info('file.adopted', { path, from: relative.path, nextByte: former.nextByte });
      return former;
    }
  }
  return { nextByte: 0, state: initialState(sessionOfFile(path)) };
}

function continues(file: OpenTranscript, known: Checkpoint): boolean {
  const { state, ref, nextByte, tailHash } = known;
  return (
    (state.version as number) === READER_VERSION &&
    file.hashFirst(ref.headBytes) === ref.head &&
    file.hashBefore(nextByte) === tailHash
  );
}

/** The chunk's lines, one decoded at a time; what follows a torn line that was taken already says nothing. */
function* linesOf(chunk: Chunk, linesBefore: number): Iterable<TranscriptLine> {
  for (const line of chunk.lines) {
    const number = linesBefore + line.lineCount;
    yield line.kind === 'line' ? { line: number, text: text(line) } : { line: number, tooLong: line.head };
  }
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const chat: Handler<Chat, Result> = async ({ payload, store, config, enqueue }) => {
  const { sessionId, messages, receivedAt } = payload;
  const at = await store.chat(sessionId);
  const read = at && readChat(at.chat, sessionId, messages, receivedAt, loadRedactor(config));
  if (at === null || read === null) return { outcome: 'stored', ...NOTHING };
  await store.commitChat(at, read, receivedAt);
  if (read.kept > 0) await askToCorrelate(enqueue);
  return { outcome: 'stored', ...NOTHING, kept: read.kept };
};

const hand: Handler<Hand, Result> = async ({ payload, store }) => {
  try {
    const task = await store.setByHand(payload);
    return { outcome: task === null ? 'unknown-task' : 'stored', ...NOTHING, kept: task === null ? 0 : 1 };
  } catch (error) {
    if (error instanceof MergeRefusedError) return { outcome: 'refused', ...NOTHING };
    throw error;
  }
};

const logBatch: Handler<LogBatch, Result> = async ({ payload, store, enqueue, now }) => {
  const { applied } = await store.applyLogBatch(payload, now());
  const kept = applied ? payload.errors.length : 0;
  if (kept > 0) await askToCorrelate(enqueue);
  return { outcome: applied ? 'stored' : 'known', ...NOTHING, kept, nextByte: payload.toByte };
};

async function giveUp(store: Store, path: string, reason: string, attempts: number, at: number): Promise<void> {
  const size = existsSync(path) ? statSync(path).size : 0;
  await store.quarantine(path, { reason, attempts, version: packageVersion(), size, at });
}

/** Somebody else read on meanwhile, as after a lock that was lost: go on from the new checkpoint, each time. */
const fromNow =
  <Payload>(handler: Handler<Payload, Result>): Handler<Payload, Result> =>
  async (context) => {
    for (;;) {
      try {
        return await handler(context);
      } catch (error) {
        if (!(error instanceof StaleCheckpointError) || context.signal.aborted) throw error;
      }
    }
  };

export default defineWorker(
  ingest,
  { transcript: fromNow(transcript), chat: fromNow(chat), hand, 'log-batch': logBatch },
  async ({ payload, reason, attempts, store, now, log }) => {
    if (payload.kind !== 'transcript') return;
    log.error('file.quarantined', { path: payload.path, attempts });
    await giveUp(store, payload.path, reason, attempts, now());
  },
);
