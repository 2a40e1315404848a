/** Choosing among numbered things, part by part: `1 and 3 please, 4 only if it is small, 2 stays`. */
import { cued } from '../../cue/index.js';
import type { UserAct } from '../model.js';
import { numbersIn, OTHERS } from './answers.js';
import { laterIn, untilIn } from './time.js';

type Pick = Extract<UserAct, { is: 'pick' }>;
type Chosen = Omit<Pick, 'quote'>;

const KIND = String.raw`(?:numbers?|nos?\.?|nr\.?|items?|points?|options?|steps?|findings?|issues?|suggestions?|proposals?|tasks?|ideas?)`;
const NUMBER = String.raw`(?:${KIND} )?#?\d{1,2}(?!\d|\.\d|st|nd|rd|th|%|:\d| ?(?:%|x\b|ms\b|px\b|gb\b|mb\b|kb\b|seconds?\b|minutes?\b|hours?\b|days?\b|weeks?\b|months?\b|years?\b|times\b|files?\b|lines?\b|users?\b|people\b|tests?\b|items\b|more\b|things\b|of (?:the|them|these)\b)| (?!is\b|was\b|has\b|as\b|yes\b|does\b|stays\b|makes\b|needs\b|looks\b|sounds\b|seems\b|goes\b|belongs\b|works\b|sits\b|depends\b|breaks\b|comes\b|gets\b|waits\b|thanks\b|pls\b)[a-z]{2,}s\b)`;
const PLACE = String.raw`(?:first|second|third|fourth|fifth|sixth|seventh|eighth|last|1st|2nd|3rd|4th|5th)`;
const PLACES = String.raw`(?:the )?${PLACE}(?: (?:two|three|four|five|couple|few))?(?: (?:ones?|points?|items?|options?|steps?|findings?|issues?|suggestions?))?`;
const AND = String.raw`(?:,? (?:and|or|as well as|plus)(?: also| the)? |, ?| ?[&+/–-] ?| (?:to|through) )`;
const GROUP = new RegExp(
  String.raw`(?:^|(?<=[\s(,;.:]))(?:(?<numbers>(?:the )?${NUMBER}(?:${AND}${NUMBER})*)(?![\w])|(?<places>the ${PLACES}(?:${AND}${PLACES})*(?= one\b|[\s,.;:!]|$))|(?<rest>(?:the )?(?:rest|others|remaining(?: ones)?|remainder|other (?:ones|two|three|points|items))|everything else|all (?:the )?others)\b|(?<all>all(?: of (?:them|these|those|the above)| ?(?:two|three|four|five|six|seven|eight|\d))|all(?=[.! ]*$)|everything|both(?: of them)?|the (?:whole )?(?:lot|list))(?=\b(?! (?:but|except|apart|besides|other than|i\b|you\b|we\b|else))))`,
  'gi',
);
/** What may stand before the numbers in their part. */
const LEADING = String.raw`(?:and|but|or|then|also|ok(?:ay)?|yes|yeah|yep|sure|no|nope|not|nah|great|good|thanks|please|pls|just|only|maybe|perhaps|rather|definitely|do|fix|take|skip|leave|drop|ignore|forget(?: about)?|implement|start|begin|go|ahead|with|without|except|for|to|on|as for|about|let'?s|lets|we|can|could|should|you|i|i'?d|i'?ll|would|will|like|want|need|prefer|agree|vote|choose|pick|tackle|address|handle|apply|make|work|do(?: not)?|don'?t|never|keep|postpone|defer|park|hold|save|stick|focus|continue|proceed|resolve|add|number|nice|list|first|next|finally|after that|afterwards|points?|items?|options?|ideas?|all of|care of|take|also|sounds good|mostly|especially|right now|now|today|in)`;
const LEADS = cued(new RegExp(String.raw`^(?:${LEADING}[\s,.:!–—-]+)*$`, 'i'));
/** Begins another part. */
const BREAK = new RegExp(String.raw`(?:[,;.:!–—-]+\s*|\s+(?:and|but|then|while)\s+|\s+)((?:${LEADING}\s+)*)$`, 'i');
const HARD = /[,;.:!–—]\s*$|\s(?:and|but|then|while|-)\s+$/i;

