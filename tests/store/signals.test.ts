import { expect, test } from '@jest/globals';
import type { LoggedError } from '../../jobs/ingest.js';
import { fingerprintOf } from '../../src/domain/pattern/index.js';
import { getRecentActivity } from '../../src/mcp/tools/get-recent-activity.js';
import type { Store } from '../../src/store/index.js';
import { callOn, HOUR, NOW } from '../support/errors-ledger.js';
import { batchOf, follow, idOf, inARow, logged, minuteOf } from '../support/log-batches.js';
import { withStore, type Bench } from '../support/store.js';

const MINUTE = 60_000;
const DETAILS = { now: NOW, mostTasks: 0, isDetailed: true };

/** So many a minute, oldest first, the last one in the minute of `until`. */
function each(name: string, until: number, counts: readonly number[], more: Partial<LoggedError> = {}): LoggedError {
  const last = minuteOf(until);
  const minutes = counts.flatMap((n, index): [number, number][] =>
    n === 0 ? [] : [[last - counts.length + 1 + index, n]],
  );
  const firstAt = (minutes[0]?.[0] ?? last) * MINUTE;
  return logged(name, until, 1, { minutes, firstAt, lastAt: (minutes.at(-1)?.[0] ?? last) * MINUTE, ...more });
}

const steady = (minutes: number): number[] => Array.from({ length: minutes }, (_, index) => 4 + (index % 3));

async function told(bench: Bench): Promise<string[]> {
  const { events } = await callOn(bench, getRecentActivity, { minutes: 300, limit: 200 });
  return (events as { what: string; id: string }[]).filter(({ what }) => what !== 'logged').map(({ what }) => what);
}

async function settle(store: Store, now: number): Promise<void> {
  while ((await store.correlateErrors(50, now)).more);
}

test('a spike of 80 over 5 a minute is told once, raises the severity, and ends', () =>
  withStore(async (bench) => {
    const { store } = bench;
    const others = Array.from({ length: 20 }, (_, index) => each(`other ${index}`, NOW, steady(120)));
    await follow(store, NOW, batchOf([each('redis', NOW, [...steady(120), 80]), ...others]));
    await settle(store, NOW);
    await settle(store, NOW + 2_000);
    expect(await told(bench)).toEqual(['spike']);
    const spiking = await store.errors.pattern(idOf('redis'), DETAILS);
    expect(spiking?.details?.signals).toEqual([
      { kind: 'spike', at: NOW, why: 'up to 80 in a minute where 5.0 are usual' },
    ]);
    expect(spiking).toMatchObject({
      severity: 'critical',
      severityReason: 'spike: up to 80 in a minute where 5.0 are usual (logged as error)',
    });
    const later = NOW + 8 * MINUTE;
    await follow(store, later, batchOf([each('redis', later, steady(8))], { fromByte: 100 }));
    await settle(store, later);
    // Nothing happens any more: only time tells.
    for (let at = later; at <= later + 5 * MINUTE; at += MINUTE) await settle(store, at);
    expect(
      (await store.activity({ since: NOW - HOUR, limit: 99 })).events.filter(({ what }) => what.startsWith('spike')),
    ).toMatchObject([
      { what: 'spike', at: NOW },
      { what: 'spike-end', at: NOW + MINUTE },
    ]);
    const calm = await store.errors.pattern(idOf('redis'), DETAILS);
    expect(calm).toMatchObject({ severity: 'high', severityReason: 'logged as error' });
    expect(calm?.details?.signals).toEqual([]);
  }));

test('an error is new once, when it began within the hour and is bad enough', () =>
  withStore(async (bench) => {
    const { store } = bench;
    const young = each('young', NOW, [1, 0, 1]);
    const old = each('old', NOW, [1, ...Array.from({ length: 70 }, () => 0), 1]);
    const mild = each('mild', NOW, [1], { level: 'warning' });
    await follow(store, NOW, batchOf([young, old, mild]), batchOf([young], { fromByte: 100 }));
    await settle(store, NOW);
    await follow(store, NOW, batchOf([young], { fromByte: 200 }));
    await settle(store, NOW + MINUTE);
    const { events } = await store.activity({ since: NOW - HOUR, limit: 99 });
    expect(events.filter(({ what }) => what === 'new')).toMatchObject([{ id: idOf('young'), at: NOW - 2 * MINUTE }]);
  }));

