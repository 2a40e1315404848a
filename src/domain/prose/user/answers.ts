/** Yes and no to what was offered, and choosing among what was numbered. */
import { cued } from '../../cue/index.js';
import type { Before, UserAct } from '../model.js';
import { untilIn, laterIn } from './time.js';

const YES = cued(
  /^(?:if (?:you can|possible|it'?s (?:easy|quick|small|no trouble|not (?:too|that) much \w+)),? (?=y(?:es|eah|ep)\b|please\b|sure\b))?(?:(?:i (?:think|guess|suppose|believe) so|(?:that )?(?:would|might) be (?:nice|great|good|lovely|helpful|useful|cool)|don'?t mind),? (?=y(?:es|eah|ep)\b|please\b|sure\b))?(?:(?:oh|ok(?:ay)?|ah|hm+|well|great|cool|nice|perfect|good(?: idea| point| call)?|thanks|right|alright),? )*(?:y(?:es|eah|ep|up|ea)?|ye|i (?:think|guess|suppose) so|would be (?:nice|great|good|lovely|helpful|useful|cool)|aye|yas|sure(?: thing)?|absolutely|definitely|certainly|of course|affirmative|agreed|i agree|deal|please(?= ?[.!]*$)|go ahead|go for (?:it|that|them)|do (?:it|that|so|them|this)|please do|make it so|by all means|sounds? (?:good|great|fine|right|like a plan|perfect|reasonable)|works for me|that(?:'?s| is) (?:all )?(?:fine|ok|okay|alright|cool|good|great|perfect)(?: by me| with me| for me)?|fine(?: by me| with me)?|ship it|lgtm|\+1|👍|ok(?:ay)?|alright|let'?s do (?:it|that|this|so|them)|let'?s go(?: for (?:it|that)| ahead)?|why not|i'?d (?:like|love|appreciate) (?:that|it)|that (?:would|'d) be (?:great|good|nice|lovely|perfect|helpful|awesome)|that'?d be (?:great|good|nice|lovely|perfect|helpful|awesome)|correct|exactly|confirmed?|approved?|proceed|you may|you can|feel free|both|go|do|yes please|with pleasure|perfect|great(?: idea)?|good idea|good|happy with that|i'?m (?:ok|okay|fine|good|happy) with (?:that|it))\b/i,
);
/** A yes without which nothing was asked would be idle; these begin work also where no question is known. */
const GO = cued(
  /^(?:(?:oh|ok(?:ay)?|yes|yeah|yep|great|cool|perfect|good|thanks|sure|right|alright|please),? )*(?:(?:please )?go ahead|go for (?:it|that)|do (?:it|that|so|this)|please do(?: so| it| that)?|make it so|let'?s do (?:it|that|this)|ship it|proceed|apply (?:it|that))(?: (?:then|please|now|all|both|with (?:it|that|this)|and|but|,|as (?:proposed|planned|described|suggested)))*[ ,.!]*(?:$|but\b|and\b|,)/i,
);
const NO = cued(
  /^(?:(?:oh|ok(?:ay)?|hm+|well|thanks|ah),? )*(?:no(?:pe)?|nah|naw|nay|negative|rather not|better not|not (?:now|today|yet|really|necessary|needed|this time|for now|interested|worth it)|don'?t(?: bother)?|no need|no thanks?(?: you)?|i'?d rather (?:not|you didn'?t)|let'?s not|leave it(?: as (?:it )?is| be| alone| at that| there)?|never ?mind|skip (?:it|that)|pass|forget (?:it|that|about it)|please don'?t|that'?s (?:ok(?:ay)?|fine|all|enough|it)|i'?m good|we'?re good|all good|maybe (?:later|another time|some other time)|later|another time|no,? (?:that'?s|it'?s) (?:fine|ok|enough|all)|too (?:much|risky|early|soon))\b/i,
);

/** Manners that begin like an answer, and orders that hold rather than refuse. */
const NO_ANSWER = cued(
  /^(?:(?:ok(?:ay)?|ah|oh|well|and|but|so)[, ]+)*(?:good (?:to know|catch|question|night|morning|evening|luck|that)\b|(?:ok|okay|good) night\b|no (?:rush|hurry|pressure|stress)\b|(?:please )?don'?t .{3,90}\b(?:before|until|till|unless|yet)\b|forget it for\b)/i,
);

const spoken = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

/** Words that narrow a yes: `only the first`, `but just for staging`, `roll over`. */
function narrowed(rest: string): string | null {
  const words = rest
    .replace(
      /^(?:please|pls|then|now|go ahead|do (?:it|that|so)|and|but|though|just|only|with|let'?s|thanks?|thank you|sure|,|\.|!|-|–|—|:| )+/gi,
      '',
    )
    .replace(/[.!, ]+$/, '')
    .trim();
  return words === '' ||
    /^(?:it|that|this|them|so|on|ahead|all|both|everything|claude|do|great|good|you|night|bye)$/i.test(words) ||
    words.length > 160
    ? null
    : words;
}

/** The answer a message opens with. `rest` is what of the sentence is left to be read. */
export function answerIn(sentence: string, before: Before): { readonly act: UserAct; readonly rest: string } | null {
  const text = sentence.replace(/[’‘]/g, "'");
  const quote = spoken(sentence);
  if (/\?\s*$/.test(text) || NO_ANSWER.test(text)) return null;
  const no = NO.exec(text);
  if (
    no !== null &&
    before.isAsking &&
    !/^no(?:pe)?,? (?:still|it still|the|same|problem|worries|idea|doubt|matter|wait)\b/i.test(text)
  ) {
    const rest = text.slice(no[0].length);
    return /^[^,.;:!–—-]{0,80}$|^ (?:about |with )?(?:the|our|that|those) [^,.;:!–—-]{2,80}[.!]*$/i.test(rest)
      ? { act: { is: 'decline', about: narrowed(rest), quote }, rest: '' }
      : {
          act: { is: 'decline', about: null, quote },
          rest: rest.replace(/^[^,.;:!–—-]*[,.;:!–—-]+\s*(?:(?:rather|better|instead) (?=[a-z]+ \w))?/i, ''),
        };
  }
  const go = GO.exec(text);
  const yes = before.isAsking || go !== null ? YES.exec(text) : null;
  if (yes === null && go === null) return null;
  if (no !== null && !before.isAsking) return null;
  const head = yes?.[0] ?? go?.[0] ?? '';
  const rest = text.slice(head.length);
  // `yes roll over`, `yes, but only for staging`: said of what was asked, unless it is a sentence of its own.
  const only = /^[\s,.!–—-]*(?:but |though |and )?(?:only|just) /i.test(rest);
  const isShort = rest.trim().split(/\s+/).length <= 6 && !/^[\s]*[,.!;]/.test(rest);
  const about = only || isShort ? narrowed(rest) : null;
  return {
    act: { is: 'accept', about, quote },
    rest:
      only || (isShort && about !== null && !/\b(?:and|then|but)\b/i.test(rest))
        ? ''
        : rest.replace(/^[\s,.!;:–—-]+/, ''),
  };
}

const ORDINALS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
    '1st': 1,
    '2nd': 2,
    '3rd': 3,
    '4th': 4,
    '5th': 5,
    '6th': 6,
    '7th': 7,
    '8th': 8,
    '9th': 9,
  }),
);
const SMALL: ReadonlyMap<string, number> = new Map(
  Object.entries({
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    couple: 2,
    few: 3,
  }),
);

/** Numbers that a phrase names: `1, 2 and 4`, `2-4`, `#3`, `the first two`, `the last one`. */
export function numbersIn(text: string, count: number): number[] {
  const found: number[] = [];
  const add = (value: number): void => {
    if (value >= 1 && value <= 99 && !found.includes(value)) found.push(value);
  };
  const low = text.toLowerCase();
  const many = /\bfirst (two|three|four|five|six|couple|few|[2-9])\b/.exec(low);
  if (many?.[1] !== undefined) for (let at = 1; at <= (SMALL.get(many[1]) ?? Number(many[1])); at += 1) add(at);
  const tail = /\blast (two|three|four|[2-9])\b/.exec(low);
  if (tail?.[1] !== undefined && count > 0)
    for (let at = count - (SMALL.get(tail[1]) ?? Number(tail[1])) + 1; at <= count; at += 1) add(at);
  if (tail === null && /\b(?:the |and )last\b(?! (?:night|week|month|year|time))/.test(low) && count > 0) add(count);
  for (const span of low.matchAll(/(?:^|[\s#(])(\d{1,2}) ?(?:-|–|to|through) ?#?(\d{1,2})(?=$|[\s,.;:)])/g)) {
    const from = Number(span[1]);
    const to = Number(span[2]);
    if (from < to && to - from < 20) for (let at = from; at <= to; at += 1) add(at);
  }
  for (const one of low.matchAll(/(?:^|[\s#(,/&+])(\d{1,2})(?=$|[\s,.;:)!/&+])/g)) add(Number(one[1]));
  if (many === null)
    for (const word of low.split(/[^a-z0-9]+/, 40)) {
      const place = ORDINALS.get(word);
      if (place !== undefined) add(place);
    }
  return found.sort((a, b) => a - b);
}

type Verdict = 'do' | 'later' | 'wait' | 'no';

/** Only words of choosing beside the numbers: `do 1 and 2 now` picks, `set the limit to 2` does not. */
const PICKING = cued(
  /^(?:(?:and|or|just|only|please|pls|do|take|fix|implement|start with|begin with|go with|go for|let'?s|us|can|could|you|we|i'?d|i|like|want|would|need|yes|yeah|yep|ok(?:ay)?|good|great|sure|go ahead|ahead|with|on|for|the|a|an|number|numbers|no|nos?|item|items|point|points|step|steps|option|options|finding|findings|issue|issues|suggestion|suggestions|proposal|proposals|task|tasks|ones?|now|first|second|third|fourth|fifth|sixth|seventh|eighth|last|next|then|both|all|of|them|those|these|two|three|four|few|couple|tackle|address|handle|pick|choose|apply|make|work|begin|start|add|too|also|as well|well|today|right|away|thanks|but|to|through|go|make|sense|sounds?|agreed|that'?s?|it|is|are|in|this|pr|branch|order|resolve|address)[\s,.:;!]*|#?\d{1,2}(?:st|nd|rd|th)?(?:[\s,.:;!&+/–-]+|$))+$/i,
);
const REST = cued(
  /^(?:and |but )?(?:(?:the )?(?:rest|others?|remaining(?: ones)?|remainder)|everything else|all (?:the )?others?|the other ones)\b/i,
);
const ALL = cued(
  /^(?:(?:yes|ok|sure|please|do|fix|take|implement|address|apply|go for|let'?s do|go ahead with|tackle|resolve),? )*(?:all(?: of (?:them|it|those|these|the above))?|everything|both(?: of them)?|every one|the lot|all (?:two|three|four|five|six|seven|eight|\d+))(?: (?:please|now|of them|thanks|then|in that order))*[.! ]*$/i,
);
const NOT_DONE = cued(
  /\b(?:no(?!-)|skip|not|don'?t|drop|forget|leave|ignore|never|won'?t|on purpose|intend\w*|intention\w*|deliberate\w*|by design|fine as (?:is|it is)|is fine|are fine|is ok(?:ay)?|are ok(?:ay)?|irrelevant|wontfix|not needed|not worth|no need|false positive|out of scope|unnecessary|as is|can stay|stays?|exclude|except|(?:how|as|the way) (?:we|i|they) (?:want|like|need)|as (?:they|it) (?:are|is|was|were))\b/i,
);
const LATER_WORD = cued(
  /\b(?:later|next|tomorrow|can wait|postpone|put off|defer|another (?:time|day|pr)|follow-?up|someday|some time|eventually|not (?:now|yet|today)|low prio\w*|nice to have|backlog|after|once|when|on hold|on ice|until|wait|parked?|monday|tuesday|wednesday|thursday|friday)\b/i,
);
const WAITING = cued(
  /\b(?:after|once|until|till|when|as soon as|wait(?:s|ing)? (?:for|on|until)|on hold|on ice|pending|needs? .{1,30} first|hold)\b/i,
);

/** What one clause says of numbered things; null where it speaks of something else. */
export function pickIn(clause: string, before: Before): UserAct | null {
  const known = before.numbers;
  if (known.length === 0) return null;
  const text = clause.replace(/[’‘]/g, "'").trim();
  if (text.length > 240 || /\?$/.test(text)) return null;
  // `no second sidebar`: another one, and not the second of the list.
  if (
    /^no (?:first|second|third|fourth|fifth|last) (?!one\b|point|item|option|step|finding|please|thanks)[a-z]{3,}/i.test(
      text,
    )
  )
    return null;
  const quote = spoken(clause);
  const rest = REST.exec(text);
  if (rest !== null) {
    const verdict = verdictOf(text.slice(rest[0].length));
    return {
      is: 'pick',
      numbers: 'rest',
      verdict,
      until: verdict === 'wait' || verdict === 'later' ? untilIn(text) : null,
      quote,
    };
  }
  const but = /\b(?:all|everything)(?: of them)? (?:but|except|besides|apart from) (.{1,40})$/i.exec(text);
  if (but?.[1] !== undefined) {
    const not = numbersIn(but[1], Math.max(...known));
    const numbers = known.filter((number) => !not.includes(number));
    if (not.length > 0) return { is: 'pick', numbers, verdict: 'do', until: null, quote };
  }
  if (ALL.test(text)) return { is: 'pick', numbers: 'all', verdict: 'do', until: null, quote };
  const numbers = numbersIn(text, Math.max(...known)).filter((number) => known.includes(number));
  if (numbers.length === 0) return null;
  const isPlain = PICKING.test(text);
  if (isPlain && !/\b(?:no|not)\b(?! ?\.?\d)/i.test(text))
    return { is: 'pick', numbers, verdict: 'do', until: null, quote };
  // A verdict on a number: the number comes first, or after a verb of choosing and leaving.
  const isAbout =
    /^(?:and |but |then |also |maybe |please )*(?:do |fix |take |skip |leave |drop |ignore |forget |not |no |postpone |defer |park |hold |without |except |add |finding |the )*(?:number |no\.? |item |point |option |step |finding |issue |the )*(?:#?\d{1,2}\b|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|last)\b(?: (?:one|two|three|four|point|item|finding|option|step|issue))?)/i.test(
      text,
    );
  if (!isAbout) return null;
  if (
    /^\W*\d+(?:st|nd|rd|th)?\s+(?:more|times|seconds?|minutes?|hours?|days?|weeks?|months?|files?|lines?|users?|people|things?|tests?|items|[a-z]{3,}s (?:[a-z]+ed|have|are|were|still|can|do|get|see|say)|x|percent|%|gb|mb|kb|ms|px)\b/i.test(
      text,
    )
  )
    return null;
  return {
    is: 'pick',
    numbers,
    verdict: verdictOf(text),
    until: WAITING.test(text) || LATER_WORD.test(text) ? untilIn(text) : null,
    quote,
  };
}

/** Another's, or done already. */
export const OTHERS = cued(
  /\b(?:is|are|belongs? to|goes to|with|by) (?:[A-Z]\w+'s|his|hers|theirs|mine|someone else'?s?|[A-Z]\w+(?: \w+)?$)|\b[A-Z]\w+(?:'s| is| has| does| will| takes| owns)\b|\bi(?:'ve| have| had)? (?:already )?(?:fixed|did|done|made|changed|merged|handled|solved|wrote)\b|\b(?:already )?(?:done|fixed|solved|merged)(?: already)?[.! ]*$|\b(?:matter of )?taste\b/,
);

function verdictOf(text: string): Verdict {
  if (WAITING.test(text) && !/\bwhen(?:ever)? (?:you|there)/i.test(text)) return 'wait';
  if (LATER_WORD.test(text) || laterIn(text) !== null) return 'later';
  if (NOT_DONE.test(text) || OTHERS.test(text)) return 'no';
  return 'do';
}
