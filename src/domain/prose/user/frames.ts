/** Frames that people put around what they ask for, and what a short word in it means: taken away before a sentence is read. */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import { isAscii, withoutEnd } from './text.js';
import { VERBS } from './words.js';

const OPENING = String.raw`^(?:(?:hm+|ok|okay|but|so|and|well|oh|ah|yes|no|sure|meanwhile|in the meantime|for now)[,. ]+)*`;
const DOABLE = cued(
  new RegExp(
    OPENING +
      String.raw`(?:what|all|one thing|the (?:only|one|other|next|first|best) thing|something)(?: that)? (?:you|u|we) (?:can|could|should|need to|have to|must|might)(?: already| still| also)? (?:do|try|start with)(?: (?:now|meanwhile|in the meantime|already|next|first|instead|then|today|for me|here|until then|right now|though))*(?: is| are| would be|:)(?: to)?[:,]? (?=\w)`,
    'i',
  ),
);
const AFTER = cued(
  /^(?:and |then )?(?:after (?:that|this|it)|when (?:that|this|it|you)(?:'s| is|'re| are) (?:done|in|through|over|finished|merged|ready)|once (?:that|this|it)(?:'s| is) (?:done|in|through|over|finished|merged|ready)|when you're at it|while you(?:'re| are) (?:at it|there|in there)|in the same (?:go|breath|run|pr)),? (?=[a-z])/i,
);

/** `id rather show a chart`. */
const ID =
  /(^|[,;.(]\s?|\b(?:and|but|so|then|ok|okay|yes|also|well|though|because|honestly|actually)\s)id (?=(?:rather|like|love|prefer|much|really|say|want|also|be (?:happy|glad|grateful)|appreciate|expect)\b)/gi;
/** `debug: the worker isn't …`: only says that it is one. */
const FAULT_LEAD = cued(
  /^(?:(?:and|but|ok|so|also|hi|hey)[, ]+)*(?:(?:the|some|one|another|more|small|new|quick) )*(?:bad news|debug|bug ?report|defect|glitch|oddity|observation)(?: is)?: (?=\w+ \w+ \w)/i,
);
const NO_APOSTROPHE = cued(/\bid (?:rather|like|love|prefer|much|really|say|want|also|be|appreciate|expect)\b/i);

/** `I think we should …`, `as an editor I want to …`: who says it, or how sure they are. */
const OPINION = cued(
  /^(?:(?:and|but|so|ok|okay|also|well|hm+)[, ]+)*(?:(?:i|we) (?:(?:really|also|still|just|do) )*(?:think|believe|feel(?: like)?|guess|suggest|propose|reckon|suppose|figure)(?: that)? |(?:imo|imho|in my opinion|personally|from my side|to be honest|tbh),? )(?=(?:we|you) (?:should|must|need to|have to|ought to) |(?:the|our|all|each|every|both|there|guests|users|admins) .{0,50}?\b(?:should|must|needs? to|ha(?:s|ve) to|ought to) )/i,
);
const STORY = cued(
  /^as an? [\w-]+(?: [\w-]+){0,3}?,? (?=i (?:(?:would|also|really) )*(?:want|need|'d like|like|must|should|have to|can)\b)/i,
);
/** `because of the audit the panel must be …`: what for. */
const DUE_TO = cued(
  /^(?:because of|due to|given|considering|thanks to|after|following) (?:(?:the|our|this|that|all|today's|yesterday's|last \w+'s) )?(?:[\w'-]+ ){1,4}?(?=(?:the|our|all|every|each) [\w -]{2,40}? (?:should|must|needs? to|ha(?:s|ve) to)\b)/i,
);
/** `the client asked us to …`, `my boss wants us to …`. */
const ASKED_US = cued(
  /^(?:(?:and|but|so|ok|also)[, ]+)*(?:(?:the|our|my|a|one|some) )?(?:[\w-]+ )?(?:clients?|customers?|boss|manager|users?|team|lead|cto|ceo|po|product owner|qa|support|marketing|sales|legal|compliance|security|ops|finance|editors?|testers?|reviewers?|auditors?|everybody|everyone|they|people|design(?:ers?)?|[a-z]+) (?:(?:also|now|just|really|has|have|would) )*(?:asked|asks?|wants?|wanted|needs?|told|tells?|begged|(?:'d )?like) (?:us|me|you) to (?=[a-z])/i,
);
/** One of these stands in all of them. */
const FRAMED = cued(
  /\b(?:think|believe|feel|guess|suggest|propose|reckon|suppose|figure|imo|imho|opinion|personally|honest|tbh|my side) |^as an? |^(?:because of|due to|given|considering|thanks to|after|following) |\b(?:us|me|you) to |\bid (?:rather|like|love|prefer|much|really|say|want|also|be|appreciate|expect)\b|(?:bad news|debug|bug ?report|defect|glitch|oddity|observation)(?: is)?: |\b(?:you|u|we) (?:can|could|should|need|have|must|might) |after (?:that|this|it)|(?:when|once) (?:that|this|it|you)|while you|in the same|no (?:hurry|rush|urgency|pressure|need to)|urgent|pressing|important|low prio|whenever you/i,
);

/** `no hurry at all, but …`, `not urgent: …`: leads in what is asked for; how pressing it is, the whole sentence says. */
const CALM_LEAD = cued(
  /^(?:(?:and|so|also|hi|hey|ok)[, ]+)*(?:(?:this|that|it) is )?(?:there(?:'s| is) )?(?:(?:absolutely |really |really, )?no (?:hurry|rush|urgency|pressure|need to rush)|not (?:at all |very |really |that |so )?(?:urgent|pressing|important)|nothing urgent|low prio(?:rity)?|when(?:ever)? you (?:have|find|get) (?:some |a |the )?(?:time|minute|moment))[^,;:.?!]{0,20}(?:, but|,? but|:|, just|,| -| –| —) (?=\w)/i,
);

/** `what you can do now is add a test` → `add a test`; `after that drop the shim` → `then drop the shim`. */
export const plainly = (said: string): string => {
  if (!FRAMED.test(said)) return said;
  const text = NO_APOSTROPHE.test(said) ? said.replace(ID, "$1I'd ") : said;
  const lead = OPINION.exec(text) ?? STORY.exec(text) ?? DUE_TO.exec(text);
  if (lead !== null) return plainly(text.slice(lead[0].length));
  const asker = ASKED_US.exec(text);
  if (asker !== null) return `please ${text.slice(asker[0].length)}`;
  const calm = CALM_LEAD.exec(text);
  if (calm !== null) return text.slice(calm[0].length);
  const news = FAULT_LEAD.exec(text);
  if (news !== null) return text.slice(news[0].length);
  const doable = DOABLE.exec(text);
  if (doable !== null) return text.slice(doable[0].length);
  const after = AFTER.exec(text);
  return after === null ? text : `then ${text.slice(after[0].length)}`;
};

const NEXT_THING = cued(
  /^(?:(?:and|then|next|finally|lastly|after that|plus)[,: ]+)+(an? (?:[\w'./-]+ ){0,5}[\w'./-]+ (?:for|in|on|to|with|of|from) .{3,80})$/i,
);
const FINITE = cued(
  /\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|should|must|needs?|fails?|crash\w*|gets?|comes?|goes|happens?)\b/i,
);

/** `next an alert for the queue`, in a series of wishes: one more thing to be made. */
export const nextThing = (text: string): string | null => {
  const thing = text.length > 130 ? undefined : NEXT_THING.exec(text)?.[1]?.replace(/[\s.!;,]+$/, '');
  return thing === undefined || FINITE.test(thing) ? null : `Add ${thing}`;
};

const GETS = cued(
  /^(?:and |then |also |plus )*((?:the|every|each|all|our|new) [\w ./-]{2,40}?|members|users|customers|guests|admins|editors|visitors|subscribers|readers|people|everybody|everyone|teachers|pupils|students|patients|players|drivers|owners|authors|buyers|sellers) gets? ((?:an?|its own|some|another|two|three) [a-z].{3,100})$/i,
);
/** `and the gallery gets an example`, after something asked: to be added too. */
export const givenTo = (text: string): string | null => {
  const found = text.length > 180 ? null : GETS.exec(withoutEnd(text, '.!;,'));
  if (found?.[1] === undefined || found[2] === undefined) return null;
  return cued(
    /\b(?:errors?|timeouts?|exceptions?|warnings?|e?mails? twice|wrong|empty|blank|lot|bit|chance|moment|refus\w*|reject\w*)\b/i,
  ).test(found[2])
    ? null
    : `Add ${found[2]} to ${found[1].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`;
};

const AGAINST = cued(
  new RegExp(
    OPENING +
      String.raw`(?:[\p{L}'-]+(?: [\p{L}'-]+){0,4} )?(?:(?:just|has|have|had|finally|also|already) )*(?:talked (?:me|us) out of|decided against|voted against|vetoed|shot down|said no to|ruled out|changed (?:my|our|her|his|their) minds? (?:about|on)) (?:doing |having |using |building |adding )?((?:the|our|that|this|those|these|an?|any) [\w ./'-]{2,50}?|[\w./-]+)(?= (?:since|because|for|as|now|after|again|today|yesterday|so|and|in favou?r)\b|[,.;:!–—]|$)`,
    'iu',
  ),
);
/** `Ines talked me out of the leaderboard`, `we decided against the banner`: nobody wants it any more. */
export const droppedBy = (text: string): string | null => {
  const what = AGAINST.exec(text)?.[1];
  return what === undefined || /^(?:it|that|this|them|you|me)$/i.test(what)
    ? null
    : what.replace(/^(?:the|our|that|this|those|these|an?|any) /i, '');
};
/** What only says once more that it is taken back. */
export const AWAY_WITH_IT = cued(
  /^(?:(?:so|please|and|then|just|ok|yes)[, ]+)*(?:kill|drop|remove|scrap|axe|delete|forget|cut|lose|skip|bin|leave) (?:it|that|this|them|those|that one)(?: out| please| then| again| from the (?:list|plan))*[.! ]*$/i,
);

/** `forget it for tonight`: it is wanted, at another time. */
export const NOT_NOW = cued(
  /^(?:(?:ok|okay|well|so|then|hm+|ah|oh|sorry|sry|no|let'?s|just|please)[, ]+)*(?:forget|skip|leave|drop) (?:it|that|this|about it)(?: alone)? (?:for (?:now|today|tonight|the (?:moment|day|night|weekend|time being)|this (?:week|sprint))|until (?:tomorrow|monday|later)|till (?:tomorrow|monday|later))\b/i,
);

const WHEN_DONE = cued(
  /^(?:(?:wait|ok|okay|no|hm+|then|please|yes|but|so|and|sure|fine)[,. ]+)*(?:do|run|apply|start|deploy|merge|push|try|go ahead with|execute|trigger|ship|launch|send|publish|delete) (?:it|that|this|them|so)(?: then| again| only| please)*,? (?:only )?(?:when|once|after|as soon as|not before) ((?!you\b|there\b|possible\b|convenient\b|i say\b)[\w './-]{2,60}? (?:is|are|has|have|was|were|gets?|says?|answers?|signs?|replies|confirms?|agrees?|approves?|finishes|ends)\b.{0,60})$/i,
);
/** `do it when the backup is through`: what it waits for. */
export const waitsFor = (text: string): string | null =>
  text.length > 180 ? null : (WHEN_DONE.exec(text)?.[1]?.replace(/[\s.,;!]+$/, '') ?? null);

/** `brown-out or software?`: asks which of two it was, and for nothing else. */
export const isEitherOr = (text: string): boolean =>
  text.length < 90 &&
  text.endsWith('?') &&
  /^[\w-]+(?: [\w-]+){0,4},? or [\w-]+(?: [\w-]+){0,4}\s*\?+$/.test(text) &&
  !FINITE.test(text);

const DONE_WORDS = cued(
  /^(?:(?:ok|okay|k|kk|yes|yep|all|both|just|already|now|and|so)[,. ]+)*([a-z]+(?:ed|t|n|d|ne|wn))((?: (?:over|in|out|up|off|back|away))?)(?:(?:,| and| &|, and)+ ([a-z]+(?:ed|t|n|d|ne|wn))(?: (?:over|in|out|up|off|back|away))?)?(?: (?:now|already|just now|this morning|today|yesterday|it|them|that|everything|both|all))*\W*$/iu,
);
/** `handed over and wiped`: which kinds of work are said to be done. */
export function deedsIn(text: string): readonly string[] {
  const found =
    text.length > 80
      ? null
      : DONE_WORDS.exec(isAscii(text) ? text : text.replace(/\p{Extended_Pictographic}|\u{fe0f}/gu, ''));
  if (found === null) return [];
  const bases = [found[1] ?? '', ...(found[3] === undefined ? [] : [found[3]])].map((word) =>
    isParticiple(word) ? baseForm(word) : null,
  );
  return bases.every((base) => base !== null && VERBS.has(base)) ? bases.flatMap((base) => base ?? []) : [];
}

const TOPICAL = cued(/^(?:and |but )?((?:the )?[\w][\w ./-]{1,30}?):\s+(.{3,240})$/i);
const PRAISED = cued(
  /^(?:it )?(?:lovely|good|great|perfect|nice|fine|works?(?: now)?|done|ok(?:ay)?|looks? (?:good|great|fine)|all good|solved|fixed|much better|beautiful|👍|✅)(?: now| thanks| again)*[.!, ]*$/iu,
);
/** `search: lovely`, `queue: 212 lines were gone again`: how each thing turned out. */
export function outcomeIn(
  text: string,
  isBroken: (text: string) => boolean,
): { readonly is: 'done' | 'broken'; readonly about: string } | null {
  if (!text.includes(':')) return null;
  const [, about = '', rest = ''] = TOPICAL.exec(text) ?? [];
  if (about === '' || (about.includes(' ') && VERBS.has((about.split(' ', 1)[0] ?? '').toLowerCase()))) return null;
  if (PRAISED.test(rest)) return { is: 'done', about };
  return isBroken(rest.toLowerCase()) ? { is: 'broken', about } : null;
}

const QUOTING = cued(
  /\b(?:(?:says?|said|wrote|writes|commented|comments?|found|noted|adds?|added|complains?|answered|replied|reports?|reported|feedback|review|remarks?|look)\b[^":“]{0,30}): ?["“]((?:[^\s"”]+\s+){3}.*)$/is,
);
/** What another is quoted with after a colon, up to the end of the sentence or of the quotation. */
export const quotedIn = (text: string): string | null => QUOTING.exec(text)?.[1] ?? null;
