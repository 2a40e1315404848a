/** News of work, as a sentence of its own: `login timeout: fixed`, `about the importer: that is done`, `it no longer crashes`. */
import { cued, type Cued } from '../../cue/index.js';
import type { Message, UserAct } from '../model.js';
import { sentencesIn } from '../sentences.js';
import { straight } from './text.js';
import { aboutOf } from './withdraw.js';

type News = Extract<UserAct, { is: 'done' | 'cancel' }>;

const LEAD = String.raw`^(?:(?:and|so|ok(?:ay)?|hey|hi|hello|oh|also|btw|fyi|well|yes|yeah|right|thanks|by the way|(?:a |one )?(?:quick |small |short )?(?:update|note)|good news|great news|heads[- ]up|for the record|just so (?:that )?you know|meanwhile|in the meantime|it (?:turns|turned) out(?: that)?|apparently|turns out(?: that)?|remember)[,:.! –—-]+)*`;
const DONE = String.raw`(?:fixed|solved|resolved|done|finished|completed|complete|sorted(?: out)?|taken care of|handled|dealt with|merged|deployed|released|shipped|live|gone|closed|in place|history)`;
const IS = String.raw`(?:(?:is|are|was|were|has been|have been|got|'s|turned out to be|turns out to be)(?: all| now| already| finally| actually| apparently| both| since| indeed| just| also)*)`;
/** What may follow: when, by whom, and a reason behind a comma. */
const TAIL = String.raw`(?: (?:now|already|again|then|too|as well|since .{1,30}|by .{1,40}|with .{1,40}|in (?:the meantime|#?\w+ ?#?\w*|.{1,20} (?:commit|release|version|pr|branch))|on (?:main|master|staging|prod\w*|my (?:side|end))|yesterday|today|this (?:morning|afternoon|week)|last (?:night|week|friday|monday)|thanks to .{1,40}|for good))*(?:[,;(–—-]+ ?.{0,120})?[.! ]*$`;
const THING = String.raw`(?!(?:it|they|what|which|who|there|how|nothing|if|when|once|after|before|until|as|everything|i|you|we|so|no|not)\b|(?:that|this|these|those)(?:'s)? ?(?:is|was|are|were|has|have|got|does|do|can|no|turn\w*)\b)(?:[^\s,;:.!?]+ ){0,9}?[^\s,;:.!?]+`;
const STOPS = String.raw`(?:crash\w*|fail\w*|hangs?|times? out|leaks?|freez\w*|flickers?|happens?|occurs?|appears?|breaks?|shows? up|throws?|errors?|loses?|drops?|stalls?|blocks?)`;

