import { expect, test } from '@jest/globals';
import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { configureLogger } from '../../src/logger.js';
import worker from '../../workers/ingest.js';
import { until, withFolder, write } from '../support/files.js';
import { differences } from '../support/ledger-dump.js';
import { cutTree, generateTree, seeded } from '../support/tree.js';
import { conversation, sessionId, withReading } from './reading.js';
import { run } from './tools.js';

configureLogger({ level: 'silent' });
const A = sessionId('a');
const MIB = 1024 * 1024;

test.each([1, 2, 3])(
  'a tree that grows in pieces cut anywhere gives the ledger of one pass (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    await withFolder(async (folder) => {
      const [source, grown] = [join(folder, 'source'), join(folder, 'grown')];
      const files = await generateTree(source, { bytes: '900KB', sessions: 4, seed, torn: 0.3, fork: 0.5 });
      const pieces = await cutTree(source, files, random, 40_000);
      const ledgers: Record<string, unknown>[] = [];
      await withReading(async ({ read, enqueue, idle, dump }) => {
        for (const { file, bytes } of pieces) {
          const path = join(grown, file);
          await mkdir(dirname(path), { recursive: true });
          await appendFile(path, bytes);
          if (random() >= 0.7) continue;
          if (random() < 0.5) await read(path);
          else {
            await enqueue('ingest', { kind: 'transcript', host: hostname(), path, urgency: 'backfill' });
            await idle();
          }
        }
        for (const file of files) await read(join(grown, file));
        ledgers.push(await dump());
      });
      await withReading(async ({ read, dump }) => {
        for (const file of files) await read(join(grown, file));
        ledgers.push(await dump());
      });
      const [inPieces = {}, atOnce = {}] = ledgers;
      expect(Object.keys(atOnce).length).toBeGreaterThan(50);
      expect(differences(inPieces, atOnce)).toEqual([]);
    });
  },
);

test('files read side by side, newest or oldest first, give the same ledger', async () => {
  await withFolder(async (folder) => {
    const names = await generateTree(folder, { bytes: '3MB', sessions: 12, seed: 5, fork: 0.5 });
    const files = names.map((name) => join(folder, name));
    const shuffled = files.map((file) => [seededOf(file), file] as const).sort(([a], [b]) => a - b);
    const orders = [files, [...files].reverse(), shuffled.map(([, file]) => file)];
    const ledgers: Record<string, unknown>[] = [];
    for (const [index, order] of orders.entries()) {
      await withReading(async ({ enqueue, idle, dump }) => {
        for (const path of order)
          await enqueue('ingest', { kind: 'transcript', host: hostname(), path, urgency: 'backfill' });
        await idle();
        ledgers.push(await dump());
      }, [1, 8, 8][index]);
    }
    const [first = {}, second = {}, third = {}] = ledgers;
    expect(differences(second, first)).toEqual([]);
    expect(differences(third, first)).toEqual([]);
  });
});

const seededOf = (text: string): number => seeded([...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7))();

test('two runs over the same file at the same time count everything once', async () => {
  await withFolder(async (folder) => {
    const [name = ''] = await generateTree(folder, { bytes: '3MB', sessions: 1, seed: 2 });
    const payload = { kind: 'transcript', host: hostname(), path: join(folder, name), urgency: 'live' } as const;
    const ledgers: Record<string, unknown>[] = [];
    for (const runs of [1, 3]) {
      await withReading(async (reading) => {
        await Promise.all(Array.from({ length: runs }, () => worker.run(run(payload), reading)));
        ledgers.push(await reading.dump());
      });
    }
    expect(differences(ledgers[1] ?? {}, ledgers[0] ?? {})).toEqual([]);
  });
});

test('the result says what was kept, how far it was read, and that there was nothing new', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, tasks }) => {
      const lines = conversation(A);
      const path = await write(join(folder, `${A}.jsonl`), lines.todos({ 'Fix login': 'pending', Test: 'pending' }));
      const { size } = await stat(path);
      const first = await read(path);
      expect(first).toEqual({ outcome: 'read', kept: 2, skipped: 0, nextByte: size, more: false });
      expect(await read(path)).toEqual({ outcome: 'unchanged', kept: 0, skipped: 0, nextByte: size, more: false });

      await appendFile(
        path,
        `no json\n{"type":"brand-new"}\n${lines.todos({ 'Fix login': 'completed', Test: 'pending' })}`,
      );
      expect(await read(path)).toEqual({
        ...{ outcome: 'read', kept: 1, skipped: 2, more: false },
        nextByte: (await stat(path)).size,
      });
      expect(await tasks()).toEqual({ 'Fix login': 'completed', Test: 'pending' });
    }),
  );
});

