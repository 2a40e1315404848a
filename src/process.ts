/** How a process of ours starts and ends: everything it opens is registered, and released in reverse. */
import { ConfigError, messageOf } from './errors.js';
import { log } from './logger.js';

export type Release = () => Promise<void> | void;
/** Registers `release`, to be called at the end; what was registered last is released first. */
export type Defer = (release: Release) => void;

/** Below `kill_timeout` of PM2, which is 8 s. */
const STOP_WITHIN_MS = 7_500;

/**
 * Runs the process `name` until SIGINT, SIGTERM, the parent's end (`disconnect`) or a failure, and then ends it:
 * exit code 0 after a stop that was asked for, else 1. A second signal ends it at once.
 * Tells PM2 `ready` once `start` has returned. If `start` throws, what it had registered is released all the same.
 * @param start opens things and returns; `signal` is aborted when the process is to stop
 */
export async function runProcess(
  name: string,
  start: (defer: Defer, signal: AbortSignal) => Promise<void>,
): Promise<never> {
  const releases: Release[] = [];
  const stopping = new AbortController();
  const fatal = (error: unknown): never => {
    log.error('process.failed', { name, ...describe(error) });
    process.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  const stop = (why: string): void => {
    if (stopping.signal.aborted) {
      if (why !== 'disconnect') process.exit(1);
      return;
    }
    log.info('process.stopping', { name, why });
    stopping.abort(new Error(`stopped by ${why}`));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('disconnect', () => stop('disconnect'));

  log.info('process.started', { name, pid: process.pid });
  let failure: unknown;
  try {
    await start((release) => releases.push(release), stopping.signal);
    if (!stopping.signal.aborted) {
      log.info('process.ready', { name });
      if (process.connected) process.send?.('ready');
      await aborted(stopping.signal);
    }
  } catch (error) {
    // A start that was cut short by a stop is no failure.
    if (!stopping.signal.aborted) failure = error;
  }
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  for (const release of releases.reverse()) {
    try {
      await release();
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) fatal(failure);
  log.info('process.stopped', { name });
  process.exit(0);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A pending promise alone keeps no process alive; without this one, nothing to wait for would end it.
    const alive = setInterval(() => undefined, 2 ** 30);
    const done = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}

function describe(error: unknown): { error: string; message?: string; faults?: readonly string[]; stack?: string } {
  if (!(error instanceof Error)) return { error: typeof error, message: messageOf(error).slice(0, 300) };
  // The message of a SyntaxError quotes the text that did not parse.
  const told = { error: error.name, ...(!(error instanceof SyntaxError) && { message: error.message.slice(0, 300) }) };
  if (error instanceof ConfigError) return { ...told, faults: error.faults };
  // Of the stack only the frames: its first lines repeat the message.
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { ...told, stack: frames.slice(0, 8).join('\n') };
}
