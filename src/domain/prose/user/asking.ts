/** Takes a request in: names it, or finds that it was asked before. */
import { cued } from '../../cue/index.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import type { Around } from './around.js';
import { DETAIL, requestOf } from './ask.js';
import { textOf, wordsOf } from './clauses.js';
import { chainOf } from './elliptic.js';
import type { Heard } from './heard.js';
import { ALSO, ASKED_ABOUT, objectOf, spoken } from './hints.js';
import { asMeant, eachOf } from './meant.js';
import { cut, partsOf, type Told } from './problem.js';
import { askByPronoun } from './pronoun.js';
import { MADE_RIGHT, USED_ELSEWHERE } from './signs.js';
import { withoutEnd } from './text.js';
import { BEFORE_RELEASE, laterIn } from './time.js';
import type { Request } from './wish.js';
import { wordSet } from './words.js';

/** Of what turns up, by looking. */
const FOUND = cued(
  /^(?:fix|correct|repair|clean(?: up)?|solve|adjust|update|sort out|handle|remove|replace|address|patch|resolve|change)(?: up)? (?:what(?:ever)?|anything|everything|all|those|the ones|the problems?|the issues?|the rest)\b.{0,40}$/i,
);

/** Names nothing: a request of only these is of what was told before. */
const NO_OBJECT = wordSet(`
  a after again all also and as asap at away back both bug can down first fix fixed for get going here if immediately in into issue it look me
  now of on one out over please pls possible problem properly quick quickly rid right solved soon sorted thanks that the them then there these
  this those through today too up us well with work working you
`);

/** `the seat map should …`: what is spoken of. */
const REQUIRED =
  /^(?:(?:and|also|but|then|ok|so|next)[, ]+)*((?:the|our|my|this|that|each|every) [\w./'-]+(?: [\w./'-]+){0,4}?) (?:(?:also|really|still|just) )*(?:should|must|needs?|has to|have to|ought to)\b/i;
const requiredOf = (text: string): string | null => REQUIRED.exec(text)?.[1] ?? null;

const REMINDS = cued(/\bremind me\b/i);
const INSTEAD_SO = /^(?:make sure|ensure|see to it)(?: that)? (?:it|this|that|they)(?:'s|'re)? .{2,60}$/i;
/** `I think the frames are counted twice`: what was said with a doubt. */
function doubtedIn({ stated }: Heard): Told | null {
  const text = stated === null ? '' : textOf(stated.clause.words);
  const said = /^i (?:think|guess|believe|suspect|fear) (?:that )?((?:the|our|my|all|some) .{8,160})$/i.exec(text)?.[1];
  return stated === null || said === undefined
    ? null
    : { ...stated, clause: { ...stated.clause, text: said, words: wordsOf(said) } };
}
const MANY = wordSet('them those these');

