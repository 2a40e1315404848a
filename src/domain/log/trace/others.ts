/** Rust, C#, Ruby and PHP. */
import type { Frame, Trace } from '../model.js';
import { frame, named, trace, type Named } from './parts.js';

const PANICKED = /^thread '([^'\n]*)' (?:\(\d+\) )?panicked at (.*)$/;

export const isRust = (lines: readonly string[]): boolean => lines.some((line) => PANICKED.test(line));

export function rustTrace(lines: readonly string[]): Trace | null {
  const at = lines.findIndex((line) => PANICKED.test(line));
  const told = PANICKED.exec(lines[at] ?? '')?.[2];
  if (told === undefined) return null;
  // Since 1.73 the place stands alone on the line, and the message below it.
  const old = /^'(.*)', (.+?):(\d+):\d+$/.exec(told);
  const place = old ?? /^()(.+?):(\d+):\d+:?$/.exec(told);
  const message: string[] = old?.[1] === undefined ? [] : [old[1]];
  const frames: Frame[] = [];
  let name: string | null = null;
  const flush = (): void => {
    if (name !== null) frames.push(frame(rustName(name), null, undefined, isRustApp(name, '')));
    name = null;
  };
  let inStack = false;
  for (const line of lines.slice(at + 1)) {
    if (line === 'stack backtrace:') inStack = true;
    else if (!inStack) {
      if (line.startsWith('note: ')) continue;
      if (old === null) message.push(line);
    } else {
      const call = /^\s*\d+: +(?:0x[0-9a-f]+ - )?(.+)$/.exec(line)?.[1];
      const file = /^\s+at (.+?):(\d+)(?::\d+)?$/.exec(line);
      if (call !== undefined) {
        flush();
        name = call;
      } else if (file?.[1] !== undefined && name !== null) {
        frames.push(frame(rustName(name), file[1], file[2], isRustApp(name, file[1])));
        name = null;
      }
    }
  }
  flush();
  if (frames.length === 0 && place?.[2] !== undefined)
    frames.push(frame(null, place[2], place[3], isRustApp('', place[2])));
  return trace('rust', { type: 'panic', message: message.join('\n') }, frames, []);
}

const rustName = (name: string): string => name.replace(/::h[0-9a-f]{16}$/, '').replace(/::\{\{closure\}\}/g, '');

const isRustApp = (name: string, file: string): boolean =>
  !/^<?(?:std|core|alloc|tokio|futures\w*)::|^(?:rust_begin_unwind|__rust\w*|__libc\w*|_start|main|start_thread|clone3?)$/.test(
    name,
  ) && !/^\/rustc\/|\.cargo\/registry\/|\/library\/(?:std|core|alloc)\//.test(file);

const SHARP_AT = /^\s+at (.+?\(.*?\))(?: in (.+):line (\d+))?$/;
const SHARP_END = /^\s*--- End of /;

export const isSharp = (lines: readonly string[]): boolean =>
  lines.some(
    (line) =>
      / in .+:line \d+$/.test(line) ||
      SHARP_END.test(line) ||
      /^\s*---> \S/.test(line) ||
      /^Unhandled exception\. /.test(line),
  );

