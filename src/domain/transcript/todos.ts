/** The written list (TodoWrite): every call replaces it, and what is left out says something too. */
import { foldWords, listedTaskId } from '../ids.js';
import { isOpen, type Priority, type Status } from '../model.js';
import { REWORDED_FROM, sameItem } from './reword.js';
import { bound, boundBytes, fitting, LIMIT, type Lists, type LiveTodo } from './state.js';

export interface WrittenTodo {
  readonly content: string;
  readonly status: Status;
  readonly priority: Priority | null;
}

/** Another name of an item, as a copy that begins at the last compaction knows it. */
export interface TodoAlias {
  readonly alias: string;
  readonly id: string;
}

/** What a list says of one item. */
export interface TodoChange {
  readonly todo: LiveTodo;
  readonly status: Status;
  readonly reason: 'dropped' | 'reopened' | 'undone' | null;
  /** First time, or in new words. */
  readonly titled: boolean;
}

/** Place in `Lists.known` of an item with these words, the `nth` of its list. */
export const knownKey = (content: string, nth: number): string => `${nth}:${foldWords(content)}`;

/**
 * Replaces the list by `written`. Items are matched by wording; of the others, one that stands at the same place between
 * the same neighbours and says the same in other words stays the same item. An unfinished item that is left out of a
 * list that is not empty is cancelled (dropped); an empty list changes nothing but ends the list.
 * @returns changes to tell of; items that stay as they were are not among them
 */
export function writeTodos(
  lists: Lists,
  root: string,
  agent: string,
  callId: string,
  written: readonly WrittenTodo[],
): { changes: TodoChange[]; aliases: TodoAlias[]; forgotten: number } {
  if (written.length === 0) {
    lists.undo = { callId, todos: lists.todos, isNew: [], back: [] };
    lists.todos = lists.todos.filter((todo) => isOpen(todo.status));
    return { changes: [], aliases: [], forgotten: 0 };
  }
  const before = lists.todos;
  if (isSameList(before, written)) return { changes: restate(lists, callId, written), aliases: [], forgotten: 0 };
  const same = pairUp(before, written, lists.known);
  const changes: TodoChange[] = [];
  const aliases: TodoAlias[] = [];
  const isNew: string[] = [];
  const back: LiveTodo[] = [];
  const seen = new Map<string, number>();
  const taken = new Set([...same.values()].map((todo) => todo.id));
  let used: ReadonlySet<string> | null = null;
  const newId = (candidate: (n: number) => string): string => {
    used ??= new Set(Object.values(lists.known).flatMap((item) => [item.id, item.handle]));
    return freeId(taken, used, candidate);
  };
  const after = written.map((item, index): LiveTodo => {
    const words = foldWords(item.content);
    const nth = seen.get(words) ?? 0;
    seen.set(words, nth + 1);
    const old = same.get(index);
    const known = lists.known[knownKey(item.content, nth)];
    // Words that another live item once had are not its words any more.
    const was = old ?? (known === undefined || taken.has(known.id) ? undefined : known);
    const id = was?.id ?? newId((n) => listedTaskId(root, agent, item.content, nth + n));
    taken.add(id);
    let handle = known?.id === id ? known.handle : (was?.handle ?? id);
    if (old?.isInherited === true && known === undefined) {
      // In new words at once: a copy that begins at the compaction knows the item by these alone.
      const alias = listedTaskId(root, agent, item.content, nth);
      aliases.push({ alias, id: handle });
      handle = alias;
    }
    const todo: LiveTodo = {
      id,
      handle,
      content: item.content,
      nth,
      status: item.status,
      priority: item.priority,
    };
    if (was === undefined) isNew.push(id);
    else if (old === undefined) back.push({ ...todo, status: was.status });
    const titled = was === undefined || old?.content !== item.content;
    if (titled || was.status !== item.status || old.priority !== item.priority) {
      const reopened = was !== undefined && !isOpen(was.status) && isOpen(item.status);
      changes.push({ todo, status: item.status, reason: reopened ? 'reopened' : null, titled });
    }
    return todo;
  });
  const kept = new Set(after.map((todo) => todo.id));
  for (const todo of before) {
    if (!kept.has(todo.id) && isOpen(todo.status)) {
      const dropped = { ...todo, status: 'cancelled' as const };
      changes.push({ todo: dropped, status: 'cancelled', reason: 'dropped', titled: false });
      lists.known[knownKey(todo.content, todo.nth)] = { id: todo.id, handle: todo.handle, status: 'cancelled' };
    }
  }
  lists.undo = { callId, todos: before, isNew, back: fitting(back, LIMIT.todoBytes) };
  lists.todos = fitting(after, LIMIT.todoBytes);
  for (const todo of after) {
    const key = knownKey(todo.content, todo.nth);
    Reflect.deleteProperty(lists.known, key);
    lists.known[key] = { id: todo.id, handle: todo.handle, status: todo.status };
  }
  const forgotten = after.length - lists.todos.length + bound(lists.known, LIMIT.known);
  return { changes, aliases, forgotten: forgotten + boundBytes(lists.known, LIMIT.knownBytes) };
}

/** Most calls change a status or two and no words. */
const isSameList = (before: readonly LiveTodo[], written: readonly WrittenTodo[]): boolean =>
  before.length === written.length && before.every((todo, index) => todo.content === written[index]?.content);

