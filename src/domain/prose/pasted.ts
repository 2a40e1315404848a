/** Lines that a program wrote: logs, traces, diffs, prompts and their output. Each test looks at one line, cheap ones first. */

const MAX_LINE = 400;

const LEVEL = String.raw`(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|FATAL|CRITICAL|CRIT|SEVERE|PANIC|ALERT|EMERG)`;
const STAMP = String.raw`(?:\d{4}[-/]\d\d[-/]\d\d[T ,]+\d\d:\d\d|\d\d[-/.]\d\d[-/.]\d{2,4} \d\d:\d\d|\d\d:\d\d:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,14}\d\d:\d\d:\d\d|1[5-9]\d{8}(?:\.\d+|\d{3})?\s)`;

/** What no person begins a line with. */
const OUTPUT: readonly RegExp[] = [
  new RegExp(String.raw`^[\[(<]?${STAMP}`),
  new RegExp(
    String.raw`^\[?(?:[\w.-]{1,40}[ |:]{1,3})?\[?${LEVEL}\]?(?:\[\w*\]|\(\d+\))?(?:\s*[:|\]]|\s+[-–\[(]|\s{2,}|\t| \w*[./][\w./]+:)`,
  ),
  new RegExp(String.raw`^(?:\S{0,60}[\d.:/@]\S{0,60} ){0,4}[\[|]\s?${LEVEL}\s?[\]|]|^\S{1,40} \[${LEVEL}\]`),
  /^Traceback \(most recent call last\)|^During handling of the above exception|^The above exception was the direct cause|^Caused by: |^Exception in thread |^Unhandled (?:exception|rejection|promise)[^.?!]{0,60}(?::|$)|^Uncaught (?:\(in promise\) )?\w*(?:Error|Exception)|^(?:thrown:|panic:|goroutine \d+ \[|stack backtrace:|thread '.{1,60}' panicked)/,
  /^\s*at (?:async |new )?[\w$.<>[\]`/]{1,160}(?: \[as \w+\])? ?\([^()]{0,200}(?::\d+|native|anonymous|index|Unknown Source|Native Method|\.java|\.kt)[^()]{0,40}\)|^\s*at [\w$.<>[\]`+]{1,200} ?\(.{0,200}\)(?: \[0x| in |$)|^\s*at \S{1,200}:\d+(?::\d+)?\)?$|^\s*File "[^"]{1,300}", line \d+|^\s*from \S{1,200}:\d+:in |^\s+\.{3} \d+ (?:more|common frames)/,
  /^(?:[\w$]{1,60}[.:\\]){0,10}[A-Z]\w{0,60}(?:Error|Exception|Warning|Fault|Interrupt|Disconnect|NotFound|Timeout|Failure)(?: \[\w+\])?(?::\s|$)|^(?:Error|Exception)(?: \[\w+\])?: \S|^(?:[a-z_]\w{0,40}\.){1,8}[A-Z]\w{2,60}: /,
  /^E {3,}\S|^(?:FAILED|PASSED|ERROR) \S+::|^(?:FAIL|PASS) {1,2}\S+\.\w+|^\s*[✓✔✗✘×●○] .{0,200}\(\d+(?:\.\d+)? ?m?s\)$|^={3,} .{0,120} ={3,}$|^_{3,} .{0,120} _{3,}$|^-{2,} .{1,120} -{2,}$|^\d+ (?:passed|failed|passing|failing|skipped)(?:,| \(| in \d|$)|^\d+ (?:errors?|warnings?)(?: generated| found|,|$)|^\d+ problems? \(|^(?:Tests?|Test Suites|Snapshots|Test Files|Duration|Ran all test suites):?\s{1,}\d.{0,120}$|^\s*--- (?:FAIL|PASS): |^ok {2,}\S|^not ok \d+/,
  /^(?:diff --git|index [0-9a-f]{6,}\.\.|@@ -\d|--- a\/|\+\+\+ b\/|new file mode|deleted file mode|rename (?:from|to) |similarity index)|^Binary files /,
  /^(?:npm (?:ERR!|error|WARN|warn|notice)|yarn run|error Command|error TS\d+|error\[E\d+\]|warning: |error: |fatal: |hint: |remote: |ERROR: |CONTEXT: |DETAIL: |HINT: |STATEMENT: |LINE \d+: |psql: |make(?:\[\d+\])?: \*\*\*|cc1|ld: |clang: |gcc: |rustc |docker: |Error response from daemon|bash: |sh: |zsh: |\/bin\/(?:ba)?sh: |curl: \(\d+\)|ssh: |sudo: |E: |W: |Err:\d+|Killed$|Segmentation fault|Aborted$|core dumped|exit (?:code|status):? \d+|Exit code \d+|Process finished with exit code)/,
  /^\S{1,200}\.\w{1,6}[:(]\d+(?:[:,]\d+)?\)?:? (?:\(?(?:error|warning|note|fatal|info)|[A-Z]\d{3,}\b|- error)|^\S{1,200}\.\w{1,6}:\d+:\S|^\s*\d+:\d+ {2,}(?:error|warning) |^ *\d+ \|(?: |$)|^ *\| *\^|^\s*[\^~]{2,}\s*$|^\s*-->\s\S+:\d+/,
  /^[\w.-]{1,40}@[\w.-]{1,60}[: ][^\s]{0,100}[$#%>] |^(?:\$|❯|#\$|>>>|PS [A-Z]:\\.{0,100}>|C:\\.{0,100}>|irb.{0,30}>|mysql>|postgres=[#>]|sqlite>|In \[\d+\]:|Out\[\d+\]:)\s+\S/,
  /^\s*[{}\][]{1,4},?;?\s*$|^\s*"[\w.$ -]{1,60}":\s|^\{"|^\[\{|^\s*<\/?[a-z][\w:-]{0,40}(?:\s[\w:@.-]{1,40}=["{'].{0,400})?\/?>\s*$|^<\?xml|^<!DOCTYPE/i,
  /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S{1,300} (?:HTTP\/[\d.]+ )?\d{3}\b|^HTTP\/[\d.]+ \d{3}|^\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[|"(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S{1,300} HTTP\/[\d.]+" \d{3}/,
  /^(?:commit [0-9a-f]{7,40}$|Author: .{1,80}<|[MADRCU?!]{1,2} {1,2}\S+\.\w+$|(?: ?\S.{0,120}) \| +\d+ [+-]+$|\s?\d+ files? changed)|^\[[\w./-]{1,60} [0-9a-f]{7,10}\] /,
  /^[d-][rwx-]{9}[.+@]?\s|^(?:total \d+$|drwx)|^(?:NAME|CONTAINER ID|PID|USER|REPOSITORY) {2,}[A-Z]/,
  /^(?:import|from) [\w.{}*, @/'"]{1,120}(?:;| import .{1,120})$|^(?:const|let|var) [\w{}[\], ]{1,80} ?=(?!=)|^(?:export )?(?:async )?(?:function|def|fn|func) \w+\(|^(?:export )?(?:abstract )?class \w+(?: extends \w+| implements \w+|\(.{0,80}\))?\s*[{:]$|^(?:public|private|protected|static) [\w<>[\], ]{1,80}\([^)]{0,120}\)\s*[{;]?$|^(?:return|await|throw|yield) .{0,200};$|^(?:if|for|while|switch) ?\(.{0,200}\) ?\{$|^\s*(?:\/\/|\/\*|\*\/)|^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP) [\w*", .`]{1,200}(?: FROM | SET | VALUES|;|\(|TABLE |INDEX )/,
  /^(?:File (?:created|written) successfully|The file \S+ has been (?:updated|created)|Todos have been modified|\[Request interrupted|API Error: \d{3}|⎿|⏺)/,
  /^(?:[\w.]{1,20}=\S{1,60} ){0,3}(?:level|lvl|severity)=\w|^[EWIFD] \(\d{1,12}\) [\w.:-]{1,40}: |^[EWIF]\d{4} \d\d:\d\d|^(?:Module not found: |Fatal Python error: |Unhandled Runtime Error$|Guru Meditation Error: |Refused to (?:load|connect|execute|apply|frame|run) .{1,300}(?:violates|because)|Access to \w+ at '|\[(?:vite|webpack[\w-]*|next|plugin[:\w-]*)\] )|net::ERR_[A-Z_]{4,40}$/,
  /^\w{1,30}(?:\[\d+\])?: (?:\w{1,30}: )?(?:command not found|No such file|Permission denied|cannot |could not |failed to )/,
];
/** One of these stands in each line that the patterns above know. */
const HINT =
  /\d\d:\d\d|\d{10}|TRACE|DEBUG|INFO|NOTICE|WARN|ERR|FATAL|CRIT|SEVERE|PANIC|panic|ALERT|EMERG|Traceback|During handling|above exception|Caused by|Exception|nhandled|Uncaught|thrown|goroutine|backtrace|\bat |File "|from |\.\.\.|Error|Warning|Fault|Interrupt|Disconnect|NotFound|Timeout|Failure|^[a-z_]\w*\.|FAIL|PASS|[✓✔✗✘×●○]|===|___|--|passed|failed|passing|failing|skipped|errors?|warning|Test|Snap|Dur|Ran all|ok|diff|index|@@|\+\+\+|file mode|rename|similarity|Binary|npm|yarn|fatal|hint|remote|CONTEXT|DETAIL|HINT|STATEMENT|LINE|psql|make|cc1|ld:|clang|gcc|rustc|docker|daemon|kubectl|sh:|curl|ssh|sudo|E: |W: |Killed|Segm|Abort|core|xit |Process|:\d|\(\d|\||\^|~|@|[$❯➜%#>]|[{}[\]<]|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|HTTP|commit|Author|^[MADRCU?!]|rwx|total|import|const|let|var|function|def|class|fn|func|public|private|protected|static|;$|\/\/|\/\*|SELECT|INSERT|UPDATE|CREATE|ALTER|DROP|successfully|Todos|Request|API|level=|lvl=|severity=|Module not|Refused to|Access to|[⎿⏺]|not found|No such|denied|cannot|could not/;

/** Words in a row, as people write: of the forms above few begin so, and none in other ways than these. */
const WORDS = /^[A-Za-z]+ [a-z]+ [a-z]/;
const BEGUN =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) |During |The (?:above|file) |Exception |Unhandled |at (?:async|new) |Ran all |(?:new|deleted) file |rename (?:from|to) |similarity |Binary |npm |yarn |rustc |Error |core |Process |Segmentation |irb|drwx|import |from |const |let |var |export |async |class |abstract |public |private |protected |static |return |await |throw |yield |SELECT |UPDATE |CREATE |ALTER |DROP |File |Todos |Module |Refused |Access )/;
const ANYWHERE = [' | ', ' HTTP/', 'net::ERR_'];

/** Whether a line surely is what a person wrote: most are, and need no further look. */
const isSpoken = (line: string): boolean =>
  WORDS.test(line) && !BEGUN.test(line) && !ANYWHERE.some((sign) => line.includes(sign));

/** Begins as people begin: what follows a log without a blank line is theirs again. */
const SPEECH =
  /^(?:i|i'm|i've|i'd|we|you|he|she|they|it|it's|this|that|these|those|the|my|our|please|pls|can|could|would|will|should|do|does|did|is|are|was|why|what|how|when|where|who|which|so|and|but|also|then|now|ok|okay|yes|no|any|there|here|let|let's|maybe|looks|see|seems|fix|add|make|find|remove|update|change|check|tell|explain|write|use|put|move|rename|get|run|look|after|before|if|bitte|und|wir|ich|kannst|das|der|die)$/i;

/** `CRITICAL: please …`: a word of loggers before what a person says. */
const SHOUT = /^(?:INFO|NOTICE|WARN(?:ING)?|CRITICAL|ALERT):\s+([\p{L}']+)/u;

/** A line that a program wrote, seen by itself. */
export function isOutput(line: string): boolean {
  const start = line.slice(0, MAX_LINE);
  if (isSpoken(start) || !HINT.test(start)) return false;
  const shout = SHOUT.exec(start);
  if (shout !== null && SPEECH.test(shout[1] ?? '')) return false;
  return OUTPUT.some((form) => form.test(start));
}

/** More of such a line above, unless a person speaks again. */
export function goesOn(line: string): boolean {
  if (/^\s/.test(line)) return true;
  const words = line.slice(0, MAX_LINE).trim().split(/\s+/, 6);
  return !(SPEECH.test((words[0] ?? '').replace(/[,.:;!?]+$/, '')) && words.length >= 2);
}
