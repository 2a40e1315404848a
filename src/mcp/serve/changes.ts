/** From records that workers have written to the addresses that show them, for all connections of this process. */
import type { Change } from '../../store/changes.js';

/** An address is told of at most this often. */
const EVERY_MS = 1_000;
const RETRY_MS = 5_000;
/** Items whose address somebody asked for; they are told of as well when all of a kind may have changed. */
const MOST_NOTED = 1_000;

/** Addresses whose content has changed. */
export interface ChangeSource {
  /** Calls `tell` with each address that changed, at most once a second for each, until the returned function is called. */
  watch(tell: (uri: string) => void): () => void;
  /** Somebody wants to hear of this address. */
  note(uri: string): void;
}

type Subscribe = (listener: (changes: readonly Change[]) => void) => Promise<() => Promise<void>>;

/**
 * @param subscribe opens the way from the workers; called with the first watcher and again where it fails
 * @param addresses the collection that shows a kind of record
 */
export function createChangeSource(subscribe: Subscribe, addresses: (kind: Change['kind']) => string): ChangeSource {
  const watchers = new Set<(uri: string) => void>();
  const noted = new Set<string>();
  /** Addresses told of within the last second, and whether they have changed since. */
  const recent = new Map<string, boolean>();
  let stop: Promise<(() => Promise<void>) | null> | null = null;

  const tell = (uri: string): void => {
    if (recent.has(uri)) {
      recent.set(uri, true);
      return;
    }
    recent.set(uri, false);
    setTimeout(() => {
      const again = recent.get(uri) === true;
      recent.delete(uri);
      if (again) tell(uri);
    }, EVERY_MS).unref();
    for (const watcher of watchers) watcher(uri);
  };

  const take = (changes: readonly Change[]): void => {
    for (const { kind, id } of changes) {
      const base = addresses(kind);
      tell(base);
      if (id !== null) tell(`${base}/${encodeURIComponent(id)}`);
      else for (const uri of noted) if (uri.startsWith(`${base}/`)) tell(uri);
    }
  };

  const begin = async (): Promise<(() => Promise<void>) | null> => {
    try {
      return await subscribe(take);
    } catch {
      // Redis is away, or the configuration does not fit; both may change while the client stays connected.
      setTimeout(() => {
        stop = watchers.size > 0 ? begin() : null;
      }, RETRY_MS).unref();
      return null;
    }
  };

  return {
    watch: (watcher) => {
      watchers.add(watcher);
      stop ??= begin();
      return () => {
        if (!watchers.delete(watcher) || watchers.size > 0) return;
        const ending = stop;
        stop = null;
        void ending?.then((end) => end?.());
      };
    },
    note: (uri) => {
      if (noted.size < MOST_NOTED) noted.add(uri);
    },
  };
}
