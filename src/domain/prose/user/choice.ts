/** Choosing among what was spoken of, without a question having been asked: `a and c please`, `the former`, `the view sounds right`. */
import { cued } from '../../cue/index.js';
import { withoutEnd } from './text.js';

export interface Chosen {
  readonly what: string;
  readonly verdict: 'do' | 'later' | 'no';
}

const LETTERED = cued(
  /^(?:(?:yes|ok|okay|sure|please|only|just|do|fix|take|let's do|and|but|then)[,. ]+)*([a-h](?:(?:,? and |, ?| ?& ?| ?\+ ?)[a-h])*)\)?(?:[:,]| as well| too| also| is| are)* ?(.{0,90})$/i,
);
const NO =
  /^(?:no+|nope|nah|skip|not needed|drop|leave|forget|is fine|are fine|fine as|stays?|rather not|never|don'?t)\b/i;
const LATER = /\b(?:later|after|once|when|next|tomorrow|another|not (?:now|yet|today)|can wait|until|some ?day)\b/i;
const YES =
  /^(?:please|pls|yes+|yep|yeah|ok|okay|first|now|today|then|sure|go|do it|sounds? (?:good|great|right)|only|thanks|for now|is good|as well|too|both|if it's (?:small|easy|quick)|definitely|absolutely|of course)?\b/i;
/** A letter at the beginning of a point, or points in one sentence. */
const POINT = /^\(?([a-h])[).:] +(.+)$/is;
const INLINE = /\(([a-h])\) (.+?)(?=,? ?(?:and |or )?\([a-h]\) |[.?!;]? ?$)/gis;

/** What bears the letters; of fewer than two nobody chooses. */
export function pointsOf(topics: readonly string[]): ReadonlyMap<string, string> {
  const points = new Map<string, string>();
  for (const topic of topics) {
    const [, letter, said] = POINT.exec(topic) ?? [];
    if (letter !== undefined && said !== undefined) points.set(letter.toLowerCase(), said);
    else if (topic.includes('(a)') || topic.includes('(A)'))
      for (const [, one = '', what = ''] of topic.slice(0, 900).matchAll(INLINE)) points.set(one.toLowerCase(), what);
  }
  return points;
}

/** `a please`, `b nooo`, `c yes but after the exams`: one part of an answer by letters. */
export function letteredIn(text: string, points: ReadonlyMap<string, string>): readonly Chosen[] {
  const found = text.length > 130 ? null : LETTERED.exec(withoutEnd(text, '.,;:!'));
  if (found === null) return [];
  const [, letters = '', rest = ''] = found;
  const said = rest.trim();
  const verdict = NO.test(said) ? 'no' : LATER.test(said) ? 'later' : 'do';
  if (verdict === 'do' && said !== '' && (YES.exec(said)?.[0] ?? '') === '') return [];
  const names = new Set(
    letters
      .toLowerCase()
      .replace(/\band\b/g, ' ')
      .match(/[a-h]/g) ?? [],
  );
  return [...names].flatMap((name) => {
    const what = points.get(name)?.replace(/[\s.]+$/, '');
    return what === undefined ? [] : [{ what, verdict }];
  });
}

const ONE_OF_TWO = cued(
  /^(?:(?:yes|ok|okay|the|let'?s|do|go|with|for|take|i'd|prefer|rather|say|please|definitely|then|hm+)[,. ]+)*(former|latter)(?: (?:one|please|pls|option|then|it is|sounds? \w+|thanks))*(?:[,.;:!].{0,80})?$/i,
);
const EITHER = /\beither (.{6,120}?),? or (.{6,160})$/i;

/** `former`: the first of two ways that were spoken of. */
export function ofTwo(text: string, topics: readonly string[]): string | null {
  const which = text.length > 140 ? undefined : ONE_OF_TWO.exec(text)?.[1]?.toLowerCase();
  if (which === undefined) return null;
  const two = topics.map((topic) => EITHER.exec(topic.slice(0, 400))).findLast((found) => found !== null);
  const what = which === 'former' ? two?.[1] : two?.[2];
  return what === undefined ? null : what.replace(/[\s.?!]+$/, '');
}

const SOUNDS = cued(
  /^(?:(?:hm+|ok|okay|oh|well|yes|i think|and|so)[, ]+)*the ([a-z][\w-]+(?: [\w-]+){0,2}?) (?:one |idea |option |way |route )?(?:(?:would|does|really|definitely|just|still|'?d) )*(?:sounds?|looks?|seems?|feels?|is|be) (?:(?:like|really|very|quite|just|perfectly|by far|the|a|an|about) )*(?:right|good|great|best|better|perfect|ideal|fine|reasonable|sensible|lovely|something for you|fit|right fit|good fit|way to go|winner|nicest|most sensible|choice|nice|promising)\b/i,
);
/** A thing that could be had. */
const THING = /^(?:\d[.)] )?(an? .{8,200})$/i;

/** `the view sounds like the right fit`: of the things that were listed. */
export function soundsRight(text: string, topics: readonly string[]): string | null {
  const what = SOUNDS.exec(text.slice(0, 160))?.[1]?.toLowerCase();
  if (what === undefined) return null;
  const listed = topics.flatMap((topic) => THING.exec(topic)?.[1] ?? []);
  if (listed.length < 2) return null;
  const fits = listed.filter((thing) => what.split(' ').every((word) => thing.toLowerCase().includes(word)));
  return fits.length === 1 ? (fits[0] ?? '').replace(/[\s.]+$/, '').replace(/, (?:which|that|so) .*$/, '') : null;
}
