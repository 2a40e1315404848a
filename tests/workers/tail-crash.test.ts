/** Whatever is killed while logs are written and rotated, each error is counted once. */
import { expect, test } from '@jest/globals';
import { appendFile, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../src/config.js';
import { openStore, type Store } from '../../src/store/index.js';
import { until, withFolder } from '../support/files.js';
import { keepRedis, keepWorker, type Kept } from '../support/processes.js';
import { seeded } from '../support/tree.js';

const KILLS = 50;
/** Locks as in production would leave a batch for 15 s after each kill. */
const SHORT_LOCKS = { lockMs: 1_000, stalledEveryMs: 500 };
const SETTLED_WITHIN_MS = 60_000;

/** Texts that nobody would take for one another, so that a lost line and a doubled one cannot make up for each other. */
const NAMES = ['one', 'two'];
const SUBJECTS = ['Payment', 'Mailbox', 'Scheduler', 'Cache', 'Thumbnail', 'Session', 'Invoice', 'Crawler'];
const FAILURES = [
  'refused by gateway',
  'timed out waiting',
  'ran out of memory',
  'hit a broken pipe',
  'lost its lease',
];

test('kill -9 of tail, ingest and Redis, 50 times while logs grow and rotate, loses and doubles nothing', async () => {
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`tail crash test: CRASH_SEED=${seed}\n`);
  const random = seeded(seed);
  await withFolder(async (folder) => {
    const logs = join(folder, 'logs');
    const [home, data] = [join(folder, 'home'), join(folder, 'redis')];
    await Promise.all([logs, home, data].map((each) => mkdir(each)));
    await writeFile(join(home, 'config.json'), JSON.stringify({ logs: [{ path: join(logs, '*.log') }] }));
    const kills = Array.from({ length: KILLS }, () => ({
      afterMs: 200 + random() * 1_800,
      victim: (['tail', 'ingest', 'redis'] as const)[Math.floor(random() * 3)] ?? 'tail',
    }));
    const redis = keepRedis(data);
    const env = { ...process.env, NODE_OPTIONS: '', TRACKER_HOME: home, CLAUDE_CONFIG_DIR: home, REDIS_URL: redis.url };
    const kept: Record<'redis' | 'ingest' | 'tail', Kept> = {
      redis,
      ingest: keepWorker('ingest', env, SHORT_LOCKS),
      tail: keepWorker('tail', env, SHORT_LOCKS),
    };
    const stopping = new AbortController();
    try {
      // What was rotated away before a log was ever followed is nobody's.
      await Promise.all(NAMES.map((name) => appendFile(join(logs, `${name}.log`), line('ERROR', 'Hello'))));
      await followed(env, logs);
      const writing = NAMES.map((name) => write(join(logs, `${name}.log`), random, stopping.signal));
      for (const { afterMs, victim } of kills) {
        await sleep(afterMs);
        kept[victim].kill();
      }
      stopping.abort();
      const written = sum([{ Hello: NAMES.length }, ...(await Promise.all(writing))]);
      const total = Object.values(written).reduce((a, b) => a + b, 0);
      expect(total).toBeGreaterThan(2_000);
      await settled(env, logs, written, () => `${kept.tail.stderr()}\n${kept.ingest.stderr()}`);
      expect(kept.tail.starts() + kept.ingest.starts() + kept.redis.starts()).toBeGreaterThanOrEqual(KILLS);
    } finally {
      stopping.abort();
      await Promise.all(Object.values(kept).map((process) => process.stop()));
    }
  });
}, 240_000);

type Counts = Record<string, number>;

const line = (level: string, text: string): string => `${new Date().toISOString()} ${level} server: ${text}\n`;

/** Waits until the ledger knows of all logs. */
async function followed(env: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const store = await openStore(loadConfig({ env }), { name: 'test', deadlineMs: 20_000 });
  const isKnown = async (name: string): Promise<boolean> =>
    (await store.recallLog(hostname(), join(folder, `${name}.log`))).length > 0;
  try {
    await until('all logs are followed', async () => (await Promise.all(NAMES.map(isKnown))).every(Boolean), 30_000);
  } finally {
    await store.close();
  }
}

