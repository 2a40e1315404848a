import { messageOf } from '../errors.js';

/**
 * An error as one line for a log or the board: its class and its message, cut to 300 characters.
 * The message of a SyntaxError is left out, since it quotes the text that did not parse.
 */
export function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return error instanceof SyntaxError ? name : `${name}: ${messageOf(error)}`.slice(0, 300);
}
