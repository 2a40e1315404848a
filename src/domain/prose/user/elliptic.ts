/** Requests without a verb: `migration yes please`, `prod on Monday`, `logo too`, `if not then please`, `…, then admin`. */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import type { UserAct } from '../model.js';
import { straight, withoutEnd } from './text.js';
import { VERBS } from './words.js';

const spoken = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
const NO_NOUN = cued(
  /^(?:i|we|you|it|that|this|they|he|she|there|what|which|who|how|why|when|where|if|not|no|yes|and|but|so|is|are|was|do|does|did|can|could|would|should|me|us|them|all|everything|nothing|something|anything|here|now|then|maybe|perhaps|just|very|too|also|still|one|both|please|thanks|sure|ok|okay|well|oh|my|your|good|great|fine|nice|same|in|on|at|to|from|for|with|of|as|by)\b/i,
);
const THING = String.raw`((?:the|a|an|that|this|those|these|your) [\w][\w ./'"-]{1,40}?|[\w][\w./'"-]*(?: [\w./'"-]+){0,3}?)`;
const VERDICT = cued(
  new RegExp(
    String.raw`^(?:(?:and|but|ok|okay|so|then|morning|hi|hey|thanks|great)[,!. ]+)*${THING}(?::|,|\s[-–—])?\s+(yes|yep|yeah|no|nope|not now|not yet|later|yes please|please do|no thanks|no need|never|please|skip)(?:,? (?:please|thanks|for now|then|thank you))*[.! ]*$`,
    'i',
  ),
);
const SOUNDS = cued(
  new RegExp(
    String.raw`^(?:(?:and|but|ok|okay|so|oh|hm+|yes|yeah)[,!. ]+)*${THING} (?:(?:would|sounds?|looks?|seems?|is|are|'?d)(?: (?:be|like|very|really|quite|pretty|so|actually|definitely|a|an))*) (useful|good|great|nice|handy|helpful|lovely|perfect|better|best|awesome|worth (?:it|having|doing)|good idea|great idea|nice to have|fine|sensible|reasonable|right)(?: (?:to me|to have|idea|then|enough))*[.! ]*$`,
    'i',
  ),
);
const CHOICE = cued(
  /^(?:(?:ok|okay|then|so|yes|hm+|well|sure)[,. ]+)*(?:(?:go|let'?s go|i'?d go|i would go|we go|go ahead) (?:with|for)|(?:let'?s )?take|i (?:like|prefer|want|choose|vote for)|i'?d (?:like|prefer|take|pick)|i'?ll take|my vote is|rather) (?!me\b|care|time|into|your|a look)(?:the )?([\w][\w ./'"-]{1,50}?)(?: (?:please|then|idea|option|one|variant|version|approach))*[.! ]*$/i,
);
const TO_AND_NO = cued(
  /^(yes|yeah|ok|no|not|just|only) (?:to |for )?(?:the )([\w][\w ./'"-]{1,40}?)(?: (?:please|then))?[.! ]*$/i,
);

const baseNoun = (thing: string): string => {
  const bare = thing.replace(/^(?:the|a|an|that|this|those|these|your) /i, '').trim();
  return baseForm(bare) ?? bare;
};

/** Yes and no to one of the things that were offered: `the column sounds useful`, `archiving no`. */
export function verdictIn(clause: string): UserAct | null {
  const text = withoutEnd(straight(clause), ',;');
  if (text.length < 5 || text.length > 90) return null;
  const quote = spoken(clause);
  const two = TO_AND_NO.exec(text);
  if (two?.[2] !== undefined)
    return { is: /^no/i.test(two[1] ?? '') ? 'decline' : 'accept', about: baseNoun(two[2]), quote };
  const verdict = VERDICT.exec(text);
  if (verdict?.[1] !== undefined && !NO_NOUN.test(verdict[1]) && !/^(?:yes|please)$/i.test(verdict[1])) {
    const no = /^(?:no|nope|not|never|skip|later)/i.test(verdict[2] ?? '');
    if (/^later|not now|not yet/i.test(verdict[2] ?? '')) return { is: 'decline', about: baseNoun(verdict[1]), quote };
    return { is: no ? 'decline' : 'accept', about: baseNoun(verdict[1]), quote };
  }
  const sounds = SOUNDS.exec(text);
  if (sounds?.[1] !== undefined && !NO_NOUN.test(sounds[1])) return { is: 'accept', about: baseNoun(sounds[1]), quote };
  const choice = CHOICE.exec(text);
  if (
    choice?.[1] !== undefined &&
    /\brather \w/i.test(text) &&
    VERBS.has((choice[1].split(' ', 1)[0] ?? '').toLowerCase())
  )
    return null;
  if (choice?.[1] !== undefined && !/^(?:it|that|this|them|one|both|all)$/i.test(choice[1]))
    return { is: 'accept', about: baseNoun(choice[1]), quote };
  return null;
}

const WHEN = cued(
  new RegExp(
    String.raw`^(?:(?:and|but|yes|ok|then|so)[, ]+)*(?:the )?([\w][\w .-]{1,30}?) (?:(?:only|then|not before|goes|goes live|is|comes) )?((?:on |next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?: \w+)?|tomorrow(?: \w+)?|next (?:week|month|sprint)|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|after .{3,40})[.! ]*$`,
    'i',
  ),
);
const STAGE = cued(/^(?:prod|production|live|staging|stage|test|qa|beta|canary|eu|us|the rest|main|master)$/i);

/** `prod on Monday`: what is next is put off to a day. Only stages, and what was talked of. */
export function datedIn(clause: string, topics: readonly string[]): string | null {
  const text = withoutEnd(clause, ',;');
  if (text.length > 80) return null;
  const found = WHEN.exec(text);
  const [, what = '', when = ''] = found ?? [];
  if (found === null || NO_NOUN.test(what)) return null;
  const words = what.toLowerCase();
  if (STAGE.test(what)) return `Roll out to ${/^prod$/i.test(what) ? 'production' : what} ${when}`;
  const isTopic = what.split(' ').length < 4 && topics.some((topic) => topic.toLowerCase().includes(words));
  return isTopic ? `${what} ${when}` : null;
}

const TOO = cued(
  /^(?:(?:and|also|oh|ok|plus|then)[, ]+)*(?:maybe )?((?:the|our|all|that) [\w][\w ./-]{1,40}?|[\w][\w./-]{2,20}(?: [\w./-]+)?),? (?:too|as well|also)(?:,? (?:please|pls|then|thanks))*[.! ]*$/i,
);
const SAME = cued(
  /^(?:(?:and|also|oh|ok|then|now|next|great|please|do)[, ]+)*(?:the )?same(?: (?:thing|treatment|again|change|fix|procedure|please|goes|applies|holds|is true))*,? (?:for|on|in|with|to|at) ((?:the|our|all|my|every|each) .{2,60}?|[\w./-]+)(?:,? (?:please|pls|too|as well|then|thanks))*[.! ]*$/i,
);

/** One of these stands in both. */
const LIKEWISE = cued(/\b(?:too|as well|also|same)\b/i);

/** `logo too`, `same for the tablet view`: what was asked last is asked of another thing. */
export function likewiseIn(clause: string): string | null {
  if (!LIKEWISE.test(clause)) return null;
  const text = withoutEnd(clause, ',;');
  if (text.length > 80) return null;
  const thing = TOO.exec(text)?.[1] ?? SAME.exec(text)?.[1];
  if (thing === undefined || NO_NOUN.test(thing)) return null;
  if (
    /\b(?:is|are|was|were|works?|has|have|had|does|did|do|looks?|fails?|said|says|think|me|you|here|there|ought|should|must|can|could|would|will|may|needs?|my|dot|nose)\b/i.test(
      thing,
    )
  )
    return null;
  return `Do the same for ${thing}`;
}

const DID = cued(
  /^(?:(?:and|but|ok|so|wait|hm+|oh)[, ]+)*(?:did|have|do) you (?:(?:also|already|even|actually|ever|by any chance|remember to|think to) )*([a-z-]+) (.{2,120})$/i,
);
const IS = cued(
  /^(?:(?:and|but|ok|so|wait|hm+|oh)[, ]+)*(?:is|are|was|were|has|have) ((?:the|our|all|this|that|these|those|my) .{2,50}?) (?:(?:also|already|been|now|actually|properly) )*([a-z-]+(?:ed|en|t|ne|wn|de))((?: .{1,60})?)$/i,
);
const DOES = cued(
  /^(?:(?:and|but|ok|so|wait|hm+|oh)[, ]+)*(?:does|do|can|will) ((?:the|our|all|this|that|these|those|it) ?.{0,50}?) ([a-z-]+ .{2,80})$/i,
);
const THERE = cued(/^(?:(?:and|but|ok|so)[, ]+)*(?:is|are) there (?:already |any )*((?:an? )?.{3,90})$/i);

/** What is wanted if the answer to a question is no: `did you bump the lockfile? if not please do`. */
export function ifNotIn(question: string): string | null {
  const text = question.replace(/[\s?!.]+$/, '').replace(/,? (?:too|as well|already|by now|yet)$/i, '');
  if (text.length > 160) return null;
  const did = DID.exec(text);
  if (did !== null) {
    const [, verb = '', rest = ''] = did;
    if (/^(?:see|know|think|mean|like|want|need|have|get|notice|read|hear|find|understand)$/i.test(verb)) return null;
    return `${baseForm(verb) ?? verb} ${rest}`;
  }
  const there = THERE.exec(text)?.[1];
  if (there !== undefined) return `Add ${there}`;
  const is = IS.exec(text);
  if (is !== null && isParticiple(is[2] ?? '')) return `${baseForm(is[2] ?? '') ?? ''} ${is[1] ?? ''}${is[3] ?? ''}`;
  const does = DOES.exec(text);
  return does === null || /^(?:it|that|this)$/i.test(does[1] ?? '') ? null : `Make ${does[1] ?? ''} ${does[2] ?? ''}`;
}

/** `if not then please`, `otherwise do`: the rest of the sentence when it names nothing. */
export const IF_NOT = cued(
  /^(?:(?:and|but|ok|so)[, ]+)*(?:if not|if no|otherwise|if (?:it|you|they|there|that)(?: (?:is|are|has|have|does|do|did))?(?:n'?t| not)|should (?:it|you|they|there) not)(?: be)?\b[,:–—-]*(?: then)?,? ?(?:can you |could you |would you )?(?:please |pls |just |also |then )*(?:(?:please|pls|do(?: (?:it|so|that))?|fix (?:it|that|this)|make (?:it|them)|add (?:some|one|it|them|that|those)|change (?:it|that)|update (?:it|them)|let(?:'s| us) (?:do|add|fix) (?:it|that|so)|go ahead|do it)(?: (?:now|too|please|as well|then))*)?[.!? ]*$/i,
);

const THEN = cued(
  /(?:,? (?:(?:and )?then|afterwards?|and after that|after that|followed by|and finally|and next|and later)|, next) ((?:the |our |all )?[\w][\w ./-]{1,40}?)$/i,
);

/** `move shop to the new gateway, then admin`: the second thing takes the place of the first. */
export function chainOf(imperative: string): readonly string[] {
  const parts: string[] = [];
  let rest = imperative.replace(/[\s,;.!]+$/, '');
  for (let rounds = 0; rounds < 5; rounds += 1) {
    const found = THEN.exec(rest);
    const thing = found?.[1];
    if (
      found === null ||
      thing === undefined ||
      /^(?:it|that|this|them|we|i|you|the rest|stop|back|again|continue)\b/i.test(thing)
    )
      break;
    if (/\b(?:is|are|will|can|should|has|have|not)\b/i.test(thing)) break;
    // `and then plot gain over frequency`: another deed.
    const [first = '', second = ''] = thing.toLowerCase().split(' ');
    if (second !== '' && VERBS.has(first)) break;
    parts.unshift(thing);
    rest = rest.slice(0, found.index);
  }
  if (parts.length === 0) return [imperative];
  const [verb = ''] = /^\S+(?: (?:up|down|out|off|over|back|in))?/.exec(rest) ?? [];
  const where = / (?:to|into|onto|from|in|on|for|with|by|as|at|under) .*$/i.exec(rest.slice(verb.length));
  return [
    rest,
    ...parts.map((thing) =>
      / (?:to|into|onto|from|with|as) /i.test(thing) ? `${verb} ${thing}` : `${verb} ${thing}${where?.[0] ?? ''}`,
    ),
  ];
}
