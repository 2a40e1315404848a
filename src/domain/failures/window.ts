/** The part of an output that is looked at: its head and its tail, as lines without colours and carriers' columns. */

import { cuesIn } from './cues.js';

const HEAD_CHARS = 24 * 1024;
const TAIL_CHARS = 40 * 1024;
const MAX_LINE_CHARS = 1_000;

const COLOUR = /\u001b\[[0-9;?:]{0,40}[ -/]{0,4}[@-~]|\u001b\][^\u0007\n]{0,200}\u0007/g;

export interface Line {
  readonly text: string;
  /** From 1, in the whole output. */
  readonly number: number;
  /** The families of rules that have anything to do in it: see `CUES`. */
  readonly cues: number;
}

/** Both ends of a long text; whole where it is short. */
function endsOf(text: string): readonly { readonly text: string; readonly from: number }[] {
  if (text.length <= HEAD_CHARS + TAIL_CHARS) return [{ text, from: 0 }];
  const head = text.lastIndexOf('\n', HEAD_CHARS);
  const tail = text.indexOf('\n', text.length - TAIL_CHARS);
  const tailFrom = tail === -1 ? text.length - TAIL_CHARS : tail + 1;
  return [
    { text: text.slice(0, head <= 0 ? HEAD_CHARS : head), from: 0 },
    { text: text.slice(tailFrom), from: tailFrom },
  ];
}

/** Whether anything in the part that is looked at fits, without cutting it into lines. */
export const someWhere = (text: string, test: (text: string) => boolean): boolean =>
  endsOf(text).some((end) => test(end.text));

/** What a search in a log puts before its lines, and a CI run before its errors. */
const FOUND =
  /^(?:[\w./@-]{1,200}[:-])?\d{1,7}[:-](?=\W?\d{4}-\d\d|\w{3} +\d{1,2} |\{")|^##\[error\](?=\S+[:(]\d|[Ee]rror|Process completed)/;
/** Whatever stands behind it, a CI run says so that it failed. */
const ANNOTATED = /^##\[error\]/;

export function windowOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const end of endsOf(text)) {
    let number = 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < end.from; at = text.indexOf('\n', at + 1)) number += 1;
    const bare = end.text.includes('\u001b') ? end.text.replace(COLOUR, '') : end.text;
    for (const raw of bare.split('\n')) {
      const told = unmarked(unspun(raw.includes('\r') ? overwritten(raw) : raw));
      const text = (told.length > MAX_LINE_CHARS ? told.slice(0, MAX_LINE_CHARS) : told).trimEnd();
      lines.push({ text, number, cues: cuesIn(text) });
      number += 1;
    }
  }
  return uncarried(lines);
}

/** A progress bar writes over itself: what stood last is what was seen. */
const overwritten = (raw: string): string => raw.slice(raw.trimEnd().lastIndexOf('\r') + 1);

function unmarked(line: string): string {
  const bare = line.replace(FOUND, '');
  return bare.startsWith('##') ? bare.replace(ANNOTATED, 'Error: ') : bare;
}

/** Without the dots of a spinner in front. */
const unspun = (line: string): string => {
  const code = line.charCodeAt(0);
  return code >= 0x2800 && code <= 0x28ff ? line.replace(/^[\u2800-\u28ff\s]+/, '') : line;
};

/** `web-1  | …` of compose, `job<tab>step<tab>time …` of a CI run: the columns of a carrier stand before every line. */
const COMPOSE = /^[\w.-]{1,60} +\| ?/;
/** `0|api  | …` of PM2, `time app[web.1]: …` of a platform. */
const PM2 = /^\d{1,3}\|[\w.-]{1,40} +\| ?/;
const PLATFORM = /^\d{4}-\d\d-\d\dT[\d:.+Z-]{8,30} \w{1,20}\[[\w.-]{1,30}\]: /;
const CI = /^[^\t\n]{1,80}\t[^\t\n]{1,120}\t\ufeff?\d{4}-\d\d-\d\dT[\d:.]{8,20}Z ?/;

/** What Android writes before each line of a crash where it leaves out the time; a level of its own it does not lose. */
const CRASHED = /^E[ /]AndroidRuntime *(?:\( *\d+\))?: /;

/** A carrier shows itself among the first lines. */
const MAX_SAMPLE = 8;

function uncarried(lines: readonly Line[]): readonly Line[] {
  for (const carrier of [COMPOSE, PM2, PLATFORM, CI]) {
    if (!lines.slice(0, MAX_SAMPLE).some(({ text }) => carrier.test(text))) continue;
    const told = lines.filter(({ text }) => text !== '');
    const carried = told.filter(({ text }) => carrier.test(text)).length;
    if (carried > 0 && carried >= told.length * 0.8)
      return lines.map(({ text, number }) => {
        const own = unmarked(text.replace(carrier, ''));
        return { text: own, number, cues: cuesIn(own) };
      });
  }
  if (!lines.some(({ text }) => text.startsWith('E') && CRASHED.test(text))) return lines;
  return lines.map((line) => {
    const own = line.text.replace(CRASHED, '');
    return own === line.text ? line : { ...line, text: own, cues: cuesIn(own) };
  });
}
