/** Whole clauses that mean one thing wherever they stand: `back from lunch`, `bin it`, `needs a fix today`. */
import { cued } from '../../cue/index.js';
/** `sift --watch eats a core`: the name of a command that is a verb too, and what it does. */
export const SUBJECT_COMMAND = cued(
  /^(?:(?:and|also|but|hey|hi|ok|so)[, ]+)*[\w./-]+ --?[a-z][\w-]* (?:(?:still|now|always|sometimes|often|just|also|suddenly) )*(?:[a-z]{2,}(?<!s)s|isn't|doesn't|can't|won't|never|no longer|crashed|failed|hung|died|broke) /i,
);
/** `back from lunch`: where somebody is. */
export const PRESENT = cued(
  /^(?:(?:ok|okay|so|and|hi|hey|hello|morning|right|sorry)[,. ]+)*back (?:from|in|at|on(?:line)?|again|now|here|after|tomorrow|later|home|to)\b/i,
);
/** `make that go away`: mends what was told. */
export const MADE_RIGHT = cued(
  /^(?:make|get) (?:it|that|this|them|these|those) (?:to )?(?:go away|go|stop(?: happening)?|disappear|vanish|work(?:ing)?|right|behave|end|quit)(?: please| pls| again| properly| now| for good)*$/i,
);
/** `needs a fix today`. */
export const NEEDS_MENDING = cued(
  /^(?:(?:it|this|that|so|and|both|they)[, ]+)*(?:really |urgently )?(?:needs?|wants?|requires?) (?:an? (?:\w+ )?(?:fix|hotfix|solution|repair|patch)|to be (?:fixed|solved|repaired|sorted|patched)|fixing|solving|sorting)\b/i,
);
/** `bin it`. */
export const BINNED = cued(
  /^(?:(?:so|please|and|then|just|ok|yes)[, ]+)*(?:bin|trash|chuck|junk|toss|ditch|scrap) (?:it|that|this|them|those|the (?:lot|whole thing|thing))(?: out| please| then| again| all)*[.! ]*$/i,
);
export const TOPIC = cued(
  /^(?:(?:and|but|so|as for|now|ok|oh)[, ]+)*((?:the|our|that|those|these|my) [\w][\w -]{1,30}): /i,
);
export const DOING_IT = cued(
  /^(?:(?:please|so|then|and|just)[, ]+)*(?:apply|do|ship|merge|take|keep|use|run|push|deploy) (?:it|that|this|so|them|that one)(?: please| then| now)*\W*$/i,
);
/** A line of a log that was not recognised as pasted. */
export const THROWN_LINE = cued(/^(?:FATAL|UNHANDLED|UNCAUGHT|KERNEL|SEGMENTATION|PANIC)(?: [A-Z]+)*(?::|$)/);
/** `leave the flag out of the notes`: a change of the notes. */
export const LEFT_OUT = cued(
  /^(?:(?:and|but|so|also|please|ok|okay|then|just|can you|could you)[, ]+)*(leave .{2,60}? out of (?:the|our|its) (?:[\w.-]+ ){0,3}?(?:notes|changelog|readme|docs?|documentation|menu|report|export|build|bundle|image|index|response|output|payload|logs?|sitemap|nav\w*|sidebar|footer|header|archive|backups?|package|config|results|stats|metrics|totals?|count|sum|query|table|chart|dashboard|e?mail|newsletter|invoice|guide|tutorial|snapshot|coverage))\b/i,
);
export const USED_ELSEWHERE = cued(
  /^use (?:it|them) (?:in|for|on|at|within|inside|throughout) (?:the|our|all|every|each|both)\b/i,
);
