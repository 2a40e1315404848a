import { clean, oneLine } from '../../domain/clean.js';

/**
 * The last look at text before it leaves for a model: `text` without escapes, controls and invisible characters, at most
 * `maxChars` long. The ledger's text was cleaned when it was stored, and is again, since a ledger may be older than a rule.
 * @param breaks `line` (default) folds white space to single blanks; `lines` keeps line breaks
 */
export function plain(text: string, maxChars: number, breaks: 'line' | 'lines' = 'line'): string {
  // What is cut away anyway is not worth cleaning; four times leaves room for what cleaning takes out.
  const head = text.slice(0, maxChars * 4 + 64);
  return breaks === 'line' ? oneLine(head, maxChars) : clean(head, maxChars);
}