/** The same words with other statuses: what `writeTodos` does then, at a fraction of its cost. */
function restate(lists: Lists, callId: string, written: readonly WrittenTodo[]): TodoChange[] {
  const before = lists.todos;
  const changes: TodoChange[] = [];
  lists.todos = before.map((old, index) => {
    const { status, priority } = written[index] ?? old;
    if (status === old.status && priority === old.priority) return old;
    const todo = { ...old, status, priority };
    const reopened = !isOpen(old.status) && isOpen(status);
    changes.push({ todo, status, reason: reopened ? 'reopened' : null, titled: false });
    lists.known[knownKey(old.content, old.nth)] = { id: old.id, handle: old.handle, status };
    return todo;
  });
  lists.undo = { callId, todos: before, isNew: [], back: [] };
  return changes;
}

/** The first of these ids that no item of the list has (`taken`), nor any other or its former words (`used`). */
function freeId(taken: ReadonlySet<string>, used: ReadonlySet<string>, candidate: (n: number) => string): string {
  let n = 0;
  while (taken.has(candidate(n)) || used.has(candidate(n))) n += 1;
  return candidate(n);
}

/** Old items that one in new words is compared with: a list of hundreds is written anew, not reworded. */
const MOST_CANDIDATES = 20;

/**
 * Which old item each written one is: same words first, then other words at the same place. Words that another item had
 * before mean that one.
 */
function pairUp(
  before: readonly LiveTodo[],
  written: readonly WrittenTodo[],
  known: Lists['known'],
): Map<number, LiveTodo> {
  const pairs = new Map<number, LiveTodo>();
  const free = new Set(before.keys());
  const placed = new Map<number, number>();
  const byWords = new Map<string, number[]>();
  before.forEach((todo, old) => {
    const words = foldWords(todo.content);
    byWords.set(words, [...(byWords.get(words) ?? []), old]);
  });
  written.forEach((item, index) => {
    const old = byWords.get(foldWords(item.content))?.shift();
    const todo = old === undefined ? undefined : before[old];
    if (old === undefined || todo === undefined) return;
    pairs.set(index, todo);
    placed.set(index, old);
    free.delete(old);
  });
  const counts = new Map<string, number>();
  written.forEach((item, index) => {
    const folded = foldWords(item.content);
    const nth = counts.get(folded) ?? 0;
    counts.set(folded, nth + 1);
    if (pairs.has(index)) return;
    const owner = known[knownKey(item.content, nth)]?.id;
    // Between the old places of the nearest neighbours that kept their words.
    const left = [...placed].filter(([at]) => at < index).map(([, old]) => old);
    const right = [...placed].filter(([at]) => at > index).map(([, old]) => old);
    const [low, high] = [Math.max(-1, ...left), Math.min(before.length, ...right)];
    let best: { old: number; todo: LiveTodo; score: number } | null = null;
    let looked = 0;
    for (const old of free) {
      const todo = before[old];
      if (todo === undefined || old <= low || old >= high || (owner !== undefined && owner !== todo.id)) continue;
      if (++looked > MOST_CANDIDATES) break;
      const score = sameItem(todo.content, item.content);
      if (score >= REWORDED_FROM && score > (best?.score ?? 0)) best = { old, todo, score };
    }
    if (best === null) return;
    pairs.set(index, best.todo);
    placed.set(index, best.old);
    free.delete(best.old);
  });
  return pairs;
}

/** A call that failed after all: its items are as they were before, and those that it brought are taken back. */
export function undoTodos(lists: Lists, callId: string): TodoChange[] {
  const undo = lists.undo;
  if (undo?.callId !== callId) return [];
  const now = new Map(lists.todos.map((todo) => [todo.id, todo]));
  const changes: TodoChange[] = [];
  for (const todo of lists.todos) {
    if (undo.isNew.includes(todo.id)) changes.push({ todo, status: 'cancelled', reason: 'undone', titled: false });
  }
  for (const todo of [...undo.todos, ...undo.back]) {
    const key = knownKey(todo.content, todo.nth);
    lists.known[key] = { id: todo.id, handle: todo.handle, status: todo.status };
    // What was cancelled before stays in sight: only what the call brought is taken back.
    const reason = todo.status === 'cancelled' ? null : 'undone';
    if (now.get(todo.id)?.status !== todo.status) changes.push({ todo, status: todo.status, reason, titled: false });
  }
  for (const id of undo.isNew) {
    for (const [key, known] of Object.entries(lists.known))
      if (known.id === id) Reflect.deleteProperty(lists.known, key);
  }
  lists.todos = [...undo.todos];
  lists.undo = null;
  return changes;
}

/**
 * A snapshot that the program put into the conversation: it corrects the statuses of items we know, and where no list is
 * known (a file that begins in the middle) it is the list. It never drops anything.
 */
export function resyncTodos(lists: Lists, root: string, agent: string, written: readonly WrittenTodo[]): TodoChange[] {
  if (lists.todos.length === 0 && Object.keys(lists.known).length === 0) {
    return writeTodos(lists, root, agent, '', written).changes;
  }
  const changes: TodoChange[] = [];
  lists.todos = lists.todos.map((todo) => {
    const said = written.find((item) => foldWords(item.content) === foldWords(todo.content));
    if (said === undefined || said.status === todo.status) return todo;
    const next = { ...todo, status: said.status };
    lists.known[knownKey(todo.content, todo.nth)] = { id: todo.id, handle: todo.handle, status: said.status };
    changes.push({ todo: next, status: said.status, reason: null, titled: false });
    return next;
  });
  return changes;
}
