/** Clauses that tell a state which work has to end: missing, a stub, not able to do something yet. */
import { cued } from '../../cue/index.js';
import { found, whose, workIn, type Rule } from './left.js';
import { objectIn, resolved } from './things.js';

const STATE = cued(
  /\b(?:is|are|'s|'re|remains?|stays?|was|were)\s+(?:(?:still|currently|just|only|for now|all|all still|as yet|mostly|now|at the moment|presently|yet)\s+)*(an? (?:empty |mere |bare )?(?:stub|placeholder|no-op|todo|skeleton|mock|shell|husk|dummy|facade|scaffold)|stubs|placeholders|stubbed(?: out)?|mocked(?: out)?|faked|hard-?coded|missing|pending|outstanding|incomplete|half[- ](?:done|finished)|tbd|to[- ]?do|to come|to follow|wip|work in progress|in progress|disabled|commented out|skipped|turned off|switched off|open|left|to be done|not there|absent|lacking|unassigned)\b/i,
);

const NOT_THROUGH = cued(
  /\b(?:not|n't) (?:yet |quite |fully )?(?:done|finished|complete|through|there)\b|\b(?:unfinished|incomplete|half[- ]done|work in progress)\b/i,
);

/** `the mailer is a stub`, `the progress bars are missing, and so is the empty state`, `dark mode is still open`. */
export const inState: Rule = ({ text, before, isStrict }) => {
  const hit = STATE.exec(text);
  const state = hit?.[1]?.toLowerCase();
  if (hit === null || state === undefined) return null;
  const isSure =
    /\b(?:still|yet|for now|for the moment|at the moment|remains?|currently)\b/i.test(text) ||
    before.slice(-2).some((clause) => NOT_THROUGH.test(clause));
  const isPlain = cued(
    /stub|placeholder|no-op|todo|skeleton|shell|husk|dummy|facade|scaffold|outstanding|half|tbd|to come|to follow|wip|work in|to be done|to[- ]do|incomplete/,
  ).test(state);
  if (isStrict && !(isSure && /\b(?:still|yet)\b/i.test(text))) return null;
  if (!isSure && !isPlain) return null;
  const name = whose(text.slice(0, hit.index), before);
  if (name === null || /^\s*(?:when|while|as|until|by the time)\b/i.test(text.slice(hit.index + hit[0].length)))
    return null;
  if (
    /^(?:open|left|pending|in progress|disabled|skipped)$/.test(state) &&
    (cued(
      /\b(?:prs?|pull requests?|issues?|tickets?|connections?|sockets?|files?|handles?|ports?|builds?|ci|run|job|window|tab|session)\b/i,
    ).test(name) ||
      !/\bstill\b/i.test(text))
  )
    return null;
  return found('unfinished', inStateWork(state, name, before));
};

function inStateWork(state: string, name: string, before: readonly string[]): string | null {
  if (/stub|placeholder|no-op|skeleton|todo|mock|faked|shell|husk|dummy|facade|scaffold/.test(state))
    return `Implement ${name}`;
  if (/hard/.test(state)) return `Replace the hard-coded ${name.replace(/^(?:the|a|an)\s+/i, '')}`;
  if (/missing|absent|lacking|not there/.test(state)) return `Add ${name}`;
  if (/disabled|commented|skipped|off/.test(state)) return `Re-enable ${name}`;
  return workIn(name, before, 'Finish');
}

const ALSO_SO = cued(/^(?:(?:and\s+)?so|as|(?:and\s+)?neither|nor)\s+(?:is|are|does|do|has|have)\s+(.+?)[.\s]*$/i);

/** The clause that says the same of another thing: `and so is the empty state`. */
export function alsoSo(text: string): string | null {
  return ALSO_SO.exec(text.trim())?.[1] ?? null;
}

const YET = cued(/\b(?:yet|so far|for now)\b/i);
const NOT_THERE = cued(
  /\b(?:there(?:'s| is| are|'re)\s+(?:still\s+|currently\s+)?no|(?:has|have)\s+(?:still\s+)?no|^(?:still\s+)?no)\s+(.+?)(?=\s+(?:yet|so far|for now)\b)/i,
);
const NOT_ABLE = cued(
  /\b(?:does not|doesn't|do not|don't|cannot|can't|will not|won't)\s+(?:yet\s+)?(?:actually |really |fully )?([\p{L}-]+)\b/iu,
);

/** `there is no retry yet`, `the exporter does not handle unicode yet`. */
export const notYet: Rule = ({ text, before }) => {
  if (!YET.test(text)) return null;
  // What was so is over, and what a text says is only said.
  if (
    cued(
      /\b(?:was|were|had)\b|\b(?:notes?|messages?|warnings?|hints?|comments?|sa(?:ys?|ying)|labels?) (?:that|saying)\b/i,
    ).test(text)
  )
    return null;
  const missing = NOT_THERE.exec(text);
  if (
    missing?.[1] !== undefined &&
    missing[1].length < 120 &&
    !/^(?:reason|idea|news|way|sign|evidence|one|errors?|complaints?|answer|reply)(?=$|\s(?:that|which|for|of|to|in|about|from|on|with|so|as|why|how|who)\b)/i.test(
      missing[1],
    )
  ) {
    const subject = /\b(?:has|have)\s/i.test(missing[0]) ? whose(text.slice(0, missing.index), before) : null;
    return found('unfinished', `Add ${missing[1]}${subject === null ? '' : ` to ${subject}`}`);
  }
  // What a library cannot do is for those who write it.
  const unable =
    /\byet\b/i.test(text) && !/\b(?:library|upstream|framework|browsers?|vendor|sdk|spec|standard)\b/i.test(text)
      ? NOT_ABLE.exec(text)
      : null;
  if (unable?.[1] === undefined) return null;
  const left = text.slice(0, unable.index);
  if (
    /\b(?:i|we|you|he|she)\s*$/i.test(left) ||
    /^(?:know|exist|matter|mean|see|understand|have|need|want)$/i.test(unable[1])
  ) {
    if (!/^exist$/i.test(unable[1])) return null;
    const absent = whose(left, before);
    return found('unfinished', absent === null ? null : `Create ${absent}`);
  }
  const subject = whose(left, before);
  if (subject === null) return null;
  const object = objectIn(text.slice(unable.index + unable[0].length));
  const rest = object === '' ? '' : (resolved(object, before) ?? object);
  return found('unfinished', `Make ${subject} ${unable[1].toLowerCase()}${rest === '' ? '' : ` ${rest}`}`);
};
