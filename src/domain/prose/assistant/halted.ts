/** Other ways to say that it cannot go on: refused, locked out, given up, waiting for what comes from outside. */
import { cued } from '../../cue/index.js';
import { aboutOf, stuck, type Said, type Spoken } from './status.js';
import { isUse } from './uses.js';
import { isPronoun, objectIn, subjectOf, trimmed, unled } from './things.js';

/** One of these is in whatever the patterns below find. */
const CUE = cued(
  /not |n't|no |expired|archived|read-only|impossible|wall|closer|defeats|hands|court|open|network|cause|word|allowed|permi|authori|entitled|luck|success|stuck|until|till|pass\b|give|giving|gave|ideas|beyond|as far as|reject|refus|denied|block|protect|forbid|needs?|wants?|asks?|requir|expect|don't have|wait|nothing|stand|rest|before|without|hold|invent|guess|call|tried|loss|lives|your|can't be|cannot be|couldn't be|could not be|has to|have to|must/i,
);

const NOT_PERMITTED = cued(
  /^(.{0,60}?)\b(?:is|are|am|was|'m|'s|isn't|aren't|wasn't)\s*(?:not |never )?(?:allowed|permitted|authori[sz]ed|entitled)\s+to\s+(?:\w+ly\s+)?([\p{L}-]+)\s*(.*)$/iu,
);
const ACCESS_DENIED = cued(/^(?:and |but |so )?(?:access|permission) (?:was |is |got )?(?:denied|refused)\b/i);
const MAY_NOT = cued(
  /^(?:but |and |so )?((?:this|that|the|my|our) (?:[\w-]+ )?(?:account|user|role|token|session|key|login|bot|identity)(?: [`'"]?[\w.-]+[`'"]?)?|i)\s+(?:may not|mustn't|must not|can't|cannot|has no (?:rights?|permission) to|lacks (?:the )?(?:rights?|permission)s? to|have no (?:rights?|permission) to|don't have the rights? to)\s+([\p{L}-]+)\s+(.*)$/iu,
);
const NO_LUCK = cued(
  /^(?:but |and |still |sadly,? |unfortunately,? )?no (?:luck|joy|success|dice)\b(?:\s+(?:with|on|for|in)\s+(.{3,80}?))?(?=$|[:;,.—-])/i,
);
const NOT_ON = cued(
  /\b(?:i|we)(?: really)? (?:can't|cannot|can not|couldn't|could not|am not able to|won't|will not)\s+(?:go on|continue|proceed|get (?:any )?(?:further|past)|move on|finish|carry on|go (?:any )?further|do (?:any )?more|say more|start|begin)\b\s*(?:(?:on|with|at|in)\s+(.{2,60}?))?(?=$|[.,;:]|\s+(?:before|until|till|without|unless|as long|because|since|from|here|while|for as))/i,
);
const NOTHING_TO = cued(
  /\b(?:until then|before that|without (?:it|that|them|this)|till then|as long as that|for now|from here)?,?\s*there(?:'s| is| isn't| is not)\s+(?:nothing|no (?:way|point in|sense in)|not much|nothing (?:left|more|else))\s+(?:(?:i|we) can |for me |left )?(?:to\s+)?([\p{L}-]+)\b\s*(.*)$/iu,
);
const UNTIL_THEN = cued(/\b(?:until then|till then|before that|without|from here|as long as)\b/i);
const STUCK_I = cued(
  /\b(?:i|we)(?:'m| am|'re| are)\s+(?:\w+ )?(?:stuck|blocked|at a loss|locked out|out of (?:\w+ )?(?:ideas|options|my depth))\b\s*(.*)$/i,
);
const GIVE_UP = cued(
  /\b(?:(?:i|we)(?:'m| am|'ve| have|'ll| will)?\s+(?:(?:now|just|therefore|have to|must|had to|going to|afraid i have to)\s+)*(?:give up|giving up|gave up|given up|pass(?=$|[.,;:—]| on\b| here\b)|admit defeat|throw in|run out of ideas|ran out of ideas|stop here|leave it at that)\b|nothing i(?:'ve| have)? (?:tried|did|could think of)\b|none of (?:my|the) attempts\b|(?:i(?:'ve| have)? )tried (?:everything|all|what|whatever) i (?:could|can|know)|(?:is|was|lies) (?:beyond|out of) (?:what i can|my (?:reach|means|hands))|(?:that's|this is|that is) as far as i (?:can|could) (?:get|go)|(?:that's|this is) (?:all|as much as) i can do)(?:\s+(?:on|with|here)\b)?\s*(.*)$/i,
);
const REFUSED_IT = cued(
  /^(?:but |and |so )?((?:the|your|our|this|that) [\w -]{2,50}?|\p{Lu}[\w.-]+)\s+(?:was|were|is|are|got|gets|has been|keeps? being)\s+(?:still |again |just |always )?(rejected|refused|denied|blocked|forbidden|turned down|declined|locked|protected|read-only|disabled for me|expired|revoked|unreachable|not reachable)\b(.*)$/iu,
);
const REFUSES = cued(
  /^(?:but |and |so )?((?:the|your|our|a|this) [\w -]{2,40}?|\p{Lu}[\w.-]+)\s+(?:blocks|blocked|rejects|rejected|refuses|refused|denies|denied|won't let me|will not let me|doesn't let me|does not let me|didn't let me|wouldn't let me|forbids|locks me out|turns me away)\s*(.*)$/iu,
);
const SECRET = String.raw`(?:tokens?|passwords?|logins?|credentials?|keys?|2fa|second factor|otp|account|licen[cs]e|certificate|secret|passphrase|pin|card|vpn|admin rights|permissions?|approval|sign-?off|signature)`;
const NEEDS_SECRET = cued(
  new RegExp(
    String.raw`^(.{2,70}?)\s+(?:needs?|wants?|requires?|asks?(?: me)? for|expects?|takes?|insists on)\s+(?:(?:the|an?|your|his|her|some|another|my|that|its)\s+)?(?:[\w.'-]+\s+){0,3}${SECRET}\b(.*)$`,
    'i',
  ),
);
const NOT_MINE = cued(
  /\b(?:(?:that |which )?(?:i|we) (?:don't|do not|didn't) have|(?:i|we) have(?:n't| no)|only (?:you|lives?|exists?)|in your|is yours|isn't (?:here|available)|not (?:here|available|mine)|nobody|only .{2,30} has|i'm not given|here\b)/i,
);
const SO_NOT = cued(
  /\bso (?:the |that |no |nothing|none|your |\d)?(.{0,60}?)\s*(?:\b(?:was|were|is|are|has|have|had|could|can)(?:n't| not)?)\s+(?:yet |been |be |still )?([\p{L}-]+(?:ed|n|t)|where (?:it|they) (?:was|were)|not .{2,30})\b/iu,
);
const REASON = cued(
  /\bno (?:network|internet|connection|display|device)\b|\b(?:archived|read-only)\b|(?:isn't|is not) (?:configured|installed|available|set up)|does(?:n't| not) accept|you (?:denied|declined|rejected)|\b(?:refused|rejected|denied|forbidden|40[13]|protected|locked|expired|vault|keyring|keychain|password|vpn|unreachable|not reachable|doesn't (?:resolve|answer|respond)|does not (?:resolve|answer|respond)|timed out|no account|no access|permission|credentials?|not allowed|isn't allowed|licen[cs]e)\b/i,
);
const STANDS = cued(
  /^(?:and |but |so |then )*(.{2,70}?)\s+(?:stands? still|rests?|sleeps?|lies? (?:still|idle)|is (?:parked|frozen|on ice|on hold|paused)|has to wait|have to wait|must wait|will (?:have to )?wait|needs to wait|waits?|is waiting|are waiting|cannot start|can't start|can't be \w+|cannot be \w+|hangs on|comes to a halt)\s+(?:until|till|for|before|on|without|as long as)\s+(.+)$/i,
);
const ON_HOLD = cued(
  /^(?:and |but |so )?(?:on hold|blocked|paused|parked|waiting|stuck|frozen)\s+(?:by|on|for|until|till|because of|pending|without)\s+(.+)$/i,
);
const HOLD_OFF = cued(
  /\b(?:i(?:'ll| will|'m| am)?|we(?:'ll| will)?)\s+(?:hold(?:ing)? off|wait(?:ing)?|hold(?:ing)? back|keep(?:ing)? off)\s+(?:on|with)\s+(.{2,70}?)\s+(?:until|till|for|before)\s+(.+)$/i,
);
const SOMEBODY_SAYS = cued(
  /\b(?:some(?:body|one)|you|they|whoever|the owner|the (?:team|author)|\p{Lu}\p{Ll}+)\b(?:\s+(?:who|with|from) .{2,50}?)?\s+(?:(?:first|still|will|would|'ll|'d)\s+)*(?:has|have|needs?|must|ought) (?:to )?(?:first )?(say|decide|tell|choose|pick|clarify|confirm|settle|answer|rule)\b\s*(.*)$/u,
);
const GUESSING = cued(
  /\b(?:i(?:'d| would)|it(?:'d| would)|that(?:'d| would))\s+(?:only |just |merely )?be (?:inventing|guessing|making (?:it|things|them) up|a guess)\b/i,
);
const NEED_TO_GO_ON = cued(
  /\b(?:i|we)(?:'ll|'d| will| would| still)?\s+need\s+(?!to\b).{2,70}?\s+to\s+(?:go on|continue|proceed|finish|get (?:any )?further|carry on|start)\b\s*(?:with|on|at)?\s*(.*)$/i,
);
const WAITING_I = cued(
  /^(?:and |but |so |now )?(?:i(?:'m| am)|we(?:'re| are)) (?:still |now )?(?:waiting|on hold) (?:for|on|until)\s+(.+)$/i,
);
const WITHOUT_NO = cued(
  /^(?:and |but )?without\s+(.{2,60}?),?\s+(?:there(?:'s| is) no (?:way|point|chance)(?: to| in| of)?|(?:i|we) (?:can't|cannot|could not|couldn't))\s+([\p{L}-]+)\s*(.*)$/iu,
);
const YOUR_CALL = cued(/^(?:so |but |and )?(?:that's |this is |it's )?your (?:call|decision|choice)\b/i);

/** Programs and what runs by itself: these are waited for a moment only. */
const PROGRAM =
  /^(?:the |a |an |all |its |their )?(?:[\w-]+ )?(?:tests?|build|command|job|server|output|results?|agents?|container|install\w*|download|ci|pipeline|process|deploy\w*|lock|thread|requests?|response|database|page|event|queue|next (?:login|run|start|boot|time)|login|restart|reload|reboot)\b/i;
const SELF = cued(
  /\b(?:thread|queue|worker|process|event loop|request|promise|lock|mutex|connection|socket|client|server|container|pod|service|script|loop|button|handler|goroutine|caller)s?$/i,
);
const IS_PAST_STORY = cued(/\b(?:earlier|previously|at first|last time|back then|used to)\b/i);
/** What was refused at first and then worked. */
const THEN_WORKED = cued(
  /\b(?:so|then|and|but)\s+(?:now |then )?(?:i|it|that)(?:'ve| have)?\s+(?!(?:can|could|have no|don't|didn't|wasn't|isn't)\b)(?:re-?\w+|used|added|switched|rebased|moved|changed|passed|works?|went|made|pulled|raised|ran)\b/i,
);

/** `either`, `both`: all that was asked for. */
const ALL = cued(/\b(either|neither|both|all of them|none of them|any of (?:them|it))\b/i);

const named = (words: string | undefined, before: readonly string[]): string | null => {
  const bare = trimmed(words ?? '');
  if (bare === '' || /^(?:i|we|you|here|from here|this one|that one|this|that|it|there)$/i.test(bare)) return null;
  return ALL.test(bare) ? bare : aboutOf(bare, before);
};

const deedOf = (verb: string, rest: string, before: readonly string[]): string | null => {
  const object = objectIn(rest);
  if (/^(?:on|in|to|from|at|into)\s/i.test(object)) return `${verb} ${object}`;
  const thing = object === '' || isPronoun(object) ? named('it', before) : aboutOf(object, before);
  return thing === null ? verb : `${verb} ${thing}`;
};

/** Cannot go on, as far as one clause says it. */
export function haltedIn({ text, before }: Spoken): Said | null {
  if (!CUE.test(text)) return null;
  const bare = text.trim();
  const said = refused(bare, before) ?? givenUp(bare, before) ?? walled(bare, before) ?? awaiting(bare, before);
  return said === null || IS_PAST_STORY.test(text) ? null : said;
}

function refused(bare: string, before: readonly string[]): Said | null {
  if (ACCESS_DENIED.test(bare)) return stuck(null, bare);
  const permitted = NOT_PERMITTED.exec(bare);
  if (
    permitted?.[2] !== undefined &&
    /\bnot\b|n't|never/.test(permitted[0].slice(0, (permitted[1] ?? '').length + 12)) &&
    !/\b(?:users?|clients?|callers?|customers?|guests?|you|they|one|nobody)\s*$/i.test(permitted[1] ?? '')
  ) {
    const last = before.at(-1) ?? '';
    const all = ALL.exec(last)?.[0];
    return stuck(all ?? deedOf(permitted[2], permitted[3] ?? '', before), bare);
  }
  const may = MAY_NOT.exec(bare);
  if (may?.[2] !== undefined && (!/^i$/i.test(may[1] ?? '') || /\b(?:may not|rights?|permission)\b/i.test(bare))) {
    const all = ALL.exec(before.at(-1) ?? '')?.[0];
    return stuck(all ?? deedOf(may[2], may[3] ?? '', before), bare);
  }
  const was = REFUSED_IT.exec(bare);
  if (
    was?.[1] !== undefined &&
    !THEN_WORKED.test(was[3] ?? '') &&
    !/^\s*(?:if|when|unless|whenever|because|as soon)\b/i.test(was[3] ?? '') &&
    !/\b(?:requests?|messages?|values?|inputs?|button|rows?|calls?|emails?|events?)$/i.test(was[1])
  )
    return /^(?:rejected|refused|denied|blocked|declined|turned down|forbidden)$/i.test(was[2] ?? '')
      ? stuck(named(was[1], before), bare)
      : null;
  const refuses = REFUSES.exec(bare);
  if (
    refuses?.[1] !== undefined &&
    !THEN_WORKED.test(refuses[2] ?? '') &&
    (/\blet me\b|\bme\b/i.test(refuses[0]) ||
      cued(
        /\b(?:hook|policy|rule|sandbox|firewall|registry|remote|server|branch protection|portal|proxy|gateway|host|api|guard)$/i,
      ).test(refuses[1])) &&
    /^(?:the |my |your |this |that |it\b|us\b|me\b|both|either)/i.test(refuses[2] ?? '') &&
    !/\brequests?|values?|inputs?\b/i.test(refuses[2] ?? '')
  )
    return stuck(named(objectIn((refuses[2] ?? '').replace(/^(?:me|us)\s+/i, '')), before), bare);
  return null;
}

function givenUp(bare: string, before: readonly string[]): Said | null {
  const luck = NO_LUCK.exec(bare);
  if (luck !== null) return stuck(named(luck[1], before), null);
  const self = STUCK_I.exec(bare);
  if (self !== null) return stuck(null, (self[1] ?? '').replace(/^(?:until|on|with|without)\s+/i, ''));
  const up = GIVE_UP.exec(bare);
  if (up !== null && !/\b(?:if|would|could)\b/i.test(bare.slice(0, 30))) {
    const rest = objectIn(up[1] ?? '');
    return stuck(
      /^(?:it|this|that|the|here)$/i.test(rest)
        ? null
        : named(rest.replace(/^(?:makes?|helps?|gets?|fixes)\s+/i, ''), before),
      null,
    );
  }
  if (GUESSING.test(bare)) return stuck(null, 'a decision');
  if (YOUR_CALL.test(bare)) return stuck(null, 'a decision');
  return null;
}

const WALL = cued(
  /\b(?:(?:i(?:'ve| have)?|we(?:'ve| have)?) (?:hit|reached|ran into|run into) (?:a wall|a dead end|the limit|my limits?)|(?:i'm|i am|we're|we are) (?:no|not any) (?:closer|further|wiser)|(?:defeats|beats|stumps|escapes) me|(?:i|we) (?:don't|do not|can't|cannot|couldn't|could not) (?:see|know|think of|find|come up with) (?:a|any|another|the|of a|of any) (?:\w+ )?(?:way|cause|reason|solution|fix|idea)|(?:i|we) have no (?:more )?(?:idea|explanation|theory|leads?)s?(?=$|[.,;]| left| how| why)|(?:that|this|it) (?:needs|takes) (?:more than i|someone (?:who|with)|somebody (?:who|with)|a human|another pair|a second pair))\b/i,
);
const IMPOSSIBLE = cued(
  /^(?:and |but |so |which makes )?(.{3,60}?)\s+(?:is|are|was|becomes?)\s+(?:therefore |thus |simply |just )?(?:impossible|out of reach|not possible|off limits|out of the question)\b/i,
);
const IN_HANDS = cued(
  /^(?:and |but |so )?(.{2,60}?)\s+(?:is|are|lies|lie|rests?|sits?)\s+(?:now |then )?(?:in .{2,30}(?:'s|s') (?:hands|court)|with (?:legal|ops|security|the [\w-]+ team|\p{Lu}\p{Ll}+)(?= now|[.,;]|$))/u,
);
const NOT_WITHOUT = cued(
  /\b(?:i|we)(?:'d| would| will|'ll)?\s+(?:rather )?(?:not|n't|won't)\s+([\p{L}-]+)\s+(.{2,60}?)\s+(?:without|before|until|unless)\s+(.+)$/iu,
);
const YOU_DENIED = cued(
  /^(?:since |because |as )?you (?:denied|declined|rejected|refused|turned down|did not allow|didn't allow|stopped)\b/i,
);

function walled(bare: string, before: readonly string[]): Said | null {
  if (WALL.test(bare) && !/\b(?:if|when)\b/i.test(bare.slice(0, 20)) && !/\bno need\b/i.test(bare))
    return stuck(
      named(/^(?:and |but |so )?(.{3,60}?) (?:defeats|beats|stumps|escapes) me\b/i.exec(bare)?.[1], before),
      null,
    );
  const impossible = IMPOSSIBLE.exec(bare);
  if (impossible?.[1] !== undefined && /ing\b|^(?:the|that|this|it)\b/i.test(impossible[1]))
    return stuck(named(impossible[1], before), bare);
  const hands = IN_HANDS.exec(bare);
  if (hands?.[1] !== undefined) return stuck(/\bball\b/i.test(hands[1]) ? null : named(hands[1], before), bare);
  const not = NOT_WITHOUT.exec(bare);
  if (not?.[1] !== undefined && isOfPeople(not[3] ?? ''))
    return stuck(deedOf(not[1], not[2] ?? '', before), not[3] ?? null);
  return YOU_DENIED.test(bare) ? stuck(null, 'your permission') : null;
}

function awaiting(bare: string, before: readonly string[]): Said | null {
  const on = NOT_ON.exec(bare);
  if (on !== null) return stuck(named(on[1], before), bare.slice(on.index + on[0].length));
  const without = WITHOUT_NO.exec(bare);
  if (without?.[2] !== undefined) return stuck(deedOf(without[2], without[3] ?? '', before), without[1] ?? null);
  const nothing = UNTIL_THEN.test(bare) ? NOTHING_TO.exec(bare) : null;
  if (nothing?.[1] !== undefined && !/^(?:do|add|say|see|worry)$/i.test(nothing[1]))
    return stuck(deedOf(nothing[1], nothing[2] ?? '', []), before.at(-1) ?? null);
  if (nothing !== null) return stuck(null, before.at(-1) ?? null);
  const hold = HOLD_OFF.exec(bare);
  if (hold?.[1] !== undefined) return stuck(named(hold[1], before), hold[2] ?? null);
  const go = NEED_TO_GO_ON.exec(bare);
  if (go !== null) return stuck(named(objectIn(go[1] ?? ''), before), bare);
  const waiting = WAITING_I.exec(bare) ?? ON_HOLD.exec(bare);
  if (waiting?.[1] !== undefined && !PROGRAM.test(waiting[1])) return stuck(null, waiting[1]);
  const stands = STANDS.exec(bare);
  if (
    stands?.[1] !== undefined &&
    stands[2] !== undefined &&
    !PROGRAM.test(stands[2]) &&
    !SELF.test(stands[1]) &&
    !/\b(?:which|that|who)$/i.test(stands[1]) &&
    isOfPeople(stands[2])
  )
    return stuck(named(subjectOf(unled(stands[1] + ' is x')) ?? stands[1], before), stands[2]);
  const says = SOMEBODY_SAYS.exec(bare);
  if (
    says !== null &&
    !/\b(?:if|when|whether|not)\b/i.test(bare.slice(0, says.index)) &&
    !/^(?:users?|clients?)/i.test(says[0]) &&
    !/\b(?:would|'d)\b/.test(says[0].slice(0, 40))
  )
    return stuck(null, says[0]);
  return null;
}

const isOfPeople = (what: string): boolean =>
  !isUse(what) &&
  /\b(?:you|your|he|she|they|their|legal|ops|security|infra|somebody|someone|team|vendor|approv\w*|decid\w*|decision|sign\w*|okay|ok|go-?ahead|confirm\w*|review\w*|answer\w*|contract|licen[cs]e|access|window|merged|released?|\p{Lu}\p{Ll}+)\b/u.test(
    what,
  );

const WANTS = cued(/\b(?:needs?|wants?|asks?|requires?)\b/i);
const LEFT_ALONE = cued(
  /\b(?:left|leaving|leave)\s+(.{2,50}?)\s+(?:alone|as (?:it|they) (?:is|are|was|were)|untouched|where (?:it|they) (?:is|are|was|were))\b/i,
);
const AS_LONG_AS = cued(
  /\b(?:as long as|while)\s+.{3,60}\b(?:open|unclear|undecided|missing|unanswered|not (?:decided|clear|settled|signed|there))\b.{0,3}\s*(.{2,60}?)\s+(?:stays?|remains?|waits?|has to wait|must wait|can't|cannot|will not|won't)\b/i,
);

/** Cannot go on, where only the clauses of a sentence together say it: `Publishing wants the token, and that only lives in your vault`. */
export function haltedBy(sentence: string, before: readonly string[]): Said | null {
  const open = AS_LONG_AS.exec(sentence);
  if (open?.[1] !== undefined) return stuck(named(open[1].replace(/^,?\s*/, ''), before), sentence);
  if (!REASON.test(sentence) && !WANTS.test(sentence)) return null;
  if (IS_PAST_STORY.test(sentence) || THEN_WORKED.test(sentence)) return null;
  const alone = LEFT_ALONE.exec(sentence)?.[1];
  const parts = sentence.split(/(?::|;|\s[—–-]|,\s(?:because|since|as|and|but)|,)\s+|\s(?=(?:because|since)\s)/);
  const so = REASON.test(sentence) ? SO_NOT.exec(sentence) : null;
  if (so !== null && /\bnot\b|n't|\bno\b|\bnothing\b|\bnone\b|\bwhere\b/i.test(so[0])) {
    const state = so[2] === undefined || /^(?:where|not)/i.test(so[2]) ? '' : so[2];
    return stuck(named(`${state} ${so[1] ?? ''}`.replace(/^\s*be\s/, ''), before), sentence.slice(0, so.index));
  }
  for (const part of parts) {
    const needs = NEEDS_SECRET.exec(part);
    if (needs?.[1] === undefined || /\b(?:user|client|caller|visitor|you|it)$/i.test(needs[1])) continue;
    const rest = sentence.slice(sentence.indexOf(part) + needs[0].length - (needs[2] ?? '').length);
    if (!NOT_MINE.test(rest)) continue;
    const what = named(needs[1].replace(/^(?:because|since|as|but|and)\s+/i, ''), before);
    return stuck(alone === undefined ? what : `${what ?? ''} ${alone}`.trim(), needs[0]);
  }
  return alone !== undefined && REASON.test(sentence) ? stuck(alone, null) : null;
}
