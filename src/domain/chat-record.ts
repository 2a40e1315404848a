/** What the ledger keeps of a conversation that exists only as messages; how it is read is in `chat.ts`. */
import { namesIn, type Names, type Renamed } from './chat-names.js';
import type { Claim } from './claims/index.js';
import type { FailureRecord } from './errors.js';
import type { AliasFact } from './facts.js';
import type { ChatMessage } from './model.js';
import type { TaskRecord } from './tasks/index.js';
import type { ReaderState } from './transcript/index.js';
import type { Placed } from './windows.js';

/** A message of the conversation, in its place. */
export interface Said extends Placed {
  readonly role: 'user' | 'assistant';
  /** Null once it is settled. */
  readonly content: ChatMessage['content'] | null;
}

/** What is known of a session that exists only as messages. */
export interface Chat {
  readonly said: readonly Said[];
  /** After the last message. */
  readonly state: ReaderState;
  /** The messages themselves are gone: what comes can only be added at the end. */
  readonly isSettled: boolean;
  /** What it tells of: ids of tasks, each with a digest of what was told. */
  readonly tasks: Readonly<Record<string, string>>;
  readonly failures: Readonly<Record<string, { readonly digest: string; readonly events: readonly Happening[] }>>;
  /** What it says of work of other sessions: ids of claims, each with a digest. */
  readonly claims?: Readonly<Record<string, string>>;
  /** Ids that were given out before an earlier message came to light, and those that they lead to. */
  readonly renamed: Renamed;
}

/** How often and when an error happened: `[event, at, line]`. */
export type Happening = readonly [event: string, at: number, line: number];

/** What a chat tells differently from before; null takes back what it told. */
export interface ChatChange {
  readonly tasks: ReadonlyMap<string, TaskRecord | null>;
  readonly failures: ReadonlyMap<
    string,
    { readonly record: FailureRecord | null; readonly add: readonly Happening[]; readonly drop: readonly string[] }
  >;
  readonly claims: ReadonlyMap<string, Claim | null>;
  /** Merge with what this chat told of the same thing before, instead of replacing it. */
  readonly isMore: boolean;
}

export interface ChatReading extends ChatChange {
  readonly chat: Chat;
  readonly aliases: readonly AliasFact[];
  /** Things told of anew or differently. */
  readonly kept: number;
}

/** Beyond these the messages of a conversation are settled; of the oldest not even the hash is remembered. */
export const KEEP_CHAT = { bytes: 512 * 1024, messages: 5_000 } as const;
/** The conversation without its messages: they still count as known. */
export function settled(chat: Chat): Chat {
  const said = chat.said.slice(-KEEP_CHAT.messages).map((message) => ({ ...message, content: null }));
  // Nor are their words kept anywhere else; titles of tasks stay, by which the transcript's are found.
  const thread = { ...chat.state.thread, failures: [], topics: [], offers: [], subject: null };
  return { ...chat, said, state: { ...chat.state, thread }, isSettled: true };
}

/** See `Names`. */
export const namesOf = ({ state, renamed }: Chat): Names => namesIn(state, renamed);
