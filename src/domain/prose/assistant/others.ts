/** Clauses that leave work to others, or to another day, without an order. */
import { cued } from '../../cue/index.js';
import { found, verbed, type Clause, type Found, type Rule } from './left.js';
import { deed } from './deeds.js';
import { isPronoun, objectIn, resolved, trimmed } from './things.js';
import { isVerb } from './verbs.js';

/** Something stands in the way, or the matter is not ours: only then "would have to" is no mere thought. */
const HINDERED = cued(
  /\b(?:not|no luck|denied|refused|rejected|forbidden|40[13]|unable|fail(?:s|ed)|blocked|belongs? to|elsewhere|locked|protected|missing|expired|down|unreachable)\b|n't\b/i,
);
const WOULD_HAVE_TO = cued(
  /(?:^|,\s)(?:and |but |so |then )?((?:some(?:body|one)|whoever|an? (?:admin|operator|owner|maintainer|human)|(?:the |our |your |their )[\p{L}-]+(?: (?:team|people|owners?|admins?|department|folks|group))?|legal|ops|infra|security|\p{Lu}\p{Ll}+|they|he|she)(?: (?:with|from|in|who|on|at) .{2,50}?)?)(?:'d| would| will|'ll)?\s+(?:(?:first|still|also)\s+)*(?:have|need|has|needs|must|ought)(?: to)?\s+(?:(?:first|still|also)\s+)*([\p{L}-]+)\s*(.*)$/iu,
);
/** Whoever it is, they are where we are not, or may what we may not. */
const ON_SITE =
  /\b(?:on[- ]site|in the (?:lab|office|server room|data ?cent\w+|plant|field|shop)|over there|with (?:root|admin|access|the key)|at the (?:desk|plant|office))\b/i;
/** Asked to say something, not to do it. */
const SAYS = /^(?:say|decide|tell|choose|pick|know|think|agree|be|have|look|see|wait|understand|keep|live|follow)$/i;
const IS_PERSON =
  /^(?:some(?:body|one)|whoever|an? (?:admin|operator|owner|maintainer|human)|legal|ops|infra|security|they|he|she|.*\b(?:team|people|owners?|admins?|department|folks|group|vendor|provider|customer|host|registrar|lawyers?|accountant|office|support|sales|marketing|design|dba|on-?call)\b)/iu;

/** `somebody with the admin role would have to run it`, `they'd have to raise the limit`. */
export const wouldHaveTo: Rule = ({ text, before }) => {
  const hit = WOULD_HAVE_TO.exec(text);
  const verb = hit?.[2];
  if (hit?.[1] === undefined || verb === undefined) return null;
  if (/^(?:who|that|which|i|we|you|it)\b/i.test(hit[1]) || !isVerb(verb) || SAYS.test(verb)) return null;
  const isWould = /'d\s|\bwould\b/i.test(hit[0].slice(hit[1].length, hit[1].length + 8));
  const hindered = [...before.slice(-4), text.slice(0, hit.index)].some((clause) => HINDERED.test(clause));
  if (
    !(IS_PERSON.test(hit[1]) || /^\p{Lu}\p{Ll}+(?= |$)(?!.*\b(?:page|button|view|job|test|file)\b)/u.test(hit[1])) ||
    (isWould && !hindered && !ON_SITE.test(hit[1]))
  )
    return null;
  if (!isWould && !/\bstill\b/i.test(text) && !hindered && !ON_SITE.test(hit[1])) return null;
  const object = objectIn(hit[3] ?? '');
  const who = /^(?:they|he|she)$/i.test(hit[1]) ? teamIn([...before, text.slice(0, hit.index)]) : hit[1];
  const plain = verbed(verb, object, before);
  if (plain === null || who === null || /^(?:somebody|someone|whoever)$/i.test(who)) return found('handed', plain);
  const whom = who.replace(/^(?:The|An?|Some(?:body|one)|Whoever)\s/, (word) => word.toLowerCase());
  const step = plain.charAt(0).toLowerCase() + plain.slice(1);
  return found('handed', /^(?:some|whoever)/.test(whom) ? `Have ${whom} ${step}` : `Ask ${whom} to ${step}`);
};

