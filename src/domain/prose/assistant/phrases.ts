/** The parts of a clause: its object, its subject, and the words that lead it in. */
import { cued } from '../../cue/index.js';

const MAX_OBJECT = 160;
export const MAX_LOOKED_AT = 400;

/** Where the object of a verb ends: whatever says why, when or what else. */
const OBJECT_END = cued(
  /[;!?]|[,.](?=\s+(?!(?:[\w-]+,?\s+){0,3}(?:and|or)\s)|\s*$)|,(?=\s+(?:and|or|but)\s+(?:i|we|you|it|they|that|this|there|so|the|please|then)\b)|:\s|\s[—–-]\s|—|\s\((?=(?:it|they|that|this|because|since|no|not|i|we|you|there|which|see|so|as|but)\b)|\sor (?:else\b|otherwise\b|(?:[\w-]+ ){1,3}?(?:will|would|won't|is going to|are going to|goes|breaks?|fails?|stops?)\b|(?:it|they|we|you)'ll\b)|\s(?:because|since|although|though|whereas|which(?!(?: [\w-]+){1,3}? to\b)|while|unless|until|once|otherwise|but|so (?!that|far)|so far|as (?:soon|long|it|that|this|the|they|i|you|we|there)|if (?:you|we|it|that|the|they|i|this)|when(?:ever)?|given that|due to|before|after|for now|for the moment|at the moment|at this point|in this (?:pr|change|pass|session|commit|round|turn)|from here|from this (?:machine|session|box|sandbox|side)|on my (?:side|end|own|machine)|myself|yet|at all|either|right now|here(?=[\s.,]*$)|anyway|first(?=[\s.,]*$)|in (?:a|the next|another|its own) (?:follow-?up|separate|pr|session|change|pass))\b/i,
);

/** The object at the start of `rest`, without what follows it. */
export function objectIn(rest: string): string {
  const start = rest.slice(0, MAX_OBJECT * 2).replace(/^[\s:,]+/, '');
  const end = OBJECT_END.exec(start);
  return trimmed(end === null ? start : start.slice(0, end.index));
}

export function trimmed(text: string): string {
  const cut = text
    .slice(0, MAX_OBJECT)
    .replace(/^[\s"'“”.,:;()–—-]+/, '')
    .replace(/[\s"“”.,:;!?–—-]+$/, '');
  const opened = cut.split('(').length - cut.split(')').length;
  return opened > 0 ? cut.slice(0, cut.lastIndexOf('(')).trimEnd() : cut;
}

const LED_BY =
  /^(?:(?:so far|until now|and|but|so|also|yet|then|however|though|although|because|since|as|while|whereas|currently|right now|for now|at the moment|for the moment|today|note(?: also)?(?: that)?|one (?:thing|caveat|gap)(?: to note)?(?: is)?(?: that)?|of course|naturally|admittedly|to be fair|(?:right|yes|yep|sure|indeed|correct|true|ok(?:ay)?)(?=,)|what(?:'s| is) more(?: is)?(?: that)?|what(?:'s| is) left(?: is)? that|unfortunately|sadly|only|just|which means(?: that)?|that means(?: that)?|be aware(?: that)?|keep in mind(?: that)?|heads[- ]?up|importantly|finally|lastly|technically|the only (?:thing|part|bit) (?:that is |that's |left |missing )?is(?= (?:that|i|we|it|there|nobody|nothing)\b)(?: that)?)(?:\b[,:]?\s+|[,:]\s+))+/i;

const PLACE =
  /^(?:in|on|for|with|at|under|besides|apart from|as for)\s(?!(?:the (?:next|following|second)|an?(?:other)? (?:\w+ )?(?:follow-?up|pr|pull request|session|change|commit|pass|step|round)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)[^,]{1,60},\s+/i;
/** The first words of what `LED_BY` and `PLACE` begin with: most clauses begin with none of them. */
const LEADS = new Set(
  (
    'so until and but also yet then however though although because since as while whereas currently right for at today note one of naturally ' +
    'admittedly to yes yep sure indeed correct true ok okay what unfortunately sadly only just which that be keep heads headsup importantly ' +
    'finally lastly technically the in on with under besides apart'
  ).split(' '),
);

/** A clause without the words that tie it to the one before. */
export function unled(clause: string): string {
  const text = clause.trim().slice(0, MAX_LOOKED_AT);
  return LEADS.has(firstWord(text)) ? text.replace(LED_BY, '').replace(PLACE, '') : text;
}

/** In lower case: the letters it begins with, as far as they are of ASCII. */
function firstWord(text: string): string {
  let end = 0;
  while (end < text.length && isLetter(text.charCodeAt(end) | 32)) end += 1;
  return text.slice(0, end).toLowerCase();
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;

export const AUX = cued(
  /\s(?:is|are|was|were|has|have|had|does|do|did|will|would|should|must|can|could|needs?|ought|may|might|remains?|stays?|isn't|aren't|wasn't|weren't|hasn't|haven't|doesn't|don't|didn't|won't|can't|cannot|still|'s)\s/i,
);

/** The words before the first verb of a clause: `PDF is in the menu` → `PDF`. */
export function subjectOf(clause: string): string | null {
  const bare = unled(clause);
  const verb = AUX.exec(bare);
  if (verb === null || verb.index === 0) return null;
  const subject = trimmed(bare.slice(0, verb.index)).replace(
    /\s(?:also|still|then|now|therefore|already|really|only)$/i,
    '',
  );
  return subject === '' || subject.length > 90 || subject.split(' ').length > 12 ? null : subject;
}

const PRONOUN =
  /^(?:it|its|that|this|them|they|these|those|that one|this one|these two|those two|both|the same|everything|that part|this part|that bit|all of (?:it|them|that|this)|the latter|one|any of (?:it|them|that|this)|either|neither|none|that (?:yet|either)|all|which|what|nothing|something|anything|everything else|the rest|i|we|you|he|she|there|here)$/i;

/** Whether the words name nothing by themselves. */
export function isPronoun(words: string): boolean {
  return PRONOUN.test(words.trim());
}
