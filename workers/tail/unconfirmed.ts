/**
 * Pieces that were handed over, until it is sure that they are counted: a job may fail for good, and is then queued again,
 * which does no harm to what is counted. They are kept a little longer, since a Redis that is killed may forget what it
 * acknowledged in its last two seconds (`appendfsync everysec`): as long as there are some, somebody asks whether it was.
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
  /** Whether it is time to ask the ledger. @param hurry there are many others: what is counted is taken for safe */
  isDue(hurry: boolean): boolean;
  /** Compares with what the ledger knows, and forgets what is safe. @returns what has to be queued again, and what never fits */
  compare(
    memory: LogMemory | null,
    hurry: boolean,
  ): { readonly again: readonly Piece[]; readonly lost: readonly Piece[] };
}

const ASK_AFTER_MS = 3_000;
const HURRIED_MS = 500;
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
    isDue(hurry) {
      const now = performance.now();
      const oldest = kept[0];
      const [afterMs, everyMs] = hurry ? [HURRIED_MS, HURRIED_MS] : [ASK_AFTER_MS, ASK_AFTER_MS / 3];
      return oldest !== undefined && now - oldest.givenAt >= afterMs && now - askedAt >= everyMs;
    },
    compare(memory, hurry) {
      const now = performance.now();
      askedAt = now;
      if (memory === null) return { again: [], lost: [] };
      for (const one of kept) {
        if (isCounted(one.piece, memory)) one.appliedAt ??= now;
        else one.appliedAt = null;
      }
      let left = sum();
      kept = kept.filter((one) => {
        if (one.appliedAt === null || (!hurry && now - one.appliedAt < SAFE_AFTER_MS && left <= MAX_BYTES)) return true;
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
