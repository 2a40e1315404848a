/** What workers may do to the ledger beside reading it. */
import type { Census } from '../domain/census.js';
import type { Forecast } from '../domain/forecast/index.js';
import type { LedgerCounts, Quarantine, TargetHealth } from '../domain/model.js';
import type { TaskRecord } from '../domain/tasks/index.js';
import type { ErrorsStep } from './correlate.js';
import type { LoggedPiece, LogIntent, LogMemory } from './logs.js';
import type { StoreReader } from './reader.js';
import type { Retention } from './retire.js';
import type { SettleStep } from './settle.js';

/** What `watch` compares with the file system: a file needs a look when any of these differ. */
export interface FilePosition {
  readonly nextByte: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  /** Set while the file is quarantined. */
  readonly quarantine: Quarantine | null;
}

export interface StoreWriter extends StoreReader {
  /** Positions of these paths of this host, in one round trip; null where a file is not known. */
  positions(paths: readonly string[]): Promise<readonly (FilePosition | null)[]>;
  /** Gives a file up after its last attempt, until it grows or a new version comes. */
  quarantine(path: string, entry: Omit<Quarantine, 'path'>): Promise<void>;
  release(path: string): Promise<void>;
  /** Counts the ledger by its indexes: cost does not grow with what is stored. */
  count(now: number): Promise<LedgerCounts>;
  writeCounts(counts: LedgerCounts): Promise<void>;
  /** All tasks that lists keep, in pages. A task that changes meanwhile may come twice, or not at all. */
  history(): AsyncIterator<readonly TaskRecord[]>;
  /** What was learned of them last; null where nothing was, or by another version. */
  forecast(): Promise<Forecast | null>;
  writeLearned(learned: { at: number; forecast: Forecast; census: Census }): Promise<void>;
  /** Writes what a probe found; `since` of a target is kept while its status stays the same. */
  writeHealth(targets: readonly TargetHealth[], now: number): Promise<void>;
  /** A real write and read of the ledger, as health needs it. Milliseconds it took. */
  exercise(): Promise<number>;
  /** Forgets a batch of what is older than its retention. @returns how much of each kind */
  retire(
    retention: Retention,
    now: number,
  ): Promise<{ tasks: number; conversations: number; errors: number; events: number }>;
  /** Relates errors and tasks of up to `limit` sessions that changed since the last call. */
  correlateTouched(limit: number): Promise<{ sessions: number; links: number; more: boolean }>;
  /**
   * Gives up to `limit` new fingerprints their patterns, and looks for signals, ties and severity of up to `limit` errors that
   * happened or whose time has come. For one process: it holds what it compares with in memory.
   */
  correlateErrors(limit: number, now: number): Promise<Omit<ErrorsStep, 'changes'>>;
  /** Settles up to `limit` claims: which task of another session a user meant by what he said. For the same process. */
  settleClaims(limit: number, now: number): Promise<Omit<SettleStep, 'changes'>>;
  /** What is known of a log's generations, or of one, the one that was announced last at the end. */
  recallLog(host: string, path: string, generation?: string): Promise<readonly LogMemory[]>;
  /** Which start of the Redis server this is: another one may have forgotten what was written last. */
  serverRun(): Promise<string>;
  /**
   * Announces a piece of a log. To be awaited before its batch is queued.
   * @param run as `serverRun` said before the log was recalled
   * @throws ForgottenError if this is another run; nothing was written
   */
  intendLogBatch(intent: LogIntent, run?: string): Promise<void>;
  /**
   * Counts the errors of an announced piece, once. `applied` is false where all of it had been counted before.
   * @throws PermanentError when a part of it had, and when it was not announced; nothing was counted
   */
  applyLogBatch(batch: LoggedPiece, now: number): Promise<{ readonly applied: boolean }>;
  /**
   * Nothing will follow in this generation; it is forgotten 30 days later.
   * @throws ForgottenError as above
   */
  endLog(log: { host: string; path: string; generation: string }, now: number, run?: string): Promise<void>;
}
