/** Circumstances of a task beside its status, each with its reason in words and the time from which on it holds. */
import { isOpen, type Flag } from '../model.js';
import { reasonInWords } from './reasons.js';
import type { TaskRecord } from './record.js';
import { standingOf } from './standing.js';
import { verdictOf, type Verdict } from './verdict.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An open task without any event for this long is shown as stale. */
const STALE_AFTER_MS = 14 * DAY_MS;
/** Nobody pauses for this long in the midst of work: the session is over. */
const OVER_AFTER_MS = DAY_MS;

/** @param now decides what is stale, and what was left in the midst of work */
export function flagsOf(record: TaskRecord, now: number): Flag[] {
  const verdict = verdictOf(record);
  if (verdict !== null) return [flagOf(verdict)];
  const flags: Flag[] = [];
  const { event, contradictedBy, status } = standingOf(record);
  if (event?.why === 'dropped' && status === 'cancelled') {
    flags.push({ name: 'dropped', why: 'a later list left it out', at: event.at });
  }
  if (event?.why === 'reopened' && isOpen(status)) {
    flags.push({ name: 'reopened', why: 'it had been closed before', at: event.at });
  }
  if (contradictedBy !== null) {
    flags.push({ name: 'contradicted', why: `the conversation says ${contradictedBy.status}`, at: contradictedBy.at });
  } else if (event?.why === 'tests-fail' && event.by === 'conversation' && status === 'completed') {
    flags.push({ name: 'contradicted', why: 'claimed done while its last test run failed', at: event.at });
  }
  return isOpen(status) ? [...flags, ...idleFlags(record, now)] : flags;
}

function flagOf(verdict: Verdict): Flag {
  const { why, at } = verdict;
  const said = why === null ? '' : `: ${why}`;
  if (verdict.is === 'merged') {
    return { name: 'merged_into', why: `a hand merged it into ${verdict.into}${said}`, at, taskId: verdict.into };
  }
  const by = verdict.byLikeness ? 'a hand dismissed the same sentence as no task' : 'a hand dismissed it as no task';
  return { name: 'dismissed', why: `${by}${said}`, at };
}

/** Work that nobody goes on with. */
function idleFlags(record: TaskRecord, now: number): Flag[] {
  const { event, status } = standingOf(record);
  const { lastAt } = record;
  const idleMs = now - lastAt;
  const flags: Flag[] = [];
  if (event?.by === 'conversation') {
    const isBroken = event.why === 'interrupted' || event.why === 'limit';
    if (isBroken) flags.push({ name: 'abandoned', why: reasonInWords(event) ?? '', at: event.at });
    else if (status === 'in_progress' && idleMs > OVER_AFTER_MS) {
      const why = `its session ended in the midst of the work: nothing happened for ${spanInWords(idleMs)}`;
      flags.push({ name: 'abandoned', why, at: lastAt + OVER_AFTER_MS });
    }
  }
  if (idleMs > STALE_AFTER_MS) {
    flags.push({ name: 'stale', why: `nothing happened for ${spanInWords(idleMs)}`, at: lastAt + STALE_AFTER_MS });
  }
  return flags;
}

const spanInWords = (ms: number): string =>
  ms < 2 * DAY_MS ? `${Math.floor(ms / HOUR_MS)} hours` : `${Math.floor(ms / DAY_MS)} days`;
