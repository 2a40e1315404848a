/** What a user says in a language of the tables, as acts. */
import type { Before, Block, Message, UserAct } from '../model.js';
import { sentencesOf } from '../sentences.js';
import { statedIn } from '../stated.js';
import { clausesOf, type Clause } from './clauses.js';
import { pickIn } from './picks.js';
import { plainly, quoteOf, titled, without } from './text.js';
import type { Tongue } from './tongue.js';

const MAX_BLOCKS = 200;
const MAX_SENTENCES = 60;
const NAMELESS = /^(?:das|es|dies|ca|cela|c'est|eso|esto|lo|isso|isto|это|все|оно|он|она|これ|それ|这个?|那个?|它)$/u;
const NUMBER = /\d/;
/** In a row of steps these say which comes next, and put nothing off. */
const THEN = /^(?:потом|затем|luego|despues|depois|ensuite|danach|然后|之后再)\s?/u;
const WHY = /^[\s¿]*(?:warum|wieso|weshalb|pourquoi|por que|почему|зачем|なぜ|どうして|为什么|为何|怎么)/u;
const isAsked = (sentence: string): boolean => /[?？]\s*$/u.test(sentence) && WHY.test(plainly(sentence));
/** After a yes or no; without it, the word begins something else. */
const ENDS_ANSWER =
  /^\s*(?:$|[,.!;:、。，！–—-]|(?:und|aber|bitte|gerne?|et|mais|merci|y|pero|por favor|gracias|e|mas|obrigad[oa]|и|но|а|пожалуйста|спасибо|ma|grazie|maar|graag|en|ale|i)(?![\p{L}]))/u;

export function userActs(tongue: Tongue, message: Message, before: Before): readonly UserAct[] {
  const reading = new Reading(tongue, before);
  for (const [index, block] of message.blocks.slice(0, MAX_BLOCKS).entries()) {
    if (block.kind === 'heading') continue;
    const next = message.blocks[index + 1];
    if (block.kind === 'paragraph') reading.paragraph(block, next !== undefined && next.kind !== 'paragraph');
    else if (block.depth === 0 && !block.checked) reading.item(block);
  }
  return reading.acts;
}

class Reading {
  readonly acts: UserAct[] = [];
  private sentences = 0;
  /** A fault that was told of: work of its own where nothing else is asked for. */
  private fault: { readonly title: string; readonly quote: string } | null = null;
  /** The items below are what is wanted. */
  private leadsIn = false;

  constructor(
    private readonly tongue: Tongue,
    private readonly before: Before,
  ) {}

  paragraph({ text }: Block, hasItems: boolean): void {
    const all = sentencesOf(text);
    this.leadsIn = false;
    for (const [at, sentence] of all.entries()) {
      if (hasItems && at === all.length - 1 && /[:：]\s*$/u.test(sentence)) {
        this.leadsIn = !this.tongue.forbids.test(plainly(sentence));
        continue;
      }
      this.sentence(sentence);
    }
    this.settle();
  }

  item({ text }: Block): void {
    const known = this.acts.length;
    for (const sentence of sentencesOf(text).slice(0, 3)) this.sentence(sentence);
    this.settle();
    const isSilent = this.acts.length === known && !/[?？]\s*$/u.test(text) && !this.tongue.forbids.test(plainly(text));
    if (isSilent && this.leadsIn) this.ask(titled(text), 'change', text);
  }

  private sentence(sentence: string): void {
    if (++this.sentences > MAX_SENTENCES) return;
    const { tongue } = this;
    const plain = plainly(sentence.trim());
    if (tongue.nudge.test(plain)) {
      if (this.before.isAsking && tongue.yes.test(plain))
        this.acts.push({ is: 'accept', about: null, quote: quoteOf(sentence) });
      return;
    }
    if (this.before.numbers.length > 0 && NUMBER.test(plain)) {
      const picked = pickIn(sentence, this.before, tongue);
      if (picked.length > 0) {
        this.acts.push(...picked);
        return;
      }
    }
    const rest = this.answered(sentence, plain);
    if (rest.trim() === '') return;
    const clauses = clausesOf(rest, tongue);
    for (const clause of clauses) this.clause(clause, sentence, clauses.length === 1);
  }

  /** Takes a yes or no off the start. */
  private answered(sentence: string, plain: string): string {
    if (!this.before.isAsking || /[?？]\s*$/u.test(plain)) return sentence;
    const isNo = this.tongue.no.test(plain);
    const form = isNo ? this.tongue.no : this.tongue.yes;
    let end = 0;
    for (let rounds = 0; rounds < 4; rounds++) {
      const found = form.exec(plain.slice(end));
      if (found === null) break;
      end += found[0].length;
      if (ENDS_ANSWER.test(plain.slice(end))) break;
      end += /^\s*/.exec(plain.slice(end))?.[0].length ?? 0;
    }
    if (end === 0 || !ENDS_ANSWER.test(plain.slice(end))) return sentence;
    this.acts.push({ is: isNo ? 'decline' : 'accept', about: null, quote: quoteOf(sentence) });
    return sentence
      .trim()
      .slice(end)
      .replace(/^[\s,.:;!、。，！–—-]+/u, '');
  }

  private clause({ text, request }: Clause, sentence: string, isAlone: boolean): void {
    const { tongue } = this;
    const plain = plainly(text);
    const quote = quoteOf(sentence);
    const later = THEN.test(plain) ? null : tongue.later.exec(plain);
    if (tongue.cancel.test(plain) && later === null) {
      if (this.acts.at(-1)?.is === 'cancel' && this.acts.at(-1)?.quote === quote) return;
      this.acts.push({ is: 'cancel', about: this.about(text, tongue.cancel), quote });
      return;
    }
    if (
      tongue.hold.test(plain) &&
      (later === null || tongue.subordinate.test(plain) || request === null) &&
      !this.isPutOff(plain)
    ) {
      this.acts.push({ is: 'hold', about: this.about(text, tongue.hold), until: null, quote });
      return;
    }
    const isFailing = tongue.failing.test(plain);
    const isWrong = isFailing || tongue.wrong.test(plain);
    if (isWrong && tongue.still.test(plain) && !tongue.supposes.test(plain)) {
      if (isFailing) this.acts.push({ is: 'failure', message: quote, quote });
      if (!this.acts.some((act) => act.is === 'broken' && act.quote === quote))
        this.acts.push({ is: 'broken', about: this.about(text, tongue.still, tongue.failing, tongue.wrong), quote });
      return;
    }
    if (
      this.isPutOff(plain) ||
      (later !== null && request === null && tongue.plans.test(plain)) ||
      (request === null && tongue.promise.test(plain))
    ) {
      const isMine = tongue.promise.test(plain);
      const title = titled(
        tongue.promised?.(text) ?? (isMine ? text : this.content(text, [tongue.later, tongue.notYet, tongue.plans])),
      );
      if (title.length >= 3 && !tongue.forbids.test(plainly(title)))
        this.acts.push({ is: 'promise', title, stated: statedIn(sentence), quote });
      return;
    }
    if (request !== null)
      return this.requested(
        request,
        later === null ? null : text.slice(later.index, later.index + later[0].length),
        sentence,
        isAlone,
      );
    if (isWrong && !tongue.supposes.test(plain) && !tongue.subordinate.test(plain) && !isAsked(sentence)) {
      if (isFailing) this.acts.push({ is: 'failure', message: quote, quote });
      this.fault ??= { title: titled(text.replace(/[?？]\s*$/u, '')), quote };
      return;
    }
    if (/[?？]\s*$/u.test(text)) return;
    if (tongue.finished.test(plain) || tongue.works.test(plain))
      this.acts.push({ is: 'done', about: this.about(text, tongue.finished, tongue.works) ?? this.named(text), quote });
  }

  /** Not yet, and not by whoever reads this: `leave X for now, that comes after the demo`. */
  private isPutOff(plain: string): boolean {
    const { tongue } = this;
    return tongue.notYet.test(plain) && (tongue.forbids.test(plain) || tongue.later.test(plain));
  }

  private requested(
    request: NonNullable<Clause['request']>,
    later: string | null,
    sentence: string,
    isAlone: boolean,
  ): void {
    const { fault } = this;
    if (!request.isBare) {
      if (request.kind === 'change') this.fault = null;
      this.ask(titled(request.title), request.kind, sentence, later);
      return;
    }
    if (fault !== null) {
      this.ask(fault.title, 'problem', fault.quote, later);
      this.fault = null;
    } else if (isAlone && request.kind === 'change' && this.before.isAsking && this.acts.length === 0)
      this.acts.push({ is: 'accept', about: null, quote: quoteOf(sentence) });
  }

  private ask(
    title: string,
    kind: 'change' | 'problem' | 'answer',
    sentence: string,
    later: string | null = null,
  ): void {
    if (title.length < 3) return;
    this.acts.push({ is: 'ask', kind, title, later, stated: statedIn(sentence), quote: quoteOf(sentence) });
  }

  /** A fault that nothing was asked about by the end of its paragraph is to be mended. */
  private settle(): void {
    const { fault } = this;
    this.fault = null;
    if (fault !== null && !this.acts.some((act) => act.is === 'ask' && act.kind === 'change'))
      this.ask(fault.title, 'problem', fault.quote);
  }

  private about(text: string, ...forms: readonly RegExp[]): string | null {
    const said = this.content(text, forms);
    return said.length < 2 || NAMELESS.test(plainly(said)) ? null : said;
  }

  /** What is said to be done, where its words went with those that say so. */
  private named(text: string): string | null {
    const { tongue } = this;
    const said = tongue.finished.test(plainly(text)) ? tongue.subject(text) : '';
    return said.length < 3 || tongue.finished.test(plainly(said)) ? null : said;
  }

  private content(text: string, forms: readonly RegExp[]): string {
    const cut = forms.reduce((rest, form) => without(rest, every(form)), text);
    return without(cut, this.tongue.empty).replace(/^[\s,.:;!?、。，–—-]+|[\s,.:;!?、。，–—-]+$/gu, '');
  }
}

const globals = new Map<RegExp, RegExp>();

/** The same expression, for every match. */
function every(form: RegExp): RegExp {
  const known = globals.get(form) ?? new RegExp(form.source, form.flags.includes('g') ? form.flags : `${form.flags}g`);
  globals.set(form, known);
  return known;
}
