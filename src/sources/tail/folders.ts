/** Folders that hold followed files: one watch each, and listings where a glob looks for files. */
import { lstatSync, readdirSync, statSync, watch, type Dirent, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { codeOf, isGone } from '../code-of.js';
import type { Pattern } from './patterns.js';

/** How far the clock of a file system may lag: a folder that changed so shortly before it was listed is listed again. */
const TICK_MS = 50;

export interface FolderEvents {
  /** Something happened to `path`: written to, or (`named`) created, removed or renamed. */
  readonly touched: (path: string, named: boolean) => void;
  /** A file or link that a glob means. Said again with each listing. */
  readonly found: (path: string, pattern: Pattern) => void;
  /** A folder cannot be watched or listed. */
  readonly failed: (path: string, code: string) => void;
  readonly recovered: (path: string) => void;
}

interface Folder {
  readonly path: string;
  /** Globs that look into it, and how many levels they go on, this one counted. */
  readonly globs: Map<Pattern, number>;
  watcher: FSWatcher | null;
  ino: number;
  dev: number;
  changedMs: number;
  listedMs: number;
  names: readonly string[];
}

export class Folders {
  readonly #folders = new Map<string, Folder>();
  readonly #events: FolderEvents;
  #turn: Folder[] = [];

  constructor(events: FolderEvents) {
    this.#events = events;
  }

  /** Watches the folder, from now on or from when it appears. */
  add(path: string): void {
    if (!this.#folders.has(path)) this.#look(this.#make(path));
  }

  /** Looks for what `pattern` means in this folder and below. */
  search(path: string, pattern: Pattern, levels: number): void {
    const folder = this.#folders.get(path) ?? this.#make(path);
    if ((folder.globs.get(pattern) ?? 0) >= levels) return;
    folder.globs.set(pattern, levels);
    folder.listedMs = 0;
    this.#look(folder);
  }

  /** Looks at some of the folders, so that `rounds` calls look at all. */
  sweep(rounds: number): void {
    if (this.#turn.length === 0) this.#turn = [...this.#folders.values()];
    const some = Math.max(20, Math.ceil(this.#folders.size / rounds));
    for (const folder of this.#turn.splice(0, some)) this.#look(folder);
  }

  /** The names in a folder; none when it cannot be read. Listed anew only if it has changed. */
  names(path: string): readonly string[] {
    const folder = this.#folders.get(path) ?? this.#make(path);
    this.#look(folder, true);
    return folder.names;
  }

  close(): void {
    for (const folder of this.#folders.values()) folder.watcher?.close();
    this.#folders.clear();
    this.#turn = [];
  }

  #make(path: string): Folder {
    const unseen = { watcher: null, ino: 0, dev: 0, changedMs: 0, listedMs: 0, names: [] };
    const folder: Folder = { path, globs: new Map(), ...unseen };
    this.#folders.set(path, folder);
    return folder;
  }

  #look(folder: Folder, list = folder.globs.size > 0): void {
    try {
      const stat = statSync(folder.path);
      if (stat.ino !== folder.ino || stat.dev !== folder.dev) {
        folder.watcher?.close();
        folder.watcher = null;
        folder.listedMs = 0;
        folder.ino = stat.ino;
        folder.dev = stat.dev;
      }
      // Before it is listed: what comes meanwhile is told.
      if (folder.watcher === null && stat.isDirectory()) this.#watch(folder);
      const listed = folder.changedMs === stat.mtimeMs && folder.listedMs - stat.mtimeMs > TICK_MS;
      if (list && !listed) {
        folder.changedMs = stat.mtimeMs;
        folder.listedMs = Date.now();
        this.#list(folder);
      }
      this.#events.recovered(folder.path);
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      folder.names = [];
      folder.listedMs = 0;
      if (isGone(error)) {
        folder.watcher?.close();
        folder.watcher = null;
        folder.ino = 0;
      } else {
        this.#events.failed(folder.path, code);
      }
    }
  }

  #list(folder: Folder): void {
    const entries = readdirSync(folder.path, { withFileTypes: true });
    folder.names = entries.map((entry) => entry.name);
    for (const entry of entries) this.#meet(folder, entry.name, entry);
  }

  #meet(folder: Folder, name: string, entry: Pick<Dirent, 'isDirectory' | 'isSymbolicLink'>): void {
    const path = join(folder.path, name);
    for (const [pattern, levels] of folder.globs) {
      const isLink = entry.isSymbolicLink();
      const isFolder =
        entry.isDirectory() ||
        (isLink && levels > 1 && pattern.throughLinks && statSync(path, MAY_MISS)?.isDirectory());
      if (!isFolder) {
        if (pattern.matches(path)) this.#events.found(path, pattern);
      } else if (levels > 1) {
        this.search(path, pattern, levels - 1);
      }
    }
  }

  #watch(folder: Folder): void {
    try {
      const watcher = watch(folder.path, { persistent: true }, (kind, name) => {
        if (name === null) return;
        const path = join(folder.path, name);
        this.#events.touched(path, kind === 'rename');
        if (kind === 'rename' && folder.globs.size > 0) this.#appeared(folder, name, path);
      });
      watcher.on('error', (error) => {
        this.#events.failed(folder.path, codeOf(error) ?? 'unknown');
        watcher.close();
        if (folder.watcher === watcher) folder.watcher = null;
      });
      folder.watcher = watcher;
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      if (!isGone(error)) this.#events.failed(folder.path, code);
    }
  }

  #appeared(folder: Folder, name: string, path: string): void {
    try {
      const stat = lstatSync(path, MAY_MISS);
      if (stat !== undefined) this.#meet(folder, name, stat);
    } catch (error) {
      // Looked at again with the next listing, which reports it.
      if (codeOf(error) === null) throw error;
    }
  }
}

const MAY_MISS = { throwIfNoEntry: false } as const;
