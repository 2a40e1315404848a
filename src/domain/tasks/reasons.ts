/** Why a task stands as it does, in words. */
import type { StatusEvent } from './record.js';

/** What whoever reads conversations says of a change, where it is not plain. Anything else is words already. */
const WORDS: Readonly<Record<string, string>> = {
  begun: 'work on it began',
  reported: 'the assistant reported it',
  'tests-pass': 'the assistant reported it, and its tests had passed',
  'tests-fail': 'the assistant reported it, though its last test run had failed',
  commit: 'the assistant reported it, with a commit',
  'pull-request': 'the assistant reported it, with a pull request',
  'user-said': 'the user said so',
  'not-begun': 'the assistant said that it was not begun',
  unfinished: 'the assistant said that it was not finished',
  stuck: 'the assistant could not go on',
  'left-out': 'the assistant left it out, and said so',
  refused: 'what it takes was not allowed',
  promised: 'put off with a promise',
  interrupted: 'the user interrupted the work',
  limit: 'a limit was reached in the midst of the work',
  answered: 'the user answered what it waited for',
  undone: 'what had brought it was taken back',
  reopened: 'it came back after it had been closed',
  'marker-removed': 'its marker was taken out of the code',
  dropped: 'a later list left it out',
  deleted: 'deleted from its list',
};

/** A hand's note stands as it was written. */
export function reasonInWords({ why, by }: Pick<StatusEvent, 'why' | 'by'>): string | null {
  return why === null || by === 'hand' || !Object.hasOwn(WORDS, why) ? why : (WORDS[why] ?? why);
}
