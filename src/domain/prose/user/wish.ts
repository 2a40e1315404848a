/** What is asked for as a wish, a requirement or a noun: `I want a dark mode`, `the names should be trimmed`. */
import { cued } from '../../cue/index.js';
import { baseForm } from '../words.js';
import { textOf, wordsOf, type Word } from './clauses.js';
import { FILLERS, VERBS } from './words.js';

export interface Request {
  readonly kind: 'change' | 'answer';
  /** From the verb on, or what is wished for. */
  readonly words: readonly Word[];
  /** A clause that begins after `and` may carry this one on. */
  readonly form: 'imperative' | 'polite' | 'wish' | 'requirement' | 'plan';
}

const I_WANT = cued(
  /^(?:(?:and|also|ok|okay|so|now|but|then|hey|please|tomorrow|next|perfect|great|hi|thanks|actually|later|eventually|someday|someday|finally|for now|for (?:that|this|it)|next week|next sprint|next month)[, ]+)*(?:i|we)(?:'d| would| will|'?ll)?(?: also| really| still| just| eventually| actually| now)* (?:want|need|like|love|could use|rather have|rather see|prefer) (?:to (?:have|get|see) )?(?!you\b|to\b|it\b|that\b|this\b|them\b|help\b|your\b|her\b|his\b|their\b|more (?:time|info)|no\b|nothing\b)/,
);
/** `I want a dark mode`, `we need the same on mobile`: something that is not there yet. */
export function wishOf(words: readonly Word[], text: string): Request | null {
  const found = I_WANT.exec(text.slice(0, 160));
  if (found === null) return null;
  const wished = text.slice(found[0].length, found[0].length + 12);
  // `a mail when it fails` is a thing; `when it fails` is none.
  if (/\b(?:how|what|why|the way|idea|where)\b|^when\b/.test(wished)) return null;
  if (!/\b(?:want|need|could use)|(?:'d|would)\b[a-z ]*(?:like|love|rather have|rather see|prefer) /.test(found[0]))
    return null;
  const after = words.slice(found[0].trim().split(/ +/).length);
  if (/\b(?:exactly|just|precisely) what\b/.test(text.slice(0, 60))) return null;
  if (after.length < 2 || /^(?:an?|another) (?:new |other )?one\b|^another one/.test(textOf(after).toLowerCase()))
    return null;
  const rest = textOf(after);
  // `I need an overview of the jobs`: to be told.
  if (
    /^(?:an? |the )?(?:\w+ )?(?:overview|list|summary|comparison|breakdown|estimate|rundown|inventory|analysis) (?:of|for|on|about) \w/i.test(
      rest,
    ) &&
    /need|want/.test(found[0])
  )
    return { kind: 'answer', words: [...wordsOf('give me'), ...after], form: 'imperative' };
  if (
    cued(
      /\b(?:ok|okay|approval|sign-?off|go-?ahead|permission|blessing|answer|opinion|idea|coffee|break|sleep|minute|moment|value|number|explanation|overview|list of|look|access|feedback|ticket|before)\b/i,
    ).test(rest)
  )
    return null;
  // `I'd like the sidebar to remember it`: what it is to do.
  const to = after.findIndex(({ low }, at) => at > 0 && at < 8 && low === 'to');
  if (to > 0 && /^(?:the|this|that|our|these|those|all|each|every|users?|admins?)$/.test(after[0]?.low ?? ''))
    return {
      kind: 'change',
      words: [...wordsOf('make'), ...after.slice(0, to), ...after.slice(to + 1)],
      form: 'imperative',
    };
  return { kind: 'change', words: after, form: 'wish' };
}

const SUBJECT = /^(?:it|this|that|they|these|those|he|she|which|who|one)$/;
const MUST =
  /^(?:should|must|shall|has to|have to|needs? to|ought to|shouldn'?t|mustn'?t|needs?|could (?:also )?(?:be|use)|had better)$/;

const HAS_MUST = cued(/should|must|shall|has to|have to|need|ought to|could|had better/);

/** `the gateway names should be trimmed`: what must be so and is not. `isAlone`: nothing was asked before it. */
export function requirementOf(words: readonly Word[], text: string, isAlone: boolean): Request | null {
  if (!HAS_MUST.test(text)) return null;
  for (let at = 1; at < words.length && at < 12; at += 1) {
    const two = `${words[at]?.low ?? ''} ${words[at + 1]?.low ?? ''}`;
    const one = words[at]?.low ?? '';
    if (
      /^(?:that|which|who|if|when|what|how|why|whether|because|think|guess|maybe|probably|believe|suppose|thought|hope|said|says|expected|supposed)$/.test(
        one,
      )
    )
      return null;
    if (!MUST.test(one) && !MUST.test(two)) continue;
    if (/(?:n't|^not|^never)$/.test(words[at - 1]?.low ?? '')) return null;
    const subject = words.slice(0, at).filter(({ low }) => !FILLERS.has(low));
    const head = subject[0]?.low ?? '';
    if (
      subject.length === 0 ||
      /^(?:when|after|before|if|just|while|once|since|(?:i|we|you|they|it)'(?:ll|d|ve|re|m)|i|we|you|nobody|someone|what|which|whether|there|here|everything|nothing|how|why|i'm|they'll|whatever)$/.test(
        head,
      )
    )
      return null;
    if (SUBJECT.test(head) && !isAlone && !/\balso\b|\b(?:as well|too)$/.test(text)) return null;
    const rest = textOf(words.slice(at + 1));
    if (
      /^(?:to )?(?:be |already |still |not )*(?:fine|ok|okay|enough|good|possible|easy|there|obvious|clear|safe|works?(?! (?:offline|without|on|in|with|for|from|even|like|both|across|at|by|properly|correctly|the (?:same|other))\b(?!.*\bnow\b))|help|do it|be the|have been|mean|suffice|know|exist|happen|take(?! (?:at most|no (?:more|longer)|less|under|up|into|effect|precedence|place|over)\b)|cost|already|rarely|really be|matter|confirm|approve|decide|sign off|agree|reply)\b/i.test(
        rest,
      )
    )
      return null;
    if (/^needs?$/.test(one) && !/^(?:an?|the|some|more|better|\w+ing|to)\b/i.test(rest)) return null;
    // `the report needs a chart`: what it lacks is added.
    if (
      /^needs?$/.test(one) &&
      /^(?:an?|some|more|two|three)$/.test(words[at + 1]?.low ?? '') &&
      (!SUBJECT.test(head) || /\balso\b/.test(text))
    )
      return {
        kind: 'change',
        words: wordsOf(`add ${rest.replace(/[.,;!]+$/, '')} to ${textOf(subject.filter(({ low }) => low !== 'also'))}`),
        form: 'imperative',
      };
    return { kind: 'change', words, form: 'requirement' };
  }
  return null;
}

/** `dark mode please`, `Security audit of backend/api please`. */
export function nounOf(words: readonly Word[]): Request | null {
  const last = words[words.length - 1]?.low ?? '';
  if (!(last === 'please' || last === 'pls' || last === 'plz') || words.length < 3 || words.length > 16) return null;
  const rest = words.slice(0, -1).filter(({ low }, at) => !(at === 0 && /^(?:and|also|a|an|now|then|ok)$/.test(low)));
  const low = rest.map((word) => word.low);
  if (
    rest.length < 2 ||
    /^(?:in|on|at|as|by|for|from|of|to|into|over|like|than|until|till|once|more|less|just|same|asap)$/.test(
      low[0] ?? '',
    ) ||
    low.some((one) =>
      /^(?:no|not|don'?t|never|yes|wait|without|is|are|was|i|only|back|again|me|careful|quick)$/.test(one),
    )
  )
    return null;
  const isAnswer = low
    .slice(0, 4)
    .some((one) =>
      /^(?:audit|review|summary|report|overview|explanation|list|comparison|estimate|status|recap|analysis|details|opinion|options)$/.test(
        one,
      ),
    );
  return { kind: isAnswer ? 'answer' : 'change', words: rest, form: 'wish' };
}

const WANTED = cued(
  /^(?:(?:and|so|ok|also|then)[, ]+)*(?:what (?:i|we) (?:really |still |also )?(?:need|want|'d like|would like)(?: now| next| here| from you| done)*(?: is| are|:)|all (?:i|we) (?:need|want) is|(?:my|our|the) (?:request|ask|wish) is) (?:for you to |to )?/,
);
const SAME = cued(
  /^(?:(?:and|now|then|also|great|ok|next|please|do)[, ]+)*(?:do )?(?:(?:exactly )?the same(?: thing| two things| things)?(?: again)?|likewise|ditto) (?:for|on|in|with|to|at) /,
);
const NICE = cued(
  /^(?:(?:and|also|so|ok)[, ]+)*(?:it(?:'d| would)|that(?:'d| would)|would) be (?:really |super |very )?(?:nice|great|good|cool|lovely|helpful|awesome|useful|handy|better|best) if |^(?:it(?:'d| would)|that(?:'d| would)|would) (?:really )?help(?: me| us| a lot)? if /,
);

const FORGOT = cued(
  /^(?:(?:and|but|also|oh|ok|wait)[, ]+)*you (?:forgot|missed|overlooked|left out)(?: about)? (to )?/,
);
const COULD = cued(
  /^(?:(?:and|also|ok|so|hey|but)[, ]+)*(?:could|can) (the|our|this|that|these|those|all|each|every) /,
);
/** Wishes of a fixed form: `what I need is …`, `the same for mobile`, `it'd be great if the tool remembered …`. */
export function formOf(words: readonly Word[], low: string, isQuestion: boolean): Request | null {
  const text = low.slice(0, 200);
  const after = (found: RegExpExecArray): readonly Word[] => words.slice(found[0].trim().split(/ +/).length);
  const wanted = WANTED.exec(text);
  if (wanted !== null) {
    const rest = after(wanted);
    return rest.length > 0 &&
      !/^(?:a|an|the)? ?(?:answer|explanation|opinion|number|value|summary|overview)\b/.test(textOf(rest))
      ? { kind: 'change', words: rest, form: 'wish' }
      : null;
  }
  const forgot = FORGOT.exec(text);
  if (forgot !== null && !isQuestion) {
    const rest = after(forgot);
    if (rest.length === 0 || /^(?:it|that|this|the point|my)\b/.test(rest[0]?.low ?? '')) return null;
    return { kind: 'change', words: forgot[1] === undefined ? [...wordsOf('add'), ...rest] : rest, form: 'imperative' };
  }
  const same = SAME.exec(text);
  if (same !== null && !isQuestion)
    return {
      kind: 'change',
      words: [...wordsOf('do the same'), ...words.slice(same[0].trim().split(/ +/).length - 1)],
      form: 'imperative',
    };
  const nice = NICE.exec(text);
  if (nice !== null) {
    const rest = after(nice);
    if (/^(?:you|we)$/.test(rest[0]?.low ?? '')) return null;
    const at = rest.findIndex(
      ({ low }, index) => index > 0 && (/^(?:could|would|can|did|had|was|were)$/.test(low) || /[a-z]{2}ed$/.test(low)),
    );
    const verb = rest[at];
    if (at < 1 || at > 8 || verb === undefined) return null;
    const isModal = /^(?:could|would|can|did)$/.test(verb.low);
    const base = isModal
      ? []
      : wordsOf(
          /^(?:was|were)$/.test(verb.low)
            ? 'be'
            : verb.low === 'had'
              ? 'have'
              : (baseForm(verb.low) ?? verb.low.replace(/ed$/, '')),
        );
    return {
      kind: 'change',
      words: [...wordsOf('make'), ...rest.slice(0, at), ...base, ...rest.slice(at + 1)],
      form: 'imperative',
    };
  }
  // `could the export also contain the ids?` asks for it; without `also` it is a question.
  const could = COULD.exec(text);
  if (could !== null && /\b(?:also|please|instead|too|as well)\b/.test(text)) {
    const from = could[0].trim().split(/ +/).length - 1;
    const rest = words.slice(from).filter(({ low }) => !/^(?:also|please|too)$/.test(low));
    const at = rest.findIndex(
      ({ low }, index) =>
        index > 0 &&
        (VERBS.has(low) || /^(?:be|have|contain|go|come|accept|stay|say)$/.test(low)) &&
        !/^(?:the|a|an|this|that|our|all)$/.test(rest[index - 1]?.low ?? ''),
    );
    return at < 1 ? null : { kind: 'change', words: [...wordsOf('make'), ...rest], form: 'imperative' };
  }
  return null;
}
