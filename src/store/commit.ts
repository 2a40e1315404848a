/** Writing what was read: merge with what is known, in code that needs no Redis, then one script that refuses stale work. */
import type { Redis } from 'ioredis';
import type { Fact, FileStats } from '../domain/facts.js';
import { foldWords, lookOf } from '../domain/ids.js';
import { flatten } from '../domain/layers.js';
import { isOpen } from '../domain/model.js';
import { infoOf } from '../domain/sessions.js';
import {
  mergeTasks,
  NOTHING,
  placeOf,
  refusalOf,
  taughtBy,
  wordsWaitedFor,
  type Around,
  type MergeRefusal,
  type Place,
  type TaskRecord,
} from '../domain/tasks/index.js';
import type { ReaderState } from '../domain/transcript/index.js';
import { log } from '../logger.js';
import type { Change } from './changes.js';
import { withdrawalOf, type Withdrawal } from './chats.js';
import { claimChanges, type SettledClaim } from './claims.js';
import { componentKey, projectKey, type Keys } from './keys.js';
import { addFailures } from './happenings.js';
import { partsOps, written, type ChatLayer } from './layered.js';
import { learnsBy, loadLessons, teachOps, withLesson } from './lessons.js';
import { mergedTasks } from './merged-tasks.js';
import type { Op } from './scripts.js';

export interface Commit {
  readonly facts: readonly Fact[];
  /** Statistics of the file, under its checkpoint's name. */
  readonly file?: {
    readonly key: string;
    /** The version that was read; the script refuses if it is another by now. */
    readonly version: number;
    readonly stats: FileStats;
    /** The conversation's own lists. */
    readonly lists?: ReaderState['lists'][string] | undefined;
    readonly ops: readonly Op[];
  };
  /** Set where this comes from messages that were handed over; the script refuses if their transcript is known by now. */
  readonly chat?: ChatLayer;
  /** The task that a hand changes; with `into`, the one that it is merged into. */
  readonly hand?: { readonly id: string; readonly into: string | null };
  /** What came of a claim. */
  readonly settled?: SettledClaim;
  /** Tasks that nothing is told of; lessons about their words may have changed. */
  readonly again?: readonly string[];
  readonly now: number;
}

/** Somebody else has read this file on meanwhile. Nothing was written; start from the new checkpoint. */
export class StaleCheckpointError extends Error {
  override readonly name = 'StaleCheckpointError';
}

/** A task cannot be merged so. Nothing was written. */
export class MergeRefusedError extends Error {
  override readonly name = 'MergeRefusedError';
  constructor(readonly refusal: MergeRefusal) {
    super(`a task cannot be merged: ${refusal}`);
  }
}

const MAX_TRIES = 20;
/** How much of a description a search looks at, in UTF-16 units. */
export const SEARCHED_CHARS = 300;
/** Events kept for the activity list. */
export const KEEP_ACTIVITY = 20_000;

/**
 * Writes all facts, or none.
 * @returns what may read differently now
 * @throws StaleCheckpointError if the file's checkpoint is not the one that was read
 * @throws MergeRefusedError
 */
export async function writeCommit(
  redis: Redis & CommitCommand,
  keys: Keys,
  commit: Commit,
): Promise<readonly Change[]> {
  for (let tries = 1; ; tries++) {
    const { answer, changes } = await attempt(redis, keys, commit);
    if (answer === 'ok') return changes;
    if (answer === 'checkpoint') throw new StaleCheckpointError('the checkpoint has moved on');
    log.debug('commit.conflict', { tries });
    if (tries >= MAX_TRIES) throw new Error(`a record changed under ${MAX_TRIES} attempts to write it`);
    // Two files of one conversation are being read at once: whoever lost waits a little, differently each time.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries));
  }
}

/** The commit script, as ioredis defines it on a connection. */
export interface CommitCommand {
  trackerCommit(base: string, ...args: readonly string[]): Promise<string[]>;
}

