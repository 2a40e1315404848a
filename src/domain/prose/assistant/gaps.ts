/** Clauses that tell what is not there: lacking, not said in the docs, so far in one place only. */
import { cued } from '../../cue/index.js';
import { DEEDS, deed } from './deeds.js';
import { found, lastSubject, verbed, whose, type Found, type Rule } from './left.js';
import { subjectIn } from './subjects.js';
import { isPronoun, objectIn, resolved, trimmed } from './things.js';

const SO_FAR_WORDS =
  /\b(?:yet|so far|for now|for the (?:moment|time being)|at (?:the moment|present)|as yet|currently)\b/i;
export const SO_FAR = cued(SO_FAR_WORDS);
export const IS_PAST = cued(/\b(?:was|were|had|used to|before this|until now|previously)\b/i);

const LACKS = cued(
  /\b(?:lacks?|(?:has|have) (?:still )?no|is (?:still )?without|are (?:still )?without|(?:still )?misses)\s+(?:any\s+)?(.{2,110})$/i,
);
/** One of these is in whatever lacks something. */
const LACK_CUE = cued(
  /lack|miss|need|n't|cannot|not|nothing|nobody|no (?:one|page|code)|yet|so far|for now|for the (?:moment|time being)|at (?:the moment|present)|currently/i,
);
const WHAT_LACKS = cued(
  /^(?:what|(?:the )?(?:one|only|main|first|last) (?:thing|part|piece|bit)(?: that)?) (?!i\b|we\b|you\b)(.{2,40}?) (?:still )?(?:lacks?|misses|needs?)(?: still| yet)? (?:is|are) (.{2,110})$/i,
);
const WHAT_CANNOT = cued(
  /^what (.{2,40}?) (?:can't|cannot|can not|does not|doesn't|won't) (?:yet |so far )?(?:do|handle|support|cover|read|take|know)?\s*(?:yet|so far|for now|at the moment)? (?:is|are) (.{2,100})$/i,
);
const NOTHING_USES = cued(
  /^(?:but |and )?(?:nothing|nobody|no one|no page|no code) (calls|uses|reads|shows|consumes|links to|triggers|sends|invokes) (it|them|this|that|the .{2,50}?)(?= (?:yet|so far|for now))/i,
);
const NEEDS_A = cued(
  /^(.{2,90}?)\s+(?:and\s+)?(?:still\s+)?(?:needs?|requires?|wants?)\s+(an?|another|some|its own|their own|more)\s+(.{2,100})$/i,
);
/** What nothing can be done about, or what is as it should be. */
const NO_LACK =
  /^(?:effect|impact|reason|need|idea|way|errors?|problems?|issues?|warnings?|failures?|conflicts?|side|more|other|such|one|known|access|permissions?|rights|credentials|difference|meaning|callers?|users?|references?|changes?)\b/i;

/** `the dashboard lacks a search field`, `the export has no progress bar so far`. */
export const lacking: Rule = ({ text, before, isStrict }) => {
  if (!LACK_CUE.test(text)) return null;
  const cannot = WHAT_CANNOT.exec(text);
  if (cannot?.[1] !== undefined && cannot[2] !== undefined && SO_FAR.test(text)) {
    const owner = resolved(cannot[1], before);
    return owner === null || isPronoun(owner)
      ? found('left', `Support ${objectIn(cannot[2])}`)
      : found('left', `Make ${owner} handle ${objectIn(cannot[2])}`);
  }
  const uncalled = NOTHING_USES.exec(text);
  if (uncalled?.[1] !== undefined && SO_FAR.test(text)) {
    const thing = resolved(uncalled[2] ?? 'it', before);
    return thing === null || isPronoun(thing) ? null : found('unfinished', `Wire ${thing} up`);
  }
  const what = WHAT_LACKS.exec(text);
  if (what?.[1] !== undefined && what[2] !== undefined) {
    const owner = resolved(what[1], before);
    const thing = objectIn(what[2]);
    return thing === '' || /^(?:nothing|to|that)\b/i.test(thing)
      ? null
      : found('left', `Add ${thing}${owner === null || isPronoun(owner) ? '' : ` to ${owner}`}`);
  }
  if (
    isStrict ||
    !SO_FAR.test(text) ||
    IS_PAST.test(text) ||
    /\b(?:notes?|messages?|warnings?|comments?|says?) that\b/i.test(text)
  )
    return null;
  return lackIn(text, before);
};

/** In a list of gaps: `the dashboard has no button`, `old rows need a migration`. */
export const lacks: Rule = ({ text, before }) => {
  if (IS_PAST.test(text)) return null;
  const needs = NEEDS_A.exec(text);
  if (needs?.[1] !== undefined && needs[3] !== undefined) {
    const owner = resolved(
      needs[1].replace(/\s+(?:hold|has|have|is|are|do|does|contain|keep|use|come)s?\b.*$/i, ''),
      before,
    );
    const thing = objectIn(needs[3]);
    if (owner !== null && !isPronoun(owner) && thing !== '') {
      const [head = '', ...rest] = thing.split(' ');
      const verb = DEEDS.get(head.toLowerCase());
      return found(
        'left',
        verb === undefined
          ? `Add ${needs[2] ?? 'a'} ${thing} for ${owner}`
          : `${verb} ${owner} ${rest.join(' ')}`.trim(),
      );
    }
  }
  return lackIn(text, before);
};

function lackIn(text: string, before: readonly string[]): Found | null {
  const hit = LACKS.exec(text);
  if (hit?.[1] === undefined || NO_LACK.test(hit[1])) return null;
  const thing = objectIn(hit[1].replace(SO_FAR_WORDS, ' ').replace(/\s+/g, ' '));
  const owner = subjectIn(text.slice(0, hit.index), before) ?? whose(text.slice(0, hit.index), before);
  if (thing === '' || isPronoun(thing) || owner === null) return null;
  return found(
    'left',
    `Add ${/^(?:an?|the|any)\s/i.test(thing) || thing.endsWith('s') ? '' : 'a '}${thing} to ${owner}`,
  );
}

const DOCUMENT = String.raw`(?:(?:public|api|user|online|upgrade|migration|install\w*|developer|internal|old) )*(?:read-?me(?:\.md)?|docs?|documentation|manual|guide|wiki(?: page)?|change-?log(?:\.md)?|release notes|help(?: texts?| pages?)?|man ?page|reference|handbook|runbook|tutorial|docstrings?|openapi (?:spec|file)|spec|diagram|comments?)`;
const DOC_STILL = cued(
  new RegExp(
    String.raw`^(the (?:[\w./-]+ )?${DOCUMENT}(?: [^,;]{2,40}?)?)\s+(?:still|does not yet|doesn't yet|don't yet|do not yet)\s+(describes?|says?|mentions?|talks? (?:of|about)|shows?|lists?|refers? to|points? (?:to|at)|claims?|names?|uses?|tells?|has|have|explains?|documents?|covers?|know)\b\s*(.*)$`,
    'i',
  ),
);
const NOT_IN = cued(
  new RegExp(
    String.raw`^(.{2,80}?)\s+(?:is|are|has been|have been|'s|'re)(?:n't| not| still not| nowhere)\s+(?:yet\s+|mentioned\s+|described\s+|listed\s+|documented\s+|recorded\s+|reflected\s+)*in\s+((?:the |your |our )?(?:[\w.-]+ )?(?:${DOCUMENT}|[\w-]+\.md))\b`,
    'i',
  ),
);
const NONE_IN = cued(
  new RegExp(
    String.raw`^(?:none of (?:this|it|that|these|them)|nothing of (?:this|it|that)|not(?:hing| one word)(?: of (?:this|it|that))?)\s+(?:is|are|has been|made it)\s+(?:yet\s+|mentioned\s+|described\s+|listed\s+)*(?:in|into)\s+((?:the |your |our )?[\w.-]+(?: [\w.-]+)?)`,
    'i',
  ),
);

const NOT_SAID = cued(/\b(?:still|yet|so far|nowhere|none|nothing)\b/i);

/** `the README still describes the old flags`, `none of this is in the changelog so far`. */
export const undocumented: Rule = ({ text, before }) => {
  if (!NOT_SAID.test(text)) return null;
  const still = DOC_STILL.exec(text);
  if (still?.[1] !== undefined && still[2] !== undefined) {
    const rest = objectIn(still[3] ?? '');
    const doc = trimmed(still[1]).replace(/^The\s/, 'the ');
    if (/yet/i.test(text.slice(doc.length, doc.length + 20))) return found('left', `Mention ${rest} in ${doc}`);
    return found('left', `Update ${doc}${rest === '' ? '' : ` on ${rest.replace(/^that /, '')}`}`);
  }
  const none = SO_FAR.test(text) ? NONE_IN.exec(text.replace(SO_FAR_WORDS, '')) : null;
  if (none?.[1] !== undefined) return found('left', `Update ${trimmed(none[1])}`);
  const absent = SO_FAR.test(text) || /\bnowhere\b/i.test(text) ? NOT_IN.exec(text) : null;
  if (absent?.[1] === undefined || absent[2] === undefined) return null;
  const thing = resolved(absent[1], before);
  return thing === null || isPronoun(thing)
    ? found('left', `Update ${absent[2]}`)
    : found('left', `Mention ${thing} in ${absent[2]}`);
};

const NOT_HAPPENED = cued(
  /^(?:and |but )?(.{3,70}?)\s+(?:has|have|did|is|are)(?:n't| not)\s+(?:yet\s+)?(?:happened|happen|taken place|gone (?:out|live|through)|gone out|reached|made it|up|been to)\b(?:\s+yet)?\s*(.*)$/i,
);
const ONLY_IN = cued(
  /^(.{2,70}?)\s+(?:(?:is|are|works?|runs?|lives?|exists?|has run|have run|ran|applies|holds)\s+)(?:so far |for now |currently |still |at the moment |as yet )?(?:only\s+(?:in|on|for|with|under|at)\s+(.{2,50}?)|(?:in|on|for|with|under|at)\s+(.{2,50}?)\s+only)(?=$|[.,;]|\s+(?:so far|for now|for the|at the moment|yet|currently))/i,
);
const LANGUAGES = cued(
  /^(.{3,70}?)\s+(?:is|are|stays?|remains?)\s+(?:still\s+|only\s+)*in\s+(English|German|French|Spanish|Dutch|Italian|Portuguese|Polish|Russian|Japanese|Chinese)\b/i,
);
const STATE_FOR_NOW = cued(
  /^(?!(?:that|this|it|which|everything|all|i|we|you|nothing)\b)((?:the|all|our|its|your)\s.{2,60}?)\s+(?:is|are|stays?|remains?)\s+(?!(?:fine|ok|okay|good|enough|done|gone|not|there|in place|green|stable|safe|valid|correct|the same|up|back|clean|empty|ready|complete|working|live|untouched|an? (?:dead end|no-go|non-starter|wall)|at an? \w+|stuck|blocked|on hold|in limbo|[\p{L}-]+ing|now)\b)(.{3,50}?)\s+(?:for now|for the (?:moment|time being)|so far)\b/iu,
);
const I_FOR_NOW = cued(
  /^(?:i|we)(?:'ve| have)?\s+(?:just\s+|simply\s+)?(used|set|put in|hard-?coded|picked|chose|assumed|pinned|capped|faked|copied|inlined|disabled|turned off|muted|silenced|commented out)\s+(.{3,80}?)\s+(?:for now|for the (?:moment|time being)|as a stop-?gap|temporarily|provisionally)\b/i,
);
const TURNED_OFF = cued(
  /^(?:i|we)(?:'ve| have)?\s+(?:just |simply )?(?:turned|switched|commented)\s+(?!on\b)(.{3,60}?)\s+(?:off|out)\s+(?:for now|for the (?:moment|time being)|temporarily|until\b)/i,
);
const IS_STOPGAP = cued(/\b(?:temporar|provisional|interim|quick|stop-?gap|makeshift|short-term)/i);
const STOPGAP = cued(
  /\b(?:temporary|interim|provisional|quick|stop-?gap|makeshift|short-term)\s+(workaround|fix|hack|solution|patch|shim|answer)\s+(?:for|around|against)\s+(.{3,80})$/i,
);

/** `the rollout there hasn't happened`, `messages are in English for now`, `that works on the backend only, for now`. */
export const soFar: Rule = ({ text, before, isStrict }) => {
  const none = NOT_HAPPENED.exec(text);
  if (none?.[1] !== undefined && !IS_PAST.test(text) && !/^(?:that|this|it|if|when|what|which)\b/i.test(none[1])) {
    const there = /^(.*?)\s+there$/i.exec(none[1])?.[1];
    const rest = objectIn(none[2] ?? '');
    if (there !== undefined) {
      const place = placeIn(before);
      const of = lastSubject(before);
      return found(
        'unfinished',
        `Do ${resolved(there, before) ?? there}${of === null ? '' : ` of ${of}`}${place === null ? '' : ` to ${place}`}`,
      );
    }
    const work = deed(none[1], before);
    return found(
      'unfinished',
      work === null ? null : `${work}${/^(?:in|on|to|for|at)\s/.test(rest) ? ` ${rest}` : ''}`,
    );
  }
  if (isStrict || !(SO_FAR.test(text) || IS_STOPGAP.test(text))) return null;
  if (/^(?:if|when|because|since|as|until|that|which)\b/i.test(text)) return null;
  const mine = I_FOR_NOW.exec(text);
  if (mine?.[1] !== undefined && mine[2] !== undefined)
    return found(
      'left',
      /disabled|turned|muted|silenced|commented/i.test(mine[1])
        ? verbed('re-enable', objectIn(mine[2]), before)
        : verbed('replace', objectIn(mine[2]), before),
    );
  const off = TURNED_OFF.exec(text);
  if (off?.[1] !== undefined) return found('left', verbed('re-enable', objectIn(off[1]), before));
  const gap = STOPGAP.exec(text);
  if (gap?.[1] !== undefined && gap[2] !== undefined && !/\b(?:no|not|n't|instead of|rather than)\b/i.test(text)) {
    const thing = resolved(objectIn(gap[2]), before);
    return thing === null || isPronoun(thing) ? null : found('left', `Replace the temporary ${gap[1]} for ${thing}`);
  }
  if (IS_PAST.test(text)) return null;
  const language = LANGUAGES.exec(text);
  if (language?.[1] !== undefined) return found('left', verbed('translate', objectIn(language[1]), before));
  const bare = text.replace(/^(?:for now|so far|for the (?:moment|time being)|at the moment|currently),?\s+/i, '');
  const only = ONLY_IN.exec(bare);
  const place = only?.[2] ?? only?.[3];
  if (only?.[1] !== undefined && place !== undefined) {
    const thing = resolved(only[1], before);
    return thing === null || isPronoun(thing) ? null : found('left', `Extend ${thing} beyond ${trimmed(place)}`);
  }
  const state = STATE_FOR_NOW.exec(text);
  if (state?.[1] === undefined || state[2] === undefined || state[2].split(' ').length > 5) return null;
  const thing = resolved(state[1], before);
  return thing === null || isPronoun(thing) ? null : found('left', `Revisit ${thing}, ${state[2]} for now`);
};

const PLACE = cued(
  /\b(?:about|on|in|to|for|as for)\s+((?:the )?(?:production|prod|staging|live|main|dev|test|\p{Lu}[\w-]+))\b/iu,
);

function placeIn(before: readonly string[]): string | null {
  for (const clause of before.slice(-4).reverse()) {
    const place = PLACE.exec(clause)?.[1];
    // "is only in staging so far" names the place where it has happened.
    if (place !== undefined && !/\bonly\b/i.test(clause)) return place;
  }
  return null;
}
