/** Private keys in PEM: they run over many lines, stand in JSON as one, and are cut off at times. */
import { ALNUM, type Hit } from './forms.js';
import { charSet, type Scene } from './scene.js';

const HEADER = /[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const FOOTER = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const BEGIN = '-----BEGIN ';
const END = '-----END ';
/** A key of 16,384 bits has 12,800 characters. */
const MAX_CHARS = 16_384;
const FULL_LINE_CHARS = 40;
const BODY = charSet(`${ALNUM}+/=`);
/** Line ends, also escaped ones, and the lines that come first in an encrypted key. */
const BETWEEN =
  /(?:\s|\\{1,8}[nr]){1,16}(?:(?:Proc-Type|DEK-Info|Version|Comment): [^\r\n\\]{1,200}(?:\s|\\{1,8}[nr]){1,16}){0,4}/y;

export const PRIVATE_KEY: Hit = {
  places: [...BEGIN],
  take: (scene, at) => {
    const { text } = scene;
    const start = at - BEGIN.length;
    if (scene.isCovered(start, 2)) return;
    HEADER.lastIndex = at;
    if (!HEADER.test(text)) return;
    const body = HEADER.lastIndex;
    const footer = scene.next(END, body);
    FOOTER.lastIndex = footer;
    const isWhole = footer - body <= MAX_CHARS && FOOTER.test(text);
    const end = isWhole ? FOOTER.lastIndex : endOfBody(scene, body);
    if (end > body) scene.add(start, end, 'private-key', 2);
  },
};

/** How far a key goes whose end is missing; `from` unless at least one full line of it is there. */
function endOfBody(scene: Scene, from: number): number {
  let end = from;
  for (let at = from; at - from < MAX_CHARS;) {
    BETWEEN.lastIndex = at;
    const line = BETWEEN.test(scene.text) ? BETWEEN.lastIndex : at;
    const next = scene.runEnd(BODY, line);
    const isFull = next - line >= FULL_LINE_CHARS;
    // The last line is shorter, and ends where the text or its quote does.
    if (isFull || (end > from && next > line && !/[^\s"'`\\]/.test(scene.text[next] ?? ' '))) end = next;
    if (!isFull) break;
    at = next;
  }
  return end;
}

/** A key that has begun is looked for in this many lines. */
const MAX_LINES = 200;
const OPEN_HEADER =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\sA-Za-z0-9+/=]|\\{1,8}[nr])*["'`\\,]{0,4}\s*$/;
const CLOSING_LINE = /[A-Za-z0-9+/=]*\s*-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const BODY_LINE = /(?:^|[\s"'`|>])([A-Za-z0-9+/]{40,}={0,2}|[A-Za-z0-9+/]{2,}={1,2})(?=[\s"'`\\,]{0,8}$)/;
const SHORT_LINE = /^\s*([A-Za-z0-9+/]{1,40})\s*$/;

/**
 * Redacts lines of one stream in their order. A private key is masked from its beginning on, line by line, even where its
 * end never comes; lines of others in between stay.
 */
export function createLineRedactor(redact: (text: string) => string): (line: string) => string {
  let left = 0;
  let wasBody = false;
  const mask = (part: string): string => {
    const body = part.replaceAll(/-----(?:BEGIN|END) [^-]*-----/g, '').trim();
    return redact(`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`);
  };
  const replace = (line: string, found: RegExpExecArray, part: string): string => {
    const start = found.index + found[0].length - part.length;
    return redact(line.slice(0, start)) + mask(part) + redact(line.slice(start + part.length));
  };
  return (line) => {
    const opened = line.includes('-----BEGIN ') ? OPEN_HEADER.exec(line) : null;
    if (opened !== null) {
      left = MAX_LINES;
      wasBody = true;
      return replace(line, opened, opened[0]);
    }
    if (left === 0) return redact(line);
    left -= 1;
    const closing = CLOSING_LINE.exec(line);
    if (closing !== null) {
      left = 0;
      return replace(line, closing, closing[0]);
    }
    const body = BODY_LINE.exec(line) ?? (wasBody ? SHORT_LINE.exec(line) : null);
    wasBody = body !== null;
    return body === null ? redact(line) : replace(line, body, body[1] ?? '');
  };
}

const KEY_LINE = /^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$/;
const KEY_END = /-----END [A-Z0-9 ]*PRIVATE KEY/;
const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;
const MASKED_LINE = '[redacted:private-key]';

/** A few lines out of many without what may be the middle or the end of a private key that began before them. */
export function withoutKeys(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => KEY_END.test(line));
  const begin = lines.findIndex((line) => KEY_BEGIN.test(line));
  return lines.map((line, index) => {
    const isBeforeEnd = end >= index && (begin < 0 || begin > end);
    return isBeforeEnd || KEY_LINE.test(line) ? MASKED_LINE : line;
  });
}
