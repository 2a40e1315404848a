/** Errors and tasks as they are compared, kept in memory: taking one in costs its own words, and asking what is near it. */
import type { Priority } from '../model.js';
import { fileOfKey } from './keys.js';
import { TextIndex } from './text-index.js';
import { componentReason, keyReason, wordsReason, type Reason } from './ties.js';
import { termsOf } from './words.js';

export interface TaskText {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** As `mentionsOf` has them, with its own id and the sessions that tell of it. */
  readonly keys: readonly string[];
  /** Files that its conversations worked on, as keys. */
  readonly edited: readonly string[];
  /** How many tasks share those conversations: what all have worked on says less of each. */
  readonly companions: number;
  readonly isOpen: boolean;
  readonly priority: Priority;
  /** When it was in progress; the last span may have no end. */
  readonly spans: readonly (readonly [from: number, to: number])[];
}

export interface ErrorText {
  readonly id: string;
  /** Template, exception and one example. */
  readonly text: string;
  readonly keys: readonly string[];
  readonly components: readonly string[];
}

/** Things whose words are compared with one. */
const NEAR = 30;
/** A component that more titles name says nothing of each. */
const MOST_NAMED = 50;
/** Of one key, so that no common one takes all the time. */
const MOST_HOLDERS = 200;

/** Names and the things that have them. */
class Holders {
  readonly #ids = new Map<string, Set<string>>();

  add(names: Iterable<string>, id: string): void {
    for (const name of names) {
      const known = this.#ids.get(name);
      if (known === undefined) this.#ids.set(name, new Set([id]));
      else known.add(id);
    }
  }

  remove(names: Iterable<string>, id: string): void {
    for (const name of names) {
      const known = this.#ids.get(name);
      known?.delete(id);
      if (known?.size === 0) this.#ids.delete(name);
    }
  }

  of(name: string): ReadonlySet<string> {
    return this.#ids.get(name) ?? NONE;
  }
}
const NONE: ReadonlySet<string> = new Set();

/** Files are looked up by their bare names, since prose leaves folders out. */
function nameOf(key: string): string {
  const file = fileOfKey(key);
  return file === null ? key : `file:${file.path.split('/').at(-1) ?? ''}`;
}
const namesOf = (keys: readonly string[]): string[] => [...new Set(keys.map(nameOf))];
const wordsOfTitle = (title: string): string[] => title.toLowerCase().match(/[\p{L}\p{N}_-]{3,}/gu) ?? [];

export class Shelf {
  readonly #most: { readonly tasks: number; readonly errors: number };
  readonly #tasks = new Map<string, TaskText>();
  readonly #errors = new Map<string, ErrorText>();
  readonly #taskWords = new TextIndex();
  readonly #errorWords = new TextIndex();
  readonly #tasksNaming = new Holders();
  readonly #tasksEditing = new Holders();
  readonly #tasksTitled = new Holders();
  readonly #errorsNaming = new Holders();
  readonly #errorsOf = new Holders();
  #version = 0;

  /** Another one after each change of a task: what was compared before then may be compared again. */
  get version(): number {
    return this.#version;
  }

  /** @param most of each; of more those that were taken in first go */
  constructor(most: { readonly tasks: number; readonly errors: number }) {
    this.#most = most;
  }

  task(id: string): TaskText | undefined {
    return this.#tasks.get(id);
  }

  tasks(): Iterable<TaskText> {
    return this.#tasks.values();
  }