/** Errors of all kinds into `path`, in pieces, until `signal` aborts. @returns how many of each were written */
async function write(path: string, random: () => number, signal: AbortSignal): Promise<Counts> {
  const written: Counts = {};
  const chance = (share: number): boolean => random() < share;
  const of = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  let rotations = 0;
  let number = 0;
  const put = async (text: string): Promise<void> => {
    // Now and then a line comes in two halves, or an entry line by line.
    if (!chance(0.1)) return appendFile(path, text);
    const cut = Math.floor(random() * text.length);
    await appendFile(path, text.slice(0, cut));
    await sleep(chance(0.1) ? 1_200 : random() * 250);
    await appendFile(path, text.slice(cut));
  };
  while (!signal.aborted) {
    let text = '';
    for (let left = Math.floor(random() * 12); left >= 0; left -= 1) {
      number += 1;
      text += line('INFO', `request ${number} done, 0 errors`);
      const [subject, failure] = [of(SUBJECTS), of(FAILURES)];
      if (chance(0.2)) {
        const type = `${subject}Error`;
        const frames = [`  File "/srv/${subject.toLowerCase()}.py", line 7, in run`, '    step()'];
        text += line(
          'ERROR',
          ['Task failed', 'Traceback (most recent call last):', ...frames, `${type}: ${number}`].join('\n'),
        );
        written[type] = (written[type] ?? 0) + 1;
      } else {
        const message = `${subject} ${failure}`;
        text += line('ERROR', `${message} after ${number} ms`);
        written[message] = (written[message] ?? 0) + 1;
      }
    }
    await put(text);
    await sleep(random() * 60);
    if (!chance(0.02)) continue;
    rotations += 1;
    await rename(path, `${path}.${1_000 - rotations}`);
    await sleep(random() * 300);
  }
  return written;
}

function sum(all: readonly Counts[]): Counts {
  const total: Counts = {};
  for (const counts of all) for (const [name, n] of Object.entries(counts)) total[name] = (total[name] ?? 0) + n;
  return total;
}

async function settled(env: NodeJS.ProcessEnv, folder: string, written: Counts, logs: () => string): Promise<void> {
  const store = await openStore(loadConfig({ env }), { name: 'test', deadlineMs: 20_000 });
  const wanted = Object.entries(written).sort();
  let found: [string, number][] = [];
  try {
    await until(
      'every error is counted',
      async () => {
        found = await counted(store, Object.keys(written));
        return JSON.stringify(found) === JSON.stringify(wanted);
      },
      SETTLED_WITHIN_MS,
    ).catch(async (error: unknown) => {
      const differs = wanted.filter(([name, n]) => found.find(([other]) => other === name)?.[1] !== n);
      throw new Error(
        `${String(error)}\nwritten ${JSON.stringify(differs)}\nfound ${JSON.stringify(found)}\n${await standing(store, folder)}\n${logs()}`,
        { cause: error },
      );
    });
    // What would be counted twice comes a moment later.
    await sleep(2_000);
    expect(await counted(store, Object.keys(written))).toEqual(wanted);
  } finally {
    await store.close();
  }
}

/** What is on disk, and what the ledger knows of it. */
async function standing(store: Store, folder: string): Promise<string> {
  const files = await readdir(folder);
  const sizes = await Promise.all(
    files.map(async (name) => {
      const { size, ino } = await stat(join(folder, name));
      return `${name} ${ino} ${size}`;
    }),
  );
  const known = NAMES.map(async (name) => {
    const memories = await store.recallLog(hostname(), join(folder, `${name}.log`));
    return memories.map(({ id, identity, watermark, beyond, intent, isApplied, ended }) =>
      [
        name,
        id,
        identity.ino,
        watermark,
        JSON.stringify(beyond),
        intent?.fromByte,
        intent?.toByte,
        isApplied,
        ended,
      ].join(' '),
    );
  });
  return [...sizes.sort(), ...(await Promise.all(known)).flat()].join('\n');
}

/** How often each was counted: by the texts that it is known by. What is none of `names` stands under its own text. */
async function counted(store: Store, names: readonly string[]): Promise<[string, number][]> {
  const counts: Counts = {};
  const query = { limit: 500, asked: '', now: Date.now(), mostTasks: 1, isDetailed: true };
  for (const { count, message, details } of (await store.errors.patterns(query)).patterns) {
    const text = `${message}\n${details?.samples.map((sample) => sample.text).join('\n') ?? ''}`;
    const name = names.find((one) => text.includes(one)) ?? message;
    counts[name] = (counts[name] ?? 0) + count;
  }
  return Object.entries(counts).sort();
}
