/** Which tasks the words of a report mean: by name, number, letter and order, or as a group. */
import { Account, covering, masked, telltaleVerb, type Masked } from '../../prose/index.js';
import type { ThreadTask } from './state.js';
import { lettered } from './units.js';

/** The tasks that a clause speaks of, and the clause with `¤` for what says so. */
export interface Referred {
  readonly tasks: readonly ThreadTask[];
  readonly masked: string;
  /** By number or order, or all of them. */
  readonly isCounted: boolean;
}

/** Share of a task's words from which on a clause names it. */
const NAMES_FROM = 0.5;
/** As much of a verb tells that it may be in a text. */
const VERB_CHARS = 4;

export class Referring {
  /** Of which any word is named at all. */
  private readonly spoken: readonly ThreadTask[];
  /** What only this one of the titles names. */
  private readonly own = new Map<ThreadTask, string>();

  constructor(
    private readonly tasks: readonly ThreadTask[],
    texts: readonly string[],
    private readonly isTold: (task: ThreadTask) => boolean,
  ) {
    const account = new Account(texts);
    this.spoken = tasks.filter(({ title }) => account.names(title));
  }

  /** Whether any task may be named there: most of what a report says names none. */
  mayName(text: string): boolean {
    const covered = covering(text);
    return this.spoken.some((task) => covered(task.title) > 0 || this.hasVerb(text, task));
  }

  /** Which tasks a clause speaks of, and the clause with what says so masked. */
  in(piece: string, mayName = true): Referred {
    const group = GROUP.exec(piece);
    if (group !== null) {
      const rest = this.tasks.filter((task) => !this.isTold(task));
      const isRest = group[1] !== undefined;
      if (!isRest || (rest.length > 0 && rest.length < this.tasks.length))
        return { tasks: isRest ? rest : this.current(), masked: piece.replace(GROUP, '¤'), isCounted: true };
    }
    const named = mayName ? this.named(piece) : null;
    return named !== null && named.tasks.length > 0 ? named : this.counted(piece);
  }

  current(): readonly ThreadTask[] {
    const now = this.tasks.filter(({ asked }) => asked === 'now');
    return now.length > 0 ? now : this.tasks;
  }

  named(piece: string): Referred {
    const covered = covering(piece);
    const seen = new Map<ThreadTask, Masked>();
    const maskedOf = (task: ThreadTask): Masked => {
      const known = seen.get(task) ?? masked(piece, task.title);
      seen.set(task, known);
      return known;
    };
    const found = this.spoken
      .map((task) => ({ task, share: this.shareOf(task, piece, covered, maskedOf) }))
      .filter(({ share }) => share >= NAMES_FROM)
      .sort((a, b) => b.share - a.share);
    let text = piece;
    const known = new Set<string>();
    const tasks: ThreadTask[] = [];
    for (const { task, share } of found) {
      const { named, isByVerb, text: first } = maskedOf(task);
      if (share < 1 && !isByVerb && [...named].every((word) => known.has(word) || OF_STATE.test(word))) continue;
      for (const word of named) known.add(word);
      tasks.push(task);
      text = text === piece ? first : masked(text, task.title).text;
    }
    return { tasks, masked: text, isCounted: false };
  }

  /** Of several with words in common, those that only one has tell which is meant; so does the verb as a thing: `the upload`. */
  private shareOf(
    task: ThreadTask,
    piece: string,
    covered: (title: string) => number,
    maskedOf: (task: ThreadTask) => Masked,
  ): number {
    const share = covered(task.title);
    if (share === 0 || share >= NAMES_FROM || this.tasks.length === 1) return share;
    let own = this.own.get(task);
    if (own === undefined) {
      own = this.tasks.reduce((left, other) => (other === task ? left : masked(left, other.title).text), task.title);
      own = own.replace(/¤(?:do(?:ne|ing)?)?/g, ' ');
      this.own.set(task, own);
    }
    const verb = telltaleVerb(task.title)?.slice(0, VERB_CHARS);
    if (verb !== undefined && DETERMINED.test(piece) && this.hasVerb(piece, task) && maskedOf(task).isByVerb) {
      const others = this.tasks.filter((other) => other !== task && telltaleVerb(other.title)?.startsWith(verb));
      if (others.length === 0) return NAMES_FROM;
    }
    return own === task.title ? share : Math.max(share, covered(own));
  }

