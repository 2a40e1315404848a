/**
 * Which records changed, from whoever writes the ledger to whoever reads it, by Redis pub/sub. What is said is a hint to look
 * again: it holds kinds and ids, never content. Pub/sub keeps nothing, so a reader that may have missed something is told that
 * anything may have changed.
 */
import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { messageOf } from '../errors.js';
import { log } from '../logger.js';
import { connect, type ConnectionSettings } from './connection.js';
import { changesChannel } from './keys.js';
import { refusal } from './server-facts.js';

export type ChangeKind = 'task' | 'conversation' | 'error' | 'health' | 'insight';

/** `id` is one of the ledger; null stands for the whole collection, or for more than are worth naming. */
export interface Change {
  readonly kind: ChangeKind;
  readonly id: string | null;
}

/** Must not throw, and must not take long: it is called while a message is taken from the socket. */
export type ChangeListener = (changes: readonly Change[]) => void;

/** From a first change to its publication: what is written together is told together. */
const GATHER_MS = 20;
/** From one publication of a process to the next. */
const EVERY_MS = 250;
/** The last words of a process that ends take no longer. */
const CLOSE_WITHIN_MS = 200;
/** Ids of one kind in a message; of more, the kind is told as a whole. */
const MAX_IDS = 200;
/** Ids of the ledger look like this. One that does not, as a session named by a client may be, is not repeated. */
const ID = /^[\w.:-]{1,200}$/;
/** More than five kinds of 200 ids ever take. */
const MAX_MESSAGE_CHARS = 256 * 1024;
/** How long a new listener waits for its subscription before it is told later instead. */
const SUBSCRIBED_WITHIN_MS = 2_000;

/** What a commit can change. */
export const ANY_RECORD: readonly Change[] = [
  { kind: 'task', id: null },
  { kind: 'conversation', id: null },
  { kind: 'error', id: null },
];
const ANYTHING: readonly Change[] = [...ANY_RECORD, { kind: 'health', id: null }, { kind: 'insight', id: null }];

const Ids = z.array(z.string().regex(ID)).min(1).max(MAX_IDS).nullable().optional();
const Message = z.strictObject({ task: Ids, conversation: Ids, error: Ids, health: Ids, insight: Ids });

export interface Publisher {
  /** Returns at once and never throws. */
  note(changes: readonly Change[]): void;
  /** Sends what is left if Redis is there, before the connection is closed; waits for its answer a moment at most. */
  close(): Promise<void>;
}

