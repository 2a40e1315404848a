/** The steps of a plan, one piece of work each; its goals, grounds, checks and lists of files are none. */
import { outlineOf, type OutlineLine } from './outline.js';
import { ASIDE, CHECK, IS_WORK_AFTER_ALL, NO_CHANGE, NUMBERED, PHASE, STEP, STEPS, WORK } from './plan-words.js';
import { titleOf } from './title.js';
import { baseForm, isGerund, isWorkVerb } from './words.js';

export { looksLikePlan, splitPlan } from './plan-ask.js';

export interface PlanItem {
  readonly title: string;
  readonly quote: string;
  /** As the plan numbers it. */
  readonly number: number | null;
  /** What the plan says below the step. */
  readonly detail: string | null;
}

const MAX_ITEMS = 60;
const MAX_QUOTE = 200;
const MAX_DETAIL = 600;

interface Section {
  readonly heading: OutlineLine;
  readonly aside: boolean;
}

type Tier = 'steps' | 'work' | 'other';
interface Found extends PlanItem {
  readonly tier: Tier;
}

export function planItems(markdown: string): readonly PlanItem[] {
  const lines = outlineOf(markdown, 5_000);
  const found = itemsOf(lines);
  for (const tier of ['steps', 'work', 'other'] as const) {
    const items = found.filter((item) => item.tier === tier && item.title !== '');
    if (items.length > 0) return distinct(items).slice(0, MAX_ITEMS);
  }
  return lone(lines);
}

function itemsOf(lines: readonly OutlineLine[]): readonly Found[] {
  const found: Found[] = [];
  const over: Section[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) continue;
    if (line.kind === 'heading') {
      while ((over.at(-1)?.heading.level ?? 0) >= line.level) over.pop();
      const aside = over.some((section) => section.aside) || isAside(line.text, line.level === 1 && index === 0);
      const tier = tierOf(over);
      over.push({ heading: line, aside });
      if (aside || line.level > 7) continue;
      const step = stepOfHeading(line, lines, index, over.length > 1 ? tier : 'other');
      if (step !== null) {
        found.push(step.item);
        index = step.last;
        over.pop();
      }
      continue;
    }
    if (over.some((section) => section.aside)) continue;
    if (line.kind === 'item' && line.level === 0 && isGroup(lines, index)) {
      // `Backend`, and below it what is to be done there.
      const children = childrenOf(lines, index).filter(({ kind, level }) => kind === 'item' && level === 1);
      for (const child of children)
        found.push(itemOf(child.text, child.text, child.number, null, tierOf(over)) ?? NO_ITEM);
    } else if (line.kind === 'item' && line.level === 0) {
      const item = stepOfItem(line, lines, index, tierOf(over));
      if (item !== null) found.push(item);
    } else if (
      line.kind === 'paragraph' &&
      isOnlyText(lines, index) &&
      over.at(-1)?.heading.level !== 1 &&
      WORK.test(over.at(-1)?.heading.text ?? '')
    ) {
      // `## Change`, and one sentence that says what.
      if (leadsWithVerb(line.text)) found.push(itemOf(line.text, line.text, null, null, 'work') ?? NO_ITEM);
    }
  }
  return found;
}

function isAside(heading: string, isTitle: boolean): boolean {
  if (isTitle) return false;
  const plain = plainly(heading);
  return ASIDE.test(plain) && !IS_WORK_AFTER_ALL.test(plain) && !STEP.test(plain);
}

