/** Stacks of V8: Node, browsers, bundlers. */
import type { Frame, Trace } from '../model.js';
import { frame, named, soundsLikeError, trace, type Named } from './parts.js';

const AT = /^\s+at (?:async )?(.+)$/;
const LIBRARY =
  /(?:^|[\\/])node_modules[\\/]|^node:|^internal\/|^native$|[\\/]\.vite[\\/]deps[\\/]|^<anonymous>$|^wasm:/;
const LOCATED = /^(.*?):(\d+)(?::\d+)?$/;
const INSIDE =
  /(?:^|[\s(['"])((?:[A-Za-z_$][\w$]{0,80}\.){0,6}[A-Za-z_$]?[\w$]{0,80}(?:Error|Exception))(?: \[[A-Z0-9_]+\])?(?:: |$)/;

/** The path that the source has in its project, whoever served it. */
function pathOf(place: string): string {
  let path = place.replace(/^file:\/\//, '');
  path = path.replace(/^webpack(?:-internal)?:\/\/\/?(?:[^/]*\/(?=\.\/|\(|webpack\/))?(?:\([^)]*\)\/)?(?:\.\/)?/, '');
  path = path.replace(/^(?:https?|capacitor|app):\/\/[^/]*/, '');
  const query = path.indexOf('?');
  return query === -1 ? path : path.slice(0, query);
}

function frameOf(line: string): Frame | null {
  const call = AT.exec(line)?.[1]?.replace(/ \{$/, '').trimEnd();
  if (call === undefined) return null;
  const open = call.endsWith(')') ? call.lastIndexOf(' (') : -1;
  const evaluated = call.indexOf(' (eval at ');
  const cut = evaluated === -1 ? open : evaluated;
  const name =
    cut === -1
      ? null
      : call
          .slice(0, cut)
          .replace(/ \[as [^\]]*\]$/, '')
          .replace(/^async /, '');
  const place = cut === -1 ? call : call.slice(cut + 2, -1);
  if (place === '<anonymous>' || place === 'native' || /^index \d+$/.test(place))
    return frame(name, null, undefined, false);
  const located = LOCATED.exec(place);
  if (located?.[1] === undefined) return cut === -1 ? null : frame(name, place, undefined, false);
  const file = pathOf(located[1]);
  return frame(name, file, located[2], !LIBRARY.test(file) && file !== '');
}

export const isNode = (lines: readonly string[]): boolean => lines.some((line) => frameOf(line) !== null);

/** The line that names the error may have text before it, and its message may go on below. */
function headOf(lines: readonly string[], first: number): Named {
  let from = 0;
  for (let at = first - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    // The banner of an uncaught error stands above an empty line.
    if (line === '' && /^\s*\^+\s*$/.test(lines[at - 1] ?? '')) {
      from = at + 1;
      break;
    }
  }
  for (let at = from; at < first; at += 1) {
    const line = lines[at] ?? '';
    const bare = line.replace(/^(?:\(node:\d+\) )?(?:\[\w+\] )?(?:UnhandledPromiseRejectionWarning: )?/, '');
    const name = named(bare.replace(/^Uncaught (?:\(in promise\) )?/, '').replace(/^\s*\[?(?=\w*Error\b)/, ''));
    const found = name !== null && soundsLikeError(name.type) ? name : insideOf(bare);
    if (found === null) continue;
    const message = [found.message, ...lines.slice(at + 1, first)].join('\n');
    // Without a stack of its own it is printed in brackets.
    return { type: found.type, message: line.startsWith('[') ? message.replace(/\](?: \{)?$/, '') : message };
  }
  const alone = named(lines[first - 1] ?? '');
  if (alone !== null && /^[A-Z]/.test(alone.type)) return alone;
  return { type: 'Error', message: lines.slice(from, first).join('\n') };
}

function insideOf(line: string): Named | null {
  const bounded = line.slice(0, 4_000);
  const match = INSIDE.exec(bounded);
  return match?.[1] === undefined ? null : { type: match[1], message: bounded.slice(match.index + match[0].length) };
}

export function nodeTrace(lines: readonly string[]): Trace | null {
  const first = lines.findIndex((line) => frameOf(line) !== null);
  if (first === -1) return null;
  const frames: Frame[] = [];
  // What it was caused by may have a stack though it has none itself.
  const inner = lines.slice(0, first).findIndex((line) => /^\s*\[(?:errors|cause)\]: /.test(line));
  let at = first;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const each = frameOf(line);
    if (each !== null) frames.push(each);
    else if (!/^\s+\.\.\. \d+ lines matching/.test(line) && !/^\s+at /.test(line)) break;
    if (line.endsWith(' {')) {
      at += 1;
      break;
    }
  }
  if (inner === -1) return trace('node', headOf(lines, first), frames, causesOf(lines.slice(at)));
  return trace('node', headOf(lines, inner), frames, causesOf(lines.slice(inner)));
}

/** `[cause]: Error: …` as deep as they go, the members of `[errors]: [`, and `Caused by: …`. */
function causesOf(lines: readonly string[]): Named[] {
  const causes: Named[] = [];
  let inErrors = false;
  for (const line of lines) {
    const cause = /^\s*(?:\[cause\]: |[Cc]aused by:? )\[?(.*)$/.exec(line)?.[1];
    if (/^\s*\[errors\]: \[/.test(line)) inErrors = true;
    const told = cause ?? (inErrors ? line.replace(/^\s*(?:\[errors\]: \[)?\s*\[?/, '') : null);
    if (told === null || /^\s+at /.test(line)) continue;
    const name = named(told.replace(/\](?: \{|,)?$/, ''));
    if (name !== null && (soundsLikeError(name.type) || cause !== undefined)) causes.push(name);
  }
  return causes;
}
