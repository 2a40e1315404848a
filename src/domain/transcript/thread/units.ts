/** A message as what it says of known tasks is read: sentence by sentence, with marks and letters in words. */
import { readReply, sentencesIn, type Message, type UserAct } from '../../prose/index.js';
import { labelsIn } from './labels.js';
import { isLeft, type Scene } from './tasks.js';

/** A sentence of a report, and where it stands. */
export interface Unit {
  readonly text: string;
  /** As it was said: without words that stand for a mark. */
  readonly quote: string;
  /** What it is said of, by a label or heading: see `labels.ts`. */
  readonly label: string | null;
  /** What leads in the list that it is in. */
  readonly lead: string | null;
  /** Of the item that it opens. */
  readonly number: number | null;
}

/** Letters are numbers beyond those that a list may have. */
export const lettered = (letter: string): number => letter.toLowerCase().charCodeAt(0) - 96 + 100;

const LETTERED = /^[ \t]*\(?([a-h])\)[ \t]+(\S.*)$/gm;

/** The same by letters, which are no part of a message that was read. */
export function letterTasks({ thread, key }: Scene, text: string, acts: readonly UserAct[]): void {
  if (!/^[ \t]*\(?b\)/m.test(text)) return;
  for (const [, letter = '', line = ''] of text.slice(0, MOST_LETTERED).matchAll(LETTERED)) {
    const words = line.replace(/[*_`]/g, '');
    const asked = acts.flatMap((act) =>
      act.is === 'ask' && words.includes(act.quote.replace(/[*_`]/g, '')) ? [act.title] : [],
    );
    const task = thread.tasks.find((one) => one.key === key && asked.includes(one.title));
    if (task !== undefined) task.number ??= lettered(letter);
  }
}

const MOST_LETTERED = 4_000;

/** Before words that stand for a mark: they are no part of a quote. */
const ADDED = '\u2063';
/** What marks how far an item is, in words. */
const MARKED: readonly (readonly [RegExp, string])[] = [
  [/^([ \t]*(?:[-*•][ \t]+)?)(?:❌|⬜|☐|⏳|🔲|✗|✘)\uFE0F?[ \t]*(\S.*)$/gmu, `$1$2${ADDED} - not done`],
  [/^([ \t]*(?:[-*•][ \t]+)?)(?:✅|☑|✔|✓)\uFE0F?[ \t]*(\S.*)$/gmu, `$1$2${ADDED} - done`],
  [/^([ \t]*(?:[-*•][ \t]+)?)(?:🚧|🔄|🟡)\uFE0F?[ \t]*(\S.*)$/gmu, `$1$2${ADDED} - in progress`],
  [/^([ \t]*)\(?([a-h])\)[ \t]+(?=\S)/gm, '$1$2 '],
];

/** The sentences of a report, each with what it is said of; marks and letters in words, which a message that was read has not. */
export function unitsOf(
  { thread }: Scene,
  text: string,
  read: Message,
  of: ReadonlyMap<string, string>,
): readonly Unit[] {
  if (!thread.tasks.some(isLeft) || !(read.language === 'en' || read.language === 'und')) return [];
  const plain = MARKED.reduce((before, [mark, words]) => before.replace(mark, words), text.slice(0, MOST_READ));
  const message = plain === text ? read : readReply(plain);
  const labels = plain === text ? of : labelsIn(message);
  const units: Unit[] = [];
  for (const block of message.blocks) {
    if (block.kind === 'heading' || block.kind === 'box') continue;
    sentencesIn(block).forEach((sentence, at) => {
      const label = labels.get(sentence) ?? null;
      const quote = sentence.split(ADDED)[0]?.trim() ?? sentence;
      units.push({
        text: sentence.replace(ADDED, ''),
        quote,
        label,
        lead: block.lead ?? block.heading,
        number: at === 0 ? block.number : null,
      });
    });
  }
  return units.slice(0, MOST_SENTENCES);
}

const MOST_READ = 24_000;

/** Sentences of a report that are compared with tasks. */
const MOST_SENTENCES = 60;
