/** What asks without a verb of asking. */
import { cued } from '../../cue/index.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import type { Around } from './around.js';
import { ask } from './asking.js';
import { wordsOf, type Clause } from './clauses.js';
import { datedIn, likewiseIn, verdictIn } from './elliptic.js';
import type { Heard } from './heard.js';
import { spoken } from './hints.js';
import { cut } from './problem.js';
import { laterIn } from './time.js';
import { terseIn } from './terse.js';
import { wantedIn } from './wanted.js';

const SAYS_YES = cued(/\byes\b/i);
/** What asks without a verb of asking: wanted states, things named with a yes or a day. */
export function askWithoutVerb(heard: Heard, clause: Clause, around: Around): boolean {
  const { text, sentence } = around;
  if (clause.words.length < 2 || clause.words.length > 40) return false;
  const wanted = heard.told.length > 0 && /^it\b/i.test(text) ? null : wantedIn(text);
  if (wanted !== null) return ask(heard, { kind: 'change', words: wordsOf(wanted), form: 'imperative' }, around);
  const terse = terseIn(text);
  for (const need of terse) ask(heard, { kind: 'change', words: wordsOf(need), form: 'imperative' }, around);
  if (terse.length > 0) return true;
  if (text.length > 90) return false;
  const quote = spoken(sentence);
  const likewise = heard.told.length > 0 ? null : likewiseIn(text);
  if (likewise !== null && (heard.asks > 0 || around.count === 1)) {
    const last = heard.acts.findLast((act) => act.is === 'ask');
    const title = cut(
      last?.is === 'ask' && !last.title.startsWith('Do the same') ? `${likewise}: ${last.title}` : likewise,
    );
    heard.push({ is: 'ask', kind: 'change', title, stated: statedIn(text), later: laterIn(text), quote });
    heard.asks += 1;
    return true;
  }
  const dated =
    heard.before.isAsking || heard.acts.length > 0 || clause.words.length < 6
      ? datedIn(text, heard.before.topics ?? [])
      : null;
  if (dated !== null) {
    heard.push({ is: 'promise', title: dated, stated: statedIn(text), quote });
    return true;
  }
  const verdict = SAYS_YES.test(text) && !heard.before.isAsking ? verdictIn(text) : null;
  if (verdict?.is === 'accept' && verdict.about !== null) {
    heard.task(titleOf(`Do the ${verdict.about}`), sentence, null);
    heard.asks += 1;
    return true;
  }
  return false;
}
