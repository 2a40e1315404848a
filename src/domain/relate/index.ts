/** What ties an error to tasks and conversations: names that both use, their words, and when both happened. */
export { fisherExact, leastLift } from './fisher.js';
export { linkKeysOf, mentionsOf, pathKey } from './keys.js';
export { Shelf, type ErrorText, type TaskText } from './shelf.js';
export { compareWith, SPAN_MS } from './spans.js';
export { TextIndex } from './text-index.js';
export { keyReason, tieOf, wordsReason, type Reason, type Tie } from './ties.js';
export { termsOf } from './words.js';
