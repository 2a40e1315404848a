/** What a clause says of work that was asked for: done, stuck, not finished, left out, only noted, going on. */
import { cued } from '../../cue/index.js';
import type { AssistantAct } from '../model.js';
import { isSupposed } from './clauses.js';
import { isPronoun, objectIn, resolved, subjectOf, trimmed, unled } from './things.js';
import { isUse } from './uses.js';
import { CHECKING, LEAVING_ALONE } from './verbs.js';
import { stemsOf } from '../words.js';

type Status = Extract<AssistantAct, { is: 'done' | 'stuck' | 'unfinished' | 'dropped' | 'noted' | 'narration' }>;
/** Without its quote, which belongs to the sentence. */
export type Said = Status extends infer Act ? (Act extends Status ? Omit<Act, 'quote'> : never) : never;

export interface Spoken {
  readonly text: string;
  /** Without the words that tie it to the clause before. */
  readonly unled: string;
  readonly before: readonly string[];
  /** It opens its block. */
  readonly isFirst: boolean;
}

export const aboutOf = (words: string | null, before: readonly string[]): string | null => {
  if (words === null) return null;
  const thing = resolved(words, before);
  return thing === null || isPronoun(thing) || stemsOf(thing.slice(0, 120)).length === 0 ? null : thing.slice(0, 120);
};

/** The same of words that may be a pronoun, which then says nothing. */
export const namedBy = (words: string | undefined, before: readonly string[]): string | null =>
  words === undefined || isPronoun(trimmed(words)) ? null : aboutOf(trimmed(words), before);

/** That work cannot go on. @param on what it waits for, as it was said */
export const stuck = (about: string | null, on: string | null): Said => ({
  is: 'stuck',
  about: about === null || about.trim() === '' ? null : about.slice(0, 120),
  on: on === null ? null : trimmed(on).slice(0, 120) || null,
});

/** One of these is in whatever the patterns below find; most clauses have none. */
const STUCK_CUE = cued(
  /not|n't|unable|fail|gave up|no (?:way|means|perm|acc)|wait|block|hold|held|stuck|park|paus|until|till|pending|need|requir|access|permission|credential|lack|hinges|depends|without/i,
);
const OPEN_CUE = cued(
  /n't|not|still|again|but|only|half|partial|progress|stopped|ran out|pick|that's|this is|that is|here's|here is|however|except|though|so far|yet|left|to go|remain|done|migrated|converted|ported|fixed|finished/i,
);
/** Asked last: it is in most clauses. */
const UNFINISHED_CUE = cued(
  /n't|\b(?:not|nothing|still|again|half\w*|partial\w*|only|progress|stopped|ran|pick\w*|that's|this is|that is|here's|here is|of|but|however|except|though)\b/i,
);

