/** Being told when a transcript appears, changes or goes. Faster than a sweep over `listTree`, but no guarantee. */
import { watch, type FSWatcher } from 'chokidar';
import { join } from 'node:path';
import { codeOf } from './code-of.js';
import {
  checkLink,
  found,
  isBelow,
  outermost,
  resolveRoots,
  selection,
  statOf,
  walk,
  type FoundFile,
  type OnUnreadable,
  type Selection,
  type Tree,
} from './tree.js';

export interface WatchOptions extends Tree {
  /**
   * `found`: a new file (those that were there at the start are not announced); `grown`: its size, time or inode
   * changed; `gone`: nothing stands at its path any more. Called after the change, and never with nothing changed.
   */
  readonly onFile: (path: string, what: 'found' | 'grown' | 'gone') => void;
  /** Each path and code once, as long as it stays so. `ENOSPC`: the kernel gives no more watches, see `NO_WATCHES`. */
  readonly onUnreadable: OnUnreadable;
  /** How long after the last event of a path it is looked at once more. */
  readonly lookAgainMs?: number;
  /** How often roots are looked for: whether a missing one has appeared, or one has been replaced. */
  readonly rootsEveryMs?: number;
  readonly signal: AbortSignal;
}

/** What to say when the code is `ENOSPC`. */
export const NO_WATCHES =
  'the limit fs.inotify.max_user_watches is reached: raise it (sudo sysctl fs.inotify.max_user_watches=524288); ' +
  'until then changes are found by the periodic sweep only';

/** A folder that is new to chokidar is listed again after these times: it is announced before it is watched. */
const LIST_AGAIN_MS = [300, 1_500];

/**
 * Watches the roots until `signal` aborts. Resolves when every root that exists is watched: what changes later is
 * announced, what was there is for the caller to list.
 *
 * chokidar watches the folders only, one inotify watch each, and finds new ones. What happens in them is taken from its
 * `raw` events, since of its `change` events it swallows those within 50 ms of the one before, and needs a watch for
 * each file. Each event starts a look at the file, repeated once the events have stopped for `lookAgainMs`.
 */
