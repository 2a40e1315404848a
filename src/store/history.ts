/** All tasks, in pages: for what is learned of them together. Nothing on a tool's path reads this. */
import type { Redis } from 'ioredis';
import { STATUSES } from '../domain/model.js';
import type { TaskRecord } from '../domain/tasks/index.js';
import type { Keys } from './keys.js';
import { answersOf } from './pipeline.js';
import { walkDown } from './walk.js';

/** Some hundred kilobytes at once. */
const STEP = 200;

/** What is open first, and of each status what was touched last. A task that changes meanwhile may come twice, or not at all. */
export async function* walkHistory(redis: Redis, keys: Keys): AsyncGenerator<readonly TaskRecord[]> {
  for (const status of STATUSES) {
    for await (const entries of walkDown(redis, keys.of('n', status, '*'), { after: null, floor: null, step: STEP })) {
      const pipeline = redis.pipeline();
      for (const [id] of entries) pipeline.hget(keys.of('task', id), 'r');
      const texts = (await answersOf(pipeline)) as (string | null)[];
      yield texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as TaskRecord]));
    }
  }
}
