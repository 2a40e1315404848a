/** Checkpoints: how far each file has been read, and what is needed to go on from there. */
import type { Redis } from 'ioredis';
import type { FileProgress, FileRef, Quarantine } from '../domain/model.js';
import type { ReaderState } from '../domain/transcript/index.js';
import { fileKey, type Keys } from './keys.js';
import type { Op } from './scripts.js';
import { skippedOps } from './skipped.js';
import type { FilePosition } from './writer.js';

export interface Checkpoint {
  /** 0 for a file that was never read. */
  readonly version: number;
  readonly nextByte: number;
  /** Hash of the 256 bytes before `nextByte`, which tells a file that was rewritten from one that grew. */
  readonly tailHash: string;
  readonly ref: FileRef;
  readonly state: ReaderState;
}

export interface CheckpointWrite extends Omit<Checkpoint, 'version'> {
  /** As the file was when it was opened. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly readAt: number;
}

/** Where else the bytes of a file may have been read before: its old names, by inode or by its first bytes. */
export interface Relative {
  readonly path: string;
  readonly by: 'inode' | 'head';
}

const inodeOf = (ref: FileRef): string => `${ref.host}|${ref.dev}|${ref.ino}`;
/** Files that begin alike; of more than this many none is worth a try. */
const MAX_RELATIVES = 20;

export async function readCheckpoint(redis: Redis, keys: Keys, host: string, path: string): Promise<Checkpoint | null> {
  const [v, nextByte, tailHash, ref, state] = await redis.hmget(
    keys.of('file', fileKey(host, path)),
    'v',
    'nextByte',
    'tailHash',
    'ref',
    'state',
  );
  if (v == null || ref == null || state == null) return null;
  return {
    version: Number(v),
    nextByte: Number(nextByte),
    tailHash: tailHash ?? '',
    ref: JSON.parse(ref) as FileRef,
    state: JSON.parse(state) as ReaderState,
  };
}

export async function findRelatives(redis: Redis, keys: Keys, ref: FileRef): Promise<Relative[]> {
  const [byInode, byHead] = await Promise.all([
    redis.hget(keys.of('ino'), inodeOf(ref)),
    redis.srandmember(keys.of('head', ref.head), MAX_RELATIVES + 1),
  ]);
  const relatives: Relative[] = byInode === null || byInode === ref.path ? [] : [{ path: byInode, by: 'inode' }];
  if (byHead.length > MAX_RELATIVES) return relatives;
  for (const entry of byHead) {
    const [host, path] = entry.split('\0');
    if (host === ref.host && path !== undefined && path !== ref.path && path !== byInode)
      relatives.push({ path, by: 'head' });
  }
  return relatives;
}

/** The commands that move a checkpoint on, to be part of a commit. */
export function checkpointOps(before: Checkpoint | null, write: CheckpointWrite, version: number): Op[] {
  const { ref, state } = write;
  const key = fileKey(ref.host, ref.path);
  const { stats } = state;
  const ops: Op[] = [
    [
      'HSET',
      `file:${key}`,
      ...['v', String(version), 'nextByte', String(write.nextByte), 'tailHash', write.tailHash],
      ...['ref', JSON.stringify(ref), 'state', JSON.stringify(state), 'size', String(write.size)],
      ...['mtimeMs', String(write.mtimeMs), 'ino', String(ref.ino), 'path', ref.path, 'host', ref.host],
      ...['sid', stats.sessionId ?? '', 'agent', stats.agentId ?? '', 'lines', String(stats.lines)],
      ...['skipped', JSON.stringify(stats.skipped), 'readAt', String(write.readAt)],
    ],
    ['HSET', 'ino', inodeOf(ref), ref.path],
  ];
  if (before === null) ops.push(['ZADD', 'files', '0', `${ref.path}\0${ref.host}`]);
  if (before?.ref.head !== ref.head || before.ref.headBytes !== ref.headBytes) {
    if (before !== null) ops.push(['SREM', `head:${before.ref.head}`, `${ref.host}\0${ref.path}`]);
    if (ref.headBytes > 0) ops.push(['SADD', `head:${ref.head}`, `${ref.host}\0${ref.path}`]);
  }
  if (stats.sessionId !== null && stats.lines > 0)
    ops.push(['HSET', `sess:${stats.sessionId}`, key, JSON.stringify(stats)]);
  ops.push(...skippedOps(before?.state.stats.skipped ?? {}, stats.skipped));
  ops.push(['HDEL', 'quarantine', ref.path]);
  return ops;
}

export async function readPositions(
  redis: Redis,
  keys: Keys,
  host: string,
  paths: readonly string[],
): Promise<(FilePosition | null)[]> {
  if (paths.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const path of paths) pipeline.hmget(keys.of('file', fileKey(host, path)), 'nextByte', 'size', 'mtimeMs', 'ino');
  pipeline.hmget(keys.of('quarantine'), ...paths);
  const answers = (await pipeline.exec()) ?? [];
  const quarantined = (answers.at(-1)?.[1] as (string | null)[] | undefined) ?? [];
  return paths.map((_, index) => {
    const [nextByte, size, mtimeMs, ino] = (answers[index]?.[1] as (string | null)[] | undefined) ?? [];
    const held = quarantined[index];
    const quarantine = held == null ? null : (JSON.parse(held) as Quarantine);
    if (nextByte == null) {
      return quarantine === null ? null : { nextByte: 0, size: quarantine.size, mtimeMs: 0, ino: 0, quarantine };
    }
    return { nextByte: Number(nextByte), size: Number(size), mtimeMs: Number(mtimeMs), ino: Number(ino), quarantine };
  });
}

/** Known files below `root`, in the order of paths, a few hundred at a time. */
export async function* listFiles(redis: Redis, keys: Keys, root = ''): AsyncIterable<FileProgress> {
  const folder = root === '' || root.endsWith('/') ? root : `${root}/`;
  // What follows the slash in the order of bytes ends the folder.
  const end = folder === '' ? '+' : `(${folder.slice(0, -1)}0`;
  let from = `[${folder}`;
  for (;;) {
    const members = await redis.zrangebylex(keys.of('files'), from, end, 'LIMIT', 0, 500);
    const pipeline = redis.pipeline();
    for (const member of members) {
      const [path, host] = member.split('\0');
      pipeline.hmget(
        keys.of('file', fileKey(host ?? '', path ?? '')),
        'sid',
        'nextByte',
        'size',
        'lines',
        'skipped',
        'readAt',
        'path',
      );
    }
    for (const [, answer] of (await pipeline.exec()) ?? []) {
      const [sid, nextByte, size, lines, skipped, readAt, path] = answer as (string | null)[];
      if (path == null) continue;
      yield {
        path,
        sessionId: sid === '' || sid == null ? null : sid,
        nextByte: Number(nextByte),
        size: Number(size),
        linesRead: Number(lines),
        skipped: JSON.parse(skipped ?? '{}') as Record<string, number>,
        readAt: Number(readAt),
      };
    }
    const last = members.at(-1);
    if (last === undefined || members.length < 500) return;
    from = `(${last}`;
  }
}
