/** Reads a message sentence by sentence. */
import type { Before, UserAct } from '../model.js';
import { clausesOf } from './clauses.js';
import { Heard, type Trace } from './heard.js';
import { problemIn } from './problem.js';
import { readSentence } from './sentence.js';

const MAX_ACTS = 120;

export class Reading {
  readonly #heard: Heard;

  constructor(before: Before, trace: Trace | null) {
    this.#heard = new Heard(before, trace);
  }

  get count(): number {
    return this.#heard.acts.length + this.#heard.told.length;
  }

  acts(): readonly UserAct[] {
    this.paragraph();
    for (const fault of this.#heard.quoted.splice(0))
      for (const clause of clausesOf(fault)) {
        const problem = problemIn(clause);
        if (problem !== null) this.#heard.told.push({ clause, sentence: fault, ...problem });
      }
    if (!this.#heard.wonders) for (const told of this.#heard.told) this.#heard.problem(told);
    this.#heard.told = [];
    // `yes to 1 and 3`: the numbers say what is accepted.
    const hasPicks = this.#heard.acts.some(({ is }) => is === 'pick');
    const acts = hasPicks
      ? this.#heard.acts.filter((act) => !((act.is === 'accept' || act.is === 'decline') && act.about === null))
      : this.#heard.acts;
    return acts.slice(0, MAX_ACTS);
  }

  /** What was said of urgency stays with its paragraph. */
  paragraph(): void {
    this.#heard.unclaimed = '';
    const { announced } = this.#heard;
    if (announced?.told != null && this.#heard.asks === 0) this.#heard.told.push(announced.told);
    this.#heard.announced = null;
  }

  task(title: string, quote: string, where: string | null): void {
    this.#heard.task(title, quote, where);
  }

  sentence(sentence: string, isOpening: boolean): void {
    if (this.#heard.acts.length <= MAX_ACTS) readSentence(this.#heard, sentence, isOpening);
  }

  item(sentences: readonly string[]): void {
    const told = this.#heard.told.length;
    this.#heard.isItem = true;
    for (const sentence of sentences) this.sentence(sentence, false);
    this.#heard.isItem = false;
    for (const one of this.#heard.told.splice(told)) this.#heard.problem(one);
    this.#heard.unclaimed = '';
    this.#heard.it = null;
  }
}