/** Publishes over `redis`, which it shares with the writing: what is told has been written. */
export function createPublisher(redis: Redis, { redis: { prefix, databases } }: ConnectionSettings): Publisher {
  const channel = changesChannel(prefix, databases.tracker);
  const pending = new Map<ChangeKind, Set<string> | null>();
  let timer: NodeJS.Timeout | undefined;
  let nextAt = 0;
  let isLost = false;
  redis.on('ready', () => {
    if (isLost) note(ANYTHING);
    isLost = false;
  });

  function note(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    for (const { kind, id } of changes) {
      const ids = pending.get(kind);
      if (ids === null) continue;
      if (id === null || (ids !== undefined && ids.size >= MAX_IDS && !ids.has(id)) || !ID.test(id)) {
        pending.set(kind, null);
      } else if (ids === undefined) pending.set(kind, new Set([id]));
      else ids.add(id);
    }
    timer ??= setTimeout(() => void flush(), Math.max(GATHER_MS, nextAt - performance.now())).unref();
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (pending.size === 0) return;
    const message = JSON.stringify(Object.fromEntries([...pending].map(([kind, ids]) => [kind, ids && [...ids]])));
    pending.clear();
    nextAt = performance.now() + EVERY_MS;
    // A command would wait in memory until Redis is back. All that is remembered is that something was not told.
    if (redis.status !== 'ready') {
      isLost = true;
      return;
    }
    try {
      await redis.publish(channel, message);
    } catch (error) {
      // The record stands in the ledger, which is what matters.
      log.debug('changes.unpublished', { channel, message: messageOf(error).slice(0, 300) });
    }
  }

  return { note, close: () => Promise.race([flush(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]) };
}

export interface Subscriber {
  /**
   * Calls `listener` with what others write, until the returned function is called. Resolves when that has begun; while Redis
   * is away after 2 s, and the listener is told later that anything may have changed.
   * @throws ConfigError when the server does not allow it to us
   */
  listen(listener: ChangeListener): Promise<() => Promise<void>>;
  close(): void;
}

interface Entry {
  readonly listener: ChangeListener;
  /** Still at its first subscription, before which it can have missed nothing. */
  isNew: boolean;
}

/** One connection for all listeners, there from the first to the last. */
interface Line {
  readonly redis: Redis;
  isLive: boolean;
  /** Called with null when the subscription stands. */
  readonly waiting: Set<(refused: Error | null) => void>;
}

/** @param name of the connection, shown by `CLIENT LIST` */
export function createSubscriber(settings: ConnectionSettings, name: string): Subscriber {
  const channel = changesChannel(settings.redis.prefix, settings.redis.databases.tracker);
  const entries = new Set<Entry>();
  let line: Line | undefined;
  let hasComplained = false;

  function begin(): Line {
    const begun: Line = { redis: connect(settings, { name }), isLive: false, waiting: new Set() };
    begun.redis.on('ready', () => void subscribe(begun));
    begun.redis.on('close', () => (begun.isLive = false));
    begun.redis.on('message', (_, message: string) => {
      if (line === begun) tell(understood(message), entries);
    });
    return begun;
  }

  async function subscribe(begun: Line): Promise<void> {
    try {
      await begun.redis.subscribe(channel);
    } catch (error) {
      // A connection that broke is made anew, and then we are here again.
      const refused = refusal(messageOf(error), 'SUBSCRIBE', settings);
      if (refused === null) return;
      log.warn('changes.refused', { channel, message: messageOf(error).slice(0, 300) });
      settle(begun, refused);
      return;
    }
    if (line !== begun) return;
    begun.isLive = true;
    settle(begun, null);
    const deaf = [...entries].filter(({ isNew }) => !isNew);
    tell(ANYTHING, deaf);
  }

  function understood(message: string): readonly Change[] {
    const read = message.length > MAX_MESSAGE_CHARS ? null : Message.safeParse(parsed(message));
    if (read?.success !== true) {
      // Anyone may publish there, as often as they like.
      if (!hasComplained) log.warn('changes.malformed', { channel, chars: message.length });
      hasComplained = true;
      return [];
    }
    return (Object.entries(read.data) as [ChangeKind, readonly string[] | null | undefined][]).flatMap(
      ([kind, ids]): Change[] =>
        ids === undefined ? [] : ids === null ? [{ kind, id: null }] : ids.map((id) => ({ kind, id })),
    );
  }

  function leave(entry: Entry): void {
    entries.delete(entry);
    if (entries.size === 0) close();
  }

  function close(): void {
    entries.clear();
    const ended = line;
    line = undefined;
    if (ended === undefined) return;
    ended.redis.disconnect();
    settle(ended, null);
  }

  return {
    async listen(listener) {
      const entry: Entry = { listener, isNew: true };
      entries.add(entry);
      line ??= begin();
      try {
        if (!line.isLive) await stands(line);
      } catch (error) {
        leave(entry);
        throw error;
      }
      entry.isNew = false;
      return async () => {
        if (entries.has(entry)) leave(entry);
        await Promise.resolve();
      };
    },
    close,
  };
}

function settle({ waiting }: Line, refused: Error | null): void {
  for (const done of [...waiting]) done(refused);
}

function stands({ waiting }: Line): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (refused: Error | null): void => {
      clearTimeout(timer);
      waiting.delete(done);
      if (refused === null) resolve();
      else reject(refused);
    };
    const timer = setTimeout(done, SUBSCRIBED_WITHIN_MS, null).unref();
    waiting.add(done);
  });
}

function tell(changes: readonly Change[], entries: Iterable<Entry>): void {
  if (changes.length === 0) return;
  for (const { listener } of [...entries]) listener(changes);
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