/** @returns whether it was taken in */
export function ask(heard: Heard, asked: Request, around: Around): boolean {
  const { text, sentence, place, count } = around;
  const said = withoutEnd(textOf(asked.words), ',;:.!?–—-');
  const verb = asked.words[0]?.low ?? '';
  heard.isTaken = true;
  const known = heard.acts.at(-1);
  // `track it down and get rid of it`: asked for once.
  if (
    known?.is === 'ask' &&
    (known.kind === 'problem' || /^(?:Track|Hunt|Chase|Pin|Find|Figure|Dig) (?:it|that|this)\b/.test(known.title)) &&
    /^(?:get rid of|fix|stop|kill|solve|sort|squash|remove|eliminate|repair|resolve|end) (?:it|that|this)(?: out| please| for good)*$/i.test(
      said,
    )
  )
    return true;
  if (MADE_RIGHT.test(said) && (heard.told.length > 0 || !/\bwork/i.test(said)))
    return ask(heard, { ...asked, words: wordsOf('fix it') }, around);
  // `they are counted twice. make sure it happens only once`: of what was told.
  if (heard.asks === 0 && INSTEAD_SO.test(said)) {
    const doubted = heard.told.length > 0 ? null : doubtedIn(heard);
    const told = doubted === null ? heard.told.splice(0) : [doubted];
    for (const one of told) heard.problem(one, statedIn(sentence));
    if (told.length > 0) heard.asks += 1;
    if (told.length > 0) return true;
  }
  if (
    heard.asks > 0 &&
    (DETAIL.test(said) || /\baccordingly$/i.test(said)) &&
    !USED_ELSEWHERE.test(said) &&
    !(asked.kind === 'change' && /^give (?:me|us)\b/i.test(said))
  )
    return true;
  const looked = heard.acts.at(-1);
  if (looked?.is === 'ask' && looked.kind === 'answer' && FOUND.test(said)) {
    heard.acts[heard.acts.length - 1] = { ...looked, kind: 'change', title: cut(`${looked.title} and ${said}`) };
    return true;
  }
  if (verb === 'do' && /^do #?\d{1,2}$/i.test(said)) return true;
  if (asked.form === 'plan' && BEFORE_RELEASE.test(text)) {
    heard.said({ is: 'promise', words: said }, sentence, text);
    return true;
  }
  // `find out why`: of what was told; nothing is to be changed.
  const told = heard.told[0] ?? (heard.asks === 0 ? heard.opening : null) ?? undefined;
  if (
    told !== undefined &&
    /^(?:find out|figure out|check|see|tell me|explain|know|understand|look into)\b.{0,12}\b(?:why|how|what(?:'s| is) (?:going|wrong|up|happening)\b.*|the (?:reason|cause))(?:,? (?:&|and) (?:then )?(?:make (?:it|that|this) (?:stop|work|go away|right|pass)|(?:fix|stop|solve|repair|prevent|end|correct) (?:it|that|this)))?(?: please| pls| for me)*$/i.test(
      said,
    )
  ) {
    heard.told = [];
    heard.why = told;
    heard.asks += 1;
    heard.push({
      is: 'ask',
      kind: / (?:&|and) /.test(said) ? 'change' : 'answer',
      title: cut(`${said.charAt(0).toUpperCase()}${said.slice(1)}: ${textOf(told.clause.words)}`),
      stated: statedIn(sentence) ?? statedIn(told.sentence),
      later: null,
      quote: spoken(sentence),
    });
    return true;
  }
  const isPronoun =
    asked.form !== 'requirement' &&
    asked.form !== 'wish' &&
    !asked.words.some(({ low }, at) => at > 0 && !NO_OBJECT.has(low));
  const later =
    (heard.unclaimed === '' ? null : laterIn(heard.unclaimed)) ??
    laterIn(text) ??
    (count === 1 ? laterIn(sentence) : null) ??
    (REMINDS.test(text) ? 'remind me' : null);
  const stated =
    heard.statedBy(sentence) ?? (heard.unclaimed === '' ? null : statedIn(heard.unclaimed)) ?? heard.urgency();
  const isKnown = heard.them !== null && asked.words.some(({ low }) => MANY.has(low));
  if (
    isPronoun &&
    !isKnown &&
    asked.words.length <= 8 &&
    askByPronoun(heard, asked, { said, verb, stated, later, sentence })
  )
    return true;
  if (
    heard.it === null &&
    asked.form === 'requirement' &&
    /^(?:they|it|these|those|this)$/.test(asked.words[0]?.low ?? '') &&
    heard.stated !== null
  )
    heard.it = /\b(?:the|our|all|some) [a-z-]+/i.exec(textOf(heard.stated.clause.words))?.[0] ?? null;
  const first = heard.told[0];
  if (first !== undefined) {
    const { subject } = partsOf(first.clause);
    const acting =
      /^(?:(?:and|but|also|oh)[, ]+)*((?:the|our|my|this|that) (?:[\w-]+ ){0,2}?[\w-]+?) (?=[a-z]+s\b)/i.exec(
        textOf(first.clause.words),
      )?.[1];
    if (subject !== '') heard.it = subject;
    else if (acting !== undefined) heard.it = acting;
  }
  const { it } = heard;
  const resolved = asked.form === 'wish' ? asked.words : asMeant(heard, asked.words);
  let body = withoutEnd(textOf(resolved), ',;:.!?–—-');
  if (it !== null && it.length < 60 && asked.form === 'imperative')
    body = body.replace(
      /^(add .* to) (?:it|this|that)$/i,
      (_, add: string) => `${add} ${it.replace(/^[A-Z](?=[a-z]+ )/, (letter) => letter.toLowerCase())}`,
    );
  if (asked.kind === 'change')
    body = body.replace(
      /^(make|write|build|create|draft|generate|prepare|set|give|get|fetch|find|add|send) (?:me|us) (?=(?:an?|the|some|two|three|all|another) )/i,
      (_, verb: string) => (/^(?:give|get|send)$/i.test(verb) ? 'create ' : `${verb} `),
    );
  body = body
    .replace(
      /,? (?:same \w+ as|if you (?:can|have time|don't mind)|when you (?:can|have)|while you(?:'re| are)) .*$/i,
      '',
    )
    .replace(/,? (?:though|first|please|too|as well|of course|thanks|then|but not(?: now| yet| today)?)+$/i, '');
  if (asked.form === 'wish' && asked.kind === 'change') {
    const inner = requestOf(resolved, false, false);
    body =
      inner === null
        ? `Add ${body}`
        : inner.form === 'imperative'
          ? textOf(inner.words).replace(/[\s,;:.!?–—-]+$/, '')
          : body;
  }
  const steps = asked.form === 'imperative' || asked.form === 'polite' ? chainOf(body) : [body];
  const both = asked.kind === 'change' && heard.stated !== null ? eachOf(body, textOf(heard.stated.clause.words)) : [];
  const chain = both.length === 0 ? steps : both;
  const named = titleOf(
    place === '' || body.length + place.length > 90 ? (chain[0] ?? body) : `${chain[0] ?? body}${place}`,
  );
  if (named.length < 3) return true;
  // `…, that flag has to go`: which one stands before it.
  const title =
    /^[A-Z][a-z]+ (?:that|those) [a-z-]+$/.test(named) && sentence.length > text.length + 20
      ? cut(`${named}: ${sentence.replace(text, '').replace(/[\s,;:.!–—-]+$/, '')}`)
      : named;
  // What was told before is why; `also` begins something else.
  const isOfTold = asked.kind === 'answer' && resolved !== asked.words;
  if (heard.told.length > 0 && (asked.kind === 'change' || isOfTold)) {
    if (
      !isOfTold &&
      (ALSO.test(text) || (ALSO.test(sentence) && heard.told[0]?.sentence !== sentence) || later !== null)
    )
      for (const told of heard.told) heard.problem(told);
    heard.told = [];
  }
  heard.push({ is: 'ask', kind: asked.kind, title, stated, later, quote: spoken(sentence) });
  for (const next of chain.slice(1))
    heard.push({ is: 'ask', kind: asked.kind, title: titleOf(next), stated, later, quote: spoken(sentence) });
  heard.unclaimed = '';
  heard.asks += 1;
  const thing = requiredOf(text) ?? objectOf(resolved);
  if (asked.kind === 'change' && thing !== null) heard.it = thing;
  else if (asked.kind === 'answer') heard.it = ASKED_ABOUT.exec(said)?.[1] ?? heard.it;
  return true;
}
