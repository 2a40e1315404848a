/** Which tasks an account of work says are done, sentence by sentence. */
import { isOpen } from '../../model.js';
import { covers, doubtIn, masked, namesLittle, type Account, type AssistantAct } from '../../prose/index.js';
import { labelledTask } from './labels.js';
import type { ThreadTask } from './state.js';
import { change, isWaiting, type Scene } from './tasks.js';

/** Share of a task's words from which on a sentence is about it. */
const ABOUT_FROM = 0.6;
/** The same, where the user waits for it in this turn. */
export const ASKED_FROM = 0.5;

/** Tasks that the user waits for, and of which a sentence says how it is now, are done. */
export function closeMentioned(scene: Scene, account: Account, spoken: Set<ThreadTask>): void {
  for (const task of scene.thread.tasks.filter(isWaiting)) {
    if (spoken.has(task) || task.status === 'blocked') continue;
    if (task.status === 'pending' && task.asked === 'now' && !scene.thread.worked) continue;
    const from = task.asked === 'now' ? ASKED_FROM : ABOUT_FROM;
    const told = account.telling(task.title, from);
    if (told === undefined) continue;
    spoken.add(task);
    if (!doubted(scene, task, account, from)) change(scene, task, 'completed', backing(scene), told);
  }
}

/** What is spoken of is not done where the words sound otherwise. @returns whether they do */
function doubted(scene: Scene, task: ThreadTask, account: Account, from: number): boolean {
  for (const [sentence, next] of account.tellings(task.title, from)) {
    const clause = sentence.split(CLAUSES).find((one) => covers(one, task.title) >= from);
    const doubt = clause === undefined ? null : doubtIn(masked(clause, task.title).text, `${sentence} ${next}`);
    if (doubt === null) continue;
    change(scene, task, doubt, REASONS[doubt], sentence);
    return true;
  }
  return false;
}

/** What is said of something stands beside it. */
const CLAUSES = /[,;:] | [–—-] | but | so | because | since /;
const REASONS = { blocked: 'stuck', pending: 'not-begun', in_progress: 'unfinished' } as const;

/** Items of lists are closed by their lists; by prose only where a report says in so many words that one is done. */
export function closeListed(
  scene: Scene,
  acts: readonly AssistantAct[],
  account: Account,
  spoken: Set<ThreadTask>,
): void {
  const { thread } = scene;
  const reports = acts.flatMap((act) => (act.is === 'done' ? [act.quote] : []));
  const isLast = thread.worked && !acts.some((act) => act.is === 'narration' || act.is === 'stuck');
  for (const task of thread.tasks) {
    if (task.source !== 'structured' || !isOpen(task.status) || task.status === 'blocked' || spoken.has(task)) continue;
    const told =
      (task.status === 'in_progress' ? reports.find((quote) => covers(quote, task.title) >= ABOUT_FROM) : undefined) ??
      (isLast && !namesLittle(task.title) ? account.telling(task.title, LISTED_FROM) : undefined);
    if (told === undefined) continue;
    spoken.add(task);
    change(scene, task, 'completed', backing(scene), told);
  }
}

/** Amid the work something is said to be done: of several that the user waits for, the one that is clearly spoken of most. */
export function closeLikeliest(scene: Scene, account: Account, spoken: Set<ThreadTask>): void {
  const waiting = scene.thread.tasks.filter((task) => isWaiting(task) && task.asked === 'now');
  if (waiting.some((task) => spoken.has(task)) || !scene.thread.worked) return;
  const [first, second] = waiting
    .map((task) => ({ task, share: account.share(task.title) }))
    .sort((a, b) => b.share - a.share);
  if (first === undefined || first.share < LIKELY_FROM || first.share < 2 * (second?.share ?? 0)) return;
  spoken.add(first.task);
  change(scene, first.task, 'completed', backing(scene), null);
}

const LIKELY_FROM = 0.3;
/** The last account of a turn names nearly all that an item of a list names. */
const LISTED_FROM = 0.8;
/** Followed by what is so of them: `2 of the tests fail` is about none. */
const NUMBERS =
  /^(?:(?:number|item|point|no\.?|task)s? ?|#)?(\d{1,2}(?:(?:, | and | & |, and )\d{1,2})*)(?= (?:is|are|was|were|has|have|works?|now|meanwhile)\b|[:.]|$)/i;

/** Tasks that `1 and 3` or `Number 2` stand for. */
export function byNumbers({ tasks }: Scene['thread'], words: string): readonly ThreadTask[] {
  const numbers = NUMBERS.exec(words.trim())?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  return tasks.filter(({ number, status }) => number !== undefined && numbers.includes(number) && isOpen(status));
}

/** `1 and 3 are through`: done, as far as nothing else is said of them. */
export function closeNumbered(scene: Scene, account: Account, spoken: Set<ThreadTask>): void {
  if (scene.thread.tasks.every(({ number }) => number === undefined)) return;
  for (const sentence of account.sentences) {
    for (const task of byNumbers(scene.thread, sentence)) {
      if (spoken.has(task) || task.status === 'blocked') continue;
      spoken.add(task);
      change(scene, task, 'completed', backing(scene), sentence);
    }
  }
}

/** Behind a label it says that there is more to do. */
const OPEN =
  /n't\b|\b(?:not?|never|none|nothing|only|half|part(?:ly|ial\w*)|still|yet|needs?|wait\w*|missing|pending|until|left|remain\w*|to-?do|tbd|open|unclear|unsure|in progress|started|begun|draft|later|next|blocked|stuck)\b/i;

/** `Gift note: survives a trip back`: done, as far as nothing else is said of it. */
export function closeLabelled(
  scene: Scene,
  account: Account,
  labels: ReadonlyMap<string, string>,
  spoken: Set<ThreadTask>,
): void {
  if (labels.size === 0) return;
  for (const sentence of account.sentences) {
    const task = labelledTask(scene, labels.get(sentence));
    if (task === null || spoken.has(task) || task.status === 'blocked' || OPEN.test(sentence)) continue;
    if (task.status === 'pending' && !scene.thread.worked) continue;
    spoken.add(task);
    change(scene, task, 'completed', backing(scene), sentence);
  }
}

/** What backs a report that something is done, as a reason. */
export function backing({ thread }: Scene): string {
  if (thread.tests === 'fail') return 'tests-fail';
  return thread.proof ?? (thread.tests === 'pass' ? 'tests-pass' : 'reported');
}
