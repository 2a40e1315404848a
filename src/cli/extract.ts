/** `extract PATH…`: tasks and errors of transcripts, without Redis; with `--ledger` the same from Redis. */
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { createGathering } from '../domain/gathering.js';
import { createRedactor, untagged, type Redact } from '../domain/redact/index.js';
import { reportFiles, type FileReport, type ReportedFile } from '../domain/report.js';
import { initialState, readLines, sessionOfFile, type ReaderState } from '../domain/transcript/index.js';
import type { Fact } from '../domain/facts.js';
import { openTranscript, text } from '../sources/file.js';
import { sessionFiles, type SessionFile } from './session-files.js';

export function registerExtract(program: Command): void {
  program
    .command('extract')
    .description(
      'Reads transcripts and prints one JSON object per session file: its tasks with their final status and evidence, its ' +
        'errors with a count, and how many lines were read and skipped. Needs no Redis and writes nothing.',
    )
    .argument('<path...>', 'transcripts (.jsonl) or folders that hold some')
    .option('--ledger', 'print the same from Redis, for files that have been ingested')
    .action(async (paths: string[], options: { ledger?: true }) => {
      const unreadable = (path: string, code: string): boolean => process.stderr.write(`${path}: not read (${code})\n`);
      const files = await sessionFiles(paths, unreadable);
      const reports = options.ledger === true ? await fromLedger(files) : await fromFiles(files);
      for (const report of reports) process.stdout.write(`${untagged(JSON.stringify(report))}\n`);
    });
}

async function fromFiles(files: readonly SessionFile[]): Promise<FileReport[]> {
  // Masks as long as those in the ledger, so that texts are cut at the same places; the key itself is not shown and not kept.
  const redact = createRedactor(loadConfig().redaction, randomBytes(32));
  const gathering = createGathering();
  const reported: ReportedFile[] = [];
  for (const file of files) {
    const state = await readFile(file, redact, (facts) => gathering.add(facts));
    if (state === null) continue;
    gathering.addFile(state.stats);
    reported.push({ file: file.name, stats: state.stats });
  }
  return reportFiles(reported, gathering.known());
}

/** Null for a file that is gone by now. */
async function readFile(
  file: SessionFile,
  redact: Redact,
  tell: (facts: readonly Fact[]) => void,
): Promise<ReaderState | null> {
  const open = openTranscript(file.path);
  if (open === null) return null;
  let state = initialState(sessionOfFile(file.path));
  try {
    for await (const { lines } of open.chunks(0)) {
      const numbered = lines.map((line) =>
        line.kind === 'line'
          ? { line: line.lineCount, text: text(line) }
          : { line: line.lineCount, tooLong: line.head },
      );
      const read = readLines(state, numbered, redact);
      state = read.state;
      tell(read.facts);
    }
  } finally {
    open.close();
  }
  return state;
}

async function fromLedger(files: readonly SessionFile[]): Promise<FileReport[]> {
  const { openStore } = await import('../store/index.js');
  const store = await openStore(loadConfig(), { name: 'extract', deadlineMs: 30_000 });
  try {
    const reported: ReportedFile[] = [];
    for (const file of files) {
      const known = await store.fileStats(file.path);
      if (known !== null) reported.push({ file: file.name, stats: known });
    }
    const sessions = new Set(reported.flatMap(({ stats }) => stats.sessionId ?? []));
    return reportFiles(reported, await store.sessions([...sessions]));
  } finally {
    await store.close();
  }
}
