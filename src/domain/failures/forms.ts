/** The forms in which compilers and other programs tell that they failed, one line at a time. */
import { cued } from '../cue/index.js';

/** Counts of none, and names of things that are about errors. */
const NONE = cued(
  /\b(?:0|no|zero|without(?: any)?) (?:\w+ )?(?:errors?|failures?|failed|failing|exceptions?|problems?)\b|^✖ \d+ problems?\b|\b(?:errors?|failures?|failed)["']?\s?[:=]\s?(?:0\b|\[\]|null\b|none\b|false\b|"")/i,
);
const WARNS = /^\W{0,4}(?:\(node:\d+\) )?\[?(?:warn(?:ing)?|notice|info|hint|note|help|deprecat\w*|debug)\b/i;
/** What only source code looks like, also behind the columns of a diff or of a search. */
const CODE =
  /^[+-](?![-+]{2} FAIL)|^\d+(?:[:→|\t](?!\d\d)|-(?!\d\d-))|\bthrow new \w|\braise \w+\(|\bexcept\b.{0,80}:$|\bcatch ?\(|\bconsole\.\w+\(|\b(?:log|logger|logging|slog|fmt|errors)\.\w+\(|=> ?[{(]|[{;]$|^\s*(?:\/\/|#|\*|\/\*|<!--)|^\s*(?:def|func|fn|class|const|let|var|import|export|return|if|elif|else|for|while|public|private|assert|expect)\b/;

/** The columns that a diff, a search or a reader of files puts before each line. */
export const isNumbered = (line: string): boolean => /^[+-]\s|^\d+(?:[:→|\t](?!\d\d)|-(?!\d\d-))/.test(line);
export const isNone = (line: string): boolean => NONE.test(line) || WARNS.test(line);
/** What begins with these is no code, however it ends. */
const SPOKEN = /^(?:fatal|error|ERROR|Error|FATAL): |^\*\* \(\w/;
export const isCode = (line: string): boolean => CODE.test(line) && !SPOKEN.test(line);

export interface Compiled {
  /** Such as TS2339; '' where the compiler gives none. */
  readonly code: string;
  readonly file: string;
  readonly message: string;
}

const PLACED =
  /^[^\w/.@~]{0,4}((?:[A-Za-z]:)?[\w@.\-\\/+~[\] ]{1,200}\.[A-Za-z]{1,6})(?:[(:]|:\[)(\d+)(?:[,:-] ?(\d+))?[^\s:]{0,8}(?: -|:)? {0,2}(?:fatal )?[Ee]rror(?:: ?| \[?([A-Z]{1,6}\d{2,5})\]?:? )(.*)$/;
const GO = /^(?:vet: )?((?:\.{1,2}\/)?[\w./-]{1,200}\.go):(\d+):(\d+): (.+)$/;
const LINTER = /\(\w[\w-]{2,30}\)$/;
const MAVEN = /^\[ERROR\] (\S{1,200}\.\w{2,6}):\[(\d+),(\d+)\] (.+)$/;
const KOTLIN = /^e: (?:file:\/\/)?(\S{1,200}\.kts?):? ?\(?(\d+)[,:] ?(\d+)\)?:? (.+)$/;
const NEEDED = /error|\.go:|e: |undefined|cannot find|not found/i;
const RUST = /^error(?:\[(E\d{4})\])?: (.+)$/;
const LINKED =
  /^(?:\S{1,200}: )?(?:in function .{1,200}: )?(undefined reference to .+|cannot find -l\S+|library '?\S+'? not found.*|library not found for -l\S+|Undefined symbols for architecture .+)$/;
const BUNDLED =
  /^(?:\W{0,3}(?:✘|X) \[ERROR\] (.+)|ERROR in (.+)|Module not found: (.+)|\[?(?:vite|rollup|commonjs)[^\]\s]*\]?:? ((?:Internal server error|Rollup failed|Failed to).+)|SyntaxError: (\S+\.\w{2,4}: .+)|-- ([A-Z][A-Z ]{3,30} -{3,} \S+\.elm)|!(?: LaTeX Error:)? ([A-Z][\w' ]{3,120}\.))$/;

/** @param next the line below, where some compilers name the place */
export function compiledAt(line: string, next: string): Compiled | null {
  if (NEEDED.test(line)) {
    const placed = PLACED.exec(line);
    if (placed?.[1] !== undefined && !LINTER.test(line))
      return { code: placed[4] ?? '', file: placed[1], message: placed[5] === '' ? line : (placed[5] ?? line) };
    const go = GO.exec(line);
    if (go?.[1] !== undefined && !LINTER.test(line)) return { code: '', file: go[1], message: go[4] ?? line };
    const built = MAVEN.exec(line) ?? KOTLIN.exec(line);
    if (built?.[1] !== undefined) return { code: '', file: built[1], message: built[4] ?? line };
    const rust = RUST.exec(line);
    if (rust?.[2] !== undefined) {
      const place = /^\s*--> (\S+?):\d+/.exec(next)?.[1];
      if (place !== undefined) return { code: rust[1] ?? '', file: place, message: rust[2] };
    }
    const linked = LINKED.exec(line);
    if (linked?.[1] !== undefined) return { code: '', file: '', message: linked[1] };
  }
  const bundled = BUNDLED.exec(line);
  const parts: readonly (string | undefined)[] = bundled?.slice(1) ?? [];
  const told = parts.find((part) => part !== undefined);
  return told === undefined ? null : { code: '', file: '', message: told };
}

/** An exception by its name at the beginning of a line, perhaps behind who caught it. */
const NAMED =
  /^(?:\[?(?:Uncaught|Unhandled)[^:]{0,40}:? |Caused by: |Exception in thread "[^"]{0,80}" |Uncaught (?:\(in promise\) )?)?\[?((?:[A-Za-z_$][\w$]{0,80}(?:\.|::)){0,8}[A-Za-z_$][\w$]{0,80}(?:Error|Exception|Panic|Fault))(?: \[[A-Z0-9_]{2,60}\])?: \S/;

/** What the programs that are used every day write when they give up. */
const SURE: readonly RegExp[] = [
  /^fatal: \S/,
  /^(?:Type|Syntax|Parse|Build|Runtime|Import|Config\w*) error(?: near line \d+)?: \S/i,
  /^(?:ERRO|FATA|PANI)\[\d+\] \S|^%Error(?:-\w+)?: \S|^lua[\d.]*: \S{1,200}:\d+: \S|^\d+\. {1,3}\w*Error {1,4}\S/,
  /^===> \S.{0,200} failed\b/,
  /^(?:\w{1,20}\.)(?:ERROR|CRITICAL|ALERT|EMERGENCY): \S/,
  /^[\w.-]{1,40}\[[\w.-]{1,20}\]: (?:ERROR|FATAL|CRITICAL)\b/,
  /^(?:FATAL ERROR|\[(?:crit|alert|emerg|fatal)\]):? \S/,
  /^SQLSTATE\[/,
  /\bAn error occurred \(\w+\)|^(?:upload|download|copy|delete) failed: /,
  /^(?:\*{2,3} ?)?(?:A )?(?:fatal|critical) error(?: has)? occurred: \S|^(?:(?:[A-Z][\w-]{1,20}|\*\*) ){1,3}[Ee](?:rror|RROR)(?: in [\w ]{1,30})?: (?!-?[\d.]+%?\s*$)\S/,
  /^\*{3} ?(?:ERROR|FATAL|PANIC) ?\*{3}|^assert(?:ion)? failed: |^abort\(\) was called at|^Fatal Python error: /,
  /^\W{1,6}(?:ERROR|FATAL|CRITICAL|PANIC)(?::| [-–]) ?\S/,
  /^ORA-\d{5}: |^Code: \d+\. DB::Exception: |^Msg \d+, Level (?:1[1-9]|2\d), |^Db2 .{0,20}SQL\d+N|^SQL\d{4}N /,
  /^\*\* \((?:EXIT|stop|\w+(?:\.\w+)*Error)\b[^)\n]{0,80}\)|^== Compilation error in file /,
  /^[\w.-]{1,30}: \[(?:emerg|alert|crit|error|fatal)\] \S/,
  /^═+╡ EXCEPTION CAUGHT BY /,
  /^\w[\w.-]{0,30} aborted!$/,
  /^(?:GET|POST|PUT|PATCH|DELETE) \S{1,300}(?: HTTP\/[\d.]+"?)? 5\d\d\b(?: \([\w ]+\))?|\bnet::ERR_[A-Z_]{4,40}\b(?!.{0,20}ABORTED)|\bhas been blocked by CORS policy\b|^Refused to (?:load|connect|execute|apply|frame|run)\b.{1,300}\b(?:violates|because)\b/,
  /^(?:Kernel panic|BUG: |Oops: |general protection fault|blk_update_request: |Buffer I\/O error|EXT4-fs error|XFS \(\w+\): .*(?:error|shutdown))|^[\w .-]{1,60}: (?:.{1,80}, )?(?:I\/O error|error -\d+)|: segfault at /,
  /\bstatus=(?:deferred|bounced) \(/,
  /\breceived signal SIG(?:SEGV|ABRT|BUS|FPE|ILL)\b/,
  /\bat=error code=H\d+/,
  /^\{"(?:error|detail|message)":\s?"Internal Server Error"/,
  /^Out of memory: Kill/,
  /^error: \S/,
  /^[\w./-]{1,60}: (?:fatal |internal )?error: \S/,
  /^(?:ERROR|Error|FATAL|CRITICAL|ERR!)(?::| -| –) ?\S/,
  /^\[(?:ERROR|FATAL|error)\]:? \S/,
  /^[\w./-]{0,60}: (?:line \d+: )?.{1,200}: (?:command not found|cannot execute|Permission denied)$/,
  /^(?:zsh|bash|sh|fish|dash|\(eval\))(?::\d+)?(?:: (?:line )?\d+)?: .{0,200}(?:not found|no matches found)/,
  /^'\S+' is not recognized as an internal or external command/,
  /^\S+ ?: The term '.{1,100}' is not recognized/,
  /^(?:curl|wget): \(?\d*\)? ?\S/,
  /^(?:psql|pg_dump|pg_restore|mysql|mongosh?|sqlite3|redis-cli|dropdb|createdb): .{0,40}(?:error|fatal|FATAL|could not)/,
  /^ERROR(?: \d{4} \(\w+\))?(?: at line \d+)?: {1,2}\S/,
  /^psql:\S{1,120}:\d+: (?:ERROR|FATAL|PANIC):/,
  /^\(error\) \S/,
  /^(?:ERR|WRONGTYPE|NOAUTH|READONLY|MISCONF|OOM|LOADING|CLUSTERDOWN) \S.{5,}/,
  /(?:^|: )(?:Segmentation fault|Bus error|Aborted|Killed|Floating point exception|Illegal instruction)(?: \(core dumped\)|:? \d+|$)/,
  /^(?:docker: )?Error(?: response)? from (?:daemon|server)\b.{0,40}: \S/,
  /^(?:Cannot|Could not|Failed to) connect to \S/i,
  /^ssh: .{1,100}: \S/,
  /^(?:\S{1,80}: )?Permission denied \([\w,-]+\)\.?$/,
  /^Host key verification failed/,
  /^npm (?:ERR!|error) (?:code |40\d|50\d|\w+: |Missing |Cannot |notsup |enoent |E[A-Z]+)/,
  /^(?:E|W?E): (?:Unable|Package|Could not|Failed|The repository|Version) /,
  /^(?:[╷│] {0,3}|[╭┌]─+ ?)Error(?:: \S| ─)/,
  /^ ?! \[(?:remote )?rejected\]/,
  /^remote: (?:error|fatal): \S/,
  /^CONFLICT \([\w/ ]+\): \S/,
  /^panic: \S/,
  /^PHP (?:Fatal|Parse) error: /,
  /^make(?:\[\d+\])?: \*\*\* No rule/,
  /^(?:hint: )?ERESOLVE|^\s?ERR_PNPM_\w+/,
  /^Err:\d+ /,
  /^(?:An unexpected error|Unexpected error|Unhandled exception|Internal error|Internal Server Error|Fatal error)\b.{0,40}[:.!]/i,
  /\b[Cc]ould not resolve host\b|\bconnect(?:ion)? (?:to .{1,80} )?(?:failed|refused)\b|\bECONNREFUSED\b|\bENOSPC\b|\bNo space left on device\b|\bout of memory\b|\bOOMKilled\b|\bCrashLoopBackOff\b|\bImagePullBackOff\b/,
];

/** Words that begin the report of a program as well as a sentence of a document. */
const LIKELY: readonly RegExp[] = [
  /^\W{0,4}(?:\[[\w:.-]{1,40}\] )?(?:Error|Exception|Failure) (?:\w+ing|while|in|during|at|on|from|when|executing|calling)\b.{0,200}?: \S/,
  /^\W{0,4}(?:\[[\w:.-]{1,40}\] )?(?:Failed to|Could not|Couldn't|Cannot|Can't|Unable to) \w.{3,}/,
  /^(?:❌|✗|✘|✖|×|💥|🔥)\s*\S.{0,200}(?:fail|err|refus|denied|cannot|could not|timed? ?out|missing|unreachable|unhealthy|not (?:found|running|reachable|respond))/i,
  /^(?:\[FAIL(?:ED)?\]|FAIL(?:ED)?:?) \S/,
  /^[\w./ -]{1,60}: (?:cannot|can't|could not|unable to|failed to) \S/,
  /^(?![^:]{0,80}\b(?:0|no|if|when|would|until|retry(?:ing)?)\b)[^:"'`|{}<>]{2,80}\b(?:failed|rejected|refused|aborted|timed out|crashed|died|denied)(?: \([^)\n]{1,60}\)| (?:with|after|on|at|for|in|to) [^:]{1,80})?: (?!-?[\d.]+%?\s*$|(?:true|false|none|null|yes|no)\b)\S.{3,}/i,
  /^(?![^:]{0,80}\b(?:0|no|if|when|would)\b)[^"'`|{}<>]{2,160}\bfailed, reason: \S/,
  /^[A-Z][\w.-]{1,40}(?: [\w.-]{1,30}){0,3} (?:failed|was unable|could not|is unable) to \w/,
  /: (?:address already in use|connection (?:refused|reset by peer|timed out|unexpectedly closed.*)|no route to host|permission denied|broken pipe|operation (?:timed out|not permitted)|network is unreachable|host is (?:down|unreachable)|i\/o timeout|(?:context )?deadline exceeded|no such (?:host|device)|device or resource busy|read-only file system|too many open files|stale (?:NFS )?file handle|input\/output error|cannot allocate memory|exec format error|device not configured)(?: \(.{1,20}\))?\.?$/i,
  /\b(?:did not complete successfully|terminated abnormally|has crashed|exited unexpectedly)\b/,
];

/** What only says that something before it failed. */
const AFTERMATH = cued(
  /\bFailed with result '|\bMain process exited, code=|^\s{0,8}(?:Active: failed \(|make(?:\[\d+\])?: \*\*\* |npm (?:ERR!|error) (?:code ELIFECYCLE|Lifecycle|errno|code 1$)|\s?ELIFECYCLE|error: could not compile|error: called from|%Error: Exiting due to|\[error\] (?:(?:one|two|three|\w+ty|\d+) errors? found|\(.{1,80}\) Compilation failed|Total time:)|error: aborting due to|error Command failed|error: script "|##\[error\]|Failed to compile\.?$|Build FAILED|BUILD FAILED|FAILURE: Build failed|\* What went wrong|FAILED: |ninja: build stopped|\[\S+\] ERROR task failed|ERROR task failed|husky - |pre-commit hook|error: failed to push some refs|error: process didn't exit|error: test failed|error: recipe|error: 1 target failed|\[ERROR\] (?:Failed to execute goal|To see|Re-run|For more|Please refer|->|\s*$|\s*\[Help)|Error: Process completed|Process completed with exit code|error: the following (?:build )?command failed|Error compiling project|! Emergency stop|FATAL EXCEPTION: |ld: symbol\(s\) not found|(?:clang|collect2|gcc|g\+\+): (?:fatal )?error: (?:linker command|ld returned)|.{0,80}(?:exited with|exit(?:ed)? (?:code|status)|Command failed with exit code)\b|Elm|turbo: )|\bexit status \d+$|^Found \d+ errors?\b|^\d+ errors? generated|^Exit code \d+$/i,
);

export const isAftermath = (line: string): boolean => AFTERMATH.test(line);
export const isNamed = (line: string): boolean => NAMED.test(line);

/** Words of one program about another that it had started: the other one tells what happened. */
const WRAPS = cued(
  /\b(?:exit(?:ed)?|failed|status)(?: with)?(?: a)?(?: non-?zero)?(?: exit)? (?:code|status)\b|\bCommand failed\b|\bcannot compile module\b|\bCalledProcessError\b|\bELIFECYCLE\b/,
);
export const wrapsAnother = (text: string): boolean => WRAPS.test(text);

/** Whether a program tells here that it failed. @returns how surely */
export function saidBy(line: string): 'sure' | 'likely' | null {
  if (line.length < 6) return null;
  if (NAMED.test(line) || SURE.some((form) => form.test(line))) return 'sure';
  return LIKELY.some((form) => form.test(line)) ? 'likely' : null;
}
