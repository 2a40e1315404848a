import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sameItem, REWORDED_FROM } from '../../../src/domain/transcript/reword.js';
import { foldWords } from '../../../src/domain/ids.js';
import { readAll, recordsOf, seen, shown, talk, todos, type Talk } from '../../support/builders.js';

const told = async (tell: (it: Talk) => void): Promise<string[]> => {
  const it = talk();
  tell(it);
  return shown(await readAll(it.lines));
};

describe('a written list', () => {
  test('is replaced by the next one', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'in_progress'], 'Store the lines');
      it.todoWrite(['Parse the log', 'completed'], ['Store the lines', 'in_progress'], 'Draw a chart');
    });
    expect(tasks).toEqual(['Parse the log: completed', 'Store the lines: in_progress', 'Draw a chart: pending']);
  });

  test('cancels the unfinished item that it leaves out, and no finished one', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'completed'], 'Store the lines', 'Draw a chart');
      it.todoWrite(['Draw a chart', 'completed']);
    });
    expect(tasks.sort()).toEqual([
      'Draw a chart: completed',
      'Parse the log: completed',
      'Store the lines: cancelled (dropped)',
    ]);
  });

  test('that is empty changes nothing', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'completed'], ['Store the lines', 'in_progress']);
      it.todoWrite();
    });
    expect(tasks).toEqual(['Parse the log: completed', 'Store the lines: in_progress']);
  });

  test('brings back what was dropped, and what was done is then open again', async () => {
    const tasks = await told((it) => {
      it.todoWrite('Parse the log', ['Store the lines', 'completed']);
      it.todoWrite(['Store the lines', 'pending']);
      it.todoWrite('Parse the log', ['Store the lines', 'in_progress']);
    });
    expect(tasks).toEqual(['Parse the log: pending (reopened)', 'Store the lines: in_progress']);
  });

  test('tells an item that was done and is not: it was reopened', async () => {
    const it = talk();
    it.todoWrite(['Parse the log', 'completed']);
    it.todoWrite(['Parse the log', 'in_progress']);
    expect(await readAll(it.lines).then((read) => seen(read))).toEqual([
      { title: 'Parse the log', status: 'in_progress', why: 'reopened' },
    ]);
  });

  test('holds two tasks where two of its items have the same words', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Run the tests', 'in_progress'], 'Mend the parser', 'Run the tests');
      it.todoWrite(['Run the tests', 'completed'], ['Mend the parser', 'completed'], 'Run the tests');
    });
    expect(tasks).toEqual(['Run the tests: completed', 'Mend the parser: completed', 'Run the tests: pending']);
  });

  test('goes by words, not by case and spacing', async () => {
    const tasks = await told((it) => {
      it.todoWrite('Parse  the log');
      it.todoWrite(['parse the LOG', 'completed']);
    });
    expect(tasks).toEqual(['parse the LOG: completed']);
  });

  test('keeps the order of its items', async () => {
    const it = talk();
    it.todoWrite('Third', 'First', 'Second');
    const places = recordsOf(await readAll(it.lines)).map((record) => [record.title?.value, record.place?.value]);
    expect(places).toEqual([
      ['Third', '00000'],
      ['First', '00001'],
      ['Second', '00002'],
    ]);
  });

  test('states a priority, or none', async () => {
    const it = talk();
    it.todoWrite(['Rotate the key', 'pending', 'High'], ['Tidy up', 'pending', 'whenever'], 'Read the notes');
    const stated = recordsOf(await readAll(it.lines)).map((record) => record.priority?.value ?? null);
    expect(stated).toEqual(['high', null, null]);
  });

  test('is known from its result where its call was not seen', async () => {
    const it = talk();
    it.todoWrite(['Parse the log', 'in_progress']);
    expect(shown(await readAll(it.lines.slice(1)))).toEqual(['Parse the log: in_progress']);
  });

  test('of a file that begins in the middle is known from what the program repeats', async () => {
    const it = talk();
    it.user('go on', { todos: todos(['Parse the log', 'in_progress'], 'Draw a chart') });
    expect(shown(await readAll(it.lines))).toEqual(['Parse the log: in_progress', 'Draw a chart: pending']);
  });

  test('is corrected by what the program repeats, which never takes anything away', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
      it.add({
        type: 'attachment',
        attachment: { type: 'todo_reminder', content: todos(['Parse the log', 'completed']) },
      });
      it.add({ type: 'attachment', attachment: { type: 'todo_reminder', content: [] } });
    });
    expect(tasks).toEqual(['Parse the log: completed', 'Draw a chart: pending']);
  });
});