  private hasVerb(text: string, { title }: ThreadTask): boolean {
    const verb = telltaleVerb(title)?.slice(0, VERB_CHARS);
    return verb !== undefined && text.toLowerCase().includes(verb);
  }

  /** `1`, `number 2`, `(c)`, `the first one`. */
  private counted(piece: string): Referred {
    const tasks = new Set<ThreadTask>();
    const isNumbered = this.tasks.filter(({ number }) => number !== undefined).length > 1;
    let text = piece;
    if (isNumbered)
      text = text.replace(COUNT, (whole: string, led: string, one: string) => {
        const task = this.byNumber(one);
        if (task === undefined) return whole;
        tasks.add(task);
        return `${led}¤`;
      });
    // `2 are failing` counts.
    if (tasks.size === 1 && /^¤ (?:are|have)\b/.test(text)) return { tasks: [], masked: piece, isCounted: false };
    if (tasks.size === 0 && this.tasks.length > 1)
      text = text.replace(ORDINAL, (whole: string, one: string) => {
        const current = this.current();
        const at = ORDER.findIndex((word) => word.test(one));
        const task = at === ORDER.length - 1 ? current.at(-1) : current[at];
        if (task === undefined) return whole;
        tasks.add(task);
        return '¤';
      });
    return { tasks: [...tasks], masked: text.replace(/¤(?:,? (?:and )?¤)+/g, '¤'), isCounted: true };
  }

  private byNumber(one: string): ThreadTask | undefined {
    const number = /\d/.test(one) ? Number(one) : lettered(one);
    return this.tasks.find((task) => task.number === number);
  }
}

/** Before a verb as a thing: `the upload`. */
const DETERMINED = /\b(?:the|this|that|your|our) /i;
/** Stems of words that tell how far something is: alone they name nothing. */
const OF_STATE =
  /^(?:left|leav|next|open|pend|done|miss|last|first|second|statu|start|stop|half|rest|remain|block|wait|progress|work)/;
const GROUP =
  /^(?:and |but |so )?(?:(the (?:other|remaining|last)(?: (?:ones?|two|three|four|points?|items?|tasks?|things?|parts?))?(?= (?:is|are|has|have|still|will|i)\b|$)|(?:the|all) (?:rest|others)|everything else|the other ones?)|(?:both|all(?: (?:of (?:them|it|this|these)|two|three|four|five|\d|the))?|everything)(?: (?:points|items|tasks|things|parts))?)(?= (?:is|are|has|have|still|will|done|now|i|work)\b|$)/i;
/** With a word before it, or one after it that says how something stands. */
const COUNT =
  /(^(?:and |but |only |so )*|\b(?:with|for|on|about|only|and|but|not|leaves|then|except|or) |, )(?:(?:number|no\.?|nr\.?|item|point|task|step) |#)?\(?(\d{1,2}|[a-h])\)?(?=[:,;]? (?:is|are|isn't|aren't|has|have|was|and (?:\d|\(?[a-h]\b|#|number)|i|we|done|open|not|comes?|follows?|works?|remains?|stays?|needs?|waits?|still|in\b|finished|blocked|ready)\b|[,:;]? ?$|, (?:\d|[a-h]\b|#))/gi;
const ORDINAL =
  /\b(?:the |my |your )?(?:(first|second|third|fourth|fifth|last)(?: (?:one|point|item|task|thing|request|of (?:them|these|the (?:two|three|four))))?)(?=$|[,;:]| (?:is|isn't|are|was|has|hasn't|i|comes|still|works|remains|needs|will|not|done)\b)/gi;
const ORDER = [/first/i, /second/i, /third/i, /fourth/i, /fifth/i, /last/i];
