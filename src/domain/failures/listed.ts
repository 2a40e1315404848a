/** What runners of tests write beside a mark: what happened above it, and its name below it. */
import type { Mark } from './runners.js';
import type { Line } from './window.js';

/** Which runners write above the mark what happened, and where that begins. */
const WRITTEN_ABOVE: readonly { readonly mark: RegExp; readonly begins: RegExp; readonly most: number }[] = [
  // Go with `-v`
  { mark: /--- FAIL/, begins: /^(?!\s{4})/, most: 40 },
  { mark: /^\[ {2}FAILED {2}\] /, begins: /^\[ RUN {6}\]/, most: 40 },
  // Catch2 names the test above the place.
  { mark: /: FAILED:$/, begins: /^(?:$|[-=~]{5}.*[^-=~.]$)/, most: 6 },
  { mark: /^✗ .{1,300} \[[\d.]+m?s\]$/, begins: /^(?:[✓✗] |\S+:$|bun test )/, most: 24 },
];
const RULE = /^\W*$/;

export function aboveOf(lines: readonly Line[], mark: number, places: ReadonlySet<number>): readonly string[] {
  const text = lines[mark]?.text ?? '';
  const runner = WRITTEN_ABOVE.find((one) => one.mark.test(text));
  const above: string[] = [];
  if (runner === undefined) return above;
  for (let at = mark - 1; at >= 0 && at >= mark - runner.most; at -= 1) {
    const line = lines[at]?.text ?? '';
    if (runner.begins.test(line) || places.has(at)) break;
    if (!RULE.test(line)) above.unshift(line);
  }
  return above;
}

const NUMBERED = /^(\s*)\d+\) /;
const COUNTED = /^\s*[1-9]\d* failing$/;
/** Suites within suites. */
const MOST_LEVELS = 8;

/**
 * Mocha and its kin number a failing test twice: in the tree of suites by its name, and behind the count by its suite, with the
 * name below, further in. The second tells what happened.
 */
export function inSuites(marks: readonly Mark[], lines: readonly Line[]): readonly Mark[] {
  const counted = lines.findIndex(({ text }) => COUNTED.test(text));
  if (counted === -1) return marks;
  const isNumbered = ({ at }: Mark): boolean => NUMBERED.test(lines[at]?.text ?? '');
  return marks
    .filter((mark) => mark.at > counted || !isNumbered(mark))
    .map((mark) => (isNumbered(mark) ? { ...mark, name: nameBelow(mark, lines) } : mark));
}

function nameBelow({ at, name }: Mark, lines: readonly Line[]): string {
  const names = [name];
  for (let next = at + 1; next < lines.length && next <= at + MOST_LEVELS; next += 1) {
    const text = lines[next]?.text ?? '';
    if (!/^\s{6}/.test(text) || /^\s*[\w$]{0,60}(?:Error|Exception)\b/.test(text)) break;
    names.push(text.trim().replace(/:$/, ''));
    if (text.endsWith(':')) return names.join(' > ');
  }
  return name;
}
