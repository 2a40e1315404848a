/** `fix it`, `add one`: what is asked for was told before. */
import type { Stated } from '../model.js';
import { titleOf } from '../title.js';
import { textOf } from './clauses.js';
import type { Heard } from './heard.js';
import { ALSO, MENDING, PRONOUN, baseFirst, spoken } from './hints.js';
import { cut, partsOf } from './problem.js';
import type { Request } from './wish.js';

interface Asked {
  readonly said: string;
  readonly verb: string;
  readonly sentence: string;
  readonly stated: Stated | null;
  readonly later: string | null;
}

/** @returns whether nothing more is to be heard in it */
export function askByPronoun(heard: Heard, asked: Request, { said, verb, stated, later, sentence }: Asked): boolean {
  if (heard.why !== null && MENDING.has(verb)) {
    heard.problem(heard.why);
    heard.why = null;
    return true;
  }
  const isOne =
    /\b(?:it|this|that)\b/i.test(said) &&
    !heard.told.some(({ clause, sentence }) => ALSO.test(sentence) || clause.joiner === 'also');
  const looked = heard.acts.at(-1);
  if (
    looked?.is === 'ask' &&
    looked.kind === 'answer' &&
    heard.told.length === 0 &&
    /^(?:fix|stop|solve|repair|correct|mend|resolve|change|prevent|remove)$/.test(verb)
  ) {
    heard.acts[heard.acts.length - 1] = { ...looked, kind: 'change', title: cut(`${looked.title} and ${said}`) };
    return true;
  }
  if (heard.told.length === 0 && heard.wondered !== null && MENDING.has(verb)) {
    heard.task(cut(`Fix: ${heard.wondered}`), sentence, null);
    heard.wondered = null;
    heard.asks += 1;
    return true;
  }
  if (heard.told.length > 0 && (MENDING.has(verb) || /\bfix\b/.test(said))) {
    // `the shop is dead. every order answers 502. get it working`: one fault and its sign.
    for (const told of isOne ? heard.told.slice(0, 1) : heard.told) heard.problem(told);
    heard.told = [];
    heard.asks += 1;
    return true;
  }
  if (heard.trace !== null && (MENDING.has(verb) || asked.words.length === 1) && !heard.traced) {
    heard.traced = true;
    heard.asks += 1;
    heard.push({ is: 'ask', kind: 'problem', title: heard.trace.title, stated, later, quote: spoken(sentence) });
    return true;
  }
  if (heard.idea !== null) {
    heard.push({
      is: 'ask',
      kind: 'change',
      title: titleOf(baseFirst(heard.idea)),
      stated,
      later,
      quote: spoken(sentence),
    });
    heard.idea = null;
    heard.asks += 1;
    return true;
  }
  if (/^(?:fix|solve|repair|resolve|correct|mend|find|investigate|look|sort)$/.test(verb)) {
    const { subject } = heard.stated === null ? { subject: '' } : partsOf(heard.stated.clause);
    if (
      heard.asks === 0 &&
      heard.stated !== null &&
      subject !== '' &&
      !/^(?:i|we|you|it|that|this|they|there)\b/i.test(subject)
    ) {
      heard.problem(heard.stated);
      heard.asks += 1;
    }
    return true;
  }
  if (
    heard.stated !== null &&
    heard.it === null &&
    !/^(?:commit|push|merge|deploy|ship|release|publish|revert|restart|rebase|test|run|rerun|stop|undo|do|show|tell|explain|review|check|send|forget)$/.test(
      verb,
    )
  ) {
    heard.asks += 1;
    heard.push({
      is: 'ask',
      kind: asked.kind,
      title: cut(`${said.charAt(0).toUpperCase()}${said.slice(1)}: ${textOf(heard.stated.clause.words)}`),
      stated,
      later,
      quote: spoken(sentence),
    });
    return true;
  }
  // `worth it, add it`: a yes to what was offered.
  if (heard.before.isAsking && asked.kind === 'change' && heard.asks === 0 && heard.acts.length === 0)
    return (heard.push({ is: 'accept', about: null, quote: spoken(sentence) }), true);
  const isNeutral =
    /^(?:commit|push|merge|deploy|ship|release|publish|revert|restart|rebase|test|run|rerun|stop|undo)$/.test(verb);
  const isOfTopic =
    (heard.before.topics ?? []).length > 0 &&
    asked.form === 'polite' &&
    asked.kind === 'change' &&
    / (?:it|that|this|them|those|these)$/i.test(said) &&
    !MENDING.has(verb) &&
    !/^(?:make|put|keep|use|add|try|change|give|let|explain|apply|continue|begin|start)$/.test(verb);
  if (!isNeutral && heard.it === null && !isOfTopic) return true;
  if (!isNeutral && !asked.words.some(({ low }) => low === 'one' || PRONOUN.has(low))) return true;
  return false;
}
