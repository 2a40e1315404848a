/** What a whole sentence says of being barred or of standing where it stood: `The portal is beyond me: it wants a login`. */
import { cued } from '../../cue/index.js';
import { aboutOf, stuck, type Said } from './status.js';
import { isPronoun, objectIn, subjectOf } from './things.js';

const CUE = cued(
  /\b(?:beyond|reach|closed|limits|decide|call|place|say|judge|permissions?|rights|access|role|token|account|settings|sandbox|nothing|unless|until|till|before|work out|come off|pan out|through|nowhere|anywhere|holding|keeping|wait|there|as it was|as they were|they were|it was|way)\b/i,
);

const BEYOND = cued(
  /^(?:and |but |so |sadly,? |only )?((?!(?:it|that|this|what|why|how|which)\b)[\p{L}\d].{1,60}?)\s+(?:is|are|lies?|stays?|remains?|was)\s+(?:(?:simply|still|just|also)\s+)*(?:beyond (?:me|my reach|my rights|what i (?:can|may|am allowed))|out of (?:my|our) (?:reach|hands)|(?:closed|shut|locked|off limits|inaccessible|not open|not accessible) (?:to|for) me|not something i (?:can|may|am allowed to) \w+|nothing i (?:can|may) \w+)/iu,
);
const NOT_MINE = cued(
  /\b(that|this|it|which|whether .{3,60}?|(?:the|that|this) (?:call|decision|choice|question|answer))(?:'s| is)(?:n't| not)\s+(?:really\s+)?(?:(?:for me|mine|my (?:call|decision|choice|place|job)|up to me)\b(?:\s+to\s+(?:decide|say|make|judge|choose|settle|answer|tell))?|something i (?:can|should|may|want to) (?:decide|judge|settle|choose))/i,
);
const ANOTHER_MATTER = cued(
  /^(?:and |but |only )?(.{2,50}?)\s+(?:is|are)\s+(?:an?other|a different|a separate|a trickier)\s+(?:matter|story|case|thing)\b/i,
);
const STANDS_THERE = cued(
  /\b((?:the|that|this|your|both|all)\s[\p{L}\d][\p{L}\d -]{1,40}?)\s+(?:is|are|stays?|remains?)\s+(?:still\s+)?(?:there|in place|untouched|as (?:it|they) (?:was|were)|where (?:it|they) (?:was|were)|alone)\b/iu,
);
const NOT_COVERED = cued(
  /\b(?:my|the|these|this session's|our|its)\s+(?:permissions?|rights|access|role|token|account|settings|sandbox|allow-?list|scopes?)(?:\s+(?:here|in here|there|in this session))?\s+(?:don't|doesn't|do not|does not|won't)\s+(?:cover|include|extend to|reach|stretch to|suffice for|allow(?: for)?|permit)\s+(.{2,80})/i,
);
const NOTHING_I_CAN = cued(
  /\bthere(?:'s| is)\s+(?:nothing|not (?:much|a thing)|little)\s+(?:(?:more|else|further|left)\s+)*(?:that\s+)?(?:i|we)\s+can\s+(?:do|try)\b(?:\s+(?:about|for|with|on)\s+(.{2,60}?))?(?=$|[.,;:!]|\s(?:until|unless|before|without|from|here)\b)/i,
);
const STAYS_UNLESS = cued(
  /\b(it|that|this|they|(?:the|all|your)\s.{2,50}?)(?:'ll|\s+will|\s+is going to)?\s+(?:stays?|remains?)(?:\s+(?:that way|so|like (?:that|this)|as (?:it|they) (?:is|are)|put|there|open|where (?:it|they) (?:is|are)))?\s+(?:unless|until|till)\s+((?:some(?:body|one)|you|they|he|she|an? (?:admin|owner|operator|human)|the [\p{L}-]+ team|\p{Lu}\p{Ll}+)\b.+)$/u,
);
const CAME_TO_NOTHING = cued(
  /^(?:and |but |only |sadly,? )?((?:the|a|an|our|your|its)\s.{2,50}?|\p{Lu}[\w-]+(?: [\w-]+){0,4}?)\s+(?:(?:did not|didn't|does not|doesn't|won't|will not)\s+(?:work out|come off|come about|pan out|get (?:anywhere|made|built|through)|go anywhere)|came to nothing|fell through|led nowhere|got nowhere)\b/iu,
);
const IS_BARRED = cued(
  /\b(?:no (?:way|means|access|network|internet|permission|rights)|can't|cannot|could not|couldn't|unable|not able|denied|refused|rejected|not allowed|missing|lack\w*|without|offline|unreachable)\b/i,
);
const HOLDING_BACK = cued(
  /\b(?:i(?:'m| am|'ll| will|'ve| have)?|we(?:'re| are|'ll| will)?)\s+(?:hold(?:ing)?|keep(?:ing)?|held|kept|leav(?:e|ing)|left)\s+((?:the|that|this|your|a|an|both|all)\s.{2,50}?|[A-Z][\w.-]+)\s+(?:back|off|out|open|unmerged|unpublished|on hold)\s+(?:until|till|for|before|pending|because)\s+(.{2,100})$/i,
);
const WAIT_WITH = cued(
  /\b(?:i(?:'m| am|'ll| will)?|we(?:'ll| will)?)\s+(?:wait(?:ing)?|hold(?:ing)? off)\s+(?:for|until|till)\s+(.{2,60}?)\s+(?:with|before i (?:do|touch|start|change))\s+([\p{L}\d][^,;.]{1,50})[.!]?$/iu,
);
const NO_MORE_UNTIL = cued(
  /\bthere(?:'s| is| are| will be|'ll be| can be)\s+no\s+([\p{L}-]+(?: [\p{L}-]+){0,3}?)\s+(?:until|till|before|unless)\s+(.{3,100})$/iu,
);
const PEOPLE = cued(
  /\b(?:you|your|he|she|they|their|legal|ops|security|infra|design|somebody|someone|team|guild|vendor|approv\w*|decid\w*|decision|sign\w*|okay|ok|go-?ahead|confirm\w*|review\w*|answer\w*|whoever|owner|admin|\p{Lu}\p{Ll}+)\b/u,
);

/** `To re-run it I need the old price list`. */
const TO_DO_IT = cued(
  /^(?:and |but |so )?(?:to|in order to|for me to|before i can) ([\p{L}-]+)((?: [\w.'/-]+){0,6}?),? (?:i|we)(?:'d| would|'ll| will)?(?: still| first| really| also)? (?:need|require|want|have to (?:have|see|know)|must (?:have|see|know))\s+(?!to\b)((?:the|an?|your|their|his|her|its|some|one|two|access|admin|write|read|somebody|someone|credentials|permission|more|either|which|whether|what)\b.{2,120})$/iu,
);
/** `the description is behind a login I don't have`, `there is nothing to go by until you send me the file`. */
const BEHIND = cued(
  /\bbehind (?:an?|the|your|their|its) (?:[\w-]+ )?(?:login|log-in|paywall|password|vpn|firewall|sign-?in|sso|portal|wall|account|nda|captcha) (?:that |which )?(?:i|we) (?:don't|do not|can't|cannot|have no|am not|may not|lack|haven't)\b|\b(?:until|till|unless|before) (?:you|they|he|she|some(?:body|one)|the [\p{L}-]+) (?:can |could )?(?:gets?|sends?|gives?|hands?|provides?|shows?|finds?|forwards?) (?:me|us) [^.;]{2,60}?,? (?:there(?:'s| is) nothing to (?:go by|go on|work with|build on|start from)|i(?:'m| am|'d be| would be) (?:only )?guessing)/iu,
);
const LEFT_FOR_NOW = cued(
  /^(?:and |but |so |therefore |(?:right|ok(?:ay)?|yes|noted),? )*(?:i|we)(?:'ve| have|'ll| will|'m| am)?(?: just| simply)? (?:left|leave|leaving|kept|keep|keeping|let|not touched|haven't touched)(?: .{2,40}?)?? (it|that|this|them|those|(?:the|that|this|your)\s.{2,40}?)(?: (?:alone|be|as (?:it|they) (?:is|are|was|were)|untouched|unchanged|in|on|out|off|there|in place|open|where (?:it|they) (?:is|are|was|were)))? (?:for (?:now|today|the (?:moment|time being))|so far|at the moment|until later)[.!]?$/i,
);

/** `April is untouched: …`: what has not been done, of which later sentences say why. */
function untouched(before: readonly string[]): string | null {
  for (const clause of before.slice(-4).reverse()) {
    const thing =
      /^(?:and |but |so |only )?([\p{L}\d][^,;:]{1,50}?) (?:is|are|stays?|remains?|was|were) (?:still )?(?:untouched|unchanged|not (?:done|touched|through|there)|undone|as (?:it|they) (?:is|are|was|were)|open|pending|missing|to come)\b/iu.exec(
        clause,
      )?.[1];
    if (thing !== undefined && !isPronoun(thing)) return thing;
  }
  return null;
}

/** What bars the way, where it takes the whole sentence to say of what. */
export function barredBy(sentence: string, before: readonly string[]): Said | null {
  const lacks = sentence.length > 600 ? null : TO_DO_IT.exec(sentence);
  if (lacks?.[1] !== undefined && lacks[3] !== undefined && !/^(?:to|you to)\b/i.test(lacks[3])) {
    const words = objectIn(lacks[2] ?? '') || 'it';
    const object = aboutOf((isPronoun(words) ? untouched(before) : null) ?? words, before);
    return stuck(object === null ? lacks[1] : `${lacks[1]} ${object}`, lacks[3]);
  }
  const behind = sentence.length > 600 ? null : BEHIND.exec(sentence);
  if (behind !== null) return stuck(aboutOf(subjectOf(sentence), before), behind[0]);
  if (!CUE.test(sentence) || sentence.length > 600) return null;
  const beyond = BEYOND.exec(sentence);
  if (beyond?.[1] !== undefined) return stuck(aboutOf(beyond[1], before), sentence.slice(beyond[0].length));
  const mine = NOT_MINE.exec(sentence);
  if (mine !== null) {
    const topic = before
      .slice(-10)
      .reverse()
      .map((clause) => ANOTHER_MATTER.exec(clause)?.[1])
      .find((one) => one !== undefined);
    const there = STANDS_THERE.exec(sentence)?.[1];
    return stuck(aboutOf(topic ?? there ?? 'it', before), 'a decision');
  }
  const covers = NOT_COVERED.exec(sentence);
  if (covers?.[1] !== undefined) return stuck(aboutOf(objectIn(covers[1]), before), covers[0]);
  const nothing = NOTHING_I_CAN.exec(sentence);
  if (nothing !== null && !/\bnothing\b.{0,40}\bto (?:do|add|fix)\b/i.test(nothing[0]))
    return stuck(nothing[1] === undefined ? null : aboutOf(nothing[1], before), sentence);
  const stays = STAYS_UNLESS.exec(sentence);
  if (stays?.[1] !== undefined) return stuck(isPronoun(stays[1]) ? null : aboutOf(stays[1], before), stays[2] ?? null);
  const gone = CAME_TO_NOTHING.exec(sentence);
  if (gone?.[1] !== undefined && !/\b(?:i|we)$/i.test(gone[1]))
    return IS_BARRED.test(sentence.slice(gone[0].length))
      ? stuck(aboutOf(gone[1], before), sentence.slice(gone[0].length))
      : { is: 'unfinished', about: aboutOf(gone[1], before), begun: true };
  return waitsFor(sentence, before);
}

function waitsFor(sentence: string, before: readonly string[]): Said | null {
  const holds = HOLDING_BACK.exec(sentence);
  if (holds?.[1] !== undefined) return stuck(aboutOf(holds[1], before), holds[2] ?? null);
  const wait = WAIT_WITH.exec(sentence);
  if (wait?.[2] !== undefined) return stuck(aboutOf(wait[2], before), wait[1] ?? null);
  const none = NO_MORE_UNTIL.exec(sentence);
  if (
    none?.[1] !== undefined &&
    PEOPLE.test(none[2] ?? '') &&
    !/^(?:way|point|need|reason|change|effect)\b/i.test(none[1])
  )
    return stuck(none[1], none[2] ?? null);
  return null;
}

const UNCHANGED = cued(
  /^(?:and |but |so |for today .{2,60}?, )?((?:the|your|our|all|both)\s.{2,50}?|\p{Lu}[\w.-]+(?: [\w.-]+){0,3})\s+(?:is|are)\s+(?:still\s+)?(?:(?:just |exactly )?as \p{L}+ as (?:it|they) (?:was|were)|what (?:it|they) (?:was|were)|the way (?:it|they) (?:was|were)|(?:completely |entirely |also )?untouched|in the state (?:it|they) (?:was|were) in)\b/iu,
);
const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const N_OF_M = cued(
  /^(?:so far,? |and |but )?(\d+|\p{L}+)\s+(?:out )?of (?:the |its |all |your |our )?(\d+|\p{L}+)\s+([\p{L}][\p{L} -]{1,40}?)\s+(?:is|are|have|has|were)\b/iu,
);
const AT_IT = cued(
  /(?:^|,\s|\band )(?:i'm|i am|we're|we are) (?:still |now |already )?(?:at|on) it(?: (?:now|already|right now))?[.!]?$/i,
);
const AMID_IT = cued(
  /\b(?:for|as for|on|about|regarding|with)\s+((?:the|that|this|your)\s[\p{L}\d .'-]{2,40}?),?\s+(?:i|we)\b.{1,200}\bi(?:'m| am)\s+(?:still |right |currently )?(?:in the (?:middle|midst) of|halfway through|half-way through|midway through|partway through)\b/iu,
);

const numberOf = (word: string): number => (/^\d+$/.test(word) ? Number(word) : NUMBERS.indexOf(word.toLowerCase()));

/** Begun and not through, or as it was. */
export function standsIn(clause: string, before: readonly string[]): Said | null {
  const bare = clause.trim();
  const same = UNCHANGED.exec(bare);
  if (same?.[1] !== undefined) return { is: 'unfinished', about: aboutOf(same[1], before), begun: false };
  const left = LEFT_FOR_NOW.exec(bare);
  if (left?.[1] !== undefined) return { is: 'unfinished', about: aboutOf(left[1], before), begun: false };
  const some = N_OF_M.exec(bare);
  if (some?.[1] !== undefined && some[2] !== undefined && some[3] !== undefined) {
    const [done, all] = [numberOf(some[1]), numberOf(some[2])];
    if (done >= 0 && all > done) return { is: 'unfinished', about: aboutOf(some[3], before), begun: true };
  }
  return AT_IT.test(bare) ? { is: 'unfinished', about: null, begun: true } : null;
}

/** `For the audit row I need …; I am in the middle of threading it through`: of what, stands at its head. */
export function amidIn(sentence: string, before: readonly string[]): Said | null {
  const amid = AMID_IT.exec(sentence.slice(0, 500));
  return amid?.[1] === undefined ? null : { is: 'unfinished', about: aboutOf(amid[1], before), begun: true };
}

const DONE_TOO = cued(
  /^(?:and |also |then )?((?:the|a|an|our|your|both|all)\s.{2,60}?|\p{Lu}[\w.-]+(?: [\w.-]+){0,3})\s+(?:(?:has|have|is|are)\s+)?(?:finished|completed|succeeded|went through|ran through|came through|got through)(?=$|[.!,;]|\s(?:in the meantime|meanwhile|as well|too|now|without|fine|cleanly|successfully|in \d|after|overnight)\b)/iu,
);
const NO_LONGER = cued(
  /^(?:and |also |then )?((?:the|our|your|both|all)\s.{2,60}?|[\p{Lu}\p{Ll}][\w.-]*(?: [\w.-]+){0,3})\s+(?:is|are)\s+no longer\s+(?:[\p{L}-]+(?:ed|n|t)|there|part of|in)\b/iu,
);

/** Other words for done: `the export finished as well`, `Node 16 is no longer built`. */
export function doneToo(clause: string, before: readonly string[]): Said | null {
  const hit = DONE_TOO.exec(clause.trim()) ?? NO_LONGER.exec(clause.trim());
  if (hit?.[1] === undefined || isPronoun(hit[1])) return null;
  if (/n't$|\bnot$/i.test(hit[1])) return null;
  const about = aboutOf(hit[1], before);
  return about === null ? null : { is: 'done', about };
}
