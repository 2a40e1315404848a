/** What dismissals teach: for the words of a task, whether a hand said last that they are none. */
import type { Redis } from 'ioredis';
import { lookOf } from '../domain/ids.js';
import { laterLesson, type Lesson, type TaskRecord } from '../domain/tasks/index.js';
import type { Keys } from './keys.js';
import { answersOf } from './pipeline.js';
import type { Op } from './scripts.js';

export interface KnownLesson {
  readonly version: string;
  readonly lesson: Lesson | undefined;
}

export async function loadLessons(
  redis: Redis,
  keys: Keys,
  looks: readonly string[],
): Promise<ReadonlyMap<string, KnownLesson>> {
  if (looks.length === 0) return new Map();
  const pipeline = redis.pipeline();
  for (const look of looks) pipeline.hmget(keys.of('lesson', look), 'v', 'r');
  const answers = (await answersOf(pipeline)) as [string | null, string | null][];
  return new Map(
    looks.map((look, index) => {
      const [version, text] = answers[index] ?? [null, null];
      return [look, { version: version ?? '0', lesson: text === null ? undefined : (JSON.parse(text) as Lesson) }];
    }),
  );
}

/** The words of a task that lessons are about; null where a list tells of it, which nothing is learned of. */
export function learnsBy(record: TaskRecord): string | null {
  return record.source === 'structured' || record.title === null ? null : lookOf(record.title.value);
}

/** The record with what is known of its words now, in place of what was known before. */
export function withLesson(record: TaskRecord, lesson: Lesson | undefined): TaskRecord {
  const { lesson: _before, ...rest } = record;
  return lesson === undefined ? rest : { ...rest, lesson };
}

/** What was taught just now, kept for what comes. */
export function teachOps(look: string, known: KnownLesson, taught: Lesson): { ops: readonly Op[]; lesson: Lesson } {
  const lesson = laterLesson(known.lesson, taught) ?? taught;
  if (lesson === known.lesson) return { ops: [], lesson };
  const version = String(Number(known.version) + 1);
  return { ops: [['HSET', `lesson:${look}`, 'v', version, 'r', JSON.stringify(lesson)]], lesson };
}
