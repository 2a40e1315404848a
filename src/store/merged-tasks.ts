/** What the tasks that a commit tells of become: merged with what is known, under the ids that their aliases lead to. */
import type { Redis } from 'ioredis';
import type { Fact } from '../domain/facts.js';
import { addToBase, flatten, setLayer, type Layered } from '../domain/layers.js';
import { gather, mergeTasks, shareOf, verdictOf, type TaskRecord } from '../domain/tasks/index.js';
import type { Keys } from './keys.js';
import { layOver, loadRecords, type ChatLayer, type Stored } from './layered.js';

/** What something else than a file or a chat adds to a task, under a name of its own; null takes it away. */
export interface Part {
  readonly id: string;
  readonly name: string;
  readonly record: TaskRecord | null;
}

interface MergedTasks {
  readonly records: Map<string, { readonly stored: Stored<TaskRecord>; layered: Layered<TaskRecord> }>;
  readonly aliases: Map<string, string>;
  /** Claims about tasks that are gone. */
  readonly orphans: readonly string[];
}

const CLAIM = '\0claim:';
/** The part of a record that a claim adds. No session is called so. */
export const partOfClaim = (id: string): string => `${CLAIM}${id}`;
/** Null for any other part. */
export const claimOfPart = (name: string): string | null => (name.startsWith(CLAIM) ? name.slice(CLAIM.length) : null);

/**
 * What the tasks of these facts become: known aliases lead to the task, new ones bring what stood under them along.
 * @param more.again tasks that nothing is told of, but something was learned
 */
export async function mergedTasks(
  redis: Redis,
  keys: Keys,
  facts: readonly Fact[],
  layer: ChatLayer | null,
  { again = [], parts = [] }: { readonly again?: readonly string[]; readonly parts?: readonly Part[] } = {},
): Promise<MergedTasks> {
  const told = gather(facts.filter((fact) => fact.is === 'task'));
  const newAliases = new Map(facts.flatMap((fact) => (fact.is === 'alias' ? [[fact.alias, fact.id] as const] : [])));
  const lead = await resolver(
    redis,
    keys,
    [...told.keys(), ...newAliases.keys(), ...newAliases.values(), ...parts.map(({ id }) => id)],
    newAliases,
  );
  const ids = new Set([...told.keys()].map(lead));
  for (const [alias, id] of newAliases) ids.add(alias).add(lead(id));
  for (const id of [...(layer?.tasks.keys() ?? []), ...again, ...parts.map((part) => lead(part.id))]) ids.add(id);
  const loaded = await loadRecords<TaskRecord>(redis, keys, 'task:', [...ids]);
  const records: MergedTasks['records'] = new Map();
  for (const [id, stored] of loaded) records.set(id, { stored, layered: stored.layered });
  const entryOf = (id: string) => {
    const entry = records.get(id);
    if (entry === undefined) throw new Error('a task was not loaded');
    return entry;
  };
  const add = (id: string, record: TaskRecord): void => {
    const entry = entryOf(id);
    entry.layered = addToBase(entry.layered, { ...record, id }, mergeTasks);
  };
  for (const [id, record] of layer?.tasks ?? []) {
    const entry = entryOf(id);
    if (layer !== null) entry.layered = layOver(entry.layered, layer, record, mergeTasks);
  }
  for (const alias of newAliases.keys()) {
    const entry = records.get(alias);
    const id = lead(alias);
    if (entry === undefined || id === alias) continue;
    const { base, chats } = entry.layered;
    if (base !== null) add(id, base);
    const there = entryOf(id);
    for (const [session, record] of chats) {
      const known = there.layered.chats.get(session);
      const moved = known === undefined ? { ...record, id } : mergeTasks(known, record);
      there.layered = setLayer(there.layered, session, moved, mergeTasks);
    }
    entry.layered = { base: null, chats: new Map() };
  }
  for (const [id, record] of told) add(lead(id), record);
  for (const { id, name, record } of parts) {
    const entry = entryOf(lead(id));
    const own = record === null ? null : { ...record, id: lead(id) };
    entry.layered = setLayer(entry.layered, name, own, mergeTasks);
  }
  await handOn(redis, keys, records, newAliases);
  return { records, aliases: newAliases, orphans: withoutGhosts(records) };
}

/** Of a task that nobody tells of any more no claim is left. @returns the claims */
function withoutGhosts(records: MergedTasks['records']): string[] {
  const orphans: string[] = [];
  for (const entry of records.values()) {
    const { base, chats } = entry.layered;
    const claims = [...chats.keys()].flatMap((name) => claimOfPart(name) ?? []);
    if (base !== null || claims.length === 0 || claims.length < chats.size) continue;
    entry.layered = { base, chats: new Map() };
    orphans.push(...claims);
  }
  return orphans;
}

/** The part of a record that another task, which was merged into it, adds. No session is called so. */
const partOf = (id: string): string => `\0merged:${id}`;

const targetOf = (record: TaskRecord | null): string | null => {
  const verdict = record === null ? null : verdictOf(record);
  return verdict?.is === 'merged' ? verdict.into : null;
};

/** What was merged into another task counts for that one, as long as it stays so. */
async function handOn(
  redis: Redis,
  keys: Keys,
  records: MergedTasks['records'],
  fresh: ReadonlyMap<string, string>,
): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const moves = [...records].flatMap(([id, { stored, layered }]) => {
      if (seen.size === seen.add(id).size) return [];
      const after = flatten(layered, mergeTasks);
      const [from, to] = [targetOf(stored.value), targetOf(after)];
      return from === null && to === null ? [] : [{ id, from, to, after }];
    });
    if (moves.length === 0) return;
    const named = moves.flatMap(({ from, to }) => [from, to]).filter((id) => id !== null);
    const lead = await resolver(redis, keys, named, fresh);
    const missing = [...new Set(named.map(lead))].filter((id) => !records.has(id));
    for (const [id, stored] of await loadRecords<TaskRecord>(redis, keys, 'task:', missing)) {
      records.set(id, { stored, layered: stored.layered });
    }
    const set = (target: string, id: string, part: TaskRecord | null): void => {
      const entry = records.get(target);
      if (entry === undefined || target === id) return;
      entry.layered = setLayer(entry.layered, partOf(id), part === null ? null : { ...part, id: target }, mergeTasks);
    };
    for (const { id, from, to, after } of moves) {
      if (from !== null && (to === null || lead(from) !== lead(to))) set(lead(from), id, null);
      if (to !== null && after !== null) set(lead(to), id, shareOf(after));
    }
  }
}

/** Follows aliases, those of this commit and those that are stored, to the id that a task is kept under. */
async function resolver(
  redis: Redis,
  keys: Keys,
  ids: readonly string[],
  fresh: ReadonlyMap<string, string>,
): Promise<(id: string) => string> {
  const known = new Map<string, string>(fresh);
  let open = [...new Set(ids)];
  while (open.length > 0) {
    const found = await redis.hmget(keys.of('aliases'), ...open);
    const next: string[] = [];
    open.forEach((id, index) => {
      const target = found[index];
      if (target != null && !known.has(id)) {
        known.set(id, target);
        if (!known.has(target)) next.push(target);
      }
    });
    open = next;
  }
  return (id) => {
    let at = id;
    for (let hops = 0; hops < 200; hops++) {
      const target = known.get(at);
      if (target === undefined || target === at) return at;
      at = target;
    }
    return at;
  };
}
