/**
 * Where an exception begins and how far it goes on in a stream whose lines have no headers, such as stderr as it came.
 * Rules by the first words of a line: a stack is never read here, only held together.
 */

/** How far an exception that is being printed has come. */
export interface Shape {
  readonly kind: 'python' | 'banner' | 'npm' | 'panic' | 'other';
  /** `head`: the stack may still begin; `stack`: in it; `done`: the exception was named below its stack. */
  phase: 'head' | 'stack' | 'done';
  /** The line before was empty. */
  blank: boolean;
  /** The last words announced another exception. */
  chained: boolean;
  /** Lines so far. */
  lines: number;
  /** False for what only looks like the place above an uncaught error, until the caret below it is seen. */
  sure: boolean;
}

const PYTHON =
  /^(?:Traceback \(most recent call last\):| {2}\+ Exception Group Traceback \(most|Fatal Python error: | {2}File "[^"\n]{1,1000}", line \d+$)/;
const PYTHON_HEAD =
  /^(?:Task exception was never retrieved|Future exception was never retrieved|Exception in callback |Exception ignored in: )/;
const PANIC = /^(?:panic: |fatal error: |goroutine \d+ \[|thread '[^'\n]{0,200}' (?:\(\d+\) )?panicked at )/;
const OTHER =
  /^(?:Exception in thread "|Unhandled [Ee]xception[.:]|(?:PHP )?Fatal error: {1,2}Uncaught |\(node:\d+\) (?:\[\w+\] )?UnhandledPromiseRejection|terminate called after throwing|Uncaught [\w$.]{0,100}Error: )/;
const NPM = /^npm (?:ERR!|error) /;
const BANNER = /^(?:file:\/\/\/|node:|\/|[A-Za-z]:\\)[^\s:][^\n]{0,1000}:\d+$/;
const WEAK = /^\[?[\w$.\\]{0,200}(?:Error|Exception)(?: \[\w{1,100}\])?(?::|$)/;
const RUBY = /^[^\s:]{1,500}\.rb:\d+:in [`'][^'\n]{0,200}': /;

const BETWEEN = /^(?:The above exception was the direct cause|During handling of the above exception|"""$)/;
/** Begins no line of a program's own output, but goes on with an exception. */
const MORE =
  /^(?:Caused by: |Suppressed: |Wrapped by: |\.\.\. \d+ |--- End of |Stack trace:|#\d+ |Next [\w\\]+|goroutine \d+ |created by |runtime stack:|exit status \d|\[signal |note: |stack backtrace:|Node\.js v\d|\(Use `node |[}\])]|Stack \(most recent call last\):)/;
const GO_CALL = /^(?:[\w.\-/]+\.)?[\w.()*[\]{}-]+\([^\n]{0,2000}\)$/;
const FUTURE = /^(?:future|task|handle|protocol|transport): /;
const CARET = /^\s*\^+\s*$/;

const shape = (kind: Shape['kind'], phase: Shape['phase'], sure = true): Shape => ({
  kind,
  phase,
  blank: false,
  chained: false,
  lines: 1,
  sure,
});

/** An entry with a header of its own, whose stack may follow. */
export function afterHeader(message: string): Shape {
  const start = startOf(message, 'sure') ?? shape('other', 'head');
  return { ...start, sure: true };
}

/** A line of a stack. */
const FRAME = /^(?:\s+at \S|\s+[\w.$]{1,200}(?:Exception|Error)\b|\s+from \S|\s*\.\.\. \d+ more)/;

/** Most lines are sorted out by their first character. */
function mayStart(line: string): boolean {
  switch (line.charCodeAt(0)) {
    case 0x20: // two blanks, then `+ Exception Group` or `File "`
      return line.charCodeAt(1) === 0x20 && (line.charCodeAt(2) === 0x2b || line.charCodeAt(2) === 0x46);
    case 0x28: // (node:
    case 0x2f: // a path
    case 0x45: // Exception in
    case 0x46: // Fatal, Future
    case 0x50: // PHP
    case 0x54: // Traceback, Task
    case 0x55: // Unhandled, Uncaught
    case 0x66: // fatal error, file:
    case 0x67: // goroutine
    case 0x6e: // npm, node:
    case 0x70: // panic
    case 0x74: // thread, terminate
      return true;
    default:
      return false;
  }
}

/**
 * @param weak what `ValueError: x` alone is: an error where no line has a header; else one only if a stack follows
 * @returns null where the line begins no exception
 */
export function startOf(line: string, weak: 'sure' | 'unsure' | 'no'): Shape | null {
  if (mayStart(line)) {
    if (PYTHON.test(line)) return shape('python', line[2] === '+' ? 'done' : 'stack');
    if (PYTHON_HEAD.test(line)) return shape('python', 'head');
    if (PANIC.test(line)) return shape('panic', 'stack');
    if (OTHER.test(line)) return shape('other', 'stack');
    if (NPM.test(line)) return shape('npm', 'stack');
    if (BANNER.test(line)) return shape('banner', 'head', false);
  }
  if (weak !== 'no' && (WEAK.test(line) || RUBY.test(line))) return shape('other', 'stack', weak === 'sure');
  return null;
}

const IN_MESSAGE =
  /Traceback \(most recent call last\)|panic: |panic serving |fatal error: |goroutine \d+ \[|panicked at |Exception in thread "|Unhandled exception|UnhandledPromiseRejection|Uncaught (?:\w+Error|exception)/;

/** Whether an entry whose header tells no level tells of a crash. */
export const tellsCrash = (line: string): boolean => IN_MESSAGE.test(line);

/**
 * Whether `line` belongs to the exception before it; then `state` moves on.
 * @param strict false in a file with headers, where all that is no header belongs to it but a second exception
 */
export function goesOn(state: Shape, line: string, strict: boolean): boolean {
  const joins = belongs(state, line) || (!strict && state.sure && !(state.phase === 'done' && startsAnew(state, line)));
  if (!joins) return false;
  state.lines += 1;
  state.blank = line === '';
  if (line !== '') state.chained = BETWEEN.test(line);
  return true;
}

/** A second traceback that nothing announced. */
const startsAnew = (state: Shape, line: string): boolean =>
  !state.chained && state.kind === 'python' && line.startsWith('Traceback (most recent');

/** What reads like a header and is none, in the middle of this exception. */
export const isWithin = (state: Shape, line: string): boolean => state.kind === 'panic' && line.startsWith('note: ');

function belongs(state: Shape, line: string): boolean {
  if (line === '') return state.sure || state.kind === 'banner';
  const first = line.charCodeAt(0);
  const indented = first === 0x20 || first === 0x09;
  switch (state.kind) {
    case 'npm':
      return NPM.test(line);
    case 'python':
      return goesOnPython(state, line, indented);
    case 'banner':
      return goesOnBanner(state, line, indented);
    case 'panic':
      if (indented || MORE.test(line) || GO_CALL.test(line)) return true;
      // Rust tells the message below the place.
      return state.lines === 1 || /^(?:r\w{1,7}|eflags|cs|fs|gs) +0x/.test(line);
    case 'other': {
      if (!state.sure) {
        state.sure = FRAME.test(line);
        return state.sure;
      }
      if (state.phase === 'head') {
        const start = startOf(line, 'sure');
        if (start?.sure === true) return become(state, start);
      }
      return (indented && !state.blank) || MORE.test(line) || BETWEEN.test(line);
    }
  }
}

function become(state: Shape, start: Shape): boolean {
  Object.assign(state, { kind: start.kind, phase: start.phase });
  return true;
}

function goesOnPython(state: Shape, line: string, indented: boolean): boolean {
  if (line.startsWith('Traceback (most recent')) {
    if (state.phase !== 'head' && !state.chained) return false;
    state.phase = 'stack';
    return true;
  }
  if (/^\s+[|+]/.test(line)) {
    state.phase = 'done';
    return true;
  }
  if (BETWEEN.test(line) || MORE.test(line)) return true;
  if (state.phase === 'head') return indented || FUTURE.test(line);
  if (state.phase === 'stack') {
    if (!indented) state.phase = 'done';
    return true;
  }
  return indented && !state.blank;
}

/** Place, source, caret, an empty line, the error, its stack, an empty line, `Node.js v20`. */
function goesOnBanner(state: Shape, line: string, indented: boolean): boolean {
  if (!state.sure) {
    if (CARET.test(line)) {
      state.sure = true;
      return true;
    }
    return state.lines < 3;
  }
  if (state.phase === 'head') {
    state.phase = 'stack';
    return true;
  }
  return indented || MORE.test(line);
}
