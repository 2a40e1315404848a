/** Whether a fix that was claimed holds, judged by the silence after it. */

/** Occurrences before the claim below which their mean interval says nothing. */
const LEAST_BEFORE = 3;
/** Silence this improbable without a fix is believed. */
const BELIEVED = 0.95;

export type Verdict = 'validated' | 'regressed' | 'too_early' | 'unverified';

/** An error around the moment at which somebody claimed that it is fixed. Instants and spans in milliseconds. */
export interface Claim {
  readonly claimedAt: number;
  /** Occurrences up to the claim, with the first and the last of them. */
  readonly before: { readonly count: number; readonly firstAt: number; readonly lastAt: number };
  /** Occurrences after the claim, with the last of them. */
  readonly after: { readonly count: number; readonly lastAt: number };
}

export interface Judgement {
  readonly verdict: Verdict;
  /** That the fix holds; null where nothing can be said. */
  readonly probability: number | null;
  /** Since the last occurrence after the claim, else since the claim: silence before it is not to its credit. */
  readonly silentMs: number;
  /** Mean interval of the occurrences before the claim; null where they are too few or all at one moment. */
  readonly expectedMs: number | null;
  readonly why: string;
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/** A span of time in its largest unit: `3 h`, `2.5 d`. */
function spanOf(ms: number): string {
  const [unitMs, unit] = UNITS.find(([least]) => ms >= least) ?? [1_000, 's'];
  return `${Math.round((ms / unitMs) * 10) / 10} ${unit}`;
}

const timesOf = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/**
 * `regressed`, if the error happened again; `unverified`, if fewer than three occurrences before, or no time between them,
 * tell how often it happens; else the probability that without a fix it would have come by now, 1 - exp(-silent/expected):
 * `validated` from 0.95 on, `too_early` below.
 *
 * The formula is that of a Poisson process. It assumes that occurrences do not know of each other, that without a fix they
 * would go on at their mean pace, and that the work that brings them up went on after the claim. Errors that come in bursts
 * have a short mean interval, so for them the answer comes early.
 */
export function judgeFix({ claimedAt, before, after }: Claim, now: number): Judgement {
  const spanMs = before.lastAt - before.firstAt;
  const expectedMs = before.count < LEAST_BEFORE || spanMs <= 0 ? null : spanMs / (before.count - 1);
  if (after.count > 0) {
    const why = `happened ${timesOf(after.count)} after the claim`;
    return { verdict: 'regressed', probability: 0, silentMs: Math.max(0, now - after.lastAt), expectedMs, why };
  }
  const silentMs = Math.max(0, now - claimedAt);
  if (expectedMs === null) {
    const known = `happened ${timesOf(before.count)} before the claim`;
    const lacking =
      before.count < LEAST_BEFORE ? `fewer than the ${LEAST_BEFORE}` : 'all at one moment, without the time';
    const why = `silent since, but ${known}: ${lacking} that would tell how often it comes`;
    return { verdict: 'unverified', probability: null, silentMs, expectedMs, why };
  }
  const probability = 1 - Math.exp(-silentMs / expectedMs);
  const isBelieved = probability >= BELIEVED;
  const why =
    `silent for ${spanOf(silentMs)} since the claim, came every ${spanOf(expectedMs)} before (${timesOf(before.count)}); ` +
    (isBelieved
      ? 'long enough at that pace'
      : `believed after ${spanOf(-expectedMs * Math.log(1 - BELIEVED))} of silence at that pace`);
  return { verdict: isBelieved ? 'validated' : 'too_early', probability, silentMs, expectedMs, why };
}