export async function watchTree(options: WatchOptions): Promise<void> {
  const { onFile, signal, lookAgainMs = 60, rootsEveryMs = 2_000 } = options;
  const known = new Map<string, FoundFile>();
  const looks = new Map<string, { readonly timer: NodeJS.Timeout; lookedAt: number }>();
  const timers = new Set<NodeJS.Timeout>();
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly ino: number; readonly dev: number }>();
  let roots: readonly string[] = [];
  let wanted: Selection = selection([], options);

  const reported = new Map<string, string>();
  const onUnreadable: OnUnreadable = (path, code) => {
    // Every folder beyond the limit would say so.
    const about = code === 'ENOSPC' ? '' : path;
    if (reported.get(about) === code) return;
    reported.set(about, code);
    options.onUnreadable(path, code);
  };

  const notice = (file: FoundFile, announce = true): void => {
    const before = known.get(file.path);
    if (before?.size === file.size && before.mtimeMs === file.mtimeMs && before.ino === file.ino) return;
    known.set(file.path, file);
    reported.delete(file.path);
    if (announce) onFile(file.path, before === undefined ? 'found' : 'grown');
  };

  const lose = (path: string): void => {
    reported.delete(path);
    if (known.delete(path)) onFile(path, 'gone');
    else
      for (const file of known.keys()) {
        if (isBelow(file, path) && statOf(file, onUnreadable) === null && known.delete(file)) onFile(file, 'gone');
      }
  };

  const list = async (folder: string, announce = true): Promise<void> => {
    reported.delete(folder);
    for await (const file of walk(folder, roots, wanted, onUnreadable)) {
      if (signal.aborted) return;
      notice(file, announce);
    }
  };

  /** @param last whether the events have stopped: a file that is being replaced is missing for a moment */
  const look = (path: string, last: boolean): void => {
    const stat = statOf(path, onUnreadable);
    if (stat === null) {
      if (last) lose(path);
    } else if (stat.isDirectory()) {
      if (wanted.folder(path)) void list(path);
    } else if (stat.isSymbolicLink()) {
      checkLink(path, roots, wanted, onUnreadable);
    } else if (stat.isFile() && wanted.file(path)) {
      notice(found(path, stat));
    }
  };

  const touch = (path: string): void => {
    const pending = looks.get(path);
    if (pending === undefined) {
      const again = (): void => {
        looks.delete(path);
        look(path, true);
      };
      looks.set(path, { timer: setTimeout(again, lookAgainMs), lookedAt: Date.now() });
      look(path, false);
      return;
    }
    pending.timer.refresh();
    // A file that never rests is looked at all the same.
    if (Date.now() - pending.lookedAt < 4 * lookAgainMs) return;
    pending.lookedAt = Date.now();
    look(path, false);
  };

  const later = (what: () => void, afterMs: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      what();
    }, afterMs);
    timers.add(timer);
  };

  const watchRoot = (root: string): Promise<FSWatcher> =>
    new Promise((resolve) => {
      let ready = false;
      const watcher = watch(root, {
        ignoreInitial: true,
        followSymlinks: false,
        atomic: false,
        ignored: (path, stats) => stats !== undefined && !(stats.isDirectory() && wanted.folder(path)),
      });
      // The types promise a name where the kernel may give none.
      watcher.on('raw', (_event, name: string | null, details) => {
        const folder = (details as { watchedPath?: string }).watchedPath;
        if (folder === undefined) return;
        touch(name === null ? folder : join(folder, name));
      });
      watcher.on('addDir', (folder) => {
        if (!ready) return;
        touch(folder);
        for (const afterMs of LIST_AGAIN_MS) later(() => touch(folder), afterMs);
      });
      watcher.on('unlinkDir', touch);
      watcher.on('error', (error) => {
        const path = (error as { path?: unknown }).path;
        onUnreadable(typeof path === 'string' ? path : root, codeOf(error) ?? 'unknown');
      });
      watcher.on('ready', () => {
        ready = true;
        resolve(watcher);
      });
    });

  /** Makes the watched folders be the roots as they stand now. */
  const followRoots = async (announce: boolean): Promise<void> => {
    roots = resolveRoots(options.roots, onUnreadable);
    const tops = new Map(outermost(roots).map((root) => [root, statOf(root, onUnreadable)]));
    const changed = [...tops].filter(([root, stat]) => {
      const before = watchers.get(root);
      return stat?.isDirectory() && (before?.ino !== stat.ino || before.dev !== stat.dev);
    });
    const left = [...watchers].filter(([root]) => !tops.get(root)?.isDirectory());
    if (changed.length === 0 && left.length === 0) return;
    wanted = selection(roots, options);
    for (const [root, { watcher }] of left) {
      watchers.delete(root);
      await watcher.close();
      lose(root);
    }
    for (const [root, stat] of changed) {
      if (stat === null) continue;
      await watchers.get(root)?.watcher.close();
      const watcher = await watchRoot(root);
      watchers.set(root, { watcher, ino: stat.ino, dev: stat.dev });
      // Files of the folder that stood here before may be gone.
      lose(root);
      await list(root, announce);
    }
  };

  await followRoots(false);
  if (signal.aborted) {
    await Promise.all([...watchers.values()].map(({ watcher }) => watcher.close()));
    return;
  }
  let following: Promise<void> = Promise.resolve();
  const roundMs = setInterval(() => {
    following = following.then(() => (signal.aborted ? undefined : followRoots(true)));
  }, rootsEveryMs);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(roundMs);
      for (const { timer } of looks.values()) clearTimeout(timer);
      for (const timer of timers) clearTimeout(timer);
      void following.then(() => Promise.all([...watchers.values()].map(({ watcher }) => watcher.close())));
    },
    { once: true },
  );
}
