/** What the errors that a commit tells of become, and when each happened. */
import type { Redis } from 'ioredis';
import type { Happening } from '../domain/chat-record.js';
import { failureRecord, mergeFailures, type FailureRecord } from '../domain/errors.js';
import type { Fact } from '../domain/facts.js';
import { addToBase } from '../domain/layers.js';
import { severityOf } from '../domain/severity.js';
import type { Change } from './changes.js';
import type { Keys } from './keys.js';
import { layOver, loadRecords, partsOps, written, type ChatLayer } from './layered.js';
import type { Op } from './scripts.js';

/** What a commit is made of, while it is put together. */
interface Draft {
  readonly ops: Op[];
  readonly records: (readonly [key: string, version: string])[];
  readonly changes: Change[];
}

/** Errors are few, and each occurrence is an entry of a set: a repetition changes nothing. */
export async function addFailures(
  redis: Redis,
  keys: Keys,
  facts: readonly Fact[],
  layer: ChatLayer | null,
  { ops, records, changes }: Draft,
): Promise<void> {
  const told = new Map<string, FailureRecord>();
  for (const fact of facts) {
    if (fact.is !== 'error') continue;
    const record = failureRecord(fact);
    const known = told.get(fact.id);
    told.set(fact.id, known === undefined ? record : mergeFailures(known, record));
    changes.push({ kind: 'error', id: fact.id });
    if (fact.sessionId !== '') changes.push({ kind: 'conversation', id: fact.sessionId });
    ops.push(['ZADD', `err:${fact.id}:ev`, 'LT', String(fact.at), fact.eventId]);
    ops.push(['ZADD', 'activity', 'LT', String(fact.at), `e:${fact.id}:${fact.eventId}`]);
    if (fact.sessionId !== '' && fact.agent === null) {
      ops.push(['ZADD', `serr:${fact.sessionId}`, 'LT', String(fact.line), `${fact.id}:${fact.eventId}`]);
    }
  }
  const stored = await loadRecords<FailureRecord>(redis, keys, 'err:', [
    ...new Set([...told.keys(), ...(layer?.failures.keys() ?? [])]),
  ]);
  for (const [id, known] of stored) {
    const own = told.get(id);
    const said = layer?.failures.get(id);
    const beneath = own === undefined ? known.layered : addToBase(known.layered, own, mergeFailures);
    const layered =
      said === undefined || layer === null ? beneath : layOver(beneath, layer, said.record, mergeFailures);
    const { value: after, text, parts } = written(layered, mergeFailures);
    records.push([`err:${id}`, String(known.version)]);
    if (said !== undefined && layer !== null) {
      ops.push(...happeningOps(id, layer.sessionId, said));
      changes.push({ kind: 'error', id }, { kind: 'conversation', id: layer.sessionId });
    }
    if (after === null || text === null) {
      // What logs tell of it stays.
      ops.push(['HDEL', `err:${id}`, 'v', 'r', 'x', 'l', 'sc'], ['DEL', `err:${id}:ev`], ['DEL', `relt:${id}`]);
      ops.push(['ERROR', id]);
      continue;
    }
    // What fails in several sessions is what insights are about.
    if (after.sessions.length > 1) changes.push({ kind: 'insight', id: null });
    if (text === known.text && parts === known.parts) continue;
    const { severity } = severityOf({ level: null, class: after.class, text: after.message.text });
    const fields = ['v', String(known.version + 1), 'r', text, 'l', String(after.lastAt), 'sc', severity];
    ops.push(['HSET', `err:${id}`, ...fields]);
    ops.push(...partsOps(`err:${id}`, known.parts, parts));
    ops.push(['ERROR', id]);
  }
}

/** When a chat says that an error happened, and no longer says so. Nobody else tells of these events. */
function happeningOps(
  id: string,
  sessionId: string,
  { add, drop }: { readonly add: readonly Happening[]; readonly drop: readonly string[] },
): Op[] {
  const dropped = drop.flatMap((event): Op[] => [
    ['ZREM', `err:${id}:ev`, event],
    ['ZREM', 'activity', `e:${id}:${event}`],
    ['ZREM', `serr:${sessionId}`, `${id}:${event}`],
  ]);
  const added = add.flatMap(([event, at, line]): Op[] => [
    ['ZADD', `err:${id}:ev`, String(at), event],
    ['ZADD', 'activity', String(at), `e:${id}:${event}`],
    ['ZADD', `serr:${sessionId}`, String(line), `${id}:${event}`],
  ]);
  return [...dropped, ...added];
}
