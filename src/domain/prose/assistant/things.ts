/** What a clause is about, and what "it", "them" and "that wrapper" stand for. */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { AUX, MAX_LOOKED_AT, isPronoun, subjectOf, trimmed, unled } from './phrases.js';

export { isPronoun, objectIn, subjectOf, trimmed, unled } from './phrases.js';

const STOP = new Set(
  (
    'is are was were be been has have had does do did will would should must can could may might needs need in on at to for from with without by of into onto over under ' +
    'that which who whose and or but so because since as if when until before after while than it they them i we you he she there here not yet still also only now then ' +
    'already even just too very gets get got goes remains stays'
  ).split(' '),
);
const DETERMINER =
  /^(?:the|a|an|this|that|these|those|our|your|its|their|my|no|every|each|another|both|all|some|any|two|three)$/i;
const EMPTY_HEAD =
  /^(?:thing|things|point|points|way|moment|time|change|work|case|reason|one|ones|chance|idea|question|session|turn|end|rest|job|step|caveat|note|list|same|first|second|last|next|other|others|follow-up|followup|cause|problem|issue|bug|fix|result|culprit|error|failure|crash|root|question|answer|user|machine)$/i;

interface Thing {
  readonly words: string;
  readonly isMany: boolean;
}

const isMany = (words: string): boolean => {
  const last = words.split(' ').at(-1) ?? '';
  return (
    /^(?:these|those|both|all|two|three)\b/i.test(words) ||
    (/[^s'’u]s$/i.test(last) &&
      !/[./_]/.test(last) &&
      !/(?:status|redis|alias|canvas|https|dns|tls|css|js|cors)$/i.test(last))
  );
};

/** `My best guess left is the lease`: the lease is what it is about. */
const GUESS = cued(
  /^(?:my|the|our|so my) (?:[\p{L}-]+ ){0,3}(?:guess|suspicion|suspect|candidate|culprit|theory|bet|hunch)(?: [\p{L}-]+)? (?:is|are|would be) ((?:the|a|an|that) [^,;:]{2,50})/iu,
);
/** `Scheduled jobs bypass it`: many things, whatever they do. */
const PLURAL_FIRST = /^((?:[\p{L}][\p{L}-]* ){0,2}?[\p{L}-]{2,}[a-rtv-z]s)\s+[a-z]/iu;

/** Noun phrases of a clause: what it is said of, then what begins with an article, then names of code. */
function thingsIn(clause: string): readonly Thing[] {
  const found: Thing[] = [];
  const add = (words: string, many = isMany(words)): void => {
    const bare = trimmed(words);
    const head = bare.split(' ').at(-1) ?? '';
    if (
      bare === '' ||
      isPronoun(bare) ||
      (EMPTY_HEAD.test(head) && bare.split(' ').length < 3) ||
      /^(?:i|we|you|it|they|there|nothing|somebody|someone)\b/i.test(bare)
    )
      return;
    found.push({ words: bare, isMany: many });
  };
  const guess = GUESS.exec(clause)?.[1];
  if (guess !== undefined) add(trimmed(guess));
  const subject = guess === undefined ? subjectOf(clause) : null;
  if (subject === null && guess === undefined) {
    const many = PLURAL_FIRST.exec(unled(clause))?.[1];
    if (
      many !== undefined &&
      !isPronoun(many.split(' ')[0] ?? '') &&
      !STOP.has((many.split(' ')[0] ?? '').toLowerCase()) &&
      !DETERMINER.test(many)
    )
      add(many, true);
  }
  if (subject !== null && subject.split(' ').length <= 7) {
    const verb = AUX.exec(unled(clause))?.[0].trim().toLowerCase() ?? '';
    add(
      subject,
      /^(?:are|were|have|do|need|remain|stay)$/.test(verb) ||
        (!/^(?:is|was|has|does|needs|remains|stays)$/.test(verb) && isMany(subject)),
    );
  }
  const words = clause.slice(0, MAX_LOOKED_AT).split(/\s+/);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!DETERMINER.test(word)) continue;
    const phrase = [word];
    for (let next = at + 1; next < words.length && phrase.length < 6; next += 1) {
      const part = words[next] ?? '';
      const plain = part.replace(/[^\p{L}\p{N}'’]+$/u, '');
      if (STOP.has(plain.toLowerCase()) || DETERMINER.test(plain)) break;
      if (
        phrase.length > 1 &&
        plain.endsWith('s') &&
        baseForm(plain) !== null &&
        (isMore(words[next + 1]) ||
          (at === 0 && next === words.length - 1) ||
          (phrase.length > 2 && !/^(?:is|are|was|were|has|have|need)$/i.test(words[next + 1] ?? '')))
      )
        break;
      phrase.push(plain.length > 0 ? part.replace(/[,.;:!?)]+$/, '') : part);
      if (/[,.;:!?)]$/.test(part)) break;
    }
    if (phrase.length > 1) add(phrase.join(' '));
  }
  for (const name of clause
    .slice(0, MAX_LOOKED_AT)
    .matchAll(/[\w./:-]*[a-z0-9][_/.:][A-Za-z0-9][\w./:-]*|\b[a-z]+[A-Z]\w*/g))
    add(name[0], false);
  return found;
}

