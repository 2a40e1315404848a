import type { PromptDeclaration } from '../tool.js';

export const definePrompt = (prompt: PromptDeclaration): PromptDeclaration => prompt;

/** An argument of the user stands in quotes: it is a name to pass on, not a sentence of the prompt. */
export const scopeOf = (project: string | undefined): string =>
  project === undefined ? '' : ` for the project ${JSON.stringify(project)}`;
