/**
 * Tracebacks of Python 3.8 to 3.14: chains of both kinds, groups with their margins, notes, carets, syntax errors.
 * @see https://docs.python.org/3/library/traceback.html for how they are printed
 */
import type { Frame, Trace } from '../model.js';
import { MAX_CAUSES, MAX_MESSAGE_CHARS, frame, named, trace, type Named } from './parts.js';

const START = /^(?:Exception Group )?Traceback \(most recent call last\):/;
const FILE = /^\s*File "([^"\n]*)", line (\d+)(?:,? in (.*))?$/;
const BETWEEN =
  /^(?:The above exception was the direct cause of|During handling of the above exception, another exception occurred)/;
/** What stands before a line of a group: how deep it is, and what draws the tree. */
const MARGIN = /^((?: {2})*)(?:\| ?|\+ (?=Exception Group)|\+-\+-{4,} |\+-{4,} ?)/;
const LIBRARY =
  /(?:^|[\\/])(?:site-packages|dist-packages)[\\/]|[\\/]lib(?:64)?[\\/]python\d[\d.]*[\\/]|[\\/]Python\d+[\\/][Ll]ib[\\/]|^<frozen /;

interface Block {
  frames: Frame[];
  depth: number;
  name: Named | null;
}

const inApp = (file: string): boolean => !LIBRARY.test(file);

export function isPython(text: string): boolean {
  return (
    text.includes('(most recent call last):') || (text.includes('File "') && /^\s*File "[^"\n]*", line \d/m.test(text))
  );
}

function fatalOf(lines: readonly string[]): Trace | null {
  const at = lines.findIndex((line) => line.startsWith('Fatal Python error: '));
  if (at === -1) return null;
  const frames: Frame[] = [];
  for (const line of lines.slice(at + 1)) {
    const match = FILE.exec(line);
    if (match?.[1] !== undefined) frames.push(frame(match[3] ?? null, match[1], match[2], inApp(match[1])));
    else if (frames.length > 0) break;
  }
  return trace('python', { type: 'Fatal Python error', message: lines[at]?.slice(20) ?? '' }, frames, []);
}

export function pythonTrace(lines: readonly string[]): Trace | null {
  const fatal = fatalOf(lines);
  if (fatal !== null) return fatal;
  const blocks: Block[] = [];
  let block: Block | null = null;
  /** The message goes on below its first line until the next block. */
  let telling = false;
  /** In a stack that was printed for its own sake. */
  let aside = false;
  for (const raw of lines) {
    const margin = MARGIN.exec(raw);
    const depth = margin === null ? 0 : (margin[1] ?? '').length;
    const line = margin === null ? raw : raw.slice(margin[0].length);
    if (margin !== null && /^\s*\+-/.test(margin[0])) {
      // The next of a group; one that was never raised comes without `Traceback`.
      block = { frames: [], depth, name: null };
      telling = false;
      continue;
    }
    if (START.test(line)) {
      aside = false;
      block = { frames: [], depth, name: null };
      telling = false;
    } else if (line.startsWith('Stack (most recent call last):')) {
      block = null;
      aside = true;
    } else if (BETWEEN.test(line)) {
      block = null;
      telling = false;
    } else if (telling && block?.name != null) {
      if (block.name.message.length < MAX_MESSAGE_CHARS)
        block.name = { type: block.name.type, message: `${block.name.message}\n${line}` };
    } else if (!aside) {
      const file = FILE.exec(line);
      if (file?.[1] !== undefined) {
        block ??= { frames: [], depth, name: null };
        block.frames.push(frame(file[3] ?? null, file[1], file[2], inApp(file[1])));
      } else if (block !== null && line !== '' && line[0] !== ' ' && line[0] !== '\t') {
        const name = named(line) ?? { type: line.split(/[\s:]/, 1)[0] ?? line, message: line };
        block.name = name;
        block.depth = depth;
        blocks.push(block);
        telling = true;
      }
    }
  }
  if (block !== null && block.name === null && block.frames.length > 0) {
    // Cut off before the exception was named.
    block.name = { type: 'Traceback', message: '' };
    blocks.push(block);
  }
  return chained(blocks);
}

/** The last of the outermost blocks is what was raised; those before it led to it, and those below are its group's. */
function chained(blocks: readonly Block[]): Trace | null {
  let last = -1;
  blocks.forEach((each, at) => {
    const before = blocks[last];
    if (before === undefined || each.depth <= before.depth) last = at;
  });
  const raised = blocks[last];
  if (raised?.name == null) return null;
  const causes: Named[] = [];
  const add = (each: Block): void => {
    if (each.name !== null && causes.length < MAX_CAUSES) causes.push(each.name);
  };
  blocks.slice(last + 1).forEach(add);
  blocks.slice(0, last).reverse().forEach(add);
  return trace('python', raised.name, raised.frames.toReversed(), causes);
}