async function attempt(
  redis: Redis & CommitCommand,
  keys: Keys,
  commit: Commit,
): Promise<{ answer: string; changes: readonly Change[] }> {
  const session = sessionOf(commit);
  const withdrawal =
    session === null || commit.chat !== undefined ? null : await withdrawn(redis, keys, session.id, commit);
  const facts = [...commit.facts, ...(withdrawal?.aliases ?? [])];
  const layer =
    commit.chat ??
    (session === null || withdrawal?.change == null ? null : { ...withdrawal.change, sessionId: session.id });
  const ops: Op[] = [...(commit.file?.ops ?? []), ...(withdrawal?.ops ?? [])];
  const changes: Change[] = [];
  const records: (readonly [string, string])[] = withdrawal === null ? [] : [withdrawal.record];
  const plain: string[] = [];
  const claims = await claimChanges(redis, keys, facts, layer, commit.settled);
  ops.push(...claims.ops);
  records.push(...claims.records);
  const { again = [] } = commit;
  const tasks = await mergedTasks(redis, keys, facts, layer, { again, parts: claims.parts });
  for (const id of tasks.orphans) ops.push(['SADD', 'claims:due', id]);
  refuse(commit, tasks.records);
  const lessons = await lessonsFor(redis, keys, commit, tasks.records);
  ops.push(...lessons.ops);
  records.push(...lessons.records);
  for (const [id, { stored, layered }] of tasks.records) {
    const { value: before, version } = stored;
    const { value: after, text, parts } = written(layered, mergeTasks, lessons.finish);
    records.push([`task:${id}`, String(version)]);
    if (before === null && after === null) continue;
    if (after === null || text === null) {
      changes.push(...taskChanges(id, before));
      if (before !== null) ops.push(...indexOps(id, placeOf(before), null, commit.now));
      ops.push(['DEL', `task:${id}`], ['SREM', 'unweighed', id]);
      continue;
    }
    plain.push(id);
    if (text === stored.text && parts === stored.parts) continue;
    changes.push(...taskChanges(id, after));
    const around = aroundOf(stored.around);
    const [old, place] = [before === null ? null : placeOf(before, around), placeOf(after, around)];
    ops.push(...indexOps(id, old, place, commit.now));
    ops.push(['HSET', `task:${id}`, 'v', String(version + 1), ...taskFields(after, text, place)]);
    ops.push(...partsOps(`task:${id}`, stored.parts, parts));
    ops.push([place === null ? 'SREM' : 'SADD', 'unweighed', id]);
  }
  for (const [alias, id] of tasks.aliases) ops.push(['HSET', 'aliases', alias, id]);
  await addFailures(redis, keys, facts, layer, { ops, records, changes });
  for (const project of projectsOf(commit)) ops.push(['HSET', 'projects', projectKey(project), project]);
  for (const fact of commit.facts) if (fact.is === 'summary') ops.push(['HSET', 'summaries', fact.leaf, fact.text]);
  for (const sessionId of [...touchedBy(commit), ...claims.sessions]) ops.push(['SADD', 'touched', sessionId]);
  if (ops.some(([, key]) => key === 'activity')) {
    ops.push(['ZREMRANGEBYRANK', 'activity', '0', String(-KEEP_ACTIVITY - 1)]);
  }
  const { file, chat } = commit;
  const { answer, conversations } = await runCommit(redis, keys, {
    file,
    chat: chat?.sessionId,
    records,
    plain,
    ops,
    session,
  });
  return { answer, changes: [...changes, ...conversationChanges(commit), ...conversations.map(aConversation)] };
}

type Records = Awaited<ReturnType<typeof mergedTasks>>['records'];

/** @throws MergeRefusedError */
function refuse({ hand }: Commit, records: Records): void {
  if (hand?.into == null) return;
  const [task, target] = [hand.id, hand.into].map((id) => records.get(id)?.stored.value ?? null);
  const refusal = task == null ? 'unknown' : refusalOf(task, target ?? null);
  if (refusal !== null) throw new MergeRefusedError(refusal);
}

