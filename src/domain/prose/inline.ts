/** Text without inline marks: emphasis, links, images, HTML; inline code keeps its words. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** What is taken out of a line, but for blanks around it. */
const MARKED = /[*_`[<&~\\]|\s{2}/;

/** Code is put aside first: `__init__` and `a * b` hold no marks. */
export function plainOf(line: string): string {
  if (line.trim() === line && !MARKED.test(line)) return line;
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, n) => (n % 2 === 1 ? part.replaceAll('`', '') : unmarked(part)))
    .join('')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ')
    .trim();
}

function unmarked(part: string): string {
  return part
    .replace(/!?\[([^[\]\n]{0,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,500}(?:\s"[^"]{0,200}")?\)/g, '$1')
    .replace(/\[([^[\]\n]{1,300})\]\[[^[\]\n]{0,100}\]/g, '$1')
    .replace(/<(https?:\/\/[^\s<>]{1,500})>/g, '$1')
    .replace(
      /<\/?(?:b|i|u|em|strong|code|br|p|div|span|sub|sup|kbd|details|summary|a|img|ul|ol|li|hr|s|del|ins|mark)(?:\s[^<>]{0,300})?\/?>/gi,
      ' ',
    )
    .replace(/<!--[^>]{0,2000}-->/g, ' ')
    .replace(/\*\*\*|\*\*|~~/g, '')
    .replace(/(?<![\p{L}\p{N}_./])__([^_\n]{1,300})__(?![\p{L}\p{N}_.(])/gu, (all, words: string) =>
      // `__main__` is a name.
      /[\s:]/.test(words) || /^\p{Lu}/u.test(words) ? words : all,
    )
    .replace(/(?<![\p{L}\p{N}*/])\*(?=[^\s*])|(?<=[^\s*])\*(?![\p{L}\p{N}*/.])/gu, '')
    .replace(/(?<![\p{L}\p{N}_./-])_(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}.!?,)])_(?![\p{L}\p{N}_./-])/gu, '')
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\\([\\`*_{}[\]()#+.!>~|-])/g, '$1');
}
