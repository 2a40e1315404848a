/**
 * What a text names so exactly that another text with the same name is about the same thing: files with lines, ids of
 * requests, traces, sessions and tasks, types of exceptions and error codes.
 */
import type { Trace } from '../log/model.js';
import { filesNamedIn } from '../paths.js';

/** How much of a text is looked at, in UTF-16 units: what an error is about stands at its beginning. */
const LOOKED_AT = 6_000;
const MOST_KEYS = 20;
/** Folders of a path that are kept: machines and containers differ in what stands before them. */
const KEPT_SEGMENTS = 4;

const ID_FIELD =
  /(?<![A-Za-z])(?:x[-_])?(request|req|correlation|trace|session|conversation|task|chat)[-_ ]?id["']{0,2}\s{0,3}[=:]\s{0,3}["'[]{0,2}([A-Za-z0-9][\w.:-]{3,79})/gi;
const TRACEPARENT = /(?<![0-9a-f])00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?![0-9a-f])/g;
const OUR_TASK = /(?<![\w-])t[0-9a-f]{16}(?![\w-])/g;
/** `ValueError`, `java.io.IOException`: no plain `Error`, which everything is. */
const TYPE =
  /(?<![\w.])(?:[a-z_]\w{0,40}\.){0,8}([A-Z]\w{1,60}(?:Error|Exception|Warning|Failure|Timeout|Interrupt))(?!\w)/g;
/** Codes of the system and of databases: `ECONNREFUSED`, `ERR_SOCKET_CLOSED`, `SQLSTATE 42P01`, `TS2304`, `ORA-00942`. */
const CODE =
  /(?<![\w-])(E(?:ACCES|ADDRINUSE|ADDRNOTAVAIL|AGAIN|BADF|BUSY|CONNABORTED|CONNREFUSED|CONNRESET|EXIST|FBIG|HOSTUNREACH|ISDIR|LOOP|MFILE|NAMETOOLONG|NETUNREACH|NFILE|NOENT|NOMEM|NOSPC|NOTCONN|NOTDIR|NOTEMPTY|NOTFOUND|PERM|PIPE|ROFS|TIMEDOUT|XDEV)|ERR_[A-Z_]{3,50}|[A-Z]{2,6}-?\d{3,6}|MISCONF|NOAUTH|WRONGPASS|WRONGTYPE|CLUSTERDOWN|READONLY|OOM)(?![\w-])/g;

const KIND_OF_ID: Readonly<Record<string, string>> = {
  request: 'request',
  req: 'request',
  correlation: 'request',
  trace: 'trace',
  session: 'session',
  conversation: 'session',
  chat: 'session',
  task: 'task',
};

/**
 * The keys of an error: `file:<path>:<line>` of the program's own frames (all, where none is known to be its own),
 * `request:`, `trace:`, `session:`, `task:` with the id, `type:` of the exception, `code:`. The most exact come first.
 * @param text redacted
 * @returns at most 20, each at most 200 characters
 */
export function linkKeysOf(text: string, trace: Trace | null): string[] {
  const found = new Set<string>();
  const ids = idsIn(text);
  const files = trace === null ? filesIn(text) : framesOf(trace);
  const types = trace === null ? [] : [trace.type, ...trace.causes.map(({ type }) => type)].map(typeKey);
  for (const key of [...ids, ...types, ...typesIn(text), ...codesIn(text), ...files]) {
    if (found.size >= MOST_KEYS) break;
    if (key !== '' && key.length <= 200) found.add(key);
  }
  return [...found];
}

/** The same of prose, such as a task: files also without a line, since nobody writes them there. */
export function mentionsOf(text: string): string[] {
  return [...new Set([...idsIn(text), ...typesIn(text), ...codesIn(text), ...filesIn(text)])].slice(0, MOST_KEYS);
}

/** `file:<path>:<line>` or `file:<path>` in its parts; null for another kind of key. */
export function fileOfKey(key: string): { readonly path: string; readonly line: number | null } | null {
  const parts = /^file:(.*?)(?::(\d+))?$/s.exec(key);
  if (parts === null) return null;
  return { path: parts[1] ?? '', line: parts[2] === undefined ? null : Number(parts[2]) };
}

/** How many folders and names two paths have in common from the end on; 0 where one is no end of the other. */
export function commonTail(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const length = Math.min(one.length, other.length);
  for (let back = 1; back <= length; back++) if (one.at(-back) !== other.at(-back)) return 0;
  return length;
}

/** A path as keys write it: `/`, no drive, no dots, the last four parts. */
export function pathKey(path: string): string {
  const parts = path.replace(/^[A-Za-z]:/, '').split(/[\\/]+/);
  return parts
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .slice(-KEPT_SEGMENTS)
    .join('/');
}

function framesOf({ frames }: Trace): string[] {
  const own = frames.filter(({ inApp }) => inApp);
  return (own.length > 0 ? own : frames).flatMap(({ file, line }) => {
    const path = file === null ? '' : pathKey(file);
    return path === '' ? [] : [line === null ? `file:${path}` : `file:${path}:${line}`];
  });
}

const filesIn = (text: string): string[] =>
  filesNamedIn(text.slice(0, LOOKED_AT)).map(({ path, line }) =>
    line === null ? `file:${pathKey(path)}` : `file:${pathKey(path)}:${line}`,
  );

function idsIn(text: string): string[] {
  const looked = text.slice(0, LOOKED_AT);
  const named = [...looked.matchAll(ID_FIELD)].flatMap(([, kind = '', id = '']) =>
    /\d/.test(id) ? [`${KIND_OF_ID[kind.toLowerCase()] ?? 'request'}:${id.replace(/[.:]+$/, '')}`] : [],
  );
  return [
    ...named,
    ...[...looked.matchAll(TRACEPARENT)].map(([, id = '']) => `trace:${id}`),
    ...[...looked.matchAll(OUR_TASK)].map(([id]) => `task:${id}`),
  ];
}

/** Without its package, which prose leaves out. */
const typeKey = (type: string): string => {
  const name = type.split(/[.:\\]+/).at(-1) ?? '';
  return /^(?:Error|Exception|panic|)$/i.test(name) ? '' : `type:${name}`;
};

const typesIn = (text: string): string[] =>
  [...text.slice(0, LOOKED_AT).matchAll(TYPE)].map(([, name = '']) => `type:${name}`);

const codesIn = (text: string): string[] =>
  [...text.slice(0, LOOKED_AT).matchAll(CODE)].flatMap(([, code = '']) =>
    // `UTF-8`, `SHA-256`, `RFC 3339`: names of standards, not of errors.
    /^(?:UTF|SHA|MD|RFC|ISO|AES|RSA|HTTP|IPV|BASE|CPU|GPU|VM|PR|UUID)-?\d+$/.test(code) ? [] : [`code:${code}`],
  );
