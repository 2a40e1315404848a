/** Brings files and commands together: one queue of turns, one piece at a time. */
import { Commands } from './command.js';
import { Files } from './files.js';
import { Memory } from './memory.js';
import type { CommandSource, FileSource, Follower, FollowerOptions, Piece } from './model.js';
import { Problems } from './problems.js';
import { Turns } from './turns.js';

const POLL_MS = 250;
const GRACE_MS = 5_000;
const MAX_OPEN = 512;
/** Pieces are given without a pause so long; then timers, watches and sockets get their turn. */
const BUSY_MS = 5;

/**
 * Follows logs from where the ledger says that they were read. Resolves when every file that is there is known for what
 * it is; nothing is read before `next` is called.
 */
export async function createFollower(options: FollowerOptions): Promise<Follower> {
  const { sources, recall, from, signal } = options;
  const turns = new Turns();
  const memory = new Memory(recall);
  const problems = new Problems(options.onProblem);
  const settled = { from, graceMs: options.graceMs ?? GRACE_MS, maxOpen: options.maxOpen ?? MAX_OPEN };
  const files = new Files(sources.filter(isFile), settled, memory, turns, problems);
  const commands = new Commands(sources.filter(isCommand), memory, turns, problems);
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let turnedAtMs = performance.now();

  const isOpen = (): boolean => !closed;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    if (timer !== null) clearInterval(timer);
    signal?.removeEventListener('abort', abort);
    memory.close();
    files.close();
    turns.wake();
    await commands.close();
  };
  const abort = (): void => void close();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) await close();
  else {
    await files.start();
    await commands.start();
    // Closed meanwhile.
    if (isOpen()) timer = setInterval(() => files.poll(), options.pollMs ?? POLL_MS);
  }

  const next = async (): Promise<Piece | null> => {
    for (;;) {
      if (closed) return null;
      if (performance.now() - turnedAtMs > BUSY_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        turnedAtMs = performance.now();
        continue;
      }
      const feed = turns.next();
      if (feed === null) {
        await turns.wait();
        turnedAtMs = performance.now();
        continue;
      }
      const piece = feed.take();
      if (piece !== null) return piece;
    }
  };
  return { next, lag: () => [...files.lag(), ...commands.lag()], close };
}

function isFile(source: FileSource | CommandSource): source is FileSource {
  return source.kind === 'files';
}

function isCommand(source: FileSource | CommandSource): source is CommandSource {
  return source.kind === 'command';
}