/** Whether the phrase goes on: `the tab lists budgets`, where `lists` is its verb. */
const isMore = (word: string | undefined): boolean => word !== undefined && !STOP.has(word.toLowerCase());

/** `a quarantine table` → `the quarantine table`: it has been named by now. */
const definite = (words: string): string =>
  words.replace(/^(?:the|an?|this|that|these|those|no|another|every|each|some|any)\s+/i, 'the ');

/** What a pronoun stands for, by the clauses before it, the nearest last. */
function antecedent(pronoun: string, before: readonly string[]): string | null {
  const many = /^(?:they|them|these|those|both|all|all of them|any of them|these two|those two|neither)$/i.test(
    pronoun,
  );
  const near = before
    .slice(-5)
    .reverse()
    .filter((clause) => !/^(?:once|when|after|if|until|as soon as)\b/i.test(clause))
    .map(thingsIn);
  for (const things of near) {
    const fit = things.find((thing) => thing.isMany === many);
    if (fit !== undefined) return definite(fit.words);
    // "Both" of two names.
    if (many && things.length > 1 && things.every(({ words }) => /[._/]|\p{Ll}\p{Lu}/u.test(words)))
      return things.map(({ words }) => words).join(' and ');
  }
  const nearest = near[0]?.[0];
  return nearest === undefined || many ? null : definite(nearest.words);
}

/** `that wrapper`, of which an earlier clause says that it is "the old blocking wrapper". */
function fuller(object: string, before: readonly string[]): string {
  const shown =
    /^(?:that|this|these|those|the|its|their|such an?)\s+([\p{L}\p{N}-]+)(?=$|\s(?:for|in|on|to|from|with|at|by|of|and)\b)/iu.exec(
      object,
    );
  const noun = shown?.[1]?.toLowerCase();
  if (shown === null || noun === undefined || STOP.has(noun)) return object;
  for (const clause of before.slice(-5).reverse()) {
    for (const thing of thingsIn(clause)) {
      const words = thing.words.toLowerCase().split(' ');
      const at = words.findIndex((word) => word === noun || word === `${noun}s` || `${word}s` === noun);
      if (at > 0 && words.length <= 6)
        return (
          definite(
            thing.words
              .split(' ')
              .slice(0, at + 1)
              .join(' '),
          ) + object.slice(shown[0].length)
        );
    }
  }
  if (!/^(?:that|this|these|those|such)\b/i.test(object)) return object;
  const named = nameIn(before);
  return named === null || object.includes(named)
    ? object
    : `${definite(shown[0])} for ${named}${object.slice(shown[0].length)}`;
}

/** A name of code among the last clauses: what "that conversion" is most likely to be of. */
function nameIn(before: readonly string[]): string | null {
  for (const clause of before.slice(-3).reverse()) {
    const name = /(?:[\w-]+\/)*\w+[_.]\w+(?:\.\w+)*|\b[a-z]+[A-Z]\w*/.exec(clause.slice(0, MAX_LOOKED_AT));
    if (name !== null && !/^\d/.test(name[0]) && name[0].length > 3) return name[0];
  }
  return null;
}

const ENDS_ON = cued(
  /(?:^|\s)(for|to|from|with|of|in|on|by|about|against|into|at|through|over|under|behind|around|within|beyond|after)\s+(it|them|that|this|those|these)(\s(?:by hand|manually|again|once|one by one|too|yourself|properly))?$/i,
);
const BEGINS_ON =
  /^(it|that|this|them|those|these)\s+(?=(?:in|on|to|for|from|with|into|by|as|at|against|out|up|off|down|over|and|or|through|live|again|manually|once|today|under|behind)\b)/i;