const of = (body: string): Cued => cued(new RegExp(LEAD + body, 'i'));
const FORMS: readonly (readonly [is: News['is'], form: Cued])[] = [
  [
    'done',
    of(
      `(?:about|regarding|re|concerning|as for|on) (.{3,80}?)(?:[,:–—]| -) ?(?:it|that|this|they|those) ?${IS} ${DONE}${TAIL}`,
    ),
  ],
  ['done', of(`(${THING})(?::| [–—-]) ?(?:all |now |already |finally )*${DONE}${TAIL}`)],
  ['done', of(`(${THING}) ?${IS} ${DONE}${TAIL}`)],
  [
    'done',
    of(
      `(${THING}) (?:is|are|was) (?:no longer|not|no more)(?: really)? (?:an? (?:issue|problem|concern)|broken|failing|happening)(?: any ?more)?${TAIL}`,
    ),
  ],
  ['done', of(`(${THING}) (?:no longer|never) ${STOPS}${TAIL}`)],
  ['done', of(`(${THING}) (?:does(?:n'?t| not)|do(?:n'?t| not)) ${STOPS} any ?more${TAIL}`)],
  [
    'done',
    of(
      `(?:you can |we can |please |let'?s )*(?:close|tick off|check off|cross off) (.{3,80}?) (?:task|item|ticket|todo|to-do|issue)s?[.! ]*$`,
    ),
  ],
  [
    'done',
    of(
      `(?:you can |we can |please |let'?s )*mark (.{3,80}?) (?:as )?(?:done|fixed|completed?|resolved|finished|closed)[.! ]*$`,
    ),
  ],
  ['done', of(`(${THING}) can be (?:closed|ticked off|crossed off|checked off|marked (?:as )?\\w+)[.! ]*$`)],
  [
    'cancel',
    of(`(${THING}) (?:is|are) (?:no longer|not) (?:needed|relevant|necessary|wanted|required)(?: any ?more)?${TAIL}`),
  ],
];
/** Something was looked at, and the next sentence says how it was found. */
const LOOKED = cued(
  /^(?:(?:and|so|ok(?:ay)?|hey|also|btw|fyi|by the way)[, ]+)*(?:i|we)(?:'ve| have)?(?: just| also| finally)* (?:(?:had|took|taken) (?:a|another)(?: \w+)? look (?:at|into)|looked(?: again| once more)? (?:at|into)|(?:re-?)?(?:checked|tested|verified|tried|ran))(?: again| on)? (.{3,90}?)(?: again| once more| yesterday| today| this morning| last night)*[.! ]*$/i,
);
const IT_IS = cued(
  new RegExp(
    String.raw`^(?:and |so )?(?:it|that|this|that one)(?:'s| is| has been| was| got)?(?: all| now| already| finally| indeed)* ${DONE}${TAIL}`,
    'i',
  ),
);
/** It is only said of a condition, a wish or a doubt. */
const UNSURE = cued(
  /\b(?:if|when|whenever|once|until|unless|should|must|needs? to|have to|has to|would|could|might|may|maybe|perhaps|probably|please (?!close|mark|tick|check|cross)|make sure|want|wish|hope|seems?|not (?:yet|fixed|done|solved|resolved|merged|deployed)|n't (?:fixed|done|been)|half|partly|almost|nearly|except|but)\b|\?\s*$/i,
);

/** One of these stands in all of them: asked first, since most sentences say nothing of the kind. */
const HINT = cued(
  new RegExp(
    String.raw`\b(?:${DONE}|no (?:longer|more)|any ?more|not|never|close|closed|tick|ticked|check|checked|cross|crossed|mark|marked)\b`,
    'i',
  ),
);

const SAID_CHARS = 260;
const MOST_SENTENCES = 30;
const spoken = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

/** What a sentence reports of work, by the name of it; null where it says nothing of the kind. */
function newsIn(sentence: string): News | null {
  const text = straight(sentence.trim());
  if (text.length > SAID_CHARS || text.length < 6 || !HINT.test(text) || UNSURE.test(text)) return null;
  for (const [is, form] of FORMS) {
    const named = form.exec(text)?.[1];
    const about = named === undefined ? null : nameOf(named);
    if (about !== null) return { is, about, quote: spoken(sentence.trim()) };
  }
  return null;
}

/** The thing without what says where it was spoken of: `the timeout that we talked about`, `the timeout from last week`. */
export function nameOf(phrase: string): string | null {
  return aboutOf(
    straight(phrase)
      .replace(
        / (?:(?:that|which) )?(?:we|i|you) (?:talked|spoke|discussed|had|mentioned|saw|reported|asked|told|put|planned|looked|found|left)\b.*$/i,
        '',
      )
      .replace(
        / (?:from|of|since) (?:last|yesterday|the other|this|before|monday|tuesday|wednesday|thursday|friday|earlier).*$/i,
        '',
      )
      .replace(/ (?:thing|task|item|ticket|todo|issue|problem|bug|story)s?$/i, ''),
  );
}

/** One of these words stands in all forms of news: most messages are not even told apart into sentences. */
const MAY_TELL = cued(
  /fixed|solved|done|finished|complete|sorted|taken|handled|dealt|merged|deployed|released|shipped|live|gone|close|place|history|issue|problem|concern|broken|failing|happening|longer|never|more|tick|check|cross|mark|needed|relevant|necessary|wanted|required/i,
);

/** The acts of a message with its news, in place of what was read from the same sentences. */
export function withNews(message: Message, acts: readonly UserAct[]): readonly UserAct[] {
  if (!message.blocks.some(({ kind, text }) => kind === 'paragraph' && MAY_TELL.test(text))) return acts;
  const found = new Map<string, News>();
  let before: string | null = null;
  let count = 0;
  for (const block of message.blocks) {
    if (block.kind !== 'paragraph') continue;
    for (const sentence of sentencesIn(block)) {
      if ((count += 1) > MOST_SENTENCES) break;
      const news = newsIn(sentence);
      const looked = news === null && before !== null && IT_IS.test(sentence) ? LOOKED.exec(before)?.[1] : undefined;
      const about = looked === undefined ? null : nameOf(looked);
      if (news !== null) found.set(news.quote, news);
      else if (about !== null && before !== null) {
        // Of the two the second says it; the first asks for nothing.
        found.set(spoken(before), { is: 'done', about, quote: spoken(sentence) });
      }
      before = sentence.trim();
    }
  }
  if (found.size === 0) return acts;
  const quotes = new Set([...found].flatMap(([quote, news]) => [quote, news.quote]));
  // `That is fixed` says no more than the news, which names it.
  const told = (act: UserAct): boolean =>
    quotes.has(act.quote) && (!KNOWN.has(act.is) || (act.is === 'done' && act.about === null));
  const said = (news: News): boolean =>
    acts.some((act) => act.is === news.is && act.quote === news.quote && act.about !== null);
  return [...acts.filter((act) => !told(act)), ...[...found.values()].filter((news) => !said(news))];
}

/** What was read as a report is one already. */
const KNOWN = new Set<UserAct['is']>(['done', 'cancel', 'broken', 'pick', 'accept', 'decline', 'hold', 'elsewhere']);