const NO_LEAD = /\b(?:skip|leave|drop|ignore|forget|not|no|nope|without|except|never|don'?t|do not|lose|keep)\b/i;
const NO = cued(
  /^(?:[\s,:–—-]*(?:(?:is|are|was|were|can|should|i think|we|i|then|just|really|both|all|would|seems?|looks?) )*(?:no(?!-)\b|nope|nah|not\b(?! (?:only|before|until|yet|now|today))|never|out\b|skip|drop|stays?\b|fine|ok(?:ay)?(?: as|[.,;! ]*$)|off\b|wrong|irrelevant|unnecessary|intend\w*|intention\w*|deliberate\w*|on purpose|by design|obsolete|overkill|n'?t\b|don'?t|isn'?t|aren'?t|won'?t|doesn'?t|nonsense|known|expected|wontfix|out of scope|a matter of taste|(?:a )?false positives?|already|done|fixed|solved|merged|handled|taken|as (?:it|they|is)|how (?:we|i)|the way (?:we|i)|good as|kept|remain\w*|can stay|leave|ignore))|\b(?:not (?:needed|worth|so much|necessary|really|relevant|important|wanted|interested)|as (?:it|they) (?:is|are|was|were)\b|can stay|stays?(?: (?:as|where|like)\b|[.!; ]*$)|disagree|by design|on purpose|how we want|the way we want|don'?t (?:need|want|care|think so)|won'?t (?:need|do)|(?:only|would) (?:only )?(?:make|makes|be|help|matter)\b.{0,50}\bif\b|only if\b|if we (?:had|were|ever)|false positive|out of scope|wontfix|is handled|\bleave (?:it|that|them|those)\b|already (?:done|fixed|merged|there)|is done|are done|(?:is|are) (?:fine|intentional|intended|ok(?:ay)?)(?! (?:with|for|to)\b)|skip (?:it|that|them|those)|no need)\b/i,
);
const YES = cued(
  /\b(?:please|pls|do (?:it|those|them|that|these)|go ahead|yes|yep|yeah|no-?brainers?|must|important|sounds? good|agreed?|makes? sense|good ideas?|definitely|of course)\b/i,
);
const LATER = cued(
  /\b(?:later|next (?:week|sprint|month|time|release|year|quarter|pr|one)|tomorrow|can wait|postpone\w*|put off|defer\w*|another (?:time|day|pr)|follow-?up|some ?day|some time|eventually|not (?:now|yet|today)|low prio\w*|nice to have|backlog|parked?|monday|tuesday|wednesday|thursday|friday|(?:i|we)(?:'ll| will)\b|myself|ourselves|in (?:a|another|the next) (?:pr|week|month|release))\b/i,
);
const WAITS = cued(
  /\b(?:after|once|until|till|as soon as|wait(?:s|ing)? (?:for|on|until)|on hold|on ice|pending|needs? .{1,30} first)\b/i,
);
/** Follows the choice and is to be read by itself. */
const MORE = cued(
  /(?:[,;.]|\s[–—-])\s*((?:and|but|also|plus|additionally|then)[, ]+(?:please |also |then |can you |could you |you can )*(?!(?:the |then |#|number )*(?:\d|rest|others|it|that|this|they|them|those|these|i|we)\b)[a-z]{3,} (?:the|a|an|all|our|my|these|those|some|[\w./-]+\.\w+)\b.*)$/i,
);
/** `…, 2 and the badge`: named beside the numbers. */
const NAMED = cued(
  /^(?:,? and|,|,? plus|,? as well as| ?[&+]) (?:also )?the ((?!rest|others?|first|second|third|last)[\w][\w ./'-]{2,40}?)(?:,? (?:please|pls|too|as well|then|now|thanks))*[.! ]*$/i,
);
const EXCEPT = cued(
  /\b(?:all(?: of (?:them|those|these))?|everything) (?:but|except|besides|apart from|other than|without)(?: for)? (?:the )?([^,.;:!]{1,50})/i,
);
const SPELLED = cued(
  /^(?:(?:yes|ok|okay|sure|please|just|only|do|take|fix|number|numbers|options?|points?|items?|let'?s do|go with|i'd do|i'd take)[, ]+)*(?:one|two|three|four|five|six)(?:(?:, | and |, and | & )(?:one|two|three|four|five|six))+(?:,? (?:please|pls|now|first|thanks|then|only))*[.! ]*$/i,
);
/** `no to 2, 3 later`: two verdicts. */
const EACH = /\b((?:yes|no|ok) to #?\d{1,2}), (?=#?\d{1,2} (?!and\b|or\b)[a-z])/gi;
const DIGITS: ReadonlyMap<string, string> = new Map([
  ['one', '1'],
  ['two', '2'],
  ['three', '3'],
  ['four', '4'],
  ['five', '5'],
  ['six', '6'],
]);
/** The rest is left. */
const PRAISED = cued(
  /^ (?:is|are|looks?|seems?|sounds?) (?:all |very |really |quite )?(?:fine|good|great|nice|ok(?:ay)?|perfect|interesting)\b/i,
);
/** All that may be said of all of them: `everything works` chooses nothing. */
const ONLY = cued(
  /^(?:[,.!: ]*(?:please|pls|now|then|thanks|thank you|in (?:that|this) order|yes|sounds? (?:good|great)|makes? sense|go ahead|today|as well|too|of them|do (?:it|them)|first|at once|one by one))*[.! ]*$/i,
);
/** Nothing of it. */
const NONE = cued(
  /^(?:(?:hm+|thanks|ok|no|well|sorry|actually)[,. ]+)*(?:none|neither|nothing|not any)(?: of (?:them|these|those|that|the above))?(?:,? (?:please|thanks|for now|really|right now|at the moment))*[.! ]*$/i,
);

export interface Choice {
  readonly acts: readonly (Chosen | { readonly is: 'accept' | 'decline'; readonly about: string | null })[];
  readonly rest: string;
}

/** What a sentence chooses among the numbers that are known; null where it speaks of something else. */
export function choiceIn(said: string, known: readonly number[]): Choice | null {
  if (known.length === 0 || said.length > 300 || /\?\s*$/.test(said)) return null;
  const most = Math.max(...known);
  if (NONE.test(said)) return { acts: [{ is: 'decline', about: null }], rest: '' };
  const plain = said.replace(EACH, '$1; ');
  const text = SPELLED.test(plain)
    ? plain.replace(/\b(?:one|two|three|four|five|six)\b/gi, (word) => DIGITS.get(word.toLowerCase()) ?? word)
    : plain;
  const but = EXCEPT.exec(text);
  if (but?.[1] !== undefined && LEADS.test(text.slice(0, but.index))) {
    const left = numbersIn(but[1], most);
    return left.length > 0
      ? {
          acts: [
            picked(
              known.filter((number) => !left.includes(number)),
              'do',
              null,
            ),
          ],
          rest: '',
        }
      : { acts: [{ is: 'decline', about: but[1].trim() }, picked('all', 'do', null)], rest: '' };
  }
  const parts = partsOf(text);
  if (parts === null) return null;
  const acts: Choice['acts'][number][] = [];
  let rest = '';
  for (const { lead, group, after } of parts) {
    const more = MORE.exec(after);
    const tail = more === null ? after : after.slice(0, more.index);
    rest = more?.[1] ?? rest;
    const named = NAMED.exec(tail)?.[1];
    const numbers = numbersOf(group, known, most);
    if (numbers === null) return null;
    if (numbers.length === 0) continue;
    if (numbers === 'all' && !ONLY.test(tail)) return null;
    const verdict =
      named !== undefined ? 'do' : numbers === 'rest' && PRAISED.test(tail) ? 'no' : verdictOf(lead, tail);
    const until = verdict === 'wait' || verdict === 'later' ? untilIn(tail) : null;
    acts.push(picked(numbers, verdict, until));
    if (named !== undefined) acts.push({ is: 'accept', about: named });
  }
  return acts.length === 0 ? null : { acts, rest };
}

const picked = (numbers: Pick['numbers'], verdict: Pick['verdict'], until: string | null): Chosen => ({
  is: 'pick',
  numbers,
  verdict,
  until,
});

interface Part {
  readonly lead: string;
  readonly group: RegExpExecArray;
  readonly after: string;
}

function partsOf(text: string): readonly Part[] | null {
  const parts: { lead: string; group: RegExpExecArray; after: string }[] = [];
  let end = 0;
  for (const group of text.matchAll(GROUP)) {
    const gap = text.slice(end, group.index);
    const last = parts.at(-1);
    if (last === undefined) {
      if (!LEADS.test(gap)) return null;
      parts.push({ lead: gap, group, after: '' });
    } else {
      const lead = BREAK.exec(gap);
      // In the midst of a clause a number is only mentioned.
      if (lead === null || !(HARD.test(gap.slice(0, gap.length - (lead[1] ?? '').length)) || HARD.test(gap))) {
        if (gap.trim() !== '') continue;
      }
      last.after = gap.slice(0, gap.length - (lead?.[1] ?? '').length);
      parts.push({ lead: lead?.[1] ?? '', group, after: '' });
    }
    end = group.index + group[0].length;
  }
  const last = parts.at(-1);
  if (last === undefined) return null;
  last.after = text.slice(end);
  return parts;
}

function numbersOf(group: RegExpExecArray, known: readonly number[], most: number): Pick['numbers'] | null {
  if (group.groups?.rest !== undefined) return 'rest';
  if (group.groups?.all !== undefined) return 'all';
  const numbers = numbersIn(group[0].replace(/^the (?=\d)/i, ''), most);
  const found = numbers.filter((number) => known.includes(number));
  return found.length === 0 && numbers.length > 0 ? null : found;
}

function verdictOf(lead: string, after: string): Pick['verdict'] {
  const [first = ''] = after.split(/[;.!](?: |$)/, 1);
  const isLeft = NO_LEAD.test(lead);
  if (!isLeft && (NO.test(after) || OTHERS.test(first))) return 'no';
  if (WAITS.test(first) && !/\bwhen(?:ever)? (?:you|there)/i.test(first)) return 'wait';
  if (LATER.test(first) || laterIn(first) !== null || /\b(?:postpone|defer|park|hold|i'?ll|i will)\b/i.test(lead))
    return YES.test(first) && !LATER.test(first) ? 'do' : 'later';
  return isLeft ? 'no' : 'do';
}
