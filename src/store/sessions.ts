/** Reading conversations, and the order that says to which of several sessions a thing belongs. */
import type { Redis } from 'ioredis';
import type { FileStats } from '../domain/facts.js';
import type { Conversation, ConversationPage } from '../domain/model.js';
import { conversationOf, orderBy, type SessionInfo } from '../domain/sessions.js';
import type { SessionOrder, TaskRecord } from '../domain/tasks/index.js';
import { InputError } from '../errors.js';
import { projectKey, scored, type Keys } from './keys.js';

/** The order among all sessions that these records name, in one round trip. */
export function sessionOrder(redis: Redis, keys: Keys, records: readonly TaskRecord[]): Promise<SessionOrder> {
  // One alone needs no order; that is most tasks, and saves a way to Redis.
  const several = (of: Readonly<Record<string, unknown>>): string[] => {
    const ids = Object.keys(of);
    return ids.length > 1 ? ids : [];
  };
  return orderOf(redis, keys, [
    ...records.flatMap((record) => [
      ...several(record.sessions),
      ...record.events.flatMap((event) => several(event.refs)),
    ]),
  ]);
}

export async function orderOf(redis: Redis, keys: Keys, sessionIds: readonly string[]): Promise<SessionOrder> {
  const ids = [...new Set(sessionIds)];
  const infos = new Map<string, SessionInfo>();
  const found = ids.length === 0 ? [] : await redis.hmget(keys.of('sessions'), ...ids);
  ids.forEach((id, index) => {
    const [forked, own, last] = found[index]?.split('|') ?? [];
    if (last !== undefined)
      infos.set(id, { forked: forked === '1', firstOwnAt: own ? Number(own) : null, lastAt: Number(last) });
  });
  return orderBy((id) => infos.get(id));
}

export async function listConversations(
  redis: Redis,
  keys: Keys,
  query: { limit: number; cursor?: string; project?: string },
): Promise<ConversationPage> {
  const key = query.project === undefined ? keys.of('convs') : keys.of('convs', projectKey(query.project));
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const total = await redis.zcard(key);
  const page: [string, number][] = [];
  // What ended at the same moment as the last of the page before stands in front once more.
  for (let offset = 0, step = query.limit + 50; page.length <= query.limit; offset += step) {
    const rows = await redis.zrevrangebyscore(key, after?.at ?? '+inf', '-inf', 'WITHSCORES', 'LIMIT', offset, step);
    for (const [id, at] of scored(rows)) {
      if (after === null || at < after.at || (at === after.at && id < after.id)) page.push([id, at]);
    }
    if (rows.length < 2 * step) break;
  }
  const shown = page.slice(0, query.limit);
  const conversations = await Promise.all(shown.map(([id]) => getConversation(redis, keys, id)));
  const last = shown.at(-1);
  return {
    conversations: conversations.filter((conversation) => conversation !== null),
    total,
    nextCursor:
      last === undefined || page.length <= query.limit
        ? null
        : Buffer.from(JSON.stringify({ at: last[1], id: last[0] })).toString('base64url'),
  };
}

function readCursor(text: string): { at: number; id: string } {
  try {
    const { at, id } = JSON.parse(Buffer.from(text, 'base64url').toString()) as { at: unknown; id: unknown };
    if (typeof at === 'number' && typeof id === 'string') return { at, id };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new InputError(
    'cursor: not one of ours; use the next_cursor of an earlier answer, or leave it out to begin anew',
  );
}

export async function getConversation(redis: Redis, keys: Keys, sessionId: string): Promise<Conversation | null> {
  const [fields, open, closed] = await Promise.all([
    redis.hgetall(keys.of('sess', sessionId)),
    redis.zcard(keys.of('s', sessionId, 'open')),
    redis.zcard(keys.of('s', sessionId, 'done')),
  ]);
  const files = Object.values(fields).map((text) => JSON.parse(text) as FileStats);
  if (files.length === 0) return null;
  const roots = [...new Set(files.filter((file) => file.agentId === null).flatMap((file) => file.roots))];
  const tips = files.map((file) => file.tip).filter((tip) => tip !== null);
  const [copies, summaries] = await Promise.all([
    copiesOf(redis, keys, sessionId, roots),
    tips.length === 0 ? [] : redis.hmget(keys.of('summaries'), ...tips),
  ]);
  const project = files.find((file) => file.agentId === null && file.project !== null)?.project ?? null;
  return conversationOf(
    sessionId,
    files,
    copies,
    { open, closed },
    project,
    (leaf) => summaries[tips.indexOf(leaf)] ?? undefined,
  );
}

/** Copies of copies are further away than this only in theory. */
const MAX_HOPS = 10;

/** All sessions that share lines with this one, also through others. */
async function copiesOf(redis: Redis, keys: Keys, sessionId: string, roots: readonly string[]): Promise<string[]> {
  const ids = new Set([sessionId]);
  const seen = new Set(roots);
  let open = [...roots];
  for (let hops = 0; hops < MAX_HOPS && open.length > 0; hops++) {
    const found = (await redis.sunion(open.map((root) => keys.of('root', root)))).filter((id) => !ids.has(id));
    for (const id of found) ids.add(id);
    const next = found.length === 0 ? [] : await redis.sunion(found.map((id) => keys.of('roots', id)));
    open = next.filter((root) => !seen.has(root));
    for (const root of open) seen.add(root);
  }
  ids.delete(sessionId);
  return [...ids].sort();
}
