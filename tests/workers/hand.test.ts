/** Jobs of a hand, among others of the same queue. */
import { expect, test } from '@jest/globals';
import { conversation, sessionId, withReading } from './reading.js';
import { withFolder, write } from '../support/files.js';
import { join } from 'node:path';

const AT = Date.parse('2026-11-02T10:00:00Z');

test('a dismissal and a merge are done, told and kept; what cannot be merged is refused, not tried again', () =>
  withFolder((folder) =>
    withReading(async ({ done, read, store, tasks }) => {
      const it = conversation(sessionId('d'));
      const lists = it.todos({ 'Parse the log': 'pending', 'Draw a chart': 'pending', 'Sweep the floor': 'pending' });
      const path = await write(join(folder, `${sessionId('d')}.jsonl`), lists);
      await read(path);
      const all = (await store.tasks.list({})).tasks;
      const id = (words: string): string => all.find(({ title }) => title.includes(words))?.id ?? '';
      const hand = { kind: 'hand', note: null, at: AT } as const;
      expect(await done({ ...hand, taskId: id('Parse'), status: 'dismissed' })).toMatchObject({ outcome: 'stored' });
      const merge = { ...hand, status: 'merged', taskId: id('Draw'), into: id('Sweep') } as const;
      expect(await done(merge)).toMatchObject({ outcome: 'stored', kept: 1 });
      const ring = { ...hand, status: 'merged', taskId: id('Sweep'), into: id('Draw') } as const;
      expect(await done(ring)).toMatchObject({ outcome: 'refused', kept: 0 });
      expect(await done({ ...hand, taskId: 'none', status: 'dismissed' })).toMatchObject({ outcome: 'unknown-task' });
      expect(await tasks()).toEqual({ 'Sweep the floor': 'pending' });
      const again = it.todos({
        'Parse the log': 'in_progress',
        'Draw a chart': 'in_progress',
        'Sweep the floor': 'pending',
      });
      await write(path, lists + again);
      await read(path);
      // Work on the one is work on the other.
      expect(await tasks()).toEqual({ 'Sweep the floor': 'in_progress' });
    }),
  ));
