/** The command that stays: starts everything, shows what happens, stops everything when it is told to. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import { loadConfig } from '../config.js';
import { hasCode } from '../errors.js';
import type { StoreReader } from '../store/reader.js';
import { openStore } from '../store/index.js';
import type { UpResult } from '../supervisor/index.js';
import { boardAddress, down, mcpAddress, readLag, systemState, transcriptSizes, up } from '../supervisor/index.js';
import { trimSystemLogs } from '../sources/own-logs.js';
import { programName } from './program-name.js';
import { showProgress } from './progress.js';
import { activityLine, count, firstScreen, megabytes } from './screen.js';

const CATCHING_UP_MS = 500;
const QUIET_MS = 2_000;
const PARENT_EVERY_MS = 500;
const TRIM_EVERY_MS = 60_000;
/** A newcomer sees the count of what was found before; the first files take a moment to be queued. */
const SETTLE_MS = 1_500;

/**
 * Runs until SIGINT, SIGTERM or SIGHUP, or until somebody stops the system from elsewhere. A system that runs already
 * under somebody else is only shown.
 */
export async function follow(): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  stopWithNpm(stopping);
  const config = loadConfig();
  const sizes = await transcriptSizes(config);
  const found = { files: sizes.size, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
  let isShown = false;
  const screen = (): void => {
    if (!isShown) say(firstScreen(config, found));
    isShown = true;
  };
  const onRedis = (): void => {
    screen();
    say('Starting …');
  };
  const running = await up({ attached: true, say, onRedis });
  screen();
  const dashboard = boardAddress(running.layout);
  if (dashboard !== null) say(`Dashboard: ${dashboard}`);
  const mcp = mcpAddress(running.layout);
  if (mcp !== null) say(`MCP over HTTP: ${mcp}`);
  if (running.outcome === 'found') return tell(running);
  if (running.outcome === 'adopted') say('Found it running, left by a start that was killed. It is ours now.');
  say('Ctrl-C stops everything.\n');
  try {
    await watchOver(running, stopping.signal);
  } finally {
    say('Stopping …');
    await down();
    say('Stopped. Nothing is left running.');
  }
}

/** npm and the shell it puts between may be ended without us being told: then we have another parent. */
function stopWithNpm(stopping: AbortController): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stopping.abort();
  }, PARENT_EVERY_MS).unref();
}

function tell({ runtime }: UpResult): void {
  const by = runtime.owner === null ? 'in the background' : `in another terminal (process ${runtime.owner.pid})`;
  say(`It runs already, ${by}, since ${new Date(runtime.startedAt).toISOString()}. Nothing was started.`);
  say(`See \`${programName()} status\`; \`${programName()} down\` stops it.`);
}

async function watchOver({ layout, config }: UpResult, signal: AbortSignal): Promise<void> {
  let store = await openStore(config);
  let trimAt = 0;
  try {
    await catchUp(store, config, signal);
    for (let since = Date.now(); !signal.aborted; await pause(QUIET_MS, signal)) {
      if (Date.now() > trimAt) {
        trimAt = Date.now() + TRIM_EVERY_MS;
        trimSystemLogs(layout.home);
      }
      const state = systemState(layout);
      if (state === 'changing') continue;
      if (state === 'stopped') return say('It was stopped from elsewhere.');
      if (state === 'broken') {
        say('The supervisor ended unexpectedly; starting again …');
        await store.close();
        await up({ attached: true, say });
        store = await openStore(config);
      }
      since = await showActivity(store, since);
    }
  } finally {
    await store.close();
  }
}

async function catchUp(store: StoreReader, config: Config, signal: AbortSignal): Promise<void> {
  const from = Date.now();
  const progress = showProgress('Reading', process.stdout);
  try {
    let lastBehind = -1;
    for (; !signal.aborted; await pause(CATCHING_UP_MS, signal)) {
      const lag = await readLag(store, config);
      const open = (await store.tasks.list({ limit: 1 })).total;
      const sessions = `${lag.files - lag.behind.length} of ${count(lag.files, 'session file')}`;
      progress.update(lag.bytesRead, lag.bytes, `${sessions}, ${count(open, 'open task')}`);
      // What is left at the end is a line still being written, or a file given up: neither moves any more.
      const isIdle = lag.bytesBehind === lastBehind && lag.bytesBehind < 1e6 && Date.now() - from > 4 * SETTLE_MS;
      if (lag.bytesBehind === 0 || isIdle) break;
      lastBehind = lag.bytesBehind;
    }
  } finally {
    progress.stop();
  }
  if (signal.aborted) return;
  const lag = await readLag(store, config);
  const seconds = ((Date.now() - from) / 1_000).toFixed(1);
  say(
    `Read ${count(lag.files, 'session file')} (${megabytes(lag.bytesRead)}) in ${seconds} s: ` +
      `${await inLedger(store, lag.files)}. Following what is new …`,
  );
}

/** What the ledger holds now; the counts that `insight` writes are some minutes old. */
async function inLedger(store: StoreReader, files: number): Promise<string> {
  const [conversations, open, closed, errors] = await Promise.all([
    store.conversations.list({ limit: 1 }),
    store.tasks.list({ limit: 1 }),
    store.tasks.list({ limit: 1, status: ['completed', 'cancelled'] }),
    store.errors.list({ limit: 1 }),
  ]);
  const why = conversations.total < files ? ' (forks, copies and subagents folded in)' : '';
  const parts = [`${count(conversations.total, 'conversation')}${why}`, count(open.total, 'open task')];
  return [...parts, `${closed.total.toLocaleString('en')} closed`, count(errors.total, 'error')].join(', ');
}

async function showActivity(store: StoreReader, since: number): Promise<number> {
  const { events } = await store.activity({ since, limit: 20 });
  for (const event of events) say(activityLine(event));
  return Math.max(since, ...events.map(({ at }) => at + 1));
}

/** Waits, or returns at once when `signal` aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!hasCode(error, 'ABORT_ERR')) throw error;
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
