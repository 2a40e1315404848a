/** What a user says in a message in English, as acts. The door of this room. */
import { cued } from '../../cue/index.js';
import type { Before, Block, Message, UserAct } from '../model.js';
import { sentencesIn, sentencesOf } from '../sentences.js';
import { titleOf } from '../title.js';
import {
  isAddressing,
  isExplaining,
  isNotNow,
  isPraise,
  isWorkList,
  pointsIn,
  remarksIn,
  stepsIn,
  type Remark,
} from './lists.js';
import { numbersIn, pickIn } from './answers.js';
import { reviewIn, withoutTalk } from './documents.js';
import { Reading } from './reading.js';
import { cut, traceIn } from './problem.js';
import { requestOf } from './ask.js';
import { wordsOf } from './clauses.js';
import { namesWork } from './gate.js';

/** What is longer is a document that was pasted; a request stands at its beginning or end. */
const MAX_BLOCKS = 300;
const MAX_SENTENCES = 60;
/** The prompts of programs describe a role; nobody wants them in a list. */
const ROLE = /^(?:you are (?:an?|the) [\w\s"'’,.-]{3,}|act as (?:an?|the) |your role is )/i;
const PLAN =
  /^(?:(?:please|ok|now|go ahead and|can you|could you|let'?s)[, ]+)*(?:implement|execute|carry out|follow|build|work through|start on|start|do|realise|realize|apply) (?:the |this |that |my |our |above |attached |following |approved )*(?:plan|spec(?:ification)?|design|proposal|todo list|roadmap)\b/i;

export function userActs(message: Message, before: Before): readonly UserAct[] {
  const topics = before.topics ?? [];
  return counted(said(message, before), topics).filter(
    (act) =>
      !('title' in act) ||
      (act.is === 'promise' && act.stated !== null) ||
      (act.is === 'ask' && act.kind === 'answer') ||
      namesWork(act.title),
  );
}

/** `for those 14`: of what the message before counted. */
function counted(acts: readonly UserAct[], topics: readonly string[]): readonly UserAct[] {
  const spoken = topics.findLast((topic) => topic.length > 12 && !/\?\s*$/.test(topic));
  return acts.map((act) => {
    if (act.is !== 'ask' && act.is !== 'promise') return act;
    // `we must encrypt them before the release`: of what was just spoken of.
    if (
      /^[A-Z][a-z-]+ (?:it|this|that|them|those|these|one)\b/.test(act.title) &&
      !namesWork(
        (act.title.split(':', 1)[0] ?? '').replace(
          / (?:(?:in|with|on|after|during) (?:the |an? )?(?:next|another|separate|later|follow-?up)(?: \w+)?|in (?:early |late |mid-?)?(?:january|february|march|april|may|june|july|august|september|october|november|december)|another (?:day|time)|next \w+|at (?:home|work|the office)|on my (?:\w+ )?(?:mac|machine|laptop|box|phone)|tonight|tomorrow|later|today)$/i,
          '',
        ),
      )
    )
      return spoken === undefined ? act : { ...act, title: cut(`${act.title.split(':', 1)[0] ?? ''}: ${spoken}`) };
    const number = /\b(?:those|these|the|all) (\d{1,4})$/i.exec(act.title)?.[1];
    if (number === undefined) return act;
    const things = new RegExp(`\\b${number} ((?:[a-z-]+ )?[a-z-]{2,}(?:s|ren|ple))\\b`, 'i');
    const found = topics.map((topic) => things.exec(topic)?.[1]).findLast((one) => one !== undefined);
    return found === undefined ? act : { ...act, title: cut(`${act.title} ${found}`) };
  });
}

function said(message: Message, before: Before): readonly UserAct[] {
  const own = withoutTalk(message.blocks);
  const blocks = own.length > MAX_BLOCKS ? [...own.slice(0, MAX_BLOCKS - 20), ...own.slice(-20)] : own;
  const first = blocks[0];
  if (first !== undefined && ROLE.test(first.text) && (first.text.length > 60 || blocks.length > 1)) return [];
  if (first !== undefined && first.kind === 'paragraph' && PLAN.test(first.text)) {
    const heading = blocks.find(({ kind }) => kind === 'heading')?.text;
    if (heading !== undefined)
      return [
        {
          is: 'ask',
          kind: 'change',
          title: titleOf(`Implement the plan: ${heading.replace(/^plan:\s*/i, '')}`),
          stated: null,
          later: null,
          quote: first.text.slice(0, 200),
        },
      ];
  }
  const review = reviewIn(message);
  if (review !== null) return review;
  const reading = new Reading(before, traceIn(message));
  const hasQuotes = message.pasted.some(({ kind }) => kind === 'quote');
  const remarks = hasQuotes && blocks.some(({ text }) => isAddressing(text)) ? remarksIn(message) : [];
  const hasItems = blocks.some(({ kind }) => kind === 'item' || kind === 'box');
  const chosen = hasItems ? chosenItems(blocks) : null;
  const left = hasItems ? leftItems(blocks) : NONE;
  const hasWork = blocks.some((block) => (block.kind === 'item' || block.kind === 'box') && !isExplaining(block));
  let sentences = 0;
  let number = 0;
  for (const [index, block] of blocks.entries()) {
    if (sentences > MAX_SENTENCES) break;
    if (block.kind === 'heading') continue;
    if (block.kind === 'item' || block.kind === 'box') {
      if (block.depth > 0 || block.checked) continue;
      number += 1;
      if ((chosen !== null && !chosen.has(index)) || left.has(index)) continue;
      sentences += 1;
      for (const step of stepsIn(block)) readItem(reading, step, chosen !== null, number);
      continue;
    }
    const next = blocks[index + 1];
    const leadsIn =
      next !== undefined && next.kind !== 'paragraph' && next.kind !== 'heading' && /:\s*$/.test(block.text);
    if (hasWork && isExplaining({ ...block, lead: null })) continue;
    const points = pointsIn(block.text);
    if (points.length > 0) {
      sentences += points.length;
      for (const point of points) readPoint(reading, point);
      continue;
    }
    const all = sentencesIn(block);
    for (const [at, sentence] of all.entries()) {
      sentences += 1;
      if (sentences > MAX_SENTENCES) break;
      if (leadsIn && at === all.length - 1) continue;
      if (chosen !== null && isChoosing(sentence)) continue;
      if (hasItems && WORKING_THROUGH.test(sentence)) continue;
      if (remarks.length > 0 && isAddressing(sentence)) {
        for (const remark of chosenRemarks(sentence, remarks))
          reading.task(remarkTitle(remark), remark.quote, remark.where);
        continue;
      }
      reading.sentence(sentence, index === 0 && at === 0);
    }
    reading.paragraph();
  }
  return reading.acts();
}

function readItem(reading: Reading, block: Block, isChosen: boolean, number: number): void {
  if ((!isChosen && isExplaining(block)) || TAKEN_BACK.test(block.text)) return;
  const { text } = block;
  if (
    text.length < 3 ||
    (!isChosen && (isPraise(text) || isNotNow(text)) && requestOf(wordsOf(text), false, true) === null)
  )
    return;
  const lead = block.lead ?? '';
  const known = reading.count;
  reading.item(sentencesOf(text).slice(0, 3));
  if (reading.count > known || /\?\s*$/.test(text)) return;
  if (isChosen) return reading.task(fixed(text), text, null);
  // `Add the following endpoints:` says what is done with each.
  const asked = lead === '' ? null : requestOf(wordsOf(lead.replace(/:\s*$/, '')), false, true);
  const verb = asked?.words[0]?.low ?? '';
  if (
    asked !== null &&
    asked.kind === 'change' &&
    /^(?:add|fix|remove|delete|update|rename|create|implement|support|drop|replace|migrate|move|document|test|write|port|convert|translate|upgrade|bump|cover|clean|refactor|handle|address|change|enable|disable|hide|show)$/.test(
      verb,
    )
  ) {
    if (
      cued(
        /\b(?:with|has|have|having|contain\w*|includ\w*|like|that|which|where|so|such|for|using|by|consist\w*|as|to)\b[^:]{0,30}:?\s*$/i,
      ).test(lead) &&
      number > 0
    )
      return;
    reading.task(titleOf(/^(?:address|handle|fix)$/.test(verb) ? text : `${verb} ${text}`), text, null);
    return;
  }
  if (/^(?:it|they|this|that) /i.test(text)) return;
  // `Here's what I want:` and things that are not there yet.
  const isWish =
    /\b(?:want|need|would like|'d like|wish)/i.test(lead) && requestOf(wordsOf(text), false, true) === null;
  if (isWorkList(block) && !/\b(?:should know|note|aware|background|know)\b/i.test(lead))
    reading.task(
      titleOf(isWish ? `Add ${text.replace(/^(?:A|An|The) /, (word) => word.toLowerCase())}` : text),
      text,
      null,
    );
}

/** `take the first two`, `everything in there except the popup`. */
function chosenRemarks(sentence: string, remarks: readonly Remark[]): readonly Remark[] {
  const numbers = isChoosing(sentence)
    ? numbersIn(sentence.split(/, (?=the|no|not|but)/, 2).find(isChoosing) ?? '', remarks.length)
    : [];
  if (numbers.length > 0) return remarks.filter((_, at) => numbers.includes(at + 1));
  const not =
    /\b(?:except|apart from|besides|other than|but not|without)(?: for)? (?:the |that |this )?([\p{L}-]{3,})/iu.exec(
      sentence,
    )?.[1];
  return not === undefined ? remarks : remarks.filter(({ text }) => !text.toLowerCase().includes(not.toLowerCase()));
}

/** `this leaks a timer` says of its file what is wrong with it. */
function remarkTitle({ where, text }: Remark): string {
  const fault = /^(?:this|it|that) (?=\w)(.+)$/i.exec(text)?.[1];
  return fault !== undefined && where !== null && !/^(?:should|must|needs?|could|can|has to|ought)\b/i.test(fault)
    ? cut(`Fix ${where}, which ${fault}`)
    : titleOf(text);
}

/** A fault that stands in a list as a sentence or a noun. */
const fixed = (text: string): string =>
  titleOf(
    /^(?:the|a|an) |^(?:crash|bug|error|hang|freeze|typo|leak)/i.test(text)
      ? `Fix ${text.replace(/^(?:The|A|An) /, (word) => word.toLowerCase())}`
      : text,
  );

/** `rename the bucket (no wait, strike that)`. */
const TAKEN_BACK = cued(
  /[(,;–—-] ?(?:no,? )?(?:wait|sorry|scratch that|strike that)\b.{0,80}?\b(?:strike|scratch|scrap|forget|ignore|skip) (?:that|this|it)\b|\b(?:strike|scratch|scrap) (?:that|this)(?: one)?[).! ]*$/i,
);

function readPoint(reading: Reading, point: string): void {
  const known = reading.count;
  reading.item(sentencesOf(point).slice(0, 3));
  if (reading.count === known && !/\?\s*$/.test(point) && !isNotNow(point))
    reading.task(
      titleOf(point.replace(/,? (?:but )?(?:that one|this one|it|that)(?:'s| is) (?:just |only )?.{0,60}$/i, '')),
      point,
      null,
    );
}

const NONE: ReadonlySet<number> = new Set();
const WORKING_THROUGH = cued(
  /^(?:(?:please|pls|ok|so|now|and)[, ]+)*(?:(?:can|could|would|will) you (?:please )?|let'?s )?(?:work|go) (?:through|down|on) (?:these|those|them|this|the list|all of (?:these|them))\b.{0,30}$|^(?:(?:please|pls|ok|so|now|and)[, ]+)*(?:(?:can|could|would|will) you (?:please )?)?(?:tackle|handle|fix|address|do|sort out|take care of|deal with|look (?:at|into)) (?:these|those|them|all of (?:these|them))(?: all)?(?: please| for me| one by one| in (?:that|this) order)?[.?! ]*$/i,
);

/** Items of a message's own list that it takes out again: `3 stays as it is`. */
function leftItems(blocks: readonly Block[]): ReadonlySet<number> {
  const items: number[] = [];
  for (const [index, block] of blocks.entries())
    if (block.kind === 'item' && block.depth === 0 && block.number !== null) items.push(index);
  if (items.length < 2 || items.length > 40) return NONE;
  const left = new Set<number>();
  const before = { isAsking: false, numbers: items.map((_, at) => at + 1) };
  for (const block of blocks) {
    if (block.kind !== 'paragraph' || block.text.length > 600) continue;
    for (const sentence of sentencesIn(block)) {
      if (!/^(?:and |but )?(?:(?:number|no\.?|item|point) )?#?\d/i.test(sentence)) continue;
      for (const part of sentence.split(/, (?:and |but )?(?=#?\d)/)) {
        const pick = pickIn(part, before);
        if (pick?.is !== 'pick' || pick.verdict !== 'no' || typeof pick.numbers === 'string') continue;
        for (const number of pick.numbers) left.add(items[number - 1] ?? -1);
      }
    }
  }
  return left;
}

const CHOOSING = cued(
  /\b(?:take|do|fix|handle|tackle|start with|work on|address|look (?:at|into)|implement|pick(?: up)?|begin with|go for|get)\b.{0,30}\b(?:first|second|third|fourth|fifth|last|one|ones|\d|all|both|these|those)\b/i,
);
/** `start with the first one`: the others come after it. */
const ORDERS = /^(?:please |ok |so )*(?:start|begin) with\b(?!.*\bonly\b)/i;
const isChoosing = (sentence: string): boolean =>
  CHOOSING.test(sentence) && sentence.length < 160 && !ORDERS.test(sentence);

/** The items of a message's own list that it asks for: `can you take the first two and the cutscene?`; null where it does not choose. */
function chosenItems(blocks: readonly Block[]): ReadonlySet<number> | null {
  const items: number[] = [];
  for (const [index, block] of blocks.entries())
    if ((block.kind === 'item' || block.kind === 'box') && block.depth === 0) items.push(index);
  const last = items.at(-1) ?? 0;
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'paragraph') continue;
    for (const sentence of sentencesIn(block)) {
      // Before the list only numbers choose: `do 1 and 3`.
      if (
        !isChoosing(sentence) ||
        (index < last &&
          !/\b(?:do|take|fix|handle|address|tackle|only|just)\b.{0,20}#?\b\d{1,2}\b(?!\.\d| \w+s\b)/i.test(sentence))
      )
        continue;
      const isAll = /\b(?:all(?: of)?|both|these|those)\b/i.test(sentence) && !/\b(?:first|last|\d)\b/i.test(sentence);
      const numbers = numbersIn(sentence, items.length);
      const chosen = new Set<number>(isAll ? items : numbers.flatMap((number) => items[number - 1] ?? []));
      if (isAll) continue;
      const words = sentence
        .toLowerCase()
        .split(/[^\p{L}\d]+/u)
        .filter(
          (word) =>
            word.length > 3 &&
            !/^(?:take|first|second|third|fourth|fifth|last|three|four|please|could|would|with|start|work|tackle|address|handle|ones|item|items|point|points|next|only|just|begin|look|into)$/.test(
              word,
            ),
        );
      for (const item of items)
        if (words.some((word) => (blocks[item]?.text ?? '').toLowerCase().includes(word))) chosen.add(item);
      if (chosen.size > 0) return chosen;
    }
  }
  return null;
}
