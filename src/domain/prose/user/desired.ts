/** Wishes told as what would be so: `I'd love it if the needle snapped`, `I wish the map remembered it`, `what's missing is a way to …`. */
import { cued } from '../../cue/index.js';
import { baseOfPast } from './past.js';
import { withoutEnd } from './text.js';

const LEAD = String.raw`^(?:(?:and|but|also|so|ok|okay|oh|hey|hi|hello|well|then|now|plus|yes|yeah|honestly|personally|btw|ps|please|hm+|thanks|morning|by the way|one (?:more )?thing|for me|as a user|tbh|next|last but not least|finally|generally)[,:.! –—-]+)*`;
const SOMEBODY = String.raw`(?:i|we|(?:the |our |my )?(?:users?|customers?|clients?|team|boss|people|testers?|designers?|editors?|players?|everybody|everyone|somebody|many|most of us|all of us))`;
const GLAD = String.raw`(?:nic(?:e|er)|great|good|better|best|cool(?:er)?|lovely|lovelier|help(?:ful)?|awesome|useful|hand(?:y|ier)|neat(?:er)?|fantastic|wonderful|perfect|ideal|easier|sweet|brilliant|amazing|a (?:big |huge |great |real )?(?:help|relief|improvement|plus|win|dream|delight|treat|time ?saver)|so much (?:easier|nicer|better))`;
const VERY = String.raw`(?:(?:also|really|so|very|much|super|a lot|even|actually|still|just|only|quite|pretty|absolutely|far|way|totally) )*`;
/** Begins a wish for what is to be so, up to its subject. */
const FRAMES = [
  String.raw`${SOMEBODY}(?:'d| would)? ${VERY}(?:love|like|prefer|appreciate|welcome|enjoy) it ${VERY}(?:if|when)`,
  String.raw`${SOMEBODY}(?:'d| would) ${VERY}be ${VERY}(?:happy|happier|glad|grateful|thankful|delighted|pleased|over the moon|thrilled|relieved) (?:if|when)`,
  String.raw`(?:i|we)(?:'d)? (?:(?:really|just|so|often|always|do|sometimes|only) )*wish(?: that)?`,
  String.raw`if only`,
  String.raw`(?:it|that|this)?(?:'d| would)? ?(?:make|made) (?:my|our|everyone's|everybody's|their) (?:day|life|lives|week|job|work)(?: (?:so much|a lot|much|easier|better))* if`,
  String.raw`(?:wouldn'?t (?:it|that)|would ?n'?t it|would it(?: not)?|might it|it might|it could|(?:it|that|this)(?:'d| would)|would|might) (?:not )?${VERY}be ${VERY}${GLAD}(?: for (?:me|us|users|everyone|people|the \w+))? if`,
  String.raw`(?:it|that|this)?(?:'d| would) ${VERY}(?:help|make sense|be worth a lot|save (?:me|us) (?:\w+ ){1,3}|improve (?:things|a lot|it))(?: (?:me|us|users|people))?(?: (?:a lot|a great deal|a ton|so much|out|enormously|very much))* if`,
  String.raw`how (?:nice|great|cool|lovely|good) (?:would it be|it would be) if`,
].join('|');
const WISH = cued(
  new RegExp(
    String.raw`${LEAD}(?:${FRAMES}) ((?:the|our|my|this|that|these|those|all|each|every|both|an?|any|one|no|new|old|only|it|they|there)\b.{6,220}|[a-z][\w-]*s? .{6,200})$`,
    'i',
  ),
);
/** `would love for the timeline to show weekends`, `I'd want the field to be optional`. */
const LOVE_FOR = cued(
  new RegExp(
    String.raw`${LEAD}(?:${SOMEBODY}(?:'d| would)? |would |'d )${VERY}(?:love|like|prefer|want|expect) for ((?:the|our|my|this|that|these|those|all|each|every|both|an?|it|them)\b.{2,60}?) to (\w.{3,160})$`,
    'i',
  ),
);
const NEEDING = String.raw`(?:need|want|miss|lack|wish for|long for|(?:'d|would) (?:really |still )?(?:like|love|appreciate|welcome)(?: to (?:see|have|get))?|(?:am|'m|are|'re) (?:still )?(?:missing|lacking|after|looking for|dreaming of|hoping for|waiting for|asking for)|could use|have in mind)`;
/** `what I do need before friday's release is a cap`, `one thing we lack is an empty state`, `what's missing is a way to export`. */
const CLEFT = cued(
  new RegExp(
    String.raw`${LEAD}(?:(?:what|all|the (?:only |one |main |other |next |last |first )?(?:thing|feature|bit|piece)|(?:one|another) (?:more )?(?:thing|feature)|something|one of the things)(?: that| which)? ${SOMEBODY} ?(?:(?:do|really|still|also|actually|now|just|most|badly|urgently|sorely|always) )*${NEEDING}|what(?:'s| is) (?:(?:still|really|also|sorely|badly|currently) )*(?:missing|lacking|needed|wanted)|(?:what|all)(?: that)?'?s? (?:is )?(?:still )?missing|(?:the (?:only |one |main )?|(?:one|another) (?:more )?)thing (?:that(?:'s| is) )?(?:still )?(?:missing|needed))((?: (?!(?:is|are|was)\b)[\w'.-]+){0,7}?)(?:,)? (?:is|are|would be|'s|was)[:,]? (?:for )?((?:an?|the|some|our|more|another|two|three|proper|better|to)\b .{3,160})$`,
    'i',
  ),
);
/** One of these stands in all of them. */
const WISHES = cued(
  /love|like|prefer|want|expect|appreciat|welcome|enjoy|would|'d |wish|if only|ma[kd]e (?:my|our|every|their)|\bbe .* if |how (?:nice|great|cool|lovely|good)|\bneed|miss|lack|long for|after|looking for|dream|hoping|waiting|asking|could use|in mind/i,
);
/** Asked of the one who answers, or no work: `what I need is an answer`. */
const NO_THING =
  /^(?:(?:an?|the|some|more|your|my|our|to) )?(?:\w+ )?(?:answer|opinion|explanation|number|value|summary|overview|idea|advice|time|coffee|break|sleep|vacation|holiday|help|hint|link|name|list of|confirmation|approval|ok|okay|go-?ahead|decision|feedback|patience|luck|to (?:know|understand|see|think|sleep|go|ask|wait|decide|leave))\b/i;
