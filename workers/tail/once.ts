/** Logs that are read to their present end and not followed. */
import { usualLog } from '../../src/config.js';
import { followLogs, type TailContext } from './follow.js';

const TELL_EVERY_MS = 200;

/**
 * Reads each of `paths` from where it was left, or from its beginning, and ends the process. A path that is configured is
 * read as that says. Whoever started it is told `{ behindBytes }` again and again, and `{ done: true }` at the end.
 */
export async function readOnce(context: TailContext, paths: readonly string[]): Promise<void> {
  const { config, signal } = context;
  const logs = paths.map((path) => ({ ...(config.logs.find((log) => log.path === path) ?? usualLog(path)), path }));
  const tail = await followLogs({ ...context, config: { ...config, logs } }, { reports: false });
  const tell = (message: object): void => {
    if (process.connected) process.send?.(message);
  };
  const telling = setInterval(() => tell({ behindBytes: tail.behindBytes() }), TELL_EVERY_MS);
  context.defer(() => clearInterval(telling));
  // The process is ready, and ends by itself when all is read.
  void tail.caughtUp().then(() => {
    if (signal.aborted) return;
    tell({ done: true });
    process.kill(process.pid, 'SIGTERM');
  });
}