const NEW_ONE =
  /\b(the|an?) ((?:new|right|correct|current|fresh|valid|real|proper|final|other|working|permanent) )one\b/i;
/** What something has that is not as it should be: `still has the DSN of the old organisation`. */
const HAD = cued(
  /\b(?:has|have|uses?|using|holds?|carr(?:y|ies)|contains?|points? (?:to|at)|runs? (?:on|with)|sends? to|talks? to|reads?|shows?|signed with|set to|goes to|go to|lists?|names?) (?:(?:still|only) )?(?:the|an?|its|our|your|my) (?:(?:old|wrong|expired|former|previous|outdated|fake|dummy|temporary|stale|test|invalid|default) )?([\p{L}-]+(?: [\p{L}-]+)?)(?=$|[,.;:]|\s(?:of|from|for|in|on|that|which|and|so|with|at|by)\b)/iu,
);

/** `the new one`, of which a clause before says what kind of thing it is. */
function newOne(object: string, before: readonly string[]): string {
  const one = NEW_ONE.exec(object);
  if (one === null) return object;
  for (const clause of before.slice(-3).reverse()) {
    const thing = HAD.exec(clause.slice(0, MAX_LOOKED_AT))?.[1];
    if (thing !== undefined && !EMPTY_HEAD.test(thing))
      return object.replace(NEW_ONE, (_all, article: string, kind: string) => `${article} ${kind}${thing}`);
  }
  return object;
}

const ONE = /^one(?=$|\s(?:for|to|in|on|at|with|from|that|which|who|of (?:its|our|their|your) own|there|by)\b)/i;

/** `hand out one that may write`, of which a clause before says that "our key may only read": a key. */
function kindOf(object: string, before: readonly string[]): string | null {
  if (!ONE.test(object)) return null;
  for (const clause of before.slice(-3).reverse()) {
    const [first] = thingsIn(clause);
    const none =
      /\b(?:no|without an?|lacks? an?|not an?) ([\p{L}-]+(?: [\p{L}-]+)?)(?=$|[,.;:]|\s(?:here|there|yet|for|so|and|that|left)\b)/iu.exec(
        clause.slice(0, MAX_LOOKED_AT),
      )?.[1];
    const named =
      none ?? first?.words.replace(/^(?:the|an?|our|your|its|their|my|this|that|these|those|all|both)\s/i, '');
    if (named === undefined || /[./_\d]|^\p{Lu}/u.test(named) || named.split(' ').length > 4) continue;
    const kind =
      first?.isMany === true && none === undefined ? named.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '') : named;
    const rest = object.replace(ONE, '').trim();
    const whole = /^for (?:it|that|this|them)$/i.test(rest) ? (resolved(rest, before) ?? rest) : rest;
    return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}${whole === '' ? '' : ` ${whole}`}`;
  }
  return null;
}

/**
 * The object with what its pronouns stand for; null where nothing says what they mean.
 * @param before clauses before it, the nearest last
 */
export function resolved(object: string, before: readonly string[]): string | null {
  const bare = trimmed(object);
  if (bare === '') return null;
  if (isPronoun(bare)) return antecedent(bare.toLowerCase(), before);
  const one = kindOf(bare, before);
  if (one !== null) return one;
  const start = BEGINS_ON.exec(bare);
  if (start?.[1] !== undefined) {
    const thing = antecedent(start[1].toLowerCase(), before);
    return thing === null ? bare : `${thing} ${bare.slice(start[0].length)}`;
  }
  const end = ENDS_ON.exec(bare);
  if (end?.[2] !== undefined) {
    const thing = antecedent(end[2].toLowerCase(), before);
    if (thing !== null && !bare.includes(thing))
      return `${bare.slice(0, end.index)} ${end[1] ?? ''} ${thing}${end[3] ?? ''}`.trim();
  }
  return fuller(
    newOne(bare, before).replace(/^((?:the|its|their|those|these) (?:\w+ )?)ones$/i, (all, led: string) => {
      const thing = antecedent('they', before);
      return thing === null ? all : `${led}${thing.split(' ').at(-1) ?? ''}`;
    }),
    before,
  ).replace(/^(?:The|A|An|This|That|These|Those|All|Our|My|Your|Their|Its|Both|Some)\s/, (word) => word.toLowerCase());
}
