/**
 * How each of the tasks that the user waits for stands, as far as a report says it in so many words: by their names, by numbers,
 * letters and order (`1 is done`, `the second one is not`), or as a group (`both`, `the rest`, `all but the last`).
 */
import { isOpen, type Status } from '../../model.js';
import { bareStand, covers, isVerbless, masked, piecesOf, standIn, type Stand } from '../../prose/index.js';
import type { ThreadTask } from './state.js';
import { isWaiting, type Scene } from './tasks.js';

/** A sentence of a report, and where it stands. */
export interface Unit {
  readonly text: string;
  /** What it is said of, by a label or heading: see `labels.ts`. */
  readonly label: string | null;
  /** What leads in the list that it is in. */
  readonly lead: string | null;
  /** Of the item that it opens. */
  readonly number: number | null;
}

export interface Told {
  readonly status: Stand;
  readonly quote: string;
}

interface Piece {
  readonly text: string;
  readonly masked: string;
  readonly tasks: readonly ThreadTask[];
  readonly isLed: boolean;
  stand: Stand | null;
}

/** Share of a task's words from which on a clause names it. */
const NAMES_FROM = 0.5;
const MOST_TASKS = 12;

/** Letters are numbers beyond those that a list may have. */
export const lettered = (letter: string): number => letter.toLowerCase().charCodeAt(0) - 96 + 100;

/** Reads one report. */
class Standings {
  readonly told = new Map<ThreadTask, Told>();
  /** Of these it was said that nothing else is as they are. */
  private onlyDone = false;
  private onlyOpen = false;

  constructor(private readonly tasks: readonly ThreadTask[]) {}

  read(units: readonly Unit[]): void {
    units.forEach((unit, at) => {
      if (/\?$/.test(unit.text)) return;
      const next = units[at + 1];
      this.unit(unit, next === undefined || next.label !== unit.label || next.number !== null ? '' : next.text);
    });
    this.others();
  }

  private unit(unit: Unit, next: string): void {
    if (this.except(unit)) return;
    const pieces = this.pieces(unit);
    if (!pieces.some(({ tasks }) => tasks.length > 0)) return;
    const after = GOES_ON.test(next) && this.namedIn(next).tasks.length === 0 ? next : '';
    pieces.forEach((piece, at) => {
      piece.stand = this.standOf(pieces, at, after, unit);
    });
    pieces.forEach((piece, at) => {
      const stand = piece.stand ?? carried(pieces, at);
      if (stand === null) return;
      for (const task of piece.tasks) this.tell(task, stand, unit.text);
      if (piece.tasks.length > 0 && ONLY.test(piece.masked)) {
        if (stand === 'completed') this.onlyDone = true;
        else if (stand === 'pending') this.onlyOpen = true;
      }
    });
  }

