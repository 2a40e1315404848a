/** Statements of how things are to be, as imperatives: `nobody should see drafts`, `the old banner can go`, `the limit goes up to 9`. */
import { cued } from '../../cue/index.js';
import { baseForm, isParticiple } from '../words.js';
import { withoutEnd } from './text.js';

const LEAD =
  /^(?:(?:and|but|also|ok|okay|so|now|then|plus|next|oh|hey|hi|yes|yeah|great|thanks|please|actually|ideally|from now on|for now)[, ]+)+/i;
const ABLE = cued(
  /^(.{3,60}?) (?:(?:really|also|only|still|now) )*(?:should|must|shall|ought to|needs? to|ha(?:s|ve) to) (?:(?:really|also|only|still|now|always) )*be (?:able|allowed|permitted) to (\w.{2,160})$/i,
);
const NOBODY = cued(
  /^((?:nobody|no one|no-one|none of (?:the|our) \w+|no (?!matter|longer|need)\w+)(?: (?:but|except|besides|other than) .{3,30}?)?|only .{3,30}?) (?:should|must|may|shall|can|could|is supposed to|are supposed to)(?: (?:ever|still))* (\w.{2,160})$/i,
);
const POSSIBLE = cued(
  /^it (?:should|must|has to|needs to|ought to) (?:also )?be (?:possible|easy|impossible) to (\w.{2,160})$/i,
);
const IMPOSSIBLE = cued(
  /^it (?:should(?:n'?t| not| never)|must(?:n'?t| not| never)|may not) (?:also )?be (?:possible|allowed|permitted)(?: for (.{3,40}?))? to (\w.{2,160})$/i,
);
const THERE = cued(
  /^there (?:should|must|has to|have to|needs? to|ought to)(?: (?:also|really|always))? be ((?:an?|some|one|two|more|at least|another) .{2,140})$/i,
);
const NEEDS = cued(
  /^(everything|everybody|(?:the|our|this|that|these|those|all|each|every|both)\b.{2,50}?) (?:(?:also|still|really) )*(?:needs?|could use|lacks?|(?:is|are) (?:still )?missing) ((?:the|an?|its|their|some|more|another|two|three) .{2,120})$/i,
);
const GO = cued(
  /^((?:the|our|this|that|these|those|all|both|any|every|old|legacy)\b.{2,70}?) (?:can|may|could|should|must|has to|have to) (?:(?:now|all|also|just|finally|safely) )*(?:go(?: away)?|leave|disappear|die)(?: (?:now|too|as well|then|again|first|for good|after all|in .{3,30}|from .{3,30}))*$/i,
);
/** What is said to be possible now and was not before: a leave to do it. */
const MAY = cued(
  /^((?:the|our|this|that|these|those|all|both|any|every)\b.{2,70}?) (?:can|may) (?:(?:now|all|also|just|finally|safely|then) )*be ([a-z-]+)((?: .{1,80})?)$/i,
);
const ENDING = new Set(
  `delete remove drop close archive retire kill release ship deploy publish merge disable simplify clean switch turn throw shut decommission
  delist unpublish revoke purge wipe rename move migrate replace stop cancel upgrade bump raise lower shorten roll tear`.split(
    /\s+/,
  ),
);
/** How a thing is used is no leave: `the cache can be disabled with --no-cache`. */
const MANUAL = cued(
  /\b(?:with|by|via|through|using|if|when|per|only|either|under settings|in the (?:settings|config\w*|menu)|at (?:run|build) ?time)\b/i,
);
const KNOB = cued(
  /\b(?:version|limit|timeout|retries|retry count|default|minimum|maximum|max|min|interval|threshold|quota|size|ttl|period|delay|budget|price|rate|number of \w+|batch size|page size|window|cap|lifetime|expiry|radius|width|height|margin|padding|heap|replicas|concurrency)$/i,
);
const TURNED = cued(
  /^((?:the|our|its|their|all)?\b.{2,60}?) (?:(?:should|must|has to|can) )?(?:(goes|go) (up|down|back)|(goes|go|becomes?|changes?|drops?|rises?|grows?|shrinks?)) ((?:from \S+ )?(?:to )?["']?v?\d\S*.{0,60})$/i,
);

const PLEASES =
  '(?:nice|neat|cool|sweet|lovely|cute|great|good|handy|helpful|useful|fun|fantastic|awesome|brilliant|ideal|swell)';
/** `would also be cute to have a map there`. */
const HAVING = cued(
  new RegExp(
    `^(?:it |that |what )?(?:would|'d|might|could) (?:(?:also|really|actually|still|just|maybe) )*be (?:(?:very|really|so|quite|pretty|super|kinda) )?${PLEASES} to (?:have|get|see) ((?:an?|some|more|another|the) .{2,140})$`,
    'i',
  ),
);
const CHANCE = cued(
  /^(?:(?:is|was|would) there (?:be )?)?(?:any|a|some) (?:chance|way|possibility|hope)(?: at all)?,? (?:that |of |for )?((?:the|our|this|that|these|those|my|all|each|every)\b(?!['’]).{2,60}?) (?:can|could|might|would|will|should) (?:(?:also|just|simply|at least) )*(?:be able to )?((?!be (?:the|a|an|that|why|related|wrong|broken|caus|due)\b)\w.{2,160})$/i,
);
const POSSIBLY = cued(
  /^(?:(?:is|would|'?d|might) it (?:be )?(?:also )?(?:possible|feasible|an option|too much to ask)|(?:(?:is|would) there (?:be )?)?(?:any|a) (?:chance|way)) for ((?:the|our|this|that|these|those|my|all|each|every)\b.{2,60}?) to (\w.{2,160})$/i,
);

/** One of these stands in all wishes that are put as a question. */
const HOPING = cued(/chance|way|possib|hope|feasible|an option|too much to ask/i);

/** `any chance the list could remember its place?`: a wish put as a question, as an imperative. */
export function chanceIn(said: string): string | null {
  if (said.length > 260 || !HOPING.test(said)) return null;
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!?');
  const found = CHANCE.exec(text) ?? POSSIBLY.exec(text);
  return found === null ? null : `Make ${small(found[1] ?? '')} ${found[2] ?? ''}`;
}

/** One of these stands in all that `able`, `given`, `leave` and `turned` know. */
const WANTING = cued(
  /should|must|shall|ought|need|wants?|wanted|likes?|prefer|expect|has to|have to|(?:can|may|could) |supposed|would |might |'d |lack|(?:is|are) (?:still )?missing|(?:go|goes|becomes?|changes?|drops?|rises?|grows?|shrinks?) (?:(?:up|down|back) )?(?:from \S+ )?(?:to )?["']?v?\d/i,
);

/** `the customer would like the table to be sorted`, `my boss wants the list compressed by Monday`, `QA wants it in the header`. */
const THEY_WANT = cued(
  /^(?:(?:the|our|my|a|one|some) )?(?:[\w-]+ )?(?:clients?|customers?|boss|manager|users?|team|lead|cto|ceo|product owner|qa|support|marketing|sales|legal|compliance|security|ops|finance|editors?|testers?|reviewers?|auditors?|everybody|everyone|they|people|designers?|management|[a-z-]+(?= (?:wants|needs|would like|'d like)))(?:'d)? (?:(?:also|now|just|really|would) )*(?:wants?|wanted|needs?|likes?|prefers?|expects?) ((?:the|our|all|every|each|these|those|that|its) .{2,70}?) (to (?!know\b|see\b|be (?:able|sure)\b)[a-z]+|[a-z-]+(?:ed|en|wn)|built|sent|cut|split|kept|left|put|reset|shut|(?:in|on|at|into|onto|under|next to|above|below) (?:the|our|a|every|each) [\w -]+)\b(.{0,80})$/i,
);
function theyWant(text: string): string | null {
  const found = THEY_WANT.exec(text);
  if (found === null) return null;
  const [, what = '', how = '', rest = ''] = found;
  if (/\b(?:that|which|who|if|when|to|is|are)\b/i.test(what.slice(4))) return null;
  const low = how.toLowerCase();
  if (low.startsWith('to ')) {
    const done = /^to be$/.test(low) ? /^ ([a-z-]+)(.*)$/i.exec(rest) : null;
    const base = done !== null && isParticiple(done[1] ?? '') ? baseForm(done[1] ?? '') : null;
    return base === null ? `Make ${small(what)} ${low.slice(3)}${rest}` : `${base} ${small(what)}${done?.[2] ?? ''}`;
  }
  if (/^(?:in|on|at|into|onto|under|next to|above|below) /.test(low)) return `Put ${small(what)} ${how}${rest}`;
  const base = isParticiple(low) ? baseForm(low) : null;
  return base === null ||
    !/^(?:$| (?:by|before|for|to|in|on|as|with|without|until|and|every|from|per|today|tomorrow|again|now|asap|too)\b|,)/i.test(
      rest,
    )
    ? null
    : `${base} ${small(what)}${rest}`;
}

/** `the file has a bunch of unused keys that could be cleaned out`. */
const WITH_SUCH = cued(
  /^((?:the|our|this|that|my) .{2,50}?) (?:still |also )?(?:has|have|contains?|is full of|includes?) ((?:an?|the|some|many|several|two|three|a few|lots of) .{3,60}?) (?:that|which) (?:(?:really|all|probably) )*(?:could|should|must|can|need to|needs to|has to|have to|ought to) (?:(?:really|all|now|probably) )*be ([a-z-]+)((?: .{1,40})?)$/i,
);
function ofIts(text: string): string | null {
  const [, where = '', what = '', done = '', rest = ''] = WITH_SUCH.exec(text) ?? [];
  const base = done !== '' && isParticiple(done) ? baseForm(done) : null;
  return base === null ? null : `${base}${rest} ${what} in ${small(where)}`;
}

/** What the words want, as an imperative; null where they want nothing in these ways. */
export function wantedIn(said: string): string | null {
  if (said.length > 260 || !WANTING.test(said)) return null;
  const text = withoutEnd(said.replace(LEAD, ''), '.,;:!');
  return able(text) ?? given(text) ?? leave(text) ?? turned(text) ?? theyWant(text) ?? ofIts(text);
}

function able(text: string): string | null {
  const found = ABLE.exec(text);
  if (found !== null) {
    const [, who = '', what = ''] = found;
    if (/^(?:you|we|i|it|this|that|they)$/i.test(who))
      return /^(?:i|we)$/i.test(who) ? `Make it possible to ${what}` : null;
    if (/\b(?:which|who|that|if|when|think|not)\b/i.test(who)) return null;
    return `Let ${small(who)} ${what}`;
  }
  const nobody = NOBODY.exec(text);
  if (nobody !== null) {
    const [, who = '', what = ''] = nobody;
    if (/^be (?:able|allowed) to /i.test(what))
      return `Let ${small(who)} ${what.replace(/^be (?:able|allowed) to /i, '')}`;
    return /^(?:know|care|mind|worry|bother|panic|complain|blame|tell|say|help|guess|be\b(?! (?:shown|sent|asked|charged|logged)))/i.test(
      what,
    ) || /^(?:only|no) (?:i|we|you|it|that|this|one thing|thing|problem|idea)\b/i.test(who)
      ? null
      : `Let ${small(who)} ${what}`;
  }
  const impossible = IMPOSSIBLE.exec(text);
  if (impossible !== null) {
    const who = impossible[1] === undefined ? '' : `for ${impossible[1]} `;
    return `Make it impossible ${who}to ${impossible[2] ?? ''}`;
  }
  const possible = POSSIBLE.exec(text)?.[1];
  if (possible !== undefined) return `Make it possible to ${possible}`;
  const there = THERE.exec(text)?.[1] ?? HAVING.exec(text)?.[1];
  return there === undefined ? null : `Add ${there}`;
}

function given(text: string): string | null {
  const found = NEEDS.exec(text);
  if (found === null) return null;
  const [, who = '', what = ''] = found;
  if (/\b(?:which|who|that|if|when|think|team|client|customer|boss|says?)\b/i.test(who.slice(4))) return null;
  if (
    /^(?:a|some|more) (?:moment|minute|second|while|time|bit|lot|few|day|week|vpn|token|restart|\w+ (?:to|before))\b/i.test(
      what,
    )
  )
    return null;
  return /^the /i.test(what) ? `Give ${small(who)} ${what}` : `Add ${what} to ${small(who)}`;
}

function leave(text: string): string | null {
  const gone = GO.exec(text)?.[1];
  if (gone !== undefined && !/\b(?:which|who|if|when|wrong|you|we|things?|it)\b/i.test(gone))
    return `Remove ${small(gone)}`;
  const may = MAY.exec(text);
  if (may === null) return null;
  const [, what = '', done = '', rest = ''] = may;
  const base = isParticiple(done) ? baseForm(done) : null;
  if (base === null || !ENDING.has(base) || MANUAL.test(rest) || /\b(?:which|who|if|when)\b/i.test(what)) return null;
  const particle = /^ (?:off|out|away|down|on|back|up)\b/i.exec(rest)?.[0] ?? '';
  return `${base.charAt(0).toUpperCase()}${base.slice(1)}${particle} ${small(what)}${rest.slice(particle.length)}`.replace(
    /,? (?:now|too|as well|then|i think|i guess)$/i,
    '',
  );
}

function turned(text: string): string | null {
  const found = TURNED.exec(text);
  if (found === null) return null;
  const [, what = '', , way = '', verb = '', rest = ''] = found;
  if (!KNOB.test(what) || /\b(?:when|while|if|after|because|every|per)\b/i.test(rest)) return null;
  const to = /^(?:from|to)\b/i.test(rest) ? rest : `to ${rest}`;
  const how =
    way === 'up' || /^(?:ris|grow)/i.test(verb)
      ? 'Raise'
      : way === 'down' || /^(?:drop|shrink)/i.test(verb)
        ? 'Lower'
        : 'Change';
  return `${how} ${small(what)} ${to}`;
}

const small = (text: string): string =>
  text.replace(
    /^(?:The|A|An|This|That|These|Those|All|Our|My|Your|Their|Each|Every|Both|Any|Some|Nobody|No|None|Only|Users|People|Admins|Guests|Old|Legacy|Customers|Members)\b/,
    (word) => word.toLowerCase(),
  );
