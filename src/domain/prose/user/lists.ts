/** Lists of a user's message, and quotes that are to be worked through. */
import { cued } from '../../cue/index.js';
import type { Block, Message } from '../model.js';

/** Sections that explain and ask for nothing. */
const NO_WORK = cued(
  /^(?:(?:some |more |the |my |our )?(?:context|background|acceptance(?: criteria)?|criteria|verification|verify|validation|constraints?|rules?|guidelines?|goals?|non-?goals?|objectives?|examples?|expected(?: \w+)?|actual(?: \w+)?|environment|versions?|setup|system|steps to reproduce|repro\w*|to reproduce|how to (?:reproduce|test|verify)|root cause|cause|why|motivation|rationale|references?|links?|see also|out of scope|assumptions?|definitions?|notes? to self|fyi|observations?|what (?:works|i (?:tried|know|see|did))|tried|already (?:done|tried)|done|summary|current(?: \w+)?|status|testing|test plan|success criteria|risks?|trade-?offs?|options?|pros|cons|questions?|open questions?|data|inputs?|outputs?|output format|format|style|tone|important|remember|keep in mind|facts|answers?|here(?:'s| is) (?:what (?!(?:i|we) (?:want|need|would|'d))|how|the (?:output|log|error)).*|checks?))\b[^:]{0,40}:?\s*$/i,
);
const WORK = cued(
  /\b(?:to-?dos?|tasks?|things?|please|pls|bugs?|issues?|problems?|changes?|fix(?:es)?|requests?|feedback|comments?|remarks?|nits?|review|findings|punch list|work items?|wish(?:es)?|wishlist|features?|improvements?|tweaks?|need(?:s|ed)?|want|could you|can you|would you|asks?|the following|these|next|steps|plan|left|missing|broken|list|points|items|i'd like|tickets?|jobs?|chores?|clean-?ups?|follow-?ups?|corrections?)\b/i,
);
/** Remarks in a list of notes that nobody has to act on. */
const PRAISE = cued(
  /\b(?:love[sd]?|like[sd]?|great|awesome|nice|lovely|looks? good|works? (?:well|great|fine|now)|perfect|happy|well done|cool|beautiful|no (?:issues?|problems?|complaints?)|all good|fine|enjoy\w*|impress\w*|fun|praise[ds]?|smooth|better (?:now|than))\b|!!+|👍|❤/iu,
);
const NOT_NOW = cued(
  /\b(?:not (?:now|yet|today|for now|this (?:week|sprint|time|release)|needed|important|our (?:job|problem))|later|ignore|skip|won'?t (?:fix|do)|out of scope|some ?day|someone else|no action|nothing to do|known|fyi|already (?:fixed|done|handled)|maybe)\b/i,
);

export const isExplaining = (block: Block): boolean =>
  (block.lead !== null && NO_WORK.test(block.lead.trim())) ||
  (block.heading !== null && NO_WORK.test(block.heading.trim()));
export const isWorkList = (block: Block): boolean => WORK.test(`${block.lead ?? ''} ${block.heading ?? ''}`);
export const isPraise = (text: string): boolean => PRAISE.test(text) && !/\bbut\b|\bhowever\b|\bexcept\b/i.test(text);
export const isNotNow = (text: string): boolean => NOT_NOW.test(text);

/** Whether a sentence says to work through what is pasted below it. */
export const isAddressing = (text: string): boolean =>
  cued(
    /\b(?:address|fix|resolve|handle|apply|incorporate|implement|work (?:through|in|on)|take care of|deal with|go through|act on|do|tackle|sort out|respond to|react to|process|look (?:at|into)|include|consider)\b.{0,60}\b(?:these|those|them|this|the (?:\w+ )?(?:comments?|feedback|review|remarks?|notes?|points?|suggestions?|findings?|nits?|issues?)|comments?|feedback|remarks?|what (?:he|she|they|\w+) (?:says?|said|wants?|wrote|found)|all|everything|his|her|their)\b/i,
  ).test(text) ||
  cued(
    /\b(?:comments?|feedback|review|remarks?|nits?|findings?|change requests?|requested changes)\b.{0,120}(?::\s*$|\bplease\b)/i,
  ).test(text);

const OPTIONAL = cued(
  /\b(?:ignore|optional|up to you|your call|if you (?:disagree|like|want|prefer|feel|agree)|feel free|taste|not (?:blocking|a blocker|important|needed)|non-?blocking|no (?:need|change needed|action)|just (?:a )?(?:thought|wondering|curious|fyi)|fyi|personal preference|bikeshed\w*|take it or leave it|don'?t (?:care|mind)|doesn'?t matter|out of scope|can (?:stay|wait)|for later|not (?:for )?this pr)\b/i,
);
const NOTHING = cued(
  /^(?:\W*(?:lgtm|looks good|nice|great|love|good|well done|👍|thanks|cool|neat|approved?|\+1)\b[^.]{0,60}|\W*)$/iu,
);
/** How letters begin and end: `Hi Jonas!`, `Best, Marit`, a name. */
const CLOSING =
  /^(?:(?:hi|hello|hey|dear|good (?:morning|evening|day))\b[^.:]{0,30}|(?:(?:all the |very |with |kind |warm |many )*(?:best|kind|warm|regards|wishes|thanks|greetings|cheers|yours|sincerely|love|thx|ty|br|lg|xoxo?)\b[ ,!]*(?:regards|wishes|again|a lot|so much|in advance|truly|sincerely|everyone|all|from)?)(?:[ ,!–—-]+\p{Lu}?[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]+){0,2})?[.! ]*|\p{Lu}[\p{Ll}'-]+(?: \p{Lu}[\p{L}.'-]*){0,2}[.!]?|p\.?s\b.{0,160}\b(?:happy|thank|love|glad|great|excited|proud|nice)\b.{0,80})$/iu;
