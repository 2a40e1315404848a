import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLogReader } from '../../../src/domain/log/index.js';
import type { LogEvent } from '../../../src/domain/log/model.js';
import { ledger, options, readPieces, readWhole, type Piece, type Step } from '../../support/logs.js';

const INFO = '2026-11-22 10:00:00,000 - app.web - INFO - served';
const ERROR = '2026-11-22 10:00:01,000 - app.db - ERROR - lost connection';
const STACK = ['Traceback (most recent call last):', '  File "/app/db.py", line 3, in ask', 'OSError: gone'].join('\n');

const texts = (events: readonly LogEvent[]): string[] => events.map((event) => event.text);

test('an event has its place, its header, its text and the lines before it', () => {
  const text = `${INFO}\n${INFO} two\n${ERROR}\n${STACK}\n${INFO}\n`;
  const [event, ...more] = readWhole(text);
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    fromByte: text.indexOf(ERROR),
    toByte: text.indexOf(`${INFO}\n`, text.indexOf(STACK)),
    at: Date.parse('2026-11-22T10:00:01Z'),
    level: 'error',
    logger: 'app.db',
    text: `lost connection\n${STACK}`,
    trace: { type: 'OSError', frames: [{ function: 'ask', file: '/app/db.py', line: 3, inApp: true }] },
    repeats: 1,
    context: [INFO, `${INFO} two`],
    linesLeftOut: 0,
    partial: false,
    amends: null,
  });
});

test('a hundred equal error lines are a hundred events', () => {
  expect(readWhole(`${ERROR}\n`.repeat(100))).toHaveLength(100);
  expect(readPieces(Buffer.from(`${ERROR}\n`.repeat(100)), [{ bytes: 7, then: 'read' }])).toHaveLength(100);
});

test('what only speaks of errors is none', () => {
  const lines = [
    'INFO:     127.0.0.1:40112 - "GET /api/error_monitoring HTTP/1.1" 200 OK',
    '2026-11-22 10:00:00,000 - app.web - INFO - finished with 0 errors',
    '2026-11-22 10:00:00,000 - app.web - WARNING - no error, no exception',
    'build done, 0 errors, 0 failed',
    'ErrorBoundary mounted',
  ];
  for (const line of lines) expect(readWhole(`${line}\n`.repeat(30))).toEqual([]);
});

test("Redis's gravest mark is an error: it knows no other", () => {
  const line = (mark: string, text: string): string => `1:M 22 Nov 2026 10:00:00.000 ${mark} ${text}`;
  const text = `${[line('*', 'Ready'), line('#', 'Failed opening the RDB file dump.rdb: Permission denied'), line('-', 'x')].join('\n')}\n`;
  expect(readWhole(text)).toMatchObject([
    { level: 'error', text: 'Failed opening the RDB file dump.rdb: Permission denied' },
  ]);
});

test('a stack written on purpose under a warning is no error', () => {
  const warning = INFO.replace('INFO', 'WARNING');
  expect(readWhole(`${INFO}\n${warning}\n${STACK}\n${INFO}\n`)).toEqual([]);
  expect(texts(readWhole(`${INFO}\n${warning}\n${STACK}\n${INFO}\n`, { level: 'warning' }))).toEqual([
    `served\n${STACK}`,
  ]);
});

test('a level below which nothing is wanted hides crashes too', () => {
  expect(readWhole(`${INFO}\n${STACK}\n`, { level: 'critical' })).toEqual([]);
});

test('an open event is given out after a short silence, and again with what came later', () => {
  const reader = createLogReader(options());
  const all = ledger();
  const first = Buffer.from(`${INFO}\n${ERROR}\n`);
  expect(reader.read(first, 0)).toEqual([]);
  expect(reader.nextByte).toBe(first.indexOf(ERROR));
  expect(reader.settle(100)).toEqual([]);
  const early = reader.settle(150);
  all.add(early);
  expect(texts(early)).toEqual(['lost connection']);
  expect(reader.nextByte).toBe(first.length);
  expect(reader.settle(400)).toEqual([]);
  const second = Buffer.from(`${STACK}\n`);
  expect(reader.read(second, first.length)).toEqual([]);
  expect(reader.nextByte).toBe(first.length);
  const late = reader.read(Buffer.from(`${INFO}\n`), first.length + second.length);
  all.add(late);
  expect(late).toMatchObject([{ fromByte: first.indexOf(ERROR), text: `lost connection\n${STACK}`, amends: early[0] }]);
  expect(reader.end()).toEqual([]);
});

