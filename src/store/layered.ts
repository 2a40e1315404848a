/**
 * Records with what lies over them, as they are stored: `r` is what is shown, and where chats tell of the thing as well `x`
 * holds the parts, so that the one can be taken back from the other.
 */
import type { Redis } from 'ioredis';
import type { ChatChange } from '../domain/chat-record.js';
import { flatten, setLayer, type Layered } from '../domain/layers.js';
import type { Keys } from './keys.js';
import type { Op } from './scripts.js';

export interface Stored<Value> {
  readonly version: number;
  /** As it is stored: what is shown, and its parts. */
  readonly text: string | null;
  readonly parts: string | null;
  /** What was found around it, which no file and no chat tells. */
  readonly around: string | null;
  readonly value: Value | null;
  readonly layered: Layered<Value>;
}

/** By id; of what is not known a record without value, which the next write makes. */
export async function loadRecords<Value>(
  redis: Redis,
  keys: Keys,
  kind: string,
  ids: readonly string[],
): Promise<Map<string, Stored<Value>>> {
  const loaded = new Map<string, Stored<Value>>();
  if (ids.length === 0) return loaded;
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hmget(keys.of(`${kind}${id}`), 'v', 'r', 'x', 'a');
  const answers = (await pipeline.exec()) ?? [];
  ids.forEach((id, index) => {
    const [error, fields] = answers[index] ?? [new Error('no answer'), null];
    if (error !== null) throw error;
    const [version, text, parts, around] = fields as (string | null)[];
    const value = text == null ? null : (JSON.parse(text) as Value);
    const layered = parts == null ? { base: value, chats: new Map<string, Value>() } : partsOf<Value>(parts);
    const stored = { version: Number(version ?? 0), text: text ?? null, parts: parts ?? null, around: around ?? null };
    loaded.set(id, { ...stored, value, layered });
  });
  return loaded;
}

/** Sessions are named by clients, so they are no keys of an object. */
function partsOf<Value>(text: string): Layered<Value> {
  const { base, chats } = JSON.parse(text) as { base: Value | null; chats: [string, Value][] };
  return { base, chats: new Map(chats) };
}

/** What a record becomes; null for its text if nothing is left of it. `finish` puts in what is known from elsewhere. */
export function written<Value>(
  layered: Layered<Value>,
  merge: (a: Value, b: Value) => Value,
  finish: (value: Value) => Value = (value) => value,
): { value: Value | null; text: string | null; parts: string | null } {
  const merged = flatten(layered, merge);
  const value = merged === null ? null : finish(merged);
  const { base, chats } = layered;
  return {
    value,
    text: value === null ? null : JSON.stringify(value),
    parts: chats.size === 0 ? null : JSON.stringify({ base, chats: [...chats] }),
  };
}

/** What a chat tells differently, and whose it is. */
export type ChatLayer = ChatChange & { readonly sessionId: string };

/** What a chat tells of one thing, in its place over what the others tell. */
export function layOver<Value extends { readonly lastAt: number }>(
  layered: Layered<Value>,
  layer: ChatLayer,
  record: Value | null,
  merge: (a: Value, b: Value) => Value,
): Layered<Value> {
  const known = layered.chats.get(layer.sessionId);
  const next = record !== null && known !== undefined && layer.isMore ? merge(known, record) : record;
  return setLayer(layered, layer.sessionId, next, merge);
}

/** What keeps a record's parts beside it. */
export const partsOps = (key: string, before: string | null, after: string | null): Op[] =>
  before === after ? [] : [after === null ? ['HDEL', key, 'x'] : ['HSET', key, 'x', after]];
