/** Clauses that say what somebody still has to do: the session later, the user, another person. */
import { cued } from '../../cue/index.js';
import { isSupposed } from './clauses.js';
import { DEEDS } from './deeds.js';
import { found, lastSubject, verbed, workIn, type Rule } from './left.js';
import { objectIn, resolved, isPronoun, unled } from './things.js';
import { subjectIn } from './subjects.js';
import { isVerb, ofGerund, ofParticiple } from './verbs.js';

/** Going live, in whatever words. */
const RELEASE_WORDS =
  /\b(?:before|prior to|ahead of|until|by)\s+(?:(?:this|it|that|we|you|the|our|any|next|a|they|anything|everything|all|go|goes|going|is|are|can|be|real|first|public|actual|final|new|\d[\w.]*|v\d[\w.]*|\w+day(?:'s)?)\s+){0,5}(?:releas\w*|launch\w*|ship\w*|go-?live|live|production|prod|deploy\w*|merg\w*|cut-?over|roll(?:ing|s|ed)?[- ]?out|out|demo|beta|ga|customers?|publish\w*|migration|switch\w*|public|exposed?|\d[\w.]*|v\d[\w.]*|[a-z-]+ (?:goes|gets|is|becomes) (?:public|live|online|out))\b/i;
export const RELEASE = cued(RELEASE_WORDS);

const BY_HAND = cued(
  /\b(?:by hand|manually|by you\b|yourself|on your (?:side|end|machine|box|laptop)|by (?:someone|somebody|an? (?:admin|operator|human|owner))|by (?:ops|legal|the \w+ team)|after (?:the|this|your|that) (?:release|deploy\w*|merge|roll-?out|upgrade|switch|cut-?over|move)|after (?:merging|deploying|releasing|upgrading|updating)|in (?:the|your|[\w]+'s) (?:[\w.-]+ ){0,2}(?:dashboard|console|portal|admin (?:panel|page|area)|control panel|web (?:ui|interface)|settings))\b/i,
);
const LATER_ON_WORDS =
  /\b(?:later|eventually|at some point|some ?day|long(?:er)?[- ]term|in the long run|soon(?:er or later)?|one day|afterwards?|next (?:week|sprint|month|time|session)|tomorrow|in (?:a|the next|another|its own|a later|a separate) (?:follow-?up|separate|pr|session|change|pass|step|release|version))\b/i;
const LATER_ON = cued(LATER_ON_WORDS);
const IN_TIME = cued(/\b(?:once|as soon as)\b/i);
const UNDOES = /^(?:re-?\w+|remove|delete|drop|clean|make|enable|switch|turn|tighten|replace|bump|raise|lower)$/;
const TAKES_EFFECT = cued(
  /\bfor (?:this|it|that|the .{1,40}) to (?:take effect|apply|work|kick in)|\bto take effect\b/i,
);
/** What will have to be done by some time is not done now. */
const SOMETIME = cued(/\b(?:before|ahead of|prior to|once|as soon as|when|in time|by the time|sooner)\b/i);
const SURE = cued(/\b(?:still|yet|remains?|ought)\b/i);
/** `will also need to be`, `needs to be done too`: what else there is to do. */
const ALSO = cued(/\b(?:also|too|as well|again)\b/i);
/** What is done once, and by somebody. */
const ONE_OFF =
  /^(?:restart|redeploy|rotate|renew|re-?enable|re-?run|re-?index|re-?build|backfill|revoke|reload|re-?install|re-?import|regenerate|reflash|re-?do|relabel|retake|re-?issue|re-?sign)$/i;
export const OFTEN = cued(/\b(?:when\w*|if|every|each|always|unless|so that|users?|in order)\b/i);
/** Where it is to be done by somebody. */
const IN_PRODUCTION = cued(/\b(?:in|on|for) (?:production|prod|staging|the (?:live|production|staging) \w+)\b/i);
const IS_ONCE = cued(/\b(?:once|first|still|separately|too|as well|now|also)\b/i);
const ROLLING = /^(?:run|apply|migrate|deploy|roll|execute|create|install|import|restart|switch|enable|disable|add)$/;
const NEXT_STEP = cued(/^(?:and |then )?(?:as (?:a|the|my|our) (?:next|last|final|second) step|next)\b/i);

const TO_BE = cued(
  /\b(is|are|was|has|have|needs?|must|should|ought|remains?|will need|will have|'s|'re|'ll need|'ll have|shall)\s+(?:(?:still|yet|also|therefore|first|really|then|now|just)\s+)*(?:to\s+)?(?:(?:still|also|first)\s+)*(?:be|get)\s+(?:(?:manually|properly|first|then|carefully|also|explicitly|fully|re-?)\s+)*([\p{L}-]+)(?:\s+(up|out|off|over|down|back|in(?=[\s.,]*$| by\b))\b)?/iu,
);

/** `that date still has to be filled in`, `the format needs to be changed before this goes live`. */
export const toBeDone: Rule = ({ text, before, isStrict, led = '' }) => {
  const hit = TO_BE.exec(text);
  const verb = hit === null ? null : ofParticiple(hit[2] ?? '');
  if (hit === null || verb === null || /^(?:see|know)$/.test(verb) || /\bnot\b|n't/.test(hit[0])) return null;
  const aux = (hit[1] ?? '').toLowerCase();
  const isDue = /^(?:is|are|'s|'re|was)$/.test(aux)
    ? /\b(?:still|yet|later|tomorrow|follow)/i.test(text)
    : SURE.test(text);
  const isBefore =
    RELEASE.test(text) ||
    (/^(?:but |and )?(?:before|until)\s/i.test(before.at(-1) ?? '') && RELEASE.test(before.at(-1) ?? ''));
  const isOwed = /^(?:must|has|have|needs?|will|'ll)/.test(aux);
  const how = isBefore
    ? 'before'
    : TAKES_EFFECT.test(text)
      ? 'handed'
      : isDue ||
          (IN_TIME.test(`${before.at(-1) ?? ''} ${text}`) &&
            UNDOES.test(verb) &&
            /^(?:must|should|has|have|needs?|ought|will)/.test(aux)) ||
          (LATER_ON.test(text) && !/^(?:was)$/.test(aux)) ||
          (/^(?:'ll|will) (?:have|need)$/.test(aux) && SOMETIME.test(text)) ||
          (/^(?:need|have|has|will|'ll)/.test(aux) && !isStrict && ALSO.test(text) && !OFTEN.test(text)) ||
          (isOwed && ONE_OFF.test(verb) && !isStrict && !OFTEN.test(text) && !/^(?:if|when|to|for)\b/i.test(text)) ||
          (isOwed && NEXT_STEP.test(`${led}${text}`)) ||
          (/^(?:and|but) /i.test(led) && isOwed && /\bstill\b/i.test(before.at(-1) ?? ''))
        ? 'left'
        : (BY_HAND.test(text) ||
              (IN_PRODUCTION.test(`${led}${text}`) && !isStrict && (IS_ONCE.test(text) || ROLLING.test(verb)))) &&
            isOwed
          ? 'handed'
          : null;
  if (how === null || (how !== 'before' && isSupposed(text) && !SURE.test(text))) return null;
  return found(how, done(verb, hit[3], text.slice(0, hit.index), text.slice(hit.index + hit[0].length), before));
};

/** `the Slack token has to be revoked`: work only where the list or heading above says so. */
export const mustBeDone: Rule = ({ text, before }) => {
  const hit = TO_BE.exec(text);
  const verb = hit === null ? null : ofParticiple(hit[2] ?? '');
  if (hit === null || verb === null || /\bnot\b|n't/.test(hit[0])) return null;
  return found('handed', done(verb, hit[3], text.slice(0, hit.index), text.slice(hit.index + hit[0].length), before));
};

function done(
  verb: string,
  particle: string | undefined,
  left: string,
  right: string,
  before: readonly string[],
): string | null {
  // "a valve that must be opened by hand" says what the valve is like.
  if (/\b(?:that|which|who)\s*$/i.test(left)) return null;
  const thing = subjectIn(left, before);
  if (thing === null) return null;
  const rest = objectIn(right.replace(RELEASE_WORDS, ''));
  const adds = rest !== '' && !/^(?:by (?:you|someone|somebody)|and|or|though|as)\b/i.test(rest) ? ` ${rest}` : '';
  const work = workIn(thing, before, '');
  // "removing the wrapper has to be scheduled" is the removing, not the scheduling.
  if (work !== null && ofGerund(thing.split(' ')[0] ?? '') !== null) return work;
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)}${particle === undefined ? '' : ` ${particle}`} ${thing}${adds}`;
}

const WHO = String.raw`(?:some(?:body|one)(?: (?:else|from \w+|(?:with|at|in|on|near|over|who) [\w ]{1,30}?))?|whoever [\w ]{1,40}?|one of (?:you|us)|an? (?:admin|operator|human|owner|maintainer|native speaker)|(?:the )?(?:ops|legal|infra|platform|security|network|design|dba|devops|[\w-]+ team|ops team|owner)s?)`;
const SOMEBODY = cued(
  new RegExp(
    String.raw`\b(${WHO})\s+(?:still |also |then |will )*(?:needs?|has|have|will (?:need|have)|ought|should|must|had better)\s+(?:still )?(?:to\s+)?([\p{L}-]+)\s+(.+)$`,
    'iu',
  ),
);
const STILL_MUST = cued(
  /\b(?:i|we)(?:'d|'ll)?\s+(?:still\s+(?:need|have|want|ought|must|should|owe)(?:\s+to)?|(?:need|have|ought)\s+still\s+to|(?:will )?(?:need|have) to (?=.{1,100}\b(?:later|eventually|at some point|some ?day|follow-?up|next (?:week|sprint|session)|tomorrow)\b))\s+([\p{L}-]+)\s+(.+)$/iu,
);
const DECIDES = cued(
  /\b((?!(?:(?:the|your|a) )?(?:user|client|server|caller|browser|customer|admin|component|service|system|request)s?\b)(?:(?:our|the|your|my|their|an?) [\p{L}-]+(?: (?!still\b|also\b|first\b)[\p{L}-]+)?|\p{Lu}\p{Ll}+|legal|ops|they|she|he))\s+(?:still |first |also )*(?:has|have|needs?|must|will (?:have|need))\s+(?:first |still )?(?:to )?(approve|sign off on|sign off|sign|confirm|decide on|decide|agree to|agree on|review|okay|grant|provide|deliver)\b\s*(.*)$/iu,
);
const NO_TIME = cued(
  /\b(?:ran|running|run) out of (?:time|context|budget|room|tokens|steam)\s+(?:before|for|to|when it came to)\s+(?:i could (?:get to )?|getting to |we could )?(.+)$/i,
);
const NOBODY = cued(/\b(?:nobody|no one|no-one)\s+(?:has|have)\s+([\p{L}-]+)\s+(.+?)\s+yet\b/iu);

const IS_DUTY = /\b(?:needs?|has|have|must|should|ought|had|will|owe|ran|run|running)\b/i;

/** What is said before it, in its own clause, too: `six live outside of it and I have to go through those`. */
const upTo = ({ index, input }: RegExpExecArray, before: readonly string[]): readonly string[] =>
  index < 8 ? before : [...before, input.slice(0, index).replace(/\s(?:and|but|so|then)\s*$/i, '')];

/** `somebody still needs to write a consumer for it`, `we still have to rotate the keys`. */
export const somebodyMust: Rule = ({ text, before }) => {
  const some = SOMEBODY.exec(text);
  if (some?.[2] !== undefined && isVerb(some[2]) && !isSupposed(text) && !/\bnot\s/.test(text.slice(0, some.index))) {
    return found(
      /still/i.test(some[0]) ? 'left' : 'handed',
      verbed(some[2], objectIn(some[3] ?? ''), upTo(some, before)),
    );
  }
  const decides = DECIDES.exec(text);
  if (decides?.[1] !== undefined && decides[2] !== undefined && !isSupposed(text) && !/\bnot\b|n't/.test(text)) {
    const who = resolved(decides[1], before);
    const what = resolved(objectIn(decides[3] ?? ''), before);
    return who === null || isPronoun(who)
      ? null
      : found('handed', `Ask ${who} to ${decides[2].toLowerCase()} ${what ?? ''}`.trim());
  }
  const late = NO_TIME.exec(text);
  if (late?.[1] !== undefined) return found('unfinished', workIn(objectIn(late[1]), before));
  const own = STILL_MUST.exec(text);
  if (own?.[1] !== undefined && (isVerb(own[1]) || own[1].toLowerCase() === 'do') && IS_DUTY.test(text))
    return found('left', verbed(own[1], objectIn(own[2] ?? ''), upTo(own, before)));
  const nobody = NOBODY.exec(text);
  const verb = nobody === null ? null : ofParticiple(nobody[1] ?? '');
  return nobody === null || verb === null ? null : found('left', verbed(verb, objectIn(nobody[2] ?? ''), before));
};

const NEEDS = cued(
  /\b(?:still|also still)\s+(?:needs?|lacks?|wants?|requires?|misses|awaits?|could use)\s+(?!to\b)(.+)$|\b(?:needs?|lacks?|requires?|deserves?)\s+(?!to\b)(.+?)\s+(?=(?:before|prior to|ahead of)\b)/i,
);
const MUST_DO = cued(/\b(?:(?:needs?|has|have|ought|will need|will have)\s+to|must)\s+([\p{L}-]+)\s+(.+)$/iu);
const STILL_TO = cued(
  /\b(?:still|yet)\s+(?:needs?|has|have|ought)\s+to\s+([\p{L}-]+)\s+(.+)$|\b(?:has|have)\s+yet\s+to\s+([\p{L}-]+)\s*(.*)$/iu,
);

/** `the importer still needs a progress bar`, `the client still has to learn the new route`. */
export const stillNeeds: Rule = ({ text, before }) => {
  const needs = NEEDS.exec(text);
  if (needs !== null && (needs[1] !== undefined || RELEASE.test(text))) {
    const what = objectIn(needs[1] ?? needs[2] ?? '');
    if (/\b(?:if|when|whether|you|i|we)\s*$/i.test(text.slice(0, needs.index))) return null;
    const subject = subjectIn(text.slice(0, needs.index), before);
    const how = RELEASE.test(text) ? 'before' : 'left';
    const gerund = ofGerund(what.split(' ')[0] ?? '');
    if (subject === null || what === '') return null;
    if (gerund !== null) return found(how, `${gerund} ${subject} ${what.split(' ').slice(1).join(' ')}`);
    if (
      /^(?:your|an?|the|some|legal|someone)?\s*(?:[\w']+ )?(?:approval|ok|okay|sign-?off|blessing|decision|answer|go-?ahead|review)\b/i.test(
        what,
      )
    )
      return found('handed', `Get ${what} for ${subject}`);
    const [, noun = '', rest = ''] = /^(?:an?|another|some|its own) ([\p{L}-]+)(?:\s(.*))?$/iu.exec(what) ?? [];
    const doing = DEEDS.get(noun.toLowerCase());
    return found(how, doing === undefined ? `Add ${what} to ${subject}` : `${doing} ${subject} ${rest}`.trim());
  }
  const due = LATER_ON.test(text) || RELEASE.test(text) ? MUST_DO.exec(text) : null;
  const isDemand = due !== null && /^must\b/i.test(due[0]) && !RELEASE.test(text);
  if (due?.[1] !== undefined && due[1] !== 'be' && !isDemand && !isSupposed(text)) {
    const subject = subjectIn(text.slice(0, due.index), before);
    if (subject !== null)
      return found(
        RELEASE.test(text) ? 'before' : 'left',
        `Make ${subject} ${due[1]} ${objectIn(due[2] ?? '').replace(LATER_ON_WORDS, '')}`.trim(),
      );
  }
  const to = STILL_TO.exec(text);
  const verb = to?.[1] ?? to?.[3];
  if (to === null || verb === undefined || verb === 'be' || !isVerb(verb)) return null;
  const subject = subjectIn(text.slice(0, to.index), before);
  if (subject === null) return null;
  const object = objectIn(to[2] ?? to[4] ?? '');
  // Of whoever delivers "those" the thing is said; of a program, what it is to do.
  if (isPronoun(object) || /^\p{Lu}\p{Ll}+$/u.test(subject)) return found('left', verbed(verb, object, before));
  return found('left', `Make ${subject} ${verb} ${object}`.trim());
};

const AWAY = String.raw`(?:for |to |until |till |in |into |as )(?:(?:an?|the|another|its|some|my|our|one|your) )?(?:(?:own|later|next|separate|different|future|second|following|upcoming|dedicated|quiet|other) )*(?:follow-?ups?|later|pr|pull request|change|commit|session|day|week|sprint|release|version|ticket|issue|iteration|pass|round|time|month|phase|milestone|tomorrow|step|patch|monday|v\d[\w.]*|\d\.\d[\w.]*|todo|now)\b`;
const PUT_OFF_THING = cued(
  new RegExp(
    String.raw`^(.{2,110}?)\s+(?:(?:is|are|was|were|has been|have been|gets|'s|will be|can be|should be|could be|stays|remains)\s+(?:still |also |therefore |then |best |probably |something |material |work |a (?:job|task|topic|candidate) )*(?:left|deferred|postponed|parked|saved|planned|reserved|kept|delayed|moved|pushed|punted|scheduled|done|handled|tackled|out|put off|set aside|better|best|on the list)?|(?:will|can|should|could|must|has to|have to|may)\s+(?:follow|wait|come|go|happen|land|move)|comes?|follows|waits|belongs?|goes)\s+(?:${AWAY}|later\b|afterwards\b|tomorrow\b|off\b)`,
    'i',
  ),
);
/** `v` and its digit are spelt out, so that what the pattern needs is in plain sight. */
const PUT_OFF_CUE = cued(
  /\b(?:later|follow\w*|next|another|separate|different|own|future|second|upcoming|tomorrow|wait|deferr\w*|postpon\w*|park\w*|sav\w*|skipp\w*|punt\w*|left|leav\w*|stubb\w*|mock\w*|put|kept|held|off|moved|pushed|monday|v(?:0|1|2|3|4|5|6|7|8|9)|phase)\b/i,
);
const I_PUT_OFF = cued(
  new RegExp(
    String.raw`\b(?:i|we)(?:'ve| have|'d| would|'m| am)?\s+(?:also |deliberately |therefore |just |rather )*(left|leave|leaving|deferred|deferring|postponed|parked|parking|saved|saving|skipped|punted|pushed|put off|held off(?: on)?|kept|moved|stubbed(?: out)?|mocked(?: out)?)\s+(.{2,110}?)(?:\s+(?:${AWAY}|later\b|off\b|aside\b|unfinished\b|undone\b|half[- ]\w+\b|open\b|to (?:someone|somebody|you|the \w+ team)\b)|[.,;](?=\s|$)|$)`,
    'i',
  ),
);

const NO_SUBJECT = /^(?:will|can|should|must|has to|comes?|follows?|waits?|is|are|was|were)\b/i;
const AWAY_WORDS =
  /\b(?:follow-?ups?|later|next|another|separate|tomorrow|future|wait|afterwards|own|second|postponed|deferred|parked|off|phase|v(?:0|1|2|3|4|5|6|7|8|9)|todo|monday)\b/i;
const IS_AWAY = cued(AWAY_WORDS);

/** `removing that wrapper is left for a follow-up PR`, `I deferred the cleanup to the next release`. */
export const putOff: Rule = ({ text, before }) => {
  if (!PUT_OFF_CUE.test(text)) return null;
  const mine = I_PUT_OFF.exec(text);
  if (mine?.[1] !== undefined && mine[2] !== undefined) {
    const how = mine[1].toLowerCase();
    const isStub = /^(?:stubbed|mocked)/.test(how);
    const isAway =
      /\b(?:later|follow|next|another|separate|tomorrow|for now|future|unfinished|undone|half|todo|session|v\d|to (?:someone|somebody|you|the))/i.test(
        mine[0].slice(mine[0].indexOf(mine[2]) + mine[2].length),
      ) || /^(?:deferred|deferring|postponed|punted|put off)/.test(how);
    // In a test things are mocked, and stay so.
    if (isStub && /\b(?:in|for) (?:the|a|this|that|our|my|all|unit|its|their)? ?(?:\w+ )?tests?\b/i.test(text))
      return null;
    if (how === 'mocked' && !/\b(?:for now|so far|yet|still|at the moment|currently|until)\b/i.test(text)) return null;
    if (
      !isStub &&
      (!isAway || /\b(?:as (?:is|it is|they are)|unchanged|untouched|alone|in place|as you)\b/i.test(text))
    )
      return null;
    if (/^kept|^moved|^pushed|^saved$/.test(how) && !/\b(?:later|follow)/i.test(mine[0])) return null;
    if (/^(?:in|on|at|with|to|for|as)\s/i.test(mine[2])) return null;
    const object = objectIn(mine[2].replace(/^out\s+/i, ''));
    if (isStub) return found('unfinished', verbed('implement', object, before));
    // The place alone does not say what "it" is.
    if (isPronoun(object) && /^[\w/-]*\w\.\w{1,5}$/.test(resolved(object, before) ?? '')) return null;
    return found('left', workIn(object.replace(/^(?:out|off|on)\s+/i, ''), before));
  }
  const bare = unled(text);
  const subject = NO_SUBJECT.test(bare) ? lastSubject(before) : null;
  if (subject === null && !IS_AWAY.test(bare)) return null;
  const thing = PUT_OFF_THING.exec(subject === null ? bare : `${subject} ${bare}`);
  if (
    thing?.[1] === undefined ||
    /\b(?:you|i|we|nothing|everything|it all)$/i.test(thing[1]) ||
    /\b(?:not|never)$|n't$/.test(thing[1])
  )
    return null;
  if (
    /\s(?:for|as|in|until) (?:now|the (?:release|version|change|commit|pr|next time))\b/i.test(thing[0].slice(-24)) ||
    (/\b(?:is|are|was|were)\s+(?:in|as|to|for|into)\s/i.test(thing[0].slice(thing[1].length)) &&
      !/\b(?:follow-?ups?|later|next|another|separate|tomorrow)\b/i.test(thing[0].slice(thing[1].length)))
  )
    return null;
  if (!AWAY_WORDS.test(thing[0].slice(thing[1].length)) || /^\s*by (?:the|an?)\b/i.test(bare.slice(thing[0].length)))
    return null;
  if (/\b(?:could|can)\b/i.test(thing[0].slice(thing[1].length)) && isSupposed(text)) return null;
  return found('left', workIn(thing[1], before));
};
