/** The tests that a message names. */
import { leafOf } from './tested.js';

const TEST_NAMES: readonly RegExp[] = [
  /^FAILED \S+?::(\S+)/gm,
  /--- FAIL: (\S+)/g,
  /^\s{0,4}FAIL {1,3}\S+\.\w{2,4} > (.{1,200})$/gm,
  /^test (\S+) \.\.\. FAILED$/gm,
  /^\s*Failed ([\w.]{3,200}) \[/gm,
  /^\s*(\w+(?:\.\w+)+)\s{1,8}Failed$/gm,
  /^\s{0,4}● (.{1,200})$/gm,
  /\b\d+ of \d+ (?:FAIL|ERROR)(?: \d+)? (\S{1,200})/g,
  /^(?:FAIL|ERROR): (\w+) \(/gm,
  /^_{3,} (\S{1,200}) _{3,}$/gm,
  /#(test_[^\s[:]{1,200})/g,
  /^\[ {2}FAILED {2}\] ([\w/]{1,200}\.[\w/]{1,200})/gm,
  /^✘ Test "?(.{1,200}?)"?(?:\(\))? (?:recorded an issue|failed after)/gm,
  /^(\S.{0,200} > .{1,200})\n\d+\) /gm,
  /^\[FAIL[^\]\n]{0,200}\] (\w{1,200})\(/gm,
  /^\s*(?:FAIL|TIMEOUT) \[ *[\d.]{1,12}s\] (?:\([\d/ ]{1,20}\) )?(\S{1,200} \S{1,200})$/gm,
  /^=== FAIL: \S{1,200} (\S{1,200})/gm,
  /^# +Failed (?:\([^)\n]{1,20}\) )?test (?:\d+: )?['"](.{1,200}?)['"]/gm,
  /^(\S.{0,200}?): +FAIL(?: \(|$)/gm,
  /^\s*\[-\] (.{1,200}?)(?: [\d.]{1,12} ?m?s.{0,60})?$/gm,
  /^(?:FAIL|ERROR) in \((\S{1,200})\)/gm,
  /: error: -\[([^\]\n]{1,200})\] :/g,
  /^\s{0,4}FAILED {1,2}(\S{1,200} > .{1,200}?)(?: {2,60}\w{3,60})?$/gm,
  /^(\S.{0,200}?) {1,60}\| FAIL \|$/gm,
  /^(\S.{0,200}?): (?:Test Failed|Error During Test) at /gm,
  /^\s*[✕✗✖×⨯] (.{1,200}?)(?: \(?[\d.]+ ?m?s\)?)?$/gm,
  /\b(test_\w{3,100}|Test[A-Z]\w{3,100})\b(?!\.\w{2,3}\b)/g,
];

/** What all of these need one of. */
const TESTED =
  /FAIL|Failed|[●✕✗✖×⨯✘]|#test_|\[-\]|Error During Test|\n\d+\) |error: -\[|\d of \d|^ERROR: |___|test_|Test[A-Z]/m;

export function testsIn(text: string): ReadonlySet<string> {
  const tests = new Set<string>();
  if (!TESTED.test(text)) return tests;
  for (const form of TEST_NAMES) {
    for (const match of text.matchAll(form))
      tests.add(
        leafOf(match[1] ?? '')
          .toLowerCase()
          .replace(/[\s_]+/g, ' '),
      );
  }
  return tests;
}
