import { expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, rename, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { PermanentError } from '../../src/errors.js';
import { identify, openTranscript, readChunks, text, type ReadOptions } from '../../src/sources/file.js';
import { append, withFolder, write } from '../support/files.js';

/** What is left of a line once the reader's buffer is gone. */
interface Kept {
  readonly number: number;
  readonly fromByte: number;
  readonly says: string;
}

interface Reading {
  readonly kept: readonly Kept[];
  readonly nextByte: number;
  readonly linesRead: number;
  readonly tailBytes: number;
}

const NOTHING: Reading = { kept: [], nextByte: 0, linesRead: 0, tailBytes: 0 };

/** Reads on from an earlier reading, as a worker does from its checkpoint. */
async function readOn(path: string, before: Reading = NOTHING, options?: ReadOptions): Promise<Reading> {
  const kept = [...before.kept];
  let { nextByte, linesRead, tailBytes } = before;
  let ended = false;
  for await (const chunk of readChunks(path, nextByte, options)) {
    expect(ended).toBe(false);
    for (const line of chunk.lines) {
      const says = line.kind === 'line' ? text(line) : `too long: ${line.bytes} bytes of ${line.head.slice(0, 12)}`;
      kept.push({ number: before.linesRead + line.lineCount, fromByte: line.fromByte, says });
      linesRead = before.linesRead + line.lineCount;
    }
    ({ nextByte, tailBytes } = chunk);
    ended = chunk.atEnd;
  }
  expect(ended).toBe(true);
  return { kept, nextByte, linesRead, tailBytes };
}

const says = (reading: Reading): readonly string[] => reading.kept.map((line) => line.says);
const numbered = (reading: Reading): readonly string[] =>
  reading.kept.map((line) => `${line.number} ${line.says.trim()}`);

const DOCUMENT = [
  '{"type":"user","text":"grüße, 你好, 👩‍💻"}',
  '',
  '{"type":"assistant","nested":{"a":[1,{"b":"}\\n{"}]}}\r',
  'not json at all {',
  '{"long":"' + 'ä'.repeat(40) + '"}',
  '{"last":true}',
].join('\n');

test('the same bytes cut at every place give the same lines', () =>
  withFolder(async (folder) => {
    const bytes = Buffer.from(DOCUMENT);
    const whole = await readOn(await write(join(folder, 'whole.jsonl'), bytes));
    expect(says(whole)).toEqual(DOCUMENT.split('\n').map((line) => line.replace('\r', '')));
    expect(whole.kept.map((line) => line.number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(whole.kept.map((line) => line.fromByte)).toEqual(
      DOCUMENT.split('\n').map((_, at, all) => Buffer.byteLength(all.slice(0, at).join('\n')) + (at > 0 ? 1 : 0)),
    );
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const path = await write(join(folder, 'cut.jsonl'), bytes.subarray(0, cut));
      const first = await readOn(path, NOTHING, { chunkBytes: 1 + (cut % 17) });
      await append(path, bytes.subarray(cut));
      const second = await readOn(path, first, { chunkBytes: 1 + (cut % 13) });
      expect(second).toEqual(whole);
    }
  }));

test('any chunk size gives the same lines, and the same too long ones', () =>
  withFolder(async (folder) => {
    const path = await write(join(folder, 'a.jsonl'), `${DOCUMENT}\n${'x'.repeat(300)}\n{"after":1}\n`);
    const whole = await readOn(path, NOTHING, { maxLineBytes: 64 });
    expect(says(whole)).toContain('too long: 300 bytes of xxxxxxxxxxxx');
    expect(says(whole)).toContain('too long: 91 bytes of {"long":"äää');
    for (let chunkBytes = 1; chunkBytes < 400; chunkBytes += 1) {
      expect(await readOn(path, NOTHING, { chunkBytes, maxLineBytes: 64 })).toEqual(whole);
    }
  }));

test('a tail without newline is given as soon as it is a whole object, once, and its newline is no line', () =>
  withFolder(async (folder) => {
    const path = await write(join(folder, 'a.jsonl'), '{"a":1}\n{"b":');
    const torn = await readOn(path);
    expect(torn).toMatchObject({ nextByte: 8, tailBytes: 5, linesRead: 1 });
    await append(path, '2}');
    const closed = await readOn(path, torn);
    expect(numbered(closed)).toEqual(['1 {"a":1}', '2 {"b":2}']);
    expect(closed).toMatchObject({ nextByte: 15, tailBytes: 0 });
    expect(await readOn(path, closed)).toEqual(closed);
    await append(path, '\r\n{"c":3}\n');
    expect(numbered(await readOn(path, closed))).toEqual(['1 {"a":1}', '2 {"b":2}', '3 {"c":3}']);
  }));

test('a tail that is a number, a list or a word is left: more of it may come', () =>
  withFolder(async (folder) => {
    for (const tail of ['12', '[1]', '"a"', 'true', '}', '{]}', '  ']) {
      const path = await write(join(folder, 'a.jsonl'), `{}\n${tail}`);
      expect(await readOn(path)).toMatchObject({ nextByte: 3, linesRead: 1, tailBytes: tail.length });
    }
  }));

test('a second object on the same line keeps the number of its line', () =>
  withFolder(async (folder) => {
    const path = await write(join(folder, 'a.jsonl'), '{"a":1}');
    const first = await readOn(path);
    await append(path, '{"b":2}\n{"c":3}\n');
    expect(numbered(await readOn(path, first))).toEqual(['1 {"a":1}', '1 {"b":2}', '2 {"c":3}']);
  }));

test('bytes that are not UTF-8 are decoded lossily and stop nothing; a byte order mark is left out', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'a.jsonl');
    await write(path, Buffer.from([0xef, 0xbb, 0xbf, 0x61, 10, 0xff, 0xc3, 0x28, 0, 10, 0x62, 10]));
    expect(says(await readOn(path))).toEqual(['a', '\uFFFD\uFFFD(\0', 'b']);
  }));

