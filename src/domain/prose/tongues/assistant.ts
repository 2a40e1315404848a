/** What an assistant says in a language of the tables about work: left, put off, stuck, offered, done. */
import type { AssistantAct, Block, Message } from '../model.js';
import { sentencesIn, sentencesOf } from '../sentences.js';
import { statedIn } from '../stated.js';
import { piecesOf } from './clauses.js';
import { plainly, quoteOf, titled, without } from './text.js';
import type { Cue, Tongue } from './tongue.js';

const MAX_SENTENCES = 300;
const MAX_BLOCKS = 300;

export function assistantActs(tongue: Tongue, message: Message): readonly AssistantAct[] {
  const reading = new Reading(tongue);
  for (const block of message.blocks.slice(0, MAX_BLOCKS)) reading.block(block);
  return reading.done();
}

class Reading {
  private readonly acts: AssistantAct[] = [];
  private narration: AssistantAct | null = null;
  private sentences = 0;
  /** What the clause before was about. */
  private before = '';

  constructor(private readonly tongue: Tongue) {}

  done(): readonly AssistantAct[] {
    const { narration } = this;
    const isAccount = this.acts.some((act) => act.is !== 'finding' && act.is !== 'noted');
    const seen = new Set<string>();
    const acts = this.acts.filter(
      (act) => act.is !== 'defer' || (!seen.has(act.title) && seen.add(act.title).size > 0),
    );
    return narration === null || isAccount ? acts : [...acts, narration];
  }

  block(block: Block): void {
    const { tongue } = this;
    if (block.kind === 'heading') {
      this.before = '';
      return;
    }
    const over = plainly(block.lead ?? block.heading ?? '');
    const isLeft = over !== '' && over.length < 90 && tongue.left.test(over) && !tongue.ideas.test(over);
    if (block.kind === 'box') {
      const title = titled(firstOf(block.text));
      if (title.length >= 3)
        this.acts.push({
          is: 'box',
          checked: block.checked,
          title,
          stated: statedIn(block.text),
          quote: quoteOf(block.text),
        });
      return;
    }
    if (block.kind === 'item' && isLeft) {
      if (block.depth === 0) this.left(block.text);
      return;
    }
    if (block.kind === 'item' && block.number !== null) {
      const title = titled(firstOf(block.text));
      if (title.length >= 3)
        this.acts.push({
          is: 'finding',
          number: block.number,
          title,
          stated: statedIn(block.text),
          quote: quoteOf(block.text),
        });
      return;
    }
    for (const sentence of sentencesIn(block)) {
      if (++this.sentences > MAX_SENTENCES) return;
      this.sentence(sentence, block.kind === 'paragraph');
    }
  }

  private left(text: string): void {
    const [first = text] = sentencesOf(text);
    const plain = plainly(first);
    if (this.tongue.reports.test(plain) && !this.tongue.cues.some(({ form }) => form.test(plain))) return;
    const found = this.cued(first);
    this.defer('left', found?.title ?? titled(firstOf(text)), text);
  }

  private sentence(sentence: string, isParagraph: boolean): void {
    const { tongue } = this;
    const plain = plainly(sentence.trim());
    const quote = quoteOf(sentence);
    const offer = tongue.offer.exec(plain);
    if (offer !== null) {
      const said = without(
        sentence
          .trim()
          .slice(offer.index + offer[0].length)
          .replace(/[?？]\s*$/u, ''),
        tongue.empty,
      );
      const title = titled(tongue.tidied?.(said) ?? said);
      const whole = title.length >= 4 ? title : titled(sentence.replace(/[?？]\s*$/u, ''));
      this.acts.push({ is: 'offer', number: null, title: whole, stated: null, quote });
      return;
    }
    if (/[?？]\s*$/u.test(plain)) return;
    if (tongue.noted.test(plain)) this.acts.push({ is: 'noted', quote });
    const label = /^([^:：]{3,50})[:：]\s*(.{3,})$/u.exec(sentence.trim());
    if (label !== null && tongue.left.test(plainly(label[1] ?? '')) && !tongue.reports.test(plainly(label[1] ?? ''))) {
      for (const piece of (label[2] ?? '').split(/;\s|；/u)) this.left(piece);
      return;
    }
    const known = this.acts.length;
    if (this.unknown(sentence, quote)) return;
    for (const piece of this.pieces(sentence)) this.piece(piece, quote);
    if (this.acts.length > known) return;
    if (isParagraph && tongue.narration.test(plain) && !tongue.reports.test(plain))
      this.narration ??= { is: 'narration', quote };
    else if (tongue.reports.test(plain)) this.acts.push({ is: 'done', about: null, quote });
  }

