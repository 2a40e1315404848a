/** Reading a log in every way that a follower may come to: cut anywhere, stopped anywhere, waited for anywhere. */
import { expect } from '@jest/globals';
import { createLogReader, type LogReaderOptions, type LogReaderState } from '../../src/domain/log/index.js';
import type { LogEvent } from '../../src/domain/log/model.js';

export const NOON = Date.parse('2026-11-22T12:00:00Z');

export const options = (given: Partial<LogReaderOptions> = {}): LogReaderOptions => ({
  format: 'auto',
  level: 'error',
  multiline: true,
  clock: () => ({ now: NOON, zoneMinutes: 0 }),
  ...given,
});

/** What is left when each amendment has taken the place of what it amends, which must be what was given out. */
export function ledger(): { add(events: readonly LogEvent[]): void; readonly events: readonly LogEvent[] } {
  const kept = new Map<number, LogEvent>();
  return {
    add(events) {
      for (const event of events) {
        expect(event.amends).toEqual(kept.get(event.fromByte) ?? null);
        if (event.repeats === 0) kept.delete(event.fromByte);
        else kept.set(event.fromByte, { ...event, amends: null });
      }
    },
    get events() {
      return [...kept.values()].sort((one, other) => one.fromByte - other.fromByte);
    },
  };
}

/** What is done after a piece was read. */
export type Step = 'read' | 'restart' | 'settle' | 'wait' | 'settle-restart' | 'wait-restart';

export interface Piece {
  readonly bytes: number;
  readonly then: Step;
}

/** @param pieces in turn, from the first again when they are used up */
export function readPieces(bytes: Buffer, pieces: readonly Piece[], given: Partial<LogReaderOptions> = {}): LogEvent[] {
  const all = ledger();
  let reader = createLogReader(options(given));
  let at = 0;
  let last = 0;
  let furthest = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const piece = pieces[turn % pieces.length] ?? { bytes: bytes.length, then: 'read' };
    const end = Math.min(bytes.length, at + Math.max(1, piece.bytes));
    // The caller uses its buffer again.
    const passed = Buffer.from(bytes.subarray(at, end));
    all.add(reader.read(passed, at));
    passed.fill(0x23);
    at = end;
    furthest = Math.max(furthest, at);
    if (piece.then.startsWith('settle')) all.add(reader.settle(200));
    if (piece.then.startsWith('wait')) all.add(reader.settle(1_500));
    expect(reader.nextByte).toBeGreaterThanOrEqual(last);
    expect(reader.nextByte).toBeLessThanOrEqual(furthest);
    last = reader.nextByte;
    if (piece.then.endsWith('restart')) {
      const state = JSON.parse(JSON.stringify(reader.state())) as LogReaderState;
      reader = createLogReader(options({ ...given, state }));
      expect(reader.nextByte).toBe(last);
      at = state.readFrom;
    }
    if (turn > 20 * bytes.length + 100) throw new Error('a restart never gets on');
  }
  all.add(reader.end());
  expect(reader.nextByte).toBe(bytes.length);
  return [...all.events];
}

/** In one piece. */
export const readWhole = (text: string | Buffer, given: Partial<LogReaderOptions> = {}): LogEvent[] =>
  readPieces(Buffer.from(text), [{ bytes: Number.MAX_SAFE_INTEGER, then: 'read' }], given);
