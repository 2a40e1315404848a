import { MARK, scan, VALUE } from './scan.js';

export const HOLE = '\u0000';
export const VALUE_TOKEN = '<*>';

/** The tokens of a template: words, marks and `<*>`. */
export function tokensOf(template: string): string[] {
  const s = scan(template);
  const tokens: string[] = [];
  for (let i = 0; i < s.count; i++) {
    const kind = s.kind[i];
    if (kind === VALUE) tokens.push(VALUE_TOKEN);
    else if (kind === MARK) tokens.push(template.charAt(s.start[i] ?? 0));
    else tokens.push(template.slice(s.start[i], s.end[i]));
  }
  return tokens;
}

export const isMark = (token: string): boolean => token.length === 1 && !/[\p{L}\d]/u.test(token) && token !== HOLE;
export const isWord = (token: string): boolean => token !== VALUE_TOKEN && token !== HOLE && !isMark(token);
export const isCompound = (token: string): boolean => /[-._/@$\d\\]/.test(token);
export const frameOf = (tokens: readonly string[]): string => tokens.map((t) => (isMark(t) ? t : 'w')).join('');