test('an error that used to come is told to be quiet once, and is forgotten about when it comes again', () =>
  withStore(async ({ store }) => {
    await follow(store, NOW, batchOf([each('regular', NOW, steady(600)), each('rare', NOW, [1, ...steady(3)])]));
    await settle(store, NOW);
    const after = NOW + 2 * HOUR;
    for (let at = NOW; at <= after; at += 10 * MINUTE) await settle(store, at);
    const quiet = (await store.activity({ since: NOW, limit: 99 })).events.filter(({ what }) => what === 'quiet');
    expect(quiet).toMatchObject([{ id: idOf('regular') }]);
    const found = await store.errors.pattern(idOf('regular'), DETAILS);
    expect(found?.details?.signals).toMatchObject([
      { kind: 'quiet', why: expect.stringMatching(/an hour were usual$/) },
    ]);
    await follow(store, after, batchOf([logged('regular', after)], { fromByte: 100 }));
    await settle(store, after);
    expect((await store.errors.pattern(idOf('regular'), DETAILS))?.details?.signals).toEqual([]);
  }));

test('what no error is due for costs nothing, and a log of last month tells nothing', () =>
  withStore(async (bench) => {
    const { store } = bench;
    const past = NOW - 30 * 24 * HOUR;
    await follow(store, NOW, ...inARow([each('past', past, [...steady(600), 90])]));
    await settle(store, NOW);
    expect(await told(bench)).toEqual([]);
    expect(await store.correlateErrors(50, NOW)).toEqual({ prints: 0, errors: 0, signals: 0, ties: 0, more: false });
  }));

test('what fell silent while nobody watched is told only when it stays silent', () =>
  withStore(async ({ store }) => {
    const quiet = async (): Promise<number> =>
      (await store.activity({ since: NOW, limit: 99 })).events.filter(({ what }) => what === 'quiet').length;
    await follow(store, NOW, batchOf([each('regular', NOW, steady(600))]));
    await settle(store, NOW);
    // As after a night in which the machine slept.
    const morning = NOW + 12 * HOUR;
    await settle(store, morning);
    await settle(store, morning + 10 * MINUTE);
    expect(await quiet()).toBe(0);
    for (let at = morning; at <= morning + 2 * HOUR; at += 10 * MINUTE) await settle(store, at);
    expect(await quiet()).toBe(1);
  }));

test('what is read late is silent only when its log has had time to tell more', () =>
  withStore(async ({ store }) => {
    await settle(store, NOW - 10 * HOUR);
    for (let at = NOW - 10 * HOUR; at <= NOW; at += 10 * MINUTE) await settle(store, at);
    const quiet = async (): Promise<number> =>
      (await store.activity({ since: NOW - 20 * HOUR, limit: 99 })).events.filter(({ what }) => what === 'quiet')
        .length;
    const [first, second] = [each('regular', NOW - 6 * HOUR, steady(600)), each('regular', NOW, steady(360))];
    await follow(store, NOW, batchOf([first]));
    await settle(store, NOW);
    expect(await quiet()).toBe(0);
    await follow(store, NOW, batchOf([second], { fromByte: 100 }));
    for (let at = NOW; at <= NOW + HOUR / 2; at += 10 * MINUTE) await settle(store, at);
    expect(await quiet()).toBe(0);
  }));

test('another case of an old pattern is not new, however many come at once', () =>
  withStore(async (bench) => {
    const { store } = bench;
    const words = Array.from(
      { length: 60 },
      (_, index) => `${'abcdefghij'[index % 10]}x${'klmnop'[Math.floor(index / 10)]}y`,
    );
    const one = (word: string, at: number): LoggedError => {
      const { id, kind, template } = fingerprintOf(`Cannot open the index ${word} for reading by the search service`);
      return logged('', at, 1, { fingerprint: id, kind, template });
    };
    const past = NOW - 3 * HOUR;
    await follow(store, past, ...inARow(words.slice(0, 10).map((word) => one(word, past))));
    await settle(store, past);
    await follow(
      store,
      NOW,
      batchOf(
        words.slice(10).map((word) => one(word, NOW)),
        { fromByte: 5_000 },
      ),
    );
    // So few at a time that most wait for their pattern.
    while ((await store.correlateErrors(5, NOW)).more);
    const { events } = await store.activity({ since: NOW - HOUR, limit: 99 });
    expect(events.filter(({ what }) => what === 'new')).toEqual([]);
  }));
