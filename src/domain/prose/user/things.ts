/** What `it`, `them` and `her` of a later sentence mean. */
import { cued } from '../../cue/index.js';
import { withoutEnd } from './text.js';
const HAVING = cued(
  /^((?:the|our|this|that|all|my|some|every|each)?\s?\S.{1,50}?) (?:(?:still|also|now|already|just|currently|always) )*(?:ha(?:s|ve)|contains?|includes?|lists?|(?:is|are) (?:full|littered|riddled) (?:of|with)|shows?|logs?|prints?|carr(?:y|ies)|imports?|spams?|emits?|ends? up with|got|keeps? (?:getting|printing|logging)) ((?:(?:about|around|roughly|over|almost|nearly|some|lots of|a lot of|plenty of|too many|many|several|tons of|a few|the|old|these|two|three|\d[\d.,]*k?) )*[\w-][\w -]{2,50}?)(?: (?:in|on|at|that|which|since|from|for|because|when|left|lying|now|already|again)\b.*)?$/i,
);
const THERE = cued(
  /^(?:i(?:'ve| have)? (?:see|found|find|got|count)|there(?:'?s| is| are)|we (?:have|got|still have)) ((?:(?:about|around|some|lots of|a lot of|many|several|a few|\d[\d.,]*k?|an?|two|three|still|too many|old|no) )*[\w-][\w -]{2,50}?)( (?:in|on|at|under|inside) .{3,40})?$/i,
);

export interface Things {
  readonly it: string | null;
  readonly them: string | null;
}

/** `customers.csv has 900 duplicates`: it is the file, they are the duplicates. */
export function thingsIn(clause: string): Things {
  const text = withoutEnd(clause, '.,;:!');
  if (text.length > 200) return { it: null, them: null };
  const there = THERE.exec(text);
  if (there !== null) {
    const thing = `${bare(there[1] ?? '')}${there[2] ?? ''}`;
    return isMany(there[1] ?? '') ? { it: null, them: thing } : { it: thing, them: null };
  }
  const having = HAVING.exec(text);
  if (having === null) return { it: null, them: null };
  const [, who = '', what = ''] = having;
  if (
    /^(?:i|we|you|it|they|he|she|there|that|this|who|what|which|nobody|everyone)$/i.test(who) ||
    /\b(?:not|never|if|when|which)\b/i.test(who)
  )
    return { it: null, them: null };
  const place = small(who);
  // `the box still has the default password. change it`.
  if (!isMany(what) && /\bstill (?:has|uses|shows|contains|includes)\b/i.test(text))
    return { it: `${the(what)} of ${place}`, them: null };
  return isMany(what) ? { it: null, them: `${bare(what)} in ${place}` } : { it: null, them: null };
}

const the = (what: string): string => (/^(?:the|a|an) /i.test(what) ? what.replace(/^an? /i, 'the ') : `the ${what}`);
const isMany = (what: string): boolean =>
  /[^su]s$|\b(?:people|children|data)$/i.test(what) || /\b(?:many|several|few)\b/i.test(what);
const bare = (what: string): string =>
  what.replace(
    /^(?:(?:about|around|roughly|over|almost|nearly|some|lots of|a lot of|plenty of|too many|many|several|tons of|a few|still|no|not any|an?) )+/i,
    '',
  );
const small = (text: string): string =>
  text.replace(/^(?:The|Our|This|That|All|My|Every|Each|Some)\b/, (word) => word.toLowerCase());

const NAMED = cued(
  /(?:^|\b(?:that'?s|that is|ask|it'?s|with|by|from|to|for|is|then|about|and|only) )(?!I\b|I'|The\b|It\b|We\b|You\b|They\b|This\b|That\b|Yes\b|No\b|Ok\b|Thanks\b|And\b|But\b)(\p{Lu}\p{Ll}{2,20})\b(?!\.\w)/u,
);

const NAME = /\p{Lu}\p{Ll}{2}/u;

/** The last person that a sentence names as the one who knows or does it: `that's Paloma`, `Signe handles the licences`. */
export const personIn = (sentence: string): string | null => {
  const name = NAME.test(sentence) ? NAMED.exec(sentence)?.[1] : undefined;
  if (name === undefined) return null;
  const after = sentence.slice(sentence.indexOf(name) + name.length);
  return /^(?:$|[.,!;]| (?:is|has|knows|handles|does|owns|wrote|said|says|wants|can|will|should|was|decides|asked|needs)\b)/.test(
    after,
  )
    ? name
    : null;
};

/** `sit down with her` → `sit down with Paloma`. */
export const withPerson = (words: string, person: string | null): string =>
  person === null ? words : words.replace(/\b(?:him|her|them)\b(?! \w+(?:s|e|t)\b)/i, person);
