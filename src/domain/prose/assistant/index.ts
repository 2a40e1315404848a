/** What an assistant's message says about work: one pass over its blocks, each read where it stands. */
import { cued } from '../../cue/index.js';
import type { AssistantAct, Block, Message } from '../model.js';
import { sentencesOf } from '../sentences.js';
import { statedIn } from '../stated.js';
import { titleOf } from '../title.js';
import { partsOf } from './clauses.js';
import { findingOf, isStatement, splitInline, workOf } from './items.js';
import { isDoneState, isTopic, labelOf, namedIn, notDoneBy, ownLabel, standOf, topicOf, type Named } from './labels.js';
import { once } from './once.js';
import { isYourPart, ordersIn } from './orders.js';
import { sectionOf, standingOf, type Section, type Standing } from './sections.js';
import type { Found } from './left.js';
import { deferral, hear, quoteOf, statedBy } from './sentence.js';

const MAX_SENTENCES = 400;
const MAX_REMEMBERED = 10;

/** A list of what the session would do, were it told to; mere recommendations are nobody's. */
const OFFERING = cued(
  /\b(?:i (?:can|could|would)|want me|would you|you(?:'d)? (?:want|like)|shall i|should i|happy to|next steps?|follow-?ups?)\b/i,
);

/** Boxes that are drawn: `⬜ remember-me`. */
const EMPTY_BOX = /^(?:⬜|☐|🔲|◻️?|▢)\uFE0F?\s*(.{3,200})$/u;
const OF_THE_SAME = cued(
  /^(?:(?:but|so|and|of course)\s+)?(?:that|this|it|they|these|those)\s+(?:still |also |definitely |really )?(?:has|have|needs?|must|should|will|'ll|ought|can|is|are)\b/i,
);

const HOLDS_WORK: ReadonlySet<Section> = new Set(['left', 'next', 'untested', 'handed']);

class Reader {
  readonly acts: AssistantAct[] = [];
  private before: string[] = [];
  private sentences = 0;
  /** What the sentence before deferred. */
  private last: Found | null = null;
  /** Paragraphs under a numbered heading explain it. */
  private isUnderNumber = false;
  /** What the block says of itself that it is about, or what it told not to be done. */
  private topic: string | null = null;

  /** @param isAccount some things are reported done */
  constructor(private readonly isAccount: boolean) {}

  read(block: Block): void {
    const standing = standingOf(block);
    this.topic = null;
    const own = ownLabel(block);
    if (own !== null) {
      if (!this.labelled(own, standing)) this.paragraphOf(block, own.rest, standing);
      return;
    }
    if (block.kind === 'heading') this.isUnderNumber = block.number !== null;
    if (block.kind === 'box') this.box(block, standing);
    else if (block.kind === 'heading') this.heading(block, standing);
    else if (block.kind === 'item') this.item(block, standing);
    else this.paragraphOf(block, block.text, standing);
  }

  private paragraphOf(block: Block, text: string, standing: Standing): void {
    const isLed =
      block.lead !== null && block.lead !== block.heading && HOLDS_WORK.has(sectionOf(block.lead) ?? 'plain');
    this.paragraph(text, standing, this.isUnderNumber, isLed);
  }

  /** `Not deployed: the pipeline is down`, `Export: not there yet`. @returns whether nothing else is to be read */
  private labelled({ label, rest }: Named, { section, pressing }: Standing): boolean {
    const [first = rest] = sentencesOf(rest);
    const work = section === 'report' ? null : notDoneBy(label, rest);
    if (work !== null) {
      this.defer(work, first, pressing);
      this.remember([first]);
      const more = rest.slice(first.length).trim();
      if (more !== '') this.paragraph(more, { section: 'plain', pressing }, false);
      return true;
    }
    if (!isTopic(label)) return false;
    this.topic = label;
    this.remember([`the ${label.replace(/^the /i, '')} is here`]);
    const stand = section === 'report' || section === 'ideas' ? null : standOf(label, first, this.isAccount);
    if (stand === null) return false;
    if (stand.said !== null) this.acts.push({ ...stand.said, quote: quoteOf(first) });
    if (stand.found !== null) this.defer([stand.found], first, pressing);
    const more = rest.slice(first.length).trim();
    if (more !== '') this.paragraph(more, { section: 'plain', pressing }, false);
    return true;
  }

  private defer(work: readonly Found[], sentence: string, pressing: string | null): void {
    for (const found of work) {
      const act = deferral(found, sentence, pressing);
      if (act !== null) this.acts.push(act);
    }
  }

  private box(block: Block, { pressing }: Standing): void {
    const title = titleOf(block.text);
    if (title.length >= 3)
      this.acts.push({
        is: 'box',
        checked: block.checked,
        title,
        stated: statedBy(block.text, pressing),
        quote: quoteOf(block.text),
      });
  }

  private heading(block: Block, standing: Standing): void {
    if (block.number === null) return;
    if (HOLDS_WORK.has(standing.section)) this.listed(block.text, standing);
    else this.finding(block, block.number);
  }

  private item(block: Block, standing: Standing): void {
    const todo = marked(block.text) ?? EMPTY_BOX.exec(block.text)?.[1] ?? null;
    if (todo !== null) {
      this.marker(todo, block.text);
      return;
    }
    if (HOLDS_WORK.has(standing.section)) {
      // What is nested below a piece of work tells how to do it.
      if (block.depth === 0 || standing.section === 'untested') this.listed(block.text, standing);
      return;
    }
    if (standing.section === 'ideas' && block.number === null) {
      if (OFFERING.test(block.lead ?? block.heading ?? '')) this.idea(block);
      return;
    }
    if (block.number !== null) this.finding(block, block.number);
    const named = standing.section === 'plain' || standing.section === 'loose' ? namedIn(block.text) : null;
    if (named !== null && this.labelled(named, standing)) return;
    if (block.number !== null && standing.section !== 'loose')
      this.paragraph(block.text, { ...standing, section: 'report' }, true);
    else this.paragraph(block.text, standing, standing.section === 'report');
  }

  private idea(block: Block): void {
    const title = titleOf(firstOf(block.text));
    if (title.length >= 4)
      this.acts.push({
        is: 'offer',
        number: block.number,
        title,
        stated: statedIn(block.text),
        quote: quoteOf(block.text),
      });
  }

  private finding(block: Block, number: number): void {
    const title = titleOf(findingOf(findingTitle(block.text)));
    if (title.length >= 3)
      this.acts.push({
        is: 'finding',
        number,
        title,
        stated: statedIn(block.text.slice(0, 200)),
        quote: quoteOf(block.text),
      });
  }

  /** An item of a list of work that is left. */
  private listed(text: string, { section, pressing }: Standing): void {
    const [first = text] = sentencesOf(text);
    this.defer(workOf(first, section, this.before), text, pressing);
    this.remember([text]);
  }

  private marker(work: string, text: string): void {
    const title = titleOf(work);
    if (title.length >= 3)
      this.acts.push({ is: 'box', checked: false, title, stated: statedIn(text), quote: quoteOf(text) });
  }

  private paragraph(text: string, standing: Standing, isReport: boolean, isLed = false): void {
    let isOpen = standing.section;
    let isFirst = true;
    let isYours = false;
    let waiting: readonly AssistantAct[] = [];
    const start = this.acts.length;
    for (const sentence of sentencesOf(text)) {
      this.sentences += 1;
      if (this.sentences > MAX_SENTENCES) return;
      const todo = marked(sentence);
      if (todo !== null) {
        this.marker(todo, sentence);
        continue;
      }
      const label =
        isLed && isFirst && HOLDS_WORK.has(isOpen) ? { section: isOpen, rest: sentence } : labelOf(sentence);
      if (label !== null && HOLDS_WORK.has(label.section)) {
        const at = this.acts.length;
        for (const piece of splitInline(label.rest))
          this.listed(piece, { section: label.section, pressing: standing.pressing });
        // A statement may only lead up to the work that the next sentence names.
        if (this.acts.at(-1)?.is === 'defer' && isStatement(titleAt(this.acts, at))) {
          // "Not there yet: the preview is upside down" says how it stands.
          if (/^not (?:there|done|working|through)\b/i.test(sentence)) this.acts.splice(at);
          else waiting = this.acts.splice(at);
          this.sentence(sentence, { section: isOpen, pressing: standing.pressing }, isReport, isFirst);
        }
        isOpen = label.section;
        isFirst = false;
        continue;
      }
      const at = this.acts.length;
      const before = this.before;
      this.sentence(sentence, { section: isOpen, pressing: standing.pressing }, isReport, isFirst);
      if (isYours && !this.acts.slice(at).some((act) => act.is === 'defer')) this.orders(sentence, before);
      isYours ||= isYourPart(sentence);
      isFirst = false;
    }
    if (!this.acts.slice(start).some((act) => act.is === 'defer')) this.acts.push(...waiting);
  }

  private orders(sentence: string, before: readonly string[]): void {
    this.defer(ordersIn(partsOf(sentence), before), sentence, null);
  }

  private sentence(sentence: string, { section, pressing }: Standing, isReport: boolean, isFirst: boolean): void {
    const topic = topicOf(sentence);
    if (topic !== null) this.topic = topic;
    const isLenient = pressing !== null || HOLDS_WORK.has(section);
    const heard = hear(sentence, {
      before: this.before,
      isStrict: (isReport || section === 'report' || section === 'ideas') && !isLenient,
      isLenient: pressing !== null || section === 'handed',
      isFirst,
      pressing,
      last: this.last,
    });
    const told = this.acts.at(-1);
    const more = heard.acts.find((act) => act.is === 'defer');
    if (this.last !== null && told?.is === 'defer' && more?.is === 'defer' && OF_THE_SAME.test(sentence)) {
      // "That has to be replaced before we go live" says of the same work how pressing it is.
      this.acts[this.acts.length - 1] = { ...told, stated: told.stated ?? more.stated };
      this.last = null;
      this.remember(heard.clauses);
      return;
    }
    this.last = heard.deferred.at(-1) ?? null;
    for (const act of heard.acts) this.acts.push(this.aimed(act));
    this.remember(heard.clauses);
  }

  /** What it cannot go on with is what it has just told not to be done, or what the block is about. */
  private aimed(act: AssistantAct): AssistantAct {
    if (act.is !== 'stuck' && act.is !== 'unfinished') return act;
    if (act.about === null) return this.topic === null ? act : { ...act, about: this.topic };
    if (act.is === 'unfinished') this.topic ??= act.about;
    return act;
  }

  private remember(clauses: readonly string[]): void {
    this.before = [...this.before, ...clauses.map((clause) => clause.slice(0, 400))].slice(-MAX_REMEMBERED);
  }
}

/** What a piece of prose offers, defers, reports; in the order in which it is said. */
export function assistantActs(message: Message): readonly AssistantAct[] {
  const reader = new Reader(message.blocks.some(isDone));
  for (const block of message.blocks) reader.read(block);
  return once(reader.acts);
}

/** Told as done, by a mark, a label or the heading above. */
const isDone = (block: Block): boolean =>
  block.checked || /^✅/u.test(block.text) || isDoneState((ownLabel(block) ?? namedIn(block.text))?.rest ?? '');

const titleAt = (acts: readonly AssistantAct[], at: number): string => {
  const act = acts[at];
  return act !== undefined && 'title' in act ? act.title : '';
};

const MARKED = cued(/^(?:TODO|FIXME|XXX)(?:\([^()\n]{1,40}\))?\s*[:—–-]\s*(.{3,400})$/);

/** `TODO: …`, `FIXME …` at the start of what is said. */
function marked(text: string): string | null {
  return MARKED.exec(text)?.[1] ?? null;
}

const SEVERITY =
  /\s*[([](?:critical|high|medium|moderate|low|minor|major|info|severity[^)\]]{0,20}|p\d|nit|optional)(?:[ -](?:severity|priority|risk|impact))?[)\]]\s*/gi;

function findingTitle(text: string): string {
  const first = firstOf(text).replace(SEVERITY, ' ').trim();
  const plain = first
    .replace(/^[\p{So}\uFE0F\s]+/u, '')
    .replace(/^(?:critical|high|medium|low|minor|major|nit)\s*[:—–-]\s+/i, '');
  return plain === '' ? text : plain;
}

function firstOf(text: string): string {
  const [first = text] = sentencesOf(text.slice(0, 400));
  return first;
}
