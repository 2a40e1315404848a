/**
 * Every error text that a model may read. Each says what was wrong, what is allowed and what to call next; none holds a
 * stack, a driver's message or stored text. What a caller sent comes back cleaned and cut.
 */
import { ConfigError, InputError, RefusedError, UnavailableError } from '../errors.js';
import type { StoreReader } from '../store/reader.js';
import { plain } from './views/plain.js';

export const badArguments = (tool: string, faults: readonly string[]): InputError =>
  new InputError(`${tool} was not called: ${faults.join('; ')}.`);

export const unknownTask = (id: string): InputError =>
  new InputError(
    `There is no task with the id "${plain(id, 80)}". Call get_unfinished_tasks and pass an "id" from its reply; ` +
      'closed tasks are listed with {"status":["completed","cancelled"]}.',
  );

const REFUSALS = {
  task: (id: string, _into: string) => `there is no task with the id "${id}"`,
  unknown: (_id: string, into: string) => `there is no task with the id "${into}" to merge it into`,
  itself: () => 'both ids name the same task',
  chain: (id: string, into: string) =>
    `merging goes one step: either "${into}" was itself merged into another task (merge into that one), or others were merged ` +
    `into "${id}" (merge those into "${into}" first, each by its own id)`,
  dismissed: (_id: string, into: string) =>
    `"${into}" was dismissed as no task; give it a status first, which undoes that`,
  full: (_id: string, into: string) => `too many tasks were merged into "${into}" already`,
  meanwhile: () => 'one of the two was merged, dismissed or forgotten meanwhile',
} as const satisfies Record<string, (id: string, into: string) => string>;

export const mergeRefused = (id: string, into: string, why: keyof typeof REFUSALS): InputError =>
  new InputError(
    `"${plain(id, 80)}" was not merged: ${REFUSALS[why](plain(id, 80), plain(into, 80))}. ` +
      'get_unfinished_tasks with response_format "detailed" shows flags and "merged" of each.',
  );

export const unknownError = (id: string): InputError =>
  new InputError(
    `There is no error with the id "${plain(id, 80)}". Call get_error_correlations and pass an "id" from its reply.`,
  );

export const unknownConversation = (id: string): InputError =>
  new InputError(
    `There is no conversation with the session_id "${plain(id, 80)}". Call correlate_conversations or get_recent_activity ` +
      'without it and pass a session id from the reply, or read autobot://conversations.',
  );

export const badCursor = (): InputError =>
  new InputError(
    'cursor: not one that this query gave out. Pass "next_cursor" of the last reply unchanged and with the same ' +
      'filters, or leave it out to start at the first page.',
  );

export const unreadableTranscript = (path: string, why: string, roots: readonly string[]): InputError =>
  new InputError(
    `transcript_path: ${plain(path, 200)} ${why}. Allowed: an existing .jsonl file below ` +
      `${roots.length === 0 ? 'a configured transcript root (there is none)' : roots.join(', ')}. ` +
      'Roots are "transcripts.roots" of config.json; else pass the conversation as "messages".',
  );

/** The text for anything that a tool's body or a resource's read threw. Null: not one of ours, so nothing is told. */
export function answerFor(error: unknown, caller: { readonly name: string; readonly writes: boolean }): string | null {
  if (error instanceof InputError) return plain(error.message, 1_500);
  if (error instanceof RefusedError) {
    const nothing = caller.writes ? 'nothing was queued' : 'nothing could be read';
    return error.full
      ? `Redis is out of memory, so ${nothing}. Raise its maxmemory or free some of it (the ledger's lifetimes are "retention" in config.json), then call ${caller.name} again; reading tools go on working.`
      : `Redis refused the request, so ${nothing}. Run \`mcp-autobot-tracker doctor\`: it names the cause (password, rights, memory) and the cure.`;
  }
  if (error instanceof UnavailableError) {
    return (
      `Redis does not answer, so ${caller.writes ? 'nothing was queued' : 'nothing could be read'}. ` +
      'Start it with `npm start` in the folder of the tracker or `mcp-autobot-tracker up` (`mcp-autobot-tracker doctor` says what is wrong), ' +
      `then call ${caller.name} again.`
    );
  }
  if (error instanceof ConfigError) {
    return `The tracker's configuration does not fit, so nothing was done. ${plain(error.message, 1_500, 'lines')}`;
  }
  if (error instanceof Error && error.name === 'ReplyError') {
    return (
      `Redis refused the request, so ${caller.writes ? 'nothing was queued' : 'nothing could be read'}. ` +
      'Run `mcp-autobot-tracker doctor`: it names the cause (password, rights, memory) and the cure.'
    );
  }
  return null;
}

export const internalFault = (name: string): string =>
  `${name} failed inside the tracker; its log on stderr has the cause. Try once more; if it stays so, run ` +
  '`mcp-autobot-tracker doctor`.';

export const unknownTool = (name: string, known: readonly string[], nearest: string | null): string =>
  `There is no tool "${plain(name, 80)}".${nearest === null ? '' : ` Did you mean ${nearest}?`} Tools: ${known.join(', ')}.`;

export const unknownResource = (uri: string, known: readonly string[]): string =>
  `There is no resource "${plain(uri, 200)}". Resources: ${known.join(', ')}.`;

export const unknownJob = (tool: string, id: string): InputError =>
  new InputError(
    `There is no job "${plain(id, 80)}" of ${tool}, or no longer: finished ones are kept for an hour at least. Pass the "job_id" of an ` +
      `earlier reply of ${tool}, or call it with its other arguments to ask anew.`,
  );

export const jobFailed = (tool: string): string =>
  `The job failed after all its attempts. Run \`mcp-autobot-tracker doctor\`, then call ${tool} again with the same arguments: it is then asked for anew.`;

/** What stands beside a job that nobody will do for now. */
export const NO_WORKERS =
  'It is queued, but no worker of its queue is running: start the workers with `npm start` in the folder of the tracker or `mcp-autobot-tracker up`.';

/** What an empty answer means where nobody has ever read anything. */
export const NOTHING_READ =
  'Nothing has been read yet: the ledger holds no conversations. Start the tracker with `npm start` in its folder or ' +
  '`mcp-autobot-tracker up`; it reads all transcripts that are there. Then call again.';

export async function isUnread(store: StoreReader): Promise<boolean> {
  return (await store.conversations.list({ limit: 1 })).total === 0;
}

/**
 * What is only told beside a job that is already queued: when Redis goes away now, saying so would say "nothing was queued".
 */
export async function afterwards<T>(question: Promise<T>, unknown: T): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof UnavailableError) return unknown;
    throw error;
  }
}
