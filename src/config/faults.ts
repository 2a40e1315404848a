/** Turns what zod found into sentences: what is wrong, what is allowed, what to do. */
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { Settings } from './schema.js';

type Path = readonly PropertyKey[];

/** Keys that people try, and where the thing goes instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'redis.password':
    'a secret does not belong in config.json; put it in REDIS_PASSWORD, in the environment or secrets.env',
  'dashboard.token':
    'a secret does not belong in config.json; the token is made by itself and kept in the state folder',
};

export function faultsOf(error: z.ZodError, raw: unknown): string[] {
  const faults = new Map<string, string>();
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) faults.set(keyPath([...issue.path, key]), unknownKey(issue.path, key));
    } else {
      const path = keyPath(issue.path);
      if (!faults.has(path)) faults.set(path, misfit(issue, raw));
    }
  }
  return [...faults].map(([path, fault]) => `${path}: ${fault}`);
}

/** `["logs", 0, "path"]` as people write it: `logs[0].path`. */
function keyPath(path: Path): string {
  if (path.length === 0) return 'the whole file';
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

function unknownKey(at: Path, key: string): string {
  const elsewhere = ELSEWHERE[keyPath([...at, key])];
  if (elsewhere !== undefined) return elsewhere;
  const siblings = Object.keys(shapeOf(inner(schemaAt(at))) ?? {});
  const nearest = closest(key, siblings);
  const same = leafPaths().find((path) => path.split('.').at(-1)?.replace('[]', '') === key);
  const near = distance(key, nearest) <= 2 || same === undefined;
  return `is not a known key; did you mean "${near ? keyPath([...at, nearest]) : same}"? Correct it or take it out`;
}

function misfit(issue: z.core.$ZodIssue, raw: unknown): string {
  const says: unknown = issue.code === 'custom' ? issue.params?.['says'] : undefined;
  if (typeof says === 'string') return says;
  const value = valueAt(raw, issue.path);
  const allowed = descriptionAt(issue.path);
  if (value === undefined) return `is missing, but must be ${allowed}; add it`;
  if (issue.path.length === 0) return `is ${show(value)}, but must be an object; begin it with { and end it with }`;
  const usual = valueAt(Settings.parse({}), issue.path);
  const inList = issue.path.some((part) => typeof part === 'number');
  const cure = inList
    ? 'change it or take it out'
    : `change it, or leave it out for the default${isLeafValue(usual) ? `, ${JSON.stringify(usual)}` : ''}`;
  return `is ${show(value)}, but must be ${allowed}; ${cure}`;
}

function isLeafValue(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** A value as the file has it, cut, and with the credentials of an address masked. */
function show(value: unknown): string {
  const text = JSON.stringify(value).replace(/\/\/[^/@\s]*@/g, '//***@');
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

/** What stands inside defaults and nullables. */
function inner(schema: unknown): unknown {
  let found = schema;
  while (found instanceof z.ZodDefault || found instanceof z.ZodPrefault || found instanceof z.ZodNullable) {
    found = found.unwrap();
  }
  return found;
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> | null {
  return schema instanceof z.ZodObject ? schema.shape : null;
}

function step(schema: unknown, part: PropertyKey): unknown {
  const found = inner(schema);
  if (found instanceof z.ZodArray) return found.element;
  return shapeOf(found)?.[String(part)];
}

function schemaAt(path: Path): unknown {
  let schema: unknown = Settings;
  for (const part of path) schema = step(schema, part);
  return schema;
}

/** The deepest description on the way to `path`: that of a union, where the path goes on inside one of its shapes. */
function descriptionAt(path: Path): string {
  let schema: unknown = Settings;
  let found = describedBy(schema);
  for (const part of path) {
    schema = step(schema, part);
    if (schema === undefined) break;
    found = describedBy(schema);
  }
  return found;
}

function describedBy(schema: unknown): string {
  let found: unknown = schema;
  for (;;) {
    if (found instanceof z.ZodType && found.description !== undefined) return found.description;
    if (!(found instanceof z.ZodDefault || found instanceof z.ZodPrefault || found instanceof z.ZodNullable)) break;
    found = found.unwrap();
  }
  return 'an object { … }';
}

/** Every key that holds a value, as `redis.databases.tracker` or `logs[].path`; lists of objects are opened. */
export function leafPaths(): string[] {
  const walk = (schema: unknown, path: string): string[] => {
    const found = inner(schema);
    const shape = shapeOf(found);
    if (shape !== null) {
      return Object.entries(shape).flatMap(([key, value]) => walk(value, path === '' ? key : `${path}.${key}`));
    }
    if (found instanceof z.ZodArray && shapeOf(inner(found.element)) !== null) return walk(found.element, `${path}[]`);
    return [path];
  };
  return walk(Settings, '');
}
