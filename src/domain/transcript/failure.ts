/** What kind of failure a message tells of, and which messages tell of the same one. */
import type { ErrorClass } from '../facts.js';
import { errorIdOf } from '../ids.js';
import { messageOf } from '../log/detect.js';
import { traceOf } from '../log/index.js';
import { fingerprintOf } from '../pattern/index.js';
import { untagged } from '../redact/index.js';

/** First match wins, so the order goes from the particular to the general. */
const CLASSES: readonly (readonly [ErrorClass, RegExp])[] = [
  [
    'tool',
    /^<tool_use_error>|InputValidationError|String to replace not found|File has not been read yet|^No changes to make|matches of the string to replace/,
  ],
  [
    'resource',
    /out of memory|heap limit|OutOfMemory|\bOOM\b|no space left|ENOSPC|too many open files|EMFILE|killed by signal 9/i,
  ],
  ['timeout', /timed out|\btimeout\b|TimeoutError|ETIMEDOUT|deadline exceeded/i],
  [
    'connection',
    /ECONNREFUSED|ECONNRESET|EADDRINUSE|ENOTFOUND|EAI_AGAIN|connection (refused|reset|error|failed)|address already in use|could not resolve host|unable to access|no pg_hba/i,
  ],
  [
    'dependency',
    /ERESOLVE|npm err(or)?!? code|cannot find (module|package)|ModuleNotFoundError|No module named|failed to resolve (dependency|import)|unresolved import|pip install|peer dep/i,
  ],
  [
    'vcs',
    /merge conflict|^CONFLICT|not a git repository|^(fatal|error): .*(git|branch|worktree|commit|rebase|push|object|refs?|argument|unable to read)|could not apply|failed to push/im,
  ],
  ['type', /error TS\d+|error CS\d+|\btype '.+' is not assignable|mypy|incompatible types?|cannot use .* as .* in/i],
  [
    'test',
    /^\s*(FAIL|FAILED|✗|✕|×)\b|\bAssertionError\b|--- FAIL|\btests?( suites?)?:? +\d+ failed|\d+ (failed|failing)\b|=== RUN|\[test\]/im,
  ],
  ['lint', /\beslint\b|golangci|\bruff\b|\bbiome\b|\[lint|\blint\b|shellcheck|prettier|errcheck/i],
  ['permission', /permission denied|EACCES|EPERM|operation not permitted|access denied|forbidden|unauthori[sz]ed/i],
  ['filesystem', /ENOENT|no such file|does not exist|FileNotFound|is a directory|EISDIR|ENOTDIR/i],
  [
    'command',
    /command not found|unknown option|unrecognized (argument|option)|invalid option|no matches found|^usage:/im,
  ],
  ['exception', /Traceback|Exception\b|\w+Error\b|panic:|\bat .+:\d+|stack trace/],
];

function classOfFailure(message: string): ErrorClass {
  return CLASSES.find(([, pattern]) => pattern.test(message))?.[0] ?? 'exit';
}

const ANSI = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
const NAMED = /^\s*(?:E\s+)?(?:[\w$]+[.:])*\w*(?:Error|Exception|Panic|Failure|FATAL)\b/;
const TELLING =
  /\berr(or)?\b|exception|\bfail|fatal|panic|conflict|cannot|could not|denied|refused|not found|timed out|no such|invalid|unable/i;

/** The line that says what went wrong: a named exception, else one with a telling word, else the first. */
function telling(message: string): string {
  const lines = message
    .replace(ANSI, '')
    .replace(/<\/?tool_use_error>/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const said = lines.filter((line) => !/^Exit code \d+$/.test(line));
  const frameless = said.filter((line) => !/^(at |File ")/.test(line));
  return (
    frameless.find((line) => NAMED.test(line)) ??
    frameless.find((line) => TELLING.test(line)) ??
    said[0] ??
    lines[0] ??
    ''
  );
}

/**
 * The same id as a log gives to the same error: that of the trace, where the message holds one whose frames we know, else
 * that of the telling line without the header that a log put in front of it.
 */
export function failureOf(message: string, given?: ErrorClass): { readonly id: string; readonly class: ErrorClass } {
  const trace = traceOf(message);
  const { id } = fingerprintOf(untagged(messageOf(telling(message))), trace);
  return { id: errorIdOf(id), class: given ?? classOfFailure(message) };
}