const UNABLE = cued(
  /^(.{0,90}?)\b(?:i|we)\s+(?:(?:still|currently|unfortunately|simply|also)\s+)*(?:could not|couldn't|cannot|can't|can not|(?:was|am|were|'m) (?:unable|not able) to|wasn't able to|weren't able to|failed to|did not manage to|didn't manage to|am not (?:allowed|permitted) to|'m not (?:allowed|permitted) to|have no (?:way|means|permission) to|don't have (?:permission|the (?:rights|permissions)|a way) to|gave up (?:on )?)\s*([\p{L}-]+)\b(.*)$/iu,
);
const NO_ACCESS = cued(
  /\b(?:i|we)(?: still)? (?:have no|lack|(?:don't|do not) have(?: any)?|am missing|need)(?: the| an?)? ?(?:access|credentials?|permissions?|rights|login|password|token|keys?|approval|account)\b(.*)$/i,
);
const DENIED = cued(
  /\b(?:no|without|lacking|missing) (?:access|permissions?|credentials|rights|network access|internet)\b/i,
);
const WAITING = cued(
  /\b(?:(?:i'm|i am|we're|we are|is|are|it's|still|now|'s) (?:still )?(?:waiting|on hold|blocked|stuck|held up|paused|parked)\b|i(?:'ll| will) (?:wait|hold(?: off)?|pause|stop here)\b|(?:^|\s)(?:waiting|blocked|paused|on hold)(?= (?:on|for|by|until|till|pending)\b)|(?:hinges|depends) on (?:your|their|an?|the \w+ team))(?:\s+(?:on|for|by|until|till|pending|with|because of))?\s*(.*)$/i,
);
const STAYS = cued(
  /\b(?:stays?|remains?|left|keeps?|waits?|will not|won't|not (?:going to|go)|hold(?:ing)?|can't|cannot|stopped|nothing|untouched|unchanged|unmerged|undeployed|shut|closed|parked|pending|i'll (?:pick|continue|resume|go on))\b.{0,120}?\b(?:until|till|pending)\s+(.+)$/i,
);
const NEEDS_OUTSIDE = cued(
  /\b(?:needs?|requires?|awaits?|awaiting|pending)\s+((?:(?:an?|the|your|their|his|her|some|explicit|final|formal|prior|written|manual|someone's|legal|security|\w+'s)\s+)*(?:approval|sign-?off|go-?ahead|permission|consent|decision|ok|okay|confirmation|blessing|access|credentials|input(?= (?:from|on)|[.,;]|$)|answer|clarification|admin rights|(?:some(?:body|one)|a human|an admin) (?:with|who|from))\b.*)$/i,
);
const NEED_FROM_YOU = cued(
  /\b(?:i|we)(?:'ll|'d| will| would| still)? need (?:[^.;]{2,60} to (?:go on|continue|proceed|finish|get further)\b|(?:you|someone|\w+) to (?:confirm|decide|approve|tell|clarify|choose|pick|provide|grant|give)|(?:your|an?|the) (?:decision|answer|confirmation|approval|input|go-?ahead|ok|call))\b(.*)$/i,
);

/** Cannot go on without something from outside. */
export function stuckIn({ text, before }: Spoken): Said | null {
  if (!STUCK_CUE.test(text)) return null;
  const unable = UNABLE.exec(text);
  if (
    unable !== null &&
    !/\b(?:which|that|if|when|whenever|case|unless|because|since|where|why)\s*$/i.test(unable[1] ?? '')
  ) {
    const verb = (unable[2] ?? '').toLowerCase();
    if (
      /^(?:find|see|tell|say|think|imagine|guess|believe|help|recommend|stress|promise|know|remember|be|reproduce|detect|spot|recall|judge|rule|guarantee|emphasi[sz]e)$/.test(
        verb,
      ) ||
      LEAVING_ALONE.has(verb) ||
      CHECKING.has(verb)
    )
      return null;
    const fronted = trimmed((unable[1] ?? '').replace(/^(?:and|but|so|also|however|unfortunately|sadly)[\s,]+/i, ''));
    const object = objectIn(unable[3] ?? '');
    const named =
      object === '' || isPronoun(object) || /^(?:from|here|(?:in|on) (?:this|my|here))\b/i.test(object)
        ? fronted !== '' && fronted.split(' ').length < 9
          ? fronted
          : aboutOf(isPronoun(object) ? object : 'it', before)
        : aboutOf(object, before);
    return {
      is: 'stuck',
      about: named === null ? null : `${verb} ${named.replace(/^(?:The|A|An)\s/, (word) => word.toLowerCase())}`,
      on: reasonIn(unable[3] ?? ''),
    };
  }
  const outside = NEEDS_OUTSIDE.exec(text);
  if (
    outside?.[1] !== undefined &&
    !isSupposed(text) &&
    !/\b(?:not|n't|no longer)\s+(?:\w+\s+)?$/i.test(text.slice(0, outside.index + 1)) &&
    !/\bprobably\b/i.test(text)
  ) {
    return {
      is: 'stuck',
      about: aboutOf(subjectOf(`${text.slice(0, outside.index)} is x`), before),
      on: trimmed(outside[1]).slice(0, 120),
    };
  }
  const stays = STAYS.exec(text);
  if (
    stays?.[1] !== undefined &&
    isOutside(stays[1]) &&
    !/\b(?:take effect|appl(?:y|ies)|log(?:in| in| out)|restart|reload|reboot|run again)\b/i.test(text)
  )
    return {
      is: 'stuck',
      about: aboutOf(subjectOf(unled(text)) ?? firstNoun(text), before),
      on: trimmed(stays[1]).slice(0, 120),
    };
  const waiting = WAITING.exec(text);
  if (
    waiting !== null &&
    !/\b(?:thread|loop|process|worker|job|queue|request|socket|lock|goroutine|task)s? $/i.test(
      text.slice(0, waiting.index),
    ) &&
    (isOutside(waiting[1] ?? '') || /\b(?:blocked|on hold|stuck|held up)\b/i.test(waiting[0])) &&
    !/\b(?:main thread|event loop|requests?|threads?|queue|builds?|process|worker|lock|ci)\b/i.test(
      (waiting[1] ?? '').slice(0, 40),
    ) &&
    !/\bwas\b|\bwere\b/i.test(text)
  ) {
    return {
      is: 'stuck',
      about: aboutOf(subjectOf(unled(text)), before),
      on: trimmed(waiting[1] ?? '').slice(0, 120) || null,
    };
  }
  const need = NEED_FROM_YOU.exec(text);
  if (need !== null) return { is: 'stuck', about: null, on: trimmed(need[0]).slice(0, 120) };
  if (NO_ACCESS.test(text) || (DENIED.test(text) && /\b(?:i|here|this (?:machine|box|session|sandbox))\b/i.test(text)))
    return { is: 'stuck', about: null, on: trimmed(text).slice(0, 120) };
  return null;
}

function firstNoun(text: string): string | null {
  return /^((?:the|this|that)\s+[\p{L}-]+)\s/iu.exec(unled(text))?.[1] ?? null;
}

function reasonIn(rest: string): string | null {
  const at = /(?::\s|\bbecause\b|\bsince\b|\s[—–-]\s|;\s|\bas\b|\bwithout\b|\buntil\b|\bdue to\b)/i.exec(rest);
  return at === null ? null : trimmed(rest.slice(at.index + at[0].length)).slice(0, 120) || null;
}

/** A decision, a person, an event outside; not a program that will be through in a minute. */
const isOutside = (what: string): boolean =>
  !isUse(what) &&
  /\b(?:you|your|i hear|approv\w*|decid\w*|decision|sign\w*|go\b|go-?ahead|ok\b|okay|confirm\w*|access|review\w*|answer\w*|repl(?:y|ies)|he|she|they|their|legal|ops|team|someone|somebody|credentials|permission|[A-Z]\p{Ll}+(?:'s)?|merged|vendor|upstream|providers?|suppliers?|customers?|partners?|bank|registrar|release[sd]?|window|hostname|known|clear)\b/u.test(
    what,
  ) &&
  !/^(?:the )?(?:tests?|build|command|job|server|output|results?|agent)\b/i.test(what);

const STILL_WRONG = cued(
  /^(.*?)\b(?:still|again)\s+(?:(?:not|n't)\s+)?(?:is |are )?(?:fails?|failing|crash(?:es|ing)?|freez(?:es|ing)?|throws?|hangs?|broken|red|breaks?|times? out|errors?|leaks?|flaky|flickers?|wrong|reproduc\w+|happens?|occurs?|stops?|loses?|shows? (?:the|an?|old|nothing|up)|returns?|not|on the old|use[s]? the old|using the old|in the old)\b/i,
);
const NOT_STARTED = cued(
  /\b(?:i|we)(?:'ve| have)? (?:not|n't|have not|haven't|did not|didn't) (?:yet )?(started|begun|start|begin|finish|finished|complete|completed|touched)\b(?: (?:on|with))?(.*)$/i,
);
/** What was so before, and is no part of what was asked for. */
const NOT_MINE = cued(/\b(?:on main|pre-?existing|unrelated|also without|before (?:this|my) change|flaky)\b/i);
const NOT_FIXED = cued(
  /^(.*?)\b(?:is|are|was|were|has|have|'s)?\s*(?:not|n't)\s+(?:yet\s+|fully\s+|completely\s+|been\s+|really\s+|actually\s+)*(?:fixed|solved|resolved|done|finished|complete[d]?|working|green|gone|there|ready|started|begun|applied|migrated|over)\b(?:\s+with\s+([^:;,.]+))?/i,
);
const NOTHING = cued(
  /^(?:[\w ]{2,16},\s+)?(?:and |but )?nothing (?:has been|is|was|got) (?:applied|changed|done|deployed|written|merged|pushed|deleted|migrated|touched|run|started|sent|committed)\b/i,
);
const HALF = cued(
  /\b(?:half(?:way|-way| of (?:it|them|the \w+))?(?: (?:done|finished|there|through|migrated|converted|ported))|(?:is|are|'s|remains?|still) half-(?:done|finished|migrated)|partially (?:done|finished|working|migrated|implemented|complete)|only (?:half|part(?:ly|ially)?|some|the first \w+)\b|(?:\d+|one|two|three|four|five|six|seven|some|most) (?:of|out of) (?:the )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ ){0,2}(?:are |is )?(?:done|migrated|converted|ported|fixed|finished|left|remain)|in progress|not (?:all|everything)|work in progress)\b/i,
);
const SOME_OF = cued(
  /\b(?:\d+|one|two|three|four|five|six|seven|some|most|half) (?:of|out of) (?:the )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b.{0,60}\b(?:so far|yet|left|to go|remain\w*)\b/i,
);
const WHERE_I_AM = cued(
  /\b(?:that's|this is|that is|here is|here's) (?:where (?:i am|i'm at|it stands|things stand|i stopped|i got to|we are)|as far as i (?:got|came))|\bi (?:stopped|ran out)\b|\bi(?:'m| am) not (?:done|finished|through)\b|\bpick(?:ing)? (?:it|this|that) up\b/i,
);
const BUT_FAILS = cued(
  /^(?:but|however,?|only|except that|though)\s+(.+?)\s+(?:fails?|crash(?:es)?|throws?|hangs?|is red|are red|does not pass|doesn't pass|do not pass|don't pass|is failing|are failing|does not work|doesn't work)\b/i,
);

/** Asked for, and not begun, or begun and not through. */
export function unfinishedIn({ text, before }: Spoken): Said | null {
  const said = OPEN_CUE.test(text) ? openIn(text.trim(), before) : null;
  return said !== null && UNFINISHED_CUE.test(text) && !NOT_MINE.test(text) ? said : null;
}

function openIn(bare: string, before: readonly string[]): Said | null {
  const nothing = NOTHING.exec(bare);
  if (nothing !== null && !/^(?:if|when|unless|while|until)\b/i.test(before.at(-1) ?? ''))
    return { is: 'unfinished', about: null, begun: false };
  const wrong = STILL_WRONG.exec(bare);
  if (wrong !== null && !/\bnot\s+(?:yet\s+)?(?:tested|implemented|clear|sure|needed|required)/i.test(bare))
    return { is: 'unfinished', about: aboutOf(subjectOf(bare) ?? wrong[1] ?? null, before), begun: true };
  const started = NOT_STARTED.exec(bare);
  if (started !== null && (!/touched/i.test(started[1] ?? '') || /\byet\b/i.test(bare)))
    return {
      is: 'unfinished',
      about: aboutOf(objectIn(started[2] ?? ''), before),
      begun: /finish|complet/i.test(started[1] ?? ''),
    };
  const fixed = NOT_FIXED.exec(bare);
  if (
    fixed !== null &&
    !/\b(?:if|when|until|unless|because|why)\b/i.test(fixed[1] ?? '') &&
    /n't|\b(?:yet|not)\b/i.test(fixed[0])
  ) {
    const what =
      fixed[2] !== undefined
        ? fixed[2]
        : /\b(?:i|we)\b/i.test(fixed[1] ?? '')
          ? 'it'
          : (fixed[1] ?? '').replace(/\b(?:is|are|was|were|has|have)(?:n't)?\s*$/i, '');
    return {
      is: 'unfinished',
      about: aboutOf(trimmed(unled(what)) || 'it', before),
      begun: !/\b(?:started|begun|applied)\b/i.test(fixed[0]),
    };
  }
  const fails = BUT_FAILS.exec(bare);
  if (fails?.[1] !== undefined && !/,|\bnot\b|n't/.test(fails[1]))
    return { is: 'unfinished', about: aboutOf(fails[1], before), begun: true };
  if ((WHERE_I_AM.test(bare) || HALF.test(bare) || SOME_OF.test(bare)) && !/\bshould\b/i.test(bare))
    return { is: 'unfinished', about: aboutOf(subjectOf(bare), before), begun: true };
  return null;
}

const LEFT_OUT = cued(
  /\b(?:leave|left|leaving|kept|keeping) (?:.{1,60} )?(?:out|untouched|alone|as (?:it|they) (?:is|are|was|were))\b|\b(?:is|are|was|were|stays?) (?:out of (?:the )?(?:plan|scope)|left out|off the table|dropped from|cancelled|canceled)\b|^(?:left out|dropped|skipped|cancelled|canceled|removed from the (?:plan|list))\b|^(?:fine|ok|okay|sure|right|alright|all right|understood|agreed|got it)?[,.]?\s*no ([\w -]{2,50}?),? (?:then|it is)\b|\bi(?:'ve| have)? (?:dropped|skipped|omitted|cancelled|canceled)\s/i,
);
const AGREED = cued(
  /\bas (?:you (?:said|asked|wanted|requested|decided|prefer\w*)|agreed|discussed|requested|instructed|decided)\b|\bper your\b|\byou (?:said|asked|wanted|told me)\b|^(?:fine|ok|okay|sure|right|alright|all right|understood|agreed)\b|\bon your (?:word|request)\b/i,
);

/** `Settings now.`, `The bars next.` */
const NOW_COMES =
  /^(?:(?:and|then|so) )?((?:(?:The|the|Your|your) )?[\p{L}][\w-]*(?: [\w-]+){0,2}) (?:now|next)[.!]?$/u;
const NOW_OR_NEXT = cued(/ (?:now|next)[.!]?$/);
const NEXT_COMES = cued(/^(?:and next|next)(?: up)?(?: is| are|:|,| comes)\s/i);
const IS_SO =
  /\b(?:is|are|was|works?|runs?|pass(?:es)?|done|fixed|gone|good|better|fine|green|clean|up|back|for|until|by|from|right|all|it|that|this|they|i|we|you|not|and|or|happy|complete|ready|live|clear)\b|ed$|'/i;

/** `Next: the importer`, `Next is the importer`: asked for, and not begun. */
export function comesNext(sentence: string): Said | null {
  const bare = sentence.trim();
  const next = NEXT_COMES.test(bare)
    ? /^(?:and )?next(?: up)?(?: is| are|:|,| comes)\s+((?:the|a|an|our|your|its|[A-Z`]|\w+ing\b)[^,.;!?]{1,90})/.exec(
        bare.replace(/^N/, 'n'),
      )
    : null;
  const now = next === null && NOW_OR_NEXT.test(bare) ? NOW_COMES.exec(bare)?.[1] : undefined;
  if (now !== undefined && !IS_SO.test(now)) return { is: 'unfinished', about: now, begun: false };
  return next?.[1] === undefined || /^(?:I|I'll)\b/.test(next[1])
    ? null
    : { is: 'unfinished', about: trimmed(next[1]), begun: false };
}

/** Left out because the user said so. */
export function droppedIn({ text, before }: Spoken): Said | null {
  const hit = LEFT_OUT.exec(text);
  if (hit === null) return null;
  const isSure =
    AGREED.test(text) ||
    /^(?:left out|dropped|cancel)/i.test(text.trim()) ||
    /out of (?:the )?(?:plan|scope)|cancel|off the table/i.test(hit[0]);
  if (!isSure || (/\bout of scope\b/i.test(text) && !AGREED.test(text))) return null;
  const without =
    /\b(?:leave|left|leaving|kept|keeping|skipped|dropped|omitted)\s+(.{1,60}?)\s+(?:out|untouched|alone|as)\b/i.exec(
      text,
    )?.[1];
  return {
    is: 'dropped',
    about: aboutOf(
      without ?? hit[1] ?? subjectOf(unled(text)) ?? objectIn(text.slice(hit.index + hit[0].length)),
      before,
    ),
  };
}
