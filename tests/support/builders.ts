/** Lines of transcripts in which only what matters is stated; the rest is as Claude Code writes it. */
import { createGathering } from '../../src/domain/gathering.js';
import { SAYS_NOTHING, type ErrorFact, type Fact, type TaskFact } from '../../src/domain/facts.js';
import type { Status, Task } from '../../src/domain/model.js';
import { isHidden, mergeTasks, recordOf, standingOf, type TaskRecord } from '../../src/domain/tasks/index.js';
import { initialState, readLines, type ReaderState, type TranscriptLine } from '../../src/domain/transcript/index.js';

export type Line = Readonly<Record<string, unknown>>;
export type Json = Readonly<Record<string, unknown>>;

/** Ten o'clock on some day: the first line of a conversation that does not say when it begins. */
export const START = Date.parse('2026-05-01T10:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A todo as `[content, status]`, or its content alone. */
export type TodoLike = string | readonly [content: string, status?: string, priority?: string];

export const todos = (...items: readonly TodoLike[]): Json[] =>
  items.map((item) => {
    const [content, status = 'pending', priority] = typeof item === 'string' ? [item] : item;
    return { content, status, activeForm: content, ...(priority === undefined ? {} : { priority }) };
  });

const WRITTEN = 'Todos have been modified successfully. Ensure that you continue to use the todo list.';

/** What a tool call came to; by default it worked. */
export interface Outcome {
  readonly content?: unknown;
  readonly isError?: boolean;
  readonly data?: unknown;
  /** Further fields of the line. */
  readonly line?: Json;
}

export interface Talk {
  readonly sessionId: string;
  readonly lines: Line[];
  /** Adds a line as it is; its envelope is filled in where it has a `type` that carries one. */
  add(line: Json): Line;
  /** The next line comes this much later than it would. */
  wait(ms: number): void;
  user(content: unknown, extra?: Json): Line;
  say(text: string, extra?: Json): Line;
  /** A call without its result. @returns the call's id */
  call(tool: string, input: unknown, extra?: Json): string;
  result(callId: string, outcome?: Outcome): Line;
  tool(tool: string, input: unknown, outcome?: Outcome): string;
  todoWrite(...items: readonly TodoLike[]): string;
  /** A TaskCreate that was given `number`. @returns the call's id */
  taskCreate(number: string, subject: string, input?: Json): string;
  created(callId: string, number: string, subject: string): Line;
  taskUpdate(number: string, patch: Json, outcome?: Outcome): string;
  /** The list as the program repeats it; `#3` stands for a task's number. */
  reminder(tasks: readonly Json[]): Line;
  boundary(): Line;
  compactSummary(text: string): Line;
}

/**
 * A conversation that writes its lines one second apart.
 * @param options.agent makes all of them lines of a subagent
 */
export function talk(
  options: { sessionId?: string; at?: number; cwd?: string; agent?: string; name?: string } = {},
): Talk {
  const { sessionId = 'session-a', cwd = '/work/shop', agent } = options;
  const name = options.name ?? (agent === undefined ? sessionId : `${sessionId}/${agent}`);
  let clock = options.at ?? START;
  let parentUuid: string | null = null;
  let count = 0;
  const lines: Line[] = [];
  const add = (line: Json): Line => {
    count += 1;
    clock += 1_000;
    const uuid = `${name}#${count}`;
    const full: Line = {
      parentUuid,
      isSidechain: agent !== undefined,
      ...(agent === undefined ? {} : { agentId: agent }),
      cwd,
      sessionId,
      version: '2.1.237',
      gitBranch: 'main',
      uuid,
      timestamp: new Date(clock).toISOString(),
      ...line,
    };
    parentUuid = uuid;
    lines.push(full);
    return full;
  };
  const user = (content: unknown, extra: Json = {}): Line =>
    add({ type: 'user', message: { role: 'user', content }, ...extra });
  const assistant = (block: Json, extra: Json = {}): Line =>
    add({ type: 'assistant', message: { id: `msg-${name}#${count}`, role: 'assistant', content: [block] }, ...extra });
  const call = (tool: string, input: unknown, extra: Json = {}): string => {
    const id = `call-${name}#${count + 1}`;
    assistant({ type: 'tool_use', id, name: tool, input }, extra);
    return id;
  };
  const result = (callId: string, { content = 'done', isError = false, data, line = {} }: Outcome = {}): Line =>
    user([{ type: 'tool_result', tool_use_id: callId, content, ...(isError ? { is_error: true } : {}) }], {
      ...(data === undefined ? {} : { toolUseResult: data }),
      ...line,
    });
  const tool = (called: string, input: unknown, outcome: Outcome = {}): string => {
    const id = call(called, input);
    result(id, outcome);
    return id;
  };
  const created = (callId: string, number: string, subject: string): Line =>
    result(callId, {
      content: `Task #${number} created successfully: ${subject}`,
      data: { task: { id: number, subject } },
    });
  return {
    sessionId,
    lines,
    add,
    wait: (ms) => void (clock += ms),
    user,
    say: (text, extra) => assistant({ type: 'text', text }, extra),
    call,
    result,
    tool,
    created,
    todoWrite(...items) {
      const newTodos = todos(...items);
      return tool('TodoWrite', { todos: newTodos }, { content: WRITTEN, data: { oldTodos: [], newTodos } });
    },
    taskCreate(number, subject, input = {}) {
      const id = call('TaskCreate', { subject, description: `${subject}, as agreed`, ...input });
      created(id, number, subject);
      return id;
    },
    taskUpdate(number, patch, outcome) {
      const data = { success: true, taskId: number, updatedFields: Object.keys(patch) };
      return tool('TaskUpdate', { taskId: number, ...patch }, outcome ?? { content: `Updated task #${number}`, data });
    },
    reminder: (tasks) => add({ type: 'attachment', attachment: { type: 'task_reminder', content: tasks } }),
    boundary() {
      parentUuid = null;
      const compactMetadata = { trigger: 'auto', preTokens: 150_000 };
      return add({ type: 'system', subtype: 'compact_boundary', content: 'Conversation compacted', compactMetadata });
    },
    compactSummary: (text) => user(text, { isCompactSummary: true, isVisibleInTranscriptOnly: true }),
  };
}

/** The lines as a branch into another session repeats them. */
export const forked = (lines: readonly Line[], sessionId: string): Line[] =>
  lines.map((line) => ({
    ...line,
    sessionId,
    forkedFrom: { sessionId: line['sessionId'], messageUuid: line['uuid'] },
  }));

/** The lines as an older resume repeats them: under the new session's name, without a word on where they come from. */
export const rewritten = (lines: readonly Line[], sessionId: string): Line[] =>
  lines.map((line) => ({ ...line, sessionId }));

export const jsonl = (lines: readonly Line[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

export interface AllRead {
  readonly state: ReaderState;
  readonly facts: readonly Fact[];
}

/** A line as an object, or its raw text. */
export type LineOrText = Line | string;

/**
 * Reads lines from the beginning of a file.
 * @param options.chunkLines how many lines each chunk has, from the first on, and then again; all in one by default
 */
export async function readAll(
  lines: readonly LineOrText[],
  options: { chunkLines?: number | readonly number[]; sessionId?: string | null } = {},
): Promise<AllRead> {
  const { sessionId = null, chunkLines = Math.max(lines.length, 1) } = options;
  const sizes = typeof chunkLines === 'number' ? [chunkLines] : chunkLines;
  const numbered = lines.map((line, index): TranscriptLine => ({
    line: index + 1,
    text: typeof line === 'string' ? line : JSON.stringify(line),
  }));
  let state = initialState(sessionId);
  const facts: Fact[] = [];
  for (let from = 0, nth = 0; from < numbered.length; nth++) {
    const size = Math.max(1, sizes[nth % sizes.length] ?? 1);
    const read = readLines(state, numbered.slice(from, from + size));
    // The state travels as text, so nothing may depend on what text does not carry.
    state = JSON.parse(JSON.stringify(read.state)) as ReaderState;
    facts.push(...read.facts);
    from += size;
  }
  return { state, facts };
}

/** A task in the words that most tests ask about. */
export interface Seen {
  readonly title: string;
  readonly status: Status;
  readonly why: string | null;
}

/** The tasks that a reader of these files would be shown, as records, by aliases resolved; hidden ones are left out. */
export function recordsOf(...files: readonly AllRead[]): TaskRecord[] {
  const gathering = createGathering();
  for (const file of files) {
    gathering.add(file.facts);
    gathering.addFile(file.state.stats);
  }
  return [...gathering.known().tasks].filter((record) => !isHidden(record));
}

/** Of the conversations' own lists, in the order of first telling. */
export const seen = (...files: readonly AllRead[]): Seen[] =>
  recordsOf(...files)
    .filter((record) => record.agent === null)
    .sort((a, b) => a.firstAt - b.firstAt || (a.place?.value ?? '').localeCompare(b.place?.value ?? ''))
    .map((record) => {
      const { status, event } = standingOf(record);
      return { title: record.title?.value ?? '', status, why: event?.why ?? null };
    });

/** `title: status`, the shortest picture of a list. */
export const shown = (...files: readonly AllRead[]): string[] =>
  seen(...files).map(({ title, status, why }) => `${title}: ${status}${why === null ? '' : ` (${why})`}`);

export const errorsIn = (read: AllRead): ErrorFact[] => read.facts.filter((fact) => fact.is === 'error');

/** A fact about a task in which only what matters is stated. */
export const errorFact = (said: Partial<ErrorFact> & { id: string }): ErrorFact => ({
  is: 'error',
  eventId: `ev-${said.id}-${said.at ?? START}`,
  at: START,
  sessionId: 'session-a',
  line: 1,
  class: 'exit',
  message: `${said.id} failed`,
  project: '/work/shop',
  agent: null,
  ...said,
});

export const taskFact = (said: Partial<TaskFact> & { id: string }): TaskFact => ({
  is: 'task',
  ...SAYS_NOTHING,
  eventId: `ev-${said.id}-${said.at ?? START}-${said.status ?? ''}`,
  at: START,
  sessionId: 'session-a',
  line: 1,
  source: 'structured',
  project: '/work/shop',
  agent: null,
  status: 'pending',
  title: said.id,
  by: 'conversation',
  ...said,
});

/** The record that these facts about one task come to. */
export const merged = (...facts: readonly TaskFact[]): TaskRecord => {
  const [first, ...rest] = facts.map(recordOf);
  if (first === undefined) throw new Error('no facts');
  return rest.reduce((record, other) => mergeTasks(record, other), first);
};

/** An order of ids that is the same on every machine. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A task as a reader of the ledger sees it, in which only what matters is stated. */
export const aTask = (id: string, said: Partial<Task> = {}): Task => ({
  ...{ id, title: `Task ${id}`, description: null, status: 'pending', component: null, project: '/work/shop' },
  ...{ priority: 'medium', prioritySource: 'computed', priorityReason: 'rank', rank: 100, rankReason: 'asked once' },
  ...{ componentReason: null, effort: 'medium', effortReason: 'nothing says how much work it is', quickWin: false },
  ...{ source: 'structured', confidence: 1, owner: null, firstAt: START, lastAt: START, sessionId: 'session-a' },
  ...{ evidence: [], flags: [], blockedBy: [], blocks: [], relatedErrors: [], sameAs: [], merged: [], history: [] },
  ...said,
});