test('an empty file, and a place past the end of one that was cut, give one empty chunk', () =>
  withFolder(async (folder) => {
    const path = await write(join(folder, 'a.jsonl'), '');
    expect(await readOn(path)).toEqual(NOTHING);
    expect(await readOn(path, { ...NOTHING, nextByte: 99 })).toMatchObject({ kept: [], nextByte: 99 });
  }));

test('a too long line whose end is not there yet is left, and counted once when it ends', () =>
  withFolder(async (folder) => {
    const options = { maxLineBytes: 100, chunkBytes: 32 };
    const path = await write(join(folder, 'a.jsonl'), `{"a":1}\n{"type":"progress"${'y'.repeat(500)}`);
    const before = await readOn(path, NOTHING, options);
    expect(before).toMatchObject({ nextByte: 8, linesRead: 1, tailBytes: 518 });
    await append(path, 'z'.repeat(500));
    const still = await readOn(path, before, options);
    expect(still).toMatchObject({ nextByte: 8, linesRead: 1, tailBytes: 1018 });
    await append(path, '\n{"b":2}');
    expect(says(await readOn(path, still, options))).toEqual([
      '{"a":1}',
      'too long: 1018 bytes of {"type":"pro',
      '{"b":2}',
    ]);
  }));

test('an aborted signal stops the reading between two chunks', () =>
  withFolder(async (folder) => {
    const path = await write(join(folder, 'a.jsonl'), '{}\n'.repeat(100));
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      for await (const _ of readChunks(path, 0, { chunkBytes: 30, signal: abort.signal })) abort.abort();
    };
    await expect(read()).rejects.toThrow('aborted');
  }));

test('a file is known by its inode and a hash of its first kilobyte', () =>
  withFolder(async (folder) => {
    const short = 'a'.repeat(300);
    const path = await write(join(folder, 'a.jsonl'), short);
    const sha = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 16);
    const first = identify(path, 'here');
    expect(first).toMatchObject({ host: 'here', path, head: sha(short), headBytes: 300, size: 300 });
    await append(path, 'b'.repeat(2000));
    const grown = openTranscript(path);
    expect(grown?.ref.headBytes).toBe(1024);
    expect(grown?.hashFirst(300)).toBe(first?.head);
    expect(grown?.hashFirst(9999)).toBeNull();
    expect(grown?.hashBefore(0)).toBe(sha(''));
    expect(grown?.hashBefore(10)).toBe(sha('a'.repeat(10)));
    expect(grown?.hashBefore(400)).toBe(sha('a'.repeat(156) + 'b'.repeat(100)));
    expect(grown?.hashBefore(2300)).toBe(sha('b'.repeat(256)));
    expect(grown?.hashBefore(2301)).toBeNull();
    await rename(path, join(folder, 'b.jsonl'));
    expect(grown?.hashBefore(10)).toBe(sha('a'.repeat(10)));
    grown?.close();
    expect(identify(join(folder, 'b.jsonl'))?.ino).toBe(first?.ino);
  }));

test('a path without a file is null; one that is no regular file is refused and never waited for', () =>
  withFolder(async (folder) => {
    const file = await write(join(folder, 'a.jsonl'), '');
    expect(identify(join(folder, 'none'))).toBeNull();
    expect(identify(join(file, 'below a file'))).toBeNull();
    await expect(readOn(join(folder, 'none'))).rejects.toThrow(new PermanentError(`${join(folder, 'none')} is gone`));
    expect(() => identify(folder)).toThrow(new PermanentError(`${folder} is not a regular file`));
    const pipe = join(folder, 'pipe.jsonl');
    execFileSync('mkfifo', [pipe]);
    expect(() => openTranscript(pipe)).toThrow(new PermanentError(`${pipe} is not a regular file`));
  }));