test('a last line without newline is taken as soon as it parses, and only once', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, tasks, store }) => {
      const lines = conversation(A);
      const [call = '', answer = ''] = lines.todos({ 'Fix login': 'pending' }).split(/(?<=\n)/);
      const path = await write(join(folder, `${A}.jsonl`), call);
      const bytes = Buffer.from(answer.trimEnd());
      await appendFile(path, bytes.subarray(0, -1));
      expect(await read(path)).toMatchObject({ nextByte: call.length });
      await appendFile(path, bytes.subarray(-1));
      expect(await read(path)).toMatchObject({ outcome: 'read', nextByte: call.length + bytes.length });
      expect(await tasks()).toEqual({ 'Fix login': 'pending' });
      await appendFile(path, '\n');
      expect(await read(path)).toMatchObject({ kept: 0, nextByte: call.length + answer.length });
      expect((await store.fileStats(path))?.lines).toBe(2);
    }),
  );
});

test('bytes that are no transcript are counted, and what follows them is read', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, tasks, store }) => {
      const random = seeded(9);
      const noise = Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(random() * 256)));
      const latin = Buffer.concat([
        Buffer.from('{"type":"user","x":"'),
        Buffer.from([0xe9, 0xff, 0x00]),
        Buffer.from('"}\n'),
      ]);
      const utf16 = Buffer.from('{"type":"user"}\n', 'utf16le');
      const rest = '\n[1]\n"text"\nnull\n{}\n{"type":7}\n';
      const good = Buffer.from(conversation(A).todos({ 'Prüfe Größe ☃': 'pending' }));
      const path = await write(
        join(folder, `${A}.jsonl`),
        Buffer.concat([noise, latin, utf16, Buffer.from(rest), good]),
      );
      const { nextByte, skipped } = await read(path);
      expect(nextByte).toBe((await stat(path)).size);
      expect(skipped).toBeGreaterThan(10);
      expect(await tasks()).toEqual({ 'Prüfe Größe ☃': 'pending' });
      const unknown = await store.files.unknown();
      expect(unknown['not-json']).toBeGreaterThan(1);
      expect(Object.values(unknown).reduce((a, b) => a + b, 0)).toBe(skipped);
    }),
  );
});

test('a line of 64 MB is counted as too long with its type, and the next one is read', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, tasks, store }) => {
      const path = await write(join(folder, `${A}.jsonl`), '{"type":"attachment","uuid":"x","attachment":"');
      for (let mib = 0; mib < 64; mib++) await appendFile(path, Buffer.alloc(MIB, 'x'));
      await appendFile(path, `"}\n${conversation(A).todos({ 'Fix login': 'pending' })}`);
      expect(await read(path)).toMatchObject({ outcome: 'read', skipped: 1, nextByte: (await stat(path)).size });
      expect(await store.files.unknown()).toEqual({ 'too-long:attachment': 1 });
      expect(await tasks()).toEqual({ 'Fix login': 'pending' });
    }),
  );
});

test('a large backfill file is read in shares, and a live file does not wait for it', async () => {
  await withFolder((folder) =>
    withReading(async (reading) => {
      const { enqueue, queues, read, idle, store } = reading;
      const lines = conversation(sessionId('b'));
      // A listing, of which nothing is read as prose: the size is what matters.
      const listing = `\`\`\`\n${'It still holds. '.repeat(200)}\n\`\`\``;
      const talk = Array.from({ length: 20_000 }, () => lines.says(listing)).join('');
      const large = await write(join(folder, `${sessionId('b')}.jsonl`), talk);
      const small = await write(join(folder, `${A}.jsonl`), conversation(A).todos({ 'Fix login': 'pending' }));
      const backfill = { kind: 'transcript', host: hostname(), path: large, urgency: 'backfill' } as const;
      expect(await worker.run(run(backfill), reading)).toMatchObject({ outcome: 'read', more: true });
      const { jobId } = await enqueue('ingest', {
        kind: 'transcript',
        host: hostname(),
        path: small,
        urgency: 'asked',
      });
      expect(await queues.waitFor('ingest', jobId, 20_000)).toMatchObject({ state: 'completed' });
      const [between] = await store.positions([large]);
      expect(between?.nextByte).toBeLessThan(talk.length);
      // Nobody may take it for read meanwhile.
      expect(between?.size).toBeLessThan(talk.length);
      await idle();
      expect(await store.positions([large])).toMatchObject([{ nextByte: talk.length, size: talk.length }]);
      expect(await read(large)).toMatchObject({ outcome: 'unchanged' });
    }, 1),
  );
}, 60_000);

