import { MARK, scan, VALUE, WORD } from './scan.js';

/** What stands at a place of a template. */
export interface Token {
  readonly text: string;
  /** `hole`: words were seen there, too many different ones to be the program's own. */
  readonly kind: 'word' | 'value' | 'mark' | 'hole';
  /** Blanks stand in front of it. */
  readonly gap: boolean;
}

export const WILDCARD = '<*>';
const KINDS = { [WORD]: 'word', [VALUE]: 'value', [MARK]: 'mark' } as const;

/** @param holes places at which `<*>` stands for words, as `holesOf` gave them */
export function tokensOf(template: string, holes: readonly number[] = []): Token[] {
  const s = scan(template);
  const tokens: Token[] = [];
  for (let i = 0; i < s.count; i++) {
    const kind = s.kind[i] === VALUE ? 'value' : KINDS[s.kind[i] === MARK ? MARK : WORD];
    const text = kind === 'value' ? WILDCARD : template.slice(s.start[i], s.end[i]);
    tokens.push({ text, kind, gap: s.gap[i] === 1 });
  }
  for (const hole of holes) {
    const token = tokens[hole];
    if (token !== undefined) tokens[hole] = holeAt(token);
  }
  return tokens;
}

export const holeAt = (token: Token): Token => ({ text: WILDCARD, kind: 'hole', gap: token.gap });

export const holesOf = (tokens: readonly Token[]): number[] =>
  tokens.flatMap(({ kind }, at) => (kind === 'hole' ? [at] : []));

export const textOf = (tokens: readonly Token[]): string =>
  tokens.map(({ text, gap }, at) => (gap && at > 0 ? ` ${text}` : text)).join('');

/** Only templates with the same marks at the same places can be one: the marks are the program's. */
export const frameOf = (tokens: readonly Token[]): string =>
  tokens.map(({ text, kind }) => (kind === 'mark' ? text : 'w')).join('');
