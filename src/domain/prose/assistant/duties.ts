/** What a clause before says that is to be done to a thing. */
import { cued } from '../../cue/index.js';
import { isPronoun, objectIn, resolved, subjectOf } from './things.js';
import { MAKING, isVerb, ofParticiple } from './verbs.js';

const DUTY = cued(
  /^(?:and |but |so )?((?:the|that|this|our|your|those|these|[A-Z])\S*(?: \S+){0,6}?)\s+(?:wants?|needs?|has|have|ought|would have|would need|should)(?: to)? be\s+([\p{L}-]+)\s*(.*)$/u,
);

/** `That map wants to be keyed by id. I haven't begun with it`: the work that "it" stands for. */
export function dutyIn(before: readonly string[]): string | null {
  for (const clause of before.slice(-3).reverse()) {
    const duty = DUTY.exec(clause.slice(0, 300));
    if (duty?.[1] === undefined || duty[2] === undefined) continue;
    const verb = ofParticiple(duty[2]);
    const isKnown = verb !== null && (isVerb(verb) || MAKING.has(verb));
    if (!isKnown && !/ed$/.test(duty[2])) continue;
    const rest = objectIn(duty[3] ?? '');
    const thing = resolved(duty[1], before);
    if (thing === null || isPronoun(thing)) return null;
    const how = /^(?:by|in|on|to|into|with|from|for|at|as)\s/.test(rest) ? ` ${rest}` : '';
    return isKnown ? `${verb} ${thing}${how}` : `Have ${thing} ${duty[2]}${how}`;
  }
  return null;
}

/** `the preview is still in UTC; I haven't touched that one`: what a clause before tells not to be as it should. */
export function openIn(before: readonly string[]): string | null {
  for (const clause of before.slice(-3).reverse()) {
    const subject = /\b(?:still|missing|lacks|old)\b/i.test(clause) ? subjectOf(clause) : null;
    if (subject !== null && !isPronoun(subject) && !/^(?:what|there|one thing)\b/i.test(subject)) return subject;
  }
  return null;
}