export function sharpTrace(lines: readonly string[]): Trace | null {
  const first = lines.findIndex((line) => SHARP_AT.test(line));
  const heads = lines.slice(0, first === -1 ? lines.length : first);
  const names: Named[] = [];
  for (const line of heads) {
    const name = named(
      line.replace(/^\s*---> (?:\(Inner Exception #\d+\) )?/, '').replace(/^Unhandled exception\. /, ''),
    );
    const last = names.at(-1);
    if (name?.type.includes('.') === true || /^\s*---> |^Unhandled exception\. /.test(line))
      names.push(name ?? { type: 'Exception', message: line });
    else if (last !== undefined) names[names.length - 1] = { type: last.type, message: `${last.message}\n${line}` };
  }
  const [head, ...causes] = names;
  if (head === undefined && first === -1) return null;
  // The innermost stack is printed first: that of the outermost comes behind the last end of an inner one.
  const inner = lines.findLastIndex((line) => /^\s*--- End of inner exception stack trace/.test(line));
  const frames: Frame[] = [];
  for (const line of lines.slice(inner === -1 ? Math.max(first, 0) : inner + 1)) {
    const match = SHARP_AT.exec(line);
    if (match?.[1] === undefined) continue;
    const name = sharpName(match[1]);
    frames.push(
      frame(name, match[2] ?? null, match[3], !/^(?:System|Microsoft|Npgsql|Newtonsoft|StackExchange)\./.test(name)),
    );
  }
  return trace('csharp', head ?? { type: 'Exception', message: heads.join('\n') }, frames, causes);
}

const sharpName = (call: string): string =>
  call
    .slice(0, call.indexOf('('))
    .replace(/<([\w.]+)>d__\d+(?:`\d+)?\.MoveNext$/, '$1')
    .replace(/\.<>c(?:__DisplayClass[\d_]+)?\.<(\w+)>b__[\d_]+$/, '.$1');

const RUBY_HEAD = /^(?:[^\s:][^:\n]*\.(?:rb|ru|rake|erb)|-e):(\d+):in [`'][^'\n]*': (.*) \(([A-Z][\w:]*)\)$/;
const RUBY_AT =
  /^\s*(?:\d+: )?(?:from )?((?:[^\s:][^:\n]*\.(?:rb|ru|rake|erb|gemspec)|-e|<internal:[^>]*>)):(\d+):in [`']([^'\n]*)'/;

export const isRuby = (lines: readonly string[]): boolean => lines.some((line) => RUBY_AT.test(line));

export function rubyTrace(lines: readonly string[]): Trace | null {
  const frames: Frame[] = [];
  const names: Named[] = [];
  let above = '';
  for (const line of lines) {
    const head = RUBY_HEAD.exec(line);
    if (head?.[2] !== undefined && head[3] !== undefined) names.push({ type: head[3], message: head[2] });
    const match = RUBY_AT.exec(line);
    if (match?.[1] !== undefined && names.length < 2) {
      const gem = /\/gems\/|\/lib\/ruby\/|^<internal:/.test(match[1]);
      frames.push(frame(match[3] ?? null, match[1], match[2], !gem));
    } else if (match === null && frames.length === 0 && line !== '') above = line;
  }
  if (frames.length === 0) return null;
  const [head, ...causes] = names;
  // Rails and loggers: `Type (message):` or `message (Type)` above the stack.
  const rails = /^([A-Z][\w:]*) \((.*)\):?\s*$/.exec(above);
  const logged = /^(.*) \(([A-Z][\w:]*)\)$/.exec(above);
  const other = rails?.[1] === undefined ? logged?.[2] : rails[1];
  const told = { type: other ?? 'StandardError', message: rails?.[2] ?? logged?.[1] ?? above };
  return trace('ruby', head ?? told, frames, causes);
}

const PHP_HEAD =
  /(?:Uncaught |^Next |^)([A-Z_][\w\\]*(?:Exception|Error|Throwable)[\w\\]*)(?:: (.*?))? in (\S.*?)(?:\(|:)(\d+)\)?$/;
const PHP_AT = /^#\d+ (?:(\[internal function\])|(.+?)\((\d+)\)): (.+?)(?:\(|$)/;

export const isPhp = (lines: readonly string[]): boolean =>
  lines.some((line) => PHP_AT.test(line) || line === '#0 {main}');

export function phpTrace(lines: readonly string[]): Trace | null {
  const blocks: { name: Named; frames: Frame[] }[] = [];
  for (const line of lines) {
    const head = PHP_HEAD.exec(line);
    if (head?.[1] !== undefined) {
      const name = { type: head[1], message: head[2] ?? '' };
      blocks.push({ name, frames: [frame(null, head[3] ?? null, head[4], isPhpApp(head[3] ?? ''))] });
      continue;
    }
    const match = PHP_AT.exec(line);
    const file = match?.[2] ?? null;
    if (match !== null)
      blocks.at(-1)?.frames.push(frame(match[4] ?? null, file, match[3], file !== null && isPhpApp(file)));
  }
  // As in Python, what was raised last is printed last.
  const raised = blocks.at(-1);
  if (raised === undefined) return null;
  const causes = blocks
    .slice(0, -1)
    .toReversed()
    .map((block) => block.name);
  return trace('php', raised.name, raised.frames, causes);
}

const isPhpApp = (file: string): boolean => !/\/vendor\/|^\[internal|^phar:/.test(file);