test('what was kept is related soon after, by one job for many', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, queues }) => {
      const lines = conversation(A);
      const path = await write(join(folder, `${A}.jsonl`), '');
      let count = 0;
      const tellMore = async (): Promise<void> => {
        await appendFile(path, lines.todos({ [`Fix login ${(count += 1)}`]: 'pending' }));
        await read(path);
      };
      // A request of another test may still count for this process.
      await until('a job is asked for', async () => {
        await tellMore();
        return (await queues.queueDepth('correlate')).delayed === 1;
      });
      for (let times = 0; times < 3; times++) await tellMore();
      const { delayed, waiting } = await queues.queueDepth('correlate');
      expect(delayed + waiting).toBe(1);
    }),
  );
});

test('messages handed over are read once, however often they come, until a transcript says it better', async () => {
  await withFolder((folder) =>
    withReading(async ({ done, read, tasks, dump }) => {
      const todos = [{ content: 'Fix login', status: 'pending', activeForm: 'Fixing login' }];
      const messages = [
        { role: 'user' as const, content: 'Please fix the login.', timestamp: null },
        {
          role: 'assistant' as const,
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'TodoWrite', input: { todos } }],
          timestamp: null,
        },
        {
          role: 'user' as const,
          content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Todos have been modified' }],
          timestamp: null,
        },
      ];
      const chat = { kind: 'chat', sessionId: A, messages, receivedAt: Date.parse('2026-11-02T10:00:00Z') } as const;
      expect(await done(chat)).toMatchObject({ outcome: 'stored', kept: 1 });
      expect(await tasks()).toEqual({ 'Fix login': 'pending' });
      const before = await dump();
      expect(await done({ ...chat, receivedAt: chat.receivedAt + 60_000 })).toMatchObject({
        outcome: 'stored',
        kept: 0,
      });
      expect(differences(await dump(), before).filter((line) => !line.startsWith('file:'))).toEqual([]);

      const path = await write(join(folder, `${A}.jsonl`), conversation(A).says('Hello'));
      await read(path);
      expect(await done(chat)).toMatchObject({ outcome: 'stored', kept: 0 });
    }),
  );
});

test('a status set by hand stays when the file is read again from the start', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, done, store, tasks, logged }) => {
      const lines = conversation(A).todos({ 'Fix login': 'pending' });
      const path = await write(join(folder, `${A}.jsonl`), lines);
      await read(path);
      const [task] = (await store.tasks.list({})).tasks;
      const hand = { kind: 'hand', status: 'completed', note: 'done by phone', at: Date.now() } as const;
      expect(await done({ ...hand, taskId: task?.id ?? '' })).toMatchObject({ outcome: 'stored', kept: 1 });
      expect(await done({ ...hand, taskId: 'tnone' })).toMatchObject({ outcome: 'unknown-task', kept: 0 });
      expect(await tasks()).toEqual({ 'Fix login': 'completed' });
      await writeFile(path, `${conversation(A, 1_700_000_000_000).says('before')}${lines}`);
      await read(path);
      expect(logged()).toContain('file.rewritten');
      expect(await tasks()).toEqual({ 'Fix login': 'completed' });
    }),
  );
});

test('a file that has gone is a result and not a failure', async () => {
  await withFolder((folder) =>
    withReading(async ({ read, store }) => {
      const path = join(folder, `${A}.jsonl`);
      expect(await read(path)).toEqual({ outcome: 'gone', kept: 0, skipped: 0, nextByte: 0, more: false });
      expect(await store.files.quarantined()).toEqual([]);
      expect(await store.positions([path])).toEqual([null]);
    }),
  );
});