test('a last line without an end is given out after a longer silence', () => {
  const reader = createLogReader(options());
  reader.read(Buffer.from(`${INFO}\n${ERROR}`), 0);
  expect(reader.settle(900)).toEqual([]);
  const early = reader.settle(1_000);
  expect(early).toMatchObject([{ text: 'lost connection', partial: true, amends: null }]);
  const at = Buffer.byteLength(`${INFO}\n${ERROR}`);
  expect(reader.nextByte).toBe(at);
  expect(reader.settle(2_000)).toEqual([]);
  expect(reader.read(Buffer.from(' for good\n'), at)).toEqual([]);
  expect(reader.settle(150)).toMatchObject([{ text: 'lost connection for good', partial: false, amends: early[0] }]);
});

test('what half a line looked like is taken back when the whole line is something else', () => {
  const reader = createLogReader(options({ format: 'plain' }));
  reader.read(Buffer.from('starting\nTypeError'), 0);
  const early = reader.settle(1_000);
  expect(early).toMatchObject([{ text: 'TypeError', partial: true }]);
  expect(reader.read(Buffer.from('s are counted\n'), 18)).toMatchObject([
    { fromByte: 9, repeats: 0, amends: early[0] },
  ]);
  expect(reader.end()).toEqual([]);
});

test('carriage returns, the byte order mark, NUL and bytes that are no text', () => {
  const bytes = Buffer.concat([
    Buffer.from(`\ufeff${ERROR} caf\u00e9\r\n`),
    Buffer.from(`${ERROR} a\u0000b \u4f60\r\n`),
    Buffer.from(`${ERROR} `),
    Buffer.from([0xff, 0x41, 0xc3]),
    Buffer.from('\n'),
  ]);
  const wanted = ['lost connection caf\u00e9', 'lost connection a\u2400b \u4f60', 'lost connection \ufffdA\ufffd'];
  expect(texts(readPieces(bytes, [{ bytes: 1e9, then: 'read' }]))).toEqual(wanted);
  expect(texts(readPieces(bytes, [{ bytes: 1, then: 'read' }]))).toEqual(wanted);
  expect(readWhole(bytes)[0]?.fromByte).toBe(0);
});

test.each(['utf16le', 'utf16be'] as const)('a file in %s', (encoding) => {
  const text = `\ufeff${INFO}\n${ERROR} \u4f60\u0a0a\u0a00\n${STACK}\r\n${INFO}\n`;
  const bytes = Buffer.from(text, 'utf16le');
  if (encoding === 'utf16be') bytes.swap16();
  const events = readPieces(bytes, [{ bytes: 1e9, then: 'read' }]);
  expect(texts(events)).toEqual([`lost connection \u4f60\u0a0a\u0a00\n${STACK}`]);
  expect(events[0]).toMatchObject({ fromByte: 2 * text.indexOf(ERROR), context: [INFO] });
  for (const then of ['read', 'settle-restart', 'wait-restart'] as const)
    expect(
      readPieces(bytes, [
        { bytes: 3, then: 'read' },
        { bytes: 400, then },
        { bytes: 1e9, then: 'read' },
      ]),
    ).toEqual(events);
});

test('the zeros at the beginning of a file that was truncated under its writer are no line', () => {
  const bytes = Buffer.concat([Buffer.alloc(700_000), Buffer.from(`${ERROR}\n`)]);
  for (const size of [1e9, 4_096])
    expect(readPieces(bytes, [{ bytes: size, then: 'read' }])).toMatchObject([
      { fromByte: 700_000, text: 'lost connection' },
    ]);
});

test('of a line longer than 256 KiB the first 64 KiB are kept, and places stay what they are', () => {
  const long = `${ERROR} ${'\u00e9'.repeat(200_000)}`;
  const text = Buffer.from(`${INFO}\n${long}\n${ERROR}\n`);
  const events = readPieces(text, [{ bytes: 1e9, then: 'read' }]);
  expect(events).toHaveLength(2);
  expect(events[0]?.text).toMatch(/\u00e9 \u2026 \[334523 bytes left out\]$/);
  expect(events[1]?.fromByte).toBe(text.lastIndexOf(ERROR));
  expect(readPieces(text, [{ bytes: 5_000, then: 'read' }])).toEqual(events);
  const reader = createLogReader(options());
  reader.read(text, 0);
  reader.settle(150);
  expect(reader.counts()).toEqual({ lines: 3, byLevel: { info: 1, error: 2 }, unparsed: 0, truncatedLines: 1 });
});

