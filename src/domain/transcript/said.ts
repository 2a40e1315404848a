/** What sifting a line needs to know of calls before it, and what it takes from prose, commands and edits. */
import { editMarkers, markersIn, type Marker } from '../prose/index.js';
import type { Effect, Item, Marked, Text, TextBag } from './entry.js';
import { FILE_TOOLS, isObject, str, type Json } from './value.js';

/** A call as later lines of the file refer to it. */
export interface KnownCall {
  readonly tool: string;
  /** Path, or command and description, cut. */
  readonly summary: string | null;
}

/** What sifting knows beside the line. */
export interface Sifting {
  /** Whether prose is read. */
  readonly prose: boolean;
  readonly bag: TextBag;
  call(id: string): KnownCall | undefined;
  opened(id: string, call: KnownCall): void;
}

/** Longest texts that are kept, in UTF-16 units. Of a long message the beginning and the end. */
const MAX = {
  head: 14_000,
  tail: 10_000,
  plan: 24_000,
  title: 300,
  quote: 300,
  path: 400,
  summary: 300,
  edit: 200_000,
} as const;

/** The whole of what is said, or its beginning and end. */
export function speechOf(text: string, bag: TextBag): Text {
  const whole = text.length <= MAX.head + MAX.tail;
  return bag.put(whole ? text : `${text.slice(0, MAX.head)}\n\n${text.slice(-MAX.tail)}`, MAX.head + MAX.tail + 2);
}

const LOOKS = new Set([
  'Read',
  'Grep',
  'Glob',
  'LS',
  'WebFetch',
  'WebSearch',
  'NotebookRead',
  'BashOutput',
  'TaskOutput',
  'ToolSearch',
]);
const LISTS = new Set([
  'TodoWrite',
  'TaskCreate',
  'TaskUpdate',
  'TaskList',
  'TaskGet',
  'ExitPlanMode',
  'EnterPlanMode',
  'AskUserQuestion',
]);
const COMMITS = /\bgit\s+(?:-\S+\s+)*(?:commit|push|merge|tag)\b|\bgh\s+(?:pr|release)\s+(?:create|merge)\b/;
/** A command that shows something and changes nothing, also behind a pipe. */
const SHOWS =
  /^\s*(?:cd\s+\S+\s*(?:&&|;)\s*)?(?:ls|cat|head|tail|grep|rg|ag|find|pwd|wc|which|echo|tree|du|df|ps|stat|file|env|date|jq|sed -n|git\s+(?:status|log|diff|show|branch|blame|grep)|gh\s+(?:pr|issue|run)\s+(?:view|list|diff|checks|status))\b(?![^|]*(?:>|&&|;))/;

export function effectOf(tool: string, command: string | null): Effect {
  if (FILE_TOOLS.has(tool)) return 'changes';
  if (LOOKS.has(tool)) return 'looks';
  if (LISTS.has(tool)) return 'lists';
  if (command === null) return 'runs';
  if (COMMITS.test(command)) return 'commits';
  return SHOWS.test(command) ? 'looks' : 'runs';
}

export function summaryOf(input: Json): string | null {
  const path = str(input['file_path']) ?? str(input['notebook_path']) ?? str(input['path']);
  const told = [path, str(input['command']), str(input['description'])].filter((part) => part !== null).join(' ');
  return told === '' ? null : told.slice(0, MAX.summary);
}

const cut = (value: unknown): string => (str(value) ?? '').slice(0, MAX.edit);

/** Before and after of each piece that an edit changes; null where this is no edit. */
function piecesOf(tool: string, input: Json): readonly { before: string; after: string }[] {
  const piece = (edit: Json): { before: string; after: string } => ({
    before: cut(edit['old_string']),
    after: cut(edit['new_string']),
  });
  if (tool === 'Edit') return [piece(input)];
  if (tool === 'Write') return [{ before: '', after: cut(input['content']) }];
  if (tool === 'NotebookEdit') return [{ before: '', after: cut(input['new_source']) }];
  const edits = input['edits'];
  return tool === 'MultiEdit' && Array.isArray(edits) ? edits.filter(isObject).slice(0, 100).map(piece) : [];
}

