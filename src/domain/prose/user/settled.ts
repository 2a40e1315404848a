/** Chores that somebody did or that are so by now: `ops opened the port this morning`, `the hotline knows`, `key is in the vault`. */
import { cued } from '../../cue/index.js';
import { baseOfPast } from './past.js';
import { aboutOf } from './withdraw.js';
import { FAILING, WRONG } from './words.js';

const LEAD = String.raw`^(?:(?:and|but|also|so|ok|okay|oh|hey|hi|yes|yeah|yep|no|fyi|btw|update|good news|by the way|meanwhile|in the meantime|right|great|cool|thanks|k)[,:.! –—-]+)*`;
const WHO = String.raw`(?:i|we|he|she|they|ops|legal|it|support|marketing|finance|design|hr|sales|security|procurement|compliance|qa|infra|(?:my|our|the) (?:[a-z-]+ )?(?:boss|manager|lead|colleagues?|team|admins?|people|guys|folks|client|customer|vendor|provider|hoster|host|bank|lawyer|supplier|landlord|designer|translator|account holder|owner|dba|sysadmin|department|office|agency|accountant|wife|husband|brother|sister)|(?!It|This|That|There|What|Build|Test|Server|Deploy|Script|Job|Process|Nothing|Everything|Something|Command|Tests|You)[A-Z][\p{L}'-]{2,14}|(?!this|that|there|what|which|who|you|build|test|tests|server|script|nothing|everything|something|somebody|command|when|then|where|just|already|finally|please|never|page|app|user|code|users)[a-z]{3,12})`;
const TIME = String.raw`(?:yesterday|today|already|just now|this (?:morning|afternoon|week|evening)|last (?:night|week|month|friday|monday)|earlier|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|by hand|myself|ourselves|in the meantime|an hour ago|\d+ \w+ ago|over (?:lunch|the weekend)|now|too|as well|at last)`;
const TELL = 'called|rang|phoned|mailed|emailed|informed|notified|told|asked|pinged|texted|briefed|reminded|warned';
const LOOK =
  'checked|tested|tried|verified|proofread|reviewed|read|inspected|measured|compared|audited|went through|looked at|looked over|looked through';