test('random writes, appends, cuts and new files are read as a toy model says', () =>
  withFolder(async (folder) => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r\n', '{', '}', '{"a":1}', '{"é":"👍"}\n', 'plain', '{"a":', '"x"}', '\n\n'),
      fc.json().map((json) => `${json}\n`),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.record({ do: fc.constant('append' as const), piece }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('cut' as const), keep: fc.double({ min: 0, max: 1, noNaN: true }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('rotate' as const), piece }) },
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
        async (steps, chunkBytes, readAfter) => {
          runs += 1;
          const path = await write(join(folder, `${runs}.jsonl`), '');
          let content = Buffer.alloc(0);
          let reading = NOTHING;
          let mark = '';
          let model: Model = { nextByte: 0, lines: [] };
          for (const [at, one] of steps.entries()) {
            if (one.do === 'append') {
              await append(path, one.piece);
              content = Buffer.concat([content, Buffer.from(one.piece)]);
            } else if (one.do === 'cut') {
              content = content.subarray(0, Math.floor(content.length * one.keep));
              await truncate(path, content.length);
            } else {
              await rename(path, `${path}.${at}`);
              content = Buffer.from(one.piece);
              await write(path, content);
            }
            if (readAfter[at] !== true && at < steps.length - 1) continue;
            // As a worker: start again unless what was read is still there.
            const open = openTranscript(path);
            const same = open?.hashBefore(reading.nextByte) === mark;
            open?.close();
            reading = await readOn(path, same ? reading : NOTHING, { chunkBytes, maxLineBytes: 1_000 });
            const after = openTranscript(path);
            mark = after?.hashBefore(reading.nextByte) ?? '';
            after?.close();
            model = readAsModel(content, same ? model : { nextByte: 0, lines: [] });
            expect(glued(reading)).toEqual(model.lines);
            expect(reading.nextByte).toBe(model.nextByte);
          }
        },
      ),
      { numRuns: 150 },
    );
  }));

/** Parts of the same line put together, blanks at their ends left out. */
function glued(reading: Reading): readonly string[] {
  const lines: string[] = [];
  for (const line of reading.kept) lines[line.number - 1] = (lines[line.number - 1] ?? '') + line.says.trimEnd();
  return lines;
}

interface Model {
  readonly nextByte: number;
  readonly lines: readonly string[];
}

/** What is between newlines, and a tail that is an object; what follows a tail on its line is part of that line. */
function readAsModel(content: Buffer, before: Model): Model {
  const lines = [...before.lines];
  const rest = content.subarray(before.nextByte).toString('utf8').split('\n');
  const tail = rest.pop() ?? '';
  let onLine = before.nextByte > 0 && content[before.nextByte - 1] !== 10;
  const add = (part: string): void => {
    if (onLine) lines.push((lines.pop() ?? '') + part.trimEnd());
    else lines.push(part.trimEnd());
    onLine = false;
  };
  for (const part of rest) add(part);
  const whole = isObject(tail) || (onLine && /^[ \t\r]*$/.test(tail));
  if (whole) add(tail);
  const afterLine = Math.max(content.lastIndexOf(10) + 1, before.nextByte);
  return { nextByte: whole ? content.length : afterLine, lines };
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

test('a line of 64 MB is passed with bounded memory, and so is one that never ends', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'long.jsonl');
    const file = await open(path, 'w');
    const block = Buffer.alloc(1024 * 1024, 'x');
    await file.write('{"type":"progress","data":"');
    for (let mib = 0; mib < 64; mib += 1) await file.write(block);
    await file.write('"}\n{"after":1}\n');
    for (let mib = 0; mib < 64; mib += 1) await file.write(block);
    await file.close();
    // In a process of its own, so that nothing but the reader is measured.
    const script = `
      import { readChunks } from ${JSON.stringify(await compiled(folder))};
      const seen = [];
      let last;
      for await (const chunk of readChunks(${JSON.stringify(path)}, 0)) {
        for (const line of chunk.lines) seen.push([line.kind, line.kind === 'line' ? line.bytes.toString() : line.bytes, line.lineCount]);
        last = chunk.tailBytes;
      }
      console.log(JSON.stringify({ seen, last, rssMiB: process.resourceUsage().maxRSS / 1024 }));`;
    const empty = spawnSync(process.execPath, [
      '--input-type=module',
      '-e',
      'console.log(process.resourceUsage().maxRSS / 1024)',
    ]);
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(run.stderr.toString()).toBe('');
    const result = JSON.parse(run.stdout.toString()) as { seen: unknown[]; last: number; rssMiB: number };
    expect(result.seen).toEqual([
      ['too-long', 64 * 1024 * 1024 + 29, 1],
      ['line', '{"after":1}', 2],
    ]);
    expect(result.last).toBe(64 * 1024 * 1024);
    expect(result.rssMiB - Number(empty.stdout.toString())).toBeLessThan(16 + 1 + 15);
  }));

/** The reader as plain JavaScript, for a process without jest. */
async function compiled(folder: string): Promise<string> {
  const { transpileModule, ModuleKind, ScriptTarget } = (await import('typescript')).default;
  const { readFile } = await import('node:fs/promises');
  for (const name of ['sources/file', 'sources/code-of', 'errors']) {
    const source = await readFile(new URL(`../../src/${name}.ts`, import.meta.url), 'utf8');
    const { outputText } = transpileModule(source, {
      compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
    });
    await write(join(folder, `${name}.js`), outputText);
  }
  await write(join(folder, 'package.json'), '{"type":"module"}');
  return join(folder, 'sources/file.js');
}
