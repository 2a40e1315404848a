/** The ingest worker on a real queue, and transcripts with to-do lists for it to read. */
import { hostname } from 'node:os';
import type { z } from 'zod';
import { ingest } from '../../jobs/ingest.js';
import { serve } from '../../src/queue/serve.js';
import type { PayloadOf } from '../../src/queue/settings.js';
import worker from '../../workers/ingest.js';
import { dumpLedger } from '../support/ledger-dump.js';
import { withTools, type Bench } from './tools.js';

export type Result = z.infer<(typeof ingest)['result']>;

export interface Reading extends Bench {
  /** Asks for `path` to be read, waits until nothing is left to do, and returns what the first job said. */
  read(path: string): Promise<Result>;
  /** The same for any job. @throws the reason when the job failed */
  done(payload: PayloadOf<'ingest'>): Promise<Result>;
  /** Waits until the queue is empty. */
  idle(): Promise<void>;
  dump(): Promise<Record<string, unknown>>;
  /** Titles and statuses of all tasks, by title. */
  tasks(): Promise<Record<string, string>>;
  /** Events that the worker has logged since the last call. */
  logged(): string[];
}

/** Serves the ingest queue of an empty ledger while `use` runs. */
export function withReading(use: (reading: Reading) => Promise<void>, concurrency = 4): Promise<void> {
  return withTools(async (bench) => {
    let events: string[] = [];
    const note = (event: string): void => void events.push(event);
    const tools = { ...bench, log: { debug: note, info: note, warn: note, error: note } };
    const queue = { ...bench.settings.queues.ingest, concurrency, backoffMs: 10 };
    const settings = { ...bench.settings, queues: { ...bench.settings.queues, ingest: queue } };
    const serving = serve(ingest, (job) => worker.run(job, tools), settings, {
      onExhausted: (job) => worker.exhausted(job, tools),
    });
    await serving.ready;
    const idle = async (): Promise<void> => {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const { waiting, active, delayed } = await bench.queues.queueDepth('ingest');
        if (waiting + active + delayed === 0) return;
        if (Date.now() > deadline) throw new Error('the queue did not become empty within 60 s');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const done = async (payload: PayloadOf<'ingest'>): Promise<Result> => {
      const { jobId } = await bench.enqueue('ingest', payload);
      const report = await bench.queues.waitFor('ingest', jobId, 30_000);
      if (report.state !== 'completed') throw new Error(report.reason ?? report.state);
      return ingest.result.parse(report.result);
    };
    try {
      await use({
        ...bench,
        idle,
        done,
        async read(path) {
          // A job of `watch` would be forgotten before anyone could ask what it said.
          const result = await done({ kind: 'transcript', host: hostname(), path, urgency: 'asked' });
          await idle();
          return result;
        },
        dump: () => dumpLedger(bench.config.redis.url),
        async tasks() {
          const status = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;
          const page = await bench.store.tasks.list({ status, limit: 200 });
          return Object.fromEntries(page.tasks.map((task) => [task.title, task.status]).sort());
        },
        logged: () => {
          const since = events;
          events = [];
          return since;
        },
      });
    } finally {
      await serving.close();
    }
  });
}

export type Todos = Readonly<Record<string, 'pending' | 'in_progress' | 'completed'>>;

/** Lines of one session; each call of `todos` is some seconds later than the one before. */
export function conversation(session: string, at = Date.parse('2026-11-01T10:00:00Z')) {
  let count = 0;
  let parent: string | null = null;
  const line = (type: string, content: unknown, extra: object = {}): string => {
    count += 1;
    const uuid = `${session.slice(0, 24)}${String(count).padStart(12, '0')}`;
    const timestamp = new Date(at + count * 1_000).toISOString();
    const common = { parentUuid: parent, sessionId: session, cwd: '/work/shop', version: '2.0.9', gitBranch: 'main' };
    parent = uuid;
    return `${JSON.stringify({ ...common, type, uuid, timestamp, message: { role: type, content }, ...extra })}\n`;
  };
  return {
    says: (text: string): string => line('assistant', [{ type: 'text', text }]),
    /** A to-do list as Claude writes it, and the answer of the tool. */
    todos: (items: Todos): string => {
      const todos = Object.entries(items).map(([content, status]) => ({ content, status, activeForm: content }));
      const id = `toolu_${session.slice(0, 8)}${count}`;
      const call = line('assistant', [{ type: 'tool_use', id, name: 'TodoWrite', input: { todos } }]);
      const answer = [{ type: 'tool_result', tool_use_id: id, content: 'Todos have been modified successfully.' }];
      return call + line('user', answer, { toolUseResult: { oldTodos: [], newTodos: todos } });
    },
  };
}

/** A session id whose every digit is `digit`. */
export const sessionId = (digit: string): string => [8, 4, 4, 4, 12].map((length) => digit.repeat(length)).join('-');
