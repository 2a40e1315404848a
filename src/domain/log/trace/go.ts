/** Panics and fatal errors of Go, with the stack of the goroutine that had them. */
import type { Frame, Trace } from '../model.js';
import { frame, trace, type Named } from './parts.js';

const GOROUTINE = /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]]*\]:/;
const FILE = /^\t(\S.*\.(?:go|s|c)):(\d+)(?: \+0x[0-9a-f]+)?/;
const LIBRARY =
  /\/go\/src\/|\/usr\/lib\/go|\/libexec\/src\/|^\$?GOROOT|\/pkg\/mod\/|\/vendor\/|^_cgo|\/go\d[\d.]*\/src\//;
const HEAD = /(?:^|\s)(panic|fatal error): |^(SIG[A-Z]+): |http: (panic) serving [^ ]*: /;

export const isGo = (lines: readonly string[]): boolean =>
  lines.some((line) => GOROUTINE.test(line) || /^(?:panic|fatal error): /.test(line));

/** `main.(*T).m(0xc000, {0x1, 0x2})` without what it was called with. */
function callee(line: string): string {
  const made = /^created by (.+?)(?: in goroutine \d+)?$/.exec(line)?.[1];
  if (made !== undefined) return made;
  if (!line.endsWith(')')) return line;
  let depth = 0;
  for (let at = line.length - 1; at > 0; at -= 1) {
    if (line[at] === ')') depth += 1;
    else if (line[at] === '(') {
      depth -= 1;
      if (depth === 0) return line.slice(0, at);
    }
  }
  return line;
}

const cleaned = (name: string): string => name.replace(/\[(?:\.\.\.|go\.shape[^\]]*)\]/g, '');

export function goTrace(lines: readonly string[]): Trace | null {
  const first = lines.findIndex((line) => GOROUTINE.test(line));
  const frames: Frame[] = [];
  for (let at = first + 1; first !== -1 && at + 1 < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '' || GOROUTINE.test(line)) break;
    const file = FILE.exec(lines[at + 1] ?? '');
    if (file?.[1] === undefined) continue;
    const name = cleaned(callee(line));
    frames.push(frame(name, file[1], file[2], !LIBRARY.test(file[1]) && !/^(?:runtime|panic$|testing)\b/.test(name)));
    at += 1;
  }
  const head = headOf(lines.slice(0, first === -1 ? lines.length : first));
  if (head === null && frames.length === 0) return null;
  return trace('go', head ?? { type: 'panic', message: lines[0] ?? '' }, frames, []);
}

function headOf(lines: readonly string[]): Named | null {
  for (const [at, line] of lines.entries()) {
    const match = HEAD.exec(line);
    const type = match?.[1] ?? match?.[2] ?? match?.[3];
    if (match === null || type === undefined) continue;
    const message = [line.slice(match.index + match[0].length)];
    for (const more of lines.slice(at + 1)) {
      if (more === '' || more.startsWith('[signal ') || more.startsWith('\tpanic: ') || more === 'runtime stack:')
        break;
      message.push(more);
    }
    const text = message.join('\n');
    return { type, message: text.replace(/ \[recovered(?:, repanicked)?\]/g, '') };
  }
  return null;
}
