/** Telling files apart by what stands in them: an inode number is used again as soon as its file is gone. */
import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
import type { Identity } from './model.js';

export const HEAD_BYTES = 1024;
export const TAIL_BYTES = 256;
/** Fewer bytes tell nothing about a file that has another inode. */
const TELLING_BYTES = 16;

/** An open file. `dev` and `ino` as decimal numbers: inodes of some file systems need all 64 bits. */
export interface OpenFile {
  readonly fd: number;
  readonly dev: string;
  readonly ino: string;
}

/** Of ten thousand files each is looked at so: what is read is compared at once, and never kept. */
const scratch = Buffer.allocUnsafeSlow(256 * 1024);

/** @param bytes a string stands for bytes as latin1 */
export function hashOf(bytes: Buffer | string): string {
  // Not a slice of the whole digest, which would keep it.
  return createHash('sha256')
    .update(bytes as string, 'latin1')
    .digest()
    .toString('hex', 0, 16);
}

/** Up to `length` bytes, at most 256 KiB, from `fromByte` on; fewer where the file ends. Valid until the next call. */
export function readAt(fd: number, fromByte: number, length: number): Buffer {
  const bytes = scratch.subarray(0, length);
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(fd, bytes, filled, bytes.length - filled, fromByte + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

/** The up to 256 bytes before `toByte`. */
export function tailAt(fd: number, toByte: number): Buffer {
  const length = Math.min(TAIL_BYTES, toByte);
  return readAt(fd, toByte - length, length);
}

/**
 * Whether `file` is the one that was known, at its path or renamed: same inode, and what was read of it still stands
 * there; of an empty file that is nothing. The device may have got another number, since that changes from boot to boot.
 */
export function isKnown(identity: Identity, file: OpenFile): boolean {
  return identity.ino === file.ino && identity.headBytes > 0 && hasContent(identity, file.fd);
}

/** Whether `file` is a copy of the one that was known, or longer than one. */
export function isCopy(identity: Identity, file: OpenFile): boolean {
  return identity.headBytes >= TELLING_BYTES && hasContent(identity, file.fd);
}

function hasContent(identity: Identity, fd: number): boolean {
  if (fstatSync(fd).size < Math.max(identity.headBytes, identity.tailByte)) return false;
  return (
    hashOf(readAt(fd, 0, identity.headBytes)) === identity.head &&
    hashOf(tailAt(fd, identity.tailByte)) === identity.tail
  );
}
