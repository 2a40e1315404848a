/** Work that is named first, and then what has not become of it: `the labels I'll add tomorrow`, `the map I haven't begun`. */
import { cued } from '../../cue/index.js';
import { SOME_DAY } from './ahead.js';
import { deed } from './deeds.js';
import { found, verbed, type Found, type Rule } from './left.js';
import { isPronoun, resolved, trimmed } from './things.js';
import { CHECKING, LEAVING_ALONE, MAKING, isVerb, ofParticiple } from './verbs.js';

const THING = String.raw`((?:the|an?|our|your|its|that|those|these|this|all|both|which)\b(?:\s[^,;:\s]+){0,8}?|\p{Lu}[^,;:\s]*(?:\s[^,;:\s]+){0,4}?|those|these)`;
const NOT_BY_ME = cued(
  new RegExp(
    String.raw`^(?:and |but |so |then )?(?:there(?:'s| is| are) (?:still )?)?${THING},?\s(?:that |which )?(?:i|we)(?:'ve not|'d not|\s(?:still )?(?:have not|haven't|had not|hadn't|did not|didn't|never))\s(?:(?:yet|even|actually|really|ever|fully|quite)\s)*([\p{L}-]+)(?:\s(up|out|over|in|with|at|on|to))?(?=$|[.,;!]|\s(?:yet|so far|at all|either|this time|here|today|because|since|as|for (?:now|lack))\b)`,
    'iu',
  ),
);
const BY_ME = cued(
  new RegExp(
    String.raw`^(?:and |but |so |then )?${THING},?\s(?:that |which )?(?:i|we)(?:'ll| will|'d| would|'m going to| am going to| want to)\s(?:(?:then|rather|also|still|only|like to)\s)*([\p{L}-]+)(?:\s(up|out|over|in))?\s(?:(?:${SOME_DAY})\b|(?:once|when|as soon as|after)\s)`,
    'iu',
  ),
);
const TO_YOU = cued(
  new RegExp(
    String.raw`^(?:and |but |so )?${THING},?\s(?:i|we)(?:'ll|'d| would|'ve| have|'m)?\s(?:leave|leaving|left|hand(?:ed)?)\s(?:over )?(?:to|for) (?:you|the [\p{L}-]+ team|${SOME_DAY})(?=$|[.,;!]|\s)`,
    'iu',
  ),
);
const HAS_VERB =
  /\s(?:is|are|was|were|has|have|had|that|which|who|if|when|because|so|but|and i|do|does|did|can|will)(?:\s|$)/i;

/** `the labels I'll add tomorrow`, `the map, which I haven't begun`, `the rollout I leave to you`. */
export const fronted: Rule = ({ text, before }) => {
  const not = NOT_BY_ME.exec(text);
  if (not?.[1] !== undefined && not[2] !== undefined)
    return notDone(not[1], not[2].toLowerCase(), not[3], text, before);
  const mine = BY_ME.exec(text);
  if (mine?.[1] !== undefined && mine[2] !== undefined) {
    const thing = thingOf(mine[1], before);
    if (thing === null || !(isVerb(mine[2]) || /^(?:do|look)$/i.test(mine[2]))) return null;
    return found('next', verbed(`${mine[2]}${mine[3] === undefined ? '' : ` ${mine[3]}`}`, thing, before));
  }
  const yours = TO_YOU.exec(text)?.[1];
  const thing = yours === undefined ? null : thingOf(yours, before);
  return thing === null || /^(?:the (?:choice|decision|rest|question))\b/i.test(thing)
    ? null
    : found(/\byou\b|team/.test(text) ? 'handed' : 'left', deed(trimmed(thing), before));
};

function notDone(
  named: string,
  word: string,
  particle: string | undefined,
  text: string,
  before: readonly string[],
): Found | null {
  const thing = thingOf(named, before);
  const verb = /\bdid/i.test(text.slice(named.length)) ? word : (ofParticiple(word) ?? word);
  if (thing === null) return null;
  const isSure = /\b(?:yet|so far)\b/i.test(text);
  if (/^(?:start|begin|do|get|reach|finish)$/.test(verb)) return found('unfinished', deed(thing, before));
  if (verb === 'touch' || verb === 'change')
    return isSure ? found('unfinished', verbed('update', thing, before)) : null;
  if (CHECKING.has(verb))
    return found('untested', verbed(`${verb}${particle === undefined ? '' : ` ${particle}`}`, thing, before));
  if (LEAVING_ALONE.has(verb) || !(MAKING.has(verb) || isSure) || !isVerb(verb)) return null;
  return found(
    'unfinished',
    verbed(`${verb}${/^(?:up|out|over|in)$/.test(particle ?? '') ? ` ${particle ?? ''}` : ''}`, thing, before),
  );
}

/** What it is that is named; `which` is what the clause before ends on. */
function thingOf(named: string, before: readonly string[]): string | null {
  if (/^which$/i.test(named)) {
    const last = /\b(?:the|an?|our|its|your)\s(?:[\p{L}\d./_-]+\s){0,4}?[\p{L}\d./_-]+$/iu.exec(
      before.at(-1) ?? '',
    )?.[0];
    return last === undefined ? null : last.replace(/^an?\s/i, 'the ');
  }
  if (HAS_VERB.test(named)) return null;
  const thing = resolved(named, before);
  return thing === null || isPronoun(thing) ? null : thing;
}