describe('an item in other words', () => {
  const pairs: readonly (readonly [before: string, after: string, same: boolean])[] = [
    ['Add tests', 'Add tests for the parser', true],
    ['Write the unit tests', 'Write unit tests', true],
    ['Update docs', 'Updating the docs', true],
    ['Store parsed lines in sqlite', 'Store parsed lines in a redis stream', false],
    ['Add a login form', 'Add a logout form', false],
    ['Add tests', 'Remove tests', false],
    ['Fix', 'Fix everything that the last release broke in the queue and in the dashboard', false],
    ['', 'Add tests', false],
  ];
  test.each(pairs)('%j and %j', (before, after, same) => {
    expect(sameItem(before, after) >= REWORDED_FROM).toBe(same);
    expect(sameItem(after, before) >= REWORDED_FROM).toBe(same);
  });

  test('stays the task that it was, under its new words', async () => {
    const it = talk();
    it.todoWrite(['Parse the log', 'completed'], ['Add tests', 'in_progress'], 'Draw a chart');
    it.todoWrite(['Parse the log', 'completed'], ['Add tests for the parser', 'completed'], 'Draw a chart');
    const read = await readAll(it.lines);
    expect(shown(read)).toEqual([
      'Parse the log: completed',
      'Add tests for the parser: completed',
      'Draw a chart: pending',
    ]);
  });

  test('about another object is another task, and the old one was dropped', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the journal', 'in_progress'], 'Store parsed lines in sqlite');
      it.todoWrite(['Parse the journal', 'completed'], ['Store parsed lines in a redis stream', 'in_progress']);
    });
    expect(tasks.sort()).toEqual([
      'Parse the journal: completed',
      'Store parsed lines in a redis stream: in_progress',
      'Store parsed lines in sqlite: cancelled (dropped)',
    ]);
  });

  test('is not looked for beyond its neighbours', async () => {
    const tasks = await told((it) => {
      it.todoWrite('Add tests', 'Parse the log', 'Draw a chart');
      it.todoWrite('Parse the log', 'Draw a chart', 'Add tests for the chart');
    });
    expect(tasks.sort()).toEqual([
      'Add tests for the chart: pending',
      'Add tests: cancelled (dropped)',
      'Draw a chart: pending',
      'Parse the log: pending',
    ]);
  });

  test('may be followed by a new item in its old words', async () => {
    const tasks = await told((it) => {
      it.todoWrite('Add tests');
      it.todoWrite('Add tests for the parser');
      it.todoWrite(['Add tests for the parser', 'completed'], 'Add tests');
      it.todoWrite(['Add tests for the parser', 'completed'], ['Add tests', 'in_progress']);
    });
    expect(tasks.sort()).toEqual(['Add tests for the parser: completed', 'Add tests: in_progress']);
  });

  test('has an id of its own among all live items, whatever is written', async () => {
    const words = fc.constantFrom(
      'Add tests',
      'Add tests for the parser',
      'add  tests',
      'Add parser tests',
      'Draw a chart',
    );
    const item = fc.tuple(words, fc.constantFrom('pending', 'in_progress', 'completed'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(item, { maxLength: 5 }), { maxLength: 6 }), async (lists) => {
        const it = talk();
        for (const list of lists) it.todoWrite(...list);
        const { state } = await readAll(it.lines);
        const live = state.lists['']?.todos.map((todo) => todo.id) ?? [];
        expect(new Set(live).size).toBe(live.length);
        const last = lists.at(-1) ?? [];
        if (last.length > 0) expect(live).toHaveLength(last.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a call that failed', () => {
  const failed = { content: '<tool_use_error>InputValidationError</tool_use_error>', isError: true };

  test('is undone', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
      it.tool('TodoWrite', { todos: todos(['Parse the log', 'completed'], 'Mend the parser') }, failed);
    });
    expect(tasks).toEqual(['Parse the log: in_progress (undone)', 'Draw a chart: pending (undone)']);
  });

  test('leaves the list as it was for the next call', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'in_progress'], 'Draw a chart');
      it.tool('TodoWrite', { todos: todos('Mend the parser') }, failed);
      it.todoWrite(['Parse the log', 'completed'], 'Mend the parser');
    });
    expect(tasks.sort()).toEqual([
      'Draw a chart: cancelled (dropped)',
      'Mend the parser: pending',
      'Parse the log: completed',
    ]);
  });

  test('does not bring back what was done before', async () => {
    const tasks = await told((it) => {
      it.todoWrite(['Parse the log', 'completed'], 'Draw a chart');
      it.todoWrite('Draw a chart');
      it.tool('TodoWrite', { todos: todos('Parse the log', 'Draw a chart') }, failed);
    });
    expect(tasks.map((task) => task.replace(/ \(.*/, ''))).toEqual([
      'Parse the log: completed',
      'Draw a chart: pending',
    ]);
  });
});

test('folding words twice is folding them once, so that a name given at a compaction is the same in every copy', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(foldWords(foldWords(text))).toBe(foldWords(text));
    }),
    { numRuns: 2_000, examples: [['İstanbul'], ['ΣΑΣ'], ['ﬃ ﬁ'], ['ẛ̣']] },
  );
});
