import type { PromptDeclaration } from '../tool.js';
import { handOff } from './hand-off.js';
import { morningReview } from './morning-review.js';
import { whyFailing } from './why-failing.js';

/** Every prompt, in the order in which clients see them. In Claude Code each is a slash command. */
export const prompts: readonly PromptDeclaration[] = [morningReview, handOff, whyFailing];