  private standOf(pieces: readonly Piece[], at: number, after: string, unit: Unit): Stand | null {
    const piece = pieces[at];
    if (piece === undefined) return null;
    const around = aroundOf(pieces, at, after);
    if (piece.tasks.length === 0) {
      const before = pieces[at - 1];
      return before !== undefined && before.tasks.length > 0 && (piece.isLed || isVerbless(before.text))
        ? bareStand(piece.text, around)
        : null;
    }
    const own = standIn(piece.masked, around);
    if (own !== null) return own;
    if (!piece.masked.includes('¤') || /^¤ \(/.test(piece.masked)) {
      const bare = bareStand(piece.masked.replace(/^¤ \(|\)$/g, ''), around);
      if (bare !== null) return bare;
    }
    return unit.lead !== null && isVerbless(piece.text) && pieces.length === 1 ? bareStand(unit.lead, '') : null;
  }

  private pieces({ text, label, number }: Unit): readonly Piece[] {
    const pieces = piecesOf(text).map(({ text: piece, isLed }) => ({
      text: piece,
      ...this.referred(piece),
      isLed,
      stand: null,
    }));
    const [first, ...rest] = pieces;
    if (first === undefined || pieces.some(({ tasks }) => tasks.length > 0)) return pieces;
    const meant = label === null ? [] : this.namedIn(label).tasks;
    const tasks = meant.length > 0 ? meant : this.tasks.filter((task) => number !== null && task.number === number);
    return tasks.length === 0 ? pieces : [{ ...first, tasks, masked: first.masked.replace(PRONOUN, '$1¤') }, ...rest];
  }

  /** Which tasks a clause speaks of, and the clause with what says so masked. */
  private referred(piece: string): Pick<Piece, 'tasks' | 'masked'> {
    const group = GROUP.exec(piece);
    if (group !== null) {
      const rest = this.tasks.filter((task) => !this.told.has(task));
      const isRest = group[1] !== undefined;
      if (!isRest || (rest.length > 0 && rest.length < this.tasks.length))
        return { tasks: isRest ? rest : this.current(), masked: piece.replace(GROUP, '¤') };
    }
    const named = this.namedIn(piece);
    return named.tasks.length > 0 ? named : this.counted(piece);
  }

  private current(): readonly ThreadTask[] {
    const now = this.tasks.filter(({ asked }) => asked === 'now');
    return now.length > 0 ? now : this.tasks;
  }

  private namedIn(piece: string): Pick<Piece, 'tasks' | 'masked'> {
    const found = this.tasks
      .map((task) => ({ task, share: covers(piece, task.title) }))
      .filter(({ share }) => share >= NAMES_FROM)
      .sort((a, b) => b.share - a.share);
    let text = piece;
    const known = new Set<string>();
    const tasks: ThreadTask[] = [];
    for (const { task } of found) {
      const { named } = masked(piece, task.title);
      if ([...named].every((word) => known.has(word))) continue;
      for (const word of named) known.add(word);
      tasks.push(task);
      text = masked(text, task.title).text;
    }
    return { tasks, masked: text };
  }

  /** `1`, `number 2`, `(c)`, `the first one`. */
  private counted(piece: string): Pick<Piece, 'tasks' | 'masked'> {
    const tasks = new Set<ThreadTask>();
    const isNumbered = this.tasks.filter(({ number }) => number !== undefined).length > 1;
    let text = piece;
    if (isNumbered)
      text = text.replace(COUNT, (_, led: string, one: string) => {
        const task = this.byNumber(one);
        if (task === undefined) return `${led}${one}`;
        tasks.add(task);
        return `${led}¤`;
      });
    if (tasks.size === 0 && this.tasks.length > 1)
      text = text.replace(ORDINAL, (whole, one: string) => {
        const current = this.current();
        const at = ORDER.findIndex((word) => word.test(one));
        const task = at === ORDER.length - 1 ? current.at(-1) : current[at];
        if (task === undefined) return whole;
        tasks.add(task);
        return '¤';
      });
    return { tasks: [...tasks], masked: text.replace(/¤(?:,? (?:and )?¤)+/g, '¤') };
  }

  private byNumber(one: string): ThreadTask | undefined {
    const number = /\d/.test(one) ? Number(one) : lettered(one);
    return this.tasks.find((task) => task.number === number);
  }

  /** `All done, except for the second`, `everything but the footer is done`. */
  private except({ text }: Unit): boolean {
    const hit = this.tasks.length > 1 ? EXCEPT.exec(text) : null;
    if (hit?.[1] === undefined) return false;
    const left = this.referred(hit[1]);
    if (left.tasks.length === 0 || left.tasks.length === this.tasks.length) return false;
    const stand = standIn(left.masked, '');
    for (const task of left.tasks) this.tell(task, stand === null || stand === 'completed' ? 'pending' : stand, text);
    for (const task of this.current()) if (!this.told.has(task)) this.tell(task, 'completed', text);
    return true;
  }

  private others(): void {
    const left = this.current().filter((task) => !this.told.has(task));
    const quote = [...this.told.values()][0]?.quote ?? '';
    if (this.onlyDone) for (const task of left) this.tell(task, 'pending', quote);
    else if (this.onlyOpen) for (const task of left) this.tell(task, 'completed', quote);
  }

  /** Said twice, the more telling: what bars it says more than that it is open. */
  private tell(task: ThreadTask, status: Stand, quote: string): void {
    const known = this.told.get(task)?.status;
    if (known === undefined || WEIGHT[status] > WEIGHT[known]) this.told.set(task, { status, quote });
  }
}

const WEIGHT: Readonly<Record<Stand, number>> = { completed: 0, pending: 1, in_progress: 2, blocked: 3 };

/** What is said of a piece of work beside the clause that names it: up to where another is named. */
function aroundOf(pieces: readonly Piece[], at: number, after: string): string {
  const words: string[] = [];
  for (let back = at - 1; back >= 0 && pieces[back]?.tasks.length === 0; back--)
    words.unshift(pieces[back]?.text ?? '');
  let on = at + 1;
  for (; on < pieces.length && pieces[on]?.tasks.length === 0; on++) words.push(pieces[on]?.text ?? '');
  return [...words, on === pieces.length ? after : ''].join(' ');
}

/** What a piece without a verb says it says with the next one, or with the one before: `the menu and the footer are done`. */
function carried(pieces: readonly Piece[], at: number): Stand | null {
  const piece = pieces[at];
  if (piece === undefined || piece.tasks.length === 0 || !isVerbless(piece.text)) return null;
  for (let on = at + 1; on < pieces.length; on++) {
    const next = pieces[on];
    if (next === undefined) break;
    if (next.stand !== null && (on === at + 1 || /^and\b/.test(next.text))) return next.stand;
    if (!isVerbless(next.text)) break;
  }
  const before = pieces[at - 1];
  if (before === undefined) return null;
  if (before.stand !== null) return before.stand;
  if (before.tasks.length > 0) return carried(pieces, at - 1);
  return /\b(?:done|finished|ready|in place)$/.test(before.text) && !/\bnot\b|n't/.test(before.text)
    ? 'completed'
    : null;
}

const GOES_ON =
  /^(?:it|that|this|they|both|doing|(?:for|without) (?:it|that|this|them)|to do|until|unless|only|there is no|because|i(?:'m| am)? (?:need|can't|cannot|could|have no|don't|do not|would need|lack|not|asked)|we need|some(?:body|one)|\p{Ll}*ing\b|\p{Lu}\p{Ll}+ing\b)/iu;
const PRONOUN = /^((?:i|we) (?:could|can|did|do|have|was|am)(?: ?not|n't)? (?:\w+ ){0,2})?(?:it|this|that)\b/i;
const ONLY = /\bonly\b/i;
const GROUP =
  /^(?:and |but |so )?(?:(the (?:other|remaining|last)(?: (?:ones?|two|three|four|points?|items?|tasks?|things?|parts?))?(?= (?:is|are|has|have|still|will|i)\b|$)|(?:the|all) (?:rest|others)|everything else|the other ones?)|(?:both|all(?: (?:of (?:them|it|this|these)|two|three|four|five|\d|the))?|everything)(?: (?:points|items|tasks|things|parts))?)(?= (?:is|are|has|have|still|will|done|now|i|work)\b|$)/i;
const EXCEPT =
  /^(?:(?:it's |that's )?(?:all|everything|both)\b[^.;]{0,40}?),? (?:except(?: for)?|but|apart from|other than|aside from)(?: for)? (.{2,120}?)(?: (?:is|are|has been) (?:now )?(?:done|finished|ready|in place))?[.!]?$/i;
/** With a word before it, or one after it that says how something stands. */
const COUNT =
  /(^(?:and |but |only |so )*|\b(?:with|for|on|of|about|only|and|but|not|leaves|then|except|or) |, )(?:(?:number|no\.?|nr\.?|item|point|task|step) |#)?\(?(\d{1,2}|[a-h])\)?(?=[:,;]? (?:is|are|isn't|aren't|has|have|was|and (?:\d|\(?[a-h]\b|#|number)|i|we|done|open|not|comes?|follows?|works?|remains?|stays?|needs?|waits?|still|in\b|finished|blocked|ready)\b|[,:;]? ?$|, (?:\d|[a-h]\b|#))/gi;
const ORDINAL =
  /\b(?:the |my |your )?(?:(first|second|third|fourth|fifth|last)(?: (?:one|point|item|task|thing|request|of (?:them|these|the (?:two|three|four))))?)(?=$|[,;:]| (?:is|isn't|are|was|has|hasn't|i|comes|still|works|remains|needs|will|not|done)\b)/gi;
const ORDER = [/first/i, /second/i, /third/i, /fourth/i, /fifth/i, /last/i];

/** What is told of the tasks that the user waits for, and of the open items of lists. */
export function standings(scene: Scene, units: readonly Unit[]): ReadonlyMap<ThreadTask, Told> {
  const { thread } = scene;
  const asked = thread.tasks.filter(
    (task) => isWaiting(task) || (task.source === 'structured' && isOpen(task.status) && task.turn === thread.turn),
  );
  if (asked.length === 0 || asked.length > MOST_TASKS) return new Map();
  const reader = new Standings(asked);
  reader.read(units);
  return reader.told;
}

/** What is in progress by a list, or barred, is not said to be unbegun because its report says that it is open. */
export const statusOf = (task: ThreadTask, { status }: Told): Status | null =>
  status === 'pending' && (task.status === 'blocked' || (task.status === 'in_progress' && task.asked === null))
    ? null
    : status;