const plainly = (text: string): string =>
  text
    .replace(/[*_`]/g, '')
    .replace(/^[^\p{L}\p{N}(#]+/u, '')
    .replace(/^(?:\d{1,2}(?:\.\d{1,2})?[.):]?|[ivx]{1,4}[.)])\s+/i, '')
    .trim();

function tierOf(over: readonly Section[]): Tier {
  for (const { heading } of [...over].reverse()) {
    const text = plainly(heading.text);
    if (heading.level > 1 && (STEPS.test(text) || PHASE.test(text))) return 'steps';
    if (heading.level > 1 && WORK.test(text)) return 'work';
  }
  return 'other';
}

/** The lines below a heading, up to the next of its rank. */
function below(lines: readonly OutlineLine[], index: number): number {
  const level = lines[index]?.level ?? 0;
  let last = index;
  while (last + 1 < lines.length) {
    const next = lines[last + 1];
    if (next === undefined || (next.kind === 'heading' && next.level <= level)) break;
    last += 1;
  }
  return last;
}

interface Step {
  readonly item: Found;
  readonly last: number;
}

/** A heading that is a step: `### 2. Cache the tiles`, `## Step 3: …`, `### Add a helper` in a section of changes. */
function stepOfHeading(line: OutlineLine, lines: readonly OutlineLine[], index: number, tier: Tier): Step | null {
  if (line.level === 1 && index === 0) return null;
  const last = below(lines, index);
  const bare = line.text.replace(/^\*\*|\*\*$/g, '').replace(/^[^\p{L}\p{N}(#`]+/u, '');
  const inside = lines.slice(index + 1, last + 1);
  const phase = PHASE.exec(bare);
  const steps = inside.filter(({ kind, level }) => kind === 'item' && level === 0);
  const hasHeadings = inside.some(
    ({ kind, level, text }) => kind === 'heading' && level < 8 && (STEP.test(text) || NUMBERED.test(text)),
  );
  if (hasHeadings) return null;
  if (phase !== null) {
    const isFine =
      steps.length > 1 &&
      (steps.every(({ number, checked }) => number !== null || checked !== null) || mostlyVerbs(steps));
    if (isFine) return null;
    const item = itemOf(bare.slice(phase[0].length) || bare, line.text, numberIn(phase[0]), detailOf(inside), 'steps');
    return item === null ? null : { item, last };
  }
  const step = STEP.exec(bare);
  const numbered = NUMBERED.exec(bare);
  const rest = bare.slice(step?.[0].length ?? numbered?.[0].length ?? 0);
  const isNamed = step !== null || numbered !== null;
  if (!isNamed && !(tier !== 'other' && leadsWithVerb(rest) && !WORK.test(rest) && !STEPS.test(rest))) return null;
  // A section that holds its steps under headings of their own.
  const holds = inside.some(({ kind, level }) => kind === 'heading' && level < 7);
  if (holds && (WORK.test(rest) || STEPS.test(rest)) && !isVerbAlone(rest)) return null;
  // Named after a file: what is to be done there stands below.
  if (isPath(rest) && steps.some(({ text }) => leadsWithVerb(text))) return null;
  // A section of the plan that is numbered as all others are.
  if (
    numbered !== null &&
    line.level <= 2 &&
    steps.length > 1 &&
    (STEPS.test(rest) || WORK.test(rest)) &&
    !leadsWithVerb(rest)
  )
    return null;
  const isBug = /^(?:bug|issue)/i.test(step?.[0] ?? '');
  if (isBug && inside.some(({ kind, text }) => kind === 'heading' && (WORK.test(plainly(text)) || STEPS.test(text))))
    return null;
  const isVerb = isWorkVerb(/^[\p{L}-]+/u.exec(rest)?.[0] ?? '');
  const words = isBug && !isVerb ? `Fix ${rest.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())}` : rest;
  const rank =
    isNamed && tier === 'other'
      ? /^(?:step|task|schritt|étape|paso|шаг)/iu.test(step?.[0] ?? '')
        ? 'steps'
        : 'work'
      : tier;
  const number =
    step === null
      ? Number(/^\(?\d{1,2}\.\d/.test(bare) ? NaN : (numbered?.[1] ?? numbered?.[2] ?? NaN))
      : numberIn(step[0]);
  const item = itemOf(words, line.text, Number.isNaN(number) ? null : number, detailOf(inside), rank);
  return item === null ? { item: NO_ITEM, last } : { item, last };
}

/** A step that is a check: it takes its lines with it and is filtered out at the end. */
const NO_ITEM: Found = { title: '', quote: '', number: null, detail: null, tier: 'other' };

const numberIn = (text: string): number | null => {
  const digits = /\d{1,3}/.exec(text)?.[0];
  return digits === undefined ? null : Number(digits);
};

/** What stands below an item, up to the next one of its list. */
function childrenOf(lines: readonly OutlineLine[], index: number): readonly OutlineLine[] {
  let end = index + 1;
  while (end < lines.length && end - index <= MAX_ITEMS && lines[end]?.kind !== 'heading' && lines[end]?.level !== 0)
    end += 1;
  return lines.slice(index + 1, end);
}

/** A name of one or two words over items of its own. */
function isGroup(lines: readonly OutlineLine[], index: number): boolean {
  const text = lines[index]?.text.replace(/\*\*|__|:$/g, '').trim() ?? '';
  if (text.split(/\s+/).length > 2 || leadsWithVerb(text)) return false;
  return childrenOf(lines, index).filter(({ kind, level }) => kind === 'item' && level === 1).length > 0;
}

function stepOfItem(line: OutlineLine, lines: readonly OutlineLine[], index: number, tier: Tier): Found | null {
  if (line.checked === true) return null;
  const isSure = tier === 'steps' || line.number !== null || line.checked !== null;
  const words = line.text.replace(/^(?:~~).*(?:~~)$/, '');
  if (!isSure && !leadsWithVerb(words) && !/^[*_]{0,2}`?[\w./-]+`?[*_]{0,2}\s*(?:[:–—]|-(?=\s))\s*\p{L}/u.test(words))
    return null;
  return itemOf(words, line.text, line.number, detailOf(childrenOf(lines, index)), tier);
}

function itemOf(words: string, quote: string, number: number | null, detail: string | null, tier: Tier): Found | null {
  const text = words
    .replace(/\*\*|__/g, '')
    .replace(/^[^\p{L}\p{N}`"'(/.]+/u, '')
    .trim();
  const label = /^[`\w./-]{2,60}(?:\s\([^)]{0,60}\))?\s*(?:[:–—]|\s-)\s+(?=\p{L})/u.exec(text)?.[0];
  const isFile = label !== undefined && isPath(label) && leadsWithVerb(text.slice(label.length));
  const said = isFile ? `${text.slice(label.length)} (${label.replace(/[`:–—\s]+$/g, '').replace(/`/g, '')})` : text;
  if (CHECK.test(said.replace(/`/g, '')) || NO_CHANGE.test(said) || isCommand(text) || /→\s*\d{1,2}[.)]/.test(said))
    return null;
  const ends = leadsWithVerb(said)
    ? /^(?:\S+\s+\S+\s+.{3,}?)(?:[.!?](?=\s+\p{Lu})|\s[—–]\s|:(?=\s|$))/u
    : /^(?:.{8,}?)(?:[.!?](?=\s+\p{Lu})|:$)/u;
  const first = ends.exec(said)?.[0] ?? said;
  const title = titleOf(first.replace(/[\s.:—–-]+$/, '')) || titleOf(said);
  if (!/\p{L}{3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2}/u.test(title)) return null;
  return { title, quote: quote.slice(0, MAX_QUOTE), number, detail, tier };
}

const isPath = (text: string): boolean => /^`?[\w@.-]*(?:[/\\][\w@.*-]+)+`?|^`?[\w-]+\.[a-z]{1,5}\b/i.test(text.trim());
/** A line that is nothing but something to type. */
const isCommand = (text: string): boolean => /^`[^`]{3,}`[.]?$/.test(text.trim()) && /\s/.test(text.trim());

function detailOf(lines: readonly OutlineLine[]): string | null {
  const text = lines.map((line) => (line.kind === 'item' ? `- ${line.text}` : line.text)).join('\n');
  return text === '' ? null : text.slice(0, MAX_DETAIL);
}

function leadsWithVerb(text: string): boolean {
  const plain = text
    .replace(/\*\*|__|`/g, '')
    .replace(/^(?:then|also|first|next|finally|optionally|optional:|please)[,:]?\s+/i, '');
  const [first = ''] = /^[\p{L}-]+/u.exec(plain) ?? [];
  // A list in another language says nothing by its first word.
  return (
    isWorkVerb(first) ||
    isGerund(first) ||
    /^[^\x00-\x7f]/.test(first) ||
    (baseForm(first) !== null && /^(?:use|do)$/i.test(first))
  );
}

const isVerbAlone = (text: string): boolean =>
  isWorkVerb(/^[\p{L}-]+/u.exec(text)?.[0] ?? '') && /\s/.test(text.trim());

const mostlyVerbs = (items: readonly OutlineLine[]): boolean =>
  items.filter(({ text }) => leadsWithVerb(text)).length * 2 >= items.length;

/** Whether the paragraph is all that its section holds. */
function isOnlyText(lines: readonly OutlineLine[], index: number): boolean {
  const before = lines[index - 1];
  if (before?.kind !== 'heading') return false;
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || (line.kind === 'heading' && line.level <= before.level)) return true;
    if (line.kind !== 'paragraph') return false;
  }
  return true;
}

function distinct(items: readonly Found[]): readonly PlanItem[] {
  const known = new Set<string>();
  return items.flatMap(({ title, quote, number, detail }) => {
    const key = title.toLowerCase();
    if (title === '' || known.has(key)) return [];
    known.add(key);
    return [{ title, quote, number, detail }];
  });
}

/** A plan of one paragraph: what it says first, where that is work. */
function lone(lines: readonly OutlineLine[]): readonly PlanItem[] {
  const paragraphs = lines.filter(({ kind }) => kind === 'paragraph');
  const [first] = paragraphs;
  if (first === undefined || paragraphs.length > 2 || !leadsWithVerb(first.text)) return [];
  const item = itemOf(first.text, first.text, null, null, 'other');
  return item === null ? [] : distinct([item]);
}
