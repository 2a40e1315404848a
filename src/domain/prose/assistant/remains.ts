/** What a short sentence tells to be left: `only the map is left`, `no time for the labels`. */
import { cued } from '../../cue/index.js';
import { DEEDS, deed } from './deeds.js';
import { isSupposed } from './clauses.js';
import { found, verbed, whose, workIn, type Clause, type Found, type Rule } from './left.js';
import { OFTEN } from './steps.js';
import { isPronoun, objectIn, resolved, trimmed } from './things.js';
import { isVerb, ofGerund, ofParticiple } from './verbs.js';

const MORE = cued(
  /^(?:the (?:one|two|three|four|ones?|other|others|rest|\d+) (?:\w+ )?(?:that|which) (?:is|are|remains?) ?(?:still )?(?:left|open|missing|outstanding|to do)? (?:is|are)|(?:so |and |then |but )?(?:the |my |our |your |one |another )?(?:(?:only|main|big|obvious|logical|natural|immediate|first|one|other) )*(?:next|remaining|last|missing|open|outstanding|unfinished|follow-?up|final)(?: (?:remaining|open|missing|big|real|logical))? (?:steps?|things?|tasks?|actions?|jobs?|items?|pieces?|bits?|parts?|points?|gaps?|move|work|todo)(?: (?:left|open|remaining|missing|to (?:do|try|fix|build|tackle|look at)|for (?:me|us|you|tomorrow|later|next \w+|the next \w+)|here|now|on my list|from here))* (?:is|are|would be|will be|:|—|-)|(?:the |my )?(?:only|one|last|main|other|biggest) (?:things?|parts?|pieces?|bits?|items?|points?|steps?|ones?) (?:that(?:'s| is| are)? |which (?:is |are )?)?(?:still )?(?:left|missing|open|outstanding|remaining|remains?|to do)(?: to (?:do|be done)| open| undone| for (?:me|us|now|later))? (?:is|are)|(?:(?:also|still|now|then) )*(?:missing|outstanding|left|unfinished|to do)(?: (?:is|are|remains?))(?: still| now| also)*(?= (?:the|an?|our|your|its|only|just|to)\b)|what(?:'s| is)? (?:(?:actually|really|still|mainly|clearly|completely|sorely) )?(?:remains|left|(?:still )?missing|(?:still )?open|still (?:needs? (?:doing|work)|to do)|comes next|next)(?: (?:now|to do|to be done|open|here|is|for \w+))* (?:is|are|:)|(?:that|which|this) (?:only )?leaves(?: (?:only|just|open|us with))?|(?:it|there) (?:only )?remains(?: only)?|(?:there(?:'s| is| are)|still) (?:still )?(?:left|open|missing|to do|outstanding|remaining)(?: is| are)?:?)\s+(?:only\s+|just\s+|still\s+)?(?:to\s+)?(?!not\b)(.+)$/i,
);
/** `what remains is urgent` says of it what it is like. */
const IS_LIKE =
  /^(?:(?:rather|quite|very|mostly|only|pretty|fairly|more|less) )*(?:urgent|small|tiny|big|large|easy|hard|minor|simple|trivial|unclear|straightforward|tricky|little|mechanical|manageable|routine|boring|cosmetic|[a-z]{3,}(?:able|ible|ous|ful|less))(?:[.,;:]|$| (?:and|but|for|to|enough)\b)/i;

/** `the next thing to try is the keepalive`, `what is left is the migration guide`. */
export const whatIsNext: Rule = ({ text, before }) => {
  const hit = MORE.exec(text);
  if (
    hit?.[1] === undefined ||
    !/\b(?:next|remain\w*|last|missing|open|outstanding|unfinished|follow-?up|final|left|leaves|still|pending|to do)\b/i.test(
      text.slice(0, 90),
    ) ||
    /^(?:nothing|none|no|done|clear|unchanged|green|the same|up to you|yours)\b/i.test(hit[1]) ||
    IS_LIKE.test(hit[1])
  )
    return null;
  const object = hit[1].replace(/^(?:that|for)\s+/i, '').slice(0, 200);
  const tries = /\bto (try|look at|tackle|fix|build)\b/i.exec(hit[0].slice(0, hit[0].length - hit[1].length))?.[1];
  return found(
    'next',
    workIn(objectIn(object), before, tries === undefined ? 'Handle' : tries.charAt(0).toUpperCase() + tries.slice(1)),
  );
};

const IS_LEFT = cued(
  /^(.{2,80}?)\s+(?:is|are)\s+(?:now\s+)?(?:all (?:that(?:'s| is)? |which is )?(?:left|remains?|missing|open)|still left|left)(?:\s+(?:to do|to be done|now|over|open|for (?:now|me|later|tomorrow)))?[.!]?$/i,
);
const DOING_LEFT = cued(
  /^(?:and |but |so )?([\p{L}-]+ing\s.{2,80}?)\s+(?:(?:still |now |only )*remains?|(?:is|are) (?:still |now )*(?:left|outstanding|pending|open|missing|to do|to come|undone)|comes (?:next|later|after that|last)|will follow|follows|is for later)(?:\s+(?:to be done|to do|undone|open|later|for (?:now|later|tomorrow)))?[.!]?$/iu,
);
const NO_TIME_FOR = cued(
  /\bno\s+(?:more |spare )?(?:time|budget|context)\s+(?:(?:is|was|were)\s+)?(?:(?:left|any ?more|remaining)\s+)?(?:over\s+)?for\s+(.{2,100})$/i,
);
const NOT_COVERING = cued(
  /^(?:this|that|it|the (?:change|pr|fix|patch|branch|commit|version|new \w+|first version))\s+(?:does not|doesn't|do not|don't)\s+(?:yet\s+)?(?:also\s+)?(cover|include|handle|address|support|touch|contain)\s+(.{2,100}?)\s*(?:\byet|\bso far)[.!]?$/i,
);
const IS_STOPGAP = cued(
  /^((?:the|our|that|this|its|your)\s.{2,60}?)\s+(?:is|are)\s+(?:still |only |just |really |for now |currently )*(?:an? )?(?:temporary|interim|provisional|quick|makeshift|dirty|ugly|crude|stop-?gap)(?:,? (?:and )?(?:temporary|dirty|ugly|crude))? ?(?:workarounds?|fix|fixes|hacks?|solutions?|patch|patches|shims?|measures?|versions?)?[.!]?(?: for now| so far| until .*| and .*)?$/i,
);
const NEEDS_CHECKING = cued(
  /^(?:and |but |so )?((?:the|our|your|its|that|this|those|these|all|both|\p{Lu}[\w.-]+)\s?.{0,70}?)\s+(?:also |really |definitely |certainly |therefore )*(?:needs?|wants?|requires?|deserves?)\s+(?:(?:some|more|further|proper|manual|careful|thorough|real|another|an?|additional|separate)\s+)*(testing|checking|reviewing|verification|verifying|measuring|benchmarking|proofreading|review|retesting|test|check|tests)(?=$|[.,;!]|\s(?:on|in|with|against|by|under|from|as well|too|there|before|once|after)\b)(.*)$/iu,
);
const CHECK_OF: Readonly<Record<string, string>> = {
  verification: 'Verify',
  review: 'Review',
  test: 'Test',
  tests: 'Test',
  check: 'Check',
};

const NEEDS_DEED = cued(
  /^(?:and |but |so )?((?:the|our|your|its|that|this|those|these|it|they)\b.{0,70}?)\s+(?:also |really |definitely |probably |then )*(?:needs?|wants?|requires?|deserves?|will (?:also )?need)\s+(?:an?|another|one more)\s+(?:(?:closer|second|proper|real|quick|full|good|careful|small) )?([\p{L}-]+)(?=$|[.,;!]|\s(?:too|as well|first|there|then|now|afterwards|for (?:that|this|it))\b)/iu,
);
const WORK_ON = cued(
  /\bthere(?:'s| is)\s+(?:still\s+)?(?:some |more |a bit of |a lot of |plenty of |quite some )?work (?:left|to do|to be done|remaining)(?: to (?:do|be done))? (?:on|in|for|with)\s+(.{3,90})$/i,
);
const WE_MISS = cued(
  /\b(?:we|i)(?:'re|'m| are| am)? still (?:missing|lacking|miss|lack|without)\s+((?:an?|the|any|some|our)\s.{3,90})$/i,
);
const HAS_TO_GO = cued(
  /^(?:and |but |so )?((?:the|our|your|its|that|this|those|these)\s.{2,60}?)\s+(?:still\s+|also\s+)?(?:needs?|has|have|must|ought|will have|will need)\s*(?:to )?(?:go|disappear|come out|be gone)(?:\s+away)?(?=$|[.,;!]|\s(?:once|when|as soon as|after|later|eventually|too|as well)\b)/i,
);
const NICE_TO = cued(
  /^(?:and |but |so )?(which|that|it|this|they|(?:the|our|your|its)\s.{2,60}?)\s+(?:would|might) be (?:nice|good|worth|great|sensible|wise|useful) (?:to )?([\p{L}-]+)(?:\s+(up|out|over|off))?\s+(.*)$/iu,
);
const SOME_OTHER_TIME =
  /\b(?:some ?day|eventually|at some point|later|one day|some time|sometime|in a follow-?up|tomorrow|next (?:week|time|sprint|session))\b/i;
const NOT_KNOWN = cued(
  /\b(?:i|we)\s*(?:(?:have|'ve)(?:n't| not)(?: yet)?|(?:did not|didn't|could not|couldn't|was not able to|wasn't able to)(?: yet)?)\s+(?:found|find|figured?|worked?|work|tracked?|pinned?)\s*(?:out|down)?\s+(?:yet\s+)?(why|what|where|how|who|which)\b\s*(.*)$/i,
);
const JOB_FOR = cued(
  new RegExp(
    String.raw`^(?:and |but )?(which|that|this|it|.{3,70}?)(?:\s+(?:is|are|would be|will be)|'s)\s+(?:then |more |really |rather |probably |clearly )*(?:an? (?:job|task|topic|story|matter|thing|piece of work|project|candidate|point|item)|something|work|material)\s+for\s+(?:the next|another|an?|later|next|tomorrow)(?:\s\w+)?`,
    'i',
  ),
);
const WHAT_NEXT = cued(
  /^what (?:i|we)(?:'d| would|'ll| will| want to| could| should)(?: still| then| also| really)* ([\p{L}-]+)(?: out| at)? (?:next|tomorrow|later|next \w+|first|then|after that|another day) is (.{3,110})$/iu,
);
const WHAT_NOBODY = cued(
  /^what (?:nobody|no one|no-one|none of us|neither of us|i|we)(?:'ve)? ?(?:has|have)?(?: not|n't)?(?: yet| ever| actually)* (looked at|checked|tested|tried|verified|measured|reviewed|seen|done|run|built|written|translated|documented|ported|migrated|covered)(?: yet| so far| at all)* (?:is|are) (.{3,110})$/i,
);

const past: Readonly<Record<string, string>> = { seen: 'look at', tried: 'try', 'looked at': 'look at', run: 'run' };

/** `only the map is left`, `importing the rows remains`, `no time for the labels`, `the old route needs to go`. */
export const leftOver: Rule = (clause) => {
  const { text, before, isStrict } = clause;
  const nobody = WHAT_NOBODY.exec(text);
  if (
    nobody?.[1] !== undefined &&
    nobody[2] !== undefined &&
    (/^what (?:no|none|neither)/i.test(text) || /n't| not/i.test(nobody[0]))
  ) {
    const done = nobody[1].toLowerCase();
    return found('untested', verbed(past[done] ?? ofParticiple(done) ?? 'do', objectIn(nobody[2]), before));
  }
  const next = WHAT_NEXT.exec(text);
  if (
    next?.[1] !== undefined &&
    isVerb(next[1]) &&
    /^(?:the|an?|our|your|its|my|that|this|those|these)\b/i.test(next[2] ?? '')
  )
    return found('next', verbed(next[1], objectIn(next[2] ?? ''), before));
  const doing = DOING_LEFT.exec(text);
  if (doing?.[1] !== undefined && ofGerund(doing[1].split(' ')[0] ?? '') !== null)
    return found('left', workIn(doing[1], before));
  const time = NO_TIME_FOR.exec(text);
  if (time?.[1] !== undefined && !/^(?:it|that|this)\b/i.test(time[1]))
    return found('unfinished', deed(objectIn(time[1]), before));
  const why = NOT_KNOWN.exec(text);
  if (why?.[1] !== undefined) return found('unfinished', findOut(why[1], why[2] ?? '', before));
  return isStrict ? null : (statedLeft(clause) ?? notSure(clause));
};

function findOut(word: string, rest: string, before: readonly string[]): string | null {
  const said = objectIn(rest);
  if (said !== '' && !/^(?:yet|so far|either|it is|that is)$/i.test(said)) return `Find out ${word} ${said}`;
  const last = (before.at(-1) ?? '')
    .replace(/^(?:but|and|so|only|however,?)\s+/i, '')
    .replace(/\s+(?:since then|now|again)$/i, '');
  const [, apposed, state] = /^[^,]{2,40},\s([\w./-]+),\s(.{3,})$/.exec(last) ?? [];
  const what = apposed === undefined || state === undefined ? last : `${apposed} ${state}`;
  return /\b(?:is|are|fails?|hangs?|goes|turns?|loses?|crashes|stays?|remains?|has|does|gets?)\b/.test(what)
    ? `Find out ${word} ${objectIn(what).replace(/^(?:The|An?|This|That|Our|It)\s/, (first) => first.toLowerCase())}`
    : null;
}

function statedLeft({ text, before, led = '' }: Clause): Found | null {
  const left = IS_LEFT.exec(text);
  if (
    left?.[1] !== undefined &&
    (/\b(?:only|just)\b/i.test(led) || /\ball\b|to do|to be done|still/i.test(text.slice(left[1].length))) &&
    /^(?:the|our|your|its|my|that|those|these|\p{Lu}|[\p{L}-]+ing\s)/u.test(left[1]) &&
    !/^(?:nothing|there|what|if|when|which)\b|\b(?:seconds?|minutes?|hours?|days?|space|memory|budget|MB|GB|retries|attempts?)$/i.test(
      left[1],
    )
  )
    return found('left', deed(trimmed(left[1]), before));
  const covering = NOT_COVERING.exec(text);
  if (covering?.[2] !== undefined)
    return found(
      'unfinished',
      verbed(covering[1] === 'touch' ? 'update' : (covering[1] ?? 'cover'), objectIn(covering[2]), before),
    );
  const gap = IS_STOPGAP.exec(text);
  if (gap?.[1] !== undefined) {
    const thing = resolved(gap[1], before);
    return thing === null || isPronoun(thing) ? null : found('left', `Replace ${thing}`);
  }
  const work = WORK_ON.exec(text)?.[1];
  if (work !== undefined) return found('left', deed(objectIn(work), before));
  const miss = WE_MISS.exec(text)?.[1];
  if (miss !== undefined) return found('left', verbed('add', objectIn(miss), before));
  const needs = isSupposed(text) || OFTEN.test(text) ? null : NEEDS_DEED.exec(text);
  const noun = needs?.[2]?.toLowerCase() ?? '';
  const doing = noun === 'look' ? 'Look at' : DEEDS.get(noun);
  if (needs?.[1] !== undefined && doing !== undefined) return found('left', verbed(doing, needs[1], before));
  const go = HAS_TO_GO.exec(text);
  if (go?.[1] !== undefined) return found('left', verbed('remove', go[1], before));
  return null;
}

/** What may as well be advice, but for a word that says whose and when. */
function notSure({ text, before }: Clause): Found | null {
  const check = isSupposed(text) ? null : NEEDS_CHECKING.exec(text);
  if (check?.[1] !== undefined && check[2] !== undefined && !/\b(?:that|which|who|no longer)$/i.test(check[1])) {
    const word = check[2].toLowerCase();
    const thing = resolved(check[1], before);
    const where = objectIn(check[3] ?? '');
    const verb = CHECK_OF[word] ?? ofGerund(word) ?? 'Test';
    return thing === null || isPronoun(thing)
      ? null
      : found('untested', `${verb} ${thing}${/^(?:on|in|with|against|under)\s/.test(where) ? ` ${where}` : ''}`);
  }
  const nice = SOME_OTHER_TIME.test(text) ? NICE_TO.exec(text) : null;
  if (nice?.[1] !== undefined && nice[2] !== undefined && isVerb(nice[2])) {
    const thing = isPronoun(nice[1]) ? whose('', before) : resolved(nice[1], before);
    const verb = `${nice[2]}${nice[3] === undefined ? '' : ` ${nice[3]}`}`;
    return thing === null ? null : found('left', verbed(verb, thing, before));
  }
  const job = JOB_FOR.exec(text);
  if (job?.[1] === undefined || /^(?:what|there|if)\b/i.test(job[1])) return null;
  return found('left', isPronoun(job[1]) ? jobBefore(before) : deed(trimmed(job[1]), before));
}

/** `labels would come with the catalogue, which is a job for …`: the last thing named is what is spoken of. */
function jobBefore(before: readonly string[]): string | null {
  const last = /\b(?:the|an?|our|its)\s(?:[\p{L}\d-]+\s){0,3}?[\p{L}\d-]+$/iu.exec(before.at(-1) ?? '')?.[0];
  return last === undefined ? null : deed(last.replace(/^an?\s/i, 'the '), before);
}
