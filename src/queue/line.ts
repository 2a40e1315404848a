/** Questions to Redis that are answered in time, refused, or given up together with the connection they went out on. */
import type { Redis } from 'ioredis';
import { RefusedError, UnavailableError } from '../errors.js';
import { beforeAdds } from './adds.js';
import { defineCancel, type Cancel } from './cancel.js';
import { openQueues, type QueueLine } from './connection.js';
import { cameLate, lateGuard, redisClock } from './in-time.js';
import { defineLook, type Look } from './look.js';
import { ONCE_GUARD } from './once.js';
import { reasonOf } from './reason.js';
import { defineAttach, type Attach } from './record.js';
import type { QueueSettings } from './settings.js';

export interface Line extends QueueLine, Look {
  /** Redis' clock as a function of ours, from the first answer on. */
  clock: Promise<(steadyMs: number) => number>;
  readonly cancel: Cancel;
  readonly attach: Attach;
}

export interface Lines {
  /**
   * Does `work` on the present connection, and gives the connection up when that takes too long.
   * @param doing what did not happen then, for the message
   * @param withinMs how long that is; the deadline of all lines by default
   * @throws UnavailableError, RefusedError; what else `work` throws
   */
  readonly within: <T>(doing: string, work: (line: Line) => Promise<T>, withinMs?: number) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Time that the answer of an add has for its way back, so that one carried out in time is also reported in time. */
const ANSWER_MS = 250;

export function openLines(settings: QueueSettings, deadlineMs: number): Lines {
  let line: Line | null = null;
  let closed = false;

  const open = (): Line => {
    if (closed) throw new UnavailableError('The queues are closed.');
    if (line !== null) return line;
    const late = lateGuard(Math.max(deadlineMs - ANSWER_MS, deadlineMs / 2));
    const opened = openQueues(settings, 'enqueue', (client) => beforeAdds(client, [late, ONCE_GUARD]));
    const clock = redisClock(opened.client);
    clock.catch(() => undefined);
    line = { ...opened, clock, ...commands(opened.client, settings) };
    return line;
  };

  return {
    async within(doing, work, withinMs = deadlineMs) {
      const current = open();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Late()), withinMs);
      });
      const giveUp = (): void => {
        if (line === current) line = null;
        current.drop();
      };
      try {
        return await Promise.race([work(current), late]);
      } catch (error) {
        if (isRefusal(error)) {
          // Who we are to Redis is settled when a connection opens, and a new one may lead to another server.
          if (/NOAUTH|WRONGPASS|READONLY/.test(error.message)) giveUp();
          const full = /\bOOM\b/.test(error.message);
          throw new RefusedError(`Redis refuses this (${reasonOf(error)}), so ${doing}.`, full, { cause: error });
        }
        if (!isRedisTrouble(error)) throw error;
        giveUp();
        const why = error instanceof Late ? `no answer within ${Math.round(withinMs)} ms` : reasonOf(error);
        throw new UnavailableError(`Redis is not available (${why}), so ${doing}.`, { cause: error });
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      closed = true;
      await line?.close();
      line = null;
    },
  };
}

const commands = (client: Redis, settings: QueueSettings): Look & Pick<Line, 'cancel' | 'attach'> => ({
  ...defineLook(client, settings),
  cancel: defineCancel(client, settings),
  attach: defineAttach(client, settings),
});

class Late extends Error {
  override readonly name = 'Late';
}

const isReply = (error: Error): boolean => error.name === 'ReplyError';

/** An answer that says no, and will until someone does something about it. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error &&
    isReply(error) &&
    !cameLate(error) &&
    !/^(LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\b/.test(error.message)
  );
}

/** Whether it is Redis (or the way to it) that failed, and not we. */
function isRedisTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Late || isReply(error) || error.name === 'MaxRetriesPerRequestError') return true;
  return (
    'syscall' in error || /connection is closed|stream isn't writeable|connection in subscriber/i.test(error.message)
  );
}
