/** Files that hold several languages: markup, scripts and styles. A piece of one may show no tag that tells which it is. */
import { MIXED, type Syntax } from './syntax.js';

export interface Region {
  readonly text: string;
  readonly syntax: Syntax;
}

const TAG = /<(\/?)(script|style)\b[^>\n]{0,300}>/gi;
/** Markup alone, whatever it looks like. */
const PURE =
  /\.(?:xml|xsl|xslt|svg|xaml|\w*proj|props|targets|plist|pom|resx|storyboard|xib|jinja2?|j2|njk|liquid|twig)$/i;

const syntaxOf = (tag: string): Syntax => (tag.toLowerCase() === 'style' ? MIXED.style : MIXED.script);

export function regionsOf(text: string, path: string): readonly Region[] {
  if (PURE.test(path)) return [{ text, syntax: MIXED.markup }];
  const regions: Region[] = [];
  let from = 0;
  let open: string | null = null;
  for (const tag of text.matchAll(TAG)) {
    const [whole, slash, name = ''] = tag;
    if (slash === '/') {
      // The first tag closes: the text begins inside it.
      const inside = open ?? (regions.length === 0 ? name : null);
      regions.push({ text: text.slice(from, tag.index), syntax: inside === null ? MIXED.markup : syntaxOf(inside) });
      open = null;
    } else {
      if (open !== null) continue;
      regions.push({
        text: text.slice(from, tag.index),
        syntax: from === 0 ? guess(text.slice(from, tag.index), path) : MIXED.markup,
      });
      open = name;
    }
    from = tag.index + whole.length;
  }
  const rest = text.slice(from);
  if (open !== null) regions.push({ text: rest, syntax: syntaxOf(open) });
  else regions.push({ text: rest, syntax: regions.length === 0 ? guess(rest, path) : MIXED.markup });
  return regions;
}

/** What a text without tags of scripts and styles is. */
function guess(text: string, path: string): Syntax {
  if (/\.astro$/i.test(path) && text.startsWith('---')) return MIXED.script;
  const start = text.slice(0, 4_000);
  if (/^\s*(?:<[a-z!/@{%]|[{@]{1,2}[#%/!])/i.test(start) || /<\/[a-z]|\/>/i.test(start)) return MIXED.markup;
  if (/^\s*(?:[.#@&:][\w-]+[^;{}]*\{|[\w-]+:[^;{}]+;\s*(?:\n|$))/.test(start)) return MIXED.style;
  return MIXED.script;
}
