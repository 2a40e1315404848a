/** What a language brings to be read: one table each. Expressions are matched against `plainly` of the text. */
import type { AssistantAct } from '../model.js';

/** A request that one clause makes. */
export interface Request {
  readonly title: string;
  readonly kind: 'change' | 'answer';
  /** It names nothing by itself: `fix that`. */
  readonly isBare: boolean;
}

type How = Extract<AssistantAct, { is: 'defer' }>['how'];

/** Says that work is left; what is matched is cut out, and what remains names the work. */
export interface Cue {
  readonly how: How;
  readonly form: RegExp;
  /** Infinitive to be put to what remains; `participle`: that of a group; `request`: the clause asks for it; null where the words do. */
  readonly verb: string | null;
}

export interface Tongue {
  /** Where a clause may end; matched globally. */
  readonly seams: RegExp;
  /** Of those, what ties words as well as clauses: `and`. */
  readonly and: RegExp;
  /** Begins what says when or why. */
  readonly subordinate: RegExp;
  readonly request: (clause: string) => Request | null;
  /** An order not to do something. */
  readonly forbids: RegExp;
  /** Not yet, not now. */
  readonly notYet: RegExp;
  readonly later: RegExp;
  /** Something crashes, fails, hangs, is down. */
  readonly failing: RegExp;
  /** Something is not as it should be. */
  readonly wrong: RegExp;
  /** It is as before: `still`. */
  readonly still: RegExp;
  /** It is in order now. */
  readonly works: RegExp;
  /** The speaker says that it was done. */
  readonly finished: RegExp;
  /** The speaker will do it. */
  readonly promise: RegExp;
  /** What a clause leaves of a piece of work, as one would write it into a list. */
  readonly tidied?: (object: string) => string;
  /** What is promised, as work; null where the words are left as they are. */
  readonly promised?: (clause: string) => string | null;
  /** Somebody will do it, if it is said when; `later` must be there too. */
  readonly plans: RegExp;
  readonly cancel: RegExp;
  readonly hold: RegExp;
  readonly yes: RegExp;
  readonly no: RegExp;
  readonly nudge: RegExp;
  /** Words of choosing around numbers, and what is said of them. */
  readonly rest: RegExp;
  readonly skip: RegExp;
  /** Heads of lists. */
  readonly left: RegExp;
  readonly ideas: RegExp;
  readonly cues: readonly Cue[];
  /** Infinitive of a participle in `form`'s first group. */
  readonly infinitive: (participle: string) => string | null;
  /** Begins what nobody knows, and the verb of finding out: `ob`, `Prüfen,`. */
  readonly whether?: { readonly form: RegExp; readonly verb: string };
  readonly unfinished: RegExp;
  readonly begun: RegExp;
  readonly stuck: RegExp;
  readonly offer: RegExp;
  readonly narration: RegExp;
  readonly noted: RegExp;
  readonly reports: RegExp;
  /** Supposes or advises. */
  readonly supposes: RegExp;
  /** Words that name nothing; matched globally. */
  readonly empty: RegExp;
  readonly join: (verb: string, object: string) => string;
  /** What a clause is about, of its words: the first that name something. */
  readonly subject: (said: string) => string;
}
