/** What a conversation is about at this moment, as far as prose tells: part of the reader's state, plain JSON and bounded. */
import type { Priority, Source, Status } from '../../model.js';

/** Most that is remembered of each kind. */
export const MOST = {
  tasks: 80,
  titleChars: 200,
  offers: 30,
  markers: 80,
  seen: 40,
  seenEach: 40,
  listed: 40,
  topics: 10,
  topicChars: 160,
} as const;

/** A task that this conversation told of, in prose or in a list. */
export interface ThreadTask {
  readonly id: string;
  title: string;
  status: Status;
  readonly source: Source;
  /** How many compactions there had been when it was told of. */
  readonly era: number;
  /** Turn in which it was last spoken of. */
  turn: number;
  /** The user waits for it: since this turn, or since one before. */
  asked: 'now' | 'before' | null;
  /** The line that told of it first. */
  readonly key: string;
  /** Only an answer is wanted; it is told of when none came. */
  readonly isQuestion?: true;
  priority?: Priority;
  /** Its number in the list that the user asked by. */
  number?: number;
}

/** What the assistant offered, found or asked last, until the user has answered. */
export interface Offer {
  /** Line that it stands in, as every copy of it is known. */
  readonly key: string;
  readonly title: string;
  readonly number: number | null;
  readonly priority: Priority | null;
  /** The task that it is, where there is one already. */
  readonly id: string | null;
}

/** What a message may have asked for: see `unasked.ts`. */
export interface ThreadGist {
  readonly title: string;
  readonly quote: string;
  readonly isNeed: boolean;
  readonly isAgain: boolean;
  /** Where it stands. */
  readonly key: string;
  readonly line: number;
  readonly at: number;
}

/** What the last text of a turn established, as long as it may turn out not to be the last. */
export interface Draft {
  /** Tasks that it put off. */
  readonly added: readonly string[];
  /** Tasks that count as done since nothing was said against it, each with the status before. */
  readonly closed: readonly (readonly [id: string, before: Status])[];
  /** It said in so many words that something was done. */
  readonly isReport: boolean;
}

export interface Thread {
  turn: number;
  /** Compactions so far: a copy of the conversation may begin at each. */
  era: number;
  /** Latest time of any line; what is older was copied from before. */
  clock: number;
  tasks: ThreadTask[];
  offers: Offer[];
  /** Sentences of the assistant's last message: what the user's pronouns may stand for. */
  topics: string[];
  /** The last message of the assistant ended in a question. */
  isAsking: boolean;
  draft: Draft | null;
  /** Until it is clear whether work follows it. */
  gist: ThreadGist | null;
  /** Something was done in this turn. */
  worked: boolean;
  /** The call that was to do something first: if it is refused, nothing was begun. */
  begunBy: string | null;
  /** Claude Code may not do what was begun: its settings forbid it, and nobody was asked. */
  denied: boolean;
  /** The last call failed or was refused. */
  failed: boolean;
  /** The assistant has given an account of this turn. */
  isReported: boolean;
  /** Tests that ran last in this turn. */
  tests: 'pass' | 'fail' | null;
  /** What backs a report: a commit, a pull request. */
  proof: 'commit' | 'pull-request' | null;
  /** Items of lists that came up in this turn, until it is clear which requests they cover. */
  listed: string[];
  /** Markers that this conversation put into code: file and words → task. */
  markers: Record<string, string>;
  /** Markers that stood in files that were read: file → words. */
  seen: Record<string, readonly string[]>;
  /** Failures of the conversation: id and beginning of the message. */
  failures: { readonly id: string; readonly text: string }[];
  /** The last sentence that names something: what `that is fixed now` is said of, where nothing else is meant. */
  subject: string | null;
}

export const newThread = (): Thread => ({
  turn: 0,
  era: 0,
  clock: 0,
  tasks: [],
  offers: [],
  topics: [],
  isAsking: false,
  draft: null,
  gist: null,
  worked: false,
  begunBy: null,
  denied: false,
  failed: false,
  isReported: false,
  tests: null,
  proof: null,
  listed: [],
  markers: {},
  seen: {},
  failures: [],
  subject: null,
});
