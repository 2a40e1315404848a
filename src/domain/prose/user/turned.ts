/** How things turned out by the user's word, the thing named first: `the load test we skip`, `dns done`, `lint ok, types not`. */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import { withoutEnd } from './text.js';
import { aboutOf } from './withdraw.js';

type Turned = { readonly is: 'cancel' | 'done' | 'broken'; readonly about: string | null };

const LEAD =
  /^(?:(?:and|but|also|ok|okay|k|kk|so|then|good|great|fine|nice|yes|yeah|yep|no|cool|perfect|thanks|oh|well|as for|hm+|sorry|right|actually)[,. ]+)+/i;
const THING = String.raw`((?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|where|when|why|how|if|nobody|everyone|everybody|everything|all|nothing|something|anything|today|tomorrow|now|here|not|one|as|because|since|please|just|so|are|is|was|well|almost|nearly|half|not|never|get|got|have|has|to|be|being)\b)[\w@./#-]+(?: [\w@./#'-]+){0,5}?)`;
const WE_SKIP = cued(
  new RegExp(
    String.raw`^${THING},? (?:i think )?(?:(?:we|i)(?:'ll| will| can| could| should|'d)? (?:(?:just|better|then|rather|simply|safely|can) )*(?:skip|drop|leave out|ditch|scrap|forget about|live without|do without)|(?:we|i) (?:really |actually )?(?:don'?t|do not|won'?t|no longer) (?:(?:really|actually|even) )*(?:need|want|care about)|(?:nobody|no one|noone) (?:cares about|needs|wants|will miss|is going to miss))(?: (?:any ?more|any longer|then|after all|now|entirely|altogether|for good|too|either|here|at all))*$`,
    'i',
  ),
);
const OFF = cued(
  new RegExp(
    String.raw`^${THING} (?:is|are|'s)(?: now| also| both| all)* (?:off(?: the)? (?:table|list|menu|agenda|roadmap)|off the cards|called off|cancell?ed|scrapped|out of (?:the question|scope)|not (?:happening|going to happen)|no longer (?:happening|planned|on)|history|dropped|shelved|axed)(?:,? (?:now|then|for good|after all|anyway|since .{2,40}|because .{2,60}|as .{2,60}))*$`,
    'i',
  ),
);
const THAT_IS_OFF = cued(
  /^(?:so |then |and )*(?:that|it|this)(?:'s|s| is)(?: all)? (?:off(?: then| now| the (?:table|list))?|called off|not happening|out of scope|cancell?ed)[.! ]*$/i,
);
/** `nobody would open it`: not worth it. */
const NO_USE = cued(
  /^(?:(?:on (?:reflection|second thoughts?)|thinking about it|come to think of it|to be honest|tbh|in the end|honestly|apparently|i (?:think|guess|fear))[, ]+)*(?:(?:i (?:don'?t|do not) (?:think|believe|suppose) (?:any(?:one|body)))|nobody|no one|noone|none of them|hardly any(?:one|body)) (?:(?:would|will|is (?:ever )?going to|wants to|'d|'ll) (?:ever |even |really |actually )*(?:use|open|read|click|notice|look at|need|want|miss|pay for|touch|see)) (?:it|that|this|them|those|one)(?: anyway| after all| at all)?[.! ]*$/i,
);
const DOES_NOT_GET = cued(
  new RegExp(
    String.raw`^${THING} (?:doesn'?t|does not|don'?t|do not|won'?t|will not) (?:get|need to be|have to be) ([a-z]+(?:ed|en|t|wn|d))(?:[,;] .{2,80}|,? (?:after all|any ?more|now|then|any longer))?$`,
    'i',
  ),
);
const STAYS = cued(
  new RegExp(
    String.raw`^${THING} (?:stays?|can stay|may stay|remains?)(?: (?:as (?:it is|is|they are)|where (?:it is|they are)|put|the way (?:it is|they are)|after all|then|for (?:now|good)))+[.! ]*$`,
    'i',
  ),
);
const JUST_DONE = cued(
  new RegExp(
    String.raw`^${THING}:? (?:is |are |has been |have been |all |now |already |just |both )*(done|merged|sent|fixed|deployed|pasted|paid|signed|pushed|released|renewed|rotated|approved|ordered|installed|configured|updated|uploaded|booked|cancelled at \w+|ticked off|sorted|finished|published|restored|migrated|ok|okay|passes|green)(?: (?:now|already|too|as well|today|this morning|yesterday|by \w+))*[.! ]*$`,
    'iu',
  ),
);
/** `the export should be sorted`, `the footer isn't merged`: what is to be so, or is not. */
const IS_TO_BE =
  /\b(?:(?:should|must|shall|can|could|may|might|will|would|to|not|never)(?: (?:also|always|only|all))?(?: be| get)?|\w+n'?t(?: be)?|needs?|has|have|had)$/i;
/** What is not the name of work, before `done`. */
const NO_WORK =
  /^(?:well|all|almost|half|nearly|not|is|are|both|looks?|sounds?|that'?s|its?|getting|good|nice|job|work|great|seems?|what|how|when|till|until|if|once|after|before|already|just|totally|more or less|anything|nothing|everything|i'?m|you'?re|we'?re|are we|most|some|any|the rest|rest|update|please|be|to be|get|got|gets|make sure|as|should|must|must be|wait|line|cheers)\b/i;
const SOMEBODY_DID = cued(
  /^(?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|nobody|everyone|somebody|someone|something|commit|nothing|bot|one|ci|update|release|deploy|pipeline|build|just|already|finally)\b)[a-z]{3,14} (?:has |have |just |already )*(deployed|merged|pushed|released|published|renewed|rotated|migrated|tested|shipped|installed|uploaded|restarted|approved|reviewed|translated|signed) (?:it|that|them|this|those|everything)\b.{0,50}$/i,
);
const CHECKED = cued(
  /^(?:i(?:'ve)? |we(?:'ve)? )?(?:just |already |have )*(checked|tested|tried|verified|looked (?:at|into|through)|reviewed|read)(?: it| that| them| this)? ((?:on |in |with |at |against )?(?:an? |the |my |our |number |row |no\.? )*[\w#./-]+(?: [\w#./-]+){0,4}?)(?: myself| today| yesterday| again| this morning| now)*,? (?:and |it'?s |it is |its |they'?re |is |all |that'?s |looks? |everything |works? )*(?:fine|good|ok|okay|works?|great|well|clean|correct|right|perfect(?:ly)?|an? .{2,30},? (?:it'?s )?(?:fine|ok|okay|good)|there|in order|green|working)\b.{0,30}$/i,
);
const NO_WORRY = cued(
  /^(?:no (?:worries|need to worry)|don'?t worry|never fear) about ((?:the )?[\w./-]+(?: [\w./-]+){0,3}?)[,.:;–—-]+ ?(?:i|we)(?:'ve| have)?(?: just| already| now)* (?:opened|checked|tested|tried|looked|done|did|run|ran|seen|verified|handled|fixed)\b/i,
);
const WORKS_WELL = cued(
  new RegExp(
    String.raw`^${THING} (?:now |also |really |all |both )*works?(?: (?:now|again|just|so|very|really|absolutely))* (?:beautifully|wonderfully|great|perfectly|nicely|like a charm|flawlessly|as (?:it should|expected|wanted)|fine now|well now|now|again|a treat)(?:,? (?:by the way|btw|too|thanks?|thank you|so far))*[.! ]*$`,
    'i',
  ),
);
const NOT_SO = cued(
  new RegExp(
    String.raw`^${THING} (?:not(?: (?:yet|quite|really|so much|at all))?|isn'?t|aren'?t|don'?t|doesn'?t|nope|still not)[.! ]*$`,
    'i',
  ),
);

/** One of these stands in all of them. */
const TURNS = cued(
  /skip|drop|leave out|ditch|scrap|forget|without|need|want|care|miss|off\b|called|cancel|scope|happen|history|shelved|axed|planned|would|will|going|stay|remain|done|set|up|merged|sent|fixed|deployed|paste|paid|signed|pushed|release|renew|rotate|approved|order|install|config|update|upload|booked|tick|sorted|finish|publish|restor|migrat|ok|pass|green|test|ship|restart|review|translat|check|tried|verif|look|read|worr|fear|work|get|not/i,
);
/** Narrower, and seldom open: what each of those in `turnedOut` cannot do without. */
const MAY_TURN = cued(
  /skip|drop|leave out|ditch|scrap|forget about|do without|live without|\bneed|want|cares? about|will miss|to miss| off|cancel|out of (?:the question|scope)|happening|to happen|no longer|history|shelved|axed|nobody|no one|noone|none of them|hardly any|any(?:one|body)|n'?t get |not get |have to be|stay|remain|(?:deployed|merged|pushed|released|published|renewed|rotated|migrated|tested|shipped|installed|uploaded|restarted|approved|reviewed|translated|signed) (?:it|that|them|this|those|everything)|works? (?:(?:now|again|just|so|very|really|absolutely) )*(?:beautifully|wonderfully|great|perfectly|nicely|like a charm|flawlessly|as (?:it should|expected|wanted)|fine now|well now|now|again|a treat)/i,
);
/** The end of `JUST_DONE`. */
const IS_DONE = cued(
  /(?:done|merged|sent|fixed|deployed|pasted|paid|signed|pushed|released|renewed|rotated|approved|ordered|installed|configured|updated|uploaded|booked|cancelled at \w+|ticked off|sorted|finished|published|restored|migrated|ok|okay|passes|green)(?: (?:now|already|too|as well|today|this morning|yesterday|by \w+))*[\s.,;:!]*$/iu,
);
/** One of these stands in `CHECKED`. */
const CHECKS = cued(/(?:checked|tested|tried|verified|looked (?:at|into|through)|reviewed|\bread) /i);
/** Between two reports in one sentence, and in the second one. */
const PARTS = cued(/[,;.] /);
const IS_NOT = cued(/n'?t|not|nope/i);

const clean = (text: string): string | null => aboutOf(text);

/** What a whole sentence reports: `checked row 40, it's fine`, `no worries about Safari, I've opened it there`, `lint ok, types not`. */
export function reportsIn(said: string): readonly Turned[] {
  if (said.length > 170) return [];
  const worry = worried(said);
  if (worry !== null) return [worry];
  const isParted = PARTS.test(said) && IS_NOT.test(said);
  if (!isParted && !CHECKS.test(said)) return [];
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!');
  const found = checkedIn(text);
  if (found !== null) return [found];
  if (!isParted) return [];
  const [one = '', two = '', more] = text.split(/,? (?:but )?(?<=[,;.] |, but )|[,;] /);
  if (two === '' || more !== undefined) return [];
  const fine = JUST_DONE.exec(one)?.[1];
  const fails = NOT_SO.exec(two)?.[1];
  if (fine === undefined || fails === undefined || NO_WORK.test(fine)) return [];
  return [named('done', fine), named('broken', fails)].flatMap((turned) => turned ?? []);
}

function worried(said: string): Turned | null {
  const worry = NO_WORRY.exec(said)?.[1];
  return worry === undefined ? null : named('done', worry);
}

function checkedIn(text: string): Turned | null {
  const checked = CHECKED.exec(text);
  if (checked === null) return null;
  const verb = (checked[1] ?? '').toLowerCase();
  const what = (checked[2] ?? '').replace(/^(?:on|in|with|at|against) /i, '').replace(/^(?:an? |the |my |real )+/i, '');
  return named('done', `${/^(?:test|tri)/.test(verb) ? 'test' : 'check'} ${what}`);
}

/** @param isAfterReport whether the clause before told how another thing turned out */
export function turnedIn(said: string, isAfterReport: boolean): Turned | null {
  if (said.length > 170) return null;
  const isTurned = MAY_TURN.test(said);
  if (!(isTurned || isAfterReport || IS_DONE.test(said)) || !TURNS.test(said)) return null;
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!');
  const turned = isTurned ? turnedOut(text) : undefined;
  if (turned !== undefined) return turned;
  const done = JUST_DONE.exec(text);
  if (done?.[1] !== undefined && !NO_WORK.test(done[1]) && !IS_TO_BE.test(done[1]) && done[1].split(' ').length < 5)
    return named('done', done[1]);
  const fails = isAfterReport ? NOT_SO.exec(text)?.[1] : undefined;
  return fails === undefined ? null : named('broken', fails);
}

/** @returns undefined where it says nothing of the kind */
function turnedOut(text: string): Turned | null | undefined {
  const skipped = WE_SKIP.exec(text)?.[1] ?? OFF.exec(text)?.[1];
  if (skipped !== undefined) return named('cancel', skipped);
  if (THAT_IS_OFF.test(text) || NO_USE.test(text)) return { is: 'cancel', about: null };
  const not = DOES_NOT_GET.exec(text);
  if (not !== null && isParticiple(not[2] ?? '')) {
    const base = baseForm((not[2] ?? '').toLowerCase()) ?? '';
    return DEEDS.has(base) ? named('cancel', `${base} ${not[1] ?? ''}`) : null;
  }
  const stays = STAYS.exec(text)?.[1];
  if (stays !== undefined) return named('cancel', stays);
  const by = SOMEBODY_DID.exec(text)?.[1];
  if (by !== undefined) return { is: 'done', about: baseForm(by.toLowerCase()) };
  const works = WORKS_WELL.exec(text)?.[1];
  return works === undefined ? undefined : named('done', works);
}

/** Work that is taken back when the thing does not get it. */
const DEEDS = new Set(
  'retire remove delete drop rename move migrate replace merge upgrade close archive translate publish release rewrite redesign change convert'.split(
    ' ',
  ),
);

function named(is: Turned['is'], phrase: string): Turned | null {
  if (/(?:^| )(?:if|when|that|which|who|because|but)(?: |$)/i.test(phrase)) return null;
  const about = clean(phrase);
  return about === null ? null : { is, about };
}
