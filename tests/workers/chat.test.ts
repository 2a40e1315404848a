import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Chat } from '../../jobs/ingest.js';
import type { ChatMessage } from '../../src/domain/model.js';
import { differences } from '../support/ledger-dump.js';
import { asMessages } from '../support/chat.js';
import type { Line } from '../support/builders.js';
import { withFolder, write } from '../support/files.js';
import { conversation, sessionId, withReading, type Reading } from './reading.js';

const SESSION = sessionId('c');
const AT = Date.parse('2026-11-02T10:00:00Z');

/** Lines of a transcript whose list is written again and again, and a task is closed by each. */
function lines(): string[] {
  const it = conversation(SESSION);
  const names = ['Parse the log', 'Draw a chart', 'Sweep the floor', 'Rotate the key', 'Paint the door'];
  const written = names.map((_, closed) =>
    it.todos(Object.fromEntries(names.map((name, n) => [name, n < closed ? 'completed' : 'pending']))),
  );
  return written.flatMap((text) => [...text.split(/(?<=\n)/), it.says('ok')]);
}

const messagesOf = (text: readonly string[]): ChatMessage[] => asMessages(text.map((line) => JSON.parse(line) as Line));

const chat = (messages: readonly ChatMessage[], receivedAt = AT): Chat => ({
  kind: 'chat',
  sessionId: SESSION,
  messages: [...messages],
  receivedAt,
});

/** Two dumps, but for names of tasks that only the messages gave out. */
async function dumpOf(reading: Reading): Promise<Record<string, unknown>> {
  const { aliases: _, ...known } = await reading.dump();
  return known;
}

test('windows of a conversation that are handed over at the same time leave what the whole would', async () => {
  await withReading(async (reading) => {
    const all = messagesOf(lines());
    for (let from = 0; from < all.length; from += 2) {
      const window = all.slice(Math.max(0, from - 1), from + 2);
      await reading.enqueue('ingest', chat(window, AT + from));
      await reading.enqueue('ingest', chat(window, AT + from));
    }
    await reading.idle();
    expect(await reading.tasks()).toEqual({
      'Draw a chart': 'completed',
      'Paint the door': 'pending',
      'Parse the log': 'completed',
      'Rotate the key': 'completed',
      'Sweep the floor': 'completed',
    });
    expect(await reading.store.conversations.get(SESSION)).toMatchObject({
      toolCalls: 5,
      openTasks: 1,
      closedTasks: 4,
    });
    const before = await dumpOf(reading);
    expect(await reading.done(chat(all.slice(3), AT + 60_000))).toMatchObject({ outcome: 'stored', kept: 0 });
    expect(differences(await dumpOf(reading), before)).toEqual([]);
  });
});

test('messages and transcript that are taken in at the same time leave what the transcript says', async () => {
  await withFolder((folder) =>
    withReading(async (reading) => {
      const text = lines();
      const all = messagesOf(text);
      const path = await write(join(folder, `${SESSION}.jsonl`), text.slice(0, 4).join(''));
      const file = { kind: 'transcript', host: hostname(), path, urgency: 'live' } as const;
      const hand = async (from: number, to: number): Promise<void> => {
        await reading.enqueue('ingest', chat(all.slice(from, to), AT + to));
      };
      await Promise.all([hand(0, 6), hand(4, 9), reading.enqueue('ingest', file), hand(0, 15), hand(7, 15)]);
      await appendFile(path, text.slice(4).join(''));
      await Promise.all([hand(2, 12), reading.enqueue('ingest', file), hand(0, 15)]);
      await reading.idle();
      await reading.read(path);
      const together = await dumpOf(reading);
      expect(await reading.done(chat(all))).toMatchObject({ outcome: 'stored', kept: 0 });
      expect(differences(await dumpOf(reading), together)).toEqual([]);
      expect(await reading.tasks()).toMatchObject({ 'Parse the log': 'completed', 'Paint the door': 'pending' });

      await withReading(async (other) => {
        await other.read(path);
        expect(differences(together, await dumpOf(other))).toEqual([]);
      });
    }),
  );
});

test('an id that the messages gave out is closed by hand, and stays closed in the transcript', async () => {
  await withFolder((folder) =>
    withReading(async ({ done, read, store, tasks }) => {
      const text = lines();
      await done(chat(messagesOf(text)));
      const [task] = (await store.tasks.list({})).tasks;
      const hand = { kind: 'hand', taskId: task?.id ?? '', note: null } as const;
      expect(await done({ ...hand, status: 'blocked', at: AT })).toMatchObject({ outcome: 'stored', kept: 1 });
      await read(await write(join(folder, `${SESSION}.jsonl`), text.join('')));
      expect(await tasks()).toMatchObject({ 'Parse the log': 'completed', 'Paint the door': 'blocked' });
      expect(Object.keys(await tasks())).toHaveLength(5);
      expect(await done({ ...hand, status: 'completed', at: AT + 1 })).toMatchObject({ outcome: 'stored', kept: 1 });
      expect(await tasks()).toMatchObject({ 'Paint the door': 'completed' });
    }),
  );
});
