/** Requests of languages that put blanks between words: a frame, an imperative, an infinitive, a wish. */
import { plainly, titled, without } from './text.js';
import type { Request } from './tongue.js';

export interface Grammar {
  /** What stands before a request and says nothing; taken off again and again. */
  readonly manners: RegExp;
  /** Courtesy anywhere; matched globally. */
  readonly polite: RegExp;
  /** `could you`, `we must`, `it is necessary to`: an infinitive follows. */
  readonly frames: RegExp;
  /** `I want you to`, where a finite verb follows; null where the language has none. */
  readonly clausal: RegExp | null;
  /** `we need`, `missing:` — what follows is the thing. */
  readonly wishes: RegExp;
  /** Says of a thing what must become of it: `must be`, `should`. */
  readonly obliged: RegExp;
  readonly verbs: Verbs;
  /** Forms that are nouns as well: they ask for something only before an article. */
  readonly nounish: ReadonlySet<string>;
  readonly article: RegExp;
  /** All that an object is made of, where it names nothing. */
  readonly pronoun: RegExp;
  /** Infinitives of what only wants an answer. */
  readonly answers: ReadonlySet<string>;
  /** Answers where the whole request reads so: `run the tests`. */
  readonly answering: RegExp;
  readonly negation: RegExp;
  /** An infinitive by its form: after a frame any will do. */
  readonly infinitive: RegExp;
  /** What is tied to a verb's end: `arrégla|lo`. */
  readonly enclitic: RegExp | null;
  /** Infinitive from a verb and what remains; how a title is put together. */
  readonly join: (verb: string, object: string) => string;
}

export interface Verbs {
  /** Imperatives, and the subjunctives that stand for them, by plain form. */
  readonly orders: ReadonlyMap<string, string>;
  /** By plain form, as they are written. */
  readonly infinitives: ReadonlyMap<string, string>;
  readonly participles: ReadonlyMap<string, string>;
}

/** `text` without what `form` matches at its start, however often. */
export function unled(text: string, form: RegExp): string {
  let rest = text.trimStart();
  for (let rounds = 0; rounds < 8; rounds++) {
    const match = form.exec(plainly(rest));
    if (match === null || match[0] === '') break;
    rest = rest.slice(match[0].length);
  }
  return rest;
}

