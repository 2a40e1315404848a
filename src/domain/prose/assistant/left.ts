/** Clauses that say of a piece of work that it is not done. */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { dutyIn, openIn } from './duties.js';
import { CHECKING, LEAVING_ALONE, MAKING, isVerb, ofGerund, ofParticiple } from './verbs.js';
import { isPronoun, objectIn, resolved, subjectOf, trimmed, unled } from './things.js';

export interface Clause {
  /** Without the words that lead it in. */
  readonly text: string;
  /** These words. */
  readonly led?: string;
  /** Clauses before it, the nearest last. */
  readonly before: readonly string[];
  /** It stands among findings or explanations: only words that leave no doubt count. */
  readonly isStrict: boolean;
}

export interface Found {
  readonly how: 'untested' | 'unfinished' | 'next' | 'left' | 'handed' | 'before';
  /** `Verb object`, not yet tidied. */
  readonly work: string;
}

export type Rule = (clause: Clause) => Found | null;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `removing that wrapper`, `remove that wrapper`, `the wrapper` → what a title says. */
export function workIn(words: string, before: readonly string[], otherwise = 'Handle'): string | null {
  const bare = trimmed(words.replace(/^(?:to|and|then|still|just|also|only|first|finally)\s+/i, ''));
  const [first = '', ...others] = bare.split(' ');
  const rest = others.join(' ');
  const gerund = ofGerund(first);
  if (gerund !== null && rest !== '' && !/^(?:is|are|of)\b/.test(rest)) return verbed(gerund, rest, before);
  if (isVerb(first) && rest !== '' && !/^(?:for|of|in|on|and|are|is)\b/i.test(rest)) return verbed(first, rest, before);
  const thing = resolved(bare, before);
  return thing === null || isPronoun(thing) ? null : `${otherwise} ${thing}`;
}

export function verbed(verb: string, object: string, before: readonly string[]): string | null {
  if (object.trim() === '') return null;
  const thing = resolved(object, before);
  return thing === null || isPronoun(thing) ? null : `${capital(verb)} ${thing}`;
}

export const found = (how: Found['how'], work: string | null): Found | null => (work === null ? null : { how, work });

const NEGATED_I = cued(
  /(?:\b(?:i|we)|^(?=(?:could|have|did|has)(?:n't| not)\b))(?:(?:'ve| ?have)(?:\s+(?:still|also|just|simply|so far))*\s+(?:not|yet to)|(?:\s+(?:still|also|just|simply|only|honestly|currently))*\s*(?:(?:haven't|hadn't|didn't|did not|never|couldn't|could not|can't|cannot|am unable to|am not able to|was unable to|(?:was not|wasn't) able to)))\s+/i,
);
const DELAYS =
  /^(?:(?:yet|actually|really|been able to|be able to|fully|also|even|ever|properly|personally|manually|explicitly|separately|independently|extensively|thoroughly|end[- ]to[- ]end|had (?:the |a |any )?(?:time|chance|opportunity) (?:to|for)|have (?:the |a |any )?(?:time|chance|opportunity) (?:to|for)|manag(?:e|ed) to|bother(?:ed)? to|tr(?:y|ied) to|get (?:a chance|time) to|start(?:ed)? to|begun to)\s+)+/i;
const ON_PURPOSE = cued(
  /\b(?:because|since|as (?:it|that|they|you|agreed|discussed)|on purpose|intentional|deliberate|by design|no need|not needed|per your|you (?:asked|said|wanted)|would (?:break|have|need|change)|so that|to (?:keep|avoid|stay|preserve))/i,
);

