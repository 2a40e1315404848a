/** The clauses of a sentence one after the other: each bears on how the next one is read. */
import { cued } from '../../cue/index.js';
import { isIdle } from './ask.js';
import { readClause } from './clause.js';
import { carriesOn, textOf, wordsOf, type Clause } from './clauses.js';
import { isFaultOf } from './fault.js';
import type { Heard } from './heard.js';
import { withoutEnd } from './text.js';
import { CALM, isAsked, spoken } from './hints.js';

/** Has a frame of its own. */
const WISHING = cued(/^(?:i|we)(?:'d| would) (?:\w+ )?(?:prefer|like|love|rather|appreciate|welcome)\b/i);
/** Leads in what is told: `two problems:`. */
const FAULTS = /\b(?:bugs?|problems?|issues?|complaints?|faults?|defects?|regressions?)\b.{0,30}$/i;

/** `there's a bug in the audit log: it …`: what `it` is. */
const FAULTY =
  /\b(?:in|with|on|of|about|from) ((?:the|our|my|your|this|that|each|every|all) .{2,60}|[A-Z][\w.-]+(?: [A-Z][\w.-]+)*)$/;
const IT = /^(?:it|they|this|that)$/;

/** The clause with a name in the place of its pronoun. */
function naming(clause: Clause, name: string): Clause {
  const [first, ...rest] = clause.words;
  if (name === '' || first === undefined || !IT.test(first.low)) return clause;
  const words = [...wordsOf(name), ...rest];
  return { ...clause, words, text: textOf(words) };
}

export function readClauses(heard: Heard, clauses: readonly Clause[], sentence: string): void {
  let last: Clause | null = null;
  let lastWas: 'ask' | 'not' | 'none' = 'none';
  let place = '';
  let isFaults = false;
  let faulty = '';
  const start = heard.acts.length;
  const isQuestion = clauses[0]?.isQuestion ?? false;
  for (const [index, said] of clauses.entries()) {
    const clause = isFaults ? naming(said, faulty) : said;
    const carried = last !== null && lastWas === 'not' && carriesOn(clause, last) && !WISHING.test(clause.text);
    if (carried && !/^(?:can|could|would|will|please)\b/i.test(clause.words[0]?.low ?? '')) continue;
    const text = withoutEnd(clause.text, ',;:–—-');
    if (
      index < clauses.length - 1 &&
      /^(?:on|in|for|at|under|within|inside)\b/i.test(text) &&
      clause.words.length <= 8 &&
      !isFaultOf(clause)
    ) {
      place = ` ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
      continue;
    }
    if (index < clauses.length - 1 && clause.text.endsWith(':') && FAULTS.test(text)) {
      isFaults = true;
      faulty = FAULTY.exec(text)?.[1] ?? '';
      continue;
    }
    const before = heard.acts.length;
    const told = heard.told.length;
    if (lastWas === 'ask' && clause.joiner === ':' && !isAsked(clause)) continue;
    heard.isTaken = false;
    readClause(heard, clause, {
      text,
      sentence,
      place,
      isQuestion: isQuestion && index === clauses.length - 1 && !(lastWas === 'ask' && isAsked(clause)),
      count: clauses.length,
      isAfterAsk: lastWas === 'ask',
      isStep: clauses.length > 2 && index + 1 < clauses.length && isAsked(clauses[index + 1] ?? clause),
    });
    const added = heard.acts.length > before;
    if (added) place = '';
    lastWas =
      heard.wasTaken() || (added && heard.acts.at(-1)?.is === 'ask')
        ? 'ask'
        : heard.told.length > told
          ? 'none'
          : 'not';
    if (isFaults && !added && heard.told.length === told && clause.words.length > 2)
      heard.told.push({ clause, sentence, isFailure: false });
    if (!added && heard.told.length === told) {
      if (CALM.test(text)) heard.calm(text);
      else if (!isIdle(clause.text)) heard.unclaimed = `${heard.unclaimed} ${text}`.slice(-300);
    }
    last = clause;
  }
  // What another does, said in one sentence with the wish, is nobody's task here.
  const mine = heard.acts.slice(start);
  const elsewhere = mine.filter((act) => act.is === 'elsewhere');
  if (elsewhere.length > 0) {
    const asked = mine.filter((act) => act.is === 'ask' && /\b(?:needs?|should|must|has to|have to)\b/.test(act.quote));
    const named = asked[0]?.is === 'ask' ? asked[0].title : null;
    const kept = mine.filter(
      (act) => !asked.includes(act) && act.is !== 'elsewhere' && !(act.is === 'cancel' && act.about === null),
    );
    const about = elsewhere.map((act) => ('about' in act ? act.about : null)).find((one) => one !== null) ?? named;
    heard.acts.splice(start, heard.acts.length - start, ...kept, { is: 'elsewhere', about, quote: spoken(sentence) });
  }
}