/** What is known of the words of these tasks, with what a hand teaches now. Whoever teaches meanwhile has this commit tried again. */
async function lessonsFor(redis: Redis, keys: Keys, { hand }: Commit, tasks: Records) {
  const values = new Map([...tasks].map(([id, { layered }]) => [id, flatten(layered, mergeTasks)]));
  const changed = hand === undefined ? null : (values.get(hand.id) ?? null);
  const taught = changed === null ? null : taughtBy(changed);
  const taughtLook = taught === null ? null : lookOf(changed?.title?.value ?? '');
  const told = [...values.values()].map((value) => (value === null ? null : learnsBy(value)));
  const looks = new Set([...told, taughtLook]);
  const known = new Map(
    await loadLessons(
      redis,
      keys,
      [...looks].filter((look) => look !== null),
    ),
  );
  const records = [...known].map(([look, { version }]) => [`lesson:${look}`, version] as const);
  const ops: Op[] = [];
  const before = taughtLook === null ? undefined : known.get(taughtLook);
  if (taught !== null && taughtLook !== null && before !== undefined) {
    const teaching = teachOps(taughtLook, before, taught);
    ops.push(...teaching.ops);
    known.set(taughtLook, { ...before, lesson: teaching.lesson });
  }
  const finish = (record: TaskRecord): TaskRecord => withLesson(record, known.get(learnsBy(record) ?? '')?.lesson);
  return { ops, records, finish };
}

const aConversation = (id: string): Change => ({ kind: 'conversation', id });

/** Conversations count their tasks. */
export function taskChanges(id: string, record: TaskRecord | null): Change[] {
  return [{ kind: 'task', id }, ...Object.keys(record?.sessions ?? {}).map(aConversation)];
}

/** Which conversation a summary belongs to is known only when one is read. */
function conversationChanges({ facts, file }: Commit): Change[] {
  const sessionId = file?.stats.sessionId ?? null;
  const summed: Change[] = facts.some((fact) => fact.is === 'summary') ? [{ kind: 'conversation', id: null }] : [];
  return sessionId === null ? summed : [...summed, aConversation(sessionId)];
}

/** The script's arguments, one after the other, and what it answers: see `COMMIT`. */
export async function runCommit(
  redis: CommitCommand,
  keys: Keys,
  commit: {
    readonly file?: { readonly key: string; readonly version: number } | undefined;
    /** A session that must have no transcript. */
    readonly chat?: string | undefined;
    readonly records: readonly (readonly [key: string, version: string])[];
    readonly plain: readonly string[];
    readonly ops: readonly Op[];
    readonly session: object | null;
  },
): Promise<{ answer: string; conversations: readonly string[] }> {
  const { file, chat, records, plain, ops, session } = commit;
  const args = [
    file?.key ?? '',
    String(file?.version ?? 0),
    chat ?? '',
    session === null ? '' : JSON.stringify(session),
  ];
  args.push(String(records.length));
  for (const [key, version] of records) args.push(key, version);
  args.push(String(plain.length), ...plain);
  for (const [command, key, ...rest] of ops) args.push(command, key, String(rest.length), ...rest);
  const [answer = '', ...conversations] = await redis.trackerCommit(keys.base, ...args);
  return { answer, conversations };
}

/** All that are named, whatever the records become, so that the order of reading leaves no trace. */
function projectsOf({ facts, file }: Commit): ReadonlySet<string> {
  const named = facts.map((fact) => ('project' in fact ? fact.project : null));
  return new Set([...named, file?.stats.project ?? null].filter((project) => project !== null));
}

function touchedBy(commit: Commit): ReadonlySet<string> {
  const told = commit.facts.flatMap((fact) => ('sessionId' in fact && fact.sessionId !== '' ? [fact.sessionId] : []));
  return new Set(commit.chat === undefined ? told : [...told, commit.chat.sessionId]);
}

function sessionOf({ file }: Commit) {
  const stats = file?.stats;
  if (stats === undefined || stats.sessionId === null || stats.agentId !== null || stats.firstAt === null) return null;
  // A line without uuid does not tell whether the session is a copy: that is decided by the first that has one.
  if (stats.tip === null) return null;
  const info = infoOf(stats);
  return {
    id: stats.sessionId,
    forked: info.forked ? '1' : '0',
    own: info.firstOwnAt === null ? '' : String(info.firstOwnAt),
    last: String(info.lastAt),
    project: stats.project === null ? '' : projectKey(stats.project),
    roots: stats.roots,
  };
}

/** What was handed over of a session is known only until its transcript is. */
function withdrawn(redis: Redis, keys: Keys, sessionId: string, { file, facts }: Commit): Promise<Withdrawal> {
  return withdrawalOf(redis, keys, sessionId, { lists: file?.lists, facts });
}

/** What `correlate` found around a task, as its hash keeps it. */
export const aroundOf = (text: string | null): Around =>
  text === null || text === '' ? NOTHING : (JSON.parse(text) as Around);

