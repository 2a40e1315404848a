/** Which project is meant: people and models name one by its folder, keys and records hold whole paths. */
import type { Redis } from 'ioredis';
import { InputError } from '../errors.js';
import { projectKey, type Keys } from './keys.js';

const MOST_NAMED = 5;
const MOST_CHARS = 120;

/**
 * The path that a filter means: the path itself, or the end of one, such as `ledger-web`, whatever its case.
 * @throws InputError naming up to five projects where the name fits several or none
 */
export async function resolveProject(redis: Redis, keys: Keys, name: string): Promise<string> {
  const exact = await redis.hget(keys.of('projects'), projectKey(name));
  if (exact !== null) return exact;
  const known = (await redis.hvals(keys.of('projects'))).sort();
  const wanted = partsOf(name);
  const fitting = wanted.length === 0 ? [] : known.filter((path) => endsWith(partsOf(path), wanted));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  // An empty ledger knows no project and has nothing to show of any: that is not the caller's mistake.
  if (known.length === 0) return name;
  throw new InputError(
    only === undefined
      ? `project: no conversation of a project "${shown(name)}" is known. Known: ${list(known)}. ` +
          'Pass one of these paths or the name of its folder, or leave project out.'
      : `project: "${shown(name)}" fits ${fitting.length} projects: ${list(fitting)}. Pass more of the path.`,
  );
}

const partsOf = (path: string): readonly string[] =>
  path
    .toLowerCase()
    .split(/[/\\]+/)
    .filter((part) => part !== '');

const endsWith = (path: readonly string[], end: readonly string[]): boolean =>
  end.length <= path.length && end.every((part, index) => part === path[path.length - end.length + index]);

const shown = (path: string): string => (path.length > MOST_CHARS ? `…${path.slice(1 - MOST_CHARS)}` : path);

/** A path comes out of a transcript and may be a sentence, which an error must not pass on: such ones are only counted. */
const PLAIN = /^[\p{L}\p{N}/\\:._~@+-]+$/u;

function list(paths: readonly string[]): string {
  const named = paths.filter((path) => PLAIN.test(path)).slice(0, MOST_NAMED);
  const more = paths.length - named.length;
  if (named.length === 0) return `${more} with blanks or signs in their paths`;
  return named.map(shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
