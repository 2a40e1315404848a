import { correlate } from '../jobs/correlate.js';
import { defineWorker } from './define.js';

/** Sessions in one step; a step is one script in Redis, during which nothing else is answered. */
const STEP = 25;
const SHARE_MS = 2_000;

/** Relates what changed in bounded steps, and asks for itself again where there is more than it had time for. */
export default defineWorker(correlate, async ({ store, enqueue, now, signal }) => {
  const until = now() + SHARE_MS;
  const done = { sessions: 0, links: 0, more: true };
  while (done.more && now() < until && !signal.aborted) {
    const step = await store.correlateTouched(STEP);
    done.sessions += step.sessions;
    done.links += step.links;
    done.more = step.more;
  }
  // This job still runs, so the request is kept and follows it.
  if (done.more) await enqueue('correlate', { reason: 'asked' });
  return done;
});
