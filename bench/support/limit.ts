/** `node limit.js < paths`: the least that any reader of transcripts in Node does: chunks, lines, JSON.parse. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { peakRssMib } from './proc.js';

const CHUNK_BYTES = 1024 * 1024;
const paths = readFileSync(0, 'utf8').split('\n').filter(Boolean);
const startedAt = performance.now();
let lines = 0;
let torn = 0;
for (const path of paths) {
  const fd = openSync(path, 'r');
  let rest: Buffer = Buffer.alloc(0);
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
    const view: Buffer = rest.length === 0 ? chunk.subarray(0, read) : Buffer.concat([rest, chunk.subarray(0, read)]);
    let from = 0;
    for (let newline = view.indexOf(10); newline !== -1; newline = view.indexOf(10, from)) {
      parse(view.toString('utf8', from, newline));
      from = newline + 1;
    }
    rest = Buffer.from(view.subarray(from));
  }
  if (rest.length > 0) parse(rest.toString('utf8'));
  closeSync(fd);
}
const tookMs = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ tookMs, lines, torn, peakRssMib: peakRssMib(process.pid) }));

function parse(text: string): void {
  try {
    JSON.parse(text);
    lines += 1;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    torn += 1;
  }
}
