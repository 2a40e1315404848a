/** What ties an error to tasks and conversations: names that both use, their words, and when both happened. */
export { linkKeysOf } from './keys.js';