/** Where what is wished for ends. */
const REST =
  /(?:[,;] (?=(?:and|but|so|also|because|since|as|then|please|right now|at the moment|currently|today|it|that|this|i|we|you|they|there|now)\b)| (?:because|instead of me|so that i|as right now|since it|as it (?:is|does))\b| – | — | - )/i;

export interface Desired {
  /** In the imperative. */
  readonly wish: string;
  /** What else the sentence says. */
  readonly rest: string;
}

const cutOff = (text: string): readonly [string, string] => {
  const end = REST.exec(text);
  return end === null
    ? [withoutEnd(text, '.,;:!?'), '']
    : [text.slice(0, end.index), text.slice(end.index).replace(/^[\s,;–—-]+/, '')];
};

/** A wish of a whole sentence; null where it has none. */
export function desiredIn(said: string): Desired | null {
  if (said.length > 400 || !WISHES.test(said)) return null;
  const love = LOVE_FOR.exec(said);
  if (love?.[1] !== undefined && love[2] !== undefined && !/\byou\b/i.test(love[1])) {
    const [verb, rest] = cutOff(love[2]);
    return { wish: `make ${love[1]} ${verb}`, rest };
  }
  const cleft = CLEFT.exec(said);
  if (cleft?.[2] !== undefined && !NO_THING.test(cleft[2])) {
    const [thing, rest] = cutOff(cleft[2]);
    if (/^to (?!be\b)/i.test(thing)) return { wish: thing.slice(3), rest };
    return { wish: `add ${thing}`, rest };
  }
  const found = WISH.exec(said)?.[1];
  if (found === undefined) return null;
  const [so, rest] = cutOff(found);
  const wish = imperativeOf(so);
  return wish === null || SIGH.test(wish) ? null : { wish, rest };
}

/** `if only it was that easy`. */
const SIGH =
  /^make (?:it|that|this|they) (?:not )?be (?:that|so|as|true|over|done|easy|possible|real|always|mine|friday|weekend)\b/i;
