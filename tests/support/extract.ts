/** What `extract` prints, without a process of its own: files read to their ends and reported together. */
import { createGathering } from '../../src/domain/gathering.js';
import { reportFiles, type FileReport, type ReportedFile } from '../../src/domain/report.js';
import { initialState, readLines, sessionOfFile, type TranscriptLine } from '../../src/domain/transcript/index.js';
import { sessionFiles } from '../../src/cli/session-files.js';
import { openTranscript, text, type Chunk } from '../../src/sources/file.js';

export function* linesOf(chunk: Chunk, linesBefore: number): Iterable<TranscriptLine> {
  for (const line of chunk.lines) {
    const number = linesBefore + line.lineCount;
    yield line.kind === 'line' ? { line: number, text: text(line) } : { line: number, tooLong: line.head };
  }
}

export async function extract(...paths: readonly string[]): Promise<FileReport[]> {
  const gathering = createGathering();
  const reported: ReportedFile[] = [];
  const files = await sessionFiles(paths, (path, code) => {
    throw new Error(`${path}: ${code}`);
  });
  for (const { path, name } of files) {
    const file = openTranscript(path);
    if (file === null) throw new Error(`${path} is gone`);
    let state = initialState(sessionOfFile(path));
    for await (const chunk of file.chunks(0)) {
      const read = readLines(state, linesOf(chunk, 0));
      state = read.state;
      gathering.add(read.facts);
    }
    file.close();
    gathering.addFile(state.stats);
    reported.push({ file: name, stats: state.stats });
  }
  return reportFiles(reported, gathering.known());
}
