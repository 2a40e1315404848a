/**
 * Pieces that were handed over, until it is sure that they are counted. A Redis that is killed may forget what it
 * acknowledged in its last two seconds (`appendfsync everysec`), and a job may fail for good: what is missing is given again,
 * which does no harm to what is not.
 */
import type { LogMemory } from '../../src/store/index.js';
import type { Piece } from './reading.js';

interface Kept {
  readonly piece: Piece;
  readonly bytes: number;
  givenAt: number;
  tries: number;
  appliedAt: number | null;
}

/** Of one generation, in their order. */
export interface Unconfirmed {
  add(piece: Piece): void;
  readonly size: number;
  readonly bytes: number;
  /** Whether it is time to ask the ledger. */
  readonly isDue: boolean;
  /** Those that the ledger no longer knows to have been announced: one before the next must not be left out. */
  missing(memory: LogMemory | null): readonly Piece[];
  /** Compares with what the ledger knows, and forgets what is safe. @returns what has to be queued again, and what never fits */
  compare(memory: LogMemory | null): { readonly again: readonly Piece[]; readonly lost: readonly Piece[] };
}

const ASK_AFTER_MS = 3_000;
/** Longer than Redis may keep from the disk what it has acknowledged. */
const SAFE_AFTER_MS = 5_000;
const MAX_TRIES = 6;
/** Of one generation; beyond it what is counted is taken for safe. */
const MAX_BYTES = 4 * 1_024 * 1_024;

export function createUnconfirmed(): Unconfirmed {
  let kept: Kept[] = [];
  let askedAt = -Infinity;
  const sum = (): number => kept.reduce((total, { bytes }) => total + bytes, 0);

  return {
    add(piece) {
      const bytes = JSON.stringify(piece.batch.errors).length + 1_000;
      kept.push({ piece, bytes, givenAt: performance.now(), tries: 0, appliedAt: null });
    },
    get size() {
      return kept.length;
    },
    get bytes() {
      return sum();
    },
    get isDue() {
      const now = performance.now();
      const oldest = kept[0];
      return oldest !== undefined && now - oldest.givenAt >= ASK_AFTER_MS && now - askedAt >= ASK_AFTER_MS / 3;
    },
    missing(memory) {
      const announcedTo = memory?.intent?.toByte ?? -1;
      const missing = kept.filter(({ piece }) => piece.intent.toByte > announcedTo);
      for (const one of missing) Object.assign(one, { givenAt: performance.now(), appliedAt: null });
      return missing.map(({ piece }) => piece);
    },
    compare(memory) {
      const now = performance.now();
      askedAt = now;
      if (memory === null) return { again: [], lost: [] };
      for (const one of kept) {
        if (isCounted(one.piece, memory)) one.appliedAt ??= now;
        else one.appliedAt = null;
      }
      let left = sum();
      kept = kept.filter((one) => {
        if (one.appliedAt === null || (now - one.appliedAt < SAFE_AFTER_MS && left <= MAX_BYTES)) return true;
        left -= one.bytes;
        return false;
      });
      const late = kept.filter(({ appliedAt, givenAt, tries }) => {
        return appliedAt === null && now - givenAt >= ASK_AFTER_MS * 2 ** tries;
      });
      const lost = late.filter(({ tries }) => tries >= MAX_TRIES);
      kept = kept.filter((one) => !lost.includes(one));
      const again = late.filter((one) => !lost.includes(one));
      for (const one of again) Object.assign(one, { givenAt: now, tries: one.tries + 1 });
      return { again: again.map(({ piece }) => piece), lost: lost.map(({ piece }) => piece) };
    },
  };
}

function isCounted({ intent: { fromByte, toByte } }: Piece, { watermark, beyond }: LogMemory): boolean {
  return toByte <= watermark || beyond.some(([from, to]) => from <= fromByte && toByte <= to);
}
