/**
 * How a sentence that no rule understood speaks of work that it names: as done, or with a doubt. Words decide, whatever the
 * sentence is built like; it is asked only before something would be taken for done because it was spoken of.
 */
import { cued } from '../../cue/index.js';

export type Doubt = 'blocked' | 'pending' | 'in_progress';

/** It was tried and did not come about. */
const FAILED = cued(
  /\b(?:(?:did|does|do|would)(?:n't| not) (?:quite |fully |really |actually )?(?:work|succeed|help|go|pass|come|get|let|compile|build|run|start|finish|apply|take)|(?:could|can)(?:n't| ?not)|was(?:n't| not) able|were(?:n't| not) able|unable|no way to|impossible|not possible|(?:was|were|got|get|gets|is|are|has been) (?:rejected|refused|denied|declined|aborted|reverted|blocked)|failed|i aborted|gave up|given up|revert(?:s|ed)|rolled back|undid|stops? at|stopped at|stuck(?=$|[.,;:]| (?:at|on|in|with|because|again|there)\b)|hangs?|still (?:fails?|broken|crash\w*|wrong|red|there|happens|shows|the same))\b/i,
);
/** It is not there, or not begun. */
const NOT_DONE = cued(
  /\b(?:not (?:started|begun|done|there|in place|touched|included|part|finished|complete|changed|written|built|made|yet)|(?:has|have|is|are|was|were)(?:n't| not) (?:yet )?(?:been )?(?:[a-z]+(?:ed|en|wn|ne|lt|de|pt|ft|nt)|yet|there|done|begun|run|set|put|cut|split)\b|untouched|unchanged|un(?:done|tested|finished)|missing|outstanding|pending|skipped|postponed|left (?:out|over|for)|still to|yet to|to do|remains?|comes? (?:next|later)|is next|(?:tomorrow|next (?:week|time|session|sprint))$)\b/i,
);
/** What comes from outside. */
const OUTSIDE = cued(
  /\b(?:access|permissions?|rights?|role|tokens?|keys?|credentials?|passwords?|passphrase|log ?in|account|licen[cs]e|quota|certificate|kubeconfig|vpn|expired|forbidden|denied|den(?:ies|ied)|reject(?:s|ed)|refus(?:es|ed)|not allowed|may (?:only|not)|read-only|admins?|owner|vendor|manufacturer|supplier|legal|sales|finance|customer|client's|ops|operations|somebody|someone|no network|network access|offline|not connected|unreachable|conflict|need(?:s|ed)? to know|tells? (?:me|us)|until|waits?|waiting|decision|decide|approv\w*|deliver\w*|provide\w*|send me|give me|reference (?:values|data)|rather not|won't do)\b/i,
);
/** Whether it speaks of what only somebody or something else can give. */
export const comesFromOutside = (text: string): boolean => GIVEN.test(text);

/** The same where nothing was tried: that it has to wait until later is no obstacle. */
const GIVEN = cued(
  /\b(?:access|permissions?|rights?|tokens?|keys?|credentials?|passwords?|passphrase|log ?in|account|licen[cs]e|quota|certificate|kubeconfig|vpn|expired|forbidden|denied|den(?:ies|ied)|reject(?:s|ed)|refus(?:es|ed)|not allowed|may only|read-only|admins?|owner|vendor|manufacturer|supplier|legal|security team|sales|finance|customer|client's|ops|operations|somebody|someone|no network|network access|offline|not connected|unreachable|conflict|need(?:s|ed)? to know|tells? (?:me|us)|answers?|repl(?:y|ies)|confirms?|decision|decides?|decided|approv\w*|sign(?:s|ed) off|sign-off|deliver\w*|provides?|send(?:s|t)? (?:me|us)|give[sn]? (?:me|us)|reference (?:values|data)|rather not|won't do|is down)\b/i,
);

/** What was so and is not any more, what is so on purpose, and what is told of a cause. */
const PAST = cued(
  /\b(?:no longer|any ?more|never again|now|used to|before|previously|earlier|at first|until now|so that|instead of|rather than|without|nothing else|unless|because|since the|was caused|(?:was|were) missing|the (?:cause|reason|problem|bug) was|if|when|whenever|only (?:if|when|for|admins?|users?))\b/i,
);

/** @param clause where the work is named @param around its sentence and the next, which may say what it waits for @returns null where it may be done */
export function doubtIn(clause: string, around: string): Doubt | null {
  if (around.length > MAX_CHARS) return null;
  const failed = FAILED.test(clause);
  const not = NOT_DONE.test(clause);
  if (!failed && !not) return HALF_DONE.test(clause) ? 'in_progress' : null;
  if (!FIRST_PERSON.test(clause) && PAST.test(clause)) return null;
  if (OUTSIDE.test(around)) return 'blocked';
  return not && !failed ? 'pending' : 'in_progress';
}

const MAX_CHARS = 900;
const FIRST_PERSON = cued(
  /\b(?:i|we)(?:'ve| have|'m| am)?(?:n't| not| did not| could(?:n't| not)| can(?:'t|not))\b|\b(?:i|we) (?:did|could|can|have|was|were|am)(?:n't| ?not)\b/i,
);
const HALF_DONE = cued(
  /\bonly half\b|\bhalf (?:done|way|finished|there)\b|\b(?:partly|partially) (?:done|there|finished)\b|\bin progress\b|\bunder way\b/i,
);

/** Whoever speaks did not do what was to be done. */
const DID_NOT = cued(
  /^(?:so |but |therefore,? |sorry,? |unfortunately,? )*(?:i|we)(?:'ve| have)? ?(?:(?:have|did|do|could|can|was|were)(?:n't| not)|can't|cannot|never)(?: able to| managed? to| yet| actually)* (?:chang|touch|start|begu?i?n|appl|wr[io]t|implement|ma[dk]e|d[oi]|d[io]ne|add|fix|edit|build|built|updat|remov|get anywhere|got anywhere|proceed|go on|continue)\p{Ll}*\b|^(?:so |but )?(?:nothing|no (?:files?|code|changes?)) (?:has|have|was|were|is|are) (?:been )?(?:changed|done|written|touched|made|edited|applied)\b/iu,
);
const NOTHING_MORE = cued(
  /\b(?:anything|nothing) (?:else|more|other)|\b(?:any|no)(?:thing)? (?:other|else|further)|\bapart from\b|\bthe rest\b|\bother\b|\bexisting\b/i,
);

/** How what was asked for stands by an account that begins with what was not done. */
export function shortfallIn(sentences: readonly string[]): Doubt | null {
  const [first = ''] = sentences;
  if (sentences.length > FEW_SENTENCES || !DID_NOT.test(first) || NOTHING_MORE.test(first)) return null;
  return OUTSIDE.test(sentences.slice(0, 3).join(' ')) ? 'blocked' : 'pending';
}

const FEW_SENTENCES = 5;
