/** What short words amid the work mean: an answer to a question, `not now`, `I'll do that part`, `2 is done`, `still not right`. */
import { laterIn, type UserAct } from '../../prose/index.js';
import type { Thread, ThreadTask } from './state.js';
import { add, change, isLeft, type Scene } from './tasks.js';

/** What waited for an answer of the user waits no more, whatever the answer was. */
export function answer(scene: Scene, acts: readonly UserAct[]): void {
  const { thread } = scene;
  if (!thread.isAsking || thread.offers.length > 0 || acts.some((act) => act.is === 'hold' || act.is === 'cancel'))
    return;
  for (const task of thread.tasks) {
    if (task.status !== 'blocked' || task.asked === null || task.turn !== thread.turn - 1) continue;
    change(scene, task, 'pending', 'answered', null);
    task.asked = 'now';
  }
}

/** In answer to a question of how: that it is not wanted at all. */
export const TAKES_BACK =
  /\b(?:forget|never ?mind|nvm|scrap|scratch|cancel|drop|skip|abort|changed my mind|no longer|any ?more|not needed|against it|not worth|don'?t (?:bother|need|want)|after all)\b|\bdon'?t\b[.,!]?(?: |$)(?!know|care|think|mind|have|see|understand|remember|worry|use|forget)/i;

/** Put off by the user, and not by what is waited for. */
const PUTS_OFF =
  /\b(?:postpone|defer|delay|park|put off|push back|move|shelve|later|another (?:day|time)|not (?:now|today|yet|this))\b/i;
export const held = (act: Extract<UserAct, { is: 'hold' | 'cancel' }>): 'pending' | 'blocked' =>
  act.is === 'hold' && PUTS_OFF.test(act.quote) && (act.until === null || laterIn(act.until) !== null)
    ? 'pending'
    : 'blocked';

/** The task that bears this number in what was listed last. */
export function numbered(thread: Thread, about: string): ThreadTask | null {
  if (!/^#?\d{1,2}$/.test(about)) return null;
  const id = thread.offers.find((offer) => offer.number === Number(about.replace('#', '')))?.id ?? null;
  return thread.tasks.find((task) => task.id === id) ?? null;
}

/** What was told of a moment ago, and is not as it was told; nobody asked for it in this conversation. */
export function mend(scene: Scene, quote: string): void {
  const { thread } = scene;
  const told = thread.topics.find((topic) => REPORTS.test(topic) && !/\?\s*$/.test(topic));
  if (told === undefined) return;
  const named = wordsIn(quote) > 3 ? quote : told;
  const title = `Fix: ${named.replace(FIXED, '').replace(/[\s.!]+$/, '')}`.slice(0, 110);
  const task = add(scene, { title, source: 'request', status: 'in_progress', quote, asked: 'now' });
  task.asked = 'now';
}
const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word.length > 3).length;
const FIXED = /^(?:(?:fixed|done|great|ok|ready|no+|nope|hm+|sorry|but|nice|cool)[:.!,]* +)+/i;
const REPORTS =
  /\b(?:now|no longer|any ?more|fixed|done|ready|works?|added|changed|finished|(?:is|are|has been|have been|i|i've|we) (?:\w+ ){0,2}\w+ed)\b/i;

/** `I'll do that part myself tomorrow`: names nothing. */
export const VAGUE =
  /^(?:do|take|take care of|handle|finish|get to|see to|deal with|look after|sort(?: out)?|manage|tackle) (?:it|that|this|them|those|that (?:part|one|bit|step|thing)|this (?:part|one|bit|step|thing)|the rest)(?: (?:myself|ourselves|part|later|tomorrow|tonight|today|soon|then|by hand|on (?:my own|\w+day)|next \w+|this \w+|after \w+|at (?:home|work)))*(?:: .*)?$/i;

/** The one thing that is left of what was last spoken of. */
export function lastLeft(thread: Thread): ThreadTask | null {
  const left = thread.tasks.filter((task) => isLeft(task) && task.turn >= thread.turn - 1);
  return left.length === 1 ? (left[0] ?? null) : null;
}
