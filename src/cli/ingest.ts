/** `ingest PATH… [--wait]`: has transcripts and logs read that need not be among the configured ones. */
import type { Command } from 'commander';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../config.js';
import { loadRedactor } from '../redaction.js';
import { createEnqueuer, queueSettings } from '../queue/enqueue.js';
import { connectionOptions } from '../store/connection.js';
import { openStore, type Store } from '../store/index.js';
import { logsCounted, readLogs, splitLogs } from './ingest-logs.js';
import { programName } from './program-name.js';
import { showProgress } from './progress.js';
import { sessionFiles, type SessionFile } from './session-files.js';

const LOOK_AGAIN_MS = 250;
/** Files asked for at once. */
const AT_ONCE = 50;

export function registerIngest(program: Command): void {
  program
    .command('ingest')
    .description(
      'Reads transcripts, folders or logs now; also such that are not configured. A log is read once, not followed.',
    )
    .argument('<path...>', 'transcripts (.jsonl), folders that hold some, or logs')
    .option('--wait', 'wait until all of it is in the ledger, with a progress bar and a summary at the end')
    .action(async (paths: string[], options: { wait?: true }) => {
      const { transcripts, logs } = splitLogs(paths);
      const unread = (path: string, code: string): boolean => process.stderr.write(`${path}: not read (${code})\n`);
      const files = await sessionFiles(transcripts, unread);
      const config = loadConfig();
      const store = await openStore(config, { name: 'cli-ingest', deadlineMs: 10_000 });
      const queues = createEnqueuer(queueSettings(config, connectionOptions(config)));
      try {
        const byAge = [...files].sort((a, b) => b.mtimeMs - a.mtimeMs);
        for (let from = 0; from < byAge.length; from += AT_ONCE) {
          await Promise.all(
            byAge.slice(from, from + AT_ONCE).map(({ path }) => queues.enqueue('ingest', jobFor(path))),
          );
        }
        if (logs.length > 0) {
          const { followed } = await readLogs(logs, config);
          const workers = options.wait === true ? await queues.workersOnline('ingest') : 1;
          if (workers === 0) sayNobodyReads();
          if (options.wait === true) await logsCounted(store, logs, loadRedactor(config));
          sayLogs(logs, followed, options.wait === true);
        }
        if (transcripts.length === 0) return;
        if (options.wait !== true) {
          process.stdout.write(
            `${files.length} files are queued; --wait shows how it goes on, so does \`${programName()} status\`.\n`,
          );
        } else if (!(await settled(store, files, await queues.workersOnline('ingest')))) process.exitCode = 1;
      } finally {
        await queues.close();
        await store.close();
      }
    });
}

function sayNobodyReads(): void {
  process.stderr.write(`No ingest worker is running, so nothing is read yet. Start them: ${programName()} up\n`);
}

function sayLogs(logs: readonly string[], followed: readonly string[], waited: boolean): void {
  for (const path of followed)
    process.stdout.write(`${path} is followed already: what is new in it comes by itself.\n`);
  const read = logs.length - followed.length;
  if (read === 0) return;
  const where = `${read === 1 ? 'its' : 'their'} errors are ${waited ? 'in the ledger' : 'queued'}`;
  process.stdout.write(
    `${read === 1 ? '1 log is' : `${read} logs are`} read; ${where}. See \`${programName()} call get_error_correlations\`.\n`,
  );
}

const jobFor = (path: string) => ({ kind: 'transcript', host: hostname(), path, urgency: 'backfill' }) as const;

/** Waits for the checkpoints to reach the files' sizes. @returns whether nothing was given up */
async function settled(store: Store, files: readonly SessionFile[], workers: number): Promise<boolean> {
  if (workers === 0) sayNobodyReads();
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const progress = showProgress('Reading', process.stderr);
  let open = [...files];
  let doneBytes = 0;
  const givenUp: string[] = [];
  while (open.length > 0) {
    const left: SessionFile[] = [];
    let partBytes = 0;
    for (let from = 0; from < open.length; from += 500) {
      const batch = open.slice(from, from + 500);
      const positions = await store.positions(batch.map(({ path }) => path));
      batch.forEach((file, index) => {
        const at = positions[index] ?? null;
        if (at?.quarantine != null) givenUp.push(`${file.name}: ${at.quarantine.reason}`);
        else if (at === null || at.size < file.size) {
          left.push(file);
          partBytes += at?.nextByte ?? 0;
          return;
        }
        doneBytes += file.size;
      });
    }
    open = left;
    progress.update(doneBytes + partBytes, total, `${files.length - open.length} of ${files.length} files`);
    if (open.length > 0) await sleep(LOOK_AGAIN_MS);
  }
  progress.stop();
  const [counts, unknown] = [await store.count(Date.now()), await store.files.unknown()];
  const skipped = Object.entries(unknown).map(([why, n]) => `${n} ${why}`);
  process.stdout.write(
    `${files.length} files, ${(total / 1e6).toFixed(1)} MB. The ledger holds ${counts.conversations} conversations, ` +
      `${counts.openTasks} open and ${counts.closedTasks} closed tasks, ${counts.errors} errors.\n` +
      (skipped.length === 0 ? '' : `Lines not understood: ${skipped.join(', ')}.\n`) +
      givenUp.map((line) => `Given up: ${line}\n`).join(''),
  );
  return givenUp.length === 0;
}
