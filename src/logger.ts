/**
 * One JSON line per event on stderr; stdout belongs to MCP and to the output of commands.
 * Never the text of a transcript or of a log: only names, counts, paths and ids.
 */

/** All that the system can say. */
export type EventName =
  | 'process.started'
  | 'process.ready'
  | 'process.stopping'
  | 'process.stopped'
  | 'process.failed'
  | 'redis.waiting'
  | 'redis.ready'
  | 'redis.error'
  | 'job.started'
  | 'job.completed'
  | 'job.failed'
  | 'job.stalled'
  | 'job.enqueued'
  | 'file.found'
  | 'file.grown'
  | 'file.gone'
  | 'file.rewritten'
  | 'file.adopted'
  | 'file.unreadable'
  | 'file.quarantined'
  | 'file.retried'
  | 'file.stale'
  | 'sweep.done'
  | 'scheduler.set'
  | 'scheduler.removed'
  | 'commit.conflict'
  | 'changes.unpublished'
  | 'changes.malformed'
  | 'changes.refused'
  | 'board.listening'
  | 'log.followed'
  | 'log.problem'
  | 'log.refused'
  | 'mcp.started'
  | 'mcp.stopped'
  | 'mcp.bad-message'
  | 'mcp.listening'
  | 'mcp.failed'
  | 'tool.failed';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
type Fields = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

let threshold: number = LOG_LEVELS.indexOf('info');
let processName = 'tracker';

/** Sets what is written from now on and under which name. `DEBUG=mcp-autobot-tracker:*` lowers the level to debug. */
export function configureLogger(options: { level?: LogLevel; name?: string }): void {
  if (options.level !== undefined) threshold = LOG_LEVELS.indexOf(options.level);
  if (options.name !== undefined) processName = options.name;
  if ((process.env['DEBUG'] ?? '').split(',').some((scope) => scope.trim().startsWith('mcp-autobot-tracker'))) {
    threshold = 0;
  }
}

function write(level: LogLevel, event: EventName, fields: Fields): void {
  if (LOG_LEVELS.indexOf(level) < threshold) return;
  const line = { time: new Date().toISOString(), level, process: processName, event, ...fields };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

export const log = {
  debug: (event: EventName, fields: Fields = {}): void => write('debug', event, fields),
  info: (event: EventName, fields: Fields = {}): void => write('info', event, fields),
  warn: (event: EventName, fields: Fields = {}): void => write('warn', event, fields),
  error: (event: EventName, fields: Fields = {}): void => write('error', event, fields),
};
