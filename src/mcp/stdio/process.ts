/** The stdio server as a process: what may be written, and when it ends. */
import { Writable } from 'node:stream';
import { messageOf } from '../../errors.js';
import { configureLogger, log } from '../../logger.js';
import type { Parts } from '../services.js';

/** A client waits for the process at most this long after it has closed stdin. */
const CLOSE_MS = 50;
const PARENT_EVERY_MS = 2_000;

/**
 * Serves MCP on stdin and stdout until stdin ends, a signal comes or the parent dies; then the process exits with 0, at
 * once, whatever state Redis is in.
 * @param connect opens what the tools stand on; called after the first list or with the first call
 */
export async function serveProcess(connect: () => Promise<Parts> = connectLater): Promise<never> {
  configureLogger({ name: 'mcp' });
  const output = claimStdout();
  let stop = (_why: string): void => undefined;
  const stopped = new Promise<string>((resolve) => (stop = resolve));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  watchParent(stop);
  survive();

  const [{ createLineTransport }, { serve }, { createServices }, { productionRegistry }] = await Promise.all([
    import('./transport.js'),
    import('../serve/server.js'),
    import('../services.js'),
    import('../serve/production.js'),
  ]);
  const services = createServices(connect);
  const transport = createLineTransport(process.stdin, output);
  const close = serve(transport, productionRegistry(services));
  void transport.ended.then(() => stop('stdin ended'));
  log.info('mcp.started', { pid: process.pid });

  const why = await stopped;
  const limit = new Promise((resolve) => setTimeout(resolve, CLOSE_MS));
  await Promise.race([Promise.allSettled([close(), services.close(), flushed()]), limit]);
  log.info('mcp.stopped', { why });
  process.exit(0);
}

const connectLater = async (): Promise<Parts> => (await import('../connect.js')).connectParts();

/**
 * The one stream that leads to the client. Whatever else writes to stdout in this process, a library's console.log
 * included, ends up on stderr from now on: a single stray line breaks the protocol.
 */
function claimStdout(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => void write(chunk, (error) => done(error ?? null)),
  });
  process.stdout.write = process.stderr.write.bind(process.stderr);
  for (const level of ['log', 'info', 'debug', 'dir', 'table'] as const) console[level] = console.error;
  process.stdout.on('error', (error: Error) => output.destroy(error));
  // Nobody reads our log any more; that is no reason to fail.
  process.stderr.on('error', () => undefined);
  return output;
}

/** Until what was written has left the process. */
function flushed(): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.writableLength === 0) resolve();
    else process.stdout.once('drain', resolve);
  });
}

/** stdin may stay open after the client's end, when another process has inherited it. */
function watchParent(stop: (why: string) => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop('parent ended');
  }, PARENT_EVERY_MS).unref();
}

/** A failure outside of any call must not end the connection; calls have their own answer. */
function survive(): void {
  const report = (error: unknown): void =>
    log.error('process.failed', { name: 'mcp', message: messageOf(error).slice(0, 300) });
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}