/** `I have not tested …`, `we didn't get to …`, `I have yet to …`. */
export const notByMe: Rule = ({ text, before }) => {
  const start = NEGATED_I.exec(text);
  if (start === null) return null;
  const said = start[0].toLowerCase();
  const isUnable = /could|can't|cannot|able/.test(said);
  const isPast = /did/.test(said);
  // "Did not add X" without a subject marks the limits of what was done.
  if (/^did/i.test(said) && !/\byet\b/i.test(text)) return null;
  const delays = DELAYS.exec(text.slice(start.index + start[0].length))?.[0] ?? '';
  const rest = text.slice(start.index + start[0].length + delays.length);
  const lacksTime = /time|chance|opportunity|manag|get/.test(delays);
  const around = /^(?:get|got|gotten)\s+(?:around\s+)?to\s+(?!work\b)/i.exec(rest);
  if (around !== null) return found('unfinished', workIn(objectIn(rest.slice(around[0].length)), before));
  const begun = /^(?:started|begun|begin|start)\s+(?:on |with |work on )?/i.exec(rest);
  if (begun !== null) {
    const what = objectIn(rest.slice(begun[0].length));
    return found('unfinished', (isPronoun(what) || what === '' ? dutyIn(before) : null) ?? workIn(what, before, 'Do'));
  }
  const [first = '', ...others] = rest.split(/\s+/);
  const word = first.replace(/[.,;:!?]+$/, '').toLowerCase();
  const verb =
    isPast || isUnable || /yet to/.test(said) || /\bto\s*$/.test(delays)
      ? word
      : (ofParticiple(word) ?? (lacksTime ? word : null));
  if (verb === null || verb === '' || /^(?:commit|push)$/.test(verb)) return null;
  const object = !/[.,;:!?]$/.test(first) ? objectIn(others.join(' ')) : '';
  if (/^(?:any(?:thing|where)?|nothing|that far|this far|much|a (?:way|reason|cause))\b/i.test(object)) return null;
  if (/^(?:yet|so far|either|at all|today|here)$/i.test(object)) return null;
  const yet = /\b(?:yet|so far|at all|still)\b/i.test(text);
  if (verb === 'look' || verb === 'touch' || verb === 'change') {
    if (verb !== 'look' && !yet) {
      if (!/^(?:it|that|this|they|them|that one|this one|those|these)$/i.test(object)) return null;
      const open = openIn(before);
      return found('unfinished', open === null ? null : verbed('update', open, before));
    }
    return found(
      verb === 'look' ? 'untested' : 'unfinished',
      verb === 'look' ? verbed('look', object, before) : verbed('update', object, before),
    );
  }
  const asked = /^what\b/i.test(text) ? /\b(?:is|was|are)\s+(.+)$/i.exec(rest)?.[1] : undefined;
  if (asked !== undefined && (CHECKING.has(verb) || MAKING.has(verb)))
    return found(CHECKING.has(verb) ? 'untested' : 'unfinished', verbed(verb, objectIn(asked), before));
  if (CHECKING.has(verb)) {
    return found('untested', verbed(verb, object, before));
  }
  if (isUnable && verb === 'reproduce') return null;
  if (isUnable || LEAVING_ALONE.has(verb)) return null;
  if (
    isPast &&
    !lacksTime &&
    !yet &&
    (!MAKING.has(verb) ||
      ON_PURPOSE.test(text) ||
      /^(?:remove|delete|drop|replace|rename|move|close|switch|merge|get|make|set|add a)$/.test(verb))
  )
    return null;
  if (!isPast && !yet && (ON_PURPOSE.test(text) || !(MAKING.has(verb) || isVerb(verb)))) return null;
  return found('unfinished', verbed(verb, object, before));
};