/** What its hash keeps of a task beside version and parts. It says where the task stands in the lists, so `MOVE` comes first. */
export function taskFields(record: TaskRecord, text: string, place: Place | null): string[] {
  const [title, description] = [record.title?.value ?? '', record.description?.value.slice(0, SEARCHED_CHARS) ?? ''];
  return [
    'r',
    text,
    's',
    place?.status ?? '',
    'p',
    place?.priority ?? '',
    'c',
    place?.component == null ? '' : componentKey(place.component),
    'j',
    place?.project == null ? '' : projectKey(place.project),
    'l',
    String(record.lastAt),
    'k',
    place?.look ?? '',
    't',
    `${searched(title)}|${searched(description)}`,
    'b',
    `${record.blockedBy.join(' ')}|${waited(place?.waits ?? null)}`,
    'm',
    place?.into ?? '',
  ];
}

const waited = (text: string | null): string =>
  text === null
    ? ''
    : wordsWaitedFor(text)
        .map((word) => ` ${word}`)
        .join('');

/** The words of a text, each behind a blank, so that ` word` finds the beginning of one. */
const searched = (text: string): string =>
  wordsOf(text)
    .map((word) => ` ${word}`)
    .join('');

export const wordsOf = (text: string): readonly string[] => foldWords(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A place in the pre-joined lists, as `MOVE` reads it. */
function cellOf(place: Place | null): string {
  if (place === null) return '';
  const component = place.component === null ? '' : componentKey(place.component);
  const project = place.project === null ? '' : projectKey(place.project);
  return [place.status, place.priority, component, project, place.rank, place.lastAt].join('|');
}

/** Everything else that lists a task: `zset` entries with their score, and `set` entries. */
function listings(
  id: string,
  place: Place,
): { zsets: Map<string, string>; sets: Set<string>; events: Map<string, string> } {
  const zsets = new Map<string, string>();
  const sets = new Set<string>();
  const open = isOpen(place.status);
  const rank = String(place.rank);
  const { into, tally, look } = place;
  const isOut = place.status === 'dismissed' || into !== null;
  for (const session of place.sessions) zsets.set(`s:${session}:${isOut ? 'out' : open ? 'open' : 'done'}`, rank);
  if (tally !== null) sets.add(`offered:${tally.source}${tally.isDismissed ? ':dismissed' : ''}`);
  if (place.status === 'dismissed') sets.add(`dismissed:${look}`);
  if (open) {
    sets.add(`look:${look}`);
    if (place.blockedBy.length > 0 || place.waits !== null) zsets.set('waiting', rank);
    for (const other of place.blockedBy) sets.add(`waits:${other}`);
  }
  return { zsets, sets, events: new Map(place.events.map(([ev, at]) => [`t:${id}:${ev}`, String(at)])) };
}

/**
 * What moves a task from one place in the indexes to another.
 * @param isMoved whether its place in the lists is another, where `before` does not tell it
 */
export function indexOps(
  id: string,
  before: Place | null,
  after: Place | null,
  now: number,
  isMoved = cellOf(before) !== cellOf(after),
): Op[] {
  const none = { zsets: new Map<string, string>(), sets: new Set<string>(), events: new Map<string, string>() };
  const [old, fresh] = [before === null ? none : listings(id, before), after === null ? none : listings(id, after)];
  const ops: Op[] = isMoved ? [['MOVE', id, cellOf(after)]] : [];
  for (const key of old.zsets.keys()) if (!fresh.zsets.has(key)) ops.push(['ZREM', key, id]);
  for (const [key, score] of fresh.zsets) if (old.zsets.get(key) !== score) ops.push(['ZADD', key, score, id]);
  for (const key of old.sets) if (!fresh.sets.has(key)) ops.push(['SREM', key, id]);
  for (const key of fresh.sets) if (!old.sets.has(key)) ops.push(['SADD', key, id]);
  for (const member of old.events.keys()) if (!fresh.events.has(member)) ops.push(['ZREM', 'activity', member]);
  for (const [member, at] of fresh.events) if (!old.events.has(member)) ops.push(['ZADD', 'activity', at, member]);
  if (after !== null && !isOpen(after.status)) ops.push(['ZADD', 'closed', String(now), id]);
  else if (before !== null) ops.push(['ZREM', 'closed', id]);
  return ops;
}
