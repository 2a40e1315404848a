/**
 * What a text must contain for a pattern to match in it, read from the pattern's own source: so it can never be out of date.
 * Of what is not understood nothing is asked, which is always right and only slower.
 */

/** At least one of the literals of each `any`, of every part of an `all`, of some part of a `some`. */
export type Need =
  | { readonly is: 'any'; readonly of: readonly string[] }
  | { readonly is: 'all' | 'some'; readonly of: readonly Need[] };

/** Stands for every character outside of ASCII. */
export const FOREIGN = '\u0080';

/** More literals, or longer ones, say hardly more. */
const MOST = 48;
const LONGEST = 24;
/** A class of more characters is no literal. */
const MOST_OF_CLASS = 6;

/** Of a part of a pattern: all strings that it can be, where they are few, and else what must stand there. */
interface Part {
  readonly exact: readonly string[] | null;
  readonly need: Need | null;
}

const EMPTY: Part = { exact: [''], need: null };
const ANYTHING: Part = { exact: null, need: null };

/** Lower case; the two letters that are equal to one of ASCII where case does not matter are that one. */
export function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  if (code < 128) return code;
  return code === 0x17f ? 115 : code === 0x212a ? 107 : 128;
}

const fold = (text: string): string => {
  let result = '';
  for (let at = 0; at < text.length; at++) result += String.fromCharCode(folded(text.charCodeAt(at)));
  return result;
};

/** @returns null where any text may match */
export function needOf({ source, flags }: { readonly source: string; readonly flags: string }): Need | null {
  if (flags.includes('v')) return null;
  const reader = new Reader(source, flags.includes('u'));
  const part = reader.choice();
  if (!reader.isAtEnd) return null;
  return part.exact === null ? part.need : anyOf(part.exact);
}

/** Worth asking for: a letter or a blank stands in almost any text. */
const isTelling = (literal: string): boolean => literal.length > 1 || /[^a-z\s]/.test(literal);

function anyOf(literals: readonly string[]): Need | null {
  const shortest = [...new Set(literals.map(marked))].sort((a, b) => a.length - b.length);
  const kept: string[] = [];
  for (const literal of shortest) {
    if (!isTelling(literal)) return null;
    if (!kept.some((other) => literal.includes(other))) kept.push(literal);
  }
  return { is: 'any', of: kept };
}

/** Words that stand in any text tell less than the blanks and words around them. */
const COMMON = new Set(
  "about after again anything before could doing every everything first going needs never other really right should something still that's their there these thing things think those three until wants where which while would your".split(
    ' ',
  ),
);
const LEAST_MARK = 5;

/** Of a phrase its longest word: thousands of phrases would make the table of the walk too large for any cache. */
function marked(phrase: string): string {
  if (phrase.length < 2 * LEAST_MARK) return phrase;
  let mark = '';
  for (const word of phrase.split(/[^a-z]/)) if (word.length > mark.length && !COMMON.has(word)) mark = word;
  return mark.length < LEAST_MARK ? phrase : mark;
}

function joined(is: 'all' | 'some', needs: readonly Need[]): Need | null {
  const [first] = needs;
  if (first === undefined) return null;
  if (needs.length === 1) return first;
  if (is === 'some' && needs.every((need) => need.is === 'any')) return anyOf(needs.flatMap(({ of }) => of));
  // What is rarer is asked for first.
  return { is, of: [...needs].sort((a, b) => rarity(b) - rarity(a)) };
}

const rarity = (need: Need): number =>
  need.is === 'any' ? Math.min(...need.of.map(({ length }) => length)) - need.of.length / 10 : 0;

/** One after the other. */
function sequence(parts: readonly Part[]): Part {
  const needs: Need[] = [];
  let open: readonly string[] = [''];
  let isExact = true;
  const settle = (): void => {
    const need = anyOf(open);
    if (need !== null) needs.push(need);
    open = [''];
  };
  for (const { exact, need } of parts) {
    if (exact === null) {
      isExact = false;
      settle();
      if (need !== null) needs.push(need);
      continue;
    }
    if (open.length * exact.length <= MOST && longest(open) + longest(exact) <= LONGEST)
      open = [...new Set(open.flatMap((start) => exact.map((end) => start + end)))];
    else {
      isExact = false;
      settle();
      open = exact;
    }
  }
  if (isExact) return { exact: open, need: null };
  settle();
  return { exact: null, need: joined('all', needs) };
}

const longest = (literals: readonly string[]): number => Math.max(...literals.map(({ length }) => length));

