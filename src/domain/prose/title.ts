/** A title: what is to be done, in a few words, as one would write it into a list. */
import { languageOf } from './language.js';
import { baseForm, isGerund, isParticiple, isWorkVerb } from './words.js';

const MAX_TITLE = 80;
const MAX_WORDS = 600;

/** Where the words are not English they are only cut: a wrong ending is worse than a long title. */
export function titleOf(words: string): string {
  const plain = unmarked(words.slice(0, MAX_WORDS));
  const language = languageOf(plain);
  if (language !== 'en' && language !== 'und') return cut(plain);
  const asked = withoutManners(plain);
  const trimmed = withoutTail(imperative(asked));
  return cut(capital(tidy(trimmed === '' ? plain : trimmed)));
}

function unmarked(words: string): string {
  return words
    .replace(/^\s*(?:[-*+•◦‣]|\d{1,3}[.)]|#{1,6})\s+/, '')
    .replace(/^\[[ xX]?\]\s*/, '')
    .replace(/!?\[([^\]\n]{1,200})\]\([^)\s]{1,300}\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const OPENINGS: readonly RegExp[] = [
  /^(?:ok(?:ay)?|great|good|nice|perfect|cool|alright|all right|right|yes|yep|yeah|yup|no|nah|sure|thanks|thank you|thx|hi|hey|hello|oh|ah|hmm+|btw|by the way|wait|well|actually|meanwhile|fine|awesome|lovely|makes sense|agreed|sorry|great work|good job|looks good|lgtm|morning|good morning|one more thing|one thing|another thing|last thing|quick one|fyi|so|anyway|besides|otherwise|in addition|additionally|furthermore|moreover|however|also|and|but|then|now|next|first|firstly|second|secondly|third|thirdly|finally|lastly|afterwards?|after that|instead|again|meanwhile|still|for (?:later|now|the record)|at (?:some point|least)|some ?day|eventually|later(?: on)?|tomorrow|today|as (?:a )?(?:next|follow-?up|first|last|final)(?: step)?|please|pls|plz|kindly|just|maybe|perhaps|ideally|go ahead and|feel free to|be so kind (?:and|to)|if (?:you can|possible|you (?:have|find|get) (?:the |some )?time|you don't mind))(?:,|:|;|!|\.|\s[-–—])?\s+/i,
  /^(?:next steps?|remaining(?: work)?|still (?:open|to do|missing)|open (?:points?|items?)|to ?do|fixme|follow-?ups?|left(?: to do)?|outstanding|pending|(?:two|three|four|five|a few|some|several|couple of|more|other|\d+) (?:more )?(?:things|tasks|points|requests|changes|items)|action items?|task|request)(?:\([^)]{0,40}\))?\s?[:–—-]\s*/i,
  /^(?:could|can|would|will) (?:you|u|we|someone|somebody|anyone) (?:(?:please|pls|also|maybe|just|perhaps|possibly|then|quickly|kindly|now|next|at least) )*(?:go ahead and |try to |help me (?:to )?|help us (?:to )?)?/i,
  /^(?:do you think |i was wondering if |i wonder if |any chance |is there (?:any )?(?:a )?chance )(?:that )?(?:you|we) (?:could|can|might) (?:(?:please|also|maybe) )*/i,
  /^(?:i|we)(?:'d| would)? (?:(?:really|also|just|still) )*(?:want|wanna|like|love|prefer|need)(?:ed)? (?:(?:you|us|it if you|someone) )?(?:to )(?:(?:also|please|now) )*/i,
  /^(?:i|we|you|they|someone|somebody|one)(?:'ll| will| would|'d)? (?:(?:also|still|now|just|really|probably|then|only|first) )*(?:need|have|ought|want|got|are going|am going|is going|plan|are supposed|needs|has) (?:(?:also|still|now) )*to (?:(?:also|still|please) )*/i,
  /^(?:i|we|you|they|someone|somebody)(?:'ll| will| should| must| shall| can| could| may want to| might want to|'d better| had better) (?:(?:also|still|now|just|really|probably|then|first) )*(?:need to |have to |want to )?(?=\w)/i,
  /^(?:i'm|we're|i am|we are) (?:going|about|planning) to /i,
  /^(?:let's|lets|let us) (?:(?:also|please|now|just|then|try to) )*/i,
  /^(?:it(?:'d| would) be (?:nice|good|great|cool|helpful|lovely|best|better|awesome|useful) (?:if (?:you|we) (?:could|can|would) |to ))(?:(?:also|maybe) )*/i,
  /^(?:don't forget to|(?:please )?remember to|be sure to|make sure (?:to|you|that you)|remind me to|it is (?:necessary|important) to|it's (?:necessary|important|time) to|time to|try to|help me (?:to )?|i suggest to|need to|needs to|have to|want to|wanna|gotta|must|should) /i,
  /^(?:what's|what is) (?:left|missing|still open|next) is (?:to )?/i,
  /^(?:the |my |a )?(?:next|only|last|remaining|first|other|final|one|obvious|natural|logical)(?: remaining| open| missing| next| obvious| logical)? (?:thing|step|task|item|piece|part|point|job)s?(?: (?:to (?:do|try)|left|remaining|missing))?(?: (?:would be|is|are|will be))(?: still)?(?: to|:)? /i,
];
const GERUND_OPENINGS =
  /^(?:(?:would|do) you mind|mind|how about|what about|start (?:by|with)|i suggest|consider|please start|think about|look at|finish|keep) (?=\w+ing\b)/i;

function withoutManners(plain: string): string {
  let rest = plain;
  for (let rounds = 0; rounds < 8; rounds++) {
    const shorter = OPENINGS.reduce((text, opening) => stripped(text, opening), rest);
    const again = gerundRequest(shorter);
    if (again === rest) break;
    rest = again;
  }
  return rest;
}

function stripped(text: string, opening: RegExp): string {
  const match = opening.exec(text);
  if (match === null) return text;
  const rest = text.slice(match[0].length);
  // `we must not touch it` must not become an order to touch it; `first column` is no order.
  if (rest === '' || /^(?:not|never|n't)\b/i.test(rest)) return text;
  if (
    !/[,:;!.–—-]\s*$/.test(match[0]) &&
    /^(?:still|first|second|third|next|good|great|last|right|fine|cool|later|just|one|again|no|yes|also|sure|now|today|tomorrow|task|request|pending|instead)\s/i.test(
      match[0],
    ) &&
    !isVerbAhead(rest)
  ) {
    return text;
  }
  return rest;
}

function isVerbAhead(rest: string): boolean {
  const first = /^[\p{L}-]+/u.exec(rest)?.[0] ?? '';
  return (
    isWorkVerb(first) ||
    /^(?:please|could|can|would|you|we|i|let's|also|the|a|an|this|that)$/i.test(first) ||
    isGerund(first)
  );
}

function gerundRequest(text: string): string {
  const match = GERUND_OPENINGS.exec(text);
  if (match === null) return text;
  const rest = text.slice(match[0].length);
  const verb = /^\w+/.exec(rest)?.[0] ?? '';
  const base = isGerund(verb) ? baseForm(verb) : null;
  if (base === null) return text;
  const after = rest.slice(verb.length);
  return /^(?:keep|finish) /i.test(match[0]) ? text : base + after;
}

const LEFT =
  /(?:,| -| –| —)? (?:(?:is|are|was|were|has been|will be|stays|remains?) (?:(?:still|also|now|deliberately|therefore|intentionally) )*(?:left|open|outstanding|pending|missing|undone|postponed|deferred|remaining|next|not (?:yet )?done(?: yet)?|not (?:yet )?(?:started|begun)(?: yet)?|to be done|to do|on the list|up next|future work|a follow-?up|out of scope|for (?:later|another|a later|a follow|the next))|remains?(?: (?:to be done|open|undone))?|comes next|will follow|(?:can|could|must|has to|have to|will|should) (?:wait|follow|come (?:later|next)))(?=[\s.,;:]|$)[^;]{0,80}$/i;

function imperative(asked: string): string {
  const text = asked.replace(/[.!?…\s]+$/, '');
  const first = /^[\p{L}-]+/u.exec(text)?.[0] ?? '';
  if (isGerund(first)) return ofGerund(text, first);
  return passive(text) ?? needing(text) ?? undone(text) ?? notDone(text) ?? text;
}

/** `removing that wrapper is left for later`, and a gerund alone. */
function ofGerund(text: string, first: string): string {
  const base = baseForm(first) ?? first;
  const left = LEFT.exec(text);
  const object = text.slice(first.length, left === null ? undefined : left.index);
  if (
    left === null &&
    /^\s(?:is|was|does|would|will|has|takes|makes|should|can|needs)\b|\s(?:is|are|was|would be|fails|takes)\s/i.test(
      object,
    )
  )
    return text;
  return /^\s\S/.test(object) ? base + object : text;
}

const ADVERBS = String.raw`(?:(?:still|also|now|really|probably|then|at least|therefore|first|just|all|only|manually|eventually|definitely|finally) )*`;
const PASSIVE = new RegExp(
  String.raw`^(?<what>.{2,90}?) ${ADVERBS}(?:(?:needs?|ha(?:s|ve)|ought|remains?|wants?) ${ADVERBS}to ${ADVERBS}be|(?:should|must|shall|can|could|will have to|will need to|would need to|would have to|needs?) ${ADVERBS}be|(?:is|are|'s|'re) ${ADVERBS}to be|(?:is|are) (?:yet|still) to be) (?<adverbs>${ADVERBS})(?<done>[a-z-]+)(?<rest>(?:[ ,].*)?)$`,
  'i',
);

/** `the log format needs to be changed to …`: what is done with it goes first. */
function passive(text: string): string | null {
  const groups = PASSIVE.exec(text)?.groups;
  if (groups === undefined) return null;
  const { what = '', done = '', rest = '' } = groups;
  return active(what, done, rest);
}

function active(what: string, done: string, rest: string): string | null {
  if (!isParticiple(done) || !isNounPhrase(what)) return null;
  const base = baseForm(done);
  return base === null ? null : `${base} ${lowered(what)}${rest}`;
}

function isNounPhrase(what: string): boolean {
  const words = what.split(' ');
  if (
    words.length > 10 ||
    /[,;:?!]|\b(?:if|when|because|which|who|not|never|is|are|was|were|and (?:then|it|they|we|i)|but|so|nobody|nothing)\b/i.test(
      what,
    )
  )
    return false;
  return !isWorkVerb(words[0] ?? '') || words.length === 1 || /^[A-Z]/.test(what) || words.length < 4;
}

function lowered(what: string): string {
  return what.replace(
    /^(?:The|A|An|This|That|These|Those|All|Our|My|Your|Their|Its|It|They|Both|Each|Every|Some|Any|Two|Three)(?= |$)/,
    (word) => word.toLowerCase(),
  );
}

/** `the docs need updating`. */
function needing(text: string): string | null {
  const match =
    /^(.{2,90}?) (?:(?:still|also|really) )?(?:needs?|wants?) (?:(?:some|a|more|proper|better) )?([a-z-]+ing)((?:[ ,].*)?)$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, what = '', gerund = '', rest = ''] = match;
  const base = isGerund(gerund) ? baseForm(gerund) : null;
  return base === null || !isNounPhrase(what) ? null : `${base} ${lowered(what)}${rest}`;
}

/** `the importer is not implemented yet`. */
function undone(text: string): string | null {
  const match =
    /^(.{2,90}?) (?:is|are|was|were|has|have)(?: (?:still|also|yet))? ?(?:n't|not|not yet|never|yet to be|un)(?: (?:yet|been|even|fully|properly|actually))* ([a-z-]+)((?:[ ,].*)?)$/i.exec(
      text.replace(/\b(is|are|was|were|has|have)n't\b/gi, '$1 not'),
    );
  if (match === null) return null;
  const [, what = '', done = '', rest = ''] = match;
  return active(what, done, rest.replace(/^ (?:yet|so far|for now|at the moment|right now|here|now)(?= |$)/i, ''));
}

/** `I haven't tested X`, `we did not run the migration`. */
function notDone(text: string): string | null {
  const match =
    /^(?:i|we|you) (?:have|had|did|do|has|could)(?:n't| not)(?: (?:yet|actually|been able to|really|even))* ([a-z-]+) (.+)$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, verb = '', rest = ''] = match;
  const base = baseForm(verb);
  return base === null || base === 'get' || base === 'find' || base === 'see'
    ? null
    : `${base} ${rest.replace(/ (?:yet|so far|at all)$/i, '')}`;
}

const TAILS: readonly RegExp[] = [
  /[\s,;:–—-]+(?:please|pls|plz|thanks|thank you|thx|ty|ok|okay|right|now|right now|right away|asap|immediately|for me|for us|first|next|as well|of course|again please|already|today|tonight|tomorrow|soon|later|yet|if (?:you can|possible|that's ok(?:ay)?|you don't mind|you like|you want|needed|necessary)|when you (?:can|have (?:time|a (?:minute|moment|second|chance)))|(?:while|when) (?:you(?:'re| are)|we(?:'re| are)|i(?:'m| am)) (?:at it|there|on it|in there|here)|at some point|some ?day|sometime|eventually|for (?:now|later|the moment|a start)|next (?:week|month|sprint|time)|this (?:week|afternoon|evening|morning)|(?:by|until|before|on|till) (?:the end of (?:the )?(?:day|week|month)|eod|tonight|tomorrow|today|noon|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|next week|next month|lunch)|and (?:let|tell) (?:me|us)(?: know)?(?: .{1,60})?|(?:can|could|would|will) you|no rush(?: at all)?|no hurry|whenever you (?:can|like|have time))$/i,
  /[\s,;–—-]+(?:before|until|once|as soon as|when|after) (?:(?:this|it|that|we|the|our|they|all|everything|you|goes|go|is|next|\d[\w.]*|v\d[\w.]*) ){0,4}(?:release[sd]?|launch(?:es|ed)?|ships?|shipped|go-?live|live|works?|done|ready|merged|that|(?:gone )?out|finished|in|green|passes|pass|approved|agreed|confirmed|decided)$/i,
  /,? (?:and |but )?(?:then |also |please )*(?:make sure|ensure|be careful|take care|keep in mind|but (?:please )?(?:don't|do not)|without (?:changing|touching|breaking|affecting|modifying|altering)|because|since (?:it|the|we|they|that|this|i|you)|otherwise|as (?:agreed|discussed|requested|you asked|planned|it is|they are|we (?:discussed|said|agreed)))\b.{0,400}$/i,
];

function withoutTail(text: string): string {
  let rest = text;
  for (let rounds = 0; rounds < 8; rounds++) {
    const shorter = TAILS.reduce((all, tail) => {
      const less = all.replace(/[\s.,;:!?…]+$/, '').replace(tail, '');
      return less.trim().split(' ').length >= 2 ? less : all;
    }, rest);
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

/** Without brackets and quotes that have no other half, and the signs at its ends. */
function tidy(text: string): string {
  let rest = text.trim();
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
  ] as const) {
    const opens = rest.split(open).length;
    const closes = rest.split(close).length;
    if (opens > closes) rest = rest.slice(0, rest.lastIndexOf(open)).trim() || rest;
    if (closes > opens) rest = rest.replace(close, '');
  }
  for (const quote of ['"', '“', '„'])
    if (quote !== '"' ? rest.includes(quote) && !rest.includes('”') : rest.split('"').length % 2 === 0)
      rest = rest.replace(quote, '');
  return rest
    .replace(/^[\s\-–—:;,.!?•>]+(?=[^\s\d])(?<!\s-(?=-))/, (debris) =>
      /[.-]$/.test(debris) && /\w/.test(rest.charAt(debris.length)) ? debris.slice(-1).trim() : '',
    )
    .replace(/[\s,;:.!?…–—-]+$/, '');
}

function capital(text: string): string {
  const first = /^\S+/.exec(text)?.[0] ?? '';
  // `useSocket.ts`, `npm_config`, `/ws/chat` and `--unit` are written as they are.
  if (/[_/\\.@\d]|^[-$~#]|[a-z][A-Z]/.test(first)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cut(text: string): string {
  if (text.length <= MAX_TITLE) return text;
  const kept = text.slice(0, MAX_TITLE - 1);
  const blank = kept.lastIndexOf(' ');
  const whole = blank > MAX_TITLE / 2 ? kept.slice(0, blank) : kept.replace(/[\ud800-\udbff]$/, '');
  return `${whole.replace(/[\s,;:.(–—-]+$/, '')}…`;
}
