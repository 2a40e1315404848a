/** What ties an error to tasks and conversations: names that both use, their words, and when both happened. */
export { fisherExact, leastLift, type Together } from './fisher.js';
export { fileOfKey, linkKeysOf, mentionsOf, pathKey } from './keys.js';
export { TextIndex } from './text-index.js';
export { componentReason, keyReason, tieOf, timeReason, wordsReason, type Reason, type Tie } from './ties.js';
export { termsOf } from './words.js';