const WHERE = cued(
  /^[`\s]*(README|CHANGELOG|Dockerfile|Makefile|(?:[\w@.-]+\/)*[\w@-][\w.-]*\.[a-z]{1,6})(?::\d+(?:[-:]\d+)?|#L\d+(?:-L?\d+)?|\s+\(?(?:line|l\.?|L)\s*\d+\)?|(?=\s*[:–—-]))?[`\s]*[:,–—-]*\s*/,
);

export interface Remark {
  readonly where: string | null;
  readonly text: string;
  readonly quote: string;
}

/** The remarks of a pasted review; what may be ignored and what only praises is left out. */
export function remarksIn({ pasted }: Message): readonly Remark[] {
  const remarks: Remark[] = [];
  for (const { kind, text } of pasted) {
    if (kind !== 'quote') continue;
    let open = '';
    const close = (): void => {
      const line = open.trim();
      open = '';
      if (
        line.length < 8 ||
        CLOSING.test(line) ||
        line.length > 600 ||
        NOTHING.test(line) ||
        OPTIONAL.test(line) ||
        remarks.length >= 60
      )
        return;
      const where = WHERE.exec(line);
      const rest = (where === null ? line : line.slice(where[0].length))
        .replace(/^[-*•]\s+|^\(?\d{1,2}[.)]\s+/, '')
        .replace(
          /^[([]?(?:nit(?:pick)?|minor|major|blocking|must|suggestion|issue|bug|question|todo|important|critical|high|medium|low)[)\]]?\s*[:–—-]\s*|^\((?:nit|minor|major|blocking|must|bug)\)\s*/i,
          '',
        );
      if (
        /\?\s*$/.test(rest) &&
        !/\b(?:can|could|would|should|shouldn'?t|why not|maybe)\b.{0,12}\b(?:we|you|this|it|be|not)\b/i.test(rest)
      )
        return;
      if (
        /^@?[\w .-]{1,30}(?: (?:wrote|said|commented|left a comment|requested changes)[^:]{0,30})?:?$/.test(rest) &&
        rest.split(' ').length < 5
      )
        return;
      remarks.push({ where: where?.[1] ?? null, text: rest, quote: line });
    };
    for (const raw of text.split('\n', 400)) {
      const line = raw.replace(/^\s*>+\s?/, '');
      const begins =
        /^\s*(?:[-*•]\s|\(?\d{1,2}[.)]\s|\((?:nit|minor|major|bug)\)|nit\b|README|[\w@./-]+\.[a-z]{1,6}[:, ])/i.test(
          line,
        );
      if (line.trim() === '' || begins || (/^[A-Z`]/.test(line) && /[.!?)]\s*$/.test(open))) close();
      // A remark that goes on in the next line is indented or begins in lower case.
      else if (open !== '' && !/^\s+|^[a-z(]/.test(line)) close();
      open = open === '' ? line : `${open} ${line.trim()}`;
      if (open.length > 700) open = open.slice(0, 700);
    }
    close();
  }
  return remarks;
}

const ENUMERATED = /^(.{0,90}?)(?:^|[\s:])\(?1[.)] (?=[^\d\s]).{3,400}? \(?2[.)] (?=[^\d\s])/s;
/** `from the testers 1) … 2) … 3) …` in one breath. */
export function pointsIn(text: string): readonly string[] {
  const lead = text.length > 2_000 ? undefined : ENUMERATED.exec(text)?.[1];
  if (lead === undefined || /\?\s*$|\b(?:options?|ways?|either|reasons?|tried|know|think|steps to)\b/i.test(lead))
    return [];
  return text
    .slice(lead.length)
    .split(/[,;]?\s\(?(?=\d{1,2}[.)] [^\d\s])/, 24)
    .map((point) => point.replace(/^\s*\(?\d{1,2}[.)] /, '').trim())
    .filter((point) => point.length > 5);
}

/** `1. rename it 2. fill it 3. drop it` in one line. */
export function stepsIn(block: Block): readonly Block[] {
  if (block.number !== 1 || !/ 2[.)] /.test(block.text)) return [block];
  return block.text
    .split(/[,;]? (?=\d{1,2}[.)] )/)
    .map((text) => ({ ...block, text: text.replace(/^\d{1,2}[.)] /, '') }));
}
