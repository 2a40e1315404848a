/** Generations that were read before, by this follower or by one before it. */
import type { Known } from './model.js';

/** Of one path: those that may still lie somewhere under a rotated name. */
const KEPT_PER_PATH = 16;
const KEPT_PATHS = 50_000;
const RETRY_MS = 1_000;

export interface Remembered extends Known {
  readonly path: string;
}

export class Memory {
  readonly #byPath = new Map<string, Remembered[]>();
  readonly #loading = new Map<string, Promise<void>>();
  #closed = false;

  constructor(private readonly recall: (path: string) => Promise<readonly Known[]>) {}

  has(paths: readonly string[]): boolean {
    return paths.every((path) => this.#byPath.has(path));
  }

  /** Resolves when all that is known of these paths is here; as long as that fails it is tried again each second. */
  async load(paths: readonly string[]): Promise<void> {
    await Promise.all(paths.map((path) => this.#load(path)));
  }

  of(paths: readonly string[]): readonly Remembered[] {
    return paths.flatMap((path) => this.#byPath.get(path) ?? []);
  }

  /** The latest of a generation that is not followed any more. */
  keep(remembered: Remembered): void {
    const others = this.#byPath.get(remembered.path) ?? [];
    const kept = [...others.filter(({ id }) => id !== remembered.id), remembered];
    this.#set(remembered.path, kept.slice(-KEPT_PER_PATH));
  }

  close(): void {
    this.#closed = true;
  }

  #load(path: string): Promise<void> {
    if (this.#byPath.has(path)) return Promise.resolve();
    const loading = this.#loading.get(path) ?? this.#ask(path);
    this.#loading.set(path, loading);
    return loading;
  }

  async #ask(path: string): Promise<void> {
    while (!this.#closed) {
      try {
        const known = await this.recall(path);
        const ours = this.#byPath.get(path) ?? [];
        this.#set(path, [...known.map((one) => ({ ...one, path })), ...ours]);
        break;
      } catch {
        // Whoever answers says so itself; without an answer nothing can be read, so it is asked again.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.#loading.delete(path);
  }

  #set(path: string, remembered: Remembered[]): void {
    this.#byPath.delete(path);
    this.#byPath.set(path, remembered);
    const [oldest] = this.#byPath.keys();
    if (this.#byPath.size > KEPT_PATHS && oldest !== undefined) this.#byPath.delete(oldest);
  }
}