  /** `Ob er dort passt, konnte ich nicht prüfen`: the question is what is to be looked into. */
  private unknown(sentence: string, quote: string): boolean {
    const { whether, cues } = this.tongue;
    if (whether === undefined) return false;
    const parts = piecesOf(sentence, this.tongue).map(({ text }) => text.trim());
    const question = parts.find((text) => whether.form.test(plainly(text)));
    const isOpen = (text: string): boolean =>
      text !== question && cues.some(({ how, form }) => how === 'untested' && form.test(plainly(text)));
    if (question === undefined || !parts.some(isOpen)) return false;
    const asked = question.replace(/[\s,.;:]+$/u, '');
    this.defer('untested', titled(`${whether.verb} ${asked.charAt(0).toLowerCase()}${asked.slice(1)}`), quote);
    return true;
  }

  /** Parts that say one thing each: what `and` ties stays together unless it has a verdict of its own. */
  private pieces(sentence: string): readonly string[] {
    const { tongue } = this;
    const parts: string[] = [];
    for (const { text, seam } of piecesOf(sentence, tongue)) {
      const last = parts.at(-1);
      if (
        last !== undefined &&
        tongue.and.test(seam) &&
        !this.says(plainly(text)) &&
        !tongue.reports.test(plainly(last))
      )
        parts[parts.length - 1] = `${last}${seam}${text}`;
      else parts.push(text);
    }
    return parts;
  }

  private says(plain: string): boolean {
    const { tongue } = this;
    return (
      tongue.stuck.test(plain) ||
      tongue.unfinished.test(plain) ||
      tongue.reports.test(plain) ||
      tongue.cues.some(({ form }) => form.test(plain))
    );
  }

  private piece(text: string, quote: string): void {
    const { tongue } = this;
    const plain = plainly(text);
    const told = this.before;
    if (tongue.supposes.test(plain) || tongue.subordinate.test(plain)) return;
    this.before = text;
    const stuck = tongue.stuck.exec(plain);
    if (stuck !== null) {
      if (this.acts.at(-1)?.is === 'stuck' && this.acts.at(-1)?.quote === quote) return;
      this.acts.push({
        is: 'stuck',
        about: this.about(text, tongue.stuck) ?? this.subject(told),
        on: titled(text),
        quote,
      });
      return;
    }
    if (tongue.unfinished.test(plain)) {
      this.acts.push({
        is: 'unfinished',
        about: this.about(text, tongue.unfinished) ?? this.subject(told),
        begun: tongue.begun.test(plain),
        quote,
      });
      return;
    }
    const found = this.cued(text, told);
    if (found !== null) this.defer(found.how, found.title, quote);
  }

  private cued(text: string, told = ''): { readonly how: Cue['how']; readonly title: string } | null {
    const { tongue } = this;
    const plain = plainly(text);
    for (const { how, form, verb } of tongue.cues) {
      const match = form.exec(plain);
      if (match === null) continue;
      if (verb === 'request') {
        const request = tongue.request(text);
        if (request !== null && !request.isBare) return { how, title: titled(request.title) };
        continue;
      }
      const participle = verb === 'participle' ? tongue.infinitive(match[1] ?? match[2] ?? '') : verb;
      if (verb === 'participle' && participle === null) continue;
      const kept = verb === null || verb === 'participle' || match[1] === undefined ? '' : inPlace(text, plain, match);
      const cut = `${text.slice(0, match.index)} ${kept} ${text.slice(match.index + match[0].length)}`;
      let object = this.bare(cut);
      if (object.length < 3) object = this.subject(told) ?? '';
      if (object.length < 3) continue;
      return {
        how,
        title: titled(participle === null ? (tongue.tidied?.(object) ?? object) : tongue.join(participle, object)),
      };
    }
    return null;
  }

  private bare(text: string): string {
    return without(text.trim(), this.tongue.empty).replace(/^[\s,.:;!?、。，–—-]+|[\s,.:;!?、。，–—-]+$/gu, '');
  }

  /** Words by which a task is known, of a clause that says how it stands. */
  private about(text: string, form: RegExp): string | null {
    const match = form.exec(plainly(text));
    const cut = match === null ? text : `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    const said = this.bare(cut);
    return said.length < 3 ? null : said;
  }

  private subject(text: string): string | null {
    const said = this.tongue.subject(this.bare(text));
    return said.length < 3 ? null : said;
  }

  private defer(how: Cue['how'], title: string, text: string): void {
    if (title.length < 4) return;
    this.acts.push({ is: 'defer', how, about: null, title, stated: statedIn(text), quote: quoteOf(text) });
  }
}

/** The first sentence, or what stands before a dash that explains it. */
function firstOf(text: string): string {
  const [first = text] = sentencesOf(text.slice(0, 400));
  return first.split(/\s[–—-]\s|[:：]\s/u)[0] ?? first;
}

/** What a match keeps of the text, as it was written. */
function inPlace(text: string, plain: string, match: RegExpExecArray): string {
  const kept = match[1] ?? '';
  const at = plain.indexOf(kept, match.index);
  return at < 0 ? '' : text.slice(at, at + kept.length);
}
