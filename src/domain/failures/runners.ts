/** The marks by which runners of tests name a failing one, and the lines that count them. */
import { cued } from '../cue/index.js';

/** A mark of a failing test on one line. */
export interface Mark {
  readonly at: number;
  readonly name: string;
  /** The mark stands above what happened; others stand in a list or below it. */
  readonly leads: boolean;
  /** What happened, where the mark's own line says so. */
  readonly said: string;
}

/** What a line that marks a failing test cannot do without. */
export const MARKS = /fail| \[E\]$|✕|✗|✖|×|⨯|✘|●|not ok|error|❯|^\s*\d+\) |^_{3,} |\[x\]|#test_|^\s*\[-\]/i;

type Read = (line: string) => Omit<Mark, 'at'> | null;

const form =
  (pattern: RegExp, leads: boolean): Read =>
  (line) => {
    const match = pattern.exec(line);
    return match?.groups?.['name'] === undefined
      ? null
      : { name: match.groups['name'].trim(), leads, said: match.groups['said']?.trim() ?? '' };
  };

export const FORMS: readonly Read[] = [
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
  form(
    /^\s*(?:✕|✗|✖|×|⨯|✘(?: {1,3}\d+)?) (?:\[fail\]: )?(?<name>(?!\[ERROR\]|\||failing tests:|(?:Given|When|Then|And|But) |Test )\S.{0,300}?)(?: {1,200}?[([]?[\d.]+ ?m?s[)\]]?)?$/,
    false,
  ),
  form(/^\s{0,8}\d+\) Scenario: (?<name>.{1,300}?)(?: # .{1,200})?$/, true),
  form(/^\s{0,8}\d+\) (?<name>(?:\[\w[\w ]*\] › )?(?!(?:Failure|Error):?$).{1,300}?)(?: ─+)?:?$/, true),
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
  // minitest and Rails, Pest, Pester, PHP
  form(/^(?<name>[A-Z][\w:]{0,200}#test_[^\s\[]{1,200})(?: \[\S{1,300}:\d+\])?:$/, true),
  form(/^\s{1,4}FAILED {1,2}(?<name>\S{1,200} > .{1,300}?)(?: {2,200}\w{3,60})?$/, true),
  form(/^\s*\[-\] (?<name>\S.{0,300}?)(?: [\d.]+ ?m?s(?: \([^)]{1,40}\))?)?$/, true),
  // GoogleTest, Catch2, doctest
  form(/^\[ {2}FAILED {2}\] (?<name>[\w/]{1,200}\.[\w/]{1,200})(?:,.*)?(?: \(\d+ ms\))?$/, false),
  form(/^(?<name>\S{1,200}:\d+): FAILED:$/, true),
  form(/^(?<name>\S{1,200}:\d+): (?:FATAL )?ERROR: (?<said>(?:CHECK|REQUIRE)\w*\(.{1,300})$/, true),
  // Swift, Clojure, Haskell, R, Julia, Lua, Perl
  form(
    /^✘ Test "?(?<name>(?!run with)[^"\n]{1,200}?)"?(?:\(\))? recorded an issue at \S{1,200}: (?<said>.{1,300})$/,
    true,
  ),
  form(/^✘ Test "?(?<name>(?!run with)[^"\n]{1,200}?)"?(?:\(\))? failed after /, false),
  form(/^\S{1,300}:\d+: error: -\[(?<name>[^\]]{1,200})\] : (?<said>.{1,300})$/, true),
  form(/^(?:FAIL|ERROR) in \((?<name>[^()\s]{1,200})\)/, true),
  form(/^\s*(?<name>(?!Result:)\S.{0,200}?): +FAIL(?: \([\d.]+s\))?$/, true),
  form(/^(?:── )?(?:Failure|Error) \(\S{1,200}?\.R:\d+(?::\d+){0,2}\): (?<name>.{1,200}?)(?: ─+)?$/, true),
  form(/^(?<name>\S.{0,200}?): (?:Test Failed|Error During Test) at \S{1,300}:\d+$/, true),
  form(/^(?:Failure|Error) → (?<name>\S{1,300} @ \d+)$/, true),
  form(/^# {1,8}Failed (?:\(.{1,20}\) )?test (?:\d+: )?['"](?<name>.{1,200}?)['"]\.?$/, true),
  // Foundry, nextest, gotestsum, Robot Framework, OPA, Soda
  form(/^\[FAIL(?:[:.] ?(?:Reason: )?(?<said>[^\]]{1,200}))?\] (?<name>\w{1,200}\([^)]{0,200}\))/, false),
  form(/^\s*(?:FAIL|SIG[A-Z]{3,5}|TIMEOUT) \[ *[\d.]+s\] (?:\([\d/ ]{1,20}\) )?(?<name>\S{1,200} \S{1,300})$/, false),
  form(/^\s*--- STDERR: +(?<name>\S{1,200} \S{1,300}) ---$/, true),
  form(/^=== FAIL: \S{1,300} (?<name>\S{1,200})(?: \([\d.]+s\))?$/, true),
  form(/^(?<name>\S.{0,200}?) +\| FAIL \|$/, true),
  form(/^(?<name>data\.\S{1,200}): (?:FAIL|ERROR) \(/, false),
  form(/^\s{2,12}(?<name>\S.{1,200}) \[FAILED\]$/, true),
  // RSpec, dbt, CTest, XCTest, Elixir, shellspec and whoever writes `name ... FAILED`
  form(/^An error occurred while loading (?<name>\S{1,300}?)\.?$/, true),
  form(/^rspec (?<name>\S+\.rb:\d+ # .+)$/, false),
  form(/^(?:[\d:]{8}\s+)?\d+ of \d+ (?:FAIL|ERROR)(?: \d+)? (?<name>.{1,200}?) \.{3,}.*$/, true),
  form(/^(?:Failure|Failure in test|Error in test) (?:in )?(?:test )?(?<name>\w+ \(.{1,200}\))/, true),
  form(/^\s*\d+\/\d+ Test +#\d+: (?<name>\S+) \.+\s?\*{3}(?:Failed|Exception|Timeout)/, false),
  form(/^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: (?<name>.{1,300}) \[E\]$/, true),
  form(/^Test Case '-?\[?(?<name>[^\]']{1,200})\]?' failed/, false),
  form(/^(?<name>[\w./: -]{3,200}?) ?\.{3,} ?(?:\[FAIL(?:ED)?\]|FAIL(?:ED|URE)?|ERROR)(?: \([\d.]+ ?m?s\))?$/, true),
];

/** These tell that tests ran: list items and crosses mean failing tests only beside them. */
export const RAN = cued(
  /\b\d+ (?:\w+ )?(?:failed|failing|failures?)\b|^\s*[1-9]\d* fail$|^\s*Tests?:? {1,4}.*\d+ (?:failed|total)|^FAIL\b|^={3,} .*(?:FAILURES|ERRORS|short test summary)|^test result: FAILED|^(?:#|ℹ) fail [1-9]|^\s*Failed!? |^Tests run: |^FAILED \((?:failures|errors)|^--- FAIL|^1\.\.\d+$|^not ok|^Result: FAIL$|^\[ FAIL [1-9]|^Tests Passed: \d+, Failed: [1-9]|^\d+ failures, [1-9]\d* errors\.$|^FAIL: \d+\/\d+$/im,
);

/** Some tests failed: a summary where it says how many. */
export const SUMMARY =
  /^(?:=+ )?(?:\d+ (?:passed|skipped|deselected|warnings?|xfailed), )*[1-9]\d* (?:failed|errors?)\b(?:, \d+ \w+)*.* in [\d.]+ ?m?s|^\s*Tests?(?: Suites| Files)?:? {1,4}[1-9]\d* failed|^\s*[1-9]\d* (?:failing|failed)$|^\d+ (?:examples?|tests?|specs?|runs?),(?: \d+ \w+,)* [1-9]\d* (?:failures?|failed|errors?)|^\d+ passed,? (?:and )?[1-9]\d* failed|^[1-9]\d* failed,? (?:and )?\d+ passed|^FAILED \| |^\s*[1-9]\d* fail$|^\d+ of \d+ \w+ failed|^\d+% tests passed, [1-9]|^test result: FAILED|^(?:#|ℹ) fail [1-9]|^FAILED \((?:failures|errors)=|^Failed! {1,2}- Failed: +[1-9]|^Tests: \d+, Assertions: \d+, (?:Failures|Errors): [1-9]|^FAIL\t\S+|^\[?(?:ERROR|INFO)?\]? ?Tests run: \d+, Failures: (?:[1-9]|\d+, Errors: [1-9])/;

export const PASSED = cued(
  /^(?:=+ )?\d+ passed\b(?!.*[1-9]\d* (?:failed|error))|^\s*Tests?:? {1,4}\d+ passed|^\s*\d+ passing|^OK(?: \(|$)|^test result: ok|^(?:#|ℹ) fail 0\b|^ok {1,2}\t?\S+|^PASS(?:$|\t| \S+\.\w)|(?<!=)\b0 (?:failures|failed|failing)\b|^Passed! |^\s*Tests? Files? {1,3}\d+ passed|^BUILD SUCCESS|^Test Suites: \d+ passed/,
);

/** Marks that nothing but a runner of tests writes. */
export const isOwn = (line: string): boolean =>
  /^FAILED \S+\.py::|^\s*--- FAIL: |^test \S+ \.\.\. FAILED$|^\s*FAIL {1,3}\S+\.\w{2,4} > |\*{3}(?:Failed|Exception)|^Test Case '.* failed|-\d+: .* \[E\]$|#test_\w+(?: \[\S+:\d+\])?:$|^\[ {2}FAILED {2}\] \S+\.\S+|^\S+:\d+: (?:FAILED:$|(?:FATAL )?ERROR: (?:CHECK|REQUIRE))|^✘ Test |: error: -\[\w|^(?:FAIL|ERROR) in \(\S+\) \(|: Test Failed at \S+:\d+$|^(?:Failure|Error) → |^# +Failed (?:\(.+\) )?test |^\[FAIL[^\]]*\] test\w*\(|^=== FAIL: \S+ \S|^An error occurred while loading |^data\.\S+: FAIL \(|^ {1,4}FAILED {1,2}\S+ > |^[\d: ]*\d+ of \d+ FAIL|^\w[\w.]* > .* FAILED$|^\s*\w+(?:\.\w+)+(?:\(.{0,200}\))?\s{1,8}Failed$/.test(
    line,
  );
