/**
 * The fake queue: tasks that live in this process and nowhere else, behind the interface that production fills with jobs.
 * A task's body is a function that may ask for input; what it asks stands in the report until it is answered.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  inputRequired,
  MissingRequiredClientCapabilityError,
  type CallToolResult,
  type InputRequest,
  type InputRequests,
} from '@modelcontextprotocol/server';
import type { ServedTool } from '../../src/mcp/serve/registry.js';
import {
  declaresTasks,
  taskCreated,
  TASKS_EXTENSION,
  type TaskBackend,
  type TaskCreated,
  type TaskReport,
} from '../../src/mcp/serve/tasks.js';
import { failure, text, textOf, tool } from './declare.js';
import { contentOf } from './input.js';

const TTL_MS = 60_000;
const POLL_MS = 200;
const INTERNAL_ERROR = -32_603;

interface Running {
  /** Ends when the task is cancelled. */
  readonly signal: AbortSignal;
  /** Asks all of these at once, and waits for all answers. */
  ask(requests: InputRequests): Promise<void>;
}
type Body = (running: Running) => Promise<CallToolResult>;

interface Entry {
  report: TaskReport;
  readonly pending: Map<string, InputRequest>;
  readonly cancel: AbortController;
  answered: () => void;
}

export interface FakeQueue extends TaskBackend {
  start(body: Body): TaskCreated;
}

export function createFakeQueue(): FakeQueue {
  const entries = new Map<string, Entry>();

  const ended = ({ report }: Entry): boolean => ['completed', 'failed', 'cancelled'].includes(report.status);
  /** A task that has ended stays as it is. */
  const set = (entry: Entry, state: Outcome): void => {
    if (ended(entry)) return;
    const { taskId, createdAt, ttlMs } = entry.report;
    entry.report = { taskId, createdAt, ttlMs, pollIntervalMs: POLL_MS, lastUpdatedAt: Date.now(), ...state };
  };

  const run = async (entry: Entry, body: Body): Promise<void> => {
    const { signal } = entry.cancel;
    try {
      const result = await body({
        signal,
        ask: (requests) =>
          new Promise((resolve, reject) => {
            for (const [key, request] of Object.entries(requests)) entry.pending.set(key, request);
            entry.answered = () => {
              if (entry.pending.size > 0) set(entry, waiting(entry));
              else {
                set(entry, { status: 'working' });
                resolve();
              }
            };
            entry.answered();
            signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true });
          }),
      });
      set(entry, { status: 'completed', result });
    } catch (error) {
      const message = error instanceof Error ? error.message : 'unknown';
      set(
        entry,
        signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: { code: INTERNAL_ERROR, message } },
      );
    }
  };

  return {
    start: (body) => {
      const now = Date.now();
      const taskId = randomUUID();
      const state = { taskId, createdAt: now, lastUpdatedAt: now, ttlMs: TTL_MS, pollIntervalMs: POLL_MS };
      const created: TaskReport = { ...state, status: 'working' };
      const entry: Entry = {
        report: created,
        pending: new Map(),
        cancel: new AbortController(),
        answered: () => undefined,
      };
      entries.set(taskId, entry);
      void run(entry, body);
      return taskCreated(created);
    },
    get: async (taskId) => entries.get(taskId)?.report ?? null,
    update: async (taskId, responses) => {
      const entry = entries.get(taskId);
      if (entry === undefined) return false;
      const known = Object.keys(responses).filter((key) => entry.pending.delete(key));
      if (known.length > 0) entry.answered();
      return true;
    },
    cancel: async (taskId) => {
      const entry = entries.get(taskId);
      entry?.cancel.abort();
      if (entry !== undefined) set(entry, { status: 'cancelled' });
      return entry !== undefined;
    },
  };
}

type Outcome =
  | { readonly status: 'working' | 'cancelled' }
  | { readonly status: 'completed'; readonly result: CallToolResult }
  | { readonly status: 'failed'; readonly error: { readonly code: number; readonly message: string } }
  | { readonly status: 'input_required'; readonly inputRequests: InputRequests };

const waiting = ({ pending }: Entry): Outcome => ({
  status: 'input_required',
  inputRequests: Object.fromEntries(pending),
});

export const taskTools = (queue: FakeQueue): readonly ServedTool[] =>
  [
    tool('greet', 'Greets, at once.', async (args) => text(`Hello, ${textOf(args, 'name')}!`), {
      name: { type: 'string' },
    }),
    supporting(
      'slow_compute',
      'Takes as many seconds as it is told.',
      (args) =>
        async ({ signal }) => {
          await sleep(secondsOf(args) * 1_000, undefined, { signal });
          return text(`Computed ${textOf(args, 'label')} in ${secondsOf(args)} s.`);
        },
      { seconds: { type: 'number' }, label: { type: 'string' } },
    ),
    required('failing_job', 'Fails as a tool fails.', () => async ({ signal }) => {
      await sleep(1_000, undefined, { signal });
      return failure('The job failed, as it should.');
    }),
    supporting('protocol_error_job', 'Fails as a server fails.', () => async () => {
      await sleep(POLL_MS);
      throw new Error('The job broke, as it should.');
    }),
    supporting(
      'confirm_delete',
      'Asks before it pretends to delete.',
      (args) =>
        async ({ ask }) => {
          await ask({ [randomUUID()]: confirmation(`Delete ${textOf(args, 'filename')}?`) });
          return text(`Deleted ${textOf(args, 'filename')}.`);
        },
      { filename: { type: 'string' } },
    ),
    supporting('multi_input', 'Asks two questions at once.', () => async ({ ask }) => {
      await ask({ [randomUUID()]: confirmation('First?'), [randomUUID()]: confirmation('Second?') });
      return text('Both are answered.');
    }),
    tool('test_tool_with_task', 'Asks for a name, then becomes a task.', async (_args, context) => {
      requireTasks(declaresTasks(context));
      const name = contentOf(context, 'user_name')?.['name'];
      if (typeof name === 'string') return queue.start(async () => text(`Hello, ${name}!`));
      const requestedSchema = {
        type: 'object' as const,
        properties: { name: { type: 'string' as const } },
        required: ['name'],
      };
      return inputRequired({
        inputRequests: { user_name: inputRequired.elicit({ message: 'What is your name?', requestedSchema }) },
      });
    }),
  ].map((make) => (typeof make === 'function' ? make(queue) : make));

type Args = Parameters<ServedTool['call']>[0];
type Properties = Parameters<typeof tool>[3];
type Make = (queue: FakeQueue) => ServedTool;

/** A task where the client knows tasks; else the call waits for the result. */
function supporting(name: string, description: string, body: (args: Args) => Body, properties?: Properties): Make {
  return (queue) =>
    tool(
      name,
      description,
      async (args, context) => {
        if (declaresTasks(context)) return queue.start(body(args));
        return body(args)({ signal: context.mcpReq.signal, ask: async () => undefined });
      },
      properties,
    );
}

function required(name: string, description: string, body: (args: Args) => Body): Make {
  return (queue) =>
    tool(name, description, async (args, context) => {
      requireTasks(declaresTasks(context));
      return queue.start(body(args));
    });
}

function requireTasks(declared: boolean): void {
  if (declared) return;
  throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } } });
}

const secondsOf = (args: Args): number => (typeof args['seconds'] === 'number' ? args['seconds'] : 0);

const confirmation = (message: string): InputRequest =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties: { confirm: { type: 'boolean' } }, required: ['confirm'] },
  });
