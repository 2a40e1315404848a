/** What a clause tells its verb of, by the words before it. */
import { lastSubject } from './left.js';
import { isPronoun, resolved, subjectOf, unled } from './things.js';

/** When and where, in front of what it is said of. */
const AHEAD =
  /^(?:(?:as )?(?:a|the|my|our) (?:next|last|final|second) step,|(?:in|on|for) (?:production|prod|staging)|at some point|sooner or later|eventually|(?:in the )?long(?:er)?[- ](?:term|run)|some ?day|later(?: on)?|tomorrow|afterwards|in a (?:second|next|later) step|(?:after|before|once) [^,]{3,60}(?=,)),?\s+/i;

export function subjectIn(left: string, before: readonly string[]): string | null {
  // "I left it alone, it will have to be moved": whatever stands before the comma says something else.
  const spliced = /^([^,]{3,200}),\s+(?:(?:and|but|so)\s+)?(it|they|that|this|these|those)(?: still| also)?$/i.exec(
    unled(left).trim(),
  );
  if (spliced?.[1] !== undefined && spliced[2] !== undefined) {
    const aside = spliced[1].replace(/\s+(?:alone|untouched|unchanged|open|as (?:it|they) (?:is|are|was|were))$/i, '');
    const meant = resolved(spliced[2], [...before, aside]);
    return meant === null || isPronoun(meant) ? null : meant;
  }
  const own = unled(left)
    .trim()
    .replace(AHEAD, '')
    .replace(/(?:^|\s)(?:still|also|then|now|therefore|first|really)$/i, '');
  const subject = subjectOf(`${own} is x`);
  if (subject === null) return own === '' ? lastSubject(before) : null;
  const thing = resolved(subject, before);
  return thing === null || isPronoun(thing) ? null : thing;
}
