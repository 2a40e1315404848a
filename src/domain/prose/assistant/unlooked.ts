/** Clauses that tell what nobody has looked at: `whether the plugins still use it is unchecked`. */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { IS_PAST, SO_FAR } from './gaps.js';
import { found, verbed, type Rule } from './left.js';
import { objectIn, resolved, trimmed } from './things.js';
import { CHECKING, ofParticiple } from './verbs.js';

/** One of these is in whatever says that nobody has looked. */
const UNKNOWN_CUE = cued(
  /open|un(?:checked|tested|verified|known|clear|measured|decided|proven|certain|tried|seen|answered|solved)|to be|guess|in the air|not|n't|\bno\b|none|nobody|neither/i,
);
const WHETHER = cued(
  /^(?:and |but |so )?(whether|if|how(?: (?:well|much|far|fast|long))?|what)\s+(.{4,110}?)\s+(?:is|remains|stays|has been left)\s+(?:still\s+|as yet\s+)?(?:un(?:checked|tested|verified|known|clear|measured|decided|proven|certain|tried|seen)|open|to be (?:seen|shown|proven|checked|found out|tested)|anyone's guess|anybody's guess|up in the air|not (?:clear|known|checked|tested|verified|measured)(?: yet)?)\b/i,
);
const CANT_SAY = cued(
  /^(?:and |but |so )?(whether|if|how|what)\s+(.{4,110}?),?\s+(?:i|we)\s+(?:can't|cannot|can not|could not|couldn't|don't|do not|haven't|have not|am not able to|was not able to)\s+(?:yet\s+)?(?:say|tell|know|check(?:ed)?|test(?:ed)?|tried|try|see|seen|measured?|verif(?:y|ied)|judge|looked at)\b/i,
);
const NOBODY_KNOWS = cued(
  /^(?:and |but |so )?(whether|if|how)\s+(.{4,110}?),?\s+(?:nobody|no one|no-one|none of us|neither of us)\s+(?:(?:really|actually|yet)\s+)*(?:knows?|can (?:tell|say|know)|could (?:tell|say)|(?:has|have) (?:ever |yet )?(?:tried|tested|checked|measured|verified|seen|looked|found out))\b/i,
);
const NOT_WHETHER = cued(
  /\b(?:i|we)(?:'ve| have)?\s*(?:(?:can't|cannot|couldn't|could not|haven't|have not|did not|didn't|not)\s+)(?:yet\s+)?(?:been able to\s+)?(say|tell|check(?:ed)?|test(?:ed)?|tr(?:y|ied)|measured?|verif(?:y|ied)|looked)\s+(whether|if|how)\s+(.{4,110})$/i,
);
const OPEN_QUESTION = cued(
  /^(?:and |but )?((?!that\b|this\b|it\b|there\b)[\p{L}].{3,80}?)\s+(?:is|remains|stays)\s+(?:still )?an? (?:open|unanswered|unsolved) (?:question|point|matter)\b/iu,
);
const NO_X_DONE = cued(
  /^(?:and |but )?(?:no|none of the)\s+(.{2,50}?)\s+(?:has|have)\s+(?:yet\s+)?(?:been\s+)?(run|tested|tried|written|made|done|checked|measured|added|taken)\b\s*(.*)$/i,
);
const NOBODY_HAS = cued(
  /^(?:and |but |so )?(?:nobody|no one|no-one)\s+(?:has|have)\s+(?:yet\s+|ever\s+)?(looked|checked|tested|tried|verified|reviewed|measured|run|read|gone)\s+(.{3,110})$/i,
);
const ONLY_RAN = cued(
  /\b(?:i|we)(?:'ve| have)?\s+only\s+(ran|run|tested|tried|checked|measured|looked at)\s+(.{2,60}?),?\s+(?:but\s+)?not\s+(.{2,60})$/i,
);

/** `I tested it in Chrome only, not in Firefox`. */
const ONLY_THERE = cued(
  /\b(?:i|we)(?:'ve| have)?\s+(?:only |just )?(tested|tried|checked|verified|ran|run|measured)\s+(?:it|this|that|them|everything|the change)\s+.{2,40}?,?\s+(?:but\s+)?not\s+(?:yet\s+)?(.{2,60})$/i,
);

/** `nobody has looked at the examples`, `whether the plugins still use it is unchecked`, `no load test has been run`. */
export const unlooked: Rule = ({ text, before, isStrict }) => {
  if (!UNKNOWN_CUE.test(text)) return null;
  const whether = WHETHER.exec(text) ?? CANT_SAY.exec(text) ?? NOBODY_KNOWS.exec(text);
  if (whether?.[1] !== undefined && whether[2] !== undefined) {
    // "If the winch is not tested, …" supposes it.
    if ((/^what$/i.test(whether[1]) && isStrict) || whether[1] === 'If') return null;
    return found('untested', checkWhether(whether[1], whether[2], before));
  }
  const open = isStrict ? null : OPEN_QUESTION.exec(text);
  if (open?.[1] !== undefined) return found('untested', `Clarify ${trimmed(open[1])}`);
  const not = NOT_WHETHER.exec(text);
  if (not?.[2] !== undefined && not[3] !== undefined)
    return found('untested', checkWhether(not[2], objectIn(not[3]), before));
  const none = NO_X_DONE.exec(text);
  if (
    none?.[1] !== undefined &&
    none[2] !== undefined &&
    !IS_PAST.test(text) &&
    !/^(?:errors?|one|changes?|other|further|more)\b/i.test(none[1])
  ) {
    const verb = ofParticiple(none[2]) ?? baseForm(none[2]);
    const extent = objectIn(none[3] ?? '');
    const thing = /s$/.test(none[1]) ? none[1] : `${/^[aeiou]/i.test(none[1]) ? 'an' : 'a'} ${none[1]}`;
    if (verb !== null && (CHECKING.has(verb) || /\btests?\b/i.test(none[1]) || SO_FAR.test(text)))
      return found(
        'untested',
        `${verb} ${thing}${/^(?:on|in|with|against|under|for)\s/.test(extent) ? ` ${extent}` : ''}`,
      );
  }
  const nobody = NOBODY_HAS.exec(text);
  if (nobody?.[1] !== undefined && nobody[2] !== undefined && !/\b(?:since|in (?:years|months|ages))\b/i.test(text)) {
    const verb = baseForm(nobody[1]) ?? nobody[1];
    return found('untested', verbed(verb, objectIn(nobody[2]), before));
  }
  const where = ONLY_THERE.exec(text);
  if (where?.[1] !== undefined && where[2] !== undefined && /^(?:in|on|with|against|under|from|at)\s/i.test(where[2]))
    return found('untested', `${baseForm(where[1]) ?? 'test'} ${objectIn(where[2])}`);
  const only = ONLY_RAN.exec(text);
  if (only?.[1] !== undefined && only[2] !== undefined && only[3] !== undefined) {
    const verb = baseForm(only[1].split(' ')[0] ?? '') ?? 'run';
    const head = only[2].split(' ').at(-1) ?? '';
    return found('untested', verbed(verb, objectIn(only[3].replace(/\bones?\b/i, head)), before));
  }
  return null;
};

/** What there was nothing to try it on: `I had no Windows guest at hand`. */
const NOT_AT_HAND = cued(
  /\b(?:i|we)(?:'ve| have)?\s+(?:had|have|got)?\s*no\s+(.{2,40}?)\s+(?:at hand|around|here|available|within reach|in reach|to (?:test|try|check)\b.*)/i,
);

function checkWhether(word: string, rest: string, before: readonly string[]): string | null {
  const [first = '', ...others] = rest.split(' ');
  // "How it does on the long record": what it is tried on is all that can be named.
  const on =
    /^(?:it|this|that|they|all (?:of )?(?:this|that))\s+(?:does|do|behaves?|performs?|fares?|copes?|holds? up|works?|looks?|runs?)\s+((?:on|with|in|under|against|for)\s.{3,100})$/i.exec(
      rest,
    )?.[1];
  if (on !== undefined) return `Test ${on}`;
  const guest = / there$/i.test(rest)
    ? before
        .slice(-3)
        .map((clause) => NOT_AT_HAND.exec(clause)?.[1])
        .find((place) => place !== undefined)
    : undefined;
  if (guest !== undefined)
    return `Check ${word.toLowerCase().replace(/^if$/, 'whether')} ${rest.replace(/there$/i, `on a ${guest}`)}`;
  const named = /^(?:it|they|that|this)$/i.test(first) ? resolved(first, before) : null;
  return `Check ${word.toLowerCase().replace(/^if$/, 'whether')} ${named === null ? rest : `${named} ${others.join(' ')}`}`;
}
