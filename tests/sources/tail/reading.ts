/** A follower with everything that came out of it, and a ledger to restart it from. */
import { expect } from '@jest/globals';
import {
  createFollower,
  type Follower,
  type FollowerOptions,
  type Identity,
  type Known,
  type LogSource,
  type Problem,
} from '../../../src/sources/tail/index.js';

/** What came of one generation. */
export interface Read {
  readonly id: string;
  readonly path: string;
  readonly fromByte: number;
  text: string;
  identity: Identity;
  nextByte: number;
  ended: boolean;
}

export interface Reading {
  readonly follower: Follower;
  /** In the order of their first pieces. */
  readonly generations: readonly Read[];
  readonly problems: readonly Problem[];
  text(): string;
  /** Lines of all generations, oldest generation first. */
  lines(): readonly string[];
  /** What a ledger would know now. */
  known(): Map<string, Known[]>;
  pause(): void;
  resume(): void;
  stop(): Promise<Map<string, Known[]>>;
}

export type Options = Partial<Omit<FollowerOptions, 'sources'>> & {
  readonly known?: ReadonlyMap<string, readonly Known[]>;
  /** Paused from the beginning. */
  readonly held?: boolean;
};

/** Follows and reads on until `stop`. Pieces are checked: contiguous, bounded, empty only at the end. */
export async function follow(sources: readonly (string | LogSource)[], options: Options = {}): Promise<Reading> {
  const problems: Problem[] = [];
  const generations: Read[] = [];
  const { known: before = new Map<string, readonly Known[]>(), held = false, ...rest } = options;
  const follower = await createFollower({
    sources: sources.map((source) => (typeof source === 'string' ? { kind: 'files', pattern: source } : source)),
    recall: async (path) => before.get(path) ?? [],
    from: 'start',
    onProblem: (problem) => problems.push(problem),
    pollMs: 50,
    graceMs: 300,
    ...rest,
  });
  const gate = { shut: held, open: (): void => undefined };
  const reading = (async () => {
    const decoders = new Map<string, Read>();
    for (;;) {
      if (gate.shut) {
        await new Promise<void>((resolve) => {
          gate.open = resolve;
        });
      }
      const piece = await follower.next();
      if (piece === null) return;
      const { generation, bytes, fromByte } = piece;
      expect(bytes.length).toBeLessThanOrEqual(256 * 1024);
      if (bytes.length === 0) expect(piece.ended).toBe(true);
      let read = decoders.get(generation.id);
      if (read === undefined) {
        const { id, path, identity } = generation;
        read = { id, path, fromByte, text: '', identity, nextByte: fromByte, ended: false };
        decoders.set(id, read);
        generations.push(read);
      }
      expect(read.ended).toBe(false);
      expect(fromByte).toBe(read.nextByte);
      read.text += bytes.toString('latin1');
      read.nextByte = fromByte + bytes.length;
      read.identity = generation.identity;
      read.ended = piece.ended;
    }
  })();
  const text = (): string => generations.map((read) => read.text).join('');
  const known = (): Map<string, Known[]> => {
    const all = new Map([...before].map(([path, ones]) => [path, [...ones]]));
    for (const { id, path, identity, nextByte, ended } of generations) {
      const others = (all.get(path) ?? []).filter((one) => one.id !== id);
      all.set(path, [...others, { id, identity, nextByte, ended }]);
    }
    return all;
  };
  return {
    follower,
    generations,
    problems,
    text,
    lines: () => text().split('\n').filter(Boolean),
    known,
    pause: () => {
      gate.shut = true;
    },
    resume: () => {
      gate.shut = false;
      gate.open();
    },
    stop: async () => {
      gate.shut = false;
      gate.open();
      await follower.close();
      await reading;
      return known();
    },
  };
}
