/**
 * How each of the tasks that the user waits for stands, as far as a report says it in so many words: by their names, by numbers,
 * letters and order (`1 is done`, `the second one is not`), or as a group (`both`, `the rest`, `all but the last`).
 */
import { isOpen, type Status } from '../../model.js';
import {
  bareStand,
  isRefusal,
  isVerbless,
  leadStand,
  masked,
  piecesOf,
  standIn,
  standOfIt,
  type Stand,
} from '../../prose/index.js';
import { Referring, type Referred } from './referring.js';
import type { ThreadTask } from './state.js';
import { isWaiting, type Scene } from './tasks.js';
import type { Unit } from './units.js';

export interface Told {
  readonly status: Stand;
  readonly quote: string;
  /** Said by number, or of all. */
  readonly isCounted: boolean;
}

interface Piece extends Referred {
  readonly text: string;
  readonly isLed: boolean;
  stand: Stand | null;
}

const MOST_TASKS = 12;

/** Reads one report. */
class Standings {
  readonly told = new Map<ThreadTask, Told>();
  /** Of these it was said that nothing else is as they are. */
  private onlyDone = false;
  private onlyOpen = false;

  private readonly refer: Referring;

  constructor(
    private readonly tasks: readonly ThreadTask[],
    units: readonly Unit[],
  ) {
    this.refer = new Referring(
      tasks,
      units.flatMap(({ text, label }) => (label === null ? [text] : [text, label])),
      (task) => this.told.has(task),
    );
  }

  read(units: readonly Unit[]): void {
    units.forEach((unit, at) => {
      if (/\?$/.test(unit.text) || (TELLS.test(unit.text) && !LATER.test(unit.text))) return;
      const [before, next] = [units[at - 1], units[at + 1]];
      const isSo = before !== undefined && THEREFORE.test(unit.text);
      const goesOn = next !== undefined && next.label === unit.label && next.number === null;
      this.unit(unit, goesOn ? next.text : '', isSo ? before.text : '');
    });
    this.others();
    const [only, ...more] = this.refer.current();
    const refusal = units.find(({ text }) => isRefusal(text));
    if (only !== undefined && more.length === 0 && !this.told.has(only) && refusal !== undefined)
      this.tell(only, 'blocked', refusal.quote);
  }

  private unit(unit: Unit, next: string, before: string): void {
    if (this.except(unit)) return;
    const pieces = this.pieces(unit);
    if (!pieces.some(({ tasks }) => tasks.length > 0)) return;
    const after = GOES_ON.test(next) && this.refer.named(next).tasks.length === 0 ? next : '';
    pieces.forEach((piece, at) => {
      piece.stand = this.standOf(pieces, at, after, unit);
    });
    pieces.forEach((piece, at) => {
      const said = piece.stand ?? carried(pieces, at) ?? goneOn(pieces, at);
      if (said === null) return;
      const stand = said !== 'completed' && before !== '' && this.isBarred(before) ? 'blocked' : said;
      for (const task of piece.tasks) this.tell(task, stand, unit.quote, piece.isCounted);
      if (piece.tasks.length > 0 && ONLY.test(piece.masked)) {
        if (stand === 'completed') this.onlyDone = true;
        else if (stand === 'pending') this.onlyOpen = true;
      }
    });
  }

  /** What comes of it, comes of what bars it. */
  private isBarred(before: string): boolean {
    return (
      [...this.told.values()].some(({ status }) => status === 'blocked') ||
      standOfIt(`${before} it`, before) === 'blocked'
    );
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
    const state = piece.masked.includes('¤') ? BEHIND.exec(piece.masked)?.[1] : piece.masked;
    const bare = state === undefined ? null : bareStand(state, around);
    if (bare !== null) return bare;
    return unit.lead !== null && isVerbless(piece.text) && pieces.length === 1 ? leadStand(unit.lead) : null;
  }

  private pieces({ text, label, number }: Unit): readonly Piece[] {
    const mayName = this.refer.mayName(text);
    const pieces = piecesOf(text).map(({ text: piece, isLed }) => ({
      text: piece,
      ...this.refer.in(piece, mayName),
      isLed,
      stand: null,
    }));
    const [first, ...rest] = pieces;
    if (first === undefined || pieces.some(({ tasks }) => tasks.length > 0)) return pieces;
    const meant = label === null ? [] : this.refer.named(label).tasks;
    const tasks = meant.length > 0 ? meant : this.tasks.filter((task) => number !== null && task.number === number);
    const marked = tasks.reduce((words, { title }) => masked(words, title).text, first.text.replace(PRONOUN, '$1¤'));
    return tasks.length === 0 ? pieces : [{ ...first, tasks, masked: marked }, ...rest];
  }

