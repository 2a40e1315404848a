/**
 * What is said in prose, as acts: a request, a promise, a report. One message is read by itself; what an act is about,
 * and what it changes, is decided by whoever knows the conversation (`transcript/thread.ts`).
 */
import type { Priority } from '../model.js';

/** A paragraph, list item or heading of a message, without its Markdown. Code, quotes, tables and pasted output are not blocks. */
export interface Block {
  readonly kind: 'paragraph' | 'item' | 'box' | 'heading';
  /** Inline marks removed; inline code keeps its words. One line. */
  readonly text: string;
  /** Of a numbered item or heading: `3. …`, `### 2. …`, `(4) …`, `#5: …`. */
  readonly number: number | null;
  /** Of a box. */
  readonly checked: boolean;
  /** Nesting of an item, from 0. */
  readonly depth: number;
  /** The heading it stands under, and the sentence that leads in its list (`Remaining:`), if there are. */
  readonly heading: string | null;
  readonly lead: string | null;
}

/** What was pasted into a message: a log, a trace, code. Never a source of tasks, at times one of errors. */
export interface Pasted {
  readonly kind: 'fence' | 'quote' | 'output';
  readonly text: string;
}

export interface Message {
  readonly blocks: readonly Block[];
  readonly pasted: readonly Pasted[];
  /** ISO 639-1, by script and commonest words; `und` where there is too little text to tell. */
  readonly language: string;
}

/** A stated priority and the words that state it. */
export interface Stated {
  readonly priority: Priority;
  readonly words: string;
}

/** Every act keeps the sentence that it was read from. */
interface Spoken {
  readonly quote: string;
}

/** A piece of work named in prose. */
interface Named extends Spoken {
  /** Short, imperative, no Markdown: `Add retries to the upload client`. */
  readonly title: string;
  readonly stated: Stated | null;
}

/** `about` of the acts below: the words that say which piece of work is meant; null where it is "it", "that" or left out. */
export type About = string | null;

export type UserAct =
  /** Asks for work. `answer`: only an answer is wanted (review, explain, run X and tell me). */
  | (Named & {
      readonly is: 'ask';
      readonly kind: 'change' | 'problem' | 'answer';
      /** Put off by whoever asks: tomorrow, someday, after the release; with the words that say until when. */
      readonly later: string | null;
    })
  /** Work that the user promises to do, or says must be done at some time, without asking for it now. */
  | (Named & { readonly is: 'promise' })
  /** Yes or no to what was offered or asked last. `about`: which of several. */
  | (Spoken & { readonly is: 'accept' | 'decline'; readonly about: About })
  /** Chooses among numbered items of the message before: `do 1 and 2`, `3 later`, `rest: no`. */
  | (Spoken & {
      readonly is: 'pick';
      readonly numbers: readonly number[] | 'rest' | 'all';
      readonly verdict: 'do' | 'later' | 'wait' | 'no';
      /** What is waited for. */
      readonly until: string | null;
    })
  /** Takes work back: `drop the importer`, `forget it`, `no need any more`. */
  | (Spoken & {
      readonly is: 'cancel';
      readonly about: About;
      /** What it asks for, where there is nothing to be taken back. */ readonly title?: string;
    })
  /** Stops work until something outside happens: `wait until Femi has approved`. */
  | (Spoken & { readonly is: 'hold'; readonly about: About; readonly until: string | null })
  /** Says that work is done: `I revoked the token`, `that is fixed now`, `works`. */
  | (Spoken & { readonly is: 'done'; readonly about: About })
  /** Says that work that was called done is not: `still freezes`. */
  | (Spoken & {
      readonly is: 'broken';
      readonly about: About;
      /** What to do about it, where nobody knows of work on it yet. */ readonly title?: string;
    })
  /** Work that another person does anyway. Keeps it out of the list. */
  | (Spoken & { readonly is: 'elsewhere'; readonly about: About })
  /** A failure that happened, told in the user's words. */
  | (Spoken & { readonly is: 'failure'; readonly message: string });

export type AssistantAct =
  /** Work that is left: not done, not tested, next, for later, to be done by a person. */
  | (Named & {
      readonly is: 'defer';
      readonly how: 'untested' | 'unfinished' | 'next' | 'left' | 'handed' | 'before';
      /** Words of the work that it is a part or the rest of, where the sentence says so. */
      readonly about: About;
    })
  /** An unchecked or checked box of its own list. */
  | (Named & { readonly is: 'box'; readonly checked: boolean })
  /** Offers to do something, or names what could be done and asks. */
  | (Named & { readonly is: 'offer'; readonly number: number | null })
  /** A numbered finding, proposal or question that the user may pick; no task by itself. */
  | (Named & { readonly is: 'finding'; readonly number: number })
  /** Reports work as done. */
  | (Spoken & { readonly is: 'done'; readonly about: About })
  /** Cannot go on: no access, waits for a decision, an approval, another person; or has given up. */
  | (Spoken & { readonly is: 'stuck'; readonly about: About; readonly on: string | null })
  /** Says that something asked for was not begun, or was begun and is not finished. */
  | (Spoken & { readonly is: 'unfinished'; readonly about: About; readonly begun: boolean })
  /** Leaves something out as agreed or because the user said so. */
  | (Spoken & { readonly is: 'dropped'; readonly about: About })
  /** Only takes note (`Noted, I'll leave it for a quiet day`): nothing was done. */
  | (Spoken & { readonly is: 'noted' })
  /** Tells what it does at this moment or next: more is to come in this turn. */
  | (Spoken & { readonly is: 'narration' });

/** What of the message before bears on how the next one is read. */
export interface Before {
  /** The assistant offered something or asked a question that yes or no answers. */
  readonly isAsking: boolean;
  /** Numbers of its numbered items. */
  readonly numbers: readonly number[];
  /** What it spoke of: its sentences or titles, where they are known. Says what `one` or `the rollout` may mean. */
  readonly topics?: readonly string[];
}