const TEAM = cued(
  /\b((?:the |our |your )?[\p{L}-]+ (?:team|people|department|group)|(?:the )?(?:vendor|provider|customer|registrar|legal|ops|infra|security))\b/iu,
);

function teamIn(before: readonly string[]): string | null {
  for (const clause of before.slice(-3).reverse()) {
    const team = TEAM.exec(clause)?.[1];
    if (team !== undefined) return team.replace(/^The\s/, 'the ');
  }
  return null;
}

const TO_BE_TOLD = cued(
  /^(?:and |but |so )?(.{3,70}?)\s+(?:(?:still|also)\s+)*(?:has|have|needs?|must|should|ought|will have|will need)(?: to)?\s+(?:(?:still|also|then)\s+)*(?:be\s+(told|informed|notified|warned|asked|alerted|contacted|reminded))\b\s*(.*)$/i,
);
const SHOULD_TELL = cued(
  /^(?:and |but |so )?(?:some(?:body|one)|you|they)\s+(?:(?:still|also|really)\s+)*(?:should|must|has to|have to|needs? to|ought to)\s+(tell|inform|notify|warn|ask|alert|contact|remind|write to|let)\s+(.{3,100})$/i,
);

/** `those tenants have to be told`, `someone should tell the partners that the endpoint moves`. */
export const toldOf: Rule = ({ text, before }) => {
  const told = TO_BE_TOLD.exec(text);
  if (told?.[1] !== undefined && !/^(?:it|that|which|if|there|what)\b/i.test(told[1])) {
    const who = resolved(told[1], before);
    if (
      who === null ||
      isPronoun(who) ||
      /\b(?:function|module|server|client|caller|component|worker|process|code|service|hook|listener)s?$/i.test(who)
    )
      return null;
    const about = objectIn(told[3] ?? '');
    const tail = /^(?:about|of)\s+(?:it|this|that|them)$/i.test(about) ? '' : about;
    const verb = /^(?:asked|warned|contacted|reminded)$/i.test(told[2] ?? '')
      ? ({ asked: 'Ask', warned: 'Warn', contacted: 'Contact', reminded: 'Remind' } as Record<string, string>)[
          (told[2] ?? '').toLowerCase()
        ]
      : /^(?:informed|notified|alerted)$/i.test(told[2] ?? '')
        ? 'Inform'
        : 'Tell';
    return found('handed', `${verb ?? 'Tell'} ${who}${tail === '' ? '' : ` ${tail}`}`);
  }
  const should = SHOULD_TELL.exec(text);
  return should?.[1] === undefined ? null : found('handed', verbed(should[1], objectIn(should[2] ?? ''), before));
};

