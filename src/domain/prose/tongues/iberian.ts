/** Verbs of Spanish and Portuguese: forms by their endings. */
import { lowered } from './text.js';

interface Forms {
  readonly orders: readonly string[];
  readonly participles: readonly string[];
}

const ending = (stem: string, ...ends: readonly string[]): readonly string[] => ends.map((end) => stem + end);

/** `tocar` → `toque`, `pagar` → `pague`, `lanzar` → `lance`. */
const softened = (stem: string): string => stem.replace(/c$/u, 'qu').replace(/g$/u, 'gu').replace(/[zç]$/u, 'c');

/** Orders to one and to several, said plainly and politely. */
export function formsOf(infinitive: string): Forms {
  const stem = infinitive.slice(0, -2);
  if (infinitive.endsWith('ar')) {
    const soft = softened(stem);
    return {
      orders: [...ending(stem, 'a', 'á', 'ad'), ...ending(soft, 'e', 'es', 'en', 'em')],
      participles: ending(stem, 'ado', 'ada', 'ados', 'adas'),
    };
  }
  return {
    orders: [...ending(stem, 'e', 'é', 'í', 'ed', 'id'), ...ending(stem, 'a', 'as', 'an', 'am')],
    participles: ending(stem, 'ido', 'ida', 'idos', 'idas'),
  };
}

export const join = (verb: string, object: string): string => `${verb} ${lowered(object)}`.trim();
