/** What can be learned from an error that keeps coming back. */
import type { FailureRecord } from './errors.js';

const DAY_MS = 86_400_000;
/** In fewer conversations it may be an accident. */
export const FEWEST_CONVERSATIONS = 3;
/** The chance of a return is given for this long. */
const HORIZON_DAYS = 7;
/** With a silence of three mean intervals, a return by the old rate has become unlikely: e^-3 is 5 %. */
const QUIET_INTERVALS = 3;

/** An error over all conversations, as the ledger counts it. */
export interface Recurrence {
  readonly record: FailureRecord;
  /** Each counted once, however many copies of the conversation there are. */
  readonly occurrences: number;
  readonly conversations: number;
  /** `at_least`: the ledger keeps no more names of sessions for one error. */
  readonly conversationsAre: 'exact' | 'at_least';
}

/** A lesson with the numbers that it stands on. All texts but `evidence` are ours. */
export interface Insight {
  readonly id: string;
  readonly category: 'recurring_error';
  readonly errorId: string;
  readonly errorClass: string;
  /** 0 to 1; see `chanceOfReturn`. */
  readonly confidence: number;
  readonly statistic: {
    readonly occurrences: number;
    readonly conversations: number;
    readonly conversationsAre: 'exact' | 'at_least';
    /** From the first conversation to now. */
    readonly observedDays: number;
    readonly meanDaysBetween: number;
    readonly silentDays: number;
  };
  readonly message: string;
  readonly sessions: readonly string[];
  readonly project: string | null;
  readonly firstAt: number;
  readonly lastAt: number;
  /** `quiet`: silent for three times as long as it used to be between two conversations, and for a day at least. */
  readonly status: 'active' | 'quiet';
}

const ID = /^recurs-(.+)$/;
/** The error that an insight of ours is about; null for an id that is none. */
export const errorIdOf = (insightId: string): string | null => ID.exec(insightId)?.[1] ?? null;

/**
 * The chance that an error met in `conversations` conversations over `observedDays` comes back within `HORIZON_DAYS`:
 * conversations as a Poisson process whose rate has Jeffreys' prior, so that after n − 1 returns in T days the chance of
 * none in h more is (T / (T + h)) ^ (n − 1/2). A burst of a few hours counts as the horizon: no rate is projected further
 * than it was watched. Silence counts against it, since T runs on.
 * @see https://en.wikipedia.org/wiki/Lomax_distribution
 */
export function chanceOfReturn(conversations: number, observedDays: number): number {
  const watched = Math.max(observedDays, HORIZON_DAYS);
  return 1 - (watched / (watched + HORIZON_DAYS)) ** (conversations - 0.5);
}

/** The lesson of one error; null where it happened in too few conversations. */
export function insightOf(
  { record, occurrences, conversations, conversationsAre }: Recurrence,
  now: number,
): Insight | null {
  if (conversations < FEWEST_CONVERSATIONS) return null;
  const firstAt = Math.min(record.message.at, record.lastAt);
  const days = (ms: number): number => Math.round((Math.max(0, ms) / DAY_MS) * 100) / 100;
  const meanMs = (record.lastAt - firstAt) / (conversations - 1);
  const silentMs = now - record.lastAt;
  return {
    id: `recurs-${record.id}`,
    category: 'recurring_error',
    errorId: record.id,
    errorClass: record.class,
    confidence: Math.min(0.99, Math.round(chanceOfReturn(conversations, (now - firstAt) / DAY_MS) * 100) / 100),
    statistic: {
      occurrences,
      conversations,
      conversationsAre,
      observedDays: days(now - firstAt),
      meanDaysBetween: days(meanMs),
      silentDays: days(silentMs),
    },
    message: record.message.text,
    sessions: record.sessions,
    project: record.project?.text ?? null,
    firstAt,
    lastAt: record.lastAt,
    status: silentMs > Math.max(QUIET_INTERVALS * meanMs, DAY_MS) ? 'quiet' : 'active',
  };
}
