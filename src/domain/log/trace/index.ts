/** The exception in a text as structure. */
import type { Trace } from '../model.js';
import { goTrace, isGo } from './go.js';
import { isJava, javaTrace } from './java.js';
import { isNode, nodeTrace } from './node.js';
import { isPhp, isRuby, isRust, isSharp, phpTrace, rubyTrace, rustTrace, sharpTrace } from './others.js';
import { isPython, pythonTrace } from './python.js';

const MAX_LINES = 2_000;
const MAX_LINE_CHARS = 2_000;
const MAX_CHARS = 1_200_000;

/** What a stack cannot do without; most messages have none of it. */
const MAYBE =
  /\n[ \t]{0,40}at |\\n[ \t]{0,40}at |\(most recent call last\)|File "|goroutine |panic|fatal error: |:in [`']|\n#\d|Unhandled exception|Fatal Python error/;
const COLOUR = /\u001b\[[0-9;:]{0,40}[A-Za-z]/g;

/**
 * @param text of an event, or of a tool's output; several lines, of a JSON string also with `\n` written out
 * @returns null where it holds no stack in a form we know; a lone `ValueError: x` is a message, not a trace
 */
export function traceOf(text: string): Trace | null {
  if (!MAYBE.test(text)) return null;
  let whole = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text;
  if (whole.includes('\u001b')) whole = whole.replace(COLOUR, '');
  if (/\\n[ \t]{0,40}(?:at |File |\|)/.test(whole)) whole = unescaped(whole);
  const lines = whole
    .split('\n', MAX_LINES)
    .map((line) => (line.length > MAX_LINE_CHARS ? line.slice(0, MAX_LINE_CHARS) : line).trimEnd());
  if (isPython(whole)) return pythonTrace(lines);
  if (isRust(lines)) return rustTrace(lines);
  if (isGo(lines)) return goTrace(lines);
  if (isJava(lines)) return javaTrace(lines);
  if (isSharp(lines)) return sharpTrace(lines);
  if (isPhp(lines)) return phpTrace(lines);
  if (isRuby(lines)) return rubyTrace(lines);
  if (isNode(lines)) return nodeTrace(lines);
  return null;
}

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', '"': '"', '\\': '\\', '/': '/' };

const unescaped = (text: string): string =>
  text.replace(/\\([ntr"\\/])/g, (_, sign: string) => UNESCAPED[sign] ?? sign);
