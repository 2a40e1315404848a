/** The clauses of a sentence one after the other: each bears on how the next one is read. */
import { cued } from '../../cue/index.js';
import { announcedIn, conditionIn, madeSo, naming, PURPOSE, toldIn } from './announced.js';
import type { Around } from './around.js';
import { isIdle } from './ask.js';
import { ask } from './asking.js';
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
export function readClauses(heard: Heard, clauses: readonly Clause[], sentence: string): void {
  let last: Clause | null = null;
  let lastWas: 'ask' | 'not' | 'none' = 'none';
  let place = '';
  let isFaults = false;
  let faulty = '';
  const start = heard.acts.length;
  const isQuestion = clauses[0]?.isQuestion ?? false;
  for (const [index, said] of clauses.entries()) {
    const name = isFaults ? faulty : (heard.announced?.name ?? '');
    const clause = forUser(name === '' ? said : naming(said, name), place);
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
    const next = clauses[index + 1];
    const condition = next === undefined || clause.joiner === 'but' ? null : conditionIn(text);
    if (condition !== null && next !== undefined && !next.isQuestion) {
      place = condition;
      continue;
    }
    if (next !== undefined && PURPOSE.test(text) && isAsked(next)) continue;
    if (index < clauses.length - 1 && clause.text.endsWith(':') && FAULTS.test(text)) {
      isFaults = true;
      faulty = FAULTY.exec(text)?.[1] ?? '';
      continue;
    }
    const announced = heard.isItem ? null : announcedIn(clause, sentence);
    if (announced !== null) {
      heard.announced = announced;
      continue;
    }
    const before = heard.acts.length;
    const told = heard.told.length;
    if (lastWas === 'ask' && clause.joiner === ':' && !isAsked(clause)) continue;
    heard.isTaken = false;
    const around: Around = {
      text: textOf(clause.words) === textOf(said.words) ? text : withoutEnd(clause.text, ',;:–—-'),
      sentence,
      place,
      isQuestion: isQuestion && index === clauses.length - 1 && !(lastWas === 'ask' && isAsked(clause)),
      count: clauses.length,
      isAfterAsk: lastWas === 'ask',
      isStep: clauses.length > 2 && index + 1 < clauses.length && isAsked(clauses[index + 1] ?? clause),
    };
    readClause(heard, clause, around);
    if (heard.acts.length === before && heard.told.length === told) takeAnnounced(heard, clause, around);
    else if (heard.announced?.told != null) heard.announced = { ...heard.announced, told: null };
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

/** `ask before leaving`, where a condition of what is built stands before it: it is the user who is asked. */
const ASKS_USER = /^(?:then )?ask (?=before|whether|if|for|again)/i;
const forUser = (clause: Clause, place: string): Clause =>
  place !== '' && ASKS_USER.test(clause.text)
    ? {
        ...clause,
        text: clause.text.replace(ASKS_USER, 'ask the user '),
        words: wordsOf(clause.text.replace(ASKS_USER, 'ask the user ')),
      }
    : clause;

const BECAUSE = /^(?:because|since|while|otherwise|so)$/;
/** What was announced as a fault or a change, told in plain words. */
function takeAnnounced(heard: Heard, clause: Clause, around: Around): void {
  const { announced } = heard;
  if (announced === null || around.isQuestion || clause.words.length < 3 || BECAUSE.test(clause.joiner)) return;
  for (const one of toldIn(clause)) {
    if (announced.kind === 'faults' || (announced.kind === 'either' && isFaultOf(one)))
      heard.told.push({ clause: one, sentence: around.sentence, isFailure: false });
    else if (announced.kind === 'changes') {
      const wish = madeSo(one);
      if (wish !== null) ask(heard, { kind: 'change', words: wordsOf(wish), form: 'imperative' }, around);
    }
    heard.announced = { ...announced, told: null };
  }
}