const DO = String.raw`granted|gave|signed|approved|rotated|plugged|connected|registered|requested|ran|bought|booked|ordered|installed|entered|typed|filled|uploaded|invited|whitelisted|allowlisted|unlocked|switched|turned|enabled|activated|transferred|renewed|paid|restarted|rebooted|replaced|finished|wrote|translated|sent|handed|delivered|merged|deployed|published|rolled out|released|tagged|pushed|deleted|removed|migrated|backed up|restored|added|created|cancelled|canceled|confirmed|cleared|settled|rolled back|revoked|generated|assigned|configured|imported|exported|printed|recorded|drew|labelled|labeled|submitted|filed|announced|provisioned|raised|increased|extended|swapped|wired|mounted|attached|unblocked|closed|rewired|sorted|tidied|hooked up`;
const DID = cued(
  new RegExp(
    String.raw`${LEAD}(${WHO})(?:'ve|'s|'d| has| have| had)?((?: (?:already|just|finally|now|also|since|meanwhile))*) (${TELL}|${LOOK}|${DO}|opened|put|set|got|made|moved|changed|updated|did|done|been through|talked to|spoke to|spoken to|written to|given|taken|run|written|drawn|shown) ((?!up\b.{0,6}$|me that|us that|that\b .*\b(?:is|are|was)\b|if|whether|how|why|an error|errors|the same|nothing|no |it wrong|into|rid|the feeling|the impression|this error|stuck|confused).{2,90})$`,
    'u',
  ),
);
const DID_BARE = cued(
  new RegExp(
    String.raw`${LEAD}(just |already |finally |have )*(${TELL}|${LOOK}|${DO}) ((?!the following).{2,80}?)(?: (${TIME}))*$`,
    'i',
  ),
);
const HAS_TIME = cued(new RegExp(String.raw`\b${TIME}\b`, 'i'));
const THING = String.raw`((?!(?:i|we|you|he|she|it|they|that|this|there|who|which|what|where|when|why|how|if|nobody|everything|nothing|something|here|not|all)\b)[\w@./#-]+(?: [\w@./#'-]+){0,5}?)`;
const PUT = String.raw`in (?:the )?(?:[\w.-]+ )?(?:vault|env|\.env|place|git|main|master|repo|secrets?(?: manager)?|1password|bitwarden|keychain|keepass|ci|drive|mail|box|store|list|calendar|contract|bucket|folder|rack|production|secrets\.ya?ml|settings|dashboard|console)|in`;
const SO = cued(
  new RegExp(
    String.raw`${LEAD}${THING}(?: (?:is|are|was|were|has been|have been|got)|'s|'s been)(?: (?:all|now|already|finally|just|both|since))* (?:(?:${DO}|informed|notified|told|briefed|sorted(?: out)?|set(?: up)?|plugged in|switched (?:on|off)|turned (?:on|off)|filled in|on file|in the loop|taken care of|dealt with|settled|written|drawn|aware(?: of .{2,30})?|${PUT})(?: (?:(?:at|on|with|by|for|in|to|under|as) [\w@./# '-]{2,40}|${TIME}))*|(?:open|there|available|active|on|up|live|back|through|complete|reachable|valid|connected|powered|unlocked|online)(?: (?:now|already|again|since .{2,20}))+)$`,
    'iu',
  ),
);
const HAS = cued(
  new RegExp(
    String.raw`${LEAD}${THING} (?:knows?(?: (?:about|of) .{2,50}| now| already| everything)*|ha(?:s|ve) (?:the|its|their|all|a|his|her) [\w ./-]{2,40}(?: (?:now|already))+|(?:got|received) (?:its|the|their|his|her) [\w ./-]{2,40}|exists? now|exists? already|points? (?:to|at) .{2,40} (?:now|already|since .{2,20})|(?:said|says|gave) (?:yes|ok|okay|go|(?:her|his|their|the) (?:ok|okay|blessing|approval|go-?ahead))|agreed|approved|(?:ran|went) (?:fine|well|through|ok|okay|smoothly|without (?:a hitch|errors|trouble))(?: .{2,30})?)$`,
    'iu',
  ),
);
const ON_IT = cued(
  /^(?:(?:and|but|ok|so|also)[, ]+)*(?:on|in|with|at) ((?:the |my |our |a )?[\w ./-]{2,40}?),? (?:i|we)(?:'ve| have)? (?:(?:already|just) )*(?:looked|checked|tested|tried|seen) ?(?:it|that)?(?: (?:already|myself|yesterday|today|this morning|now))*$/i,
);
const DONE_WITH = cued(
  /^(?:(?:and|but|ok|so|also|btw)[, ]+)*(?:i'?m|i am|we'?re|we are|(?:[A-Z]\p{L}+|she|he)(?:'s| is)) (?:(?:all|now|already|finally|also) )*(?:done|through|finished|ready) with ((?:the|my|our|that|those|all) [\w ./'-]{2,50})$/iu,
);
/** No report, or not of something done. */
const UNSURE = cued(
  /\b(?:not|n't|never|if|when|unless|should|must|needs? to|have to|has to|will|would|can|could|until|once|as soon as|before|to be|but|wrong|almost|half|partly|except|instead of|so that|by mistake|accidentally|still|again|only|which|please|pls|you|your|whether|maybe|why|how)\b|\?\s*$/i,
);
/** One of these stands in all of them. */
const HINT = cued(
  new RegExp(
    String.raw`\b(?:${TELL}|${LOOK}|${DO}|opened|put|set|got|made|moved|changed|updated|did|done|talked|spoke|spoken|written|given|taken|run|through|looked|seen|is|are|was|were|been|knows?|has|have|exists?|points?|said|says|agreed|ready)\b|'s\b`,
    'i',
  ),
);
/** What is said on: how, and that it is fine. */
const ADDS =
  /^(?:(?:and |so )?(?:i|we|he|she|they|it|that|did|took|all|works?|looks?|no|thanks?|everything|restarted|tested|checked|done|fine|ok|perfect|great|as|so|since|they'?re|it'?s|that'?s)\b.{0,60}|\d+ .{1,40})$/i;

export interface Settled {
  readonly about: string;
  readonly rest: string;
}

/** What a sentence begins by reporting as done; null where it reports nothing. */
export function settledIn(said: string): Settled | null {
  if (said.length > 200 || !HINT.test(said)) return null;
  const [head = ''] = said.split(/[,;] | – | — | - /, 1);
  const rest = said.slice(head.length).replace(/^[\s,;–—-]+/, '');
  const text = head.replace(/[\s.,;:!]+$/, '');
  if (text.length < 6 || UNSURE.test(text) || FAILING.test(said) || WRONG.test(said)) return null;
  const about = aboutIn(text);
  return about === null
    ? null
    : { about, rest: ADDS.test(rest.replace(/[\s.!]+$/, '')) && !UNSURE.test(rest) ? '' : rest };
}

function aboutIn(text: string): string | null {
  const looked = ON_IT.exec(text)?.[1];
  if (looked !== undefined) return aboutOf(`check ${looked.replace(/^(?:the|my|our|a) /i, '')}`);
  const so = DONE_WITH.exec(text)?.[1] ?? SO.exec(text)?.[1] ?? HAS.exec(text)?.[1];
  if (so !== undefined)
    return /^(?:the )?(?:problem|question|point|issue|reason|idea|thing|bug|error|crash)\b/i.test(so)
      ? null
      : aboutOf(so);
  const did = DID.exec(text.replace(/^I\b/, 'i'));
  if (did !== null) return ofDeed(did[3] ?? '', did[4] ?? '', did[1] ?? '');
  const bare = DID_BARE.exec(text);
  return bare === null || (bare[1] === undefined && !HAS_TIME.test(text))
    ? null
    : ofDeed(bare[2] ?? '', bare[3] ?? '', 'i');
}

/** What a user does to see a fault is no chore: `I opened the page`. */
const SEES = /^(?:opened|got|made|changed|moved|tried|did|taken|run|ran|set|put|done|added|updated|removed|deleted)$/;
const CHORE =
  /\b(?:ports?|firewall|ticket|access|accounts?|rights|permissions?|keys?|secrets?|tokens?|approval|ok|licen[cs]es?|dns|certs?|certificates?|domains?|contracts?|migrations?|backups?|env|variables?|records?|invites?|roles?|grants?|texts?|files?|recordings?|logos?|artwork|quotes?|orders?)\b/i;

const TELLS = new RegExp(`^(?:${TELL})$`);
const LOOKS = new RegExp(`^(?:${LOOK})$`);
const WHEN = new RegExp(` ${TIME}$`, 'i');

function ofDeed(verb: string, object: string, who: string): string | null {
  const done = verb.toLowerCase();
  // Which work it was is found by the rules for `it`.
  if (/^(?:it|that|this|them|those|these|everything|all)\b/i.test(object)) return null;
  if (/^(?:i|we)$/i.test(who) && SEES.test(done) && !CHORE.test(object)) return null;
  const [first = '', ...more] = done.split(' ');
  const base = baseOfPast(first);
  const thing = object.replace(WHEN, '');
  if (TELLS.test(done) || LOOKS.test(done))
    return aboutOf(`${TELLS.test(done) ? 'tell' : [base ?? first, ...more].join(' ')} ${thing}`);
  return aboutOf(thing) ?? base;
}
