/**
 * `npm run bench -- read`: MB/s of the reader of logs alone, bytes in, events out, in one thread and of its own processor
 * time, on logs of 111-byte lines of which a share is at or above the level; beside cutting lines and no more.
 */
import { createLogReader } from '../src/domain/log/index.js';
import { logsOf, SHAPES } from './support/log-shapes.js';
import { median, round } from './support/numbers.js';
import { bytesOf, print, readOptions, say } from './support/options.js';

const options = readOptions({ bytes: '200MB', errors: '0.02', rounds: '5', piece: '256K', format: '' });
const WANTED = { MBperS: 250 };
/** Lines repeat after so many bytes; places in the file go on. */
const BLOCK_BYTES = 16_000_000;

const clock = () => ({ now: 1_763_834_400_000, zoneMinutes: 0 });

/** Feeds `block` until `total` bytes are read. @returns bytes for `each` */
function inPieces(block: Buffer, total: number, each: (bytes: Buffer, fromByte: number) => void): number {
  const piece = bytesOf(options.piece);
  let fromByte = 0;
  while (fromByte < total) {
    for (let at = 0; at < block.length; at += piece) {
      const bytes = block.subarray(at, at + piece);
      each(bytes, fromByte);
      fromByte += bytes.length;
    }
  }
  return fromByte;
}

/** Processor time: others use this machine too. */
function MBperS(run: () => number): number {
  const before = process.cpuUsage();
  const bytes = run();
  const { user, system } = process.cpuUsage(before);
  return bytes / (user + system);
}

function cutOnly(block: Buffer, total: number): number {
  let lines = 0;
  const bytes = inPieces(block, total, (piece) => {
    for (let from = 0; from < piece.length; from += 65_536) {
      const text = piece.toString('latin1', from, from + 65_536);
      for (let at = 0, end = text.indexOf('\n'); end >= 0; at = end + 1, end = text.indexOf('\n', at))
        lines += text.slice(at, end).length > 0 ? 1 : 0;
    }
  });
  if (lines === 0) throw new Error('no line was cut');
  return bytes;
}

const total = bytesOf(options.bytes);
const rounds = Number(options.rounds);
const shapes = SHAPES.filter(({ name }) => options.format === '' || name === options.format);
const results = shapes.map((shape) => {
  const { block, lines, errors } = logsOf(shape, BLOCK_BYTES, Number(options.errors));
  const speeds: number[] = [];
  const limits: number[] = [];
  let detected: string | null = null;
  for (let turn = 0; turn < rounds; turn++) {
    if (turn === 0) limits.push(MBperS(() => cutOnly(block, total)));
    const reader = createLogReader({ format: 'auto', level: 'error', multiline: true, clock });
    let events = 0;
    speeds.push(
      MBperS(() => {
        const read = inPieces(block, total, (bytes, fromByte) => {
          events += reader.read(bytes, fromByte).length;
        });
        events += reader.end().length;
        return read;
      }),
    );
    const wanted = (reader.counts().lines / lines) * errors;
    if (Math.abs(events - wanted) > 1) throw new Error(`${shape.name}: ${events} events, wanted ${wanted}`);
    detected = reader.state().detector.decided;
  }
  const result = {
    log: shape.name,
    detected,
    MBperS: { median: round(median(speeds)), best: round(Math.max(...speeds)) },
    cutOnlyMBperS: round(median(limits)),
  };
  say(JSON.stringify(result));
  return result;
});
print('read', options, { wanted: WANTED, results });
