/** The steps of a plan, one piece of work each; its goals, grounds, checks and lists of files are none. */
import { outlineOf, type OutlineLine } from './outline.js';
import { titleOf } from './title.js';
import { baseForm, isGerund, isWorkVerb } from './words.js';

export { looksLikePlan, splitPlan, type PlanAsk } from './plan-ask.js';

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

/** Sections that hold no work, by how their heading begins. */
const ASIDE =
  /^(?:the )?(?:(?:high[- ]level |executive |technical |project |problem |current |existing |key |important |success |acceptance |exit |test(?:ing)? |manual |open |known |design |non-?functional )*)(?:context|goals?|objectives?|aims?|background|overview|summary|tl;?dr|motivation|problems?|issues?|root causes?|causes?|why|rationale|analysis|findings|investigation|research|current (?:state|behaviou?r|situation|architecture)|state|statement|behaviou?r|verif(?:ication|y(?:ing)?)|validation|testing|tests?(?: (?:plan|strategy|cases|scenarios|coverage))?|strategy|qa|checks?|how to (?:test|verify)|criteria|definition of done|done when|expected (?:results?|outcomes?|behaviou?r)|outcomes?|results?|metrics|risks?|mitigations?|concerns|caveats|limitations|trade-?offs?|considerations|out[- ]of[- ]scope|not in scope|non[- ]?goals?|won'?t do|what (?:this|we).{0,20}\bnot\b.*|excluded|exclusions|scope(?: note)?s?|notes?|remarks?|files?(?: (?:to (?:be )?(?:modify|modified|change|changed|create|created|edit|touch|update|add)|modified|changed|affected|involved|touched))?|(?:affected|modified|changed|critical|relevant|key|new|related) files?.*|files? .{0,30}|structure|directory structure|questions?|unknowns|decisions?|assumptions?|constraints?|prerequisites?|requirements? met|alternatives?(?: considered)?|options? considered|references?|links?|resources|see also|appendix|glossary|examples?|usage|api reference|architecture|data flow|diagram|timeline|estimates?|effort|schedule|dependencies|rollback(?: plan)?|bug location|location|edge cases?|impact|benefits?|security considerations|performance considerations|how it works|what already works|already done|done|completed)\b/i;
/** Of several words only these are sure to be no work: `Tests to write` and `Files to delete` are. */
const IS_WORK_AFTER_ALL = /\b(?:to (?:write|delete|remove|add tests)|to[- ]?do|tasks?|steps)\b/i;
/** Sections whose list is the work, surely. */
const STEPS =
  /\b(?:steps?(?:[- ]by[- ]step)?|to[- ]?dos?|tasks?|task list|checklist|order of (?:work|implementation|execution)|(?:implementation|execution) (?:order|sequence|steps?|plan|phases?|checklist|tasks?)|phases|milestones|action items|work items|next steps|what to do|work breakdown|deliverables|schritte|aufgaben|umsetzung|étapes|tâches|pasos|tareas|шаги|задачи|этапы)\b|手順|ステップ|步骤|任务/iu;
/** Sections in which work is described, in a list or under headings of its own. */
const WORK =
  /^(?:the |proposed |planned |required |necessary |suggested |code |detailed |technical |main |core |recommended )*(?:changes?|modifications?|implementation(?: details?)?|plan|fix(?:es)?|solutions?|approach|proposal|work|design changes|edits|what (?:changes|to change|we(?:'ll| will) (?:do|build|change))|features?|requirements?|scope of work|improvements?|refactor(?:ing|ings)?|migration|build|änderungen|plan|changements|cambios|изменения|план)\b/iu;
/** `Phase 2: …`: its list is finer than it is. `Step 2: …` is the work itself. */
const PHASE =
  /^(?:phase|stage|milestone|part|week|day|sprint|iteration|track|workstream|epic|wave|etappe|фаза|этап)\s+(?:\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four|five)\b\s*(?:\([^)]{0,40}\))?\s*[:.–—-]?\s*/iu;
const STEP =
  /^(?:step|task|change|fix|bug|issue|item|commit|schritt|étape|paso|шаг)\s+#?(\d{1,2}|[a-z])\b\s*(?:\([^)]{0,40}\))?\s*[:.)–—-]?\s*/iu;
const NUMBERED = /^(?:\(?(\d{1,2})(?:\.\d{1,2})?[.):]|#(\d{1,2}):?)\s+/;
/** A step that only looks whether all is well. */
const CHECK =
  /^(?:verify\b|validate (?:that|the (?:changes|fix|result)s?)|confirm (?:that|the|it)|manual(?:ly)?\b|(?:re-?)?run (?:all |the |full |whole |entire |existing |unit |integration |e2e |complete )*(?:tests?|test suite|suite|linters?|lint|checks?|type-?checks?|build|ci|`?(?:npm|pnpm|yarn|go|cargo|mise|make|pytest|mvn|gradle|dotnet|tox|jest|vitest)\b)|check (?:that|whether|if|all|everything)|make sure\b|ensure (?:that |all )?(?:the )?(?:existing )?(?:tests?|build|ci|lint)|test (?:that|manually|end[- ]to[- ]end|everything|it|the (?:whole|full|complete))|all tests pass|tests pass|(?:npm|pnpm|yarn|go|cargo|mise|make) (?:run|test|build)|(?:done|success) (?:when|if)|(?:goal|context|why|note|risk|reason|background|purpose|rationale|root cause|files?|tests?|verification)\s*:)/i;
const NO_CHANGE =
  /(?:^|[:–—-]\s*)(?:no[- ]op\b|no changes?\b|unchanged\b|nothing to (?:do|change)|leave (?:it |this )?as (?:it )?is|already (?:done|works|exists))/i;

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
      const aside = over.some((section) => section.aside) || isAside(line.text, over.length === 0 && index === 0);
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
    if (line.kind === 'item' && line.level === 0) {
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
    .replace(/^(?:\d{1,2}[.):]?|[ivx]{1,4}[.)])\s+/i, '')
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
  const number = step === null ? Number(numbered?.[1] ?? numbered?.[2] ?? NaN) : numberIn(step[0]);
  const item = itemOf(words, line.text, Number.isNaN(number) ? null : number, detailOf(inside), rank);
  return item === null ? { item: NO_ITEM, last } : { item, last };
}

/** A step that is a check: it takes its lines with it and is filtered out at the end. */
const NO_ITEM: Found = { title: '', quote: '', number: null, detail: null, tier: 'other' };

const numberIn = (text: string): number | null => {
  const digits = /\d{1,3}/.exec(text)?.[0];
  return digits === undefined ? null : Number(digits);
};

function stepOfItem(line: OutlineLine, lines: readonly OutlineLine[], index: number, tier: Tier): Found | null {
  if (line.checked === true) return null;
  const isSure = tier === 'steps' || line.number !== null || line.checked !== null;
  const words = line.text.replace(/^(?:~~).*(?:~~)$/, '');
  if (!isSure && !leadsWithVerb(words) && !/^`?[\w./-]+`?\s*(?:[:–—]|-(?=\s))\s*\p{L}/u.test(words)) return null;
  const inside: OutlineLine[] = [];
  for (let next = index + 1; next < lines.length; next++) {
    const further = lines[next];
    if (further === undefined || further.kind === 'heading' || further.level === 0) break;
    inside.push(further);
  }
  return itemOf(words, line.text, line.number, detailOf(inside), tier);
}

function itemOf(words: string, quote: string, number: number | null, detail: string | null, tier: Tier): Found | null {
  const text = words
    .replace(/\*\*|__/g, '')
    .replace(/^[^\p{L}\p{N}`"'(/.]+/u, '')
    .trim();
  const label = /^[`\w./-]{2,60}(?:\s\([^)]{0,60}\))?\s*(?:[:–—]|\s-)\s+(?=\p{L})/u.exec(text)?.[0];
  const isFile = label !== undefined && isPath(label) && leadsWithVerb(text.slice(label.length));
  const said = isFile ? `${text.slice(label.length)} (${label.replace(/[`:–—\s]+$/g, '').replace(/`/g, '')})` : text;
  if (CHECK.test(said.replace(/`/g, '')) || NO_CHANGE.test(said) || isCommand(text)) return null;
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
