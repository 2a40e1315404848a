/** Files that a text names. */

const EXTENSIONS =
  'py|pyi|tsx?|jsx?|mjs|cjs|mts|cts|vue|svelte|go|rs|java|kt|kts|scala|rb|php|cs|cpp|cc|c|hpp|h|swift|lua|sh|sql|ya?ml|json|toml|conf|ini|css|scss|html|md|ipynb|service';
/** A path, or a file's bare name; then the line in one of the ways that tools write it. Every repetition is bounded. */
const FILE = new RegExp(
  String.raw`(?<![\w.@%-])((?:[A-Za-z]:)?[\\/]?(?:[\w.@+-]{1,80}[\\/]){0,20}[\w.@+-]{1,80}\.(?:${EXTENSIONS}))(?![\w.-]{0,3}\w)(?:"?, line (\d{1,7})|:(\d{1,7})|\((\d{1,7})[,)])?`,
  'g',
);

/** In the order of the text, as they are written there; a file named twice stands twice. */
export function filesNamedIn(text: string): { readonly path: string; readonly line: number | null }[] {
  return [...text.matchAll(FILE)].map(([, path = '', quoted, colon, bracket]) => {
    const line = quoted ?? colon ?? bracket;
    return { path, line: line === undefined ? null : Number(line) };
  });
}
