import { correlate } from '../jobs/correlate.js';
import { defineWorker } from './define.js';

/** Sessions, errors and claims in one step; a step is short, so that a run ends close to its share. */
const SESSIONS = 25;
const ERRORS = 200;
const CLAIMS = 50;
const SHARE_MS = 2_000;

/** Looks at what changed in bounded steps, and asks for itself again where there is more than it had time for. */
export default defineWorker(correlate, async ({ store, enqueue, now, signal }) => {
  const until = now() + SHARE_MS;
  const done = { sessions: 0, links: 0, prints: 0, errors: 0, signals: 0, ties: 0, claims: 0, unclear: 0, more: true };
  while (done.more && now() < until && !signal.aborted) {
    const step = await store.correlateTouched(SESSIONS);
    const { prints, errors, signals, ties, more } = await store.correlateErrors(ERRORS, now());
    const claims = await store.settleClaims(CLAIMS, now());
    done.sessions += step.sessions;
    done.links += step.links;
    done.prints += prints;
    done.errors += errors;
    done.signals += signals;
    done.ties += ties;
    done.claims += claims.settled;
    done.unclear += claims.ambiguous;
    done.more = step.more || more || claims.more;
  }
  // This job still runs, so the request is kept and follows it.
  if (done.more) await enqueue('correlate', { reason: 'asked' });
  return done;
});
