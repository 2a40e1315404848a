import { describe, expect, test } from '@jest/globals';
import { readAll, recordsOf, shown, talk, type Talk } from '../../support/builders.js';

const told = async (tell: (it: Talk) => void): Promise<string[]> => {
  const it = talk();
  tell(it);
  return shown(await readAll(it.lines));
};

describe('a numbered list', () => {
  test('has a task for each creation, with what was said of it', async () => {
    const it = talk();
    it.taskCreate('1', 'Parse the log', { description: 'All of it' });
    it.taskUpdate('1', { status: 'in_progress', owner: 'mira' });
    const [task] = recordsOf(await readAll(it.lines));
    expect(task).toMatchObject({
      title: { value: 'Parse the log' },
      description: { value: 'All of it' },
      owner: { value: 'mira' },
      source: 'structured',
      project: { value: '/work/shop' },
    });
    expect(task?.events.map(({ status }) => status)).toEqual(['pending', 'in_progress']);
  });

  test('pairs calls that were made at once with their results, in whatever order these come', async () => {
    const tasks = await told((it) => {
      const calls = ['Parse the log', 'Store the lines', 'Draw a chart'].map((subject) =>
        it.call('TaskCreate', { subject }),
      );
      it.created(calls[2] ?? '', '1', 'Draw a chart');
      it.created(calls[0] ?? '', '2', 'Parse the log');
      it.created(calls[1] ?? '', '3', 'Store the lines');
      it.taskUpdate('1', { status: 'completed' });
      it.taskUpdate('2', { status: 'in_progress' });
    });
    expect(tasks.sort()).toEqual(['Draw a chart: completed', 'Parse the log: in_progress', 'Store the lines: pending']);
  });

  test('learns the number from the text where the result has no data', async () => {
    const tasks = await told((it) => {
      const id = it.call('TaskCreate', { subject: 'Parse the log' });
      it.result(id, { content: 'Task #7 created successfully: Parse the log' });
      it.taskUpdate('7', { status: 'completed' }, { content: 'Updated task #7 status' });
    });
    expect(tasks).toEqual(['Parse the log: completed']);
  });

  test('has no task for a creation that failed or was not let through', async () => {
    const tasks = await told((it) => {
      it.tool('TaskCreate', { subject: 'Parse the log' }, { content: 'Error', isError: true, data: 'Error: no' });
      it.call('TaskCreate', { subject: 'Draw a chart' });
    });
    expect(tasks).toEqual([]);
  });

  test('takes a number with its sign, as a number, and arguments as a string of JSON', async () => {
    const tasks = await told((it) => {
      for (const number of ['1', '2', '3']) it.taskCreate(number, `Part ${number}`);
      it.tool('TaskUpdate', { taskId: '#1', status: 'completed' });
      it.tool('TaskUpdate', { taskId: 2, status: 'completed' });
      it.tool('TaskUpdate', JSON.stringify({ taskId: '3', status: 'completed' }));
    });
    expect(tasks).toEqual(['Part 1: completed', 'Part 2: completed', 'Part 3: completed']);
  });

  test.each([
    ['says so', { content: 'Task not found', data: { success: false, taskId: '1', updatedFields: [], error: 'no' } }],
    ['names no field that it changed', { content: 'Updated task #1', data: { success: true, updatedFields: [] } }],
    ['has a string for data', { content: 'Error', data: 'Error: InputValidationError' }],
    ['is an error', { content: 'Error', isError: true, data: 'Error: no' }],
    ['was rejected', { content: "The user doesn't want to proceed with this tool use.", isError: true }],
  ])('is not changed by an update whose result %s', async (_, outcome) => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskUpdate('1', { status: 'completed', subject: 'Something else' }, outcome);
    });
    expect(tasks).toEqual(['Parse the log: pending']);
  });

  test('is not changed by an update that was never answered', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.call('TaskUpdate', { taskId: '1', status: 'completed' });
    });
    expect(tasks).toEqual(['Parse the log: pending']);
  });

  test('keeps what was deleted, as cancelled', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskUpdate('1', { status: 'deleted' });
    });
    expect(tasks).toEqual(['Parse the log: cancelled (deleted)']);
  });

  test('tells what was reopened', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskUpdate('1', { status: 'completed' });
      it.taskUpdate('1', { status: 'in_progress' });
    });
    expect(tasks).toEqual(['Parse the log: in_progress (reopened)']);
  });

  test('takes new words for a task', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskUpdate('1', { subject: 'Parse the journal' });
    });
    expect(tasks).toEqual(['Parse the journal: pending']);
  });

  test('knows a number that is given out again as another task', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskUpdate('1', { status: 'completed' });
      it.taskCreate('1', 'Draw a chart');
      it.taskUpdate('1', { status: 'in_progress' });
    });
    expect(tasks).toEqual(['Parse the log: completed', 'Draw a chart: in_progress']);
  });

  test('links what waits with what it waits for, whichever of the two was told', async () => {
    const it = talk();
    for (const number of ['1', '2', '3']) it.taskCreate(number, `Part ${number}`);
    it.taskUpdate('2', { addBlockedBy: ['1'] });
    it.taskUpdate('2', { addBlocks: ['3'] });
    const [first, second, third] = recordsOf(await readAll(it.lines));
    expect(second).toMatchObject({ blockedBy: [first?.id], blocks: [third?.id] });
    expect(first).toMatchObject({ blocks: [second?.id], blockedBy: [] });
    expect(third).toMatchObject({ blockedBy: [second?.id], blocks: [] });
  });
});