  /** @returns whether anything is different now */
  putTask(task: TaskText): boolean {
    const before = this.#tasks.get(task.id);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(task)) return false;
    this.removeTask(task.id);
    this.#version += 1;
    this.#tasks.set(task.id, task);
    this.#taskWords.put(task.id, termsOf(`${task.title}\n${task.description}`));
    this.#tasksNaming.add(namesOf(task.keys), task.id);
    this.#tasksEditing.add(namesOf(task.edited), task.id);
    this.#tasksTitled.add(wordsOfTitle(task.title), task.id);
    for (const first of this.#tasks.keys()) {
      if (this.#tasks.size <= this.#most.tasks) break;
      this.removeTask(first);
    }
    return true;
  }

  removeTask(id: string): void {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    this.#version += 1;
    this.#tasks.delete(id);
    this.#taskWords.remove(id);
    this.#tasksNaming.remove(namesOf(task.keys), id);
    this.#tasksEditing.remove(namesOf(task.edited), id);
    this.#tasksTitled.remove(wordsOfTitle(task.title), id);
  }

  /** @returns whether anything is different now */
  putError(error: ErrorText): boolean {
    const before = this.#errors.get(error.id);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(error)) return false;
    this.removeError(error.id);
    this.#errors.set(error.id, error);
    this.#errorWords.put(error.id, termsOf(error.text));
    this.#errorsNaming.add(namesOf(error.keys), error.id);
    this.#errorsOf.add(error.components, error.id);
    for (const first of this.#errors.keys()) {
      if (this.#errors.size <= this.#most.errors) break;
      this.removeError(first);
    }
    return true;
  }

  removeError(id: string): void {
    const error = this.#errors.get(id);
    if (error === undefined) return;
    this.#errors.delete(id);
    this.#errorWords.remove(id);
    this.#errorsNaming.remove(namesOf(error.keys), id);
    this.#errorsOf.remove(error.components, id);
  }

  /** Errors that a task may be tied to. */
  errorsNear({ title, description, keys, edited }: TaskText): Set<string> {
    const found = new Set<string>();
    const names = new Set([...namesOf(keys), ...namesOf(edited)]);
    for (const name of names) for (const id of few(this.#errorsNaming.of(name))) found.add(id);
    for (const word of wordsOfTitle(title)) for (const id of few(this.#errorsOf.of(word))) found.add(id);
    for (const { id } of this.#errorWords.near(termsOf(`${title}\n${description}`), NEAR)) found.add(id);
    return found;
  }

  /** What speaks for each task: names first, then words. */
  reasonsFor(error: ErrorText): Map<string, Reason[]> {
    const found = new Map<string, Map<string, Reason>>();
    const note = (task: string, of: string, reason: Reason | null): void => {
      if (reason === null) return;
      const known = found.get(task) ?? new Map<string, Reason>();
      // Of several lines of one file, or several names of one thing, the best counts.
      if ((known.get(of)?.score ?? 0) < reason.score) known.set(of, reason);
      found.set(task, known);
    };
    for (const key of error.keys) {
      const name = nameOf(key);
      const holders = this.#errorsNaming.of(name).size;
      for (const id of few(this.#tasksNaming.of(name))) {
        const same = (this.#tasks.get(id)?.keys ?? []).filter((one) => nameOf(one) === name);
        for (const one of same) note(id, kindOf(key), keyReason(key, one, holders));
      }
      for (const id of few(this.#tasksEditing.of(name))) {
        const task = this.#tasks.get(id);
        for (const one of task?.edited ?? []) {
          if (nameOf(one) === name) note(id, kindOf(key), keyReason(key, one, holders * (task?.companions ?? 1), true));
        }
      }
    }
    for (const component of error.components) {
      const named = this.#tasksTitled.of(component.toLowerCase());
      if (named.size <= MOST_NAMED) for (const id of named) note(id, 'component', componentReason(component));
    }
    for (const { id, score, shared } of this.#taskWords.near(termsOf(error.text), NEAR)) {
      note(id, 'words', wordsReason(score, shared));
    }
    return new Map([...found].map(([task, reasons]) => [task, [...reasons.values()]]));
  }
}

const kindOf = (key: string): string => key.slice(0, key.indexOf(':'));

function few(ids: ReadonlySet<string>): string[] {
  const list: string[] = [];
  for (const id of ids) if (list.push(id) >= MOST_HOLDERS) break;
  return list;
}