const YOU = cued(/\b(?:yours?|you)\b|\bthe \w+ team\b/i);
const YOURS = cued(
  /^(?:and |but |so )?(.{3,80}?)\s+(?:is|are|'s|stays|remains|would be)\s+(?:then |still |therefore |all )?(?:yours?(?: to \w+)?|up to (?:you|the [\p{L}-]+ team)|for you(?: or [\p{L} ]{2,30})?(?: to \w+)?|your (?:part|job|turn)|on you|with you|left to you|in your hands|over to you)(?=$|[.,;:!]|\s+(?:as|since|because|or|and|once|when|then|now)\b)/iu,
);
const FROM_YOU = cued(
  /^(?:and |but |so )?(.{3,80}?)\s+(?:has|have|needs?|must|can only|will have)(?: to)?\s+(?:be done|happen|be made|come|go|run|be started|be triggered)\s+((?:from|on|in|with|through|under) your\s.{2,60})$/i,
);
const LEAVE_TO_YOU = cued(
  /\b(?:i|we)(?:'m|'ll| will| am|'ve| have)?\s+(?:leave|leaving|left|hand(?:ing|ed)?)\s+(.{2,70}?)\s+(?:to|for|over to|up to)\s+(?:you|the [\p{L}]+ team)\b/iu,
);

/** `the DNS change is yours`, `uploading has to happen from your account`, `I leave the merge to you`. */
export const yours: Rule = ({ text, before }) => {
  if (!YOU.test(text)) return null;
  const hit = YOURS.exec(text) ?? FROM_YOU.exec(text) ?? LEAVE_TO_YOU.exec(text);
  if (hit?.[1] === undefined) return null;
  const what = trimmed(hit[1]);
  // What is decided, and what a clause before it names already.
  if (
    /^(?:which|whether|how|what|if|the (?:choice|decision|rest|question)|rest|that|this|it|those|these|the (?:first|last|second) one|all of)\b/i.test(
      what,
    )
  )
    return null;
  const from = hit[2] === undefined ? '' : ` ${objectIn(hit[2])}`;
  const work = deed(what, before);
  return found('handed', work === null ? null : `${work}${from}`);
};

const TAKES = cued(/\b(?:takes?|needs?|requires?)\s+(?:an?|another|its own|a separate|some)\s/i);
const IS_SAID = cued(/\b(?:as well|too|also|still)\b|'ll\b|\bwill\b/i);
const TAKES_A = cued(
  /^(?:and |but |so )?(it|that|this|.{3,60}?)(?:\s+(?:will|would)|'ll|'d)?\s+(?:(?:still|also|then)\s+)*(?:takes?|needs?|requires?)\s+(an?|another|its own|a separate|some)\s+((?:\w+ )?(?:pr|pull request|change|ticket|release|patch|update|migration|redeploy|restart|entry|follow-?up|commit|issue)s?)\s*((?:in|on|of|for|to|against|there|from|at)\b.{0,80})?$/i,
);

/** `it'll take a PR in the docs repo`, `that needs a change in the billing service too`. */
export const takesA: Rule = ({ text, before, isStrict }) => {
  if (isStrict || !TAKES.test(text) || !IS_SAID.test(text)) return null;
  const hit = TAKES_A.exec(
    text.replace(/,?\s+(?:before|so that|to be)\b.*$/i, '').replace(/\s+(?:as well|too|also)[.\s]*$/i, ''),
  );
  if (hit?.[1] === undefined || hit[3] === undefined) return null;
  if (/^(?:every|each|any|whoever|if|when|which|who|he|she|you|i|we)\b/i.test(hit[1])) return null;
  const place = objectIn(hit[4] ?? '').replace(/^there$/i, '');
  const verb = /pr|pull|ticket|issue/i.test(hit[3]) ? 'Open' : 'Make';
  const of = resolved(hit[1], before);
  const what = of === null || isPronoun(of) || place !== '' ? '' : ` for ${of}`;
  return place === '' && what === ''
    ? null
    : found('left', `${verb} ${hit[2] ?? 'a'} ${hit[3]}${place === '' ? '' : ` ${place}`}${what}`);
};

const GOOD_NEXT = cued(
  /^(.{3,90}?)\s+(?:would|could|might|will|'d)\s+(?:be|make)\s+(?:an?|the|my|one)\s+(?:(?:good|natural|obvious|sensible|logical|nice|possible|useful|worthwhile|next|small|clear|easy)\s+)*(?:follow-?up|next (?:step|thing|task|move)|thing for (?:later|another \w+|a follow-?up|the next \w+)|job for (?:later|another \w+)|candidate for (?:a follow-?up|later|the next \w+))\b/i,
);
const ONCE_GONE = cued(
  /^(?:and |but |so )?(.{2,70}?)\s+can\s+(?:go|be (?:removed|dropped|deleted|retired|switched off|turned off|cleaned up))\s+(?:away )?(?:once|when|as soon as|after)\b/i,
);
const NEEDS_DOING = cued(/\b(?:sooner or later|at some point|eventually|some ?day|in the long run|in time)\b/i);
const NEEDS_GERUND = cued(
  /^(?:and |but )?(?:sooner or later |at some point |eventually |someday |in the long run )?,?\s*(.{3,60}?)\s+(?:needs?|wants?|will need|requires?)\s+([\p{L}-]+ing)\b/iu,
);
const NOT_PART = cued(
  /^(?:and |but )?(.{3,70}?)\s+(?:is|are)(?:n't| not)\s+(?:part of|in|included in)\s+(?:this|the|that|it)(?: (?:change|pr|branch|commit|round|step|release|version|patch))?(?: yet)?(?=$|[.,;]|\s+(?:yet|so far))/i,
);
const MUST_WAIT = cued(
  /^(?:and |but |so )?(.{3,70}?)\s+(?:will have to|has to|have to|must|can|needs? to|will)\s+wait(?=[.!]?$|\s+(?:a bit|a while|for (?:now|another|a later|the next|later)|till (?:later|next|tomorrow)|until (?:later|next|tomorrow)))/i,
);
const FRONTED = cued(
  /^((?:the|a|an|our|your|its|all)\s.{2,60}?|[A-Z][\w-]+(?: [\w-]+){0,3})\s+(?:i|we)(?:'ve| have|'d| would|'ll| will|'m)?\s+(?:(?:therefore|deliberately|just)\s+)?(postponed?|deferr?e?d?|parked|shelved|put off|skipped for now|(?:left|leave|leaving|kept|keep|keeping|saved|save|saving|moved|pushed|put) (?:for|to|until|till) (?:later|another \w+|an? \w+|tomorrow|next \w+|the (?:next|separate|follow-?up|other|second|new) \w+|(?:\w+ )?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday))|do(?:ne)? (?:later|separately|tomorrow)|tackle (?:later|separately|next)|come back to)\b/i,
);
const SEPARATELY = cued(
  /\b(?:i|we)(?:'d| would|'ll| will)\s+(?:rather\s+)?([\p{L}-]+)\s+(.{3,70}?)\s+(?:separately|on its own|in isolation|apart from this|some other time|later on)\b/iu,
);
const REVISIT = cued(
  /^(?:and |but |so )?(?:i|we|you|someone|somebody)(?:'d| would|'ll)?\s+(?:should|ought to|need to|must|have to|will)?\s*(?:probably\s+)?(revisit|come back to|look again at|reconsider|re-?evaluate|rethink|look at)\s+(.{3,80}?)\s+(?:once|when|as soon as|after|later|again|next \w+|in a \w+)\b/i,
);
const OWN = cued(
  /(?:^|,\s)(?:and |but )?(?!it\b|that\b|this\b|they\b|there\b|you\b|i\b|we\b)([\p{L}\d][^,;]{0,50}?)\s+(?:will|would|'ll|'d)\s+(?:still\s+)?(?:need|take|require|want)\s+(?:its|their|an?|some) (?:own|separate|proper|real|dedicated)\s+(.{2,60})$/iu,
);
const GETS_OWN = cued(
  /^(?:and |but )?(.{3,70}?)\s+(?:will get|gets|goes in(?:to)?|will go in(?:to)?|should go in(?:to)?|belongs in(?:to)?|comes in|will come in|deserves)\s+(?:its own|their own|an?(?:other)? (?:own|separate|different|later|follow-?up)|another)\s+(?:pr|pull request|change|commit|ticket|issue|branch|session|release)\b/i,
);
const KEPT_OUT = cued(
  /^(?:and |but |so )?(?:i|we)(?:'ve| have)?\s+(?:therefore |deliberately )?(?:kept|left)\s+(.{3,70}?)\s+out of (?:this|the) (?:pr|pull request|change|commit|branch|round|session)\b/i,
);
const FOLLOWS = cued(
  /^(?:and |but )?(.{3,60}?)\s+(?:would|will|'ll|'d) (?:have|need) to (follow|change|learn|be adapted|be updated|move|switch)\b\s*(.*)$/i,
);

/** One of these is in whatever the patterns above find. */
const TIME_CUE = cued(
  /wait|postpone|defer|parked|shelved|put |skipped|left |leave|leaving|kept |keep|sav|moved|pushed|later|separate|tomorrow|next|come back|\bcan\b|sooner|some point|eventually|some ?day|long run|in time|n't|not|follow|own|isolation|apart|some other time|revisit|look|reconsider|evaluate|rethink|proper|real|dedicated|have to|need to/i,
);
/** Without one of these it is for no other time; asked last, since it is in most clauses. */
const SOME_TIME_CUE = cued(
  /\b(?:left|leave|leaving|kept|keep\w*|sav\w*|moved|pushed|put|wait|follow\w*|next|postpone\w*|defer\w*|parked|shelved|off|skipped|left|later|separately|tackle|back|isolation|apart|time|revisit|reconsider|re-?evaluate|rethink|look|own|separate|proper|real|dedicated|too|as well|also|can|sooner|eventually|some ?day|run|part|in|candidate)\b/i,
);

/** `a cleanup would be a good follow-up`, `the Windows build will have to wait`, `the performance part I postponed`. */
export const someTime: Rule = (clause) => {
  const some = TIME_CUE.test(clause.text) ? putTo(clause) : null;
  return some !== null && SOME_TIME_CUE.test(clause.text) ? some : null;
};

function putTo({ text, before, isStrict }: Clause): Found | null {
  const wait = MUST_WAIT.exec(text);
  if (
    wait?.[1] !== undefined &&
    !/^(?:it|that|this|you|i|we|users?|which|who|they|callers?|the (?:client|caller|thread|process|worker|request|user)s?)\b/i.test(
      wait[1],
    )
  )
    return found('left', deed(trimmed(wait[1]), before));
  const put = FRONTED.exec(text);
  if (put?.[1] !== undefined) return found('left', deed(trimmed(put[1]), before));
  if (isStrict) return null;
  const gone = ONCE_GONE.exec(text);
  if (gone?.[1] !== undefined) {
    const thing = resolved(gone[1], before);
    if (thing !== null && !isPronoun(thing)) return found('left', `Remove ${thing}`);
  }
  const doing = NEEDS_DOING.test(text) ? NEEDS_GERUND.exec(text) : null;
  if (doing?.[1] !== undefined && doing[2] !== undefined) {
    const thing = resolved(doing[1], before);
    if (thing !== null && !isPronoun(thing)) return found('left', `${doing[2]} ${thing}`);
  }
  const apartFrom = NOT_PART.exec(text);
  if (apartFrom?.[1] !== undefined && !/^(?:that|this|it|which|there)\b/i.test(apartFrom[1]))
    return found('left', deed(trimmed(apartFrom[1]), before));
  const good = GOOD_NEXT.exec(text);
  if (good?.[1] !== undefined && !/^(?:that|this|it|which)\b/i.test(good[1]))
    return found('next', deed(trimmed(good[1]), before));
  const apart = SEPARATELY.exec(text);
  if (apart?.[1] !== undefined && (isVerb(apart[1]) || apart[1] === 'do'))
    return found(
      'next',
      apart[1] === 'do' ? deed(objectIn(apart[2] ?? ''), before) : verbed(apart[1], objectIn(apart[2] ?? ''), before),
    );
  const again = REVISIT.exec(text);
  if (again?.[1] !== undefined) return found('left', verbed('revisit', objectIn(again[2] ?? ''), before));
  const own = OWN.exec(text);
  if (own?.[1] !== undefined) return found('left', `Add a ${objectIn(own[2] ?? '')} for ${own[1]}`);
  const apartly = GETS_OWN.exec(text) ?? KEPT_OUT.exec(text);
  if (apartly?.[1] !== undefined && !/^(?:that|this|it|which|there|each|every)\b/i.test(apartly[1]))
    return found('left', deed(trimmed(apartly[1]), before));
  const follows = FOLLOWS.exec(text);
  if (follows?.[1] !== undefined && !/^(?:it|that|this|you|i|we|they|there|which|who)\b/i.test(follows[1])) {
    const who = resolved(follows[1], before);
    return who === null || isPronoun(who) || !/\b(?:too|as well|also|follow)\b/i.test(text)
      ? null
      : found(
          'left',
          /^follow|^change|^be/.test(follows[2] ?? '')
            ? `Adapt ${who}`
            : `Make ${who} ${follows[2] ?? ''} ${objectIn(follows[3] ?? '')}`.trim(),
        );
  }
  return null;
}
