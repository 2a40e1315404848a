/** `tail` and `ingest` on a Redis of the test's own, over logs in a folder. */
import { join } from 'node:path';
import { ingest } from '../../jobs/ingest.js';
import { usualLog, type Config } from '../../src/config.js';
import type { Ask } from '../../src/queue/enqueue.js';
import { serve } from '../../src/queue/serve.js';
import type { Pattern } from '../../src/store/correlations.js';
import worker from '../../workers/ingest.js';
import { followLogs, type Tail, type TailPace } from '../../workers/tail/follow.js';
import { until, withFolder } from '../support/files.js';
import { withTools, type Bench } from './tools.js';

type Log = Config['logs'][number];

export interface Tailing extends Bench {
  /** A path in the folder of the logs. */
  at(name: string): string;
  /** Starts `tail`; `stop` ends it as a signal would. */
  follow(logs?: readonly Partial<Log>[], pace?: Partial<TailPace>): Promise<Tail & { stop(): Promise<void> }>;
  /** Waits until nothing is left to do. */
  settled(tail: Tail): Promise<void>;
  patterns(query?: { component?: string; query?: string }): Promise<readonly Pattern[]>;
  /** How often something was logged, by what is shown of it. */
  counts(): Promise<Record<string, number>>;
  /** Payloads of all jobs that were asked for, as JSON. */
  readonly jobs: readonly string[];
  /** What the processes said of themselves. */
  readonly said: { event: string; fields: Readonly<Record<string, unknown>> }[];
}

export function withTailing(use: (tailing: Tailing) => Promise<void>): Promise<void> {
  return withFolder((folder) =>
    withTools(async (bench) => {
      const said: Tailing['said'] = [];
      const note = (event: string, fields: Readonly<Record<string, unknown>> = {}): void =>
        void said.push({ event, fields });
      const log = { debug: note, info: note, warn: note, error: note };
      const jobs: string[] = [];
      const enqueue: Ask = (name, payload, options) => {
        jobs.push(JSON.stringify(payload));
        return bench.enqueue(name, payload, options);
      };
      const tools = { ...bench, log, enqueue };
      const serving = serve(ingest, (job) => worker.run(job, tools), bench.settings, {
        onExhausted: (job) => worker.exhausted(job, tools),
      });
      await serving.ready;
      const stops: (() => Promise<void>)[] = [];
      const patterns: Tailing['patterns'] = async (query = {}) => {
        const page = await bench.store.errors.patterns({
          ...{ limit: 200, asked: '', now: Date.now(), mostTasks: 3, isDetailed: true },
          ...query,
        });
        return page.patterns;
      };
      try {
        await use({
          ...bench,
          said,
          jobs,
          at: (name) => join(folder, name),
          async follow(logs = [{}], pace = {}) {
            const stopping = new AbortController();
            const releases: (() => unknown)[] = [];
            const config = {
              ...bench.config,
              logs: logs.map((one) => ({ ...usualLog(join(folder, 'app.log')), ...one })),
            };
            const tail = await followLogs(
              { ...tools, config, signal: stopping.signal, defer: (release) => void releases.push(release) },
              pace,
            );
            const stop = async (): Promise<void> => {
              stopping.abort();
              for (const release of releases.splice(0).reverse()) await release();
            };
            stops.push(stop);
            return { ...tail, stop };
          },
          async settled(tail) {
            await tail.caughtUp();
            await until(
              'the queue is empty',
              async () => {
                const { waiting, active, delayed } = await bench.queues.queueDepth('ingest');
                return waiting + active + delayed === 0;
              },
              30_000,
            );
          },
          patterns,
          async counts() {
            return Object.fromEntries((await patterns()).map(({ message, count }) => [message, count]));
          },
        });
      } finally {
        for (const stop of stops) await stop();
        await serving.close();
      }
    }),
  );
}
