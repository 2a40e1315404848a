/** Tests that failed, by the marks of their runners. */
import { CUES } from './cues.js';
import { aboveOf, inSuites } from './listed.js';
import { FORMS, isOwn, MARKS, PASSED, RAN, SUMMARY, type Mark } from './runners.js';
import type { Line } from './window.js';

export interface FailedTest {
  /** Its own name, without suite and file. */
  readonly name: string;
  readonly at: number;
  readonly to: number;
  readonly message: string;
}

export interface TestRun {
  readonly failed: readonly FailedTest[];
  /** Tests ran and all that is told of them is that they passed. */
  readonly passed: boolean;
  /** Line of a summary that counts failed ones; -1 where none does. */
  readonly summaryAt: number;
}

/** How far what happened to a test may stand from its mark. */
const MOST_LINES = 40;
const MAX_TESTS = 24;
const MAX_MESSAGE_CHARS = 2_000;

export function testRunOf(lines: readonly Line[]): TestRun {
  let summaryAt = -1;
  let anyPassed = false;
  let ran = false;
  const marks: Mark[] = [];
  for (const [at, { text, cues }] of lines.entries()) {
    if ((cues & CUES.SUMS) !== 0) {
      if (SUMMARY.test(text)) summaryAt = at;
      else if (PASSED.test(text)) anyPassed = true;
    }
    if ((cues & CUES.MARKS) === 0 || !MARKS.test(text)) continue;
    ran ||= RAN.test(text);
    for (const read of FORMS) {
      const mark = read(text);
      if (mark === null || /^\d+ (?:failed|passed|total)|^(?:\d+ )?tests?$/i.test(mark.name)) continue;
      marks.push({ at, ...mark });
      break;
    }
  }
  if (!ran && summaryAt === -1 && !marks.some((mark) => isOwn(lines[mark.at]?.text ?? '')))
    return { failed: [], passed: anyPassed, summaryAt };
  const failed = grouped(inSuites(marks, lines), lines);
  return { failed, passed: anyPassed && failed.length === 0 && summaryAt === -1, summaryAt };
}

/** The test's own name: without file, suites, time and parameters of the runner. */
export function leafOf(name: string): string {
  const bare = name.replace(/ ?[([][\d.<]+ ?m?s[)\]]$/, '').replace(/\s\([\w.]+\)$/, '');
  const parts = bare.split(/ > | › | » |::|#(?=test_)|(?<=\w)\/(?=\w)/);
  const last = (parts.at(-1) ?? bare).trim();
  return /^[\w.]+$/.test(last) ? (last.split('.').at(-1) ?? last) : last;
}

const squeezed = (name: string): string =>
  leafOf(name)
    .replace(/[\s_]+/g, ' ')
    .toLowerCase();

function grouped(marks: readonly Mark[], lines: readonly Line[]): readonly FailedTest[] {
  const byName = new Map<string, Mark[]>();
  for (const mark of marks) {
    const key = squeezed(mark.name);
    const known = byName.get(key);
    if (known !== undefined) known.push(mark);
    else if (byName.size < MAX_TESTS * 4) byName.set(key, [mark]);
  }
  const places = new Set(marks.map(({ at }) => at));
  const failed: FailedTest[] = [];
  const parents = marks.map(({ name }) => name);
  for (const group of byName.values()) {
    const first = group[0];
    if (first === undefined) continue;
    // A suite fails because of what is in it, and that is listed too.
    if (group.every(({ name }) => parents.some((other) => isWithin(other, name)))) continue;
    if (failed.length === MAX_TESTS) break;
    failed.push(told(group, first, lines, places));
  }
  return failed;
}

const isWithin = (inner: string, outer: string): boolean =>
  inner.length > outer.length && inner.startsWith(outer) && /^(?:\/| > | › |::)/.test(inner.slice(outer.length));

const ASSERTION =
  /^\s*(?:E {2,}\S|>? ?(?:[\w.:$]*(?:Error|Exception|Failure)\b|panicked|Expected|Received|expected|Error Message|Failure\/Error|assert|left:|right:|\w+_test\.go:\d+:|\S+\.\w{1,5}:\d+: ))/;
const ENDS = /^(?:=+ |-{5,}|ok {1,2}\t|PASS\b|FAIL(?:\t|$)|Tests?:? {1,4}\d|=== RUN|running \d+ test|test result)/;

function told(group: readonly Mark[], first: Mark, lines: readonly Line[], places: ReadonlySet<number>): FailedTest {
  const said = group.find((mark) => mark.said !== '');
  const lead = group.find((mark) => mark.leads) ?? said ?? first;
  const longest = group.reduce((best, mark) => (mark.name.length > best.name.length ? mark : best), first);
  const below: string[] = [];
  let to = lead.at;
  for (let at = lead.at + 1; at < lines.length && at <= lead.at + MOST_LINES; at += 1) {
    const text = lines[at]?.text ?? '';
    if (places.has(at) || ENDS.test(text)) break;
    to = at;
    if (text.trim() !== '') below.push(text);
  }
  if (!below.some((text) => ASSERTION.test(text))) below.unshift(...aboveOf(lines, lead.at, places));
  const telling = below.filter((text) => ASSERTION.test(text));
  const head = said === undefined ? (lines[longest.at]?.text ?? '').trim() : (lines[said.at]?.text ?? '').trim();
  const headed = head.includes(leafOf(longest.name)) ? head : `${longest.name}\n${head}`;
  const parts = [headed, ...telling.slice(0, 8), ...below.filter((text) => !telling.slice(0, 8).includes(text))];
  return {
    name: leafOf(longest.name),
    at: Math.min(...group.map(({ at }) => at)),
    to: Math.max(to, ...group.map(({ at }) => at)),
    message: parts.join('\n').slice(0, MAX_MESSAGE_CHARS).trimEnd(),
  };
}
