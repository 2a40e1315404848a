/**
 * Chats: sessions that exist only as messages which clients handed over. Each has a checkpoint, like a file, under a host that
 * no machine has. The first commit of a session's transcript takes back all that its chat told, in the same step, and from
 * then on the ids that the chat gave out lead to the transcript's tasks as these appear.
 */
import type { Redis } from 'ioredis';
import { namesOf, type Chat, type ChatChange, type ChatReading } from '../domain/chat-record.js';
import { leadsInto, type Names } from '../domain/chat-names.js';
import type { AliasFact, Fact, FileStats } from '../domain/facts.js';
import type { ReaderState } from '../domain/transcript/index.js';
import { fileKey, type Keys } from './keys.js';
import type { Op } from './scripts.js';
import { skippedOps } from './skipped.js';

/** What is known of a chat, and the version that a commit has to find unchanged. */
export interface ChatAt {
  readonly sessionId: string;
  /** 0 for a session that nobody handed messages of. */
  readonly version: number;
  readonly chat: Chat | null;
}

export const chatKey = (sessionId: string): string => fileKey('(chat)', sessionId);

/** Null where the session's transcript is known, whose records win. */
export async function readChatAt(redis: Redis, keys: Keys, sessionId: string): Promise<ChatAt | null> {
  const [isTold, files, [version, chat]] = await Promise.all([
    redis.sismember(keys.of('transcripts'), sessionId),
    redis.hgetall(keys.of('sess', sessionId)),
    redis.hmget(keys.of('file', chatKey(sessionId)), 'v', 'chat'),
  ]);
  const others = Object.entries(files).filter(([file]) => file !== chatKey(sessionId));
  // Ledgers of earlier versions know the files alone.
  if (isTold === 1 || others.some(([, stats]) => isTranscript(JSON.parse(stats) as FileStats))) return null;
  return { sessionId, version: Number(version ?? 0), chat: chat == null ? null : (JSON.parse(chat) as Chat) };
}

/** A subagent's own file tells of other things than its conversation's, and one without any message of nothing. */
const isTranscript = ({ agentId, tip }: FileStats): boolean => agentId === null && tip !== null;

/** The commands that keep a chat, to be part of a commit. */
export const chatOps = ({ sessionId, version }: ChatAt, chat: Chat): Op[] => [
  ['HSET', `file:${chatKey(sessionId)}`, 'v', String(version + 1), 'chat', JSON.stringify(chat)],
];

/** The commands that move a chat on. */
export function readingOps(before: ChatAt, { chat }: ChatReading): Op[] {
  const { stats } = chat.state;
  return [
    ...chatOps(before, chat),
    ['HSET', `sess:${before.sessionId}`, chatKey(before.sessionId), JSON.stringify(stats)],
    ...skippedOps(before.chat?.state.stats.skipped ?? {}, stats.skipped),
  ];
}

/** What the commit of a transcript has to do about the chat of its session. */
export interface Withdrawal {
  /** The chat's version, which must not change meanwhile. */
  readonly record: readonly [key: string, version: string];
  readonly ops: readonly Op[];
  readonly aliases: readonly AliasFact[];
  /** What the chat told, taken back. */
  readonly change: ChatChange | null;
}

/**
 * @param transcript what the commit tells: the statistics and own lists of the file after it, and its facts
 */
export async function withdrawalOf(
  redis: Redis,
  keys: Keys,
  sessionId: string,
  transcript: { readonly lists: ReaderState['lists'][string] | undefined; readonly facts: readonly Fact[] },
): Promise<Withdrawal> {
  const key = `file:${chatKey(sessionId)}`;
  const [version, stored, waiting] = await redis.hmget(keys.of(key), 'v', 'chat', 'names');
  const record = [key, version ?? '0'] as const;
  const ops: Op[] = [['SADD', 'transcripts', sessionId]];
  if (version == null) return { record, ops, aliases: [], change: null };
  const chat = stored == null ? null : (JSON.parse(stored) as Chat);
  const names = chat === null ? (JSON.parse(waiting ?? '{}') as Names) : namesOf(chat);
  const { aliases, left } = leadsInto(names, transcript.lists, transcript.facts);
  const isDone = Object.keys(left).length === 0;
  if (isDone) ops.push(['DEL', key]);
  else if (chat !== null || aliases.length > 0) {
    ops.push(['HSET', key, 'v', String(Number(version) + 1), 'names', JSON.stringify(left)], ['HDEL', key, 'chat']);
  }
  if (chat === null) return { record, ops, aliases, change: null };
  ops.push(...(await traceOps(redis, keys, sessionId, chat)));
  return { record, ops, aliases, change: takenBack(chat) };
}

const takenBack = ({ tasks, failures, claims = {} }: Chat): ChatChange => ({
  claims: new Map(Object.keys(claims).map((id) => [id, null])),
  tasks: new Map(Object.keys(tasks).map((id) => [id, null])),
  failures: new Map(
    Object.entries(failures).map(([id, { events }]) => [
      id,
      { record: null, add: [], drop: events.map(([event]) => event) },
    ]),
  ),
  isMore: false,
});

/** All that a chat left beside its tasks and errors. Nothing but the chat has told of this session so far. */
async function traceOps(redis: Redis, keys: Keys, sessionId: string, chat: Chat): Promise<Op[]> {
  const ops: Op[] = [
    ['HDEL', 'sessions', sessionId],
    ['ZREM', 'convs', sessionId],
    ['HDEL', `sess:${sessionId}`, chatKey(sessionId)],
    // What is still tied is tied anew.
    ['SADD', 'touched', sessionId],
    ...skippedOps(chat.state.stats.skipped, {}),
  ];
  const ids = Object.keys(chat.tasks);
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.smembers(keys.of('rel', id));
  const ties = ids.length === 0 ? [] : ((await pipeline.exec()) ?? []);
  ids.forEach((id, index) => {
    for (const error of (ties[index]?.[1] as string[] | undefined) ?? []) ops.push(['SREM', `relt:${error}`, id]);
    ops.push(['DEL', `rel:${id}`]);
  });
  return ops;
}