describe('what other tools answer', () => {
  const listed = (id: string, subject: string, status: string, more = {}) => ({ id, subject, status, ...more });

  test('TaskGet creates nothing, and tells how its task stands', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.tool(
        'TaskGet',
        { taskId: '1' },
        {
          content: 'Task #1: Parse the log',
          data: { task: listed('1', 'Parse the log', 'completed', { description: 'All', blocks: [], blockedBy: [] }) },
        },
      );
      it.taskUpdate('1', { status: 'in_progress' });
    });
    expect(tasks).toEqual(['Parse the log: in_progress (reopened)']);
  });

  test('TaskList tells how all stand, and takes none away', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskCreate('2', 'Draw a chart');
      it.tool('TaskList', {}, { content: '#1', data: { tasks: [listed('1', 'Parse the log', 'completed')] } });
      it.tool('TaskList', {}, { content: 'No tasks', data: { tasks: [] } });
    });
    expect(tasks).toEqual(['Parse the log: completed', 'Draw a chart: pending']);
  });

  test('a command that prints how a task was created has not created one', async () => {
    const tasks = await told((it) => {
      it.tool('Bash', { command: 'cat notes' }, { content: 'Task #4 created successfully: Parse the log' });
      it.tool('mcp__board__add', {}, { content: 'ok', data: { task: { id: '9', subject: 'On another board' } } });
      it.tool('mcp__board__list', {}, { content: 'ok', data: { tasks: [listed('9', 'On another board', 'pending')] } });
    });
    expect(tasks).toEqual([]);
  });

  test('what a command printed does not stand for the result of an update', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.tool('Bash', { command: 'echo' }, { content: 'Updated task #1 status' });
    });
    expect(tasks).toEqual(['Parse the log: pending']);
  });
});

describe('the list as the program repeats it', () => {
  const task = (id: string, subject: string, status: string, more = {}) => ({
    id,
    subject,
    status,
    blocks: [],
    blockedBy: [],
    ...more,
  });

  test('corrects statuses and takes nothing away', async () => {
    const tasks = await told((it) => {
      it.taskCreate('1', 'Parse the log');
      it.taskCreate('2', 'Draw a chart');
      it.reminder([task('1', 'Parse the log', 'completed')]);
      it.reminder([]);
    });
    expect(tasks).toEqual(['Parse the log: completed', 'Draw a chart: pending']);
  });

  test('is all there is of tasks whose creation was not seen', async () => {
    const it = talk();
    it.reminder([
      task('4', 'Parse the log', 'in_progress', { blocks: ['5'] }),
      task('5', 'Draw a chart', 'pending', { blockedBy: ['4'] }),
    ]);
    it.taskUpdate('4', { status: 'completed' });
    const read = await readAll(it.lines);
    expect(shown(read)).toEqual(['Parse the log: completed', 'Draw a chart: pending']);
    const [first, second] = recordsOf(read);
    expect(second?.blockedBy).toEqual([first?.id]);
    expect(first?.blocks).toEqual([second?.id]);
  });

  test('says nothing where it says what was known', async () => {
    const it = talk();
    it.taskCreate('1', 'Parse the log');
    const before = (await readAll(it.lines)).facts.length;
    it.reminder([task('1', 'Parse the log', 'pending')]);
    expect((await readAll(it.lines)).facts).toHaveLength(before);
  });
});

describe("a subagent's own list", () => {
  test('carries its name, in its own file and among the lines of the session', async () => {
    const own = talk({ agent: 'a1b2c3d4' });
    own.todoWrite('Search the code');
    own.taskCreate('1', 'Read the docs');
    const session = talk();
    session.todoWrite('Parse the log');
    for (const lines of [own.lines, [...session.lines, ...own.lines]]) {
      const records = recordsOf(await readAll(lines));
      const agents = new Map(records.map((record) => [record.title?.value, record.agent]));
      expect(agents.get('Search the code')).toBe('a1b2c3d4');
      expect(agents.get('Read the docs')).toBe('a1b2c3d4');
      expect(agents.get('Parse the log') ?? null).toBeNull();
    }
  });

  test('without a name is told apart by where its chain of lines begins', async () => {
    const [one, other] = [talk({ agent: 'x', name: 'one' }), talk({ agent: 'y', name: 'other' })];
    one.todoWrite('Search the code');
    other.todoWrite('Search the code');
    const unnamed = [...one.lines, ...other.lines].map(({ agentId: _, ...line }) => line);
    const records = recordsOf(await readAll(unnamed));
    expect(records.map((record) => record.title?.value)).toEqual(['Search the code', 'Search the code']);
    expect(new Set(records.map((record) => record.agent)).size).toBe(2);
  });

  test('does not touch tasks of the same number or words in the conversation', async () => {
    const session = talk();
    session.taskCreate('1', 'Parse the log');
    session.todoWrite('Draw a chart');
    const own = talk({ agent: 'a1b2c3d4' });
    own.taskUpdate('1', { status: 'completed' });
    own.todoWrite(['Draw a chart', 'completed']);
    expect(shown(await readAll([...session.lines, ...own.lines]))).toEqual([
      'Parse the log: pending',
      'Draw a chart: pending',
    ]);
  });
});
