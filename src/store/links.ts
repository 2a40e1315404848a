/** Which conversations have something in common: errors, tasks, files. */
import type { Redis } from 'ioredis';
import { affinities, groupsOf, type Traits } from '../domain/affinity.js';
import type { FileStats } from '../domain/facts.js';
import { conversationOf } from '../domain/sessions.js';
import type { LinkQuery, Links } from './correlations.js';
import { projectKey, type Keys } from './keys.js';
import { headsOf, loadErrors } from './known-errors.js';
import { answersOf } from './pipeline.js';
import { loadTasks } from './tasks.js';

/** Conversations that are compared: the latest, and for a single one also those that indexes lead to. */
const MOST_COMPARED = 100;
/** Of one conversation. */
const MOST_FAILURES = 300;
const MOST_TASKS = 40;
/** Tasks with the same words that are looked at for each task of the one conversation. */
const MOST_ALIKE = 20;

/** Null if there is no conversation of this id. */
export async function linkConversations(redis: Redis, keys: Keys, query: LinkQuery): Promise<Links | null> {
  const root = query.sessionId === undefined ? null : await rootOf(redis, keys, query.sessionId);
  if (query.sessionId !== undefined && root === null) return null;
  const list = await listKey(redis, keys, query, root?.id);
  const latest = await redis.zrevrangebyscore(list, '+inf', query.since ?? '-inf', 'LIMIT', 0, MOST_COMPARED);
  const members = new Map(latest.map((id) => [id, new Set([id])]));
  if (root !== null) {
    for (const [id, sessions] of await candidatesOf(redis, keys, root.sessions, query)) {
      members.set(id, new Set([...(members.get(id) ?? [id]), ...sessions]));
    }
    members.set(root.id, new Set(root.sessions));
  }
  const known = await traitsOf(redis, keys, members);
  const traits = new Map([...known].map(([id, own]) => [id, own.traits]));
  const all = affinities(traits, root?.id).filter(({ score }) => score >= query.minScore);
  const shown = all.slice(0, query.limit);
  const titles = await titlesOf(redis, keys, known, new Set(shown.flatMap(({ a, b }) => [a, b])));
  return {
    links: shown.map((link) => ({
      ...link,
      shared: { ...link.shared, tasks: link.shared.tasks.map((look) => known.get(link.a)?.tasks.get(look) ?? look) },
      aTitle: titles.get(link.a) ?? '',
      bTitle: titles.get(link.b) ?? '',
    })),
    total: all.length,
    groups: groupsOf(all),
    compared: members.size,
  };
}

/** The latest of which conversations are worth a look: of one, those of its own project, where its files are. */
async function listKey(redis: Redis, keys: Keys, query: LinkQuery, rootId: string | undefined): Promise<string> {
  if (query.project !== undefined) return keys.of('convs', projectKey(query.project));
  const info = rootId === undefined ? null : await redis.hget(keys.of('sessions'), rootId);
  const project = info?.split('|')[3] ?? '';
  return project === '' ? keys.of('convs') : keys.of('convs', project);
}

interface Root {
  readonly id: string;
  /** It and its copies. */
  readonly sessions: readonly string[];
}

async function rootOf(redis: Redis, keys: Keys, sessionId: string): Promise<Root | null> {
  const isKnown = await redis.exists(keys.of('sess', sessionId));
  if (isKnown === 0) return null;
  const family = (await familiesOf(redis, keys, [sessionId])).get(sessionId) ?? [sessionId];
  const times = await redis.zmscore(keys.of('convs'), ...family);
  return { id: family.find((_, index) => times[index] != null) ?? sessionId, sessions: family };
}

/** Each session with those that hold the same lines. */
async function familiesOf(redis: Redis, keys: Keys, sessions: readonly string[]): Promise<Map<string, string[]>> {
  const own = redis.pipeline();
  for (const id of sessions) own.smembers(keys.of('roots', id));
  const roots = (await answersOf(own)) as string[][];
  const named = [...new Set(roots.flat())];
  const holders = redis.pipeline();
  for (const root of named) holders.smembers(keys.of('root', root));
  const found = (await answersOf(holders)) as string[][];
  const holdersOf = new Map(named.map((root, index) => [root, found[index] ?? []]));
  return new Map(
    sessions.map((id, index) => [
      id,
      [...new Set([id, ...(roots[index] ?? []).flatMap((root) => holdersOf.get(root) ?? [])])].sort(),
    ]),
  );
}

/** Conversations that share an error or a task with these sessions, each with the sessions of it that do. */
async function candidatesOf(
  redis: Redis,
  keys: Keys,
  own: readonly string[],
  { project, since }: LinkQuery,
): Promise<Map<string, string[]>> {
  const [content] = await contentOf(redis, keys, [own]);
  const { failures = [], tasks = [] } = content ?? {};
  const [errors, records] = await Promise.all([loadErrors(redis, keys, failures), loadTasks(redis, keys, tasks)]);
  const words = new Set((await looksOf(redis, keys, [...records.keys()])).values());
  const alike = redis.pipeline();
  for (const look of words) alike.sscan(keys.of('look', look), 0, 'COUNT', MOST_ALIKE);
  const others = ((await answersOf(alike)) as [string, string[]][]).flatMap(([, ids]) => ids.slice(0, MOST_ALIKE));
  const same = await loadTasks(redis, keys, [...new Set(others)]);
  // What is in few sessions leads to the closest ones: those are kept where there are too many.
  const weights = new Map<string, number>();
  const lists = [
    ...[...new Set(errors.values())].map(({ record }) => record?.sessions ?? []),
    ...[...records.values(), ...same.values()].map(({ sessions }) => Object.keys(sessions)),
  ];
  for (const sessions of lists) {
    for (const id of sessions) weights.set(id, (weights.get(id) ?? 0) + 1 / sessions.length);
  }
  for (const id of own) weights.delete(id);
  const ranked = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 2 * MOST_COMPARED);
  return inList(
    redis,
    keys,
    ranked.map(([id]) => id),
    { ...(project !== undefined && { project }), since: since ?? Number.NEGATIVE_INFINITY },
  );
}

