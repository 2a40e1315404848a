/** Stubs that say by name that they are one: `todo!("…")` of Rust, `TODO("…")` of Kotlin, `\todo{…}` of LaTeX. */
import { markerOf, type Marker } from './markers.js';

const RUST = /^([^\n"]{0,300}?)\btodo!\([ \t]*(?:"([^"\\\n]{3,200})"[^)\n]{0,200})?\)/gm;
const KOTLIN = /^([^\n"]{0,300}?)(?<![\w."])TODO\([ \t]*"([^"\\\n]{3,200})"[ \t]*\)/gm;
const LATEX = /^((?:[^\n%\\]|\\(?!todo)){0,300}?)\\todo(?:\[[^\]\n]{0,80}\])?\{([^{}\n]{3,300})\}/gm;
const FUNCTION = /\bfn[ \t]+(\w{1,80})/g;
const SAYS_NOTHING = /^(?:(?:not (?:yet )?implemented(?: yet)?|implement(?: me| this)?)\W*)$/i;

export function macrosIn(code: string, path: string): readonly Marker[] {
  if (/\.rs$/i.test(path)) return code.includes('todo!(') ? found(code, RUST, true) : [];
  if (/\.kts?$/i.test(path)) return code.includes('TODO(') ? found(code, KOTLIN, false) : [];
  if (/\.(?:tex|ltx|sty)$/i.test(path)) return code.includes('\\todo') ? found(code, LATEX, false) : [];
  return [];
}

function found(code: string, pattern: RegExp, byFunction: boolean): readonly Marker[] {
  return [...code.matchAll(pattern)].flatMap((match) => {
    const [whole, before = '', words] = match;
    if (before.includes('//')) return [];
    const said = words === undefined || SAYS_NOTHING.test(words) ? null : words;
    const name = said === null && byFunction ? functionAbove(code, match.index + whole.length) : null;
    const text = said ?? (name === null ? null : `implement ${name}`);
    return (text === null ? null : markerOf('todo', text, whole.trim())) ?? [];
  });
}

/** The function that a bare stub stands in: the last one that begins above it. */
function functionAbove(code: string, at: number): string | null {
  return [...code.slice(Math.max(0, at - 800), at).matchAll(FUNCTION)].at(-1)?.[1] ?? null;
}