/** Markers that an edit adds and removes; nothing for one without any. */
export function editItem(tool: string, callId: string, input: Json, { bag }: Sifting): Item | null {
  const path = str(input['file_path']) ?? str(input['notebook_path']) ?? '';
  const added: Marker[] = [];
  const removed: Marker[] = [];
  const reworded: { readonly from: Marker; readonly to: Marker }[] = [];
  for (const { before, after } of piecesOf(tool, input)) {
    const found = editMarkers({ path, before, after });
    added.push(...found.added);
    removed.push(...found.removed);
    reworded.push(...found.reworded);
  }
  if (added.length + removed.length + reworded.length === 0) return null;
  const put = (marker: Marker): Marked => ({
    title: bag.put(marker.title, MAX.title),
    words: bag.put(marker.words, MAX.title),
    quote: bag.put(marker.quote, MAX.quote),
  });
  return {
    is: 'edit',
    callId,
    path: bag.put(path, MAX.path),
    added: added.slice(0, 40).map(put),
    removed: removed.slice(0, 40).map((marker) => bag.put(marker.words, MAX.title)),
    reworded: reworded.slice(0, 40).map(({ from, to }) => ({ from: bag.put(from.words, MAX.title), to: put(to) })),
  };
}

/** Line numbers that a tool puts before the lines of a file. */
const NUMBERED = /^ *\d+[\t→]/gm;
/** Looked for one by one: files are long, and so it is ten times as fast as in one expression. */
const MARKERS = ['TODO', 'FIXME', 'XXX', 'HACK', '[ ]'];

/** Markers of a file as it was read, so that writing it again does not add them. */
export function seenItem(path: string, output: string, { bag }: Sifting): Item | null {
  if (!MARKERS.some((marker) => output.includes(marker))) return null;
  const words = markersIn(output.slice(0, MAX.edit).replace(NUMBERED, ''), path).map((marker) => marker.words);
  if (words.length === 0) return null;
  return {
    is: 'seen',
    path: bag.put(path, MAX.path),
    words: words.slice(0, 100).map((text) => bag.put(text, MAX.title)),
  };
}

export const planItem = (callId: string, input: Json, { bag }: Sifting): Item | null => {
  const plan = str(input['plan']);
  return plan === null ? null : { is: 'plan', callId, text: bag.put(plan, MAX.plan) };
};

/** Fixed words of Claude Code before what the user gives as the reason. */
const REASON = /the user said:\s*([\s\S]+)$/i;

export function refusalItem(callId: string, text: string, sifting: Sifting): Item | null {
  const said = REASON.exec(text.slice(0, MAX.head))?.[1]?.trim() ?? '';
  return said === '' ? null : { is: 'refusal', callId, text: speechOf(said, sifting.bag) };
}

/** Where the result of a test run is told, by its end. */
const RUN_TAIL = 4_000;
const FAILED = /\b[1-9]\d* (?:tests? )?fail(?:ed|ing|ures?)\b|^FAILED\b|\bFAIL\b|\bfailed: [1-9]/im;
const RUNS_TESTS =
  /\b(?:tests?|pytest|jest|vitest|mocha|rspec|phpunit|ctest|tox|nox|unittest|gradlew?|mvn|xcodebuild|playwright|cypress|runTests)\b/i;

/** How a run of tests went; null for anything else. */
export function testsOf(call: KnownCall | undefined, output: string, isError: boolean): 'pass' | 'fail' | null {
  if (call?.tool !== 'Bash' || call.summary === null || !RUNS_TESTS.test(call.summary)) return null;
  const tail = output.slice(-RUN_TAIL);
  if (isError) return 'fail';
  return FAILED.test(tail) ? 'fail' : 'pass';
}