/** Sessions by the conversation that they are listed under; what is not listed, or not active since, is left out. */
async function inList(
  redis: Redis,
  keys: Keys,
  sessions: readonly string[],
  { project, since }: { readonly project?: string; readonly since: number },
): Promise<Map<string, string[]>> {
  const families = await familiesOf(redis, keys, sessions);
  const ids = [...new Set([...families.values()].flat())];
  if (ids.length === 0) return new Map();
  const key = project === undefined ? keys.of('convs') : keys.of('convs', projectKey(project));
  const times = await redis.zmscore(key, ...ids);
  const timeOf = new Map(ids.map((id, index) => [id, times[index] == null ? null : Number(times[index])]));
  const listed = new Map<string, string[]>();
  for (const [session, family] of families) {
    const lead = family.find((id) => timeOf.get(id) != null);
    if (lead === undefined || (timeOf.get(lead) ?? 0) < since) continue;
    if (listed.size < MOST_COMPARED || listed.has(lead)) listed.set(lead, [...(listed.get(lead) ?? []), session]);
  }
  return listed;
}

interface Content {
  readonly failures: readonly string[];
  readonly tasks: readonly string[];
}

/** What each group of sessions tells of, all in one round trip. */
async function contentOf(redis: Redis, keys: Keys, groups: readonly Iterable<string>[]): Promise<Content[]> {
  const pipeline = redis.pipeline();
  const sessions = groups.map((group) => [...group]);
  for (const id of sessions.flat()) {
    pipeline
      .zrange(keys.of('serr', id), 0, MOST_FAILURES - 1)
      .zrevrange(keys.of('s', id, 'open'), 0, MOST_TASKS - 1)
      .zrevrange(keys.of('s', id, 'done'), 0, MOST_TASKS - 1);
  }
  const answers = (await answersOf(pipeline)) as string[][];
  let at = 0;
  return sessions.map(({ length }) => {
    const own = answers.slice(at, (at += 3 * length));
    const failures = own.filter((_, index) => index % 3 === 0).flat();
    return {
      failures: [...new Set(failures.map((entry) => entry.split(':')[0] ?? ''))],
      tasks: [...new Set(own.filter((_, index) => index % 3 !== 0).flat())],
    };
  });
}

/** One command, since thousands of answers one by one cost more than all the rest. ARGV are ids of tasks. */
const LOOKS = `
local looks = {}
for i, id in ipairs(ARGV) do looks[i] = redis.call('HGET', KEYS[1] .. ':task:' .. id, 'k') or '' end
return looks
`;

/** The words of each task, as look-alikes share them; tasks that have none are left out. */
async function looksOf(redis: Redis, keys: Keys, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const looks = (await redis.eval(LOOKS, 1, keys.base, ...ids)) as string[];
  return new Map(ids.map((id, index) => [id, looks[index] ?? ''] as const).filter(([, look]) => look !== ''));
}

interface Known {
  readonly traits: Traits;
  readonly files: readonly FileStats[];
  /** Words of a task → its id here. */
  readonly tasks: ReadonlyMap<string, string>;
}

/** Tasks are compared by their words: the same task told in two conversations has the same, and so have look-alikes. */
async function traitsOf(
  redis: Redis,
  keys: Keys,
  members: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, Known>> {
  const stats = redis.pipeline();
  for (const id of members.keys()) stats.hvals(keys.of('sess', id));
  const [files, contents] = await Promise.all([
    answersOf(stats) as Promise<string[][]>,
    contentOf(redis, keys, [...members.values()]),
  ]);
  const lookOf = await looksOf(redis, keys, [...new Set(contents.flatMap(({ tasks }) => tasks))]);
  // Two errors that are one pattern are the same error.
  const told = [...new Set(contents.flatMap(({ failures }) => failures))];
  const heads = await headsOf(redis, keys, told);
  const headOf = new Map(told.map((id, index) => [id, heads[index] ?? id]));
  return new Map(
    [...members.keys()].map((id, index): [string, Known] => {
      const { failures = [], tasks: ids = [] } = contents[index] ?? {};
      const tasks = new Map(
        ids.flatMap((task) => {
          const look = lookOf.get(task);
          return look === undefined ? [] : [[look, task] as const];
        }),
      );
      const parsed = (files[index] ?? []).map((text) => JSON.parse(text) as FileStats);
      const touched = new Set(parsed.flatMap((file) => file.files));
      const traits = {
        errors: new Set(failures.map((error) => headOf.get(error) ?? error)),
        tasks: new Set(tasks.keys()),
        files: touched,
      };
      return [id, { traits, files: parsed, tasks }];
    }),
  );
}

async function titlesOf(
  redis: Redis,
  keys: Keys,
  known: ReadonlyMap<string, Known>,
  ids: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const tips = [...ids].flatMap((id) => known.get(id)?.files.flatMap(({ tip }) => (tip === null ? [] : [tip])) ?? []);
  const summaries = tips.length === 0 ? [] : await redis.hmget(keys.of('summaries'), ...tips);
  const summaryOf = (leaf: string): string | undefined => summaries[tips.indexOf(leaf)] ?? undefined;
  return new Map(
    [...ids].map((id) => {
      const files = known.get(id)?.files ?? [];
      return [id, conversationOf(id, files, [], { open: 0, closed: 0 }, null, summaryOf).title];
    }),
  );
}