const NOTHING_CHECKED = cued(
  /\b(?:nothing|none of (?:it|this|that|them)) (?:has been|have been|was|is|were) (tested|tried|verified|measured|run|checked) ((?:on|against|with|in|under) .+)$/i,
);
const NEGATED_PARTICIPLE = cued(
  /(?:\b(is|are|was|were|has|have|be|'s|'re)\s+|\b(is|are|was|were|has|have)(?=n't)|^|[,\s])(?:still\s+|as yet\s+|currently\s+|also\s+)?(?:not|n't|never)\s+((?:(?:yet|been|fully|actually|really|completely|properly|even|ever|currently|itself|explicitly)\s+)*)([\p{L}-]+)(?:\s+(up|out|in|through|over|off)(?=$|[.,;!]|\s(?:yet|so far|here|to|by|for|and|but|because|with|anywhere|at all)\b))?/iu,
);

/** `PDF is in the menu but not implemented yet`, `the failover has never been tested`. */
export const notDone: Rule = (clause) => {
  const none = NOTHING_CHECKED.exec(clause.text);
  if (none?.[1] !== undefined)
    return found('untested', `${capital(baseForm(none[1]) ?? 'test')} ${objectIn(none[2] ?? '')}`);
  return negated(clause);
};

/** `as long as it is not trimmed`, `if the import has not run`: that is supposed, and not told. */
const ON_CONDITION =
  /(?:^|\s)(?:as long as|until|till|unless|if|when|whenever|whether|where|in case|so long as|every time)\s[^,]*$|^(?:before|earlier|formerly|originally|initially|at first|in the past|previously),/i;
/** `the problem is that it isn't cached`, `it failed because it was not cached`. */
const IS_MATTER =
  /^(?:the|our|my|one|a) (?:[\p{L}-]+ ){0,2}(?:problem|issue|cause|reason|bug|culprit|trouble|mistake|difference|error|catch) (?:is|was|here is|here was|being)\b|\bbecause\s[^,]*$|\s(?:says?|claims?|means?|shows?|tells?|reads?|complains?|reports?)\s(?:that\s)?(?:the|an?|it|this|that)\b[^,]*$/iu;
const BY_DESIGN = cued(
  /\b(?:by design|on purpose|intentional\w*|deliberate\w*|as (?:agreed|requested|discussed|you asked))\b/i,
);

/** The same where nothing is said of `nothing`. */
export const negated: Rule = ({ text, before, isStrict }) => {
  const hit = NEGATED_PARTICIPLE.exec(text);
  if (hit === null) return null;
  const verb = ofParticiple(hit[4] ?? '');
  if (
    verb === null ||
    /\b(?:i|we)(?:'m|'re| am| are)?\s*$/i.test(text.slice(0, hit.index)) ||
    /\b(?:i'm|we're)\s+(?:\w+\s+)?(?:not|n't)/i.test(text)
  )
    return null;
  if (
    /^(?:need|use|call|affect|expect|require|allow|mean|intend|involve|relate|suppose|want|commit|push|change|touch|modify)$/.test(
      verb,
    ) ||
    (/^(?:include|limit)$/.test(verb) && !/\byet\b/i.test(text))
  )
    return null;
  const left = text.slice(0, hit.index);
  if (ON_CONDITION.test(left) || IS_MATTER.test(left) || (BY_DESIGN.test(text) && !/\byet\b/i.test(text))) return null;
  const aux = (hit[1] ?? hit[2] ?? '').toLowerCase();
  const between = hit[3] ?? '';
  // Of a tool that "hasn't indexed it" the doing is its own; and what was so is over.
  if (/^(?:has|have)$/.test(aux) && !/been/i.test(between) && !/^(?:run|start|begin|finish|do)$/.test(verb))
    return null;
  if (
    /^(?:was|were)$/.test(aux) &&
    /^\s*(?:yet\s+)?(?:when|while|because|at the time)\b/i.test(text.slice(hit.index + hit[0].length))
  )
    return null;
  if (aux === '' && /\b(?:was|were|had)\b/i.test(text.slice(0, hit.index))) return null;
  if (/^\s*by\b(?! (?:hand|anyone|anybody|me|us|tests?)\b)/i.test(text.slice(hit.index + hit[0].length))) return null;
  const isShort = aux === '' && /^\W*not\b/i.test(text) && CHECKING.has(verb);
  const isPerfect = /been/i.test(between) && /^(?:has|have|'s)$/.test(aux);
  const isSure =
    /\byet\b/i.test(text) ||
    /\bstill\s+(?:is |are )?(?:not|n't)\b|\bstill\s+(?:isn't|aren't|hasn't|haven't)/i.test(text);
  if (/\b(?:until now|before (?:this|that)|previously|used to)\b/i.test(text)) return null;
  const checks = CHECKING.has(verb);
  if (
    !isSure &&
    !isPerfect &&
    !isShort &&
    !(
      checks &&
      /^(?:test|measure|benchmark|profile|try|exercise|smoke-test|load-test|stress-test)$/.test(verb) &&
      !isStrict
    ) &&
    !(verb === 'run' && !isStrict && /\b(?:tests?|suites?|benchmarks?|checks?|migrations?|linter|e2e)\b/i.test(left))
  ) {
    // A bare "not implemented" has somebody to do it only where nothing else is being explained.
    if (
      isStrict ||
      !/^(?:implement|build|wire|hook|port|migrate|translate|finish|start|schedule|do)$/.test(verb) ||
      /^(?:was|were)$/.test(aux)
    )
      return null;
  }
  if (!checks && !MAKING.has(verb) && !isSure) return null;
  if (/^(?:fix|resolve|solve)$/.test(verb)) return null;
  const tail = objectIn(text.slice(hit.index + hit[0].length));
  const name = whose(text.slice(0, hit.index + (hit[0].startsWith(' ') ? 1 : 0)), before);
  const extent =
    /^(?:on|in|with|against|under|for|to|from|into|at|through|by|end)\b/i.test(tail) &&
    !/^(?:by design|on purpose|in practice|at present)/i.test(tail)
      ? ` ${tail}`
      : '';
  const particle = hit[5] === undefined ? '' : ` ${hit[5]}`;
  if (/^(?:start|begin)$/.test(verb)) return found('unfinished', name === null ? null : workIn(name, before, 'Do'));
  if (name === null) return extent === '' ? null : found(checks ? 'untested' : 'unfinished', capital(verb) + extent);
  return found(checks ? 'untested' : 'unfinished', `${capital(verb)}${particle} ${name}${extent}`);
};

/** Whose state is told: the subject before the verb, or of the clause before where there is none. */
export function whose(left: string, before: readonly string[]): string | null {
  const bare = unled(left)
    .replace(/\b(?:is|are|was|were|has|have|but|and|still|that|which|who|'s|though)\s*$/i, '')
    .trim();
  const inner = subjectOf(`${bare} is x`) ?? trimmed(bare);
  const subject = subjectOf(`${bare} `) ?? inner;
  const own = trimmed(subject.replace(/^(?:the fact that|whether|that)\s+/i, ''));
  if (own !== '' && !isPronoun(own)) return nounOf(resolved(own, before));
  const pronoun = /^(?:which|that|who|what)?$/i.test(own) ? 'that' : own;
  const earlier = own === '' ? (lastSubject(before) ?? resolved('it', before)) : resolved(pronoun, before);
  return nounOf(earlier);
}

const nounOf = (thing: string | null): string | null =>
  thing === null ||
  isPronoun(thing) ||
  /^(?:i|we|you|nothing|nobody|none)\b/i.test(thing) ||
  thing.split(' ').length > 16
    ? null
    : thing;

export function lastSubject(before: readonly string[]): string | null {
  const last = before.at(-1);
  const subject = last === undefined ? null : subjectOf(last);
  return subject === null || isPronoun(subject) ? null : resolved(subject, before.slice(0, -1));
}

const UN: Readonly<Record<string, string>> = {
  untested: 'Test',
  unverified: 'Verify',
  unimplemented: 'Implement',
  unfinished: 'Finish',
  undocumented: 'Document',
  untranslated: 'Translate',
  unmeasured: 'Measure',
  unhandled: 'Handle',
  unmigrated: 'Migrate',
  unreviewed: 'Review',
  unresolved: 'Resolve',
  unwired: 'Wire up',
  untried: 'Try',
  unbenchmarked: 'Benchmark',
  unchecked: 'Check',
  unsolved: 'Solve',
};
const UNDONE = cued(
  /(?:\b(is|are|remains?|stays?|still|but|yet|left|completely|entirely|mostly|largely|currently|'s)\s+|^)(?:still\s+|completely\s+|largely\s+|currently\s+|as yet\s+)*(un(?:tested|verified|implemented|finished|documented|translated|measured|handled|migrated|reviewed|resolved|wired|tried|benchmarked|checked|solved))\b(.*)$/i,
);

/** `the failover path is untested`, `the rest remains unverified`. */
export const undone: Rule = ({ text, before, isStrict }) => {
  const hit = UNDONE.exec(text);
  const word = hit?.[2]?.toLowerCase();
  if (hit === null || word === undefined) return null;
  const verb = Object.hasOwn(UN, word) ? UN[word] : undefined;
  const tail = hit[3] ?? '';
  // "the untested path", "an unhandled error": said of something, not told about it.
  if (
    verb === undefined ||
    (/^\s+[\p{L}]/u.test(tail) &&
      !/^\s+(?:on|in|with|against|under|for|at|so|because|since|and|but|outside|beyond|above|end|here|there|yet|until|by|though|however|too|as|right|today|either|anyway|when|where|except|apart|because|only|or)\b/iu.test(
        tail,
      ))
  )
    return null;
  const isSure = /\b(?:still|yet|remains?|left)\b/i.test(text);
  if (
    !isSure &&
    (isStrict ||
      !/^un(?:tested|verified|implemented|finished|measured|translated|migrated|wired|tried|benchmarked)$/.test(word))
  )
    return null;
  const name = whose(text.slice(0, hit.index), before);
  const extent = objectIn(tail);
  const where = /^(?:on|in|with|against|under|for|at|outside|beyond|above)\b/i.test(extent) ? ` ${extent}` : '';
  if (name === null && where === '') return null;
  return found(
    /Test|Verify|Measure|Try|Benchmark|Check|Review/.test(verb) ? 'untested' : 'unfinished',
    `${verb} ${name ?? ''}${where}`.replace('  ', ' '),
  );
};