test('of an event without end the head and the tail are kept, and the next one is not lost', () => {
  const body = Array.from({ length: 5_000 }, (_, at) => `  line ${String(at)}`);
  const events = readWhole(`${ERROR}\n${body.join('\n')}\n${ERROR} again\n`);
  expect(events).toHaveLength(2);
  const lines = events[0]?.text.split('\n') ?? [];
  expect(lines).toHaveLength(1_001);
  expect(lines[1]).toBe('  line 0');
  expect(lines.at(-1)).toBe('  line 4999');
  expect(events[0]?.linesLeftOut).toBe(4_001);
  expect(lines[500]).toBe('\u2026 [4001 lines left out]');
  expect(events[1]?.text).toBe('lost connection again');
  const wide = readWhole(`${ERROR}\n${`  ${'x'.repeat(60_000)}\n`.repeat(100)}${ERROR} again\n`);
  expect(wide[0]?.text.length).toBeLessThan(1_200_000);
  expect(wide[1]?.text).toBe('lost connection again');
});

test('each line alone', () => {
  const events = readWhole(`${INFO}\n${ERROR}\n${STACK}\n${ERROR}\n`, { multiline: false });
  expect(texts(events)).toEqual(['lost connection', 'lost connection']);
});

test('entries that begin where the configuration says', () => {
  const text = 'BEGIN one\nERROR inside\nBEGIN two\nTraceback (most recent call last):\nBEGIN error: x\n';
  expect(readWhole(text, { multiline: { start: '^BEGIN', maxLines: 10 } })).toEqual([]);
  const logged = `${ERROR}\n${INFO}\n2026-11-22 10:00:01,000 - app.db - ERROR - other\nx\ny\nz\n`;
  const events = readWhole(logged, { multiline: { start: 'ERROR', maxLines: 2 } });
  expect(texts(events)).toEqual([`lost connection\n${INFO}`, 'other\n\u2026 [2 lines left out]\nz']);
});

test('npm tells of one failure on many lines', () => {
  const block = [
    'npm ERR! code E404',
    'npm ERR! 404 Not Found - GET https://registry.example/x',
    'npm ERR! A complete log',
  ];
  expect(readWhole(`> app@1.0.0 start\n${block.join('\n')}\ndone\n`)).toHaveLength(1);
});

test('a suppression counter counts with the line it stands in', () => {
  const [event] = readWhole(`${ERROR} (47 similar errors suppressed)\n`);
  expect(event).toMatchObject({ text: 'lost connection', repeats: 48 });
});

test('a stack in a field of its own is part of the text', () => {
  const stack = 'Error: boom\n    at f (/app/a.js:1:2)';
  const line = JSON.stringify({
    level: 50,
    time: 1_795_341_600_000,
    pid: 7,
    msg: 'request failed',
    err: { type: 'Error', message: 'boom', stack },
  });
  const [event] = readWhole(`${line}\n`.repeat(3));
  expect(event).toMatchObject({ text: `request failed\n${stack}`, trace: { type: 'Error', message: 'boom' } });
});

test('a line that its carrier cut is one again', () => {
  const line = (flag: string, text: string): string => `2026-11-22T10:00:00.123456789Z stderr ${flag} ${text}`;
  const text = [
    line('F', 'INFO: ok'),
    line('P', 'ERROR: this is '),
    line('P', ' one long '),
    line('F', ' line'),
    line('F', 'INFO: ok'),
  ];
  expect(texts(readWhole(`${text.join('\n')}\n`))).toEqual(['this is  one long  line']);
});

test('counts are of what was given out or skipped, each line once', () => {
  const text = Buffer.from(`${`${INFO}\n`.repeat(5)}${ERROR}\n${STACK}\n${INFO}\n${ERROR}\n`);
  const whole = createLogReader(options());
  whole.read(text, 0);
  expect(whole.counts()).toEqual({ lines: 10, byLevel: { info: 6, error: 1 }, unparsed: 0, truncatedLines: 0 });
  expect(whole.counts().lines).toBe(0);
  const rest = createLogReader(options({ state: whole.state() }));
  rest.read(text.subarray(whole.state().readFrom), whole.state().readFrom);
  expect(rest.end()).toHaveLength(1);
  expect(rest.counts()).toEqual({ lines: 1, byLevel: { error: 1 }, unparsed: 0, truncatedLines: 0 });
});

test('a state holds no word of the log', () => {
  const reader = createLogReader(options());
  reader.read(Buffer.from(`${INFO}\n${ERROR} password=hunter2\n`), 0);
  reader.settle(150);
  const state = JSON.stringify(reader.state());
  expect(state).not.toMatch(/hunter2|connection|app\.db/);
  expect(state.length).toBeLessThan(1_000);
});

