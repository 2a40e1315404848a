/** Markers in code, as edits of the session put them there and take them out. */
import { markerKey } from '../../ids.js';
import { isOpen } from '../../model.js';
import type { Item, Text } from '../entry.js';
import { bound } from '../state.js';
import { MOST, type Thread } from './state.js';
import { add, change, forget, type Scene } from './tasks.js';

/** Markers that an edit puts into code or takes out of it. @returns tasks that it brought, to be taken back if it fails */
export function seeEdit(
  scene: Scene,
  item: Extract<Item, { is: 'edit' }>,
  text: (index: Text) => string,
): readonly string[] {
  const { thread } = scene;
  const path = text(item.path);
  const brought: string[] = [];
  for (const { title, words, quote } of item.added) {
    const key = markerKey(path, text(words));
    if (thread.seen[path]?.includes(key) === true || key in thread.markers) continue;
    const task = add(scene, { title: text(title), source: 'marker', status: 'pending', quote: text(quote) });
    thread.markers[key] = task.id;
    brought.push(task.id);
  }
  for (const { from, to } of item.reworded) {
    const id = thread.markers[markerKey(path, text(from))];
    const task = thread.tasks.find((one) => one.id === id);
    if (id === undefined || task === undefined) continue;
    Reflect.deleteProperty(thread.markers, markerKey(path, text(from)));
    thread.markers[markerKey(path, text(to.words))] = id;
    task.title = text(to.title);
    scene.tell(id, task.source, { title: task.title, quote: text(to.quote) });
  }
  for (const words of item.removed) {
    const key = markerKey(path, text(words));
    const id = thread.markers[key];
    Reflect.deleteProperty(thread.markers, key);
    const task = thread.tasks.find((one) => one.id === id);
    if (task !== undefined && isOpen(task.status)) change(scene, task, 'completed', 'marker-removed', null);
  }
  bound(thread.markers, MOST.markers);
  return brought;
}

/** An edit that failed has put nothing into the code. */
export function undoEdit(scene: Scene, brought: readonly string[]): void {
  for (const id of brought) {
    forget(scene, id);
    for (const [key, task] of Object.entries(scene.thread.markers)) {
      if (task === id) Reflect.deleteProperty(scene.thread.markers, key);
    }
  }
}

export function seeFile(thread: Thread, path: string, words: readonly string[]): void {
  Reflect.deleteProperty(thread.seen, path);
  thread.seen[path] = words.slice(0, MOST.seenEach).map((one) => markerKey(path, one));
  bound(thread.seen, MOST.seen);
}
