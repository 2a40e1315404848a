/**
 * How a clause says that a piece of work stands that is known already. The words that name the work are masked before it is
 * asked, so that what a thing is called (`pending badge`, `stop button`) says nothing of how far it is.
 */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import { comesFromOutside, doubtIn } from './doubt.js';

/** Of work whose name is masked: `¤`, with a verb of its own `¤do`, `¤done`, `¤doing`. */
export type Stand = 'completed' | 'pending' | 'in_progress' | 'blocked';

/** It is refused, or nobody who speaks can do it. */
const BARRED = cued(
  /\b(?:i|we)(?:'m| am|'re| are) (?:\w+ )?(?:stuck|blocked|locked out|at a loss)\b|\b(?:i|we)(?:'d| would) (?:rather|prefer) not\b|\b(?:i|we) (?:won't|will not|refuse to|decline to|(?:don't|do not) want to|(?:may|must)(?:n't| not)|(?:am|'m) not (?:allowed|permitted) to) (?:¤do|do|touch|go)\b|\b(?:i|we)(?:'m| am|'re| are)? (?:still )?(?:can't|cannot|can not|couldn't|could not|was(?:n't| not) able to|unable to|not able to|(?:did not|didn't) manage to|failed to) (?:\w+ly )?(?:¤do|do|get|go on|continue|proceed|finish|complete|start|begin)\b|\b(?:g[ai]ven?|giving) up\b|\bunsolved\b|\b(?:no|found no|see no) way to ¤do\b|\bas far as (?:i|we) (?:can |could )?(?:get|go|come)\b|\b(?:can't|cannot|can only|could not|couldn't|may not|may only) be ¤(?:done)?\b|\bbefore (?:i|we) can (?:¤do|do|start|begin|finish|go)\b|\bneed to know\b|\b(?:don't|do not) know (?:whether|if|which|what|how)\b/i,
);
/** `the deploy is on hold`; what is `blocked for guests` is so on purpose. */
const HELD = cued(
  /¤,? (?:(?:is|are|remains?|stays?|still) )+(?:blocked|stuck|on hold|parked|held up)(?=$|[.,;:]| (?:by (?!default)|until|because|on|since|as|for now))/i,
);
const AWAITS = cued(
  /¤.{0,20} (?:waits?|(?:has|have|needs?|had) to wait|must wait|will have to wait|(?:is|are) (?:still )?(?:waiting|pending)|stays? (?:as (?:it|they) (?:is|are)|where (?:it|they) (?:is|are)|closed|open)|needs?|requires?|depends on|hinges on|hangs on|is up to|are up to)\b|\b(?:for|on|to ¤do) ¤,? (?:i|we)(?: still| first|'d| would| will|'ll)* need\b|\bneed\b.{2,60} (?:before|to|for) .{0,30}¤/i,
);
const PARTLY = cued(
  /\b(?:only )?half[ -](?:of ¤|¤|done|finished|¤done|way|there|through)|\bhalfway\b|\bonly half\b|\bhalf of ¤|\b(?:partly|partially|in part|mostly|largely|almost|nearly) (?:¤done|done|finished|there|complete\w*|through|working|in place|ready)\b|\bin progress\b|\bunder ?way\b|\b(?:in the (?:middle|midst) of|(?:working|work) on|busy with) ¤|\bneeds? (?:some |a bit |a little |still )?more work\b|\b(?:not|n't) (?:quite |fully |completely |entirely |all |yet |totally |100 ?% )+(?:¤done|done|finished|there|complete\w*|stable|working|through|right|ready)\b|\b(?:is|are|was|were|has|have)(?:n't| not) (?:yet |been |quite )*(?:finished|complete\w*|stable|through)\b|\b(?:not|n't) (?:through|finished) with ¤|\b(?:(?:have|'ve|has) (?:now |just |only )?(?:started|begun)|(?:i|we) (?:started|began)) (?:with |on |to ¤do )?¤|\bmade a start\b|\bin (?:one|two|three|some|\d+) of (?:the )?(?:two|three|four|five|six|\d+|its)\b|\b(?:the )?(?:first|second|one|main|bigger|greater) (?:part|half|piece|bit)s? of ¤|\b(?:did|does|do)(?:n't| not) (?:yet |quite |fully )*(?:work|compile|build|pass|run|help)\b|\bstill (?:fails?|crash\w*|breaks?|hangs?|(?:does|do)(?:n't| not)|wrong|red|broken)\b|\b(?:broke|breaks) (?:the |our )?(?:build|tests?)\b|\bas far as (?:i|we) (?:got|came)\b|\b(?:continu(?:e|ing)|finish(?:ing)?|carry on|go on) (?:with )?¤ (?:tomorrow|later|next|in the)/i,
);
const NOT_BEGUN = cued(
  /¤,? (?:(?:is|are|was|were|has|have|'s)(?:n't| not))(?: yet| so far)?(?=$|[.:,;(])|¤.{0,30} (?:is|are|was|were|has|have|'s)(?:n't| not) (?:yet |been |even |yet been )*(?:started|begun|done|¤done|touched|there|in(?: place)?(?=$|[.,;])|changed|implemented|built|written|made|added|ready)\b|^(?:but |and |or |still )*not (?:yet )?¤|(?:\b(?:i|we) |^(?:but |and ))(?:(?:have|did|do)(?:n't| not)|never) (?:yet |even )?(?:¤done|¤do|start(?:ed)?|beg[iau]n|touch(?:ed)?|done?|get (?:a)?round to|g[eo]t(?:ten)? (?:to|around to|round to)|reach(?:ed)?|tackled?|ma[dk]e)\b|\bnothing (?:has been|was|is|has) (?:done|changed|happened|started|begun)\b|\bnot (?:started|begun|touched|done|there)(?: yet)?(?=$|[.,;:)]| with)|¤.{0,12} (?:is|are|remains?|stays?|still|left)(?: still)? (?:open|left|missing|outstanding|pending|to do|to come|to be done|undone|untouched|undecided|not (?:done|there|started))(?=$|[.,;:)]| (?:now|yet|for now|so|then))|¤,? (?:is|are|comes?|goes|follows?|will be|will follow|has to come)(?: up)? (?:next|later|then|after(?:wards| that| this)|tomorrow|another (?:day|time))\b|¤ (?:follows?|remains?)(?=$|[.,;])|¤ (?:is|are) (?:up )?(?:next|left)\b|\b(?:still |yet )(?:open|missing|left|to (?:do|come|be done)|outstanding)(?: is| are|:)? ¤|\bwhat(?:'s| is| remains| still)? ?(?:still |now )*(?:left|missing|remain(?:s|ing)|open|to do|needed)?(?: to do| now| is| are| then)* (?:is |are )?(?:to )?¤(?:do ¤)?$|\b(?:that|which|this) (?:only )?leaves ¤|^(?:remaining|left|open|missing|to do|next|later|not done|skipped|postponed|outstanding)(?: (?:is|are|comes?|up))?(?::|,)? ¤|\bnext (?:is|are|comes?|up|on (?:my|the) list)(?: is)?:? ¤|\b(?:i'll|i will|we'll|i am going to|i'm going to|let me|i can) (?:then )?(?:¤do|do|take|tackle|start|begin|look at|turn to|move on to|get to)(?: with| on| care of)? ¤ (?:next|later|tomorrow|then|after|another|in the next|separately|once)|\bleft ¤ (?:for (?:later|now|another|tomorrow|the next|next)|out for now|open|undone|untouched|as it (?:is|was))|\b(?:skipped|postponed|deferred|parked|put off|not got to|not gotten to) ¤|¤.{0,12} (?:still )?(?:needs?|has|have) (?:still )?to be (?:¤done|done|started|written|built|added)\b|\b(?:untouched|to-?do)$/i,
);
/** Said behind a name: `Coupon code: not started`. */
const BARE: readonly (readonly [Stand, RegExp])[] = [
  [
    'blocked',
    /^(?:is |are |still )*(?:blocked|stuck|on hold|waiting|waits|parked|no access|no permission|cannot|can't|not possible)\b/i,
  ],
  [
    'in_progress',
    /^(?:is |are |still )*(?:in progress|in the works|half|halfway|partly|partially|mostly|almost|nearly|started|begun|under ?way|wip|ongoing|in work|working on it|not (?:quite |fully |completely |yet )*(?:finished|complete\w*|through)|unfinished|incomplete)\b/i,
  ],
  [
    'pending',
    /^(?:is |are )?(?:still )?(?:open|to ?-?do|to come|to be done|not (?:yet|started|done|begun|touched|there|implemented|in)|no(?:t)?(?=$|[.,])|pending|next|later|missing|tbd|left|remain\w*|untouched|skipped|postponed|deferred|outstanding|nothing (?:yet|done)|tomorrow|planned|queued|up next)\b/i,
  ],
  [
    'completed',
    /^(?:is |are |now |all |already )*(?:done|ok(?:ay)?|finished|ready|completed?|fixed|in(?: place)?(?=$|[.,;])|implemented|yes|shipped|live|merged|solved|resolved|works?|working|through|green|✅|✔)(?=$|[\s.,;:!()])/i,
  ],
];
const DONE = cued(
  /¤,? (?:(?:is|are|has been|have been|was|were|'s|got|should be|now|all|already|both|also|fully|finally|completely|meanwhile|done and|up and)\s+)+(?:done|finished|ready|completed?|through|fixed|¤done|ok(?:ay)?|live|implemented|merged|shipped|solved|resolved|green|working|(?:in|there|up)(?=$|[.,;:]| now\b)|in place)\b|¤,? (?:done|finished|ready|completed?|fixed|¤done|ok)(?=$|[.,;:])|¤ (?:now )?(?:works?|runs?|passes)(?=$|[.,;:]| (?:now|again|as)\b)|\b(?:done|finished|through|ready) with ¤|\bwith ¤,? (?:i am|i'm|we are|we're) (?:done|finished|through)\b|^(?:and |also |then |so |finally |first )*(?:i(?:'ve| have)? |we(?:'ve| have)? )?(?:(?:also|now|already|just|then|only) )*(?:¤done|finished|completed|fixed|did|implemented|added|updated|changed|built|wrote|done|got to) ¤|\bgot ¤ (?:¤done|done|finished|working|in|ready|fixed)\b/i,
);
const DENIED = cued(/\b(?:not|never|nothing|cannot|no longer|any ?more|nobody|none)\b|n't\b/i);
/** What would be so, was so once, or is asked. */
const ELSEWHEN = cued(
  /\b(?:no longer|any ?more|used to|before (?:this|that|my)|previously|earlier|at first|until now|would (?:have|be)|if (?:you|we|it|the|they|a)|in case|unless|whenever|was caused|were caused|so that|instead of)\b|\?$/i,
);

/**
 * @param clause with the work masked
 * @param around what else is said of it: the rest of its sentence, and the next one where that goes on about it
 * @returns null where the clause does not say it in so many words
 */
export function standIn(clause: string, around: string): Stand | null {
  if (clause.length > MAX_CHARS || ELSEWHEN.test(clause)) return null;
  if (BARRED.test(clause) || HELD.test(clause)) return 'blocked';
  if (AWAITS.test(clause) && comesFromOutside(`${clause} ${around}`)) return 'blocked';
  const partly = PARTLY.test(clause);
  if (partly || NOT_BEGUN.test(clause)) {
    if (comesFromOutside(`${clause} ${around}`)) return 'blocked';
    return partly ? 'in_progress' : 'pending';
  }
  if (DONE.test(clause) && !DENIED.test(clause)) return 'completed';
  return doubtIn(clause, `${clause} ${around}`);
}

/** Of a clause that goes on about it: `I can't do that`, `it is half done`. */
export const standOfIt = (clause: string, around: string): Stand | null =>
  IT.test(clause) ? standIn(clause.replace(IT, '¤'), around) : null;

const IT = /\b(?:it|that|this|them)\b(?! (?:\p{L}+ ){0,2}(?:cause|reason|problem)\b)/iu;

/** Said of the only thing asked for. */
export const isRefusal = (sentence: string): boolean => SPEAKER.test(sentence) && REFUSAL.test(sentence);
const SPEAKER = /^(?:sorry|no|but|i|we)\b/i;
const REFUSAL = cued(
  /^(?:sorry,? |no,? |but )*(?:(?:i|we)(?:'d| would) (?:rather|prefer) not(?: to)?|(?:i|we) (?:won't|will not|can't|cannot|refuse to|decline to|(?:don't|do not) want to|am not going to|(?:must|may|should)(?:n't| not)))(?: \w+ly)? (?:do|help with|make|write|build|touch|carry out|go (?:along with|there)) (?:that|this|it|so)\b/i,
);

/** How far what stands below it is: `Done`, `Still open`. */
export const leadStand = (text: string, around = ''): Stand | null => {
  for (const [stand, words] of BARE)
    if (words.test(text)) return stand !== 'completed' && comesFromOutside(`${text} ${around}`) ? 'blocked' : stand;
  return null;
};

/** What stands behind a name and says no more than how far it is. */
export function bareStand(text: string, around: string): Stand | null {
  const led = leadStand(text, around);
  if (led !== null) return led;
  const first = /^(\p{L}+)(?=$|[\s.,;:])/u.exec(text)?.[1];
  const isDone = first !== undefined && isParticiple(first) && baseForm(first) !== first.toLowerCase();
  return isDone && !DENIED.test(text) ? 'completed' : null;
}

const MAX_CHARS = 400;
const VERB =
  /\b(?:is|are|was|were|has|have|had|does|do|did|will|would|should|must|can|could|needs?|may|might|remains?|stays?|works?|runs?|pass(?:es)?|fails?|cannot|comes?|follows?|waits?|leaves|got|i'll|we'll)\b|n't\b|'(?:s|re|ve|ll|d|m)\b/i;

/** Whether a clause says nothing by itself: `the footer`, `and the header`. */
export const isVerbless = (clause: string): boolean => clause.length < 80 && !VERB.test(clause);

const SEAM =
  /(?:;|:|,|\s[–—-])\s+|\s+(?=(?:but|while|whereas|although|though|except|apart|and|so|because|since)\s)|\s+(?=\((?![a-h\d]\)))/g;

/** A sentence in pieces, each with at most one thing said in it; and the signs they begin with. */
export function piecesOf(sentence: string): readonly { readonly text: string; readonly isLed: boolean }[] {
  const pieces: { text: string; isLed: boolean }[] = [];
  let from = 0;
  let isLed = false;
  for (const { 0: mark, index } of sentence.slice(0, 600).matchAll(SEAM)) {
    const text = sentence.slice(from, index).trim();
    if (text !== '') pieces.push({ text, isLed });
    from = index + mark.length;
    isLed = /^(?::|\s[–—-])/.test(mark);
  }
  const last = sentence.slice(from, from + 600).trim();
  if (last !== '') pieces.push({ text: last.replace(/[.!]+$/, ''), isLed });
  return pieces;
}