  /** `All done, except for the second`, `everything but the footer is done`. */
  private except({ text }: Unit): boolean {
    const hit = this.tasks.length > 1 ? EXCEPT.exec(text) : null;
    if (hit?.[1] === undefined) return false;
    const left = this.refer.in(hit[1]);
    if (left.tasks.length === 0 || left.tasks.length === this.tasks.length) return false;
    const stand = standIn(left.masked, '');
    for (const task of left.tasks) this.tell(task, stand === null || stand === 'completed' ? 'pending' : stand, text);
    for (const task of this.refer.current()) if (!this.told.has(task)) this.tell(task, 'completed', text, true);
    return true;
  }

  private others(): void {
    const left = this.refer.current().filter((task) => !this.told.has(task));
    const quote = [...this.told.values()][0]?.quote ?? '';
    if (this.onlyDone) for (const task of left) this.tell(task, 'pending', quote);
    else if (this.onlyOpen) for (const task of left) this.tell(task, 'completed', quote);
  }

  /** Said twice, the more telling: what bars it says more than that it is open. */
  private tell(task: ThreadTask, status: Stand, quote: string, isCounted = false): void {
    const known = this.told.get(task)?.status;
    if (known === undefined || WEIGHT[status] > WEIGHT[known]) this.told.set(task, { status, quote, isCounted });
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
  const lead = piece.isLed ? leadStand(before.text) : null;
  if (lead !== null) return lead;
  return /\b(?:done|finished|ready|in place)$/.test(before.text) && !/\bnot\b|n't/.test(before.text)
    ? 'completed'
    : null;
}

/** Named without a word on how it stands, which the next clause says: `I asked Maria about it; until then I can't go on with it`. */
function goneOn(pieces: readonly Piece[], at: number): Stand | null {
  const next = pieces[at + 1];
  if (next === undefined || pieces[at]?.tasks.length === 0 || next.tasks.length > 0) return null;
  return standOfIt(next.text, aroundOf(pieces, at, ''));
}

const GOES_ON =
  /^(?:it|that|this|they|both|doing|(?:for|without) (?:it|that|this|them)|to do|until|unless|only|there is no|because|i(?:'m| am)? (?:need|can't|cannot|could|have no|don't|do not|would need|lack|not|asked)|we need|some(?:body|one)|\p{Ll}*ing\b|\p{Lu}\p{Ll}+ing\b)/iu;
/** Tells what is done at this moment. */
const TELLS =
  /^(?:(?:now|first|next|then|so|ok(?:ay)?|but first|and),? )*(?:let me|let's|i'll|i will|i need to(?! know)|i'm going to|i am going to|i should|i want to)\b/i;
const LATER = /\b(?:later|tomorrow|next|afterwards|another|separately|once|when|until|as soon as|wait)\b/i;
const THEREFORE = /\b(?:therefore|thus|hence|consequently|accordingly|as a result|for (?:that|this) reason)\b|^so\b/i;
/** Behind the name: `¤ open`, `¤ (not started)`. */
const BEHIND = /^(?:and |but )?¤[ ,]*\(?([^()¤]{2,40})\)?$/;
const PRONOUN = /^((?:i|we) (?:could|can|did|do|have|was|am)(?: ?not|n't)? (?:\w+ ){0,2})?(?:it|this|that)\b/i;
const ONLY = /\bonly\b/i;
const EXCEPT =
  /^(?:(?:it's |that's )?(?:all|everything|both)\b[^.;]{0,40}?),? (?:except(?: for)?|but|apart from|other than|aside from)(?: for)? (.{2,120}?)(?: (?:is|are|has been) (?:now )?(?:done|finished|ready|in place))?[.!]?$/i;
/** What is told of the tasks that the user waits for, and of the open items of lists. */
export function standings(scene: Scene, units: readonly Unit[]): ReadonlyMap<ThreadTask, Told> {
  const { thread } = scene;
  const asked = thread.tasks.filter(
    (task) => isWaiting(task) || (task.source === 'structured' && isOpen(task.status) && task.turn === thread.turn),
  );
  if (asked.length === 0 || asked.length > MOST_TASKS) return new Map();
  const reader = new Standings(asked, units);
  reader.read(units);
  return reader.told;
}

/** What is in progress by a list, or barred, is not said to be unbegun because its report says that it is open. */
export const statusOf = (task: ThreadTask, { status }: Told): Status | null =>
  status === 'pending' && (task.status === 'blocked' || (task.status === 'in_progress' && task.asked === null))
    ? null
    : status;
