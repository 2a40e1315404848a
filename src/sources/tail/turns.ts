/** Whose turn it is: everything that has something to give, one piece each, round and round. */
import type { Piece } from './model.js';

export interface Feed {
  /** The next piece; null when there was none after all. Is added again by whoever knows of more. */
  take(): Piece | null;
  /** What came before it has to be given first. */
  waits(): boolean;
}

export class Turns {
  readonly #ready = new Set<Feed>();
  #wake: (() => void) | null = null;

  add(feed: Feed): void {
    this.#ready.add(feed);
    this.wake();
  }

  remove(feed: Feed): void {
    this.#ready.delete(feed);
  }

  next(): Feed | null {
    for (const feed of this.#ready) {
      if (feed.waits()) continue;
      this.#ready.delete(feed);
      return feed;
    }
    return null;
  }

  /** Until something is added. */
  async wait(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