function alternatives(parts: readonly Part[]): Part {
  const [first = EMPTY] = parts;
  if (parts.length === 1) return first;
  const all = parts.flatMap(({ exact }) => exact ?? []);
  if (all.length <= MOST && parts.every(({ exact }) => exact !== null)) return { exact: [...new Set(all)], need: null };
  const needs: Need[] = [];
  for (const { exact, need } of parts) {
    const one = exact === null ? need : anyOf(exact);
    if (one === null) return ANYTHING;
    needs.push(one);
  }
  return { exact: null, need: joined('some', needs) };
}

/** What a repetition asks for: as often as it must occur. */
function repeated(part: Part, least: number, most: number): Part {
  if (least === 0) {
    if (most === 1 && part.exact !== null) return { exact: [...new Set([...part.exact, ''])], need: null };
    return ANYTHING;
  }
  if (least === 1 && most === 1) return part;
  if (least === most && least <= 4 && part.exact !== null) {
    const { exact, need } = sequence(Array.from({ length: least }, () => part));
    return { exact, need };
  }
  return { exact: null, need: part.exact === null ? part.need : anyOf(part.exact) };
}

/** Escapes that stand for one character of many, and for a place. */
const MANY = /[dDsSwW]/;

class Reader {
  #at = 0;

  constructor(
    private readonly source: string,
    private readonly isUnicode: boolean,
  ) {}

  get isAtEnd(): boolean {
    return this.#at >= this.source.length;
  }

  get #next(): string {
    return this.source.charAt(this.#at);
  }

  choice(): Part {
    const parts = [this.#row()];
    while (this.#next === '|') {
      this.#at++;
      parts.push(this.#row());
    }
    return alternatives(parts);
  }

  #row(): Part {
    const parts: Part[] = [];
    while (!this.isAtEnd && this.#next !== '|' && this.#next !== ')') parts.push(this.#repetition());
    return sequence(parts);
  }

  #repetition(): Part {
    const part = this.#atom();
    const counted = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(this.#at, this.#at + 24));
    if (counted === null) return part;
    this.#at += counted[0].length;
    if (counted[1] === '*') return repeated(part, 0, Infinity);
    if (counted[1] === '+') return repeated(part, 1, Infinity);
    if (counted[1] === '?') return repeated(part, 0, 1);
    const least = Number(counted[2]);
    return repeated(part, least, counted[3] === '' ? least : counted[4] === '' ? Infinity : Number(counted[4]));
  }

  #atom(): Part {
    const sign = this.#next;
    if (sign === '(') return this.#group();
    if (sign === '[') return this.#class();
    if (sign === '\\') return this.#escape();
    const char = this.isUnicode ? String.fromCodePoint(this.source.codePointAt(this.#at) ?? 0) : sign;
    this.#at += char.length;
    if (sign === '.') return ANYTHING;
    if (sign === '^' || sign === '$') return EMPTY;
    return { exact: [fold(char)], need: null };
  }

  #group(): Part {
    const opening =
      /^\((?:\?(?:[:=!]|<[=!]|<[^>]{1,60}>))?/.exec(this.source.slice(this.#at, this.#at + 66))?.[0] ?? '(';
    this.#at += opening.length;
    const inner = this.choice();
    this.#at++;
    // What stands around a match is no part of it.
    return /[=!]$/.test(opening) ? EMPTY : inner;
  }

  #class(): Part {
    const start = ++this.#at;
    while (!this.isAtEnd && this.#next !== ']') this.#at += this.#next === '\\' ? 2 : 1;
    const members = this.source.slice(start, this.#at++);
    if (members.startsWith('^') || /\\[^\]\\/.()[{}*+?^$|-]|.-.|[\ud800-\udfff]/.test(members)) return ANYTHING;
    const exact = [...new Set([...members.replace(/\\(.)/g, '$1')].map(fold))];
    return exact.length === 0 || exact.length > MOST_OF_CLASS ? ANYTHING : { exact, need: null };
  }

  #escape(): Part {
    const [whole, kind = ''] =
      /^\\(u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|\d+|[^])/u.exec(
        this.source.slice(this.#at, this.#at + 80),
      ) ?? ['\\'];
    this.#at += whole.length;
    if (kind === 'b' || kind === 'B') return EMPTY;
    if (kind.length > 1 && /^[ux]/.test(kind)) {
      const code = Number.parseInt(kind.replace(/[ux{}]/g, ''), 16);
      return { exact: [fold(String.fromCodePoint(code))], need: null };
    }
    if (kind === 'n') return { exact: ['\n'], need: null };
    if (kind === 't') return { exact: ['\t'], need: null };
    if (kind.length > 1 || MANY.test(kind) || /[\da-zA-Z]/.test(kind)) return ANYTHING;
    return { exact: [fold(kind)], need: null };
  }
}
