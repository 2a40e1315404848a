/** What is put off in so many words. */
import { cued } from '../../cue/index.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import type { Clause } from './clauses.js';
import type { Heard } from './heard.js';
import { spoken } from './hints.js';
import { wantedLater } from './kindly.js';
import { keptIn } from './own.js';
import { laterIn } from './time.js';

/** `the empty state can wait`. */
const GOES_LATER = cued(
  /^(?:(?:and|but|so|then|also|ok|okay)[, ]+)*(.{3,70}?) (?:(?:goes|go|moves?|slips?|gets? (?:moved|pushed|postponed))(?: back)?(?: in)?to (?:the next|next|the backlog|v?\d|phase|a later|another|the following)|(?:can|could|should|must|may|will have to) (?:\w+ )?wait|(?:is|are) (?:for|something for) (?:later|another (?:day|time|pr)|next \w+|tomorrow|after)|comes? (?:later|after|next week))\b(.{0,80})$/i,
);
/** `leave the docs for tomorrow`. */
const LEFT_FOR_LATER = cued(
  /^(?:(?:and|but|so|then|also|ok|okay|please|let'?s|we can|you can)[, ]+)*(?:leave|save|postpone|defer|move|push|keep|do|put off|delay) (.{3,70}?) (?:(?:for|to|until|till) )?((?:later|tomorrow|next (?:week|sprint|month|release|time|year|quarter|version|milestone|round|iteration|spring|summer|autumn|winter)|another (?:day|time|pr)|after .*|(?:mon|tues|wednes|thurs|fri)day|a follow-?up.*|someday|some other time|the next \w+)\b.{0,80})$/i,
);
/** `the empty state can wait`, `leave the docs for tomorrow`. */
export function putOff(heard: Heard, clause: Clause, text: string, sentence: string): boolean {
  const found = GOES_LATER.exec(text) ?? LEFT_FOR_LATER.exec(text);
  const what = found?.[1];
  if (what === undefined && !clause.isQuestion) return keep(heard, text, sentence);
  if (what === undefined || clause.isQuestion) return false;
  if (
    /^(?:it|that|this|they|the rest|everything|all|i|we|you|who|which|them|those|these|everybody|everyone|that one|this one|the last one|whatever|anything|what|other (?:stuff|things)|the other (?:stuff|things|ones))\b/i.test(
      what,
    ) &&
    !/^(?:this|that|these|those) \w{3,}/i.test(what)
  )
    return false;
  if (/\b(?:button|retry|client|request|job)s? (?:must|should|can) wait\b/i.test(text)) return false;
  const until = /\b(?:until|till)\b.{2,78}$/i.exec(text)?.[0];
  const later = until ?? laterIn(text) ?? 'can wait';
  if (/\b(?:in)?to the (?:next|backlog|following)|\bto a later\b/i.test(text)) {
    heard.push({ is: 'promise', title: titleOf(what), stated: statedIn(text), quote: spoken(sentence) });
    return true;
  }
  heard.push({
    is: 'ask',
    kind: 'change',
    title: titleOf(what.replace(/^(?:do|the) (?=\w+ing\b)/i, '')),
    stated: statedIn(text),
    later,
    quote: spoken(sentence),
  });
  return true;
}

/** `the runbook is mine`, `retries are next sprint`. */
function keep(heard: Heard, text: string, sentence: string): boolean {
  const quote = spoken(sentence);
  const wanted = wantedLater(text);
  if (wanted !== null) {
    const later = laterIn(text) ?? 'not now';
    heard.push({ is: 'ask', kind: 'change', title: titleOf(wanted), stated: statedIn(sentence), later, quote });
    return true;
  }
  const kept = heard.isItem ? null : keptIn(text);
  if (kept === null) return false;
  const stated = statedIn(sentence);
  if (kept.isOwn) heard.push({ is: 'promise', title: titleOf(kept.title), stated, quote });
  else heard.push({ is: 'ask', kind: 'change', title: titleOf(kept.title), stated, later: kept.later, quote });
  return true;
}
