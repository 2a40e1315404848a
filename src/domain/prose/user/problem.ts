/** Problems told in words or pasted, as work: `Fix the spinner that never stops`. */
import { cued } from '../../cue/index.js';
import type { Message } from '../model.js';
import { titleOf } from '../title.js';
import { textOf, type Clause, type Word } from './clauses.js';
import { doingIn } from './doing.js';
import { isAscii, straight, withoutEnd } from './text.js';
import { FAILING, FILLERS, WRONG, wordSet } from './words.js';

const VERB = wordSet(`
  abort aborts again also always appear appears are aren't arent arrive arrives blows bombs breaks broke broken can't cannot cant come comes
  complain complains completely constantly crash crashed crashes did didn't didnt died dies disappear disappears do does doesn't doesnt don't dont
  down fail failed fails feel feels flicker flickers freeze freezes froze get gets goes hang hangs has have hung ignores is isn't isnt jumps just
  keep keeps leak leaks look looks loses lost misses never no now occasionally often only overlap overlaps panic panics randomly refuse refused
  refuses regressed return returns seem seems segfault segfaults show shows silently somehow sometimes still stop stopped stops stuck suddenly
  take takes climbs clobbers drifts expire expires hogs jitters kicks mangles overflows sits stall stalled stalls stays swallows traps threw throw throws time times vanish vanishes was wasn't wasnt went were will wobble wobbles won't wont
`);

export interface Told {
  readonly clause: Clause;
  readonly sentence: string;
  readonly isFailure: boolean;
}

const trimmed = (words: readonly Word[]): readonly Word[] => {
  let from = 0;
  while (from < words.length - 1 && from < 6 && FILLERS.has(words[from]?.low ?? '')) from += 1;
  return words.slice(from);
};

const SOURCE =
  /^(?:.{2,40}? )?(?:complain(?:s|ed|ing)?|reports?|reported|says?|said|mention(?:s|ed)|noticed|told (?:me|us)|claims?|claimed|found out|tell (?:me|us)|(?:got|gets?|have|received|opened|filed)(?: \w+){0,3} (?:tickets?|complaints?|reports?|e?mails?|calls?|messages?)(?: from \w+)?|tells (?:me|us)|i (?:just )?(?:noticed|found|saw|see)|it (?:seems|appears|looks like)|looks like|seems(?: like)?)(?: to us)?(?: that| about| saying| of| because of)? $|^according to (?:the )?\w+,? $/i;
/** One of these stands in all of them. */
const NAMES_SOURCE = cued(
  /complain|report|said|says?|mention|noticed|told|claim|found|tell|ticket|mail|call|message|saw|see|appears|looks|according/i,
);