const MODAL = /^(?:could|would|can|will|did|might|should)$/;
const ADVERB = /^(?:also|just|only|always|automatically|simply|never|not|at least|even|actually|still|really|already)$/;
/** People, of whose doing it is no work. */
const PERSON =
  /^(?:i|we|you|he|she|people|someone|somebody|everyone|everybody|nobody|life|things|today|it was|this was)$/i;

/** `the needle snapped to 45°` → `make the needle snap to 45°`. */
function imperativeOf(so: string): string | null {
  const words = so.split(/ +/);
  if (PERSON.test(words[0] ?? '')) return allowed(words);
  if (/^there$/i.test(words[0] ?? '') && /^(?:was|were|would|could)$/i.test(words[1] ?? ''))
    return `add ${words.slice(2).join(' ').replace(/^be /i, '')}`;
  for (let at = 1; at < words.length && at < 10; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (/^(?:that|which|who|when|if|because)$/.test(word)) return null;
    const subject = words
      .slice(0, at)
      .filter((one) => !ADVERB.test(one.toLowerCase()))
      .join(' ');
    const adverbs = words
      .slice(0, at)
      .filter((one) => ADVERB.test(one.toLowerCase()) && !/^(?:also|just|really|actually|still)$/i.test(one));
    if (subject === '') return null;
    const tail = words.slice(at + 1);
    const no = /^(?:did|would|could)n'?t$/.test(word);
    if (no) return `make ${subject} not ${tail.join(' ')}`;
    if (/^(?:was|were)n'?t$/.test(word)) return `make ${subject} not be ${tail.join(' ')}`;
    if (MODAL.test(word)) {
      const rest = tail.filter((one, index) => index > 2 || !/^(?:also|just|please|simply|be able to)$/i.test(one));
      return rest.length === 0 ? null : `make ${[subject, ...adverbs, ...rest].join(' ')}`;
    }
    const base = baseOfPast(word);
    if (base === null) continue;
    // `a saved search` and the like: in the midst of the subject.
    if (/^(?:the|an?|our|my|this|that|these|those|all|each|every|both|any|one|no|new|old)$/i.test(words[at - 1] ?? ''))
      continue;
    return `make ${[subject, ...adverbs, base, ...tail].join(' ')}`;
  }
  return null;
}

/** `I could undo it`, `people didn't have to reload`: what is to be possible. */
function allowed(words: readonly string[]): string | null {
  const who = (words[0] ?? '').toLowerCase();
  const text = words.slice(1).join(' ');
  if (who === 'you') {
    const asked =
      /^(?:could|would|can|will|might)(?: (?:also|just|please|maybe|perhaps|quickly|possibly))* ([a-z]{2,} .{2,160})$/i.exec(
        text,
      )?.[1];
    const did = asked === undefined ? baseOfPast((words[1] ?? '').toLowerCase()) : null;
    return (
      asked ??
      (did === null || words.length < 4 || /^(?:have|be|tell|say|know|wait)$/.test(did)
        ? null
        : `${did} ${words.slice(2).join(' ')}`)
    );
  }
  if (/^(?:he|she|life|things|today|it was|this was)$/.test(who)) return null;
  const can =
    /^(?:(?:also|just|simply|at least|all) )?(?:could|can|was able to|were able to|had a way to|got to)(?: (?:also|just|simply|at least))* (\w.{4,160})$/i.exec(
      text,
    )?.[1];
  if (can !== undefined && !/^(?:have|get|see) (?:a|the|your) (?:look|word|minute|coffee)/i.test(can))
    return `make it possible to ${can}`;
  const had = /^(?:had|got|saw) ((?:an?|the|some|more|two|separate)\b.{4,160})$/i.exec(text)?.[1];
  if (had !== undefined) return NO_THING.test(had) ? null : `add ${had}`;
  const not = /^(?:didn'?t|wouldn'?t|did not|would not) (?:always |every time )?(?:have|need) to (\w.{4,160})$/i.exec(
    text,
  )?.[1];
  return not === undefined ? null : `make it unnecessary to ${not}`;
}
