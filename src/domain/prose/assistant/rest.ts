/** Work that is left and told in passing: `the expiry is the one thing I haven't got to`, `covering those is another round`. */
import { cued } from '../../cue/index.js';
import { deed } from './deeds.js';
import { found, verbed, workIn, type Found, type Rule } from './left.js';
import { RELEASE } from './steps.js';
import { isPronoun, objectIn, resolved, trimmed } from './things.js';
import { CHECKING, isVerb, ofGerund, ofParticiple } from './verbs.js';

const NOT_GOT_TO = cued(
  /^(?:and |but )?(.{2,60}?)\s+(?:is|are|was|were|'s)\s+(?:the\s+)?(?:(?:one|only|single|last|other|main|two)\s+)*(?:things?|items?|parts?|bits?|pieces?|points?|steps?|ones?|what)\s+(?:that\s+|which\s+)?(?:i|we)(?:'ve not|\s+(?:still\s+)?(?:haven't|have not|didn't|did not|never|couldn't|could not))\s+(?:yet\s+)?(?:g[eo]t(?:ten)?|manage|do|done|reach|touch|start|finish)(?:ed|d)?\b/i,
);
const FRONTED = cued(
  /^(?:and |but )?((?:the|a|an|our|your|its)\s.{2,50}?|\p{Lu}[\w.-]*(?: [\w.-]+){0,4})\s+(?:i|we)\s+(?:(?:never|have not|haven't|did not|didn't)\s+)(?:(?:actually|really|even|yet|ever)\s+)*(look(?:ed)? (?:at|into)|g[eo]t (?:a?round )?to|reach(?:ed)?|open(?:ed)?|test(?:ed)?|tr(?:ied|y)|check(?:ed)?|measured?|verif(?:ied|y)|reviewed?)(?:\s+(?:yet|at all|so far|either))?[.!]?$/iu,
);
const ANOTHER_DAY = cued(
  /^(?:and |but |so )?([\p{L}-]+ing\s.{2,70}?)\s+(?:is|are|would be|will be|'d be|comes?)\s+(?:then\s+)?(?:(?:for\s+)?(?:another|a different|a separate|an extra|the next)\s+(?:round|day|story|job|ticket|task|topic|change|pr|session|evening|pass|step|piece of work)|a (?:story|job|task|topic|project|ticket|change|pr) of its own|something for (?:later|tomorrow|another \w+|next \w+|the next \w+)|(?:the )?(?:first|next) (?:thing|job|item|step|task)(?: to do)? (?:for|in|on|tomorrow|when|once|after)|still (?:to do|ahead|to come)|up next)\b/iu,
);
const NO_CHANCE = cued(
  /\b(?:(?:i|we)(?:'ve|'d| have)?\s+(?:had|found|got)|there was)\s+(?:simply |still )?no\s+(?:chance|time|opportunity|occasion|way)\s+(?:yet\s+|so far\s+)?to\s+([\p{L}-]+)\s+(.+)$/iu,
);
const NOT_SEEN = cued(
  /^(?:and |but )?what\s+(it|this|that|they|the .{2,40}?)\s+(?:has|have)(?:n't| not)\s+(?:yet\s+)?(?:seen|had|got|been through|gone through|met|faced|passed|undergone)(?:\s+(?:yet|so far))?\s+(?:is|are)\s+((?:an?|the|any|real)\s.{2,80})$/i,
);
const TRIAL = /\b(?:plan|test|run|check|apply|audit|benchmark|measurement|trial|scan|lint|migration|build)\b/i;
const NONE_HAS = cued(
  /^(?:and |but |so )?(?:no|not one|not a single)\s+((?:[\p{L}-]+ )?[\p{L}-]+)\s+(?:has|have)\s+(?:yet\s+|ever\s+|actually\s+)?(?!been\b)[\p{L}]+(?:ed|en|n|t)\b.{0,40}\b(?:with|from|of|through|using|on|to)?\s?(?:it|this|that|them|these)\b/iu,
);
const ONLY_BUILT = cued(
  /\bonly\s+(?:been\s+)?(?:compiled|built|type-?checked|linted|parsed|simulated|rendered|dry-run|reasoned|read)\b/i,
);
const COME_OUT = cued(
  /^(?:and |but |so )?(it|that|this|they|those|these|(?:the|that|this|our|your|my)\s.{2,60}?)\s+(?:still\s+)?(?:has to|have to|must|needs? to|should|ought to|will have to|is to|are to)\s+(?:still\s+)?(?:come (?:back )?out|come off|be (?:gone|out|off)|go away|disappear|vanish|go(?=\s+(?:again\s+)?before))\b/i,
);
/** By what it works: what "it" is where it has to come out again. */
const BY_MEANS = cued(
  /\b(?:through|via|behind|by means of|using|thanks to)\s+((?:the|an?|our|my|that|this)\s+[\w .'-]{2,40}?)(?=$|,|\.|\s(?:and|but|so|which|that)\b)/i,
);
const FOR_YOU_TO = cued(
  /^(?:and |but |so )?((?:the|that|this|those|these|your|its|all|it|an?)\b.{0,60}?|[A-Z][\w.-]+)\s+(?:is|are|would be|'s)\s+(?:(?:then|therefore|left|now|still)\s+)*(?:for you|up to you|on you|yours)\s+to\s+([\p{L}-]+)(?=$|[.,;!]|\s+(?:by|in|at|on|with|from|as|since|when|once)\b)(.*)$/iu,
);
const IS_TO_BE = cued(
  /^(?:and |but |so )?(it|that|this|they|those|(?:the|our|your|its)\s.{2,60}?)\s+(?:is|are)\s+to be\s+([\p{L}-]+)\s+(?=(?:after|once|when|as soon as|before|by|in the next|with the next)\b)/iu,
);
const STORY_OF_ITS_OWN = cued(
  /^(?:and |but )?(.{3,60}?)\s+(?:also )?still\s+(?:uses?|relies on|rely on|depends? on|has|have|shows?|calls?|reads?|speaks?|contains?|carr(?:y|ies)|goes through)\s+((?!to\b|not\b)[^,;.]{3,60})(?:,\s+which\s[^;]{3,100})?(?:;|,|\s[—–-])\s+(?:but |and |though )?(?:that|this|it)(?:'s|'d be| is| would be| will be)\s+(?:for )?(?:an?other|an?|its own|something for|the next)\s+(?:separate\s+|different\s+|longer\s+|bigger\s+)?(?:story|matter|topic|task|job|round|day|ticket|project|change|pr|piece of work|issue|session|later)\b/i,
);

/** What is asked for by saying that it is lacking: `What I'd need is the output of the profiler`. */
const I_NEED = cued(
  /^(?:and |but |so )?(?:what|(?:the )?(?:one|only) thing(?: that)?|all(?: that)?)\s+(?:i|we)(?:'d| would|'ll| will)?(?: still| really| now)? (?:need|want|miss|lack|am missing|be missing)(?: now| here| for (?:that|this|it))?(?: (?:from you|to (?:go on|continue|see it|tell|find out|get further|proceed)))?\s+(?:is|are|would be)\s+((?:the|an?|your|some|one|two)\s.{3,120})$/i,
);

/** One of these is in whatever names work in passing. */
const PASSING_CUE = cued(
  /n't|not|never|\bno\b|another|different|separate|extra|\bnext\b|\bown\b|something|first|still|need|want|miss|lack|come|\bbe (?:gone|out|off)|\bgo\b|disappear|vanish|to be|you/i,
);

/** Work named in passing. */
export const inPassing: Rule = ({ text, before, isStrict }) => {
  if (!PASSING_CUE.test(text)) return null;
  const never = NOT_GOT_TO.exec(text);
  if (never?.[1] !== undefined && !isPronoun(never[1]) && !/^(?:that|this|what|which|who|there)\b/i.test(never[1]))
    return found('unfinished', deed(never[1].slice(never[1].lastIndexOf(', ') + 1).trim(), before));
  const fronted = FRONTED.exec(text);
  if (fronted?.[1] !== undefined && fronted[2] !== undefined) {
    const verb = fronted[2].toLowerCase();
    if (/^(?:g|reach)/.test(verb)) return found('unfinished', deed(trimmed(fronted[1]), before));
    const base = /^look/.test(verb) ? verb.replace('looked', 'look') : /^t/.test(verb) ? verb.slice(0, 2) : '';
    const plain = base === 'te' ? 'test' : base === 'tr' ? 'try' : base !== '' ? base : verb.slice(0, 4);
    const whole = { open: 'open', chec: 'check', meas: 'measure', veri: 'verify', revi: 'review' }[plain] ?? plain;
    return found('untested', verbed(whole, fronted[1], before));
  }
  const day = ANOTHER_DAY.exec(text);
  if (day?.[1] !== undefined && ofGerund(day[1].split(' ')[0] ?? '') !== null)
    return found('next', workIn(day[1], before));
  const chance = NO_CHANCE.exec(text);
  if (chance?.[1] !== undefined && !/^(?:be|know|tell|say|see|do|find)$/i.test(chance[1]))
    return found(
      CHECKING.has(chance[1].toLowerCase()) ? 'untested' : 'unfinished',
      verbed(chance[1], objectIn(chance[2] ?? '').replace(/\b(?:any|all) of (?=the|these|those)/i, ''), before),
    );
  const unseen = NOT_SEEN.exec(text);
  if (unseen?.[1] !== undefined && unseen[2] !== undefined) {
    const trial = objectIn(unseen[2]);
    const thing = resolved(unseen[1], before);
    return found(
      'untested',
      TRIAL.test(trial) ? `Run ${trial}` : `Try ${thing === null || isPronoun(thing) ? 'it' : thing} with ${trial}`,
    );
  }
  const need = I_NEED.exec(text);
  if (need?.[1] !== undefined && !/^(?:to|from|is|time|more time|nothing|you to)\b/i.test(need[1]))
    return found('handed', verbed('get', objectIn(need[1]), before));
  return outOrYours(text, before) ?? (isStrict ? null : untriedOn(text, before));
};

function outOrYours(text: string, before: readonly string[]): Found | null {
  const out = RELEASE.test(text) ? COME_OUT.exec(text) : null;
  if (out?.[1] !== undefined) {
    const means = isPronoun(out[1])
      ? before
          .slice(-3)
          .reverse()
          .map((clause) => BY_MEANS.exec(clause.slice(0, 300))?.[1])
          .find((thing) => thing !== undefined)
      : undefined;
    return found('before', verbed('remove', means?.replace(/^an?\s/i, 'the ') ?? out[1], before));
  }
  const due = IS_TO_BE.exec(text);
  const done = due?.[2] === undefined ? null : ofParticiple(due[2].toLowerCase());
  if (due?.[1] !== undefined && done !== null)
    return found(RELEASE.test(text) ? 'before' : 'left', verbed(done, due[1], before));
  const you = FOR_YOU_TO.exec(text);
  if (
    you?.[1] === undefined ||
    you[2] === undefined ||
    !isVerb(you[2]) ||
    /^(?:decide|choose|say|make|do|have|take)$/i.test(you[2])
  )
    return null;
  const one = /^(?:that|this) one$/i.test(you[1]) ? placeOf([...before, text]) : null;
  if (one !== null) return found('handed', `${you[2]} ${one}`);
  const work = verbed(you[2], you[1], before);
  const name = work === null ? null : nameOf(you[1], before);
  return found('handed', work === null ? null : `${work}${name === null ? '' : ` ${name}`}`);
}

const AT_ITS_HEAD = cued(
  /^(?:and |but |only |so )?(?:[Ii]n|[Oo]n|[Ff]or|[Oo]f|[Aa]t|[Ww]ith)\s+((?:the\s)?(?:[\p{L}-]+\s){1,3}?#?[\d][\w.-]*|(?:the|our|your)\s[^,;:]{2,30}?(?=,)|[A-Z][\w.-]+(?=,))/u,
);

/** `In file 12 a word is cut off; that one is for you to check`: the place is what is meant. */
function placeOf(before: readonly string[]): string | null {
  for (const clause of before.slice(-4).reverse()) {
    const place = AT_ITS_HEAD.exec(clause.slice(0, 200))?.[1];
    if (place !== undefined) return place;
  }
  return null;
}

/** `the record`, of which a clause before names which: `vpn.example.net points at …`. */
function nameOf(object: string, before: readonly string[]): string | null {
  if (
    !/^(?:the|that|this)\s(?:[\p{L}-]+\s)?(?:record|entry|host|host ?name|domain|zone|certificate|address|redirect|alias|webhook|bucket|cluster|instance|machine|server|site|url|link)s?$/iu.test(
      object,
    )
  )
    return null;
  for (const clause of before.slice(-5).reverse()) {
    const name = /(?:^|[\s:`])([\w-]+(?:[./_][\w-]+)+)(?=$|[\s`,])/.exec(clause.slice(0, 300))?.[1];
    if (name !== undefined && /[a-z]/i.test(name)) return name;
  }
  return null;
}

function untriedOn(text: string, before: readonly string[]): Found | null {
  const none = NONE_HAS.exec(text);
  if (none?.[1] === undefined || !before.slice(-2).some((clause) => ONLY_BUILT.test(clause))) return null;
  const thing = resolved('it', before);
  return found('untested', `Try ${thing === null || isPronoun(thing) ? 'the change' : thing} on a real ${none[1]}`);
}

/** `the charts still use fixed colours; that's a story of its own`. */
export function storyIn(sentence: string, before: readonly string[]): Found | null {
  const story = STORY_OF_ITS_OWN.exec(sentence.slice(0, 400));
  if (story?.[1] === undefined || story[2] === undefined) return null;
  const thing = resolved(story[1], before);
  return thing === null || isPronoun(thing) ? null : found('left', `Replace ${trimmed(story[2])} in ${thing}`);
}

const BY_HAND =
  'hand|wipe|delete|remove|rotate|revoke|shred|upload|send|forward|install|move|copy|merge|restart|rename|archive|put|pass|store|destroy|change|print|sign|renew|order|pay|publish|rotate|replace';
const ORDER_AFTER = cued(
  new RegExp(
    String.raw`^(.{4,200}?\b(?:is|are|lies?|lie|lying|sits?|sit|remains?|stays?|still)\b.{3,160}?),\s+(?:so |please |then )*(${BY_HAND})\s+(them|it|that|this|those|these|(?:that|the|those|these)\s[\p{L}-]+)(?:\s+(over|up|out|away|off|down|back|in))?(?:\s+(?:and|then|and then)\s+(${BY_HAND})\s+([^,;]{2,60}))?(?:\s+(?:today|tonight|tomorrow|now|soon|first|please|at once|right away|immediately|straight away|this week|as soon as (?:you can|possible)))?[.!]?$`,
    'iu',
  ),
);

/** `The keys are lying in out/keys, hand them over and wipe that directory`. */
export function ordersAfter(sentence: string, before: readonly string[]): readonly Found[] {
  const hit = sentence.length > 400 ? null : ORDER_AFTER.exec(sentence);
  if (hit === null || /^(?:if|when|whenever|to|unless|the \w+s? (?:that|which))\b/i.test(sentence)) return [];
  if (hit[1] === undefined || hit[2] === undefined || /\b(?:to|can|will|i|we|they)\s+[\p{L}-]+$/iu.test(hit[1]))
    return [];
  const told = [...before, hit[1]];
  const of = (verb: string, object: string, particle = ''): Found | null => {
    const path = /^(?:that|the|this)\s(directory|folder|file)[.!]?$/i.exec(object.trim());
    const name = path === null ? undefined : /[\w.-]+\/[\w./-]+|[\w-]+\.\w+/.exec(hit[1] ?? '')?.[0];
    if (path?.[1] !== undefined && name !== undefined) return found('handed', `${verb} the ${path[1]} ${name}`);
    return found('handed', verbed(particle === '' ? verb : `${verb} ${particle}`, object, told));
  };
  return [of(hit[2], hit[3] ?? 'it', hit[4]), hit[5] === undefined ? null : of(hit[5], hit[6] ?? '')].filter(
    (one) => one !== null,
  );
}

const ASKED_BACK = cued(
  /\b(?:i|we)\s+(?:can't|cannot|can not|could not|couldn't|am not able to|may not|have no way to|'m not allowed to|am not allowed to)\s+([\p{L}-]+)\s+([^:;?]{2,90}?)(?::|;|,|\s[—–-])\s+(?:so |and |but )*(?:would|could|can|will) you (?:please |perhaps |maybe )?([\p{L}-]+)\s+([^?]{2,140})\?\s*$/iu,
);

/** `I can't restart hosts from here: would you do it once on web-3?` */
export function askedBack(sentence: string, before: readonly string[]): Found | null {
  const hit = ASKED_BACK.exec(sentence.slice(-400));
  if (hit?.[1] === undefined || hit[3] === undefined) return null;
  const rest = (hit[4] ?? '').trim();
  if (/^(?:do|try|run)$/i.test(hit[3])) {
    const again = /^(?:it|that|this|so)\b\s*(.*)$/i.exec(rest);
    if (again !== null) {
      const where = again[1] ?? '';
      const object = objectIn(hit[2] ?? '');
      const plain = /\b(?:on|in|from|at)\s/i.test(where) ? object.replace(/\s(?:on|in|from|at)\s.*$/i, '') : object;
      const work = verbed(hit[1], plain, before);
      return found('handed', work === null ? null : `${work} ${where}`.trim());
    }
  }
  if (
    !isVerb(hit[3]) ||
    /^(?:tell|let|say|check|share|paste|give|confirm|decide|look|send me)\b/i.test(`${hit[3]} ${rest}`)
  )
    return null;
  return found('handed', verbed(hit[3], objectIn(rest), [...before, `the ${hit[2] ?? ''}`]));
}
