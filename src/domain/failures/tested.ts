/** Tests that failed, by the marks of their runners. */
import { cued } from '../cue/index.js';
import { CUES } from './cues.js';
import type { Line } from './window.js';

/** A mark of a failing test on one line. */
interface Mark {
  readonly at: number;
  readonly name: string;
  /** The mark stands above what happened; others stand in a list or below it. */
  readonly leads: boolean;
  /** What happened, where the mark's own line says so. */
  readonly said: string;
}

export interface FailedTest {
  /** Its own name, without suite and file. */
  readonly name: string;
  readonly at: number;
  readonly to: number;
  readonly message: string;
}

/** What a line that marks a failing test cannot do without. */
const MARKS = /fail| \[E\]$|✕|✗|✖|×|●|not ok|error|❯|^\s*\d+\) |^_{3,} |\[x\]/i;

type Read = (line: string) => Omit<Mark, 'at'> | null;

const form =
  (pattern: RegExp, leads: boolean): Read =>
  (line) => {
    const match = pattern.exec(line);
    return match?.groups?.['name'] === undefined
      ? null
      : { name: match.groups['name'].trim(), leads, said: match.groups['said']?.trim() ?? '' };
  };

const FORMS: readonly Read[] = [
  // pytest: its summary, the heads of its sections, `-v`
  form(/^(?:FAILED|ERROR) (?<name>\S{1,300}\.py(?:::[^\n]{1,300}?)?)(?: - (?<said>.+))?$/, false),
  form(/^_{3,} (?:ERROR (?:at \w+ of|collecting) )?(?<name>[\w[\].:/ <>,-]{1,300}?) _{3,}$/, true),
  form(/^(?<name>\S{1,300}\.py::\S{1,300}) (?:FAILED|ERROR)\b/, false),
  // Go
  form(/^\s*--- FAIL: (?<name>\S+)(?: \([\d.]+s\))?$/, true),
  // Rust
  form(/^test (?<name>\S+) \.\.\. FAILED$/, false),
  form(/^---- (?<name>\S+) stdout ----$/, true),
  // vitest, jest, mocha, node:test, Playwright, bats, TAP
  form(/^\s{0,4}FAIL {1,3}(?<name>(?:\|\w+\| )?\S{1,200}\.\w{2,4} > .{1,300})$/, true),
  form(
    /^\s{2,4}● (?<name>(?!Console|Test suite failed|Cannot log).{1,300} › .{1,300}|(?!Console|Cannot log)\S.{1,300})$/,
    true,
  ),
  form(/^\s*(?:✕|✗|✖|×) (?<name>.{1,300}?)(?: ?[([]?[\d.]+ ?m?s[)\]]?)?$/, false),
  form(/^\s{0,8}\d+\) (?<name>(?:\[\w[\w ]*\] › )?.{1,300}?)(?: ─+)?:?$/, true),
  form(/^\s*not ok \d+ (?:- )?(?<name>(?!.*# (?:TODO|SKIP)).{1,300})$/i, true),
  // .NET, xUnit, Unity, NUnit
  form(/^\s*Failed (?<name>[\w.`<>+]{3,300}(?:\(.{0,200}\))?) \[[\d<]?.{1,12}\]$/, true),
  form(/^\[xUnit\.net [\d:.]+\]\s+(?<name>\S.{1,300}) \[FAIL\]$/, true),
  form(/^\s*(?<name>\w+(?:\.\w+){1,20}(?:\(.{0,200}\))?)\s{1,8}Failed$/, true),
  // unittest
  form(/^(?:FAIL|ERROR): (?<name>\w+ \([\w.]+\)|test\w+)$/, true),
  form(/^(?<name>test\w* \([\w.]+\)) \.{3} (?:FAIL|ERROR)$/, false),
  // JUnit by Maven and Gradle, ScalaTest
  form(/^\[ERROR\] {1,4}(?<name>[\w$]+(?:\.[\w$]+)+(?::\d+)?)(?:->\S+)?(?: » | ?:? )(?<said>.+)$/, false),
  form(/^(?<name>\w[\w.]* > .{1,200}) FAILED$/, true),
  form(/^\[info\] - (?<name>.{1,300}) \*{3} FAILED \*{3}/, true),
  // RSpec, dbt, CTest, XCTest, Elixir, shellspec and whoever writes `name ... FAILED`
  form(/^rspec (?<name>\S+\.rb:\d+ # .+)$/, false),
  form(/^(?:[\d:]{8}\s+)?\d+ of \d+ (?:FAIL|ERROR)(?: \d+)? (?<name>.{1,200}?) \.{3,}.*$/, true),
  form(/^(?:Failure|Failure in test|Error in test) (?:in )?(?:test )?(?<name>\w+ \(.{1,200}\))/, true),
  form(/^\s*\d+\/\d+ Test +#\d+: (?<name>\S+) \.+\s?\*{3}(?:Failed|Exception|Timeout)/, false),
  form(/^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: (?<name>.{1,300}) \[E\]$/, true),
  form(/^Test Case '-?\[?(?<name>[^\]']{1,200})\]?' failed/, false),
  form(/^(?<name>[\w./: -]{3,200}?) ?\.{3,} ?(?:\[FAIL(?:ED)?\]|FAIL(?:ED|URE)?|ERROR)(?: \([\d.]+ ?m?s\))?$/, true),
];

/** These tell that tests ran: list items and crosses mean failing tests only beside them. */
const RAN = cued(
  /\b\d+ (?:\w+ )?(?:failed|failing|failures?)\b|^\s*[1-9]\d* fail$|^\s*Tests?:? {1,4}.*\d+ (?:failed|total)|^FAIL\b|^={3,} .*(?:FAILURES|ERRORS|short test summary)|^test result: FAILED|^(?:#|ℹ) fail [1-9]|^\s*Failed!? |^Tests run: |^FAILED \((?:failures|errors)|^--- FAIL|^1\.\.\d+$|^not ok/im,
);

/** Some tests failed: a summary where it says how many. */
const SUMMARY =
  /^(?:=+ )?(?:\d+ (?:passed|skipped|deselected|warnings?|xfailed), )*[1-9]\d* (?:failed|errors?)\b(?:, \d+ \w+)*.* in [\d.]+ ?m?s|^\s*Tests?(?: Suites| Files)?:? {1,4}[1-9]\d* failed|^\s*[1-9]\d* (?:failing|failed)$|^\d+ (?:examples?|tests?|specs?|runs?),(?: \d+ \w+,)* [1-9]\d* (?:failures?|failed|errors?)|^\d+ passed,? (?:and )?[1-9]\d* failed|^[1-9]\d* failed,? (?:and )?\d+ passed|^FAILED \| |^\s*[1-9]\d* fail$|^\d+ of \d+ \w+ failed|^\d+% tests passed, [1-9]|^test result: FAILED|^(?:#|ℹ) fail [1-9]|^FAILED \((?:failures|errors)=|^Failed! {1,2}- Failed: +[1-9]|^Tests: \d+, Assertions: \d+, (?:Failures|Errors): [1-9]|^FAIL\t\S+|^\[?(?:ERROR|INFO)?\]? ?Tests run: \d+, Failures: (?:[1-9]|\d+, Errors: [1-9])/;

const PASSED = cued(
  /^(?:=+ )?\d+ passed\b(?!.*[1-9]\d* (?:failed|error))|^\s*Tests?:? {1,4}\d+ passed|^\s*\d+ passing|^OK(?: \(|$)|^test result: ok|^(?:#|ℹ) fail 0\b|^ok {1,2}\t?\S+|^PASS(?:$|\t| \S+\.\w)|(?<!=)\b0 (?:failures|failed|failing)\b|^Passed! |^\s*Tests? Files? {1,3}\d+ passed|^BUILD SUCCESS|^Test Suites: \d+ passed/,
);

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
  const failed = grouped(marks, lines);
  return { failed, passed: anyPassed && failed.length === 0 && summaryAt === -1, summaryAt };
}

/** Marks that nothing but a runner of tests writes. */
const isOwn = (line: string): boolean =>
  /^FAILED \S+\.py::|^\s*--- FAIL: |^test \S+ \.\.\. FAILED$|^\s*FAIL {1,3}\S+\.\w{2,4} > |\*{3}(?:Failed|Exception)|^Test Case '.* failed|-\d+: .* \[E\]$|^[\d: ]*\d+ of \d+ FAIL|^\w[\w.]* > .* FAILED$|^\s*\w+(?:\.\w+)+(?:\(.{0,200}\))?\s{1,8}Failed$/.test(
    line,
  );

/** The test's own name: without file, suites, time and parameters of the runner. */
export function leafOf(name: string): string {
  const bare = name.replace(/ ?[([][\d.<]+ ?m?s[)\]]$/, '').replace(/\s\([\w.]+\)$/, '');
  const parts = bare.split(/ > | › | » |::|(?<=\w)\/(?=\w)/);
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
  // Go with `-v` writes what happened above the mark.
  if (!below.some((text) => ASSERTION.test(text)) && /--- FAIL/.test(lines[lead.at]?.text ?? '')) {
    const above: string[] = [];
    for (let at = lead.at - 1; at >= 0 && at >= lead.at - MOST_LINES; at -= 1) {
      const text = lines[at]?.text ?? '';
      if (!/^\s{4}/.test(text) || places.has(at)) break;
      above.unshift(text);
    }
    below.unshift(...above);
  }
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
