/** When something is to be done, where it is not now. */
import { cued } from '../../cue/index.js';

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const EVENT =
  '(?:release|launch|demo|go-?live|holidays?|vacation|weekend|merge|freeze|cut-?over|deploy(?:ment)?|migration|meeting|stand-?up|sprint|audit|review|cutover|beta|ga|rollout|roll-out|presentation|conference|month-?end|upgrade|break|lunch|christmas|new year|easter|summer|exams?|milestone|v?\\d+\\.\\d+(?:\\.\\d+)?)';

/** Put off: not today's work. `by Friday` is a limit and puts nothing off. */
const LATER = cued(
  new RegExp(
    [
      `\\b(?:first thing |early |late )?tomorrow(?: (?:morning|afternoon|evening))?\\b`,
      `\\b(?:some ?day|one day|some ?time|at some point|eventually|down the (?:road|line)|in the (?:near )?future|another (?:day|time|pr|session)|a later (?:pr|release|version|time)|later(?: (?:on|today|this (?:week|month|year)))?|(?:as )?a follow-?up|in a follow-?up(?: pr)?|one of these days|when(?:ever)? (?:there(?:'s| is) (?:time|a quiet)|you(?:'re| are) (?:bored|free|idle)|(?:you|we|i)(?:'ve got| have| get| find) (?:\\w+ )?(?:time|minute|moment|spare)|things (?:are|get) (?:quiet|calm)\\w*|it(?:'s| is) quiet\\w*)|not (?:now|today|yet|this (?:week|sprint|release|time))|for (?:later|another day|next time|v\\d))\\b`,
      `\\b(?:in |for |during |at )?(?:the )?next (?:week|month|quarter|sprint|release|year|time|iteration|version|milestone)\\b`,
      `\\b(?:on|next|this coming|for) ${DAY}\\b(?: \\w+)?`,
      `\\bthis weekend\\b|\\bover the weekend\\b`,
      `\\bin (?:a|an|one|two|three|four|five|six|a few|a couple of|\\d+) (?:days?|weeks?|months?)\\b`,
      `\\bafter (?:the |our |my |this |that |we(?:'ve| have)? |v)?(?:[\\w-]+ )?(?:${EVENT})\\b|\\bafter (?:we|i|they) (?:ship|launch|release|merge|deploy|migrate|go live|are live)\\w*\\b|\\b(?:once|after|as soon as) (?:the |her |his |their |our )?[\\w .'-]{1,40}? (?:is|are|has been|have been|gets?|was) (?:over|out|merged|live|released|shipped|back|available|approved|known|ready|through|closed|signed|green|fixed|finished|passing)\\b`,
    ].join('|'),
    'i',
  ),
);

/** The words that put it off, or null. */
export function laterIn(text: string): string | null {
  const found = LATER.exec(text.length > 600 ? text.slice(0, 600) : text);
  if (found === null) return null;
  const before = text.slice(Math.max(0, found.index - 6), found.index);
  // `until later`, `sooner or later`, `no later`: no date of the work.
  return /\b(?:until|till|or|by|no|from|than)\s+$/i.test(before) ? null : found[0].trim();
}

/** What a hold waits for, after `until`, `before`, `once`, `first`. */
export function untilIn(text: string): string | null {
  const found = /\b(?:until|till|unless|before|once|after|as soon as|when|pending)\s+(\S.{0,118})/i.exec(text);
  if (found?.[1] !== undefined) return tidy(found[1]);
  const waits = /\bwait(?:ing)? (?:for|on)\s+(\S.{0,118})/i.exec(text);
  if (waits?.[1] !== undefined) return tidy(waits[1]);
  const later = laterIn(text);
  return later;
}

const tidy = (text: string): string | null => {
  const done = text.replace(/[\s.,;:!?)]+$/, '').trim();
  return done === '' ? null : done;
};

/** Must be done before something that is fixed. */
export const BEFORE_RELEASE = cued(
  /\bbefore (?:the |our |we |it |this |any |going |they |next )*(?:[\w.-]+ )?(?:release[sd]?|launch\w*|go(?:es|ing)?(?:-| )?(?:live|public|to prod\w*|out)|ga\b|ship\w*|live|demo|beta|public|prod\w*|customers?|merge\w*|v?\d+\.\d+|deploy\w*|roll-?out|cut-?over|audit)/i,
);