/** `users complain that search is slow`: what they complain about. */
export function withoutSource(clause: Clause): Clause {
  if (!NAMES_SOURCE.test(clause.text)) return clause;
  let head = '';
  for (let at = 0; at < clause.words.length - 2 && at < 8; at += 1) {
    head += `${clause.words[at]?.low ?? ''} `;
    const next = clause.words[at + 1]?.low ?? '';
    // `the monthly report shows …`: the thing itself.
    if (
      /^(?:report|call|mail|message)$/.test(clause.words[at]?.low ?? '') &&
      !/(?:s|people|we|they|i|you)$/.test(clause.words[at - 1]?.low ?? '')
    )
      continue;
    if (
      SOURCE.test(head) &&
      next !== 'that' &&
      !/^["“]/.test(clause.words[at + 1]?.raw ?? '') &&
      !/^(?:about|saying|of|because)$/.test(next)
    ) {
      const words = clause.words.slice(at + 1);
      return { ...clause, words, text: textOf(words) };
    }
  }
  return clause;
}

/** Subject and verb part of a told problem; no subject where it begins with a pronoun. */
export function partsOf(clause: Clause): { readonly subject: string; readonly rest: string } {
  const words = trimmed(clause.words);
  const at = words.findIndex(({ low }, index) => index > 0 && VERB.has(low));
  if (at < 0) {
    const doing = doingIn(words);
    return doing === null
      ? { subject: '', rest: textOf(words) }
      : { subject: doing.subject, rest: textOf(words.slice(doing.from + doing.subject.split(' ').length)) };
  }
  return { subject: textOf(words.slice(0, at)), rest: textOf(words.slice(at)) };
}

const PRONOUN = cued(/^(?:it|this|that|they|he|she|i|we|you|there|something|everything|which|these|those)\b/i);
const bare = (text: string): string => withoutPictures(withoutEnd(text, '.,;:!?…–—-'));
const withoutPictures = (text: string): string =>
  isAscii(text) ? text : text.replace(/\s*\p{Extended_Pictographic}+/gu, '');
const lowered = (text: string): string =>
  text.replace(/^(?:The|A|An|This|That|These|Those|All|Our|My|Your|Some|Every|Each|When|Totals|Two)\b/, (word) =>
    word.toLowerCase(),
  );

const DETERMINED = cued(/^(?:the|this|that|these|those|all|our|my|some|every|each|an?|both|two|three)\b/i);
/** `that broke the sidebar`. */
const BROKE = cued(
  /^(?:that|this|it|(?:the|your|my|our) (?:last |latest |new |previous )?(?:change|commit|fix|update|refactor\w*|merge|deploy\w*)) (?:just |has |now |also |completely )*(?:broke|breaks|broken|ruined|messed up|wrecked|killed) (.{3,60})$/i,
);

/** Doubts of whoever tells it. */
const UNSURE =
  /,? (?:(?:but |and )?(?:i'?m )?(?:not sure|no idea|dunno|don't know|no clue)) (?:if|why|whether|it|its|it's|how|what|that|when)\b.*$/i;

/** What a problem asks for, as an imperative. */
export function problemTitle(clause: Clause): string {
  const { subject, rest: all } = partsOf(clause);
  const rest = all.replace(UNSURE, '');
  const whole = bare(textOf(trimmed(clause.words)).replace(UNSURE, '')).replace(
    /^(?=(?:crash|bug|hang|freeze|typo|leak|deadlock|glitch|regression|memory leak|timeout)\b)/i,
    'the ',
  );
  const broke = /^something (?:just |has )?(?:broke|breaks|is breaking|is wrong with) (.{2,60})$/i.exec(whole)?.[1];
  if (broke !== undefined) return cut(`Fix ${lowered(broke)}`);
  const culprit = BROKE.exec(whole)?.[1];
  if (culprit !== undefined) return cut(`Fix ${lowered(culprit)}`);
  const failed = /^(?:we|i) (?:(?:now|still|also|currently|again) )*(?:fail|break) ((?:the |our )?.{2,60})$/i.exec(
    whole,
  )?.[1];
  if (failed !== undefined) return cut(`Fix ${lowered(failed)}, which fails`);
  if (/^(?:we|i)(?:'re|'m| are| am) /i.test(whole)) return cut(`Fix: ${whole.replace(/^W/, 'w')}`);
  if (subject === '' || PRONOUN.test(subject)) {
    const noun =
      /^(?:there(?:'s| is| are)|i(?:'m| am)? (?:get|getting|see|seeing|have|hit|found|got|keep getting)|we(?:'re)? (?:get|getting|see|seeing|have|hit|found|got)) (.+)$/i.exec(
        whole,
      )?.[1];
    if (
      noun === undefined &&
      /^(?:the|our|my) (?:report|read|test|run|feature|bug|issue|request|note|task)\b/i.test(whole)
    )
      return cut(`Fix: ${lowered(whole)}`);
    return bare(titleOf(`Fix ${lowered(noun ?? whole)}`));
  }
  const isNamed = DETERMINED.test(subject);
  const isPlain =
    /^[a-z][a-z-]*(?: [a-z][a-z-]*){0,3}$/.test(subject) || /^[A-Z]?[a-z]+(?: [a-z]+){0,3}$/.test(subject);
  const link = /,/.test(subject) || !(isNamed || isPlain) ? ', which' : ' that';
  // `preview` alone is the preview; plurals and names stand by themselves.
  const article =
    !isNamed && isPlain && /[^s]$/.test(subject) && !/^[a-z]+ing\b/.test(subject) && !/^[A-Z]/.test(subject)
      ? 'the '
      : '';
  return cut(`Fix ${article}${lowered(subject.replace(/,$/, ''))}${link} ${bare(rest)}`);
}

/** What to do about a complaint, where nobody knows of work on what it names. */
export function withTitle<T extends { readonly about: string | null }>(
  said: T,
  clause: Clause,
): T & { title?: string } {
  const { subject } = partsOf(clause);
  // What `still` fails was worked on before, by whatever name.
  return said.about === null ||
    subject === '' ||
    PRONOUN.test(subject) ||
    clause.words.some(({ low }) => low === 'still') ||
    FAILING.test(subject) ||
    WRONG.test(subject) ||
    /,|^(?:same|no|nope|yes|the same)\b/i.test(subject) ||
    /^(?:froze|hung|died|broke|crashed|failed)$/i.test(subject)
    ? said
    : { ...said, title: problemTitle(clause) };
}

/** A title that is a whole sentence: what follows a comma stays. */
export const cut = (text: string): string => {
  if (text.length <= 80) return bare(text);
  const short = text.slice(0, 79);
  const space = short.lastIndexOf(' ');
  return `${(space > 40 ? short.slice(0, space) : short).replace(/[\s,;:]+$/, '')}…`;
};

const EXCEPTION = cued(
  /^\s*(?:E\s+|Caused by: |Uncaught |Unhandled |thread '[^']{0,40}' )?((?:[\w$]+\.){0,8}[A-Z][\w$]{0,60}(?:Error|Exception|Warning|Interrupt|Fault|Violation|Failure|Panic)\b[^\n]{0,160})/m,
);
const OTHER = cued(/^\s*((?:error(?:\[\w+\]|\s+[A-Z]+\d+)?|fatal|panic|FAILED|FAIL)\b[: ]\s*[^\n]{3,160})/im);
const PANIC = cued(/^thread '[^'\n]{0,60}'(?: \(\d+\))? panicked at ([^\n]{1,120})\n([^\n]{3,160})/m);
const FRAME = /(?:^\s*at (?:async )?([\w$.<>]{2,60})[ (]|, line \d+, in ([\w<>.]{2,60}))/gm;

/** What a pasted trace says that failed; null where nothing pasted looks like a failure. */
export function traceIn({ pasted }: Message): { readonly title: string; readonly message: string } | null {
  for (const { kind, text } of pasted) {
    if (kind === 'quote') continue;
    const body = text.length > 40_000 ? text.slice(-40_000) : text;
    const panic = PANIC.exec(body);
    if (panic !== null) {
      const message = (panic[2] ?? '').trim();
      return { title: cut(`Fix the panic: ${message}`), message: `panicked at ${panic[1] ?? ''} ${message}` };
    }
    const found = EXCEPTION.exec(body) ?? OTHER.exec(body);
    if (found?.[1] === undefined) continue;
    const message = found[1].trim();
    let where = '';
    for (const frame of body.matchAll(FRAME)) {
      const name = frame[1] ?? frame[2] ?? '';
      // Python's innermost frame is its last, that of the others their first.
      if (name !== '' && !/^[<]/.test(name) && (frame[2] !== undefined || where === '')) where = name;
    }
    const what = message.replace(/^(?:[\w$]+\.)+(?=[A-Z])/, '');
    return { title: cut(`Fix the ${what}${where === '' || what.includes(where) ? '' : ` in ${where}`}`), message };
  }
  return null;
}

const HAS_VERB = cued(
  /\b(?:failing|getting|seeing|broken|missing|is|are|was|were|has|have|had|keeps?|does|do|did|can|will|never|always|still|goes|gets?|got|\w+n'?t|isn'?t|cannot|\w{3,}s|\w+ed|broke|froze|hung|threw|went|lost|came)\b/,
);

/** What is said of a condition did not happen; what begins with one has no subject. */
const CONDITIONS = /\b(?:when|whenever|if|unless|in case|so that)\b/i;
const CONDITION = cued(CONDITIONS);
/** Begins what is no report of a fault. */
const NO_FAULT =
  /^(?:stop|wait|hold on|wrong (?:moment|time|place|window|chat|branch|terminal)|if|when|whenever|unless|in case|once|so that|because|maybe|make sure|until|before|after|even if|what if|as|to|without|would|i (?:think|guess|believe|suspect|wonder|mean|know|see|want|need)|you|let|we (?:(?:should|must|need|want|can|could|will)(?!'t))|no|not|that'?s (?:because|why|fine|ok)|which|nothing(?! happens)|there (?:is|are) no|for|like|such|is|are|does|do|did|can|could|should|has|have|was|were|how|what|where|who|no longer|never mind|otherwise|unlike)\b/;
const WISHED_OR_MEANT = cued(
  /\b(?:would|should|could|might|may|must|if|in case|no longer (?:fails?|crash\w*|hangs?)|not (?:fail|crash|hang|broken)\w*|never (?:fail|crash)\w*|used to|expected|on purpose|intentional\w*|by design|supposed to|fine|no errors?|without errors?)\b/,
);
/** What fails at the user's, and not in what is built. */
const OWN_MACHINE =
  /^(?:my|our|the) (?:laptop|machine|computer|pc|mac\w*|terminal|session|vpn|connection|wi-?fi|internet|phone|battery|ssh\b.*) (?=(?:is|was|has|had|just|keeps?|again|went|got|died|won't|can't|ran|froze|hung|\w+n't|\w+s|\w+ed)\b)/i;
const FAULT = cued(
  /\b(?:crash(?:es)?|bugs?|typos?|errors?|leaks?|freezes?|hangs?|timeouts?|exceptions?|regressions?|deadlocks?|glitch(?:es)?|failures?)\b/,
);

/** `the empty state reads it from a file`, `the timeout stays at 3 seconds`: the name of a thing, and no sign. */
const NAMED = String.raw`\b(the|an?|our|your|every|each|this|that|my|no) (?:[\w-]+ )?(?:(?:empty|blank|missing|error|failure|exception|crash|bug|issue|stale|typo|duplicate|truncated|outdated|slow|broken|wrong|lost)(?:[- ](?:data|link|password|query|item|file|report|tracker|number))? (?:states?|pages?|screens?|views?|reports?|messages?|handler|handling|log|logs|tracker|list|column|banner|codes?|boundary|template|dialog|toast|counter|rate|budget|form|text|flow|finder|detection|checker|filter|hint)|timeouts?)(?= (?:[a-z]+s|is|are|was|should|must|can|will|has|needs|of|for|in|to)\b)`;
const ATTRIBUTE = new RegExp(NAMED, 'i');
const ATTRIBUTES = new RegExp(NAMED, 'gi');

/** What went wrong, or null. `isFailure`: a computer would call it an error. */
export function problemIn(clause: Clause): { readonly isFailure: boolean } | null {
  if (clause.words.length < 2) return null;
  const text = straight(clause.text);
  const main = CONDITION.test(text) ? (text.split(CONDITIONS, 1)[0] ?? '') : text;
  const bare = ATTRIBUTE.test(main) ? main.replace(ATTRIBUTES, '$1 ') : main;
  const isFailure = FAILING.test(bare);
  if (!isFailure && !WRONG.test(bare)) return null;
  if (
    /^i (?:just |already |also )?(?:froze|broke|hung|threw|lost|doubled|swapped|duplicated|aborted|refused)\b/i.test(
      main,
    )
  )
    return null;
  const low = text.toLowerCase();
  if (NO_FAULT.test(low) || OWN_MACHINE.test(main)) return null;
  if (WISHED_OR_MEANT.test(low.split(/\b(?:if|in case|unless)\b/, 1)[0] ?? '')) return null;
  // `wrong moment for that` has neither a verb nor a thing that broke.
  return HAS_VERB.test(low) || FAULT.test(low) ? { isFailure } : null;
}
