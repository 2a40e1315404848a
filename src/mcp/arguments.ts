/** Faults of a tool's arguments as sentences: the field, what it expects, and for an unknown key the nearest known one. */
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { plain } from './views/plain.js';

const MAX_FAULTS = 6;

/** The known word that `word` was most likely meant to be; null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  if (best === undefined) return null;
  return best.far <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : null;
}

/** One sentence per fault, at most six. */
export function describeFaults(error: z.ZodError, args: unknown, input: z.ZodType): string[] {
  const known = input instanceof z.ZodObject ? Object.keys(input.shape) : [];
  const faults = error.issues.flatMap((issue) => describe(issue, args, known));
  const shown = faults.slice(0, MAX_FAULTS);
  return faults.length > shown.length ? [...shown, `and ${faults.length - shown.length} more`] : shown;
}

type Issue = z.ZodError['issues'][number];

function describe(issue: Issue, args: unknown, known: readonly string[]): string[] {
  const field = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const near = issue.path.length === 0 ? nearest(key, known) : null;
        const where = issue.path.length === 0 ? '' : ` in ${field}`;
        const allowed = issue.path.length === 0 ? ` (known: ${known.join(', ')})` : '';
        return `unknown key "${plain(key, 60)}"${where}${near === null ? '' : `, did you mean "${near}"?`}${allowed}`;
      });
    case 'invalid_value': {
      const given = at(args, issue.path);
      const values = issue.values.map(String);
      const near = typeof given === 'string' ? nearest(given, values) : null;
      const hint = near === null ? '' : `, did you mean "${near}"?`;
      return [`${field}: expected one of ${values.join(', ')}; got ${show(given)}${hint}`];
    }
    case 'invalid_type': {
      const given = at(args, issue.path);
      const expected = EXPECTED[issue.expected] ?? issue.expected;
      return [
        given === undefined
          ? `${field} is missing: expected ${expected}`
          : `${field}: expected ${expected}; got ${show(given)}`,
      ];
    }
    case 'too_small':
      return [`${field}: expected at least ${issue.minimum}${unitOf(issue.origin)}`];
    case 'too_big':
      return [`${field}: expected at most ${issue.maximum}${unitOf(issue.origin)}`];
    default:
      return [`${field}: ${issue.message}`];
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '');

const nameOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'arguments'
    : path.reduce<string>(
        (name, part) =>
          typeof part === 'number' ? `${name}[${part}]` : `${name}${name === '' ? '' : '.'}${String(part)}`,
        '',
      );

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return found;
}

/** What was sent, by kind; text only when short, since it goes back into a model's context. */
function show(value: unknown): string {
  if (typeof value === 'string') return value.length <= 40 ? `"${plain(value, 40)}"` : 'a long text';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'an object';
}
