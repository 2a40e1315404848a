/**
 * JSON with the place of its first fault. `JSON.parse` of Node 20 names no line, and for short texts no position either;
 * and it takes the last of two equal keys without a word.
 */
export interface Parsed {
  readonly value: unknown;
  /** One sentence per fault; `value` counts only when there is none. */
  readonly faults: readonly string[];
}

class Fault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

export function parseJson(source: string): Parsed {
  const text = source.replace(/^\uFEFF/, '');
  const twice: { path: string; at: number }[] = [];
  try {
    scan(text, twice);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { value: undefined, faults: [`${place(text, error.at)}: ${error.message}`] };
  }
  const faults = twice.map(({ path, at }) => `${path}: stands twice, again at ${place(text, at)}; keep one of them`);
  return { value: JSON.parse(text), faults };
}

function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const MAX_DEPTH = 100;

/** Walks the text by the grammar of RFC 8259 and throws a Fault at the first character that does not fit. */
function scan(text: string, twice: { path: string; at: number }[]): void {
  let at = 0;
  const eat = (expression: RegExp): string | null => {
    expression.lastIndex = at;
    const found = expression.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const space = (): void => void eat(SPACE);
  const refuse = (wanted: string): never => {
    const found = text[at];
    if (found === undefined) throw new Fault(at, `the file ends where ${wanted} must follow`);
    if (found === '/' || found === '#') throw new Fault(at, 'comments are not allowed in JSON; take this one out');
    if (found === '"')
      throw new Fault(at, 'a text begins here that does not end, or has a line break or a wrong \\ in it');
    if (found === "'") throw new Fault(at, 'single quotes are not allowed in JSON; write "…"');
    throw new Fault(at, `found ${JSON.stringify(found)} where ${wanted} must stand`);
  };
  const value = (path: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw new Fault(at, 'is nested too deeply');
    space();
    if (text[at] === '{') members(path, depth);
    else if (text[at] === '[') elements(path, depth);
    else if (eat(STRING) === null && eat(SCALAR) === null) refuse('a value');
  };
  const members = (path: string, depth: number): void => {
    const seen = new Set<string>();
    at += 1;
    space();
    if (text[at] === '}') {
      at += 1;
      return;
    }
    for (;;) {
      space();
      const from = at;
      if (text[at] === '}') throw new Fault(at, 'a comma stands before "}"; take it out');
      const raw = eat(STRING) ?? refuse('a key in double quotes');
      const key = String(JSON.parse(raw));
      const inner = path === '' ? key : `${path}.${key}`;
      if (seen.has(key)) twice.push({ path: inner, at: from });
      seen.add(key);
      space();
      if (text[at] !== ':') refuse('":"');
      at += 1;
      value(inner, depth + 1);
      space();
      if (text[at] === '}') break;
      if (text[at] !== ',') refuse('"," or "}"');
      at += 1;
    }
    at += 1;
  };
  const elements = (path: string, depth: number): void => {
    at += 1;
    space();
    if (text[at] === ']') {
      at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      space();
      if (text[at] === ']') throw new Fault(at, 'a comma stands before "]"; take it out');
      value(`${path}[${index}]`, depth + 1);
      space();
      if (text[at] === ']') break;
      if (text[at] !== ',') refuse('"," or "]"');
      at += 1;
    }
    at += 1;
  };
  value('', 0);
  space();
  if (at < text.length) refuse('the end of the file');
}
