/**
 * The Tasks extension (`io.modelcontextprotocol/tasks`, 2026-07-28): methods and shapes. A task is a handle of a job; what
 * the job is, only the backend knows.
 * @see https://modelcontextprotocol.io/extensions for the extension's own text, SEP-2663
 */
import {
  CLIENT_CAPABILITIES_META_KEY,
  ProtocolError,
  type CallToolResult,
  type InputRequests,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';
const INVALID_PARAMS = -32_602;
const METHOD_NOT_FOUND = -32_601;
const MISSING_CAPABILITY = -32_021;

export interface TaskState {
  readonly taskId: string;
  readonly status: 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';
  readonly statusMessage?: string;
  /** Epoch milliseconds, as `lastUpdatedAt`. */
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
  /** Not forgotten before this long after its creation; null: never. */
  readonly ttlMs: number | null;
  readonly pollIntervalMs?: number;
}

export type TaskReport = TaskState &
  (
    | { readonly status: 'working' | 'cancelled' }
    | { readonly status: 'completed'; readonly result: CallToolResult }
    | { readonly status: 'failed'; readonly error: { readonly code: number; readonly message: string } }
    | { readonly status: 'input_required'; readonly inputRequests: InputRequests }
  );

/** All methods may be called in any server process. */
export interface TaskBackend {
  /** Null: there is no such task, or no longer. */
  get(taskId: string, context: ServerContext): Promise<TaskReport | null>;
  /** Hands over what was asked for. False: there is no such task. */
  update(taskId: string, inputResponses: Readonly<Record<string, unknown>>, context: ServerContext): Promise<boolean>;
  /** Asks for its end, which may come later or not at all. False: there is no such task. */
  cancel(taskId: string, context: ServerContext): Promise<boolean>;
}

/** The answer to `tools/call` in place of the result. */
export interface TaskCreated {
  readonly resultType: 'task';
  readonly [key: string]: unknown;
}

export const taskCreated = (state: TaskState): TaskCreated => ({ resultType: 'task', ...onWire(state) });

/** Whether this request may be answered by a task: the client says so with each request, never once for all. */
export function declaresTasks({ mcpReq }: ServerContext): boolean {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const capabilities = envelope[CLIENT_CAPABILITIES_META_KEY];
  const extensions = isRecord(capabilities) ? capabilities['extensions'] : undefined;
  return isRecord(extensions) && isRecord(extensions[TASKS_EXTENSION]);
}

const TaskParams = z.looseObject({ taskId: z.string().min(1).max(200) });

/** Registers `tasks/get`, `tasks/update` and `tasks/cancel`. @param era a legacy client has other tasks, which we do not serve */
export function serveTasks(server: Server, backend: TaskBackend, era: 'legacy' | 'modern'): void {
  const serve = (
    method: string,
    answer: (taskId: string, context: ServerContext) => Promise<Readonly<Record<string, unknown>> | null>,
  ): void =>
    server.setRequestHandler(method, { params: TaskParams }, async ({ taskId }, context) => {
      if (era === 'legacy') throw new ProtocolError(METHOD_NOT_FOUND, 'Method not found');
      if (!declaresTasks(context)) {
        throw new ProtocolError(MISSING_CAPABILITY, `${method} needs the client capability ${TASKS_EXTENSION}`, {
          requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } },
        });
      }
      const found = await answer(taskId, context);
      if (found === null) throw new ProtocolError(INVALID_PARAMS, 'There is no task with this id, or no longer.');
      return { resultType: 'complete', ...found };
    });
  serve('tasks/get', async (taskId, context) => {
    const report = await backend.get(taskId, context);
    return report && onWire(report);
  });
  // The SDK lifts the responses out of the params before it hands them on.
  serve('tasks/update', async (taskId, context) =>
    (await backend.update(taskId, context.mcpReq.inputResponses ?? {}, context)) ? {} : null,
  );
  serve('tasks/cancel', async (taskId, context) => ((await backend.cancel(taskId, context)) ? {} : null));
}

function onWire(state: TaskState | TaskReport): Record<string, unknown> {
  return {
    ...state,
    createdAt: new Date(state.createdAt).toISOString(),
    lastUpdatedAt: new Date(state.lastUpdatedAt).toISOString(),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