test('bytes that are missing end what was open, and reading goes on behind them', () => {
  const reader = createLogReader(options());
  expect(reader.read(Buffer.from(`${ERROR}\n`), 0)).toEqual([]);
  expect(texts(reader.read(Buffer.from(`${ERROR} later\n${INFO}\n`), 1_000))).toEqual([
    'lost connection',
    'lost connection later',
  ]);
});

const mixed = [
  ...[
    INFO,
    ERROR,
    STACK,
    `${ERROR}\n${STACK}`,
    '',
    `${ERROR} caf\u00e9 \u4f60`,
    'plain words',
    'ValueError: x',
    '  indented',
  ],
  ...[
    'file:///app/a.js:3\nx()\n^\n\nTypeError: y\n    at f (/app/a.js:3:1)\n\nNode.js v20.1.0',
    'panic: x\n\ngoroutine 1 [running]:\nmain.f()',
  ],
  ...[
    '/tmp/a.js:3',
    'The above exception was the direct cause of the following exception:',
    '\u001b[31mERROR\u001b[0m: red',
    '\u0000',
  ],
  ...[
    'npm ERR! code E1',
    'npm ERR! more',
    'ERROR: console',
    'INFO: console',
    INFO.replace('INFO', 'WARNING'),
    'x'.repeat(300),
  ],
  ...[
    '2026-11-22 10:00:00 no level',
    '{"level":50,"time":1795341600000,"msg":"json failed"}',
    '{"level":30,"msg":"fine"}',
    '\r',
  ],
];
const carried = ['api-1  | ', 'web-1  | ', 'Nov 22 10:00:00 host app[12]: ', 'Nov 22 10:00:00 host web[13]: '];
const anyLog = fc
  .tuple(
    fc.array(fc.constantFrom(...mixed), { minLength: 1, maxLength: 25 }),
    fc.constantFrom('none', 'compose', 'syslog'),
    fc.boolean(),
    fc.nat(),
  )
  .map(([blocks, carrier, ended, seed]) => {
    const lines = blocks.join('\n').split('\n');
    const from = carrier === 'compose' ? 0 : 2;
    const told =
      carrier === 'none' ? lines : lines.map((line, at) => `${carried[from + ((seed >> (at % 30)) & 1)] ?? ''}${line}`);
    return Buffer.from(told.join('\n') + (ended ? '\n' : ''));
  });
const steps: Step[] = ['read', 'restart', 'settle', 'wait', 'settle-restart', 'wait-restart'];
const anyPieces: fc.Arbitrary<Piece[]> = fc.array(
  fc.record({
    bytes: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2_000 })),
    then: fc.constantFrom(...steps),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Of what was given out twice the last counts, but a restart may not change what that is. */
test('however a log is cut, waited for and stopped, the same events are left', () => {
  fc.assert(
    fc.property(anyLog, anyPieces, (bytes, pieces) => {
      // So that each restart gets on.
      const turns: Piece[] = [...pieces, { bytes: bytes.length, then: 'read' }];
      expect(readPieces(bytes, turns)).toEqual(readPieces(bytes, [{ bytes: 1e9, then: 'read' }]));
    }),
    { numRuns: 400 },
  );
});

test('cut at every byte, and a restart wherever a batch may end', () => {
  const bytes = Buffer.from(
    `${INFO}\n${ERROR}\n${STACK}\n${INFO}\n${ERROR} caf\u00e9\n${ERROR}\nmore of it\n${INFO}\n${STACK}`,
  );
  const whole = readPieces(bytes, [{ bytes: 1e9, then: 'read' }]);
  expect(whole).toHaveLength(4);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    for (const then of ['read', 'wait', 'settle-restart', 'wait-restart'] as const)
      expect(
        readPieces(bytes, [
          { bytes: cut, then },
          { bytes: 1e9, then: 'read' },
        ]),
      ).toEqual(whole);
  }
});

test('any bytes at all are read', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.uint8Array({ maxLength: 60 }),
      anyPieces,
      (noise, more, pieces) => {
        const bytes = Buffer.concat([noise, Buffer.from(`\n${ERROR}\n`), more]);
        expect(readPieces(bytes, [...pieces, { bytes: bytes.length, then: 'read' }])).toEqual(
          readPieces(bytes, [{ bytes: 1e9, then: 'read' }]),
        );
      },
    ),
    { numRuns: 100 },
  );
});