/** First words of a text and what follows them. */
export function headOf(text: string): readonly [word: string, rest: string] {
  const match = /^[\s("'«„“]*([\p{L}\p{M}'’-]+)[:,!]?\s*/u.exec(text);
  return match === null ? ['', text] : [match[1] ?? '', text.slice(match[0].length)];
}

const CLITIC =
  /^(?:me|te|se|le|la|les|lo|los|las|nous|vous|nos|mi|ci|m'|l'|y|en|aussi|encore|tambien|aussi|simplement|juste|bien|todavia|ainda|anche|тоже|еще|сразу|просто|также|mi|też|aussi|plus)$/u;

/** @returns null where the clause asks for nothing */
export function requestIn(clause: string, grammar: Grammar): Request | null {
  const text = unled(clause.replace(/^[\s¿¡]+|[\s.!…]+$/gu, ''), grammar.manners);
  const plain = plainly(text);
  if (text.length < 3 || grammar.negation.test(plain)) return null;
  const { verbs } = grammar;
  const frame = grammar.frames.exec(plain);
  if (frame !== null) {
    let rest = unled(text.slice(frame[0].length), grammar.manners);
    for (let skipped = 0; skipped < 3; skipped++) {
      const [first, after] = headOf(rest);
      const infinitive = verbs.infinitives.get(plainly(first)) ?? infinitiveOf(first, grammar);
      if (infinitive !== null) return made(infinitive, object(first, after, grammar), grammar);
      if (!CLITIC.test(plainly(first))) break;
      rest = after;
    }
  }
  const clausal = grammar.clausal?.exec(plain);
  if (clausal !== null && clausal !== undefined) {
    const [first, after] = headOf(unled(text.slice(clausal[0].length), grammar.manners));
    const order = orderOf(first, grammar);
    if (order !== null) return made(order, object(first, after, grammar), grammar);
    const rest = text.slice(clausal[0].length);
    return rest.trim().split(/\s+/).length >= 2 ? made(null, rest, grammar) : null;
  }
  const [first, after] = headOf(text);
  const low = plainly(first);
  const order = orderOf(first, grammar) ?? verbs.infinitives.get(low) ?? null;
  if (order !== null && (!grammar.nounish.has(low) || grammar.article.test(plainly(after))))
    return made(order, object(first, after, grammar), grammar);
  const wish = grammar.wishes.exec(plain);
  if (wish !== null) {
    const rest = text.slice(wish[0].length);
    return rest.trim().length >= 3 ? made(null, rest, grammar) : null;
  }
  const obliged = grammar.obliged.exec(plain);
  if (obliged !== null && obliged.index >= 3) return passive(text, obliged, grammar);
  return null;
}

/** `X must be renamed`, `X should show Y`. */
function passive(text: string, match: RegExpExecArray, grammar: Grammar): Request | null {
  const subject = text.slice(0, match.index).trim();
  const rest = text.slice(match.index + match[0].length);
  const [first, after] = headOf(rest);
  const participle = grammar.verbs.participles.get(plainly(first));
  if (participle !== undefined) return made(participle, `${lowered(subject)} ${after}`.trim(), grammar);
  if (subject.split(/\s+/).length > 8 || grammar.pronoun.test(plainly(subject))) return null;
  return made(null, text, grammar);
}

/** What begins a sentence is written small within a title. */
function lowered(text: string): string {
  return /^\p{Lu}\p{Ll}{0,3}['’\s]/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function infinitiveOf(first: string, { infinitive, enclitic }: Grammar): string | null {
  const bare = enclitic === null ? first : first.replace(enclitic, '');
  return infinitive.test(plainly(bare)) ? bare : null;
}

function orderOf(first: string, { verbs, enclitic }: Grammar): string | null {
  const low = plainly(first);
  const known = verbs.orders.get(low);
  if (known !== undefined) return known;
  if (enclitic === null) return null;
  const bare = low.replace(enclitic, '');
  return bare === low ? null : (verbs.orders.get(bare) ?? verbs.infinitives.get(bare) ?? null);
}

/** A verb that carries its object on its end says what it is about by that alone. */
function object(first: string, after: string, { enclitic, polite }: Grammar): string {
  const rest = without(after, polite);
  const isTied = enclitic !== null && enclitic.test(first) && rest.trim() === '';
  return isTied ? '' : rest;
}

function made(verb: string | null, object: string, grammar: Grammar): Request | null {
  const said = without(object.replace(/\?+\s*$/u, ''), grammar.polite)
    .replace(/^[\s,:.-]+/u, '')
    .replace(/[\s,;:.!?]+$/u, '');
  const low = plainly(said);
  const isBare = low === '' || grammar.pronoun.test(low);
  const title = titled(verb === null ? said : grammar.join(verb, said));
  const isAnswer = verb !== null && (grammar.answers.has(plainly(verb)) || grammar.answering.test(plainly(title)));
  return title.length < 3 ? null : { title, kind: isAnswer ? 'answer' : 'change', isBare };
}

const list = (words: string): readonly string[] => words.trim().split(/\s+/);
export const set = (words: string): ReadonlySet<string> => new Set(list(words).map(plainly));

interface Forms {
  readonly orders: readonly string[];
  readonly participles: readonly string[];
}

/** Verbs as `infinitive` or `infinitive=order,order/participle,participle`, where no rule gives the forms. */
export function verbsOf(words: string, regular: (infinitive: string) => Forms): Verbs {
  const orders = new Map<string, string>();
  const infinitives = new Map<string, string>();
  const participles = new Map<string, string>();
  for (const entry of list(words)) {
    const [infinitive = '', own] = entry.split('=');
    const forms = regular(infinitive);
    const [said = '', done = ''] = (own ?? '').split('/');
    infinitives.set(plainly(infinitive), infinitive);
    for (const form of [...said.split(','), ...(own === undefined || said === '' ? forms.orders : [])])
      if (form !== '') orders.set(plainly(form), infinitive);
    for (const form of done === '' ? forms.participles : done.split(',')) participles.set(plainly(form), infinitive);
  }
  return { orders, infinitives, participles };
}
