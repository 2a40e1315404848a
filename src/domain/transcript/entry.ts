/**
 * What one line of a transcript says, in the few words that the reader needs. Texts are not in here but in the chunk's
 * `TextBag`, so that they can be redacted in one pass before anything else sees them: a `Text` is an index into it.
 */
import { clean } from '../clean.js';
import type { Priority, Status } from '../model.js';

export type Text = number;

/** The texts of one chunk, cut to a stated length; equal ones are kept once. */
export interface TextBag {
  readonly texts: string[];
  put(text: string, maxChars: number): Text;
}

export function createTextBag(): TextBag {
  const texts: string[] = [];
  const known = new Map<string, Text>();
  return {
    texts,
    put(text, maxChars) {
      const cut = text.length > maxChars ? text.slice(0, maxChars) : text;
      const before = known.get(cut);
      if (before !== undefined) return before;
      known.set(cut, texts.length);
      // Before redaction: what cannot be seen must not hide a secret from it.
      return texts.push(clean(cut, maxChars)) - 1;
    },
  };
}

export interface Todo {
  readonly content: Text;
  readonly status: Status;
  readonly priority: Priority | null;
}

/** A task of a numbered list, as a snapshot shows it. */
export interface ListedTask {
  readonly number: string;
  readonly subject: Text;
  readonly description: Text | null;
  readonly status: Status | null;
  readonly owner: string | null;
  readonly blocks: readonly string[];
  readonly blockedBy: readonly string[];
}

export interface TaskPatch {
  readonly number: string;
  readonly status: Status | 'deleted' | null;
  readonly subject: Text | null;
  readonly description: Text | null;
  readonly owner: string | null;
  readonly blocks: readonly string[];
  readonly blockedBy: readonly string[];
}

/** What came of a tool call. `denied` and `cascade` are no errors, although they carry `is_error`. */
export type Outcome =
  | { readonly is: 'ok' }
  | { readonly is: 'error'; readonly message: Text }
  | { readonly is: 'rejected' }
  | { readonly is: 'denied' }
  | { readonly is: 'cascade' };

/** What a tool call does, as far as its name and command tell. */
export type Effect = 'looks' | 'changes' | 'runs' | 'commits' | 'lists';

/** A TODO, FIXME or box, as an edit puts it into a file. */
export interface Marked {
  readonly title: Text;
  /** What it is recognised by. */
  readonly words: Text;
  readonly quote: Text;
}

export type Item =
  | { readonly is: 'prompt'; readonly text: Text | null }
  /** The whole of what a person or the assistant says at this point. */
  | { readonly is: 'said'; readonly by: 'user' | 'assistant'; readonly text: Text }
  /** Why the user refused a call. */
  | { readonly is: 'refusal'; readonly callId: string; readonly text: Text }
  /** What a subagent hands back. */
  | { readonly is: 'report'; readonly text: Text }
  | {
      readonly is: 'edit';
      readonly callId: string;
      readonly path: Text;
      readonly added: readonly Marked[];
      readonly removed: readonly Text[];
      /** The same in other words. */
      readonly reworded: readonly { readonly from: Text; readonly to: Marked }[];
    }
  /** Markers in a file that was read. */
  | { readonly is: 'seen'; readonly path: Text; readonly words: readonly Text[] }
  | { readonly is: 'plan'; readonly callId: string; readonly text: Text }
  | { readonly is: 'interrupt' }
  | { readonly is: 'reply'; readonly messageId: string | null }
  | {
      readonly is: 'call';
      readonly id: string;
      readonly tool: string;
      readonly effect: Effect;
      /** What it is about: path, or description and command. */
      readonly summary: Text | null;
    }
  | { readonly is: 'todos'; readonly callId: string; readonly todos: readonly Todo[] }
  | { readonly is: 'create'; readonly callId: string; readonly subject: Text; readonly description: Text | null }
  | { readonly is: 'update'; readonly callId: string; readonly patch: TaskPatch }
  | {
      readonly is: 'result';
      readonly callId: string;
      readonly outcome: Outcome;
      /** Different failures that its output tells of, also where the call did not fail. */
      readonly failures: readonly Text[];
      /** How tests went, where it ran some. */
      readonly tests: 'pass' | 'fail' | null;
      /** Of TaskCreate: the number that the list gave out. */
      readonly created: { readonly number: string; readonly subject: Text } | null;
      /** Of TaskUpdate: whether something was changed; null where the result does not say. */
      readonly changed: boolean | null;
      /** Of TaskList and TaskGet. */
      readonly listed: readonly ListedTask[] | null;
      /** Of TodoWrite: the whole list after the call. */
      readonly todos: readonly Todo[] | null;
    }
  | { readonly is: 'task-snapshot'; readonly tasks: readonly ListedTask[] }
  | { readonly is: 'todo-snapshot'; readonly todos: readonly Todo[] }
  | { readonly is: 'failure'; readonly via: 'api' | 'hook'; readonly message: Text }
  | { readonly is: 'api-retry'; readonly message: Text }
  | { readonly is: 'compaction' }
  | {
      readonly is: 'title';
      readonly via: 'custom' | 'ai' | 'summary';
      readonly text: Text;
      readonly leaf: string | null;
    }
  | { readonly is: 'file'; readonly path: Text }
  | { readonly is: 'pull-request'; readonly url: Text }
  | { readonly is: 'subagent'; readonly agentId: string };

/** One line, read. */
export interface Entry {
  /** Number of the line in its file, from 1. */
  readonly line: number;
  /** Type as the line names it, with its subtype: `user`, `system/api_error`, `attachment/task_reminder`. */
  readonly type: string;
  readonly uuid: string | null;
  readonly parentUuid: string | null;
  readonly at: number | null;
  readonly sessionId: string | null;
  readonly agentId: string | null;
  readonly sidechain: boolean;
  /** Copied from another session. */
  readonly forked: boolean;
  readonly cwd: Text | null;
  readonly branch: Text | null;
  readonly version: string | null;
  readonly items: readonly Item[];
  /** Names of content blocks that we do not know. */
  readonly unknownBlocks: readonly string[];
}

/** A line that says nothing we can use, and why. */
export type SkipReason =
  | 'empty'
  | 'not-json'
  | 'not-an-object'
  | `too-long:${string}`
  | 'too-deep'
  | 'no-type'
  | 'no-content'
  | `unknown-type:${string}`
  | `unknown-block:${string}`
  /** Prose in a language that is not read; lists and failures of the line are. */
  | 'prose-language';

export type Sifted =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'skipped'; readonly line: number; readonly why: SkipReason };
