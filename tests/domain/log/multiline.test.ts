import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { traceOf } from '../../../src/domain/log/index.js';
import { readPieces, readWhole } from '../../support/logs.js';

const folder = new URL('../../fixtures/logs/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => [name.replace('.txt', ''), readFileSync(new URL(name, folder), 'utf8').trimEnd()] as const);

const HEADERS = {
  python: [
    '2026-11-22 10:00:00,123 - shop.api - ERROR - it failed',
    '2026-11-22 10:00:01,000 - shop.api - INFO - going on',
  ],
  uvicorn: [
    'ERROR:    Exception in ASGI application',
    'INFO:     127.0.0.1:5000 - "GET /api/error_monitoring HTTP/1.1" 200 OK',
  ],
  logback: [
    '2026-11-22 10:00:00.123 ERROR [main] com.acme.Server - it failed',
    '2026-11-22 10:00:01.000  INFO [main] com.acme.Server - going on',
  ],
  'without time': ['ERROR:shop.api:it failed', 'INFO:shop.api:going on'],
} as const;

const bare = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');

/** What has a header of its own on its lines. */
const bodies = cases.filter(([name]) => !['node-rejection-warning', 'go-http'].includes(name));

for (const [format, [failed, going]] of Object.entries(HEADERS)) {
  test.each(bodies)(`under a header of ${format}: %s`, (_, stack) => {
    const lines = [going, going, failed, stack, going, going];
    const events = readWhole(`${lines.join('\n')}\n`);
    expect(events).toHaveLength(1);
    expect(events[0]?.text.endsWith(bare(stack))).toBe(true);
    expect(events[0]?.trace).toEqual(traceOf(events[0]?.text ?? ''));
    expect(events[0]?.trace === null).toBe(traceOf(stack) === null);
    expect(readWhole(`${lines.join('\n').replaceAll('\n', '\r\n')}\r\n`).map((event) => event.text)).toEqual(
      events.map((event) => event.text),
    );
    expect(readPieces(Buffer.from(`${lines.join('\n')}\n`), [{ bytes: 1, then: 'read' }])).toEqual(events);
  });
}

test.each(bodies)('the first half and then the end of the file: %s', (_, stack) => {
  const [failed, going] = HEADERS.python;
  const text = `${going}\n${failed}\n${stack.slice(0, stack.length >> 1).trimEnd()}`;
  const events = readWhole(text);
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ partial: true, toByte: Buffer.byteLength(text) });
});

/** What surely stands for a program that crashed; the first line of a message over two lines does not. */
const headless = cases.filter(
  ([name]) =>
    !['python-stack-info', 'python-exception-and-stack', 'node-multiline', 'node-aggregate', 'python-blanks'].includes(
      name,
    ),
);
test.each(headless)('in a stream without headers: %s', (name, stack) => {
  const lines = ['starting', 'listening on 8000', stack, 'starting', 'listening on 8000'];
  const events = readWhole(`${lines.join('\n')}\n`);
  const [first] = events;
  expect(events.map((event) => event.level)).toEqual(events.map(() => 'error'));
  expect(first?.trace).toMatchObject({ type: traceOf(stack)?.type, frames: traceOf(stack)?.frames });
  // Node writes two of these about one rejection.
  expect(events).toHaveLength(name === 'node-rejection-warning' ? 2 : 1);
  expect(readPieces(Buffer.from(`${lines.join('\n')}\n`), [{ bytes: 1, then: 'read' }])).toEqual(events);
});

test.each(headless)('of a program that died under its own headers: %s', (_, stack) => {
  const [, going] = HEADERS.python;
  const [event, ...more] = readWhole(`${going}\n${going}\n${stack}\n`);
  expect(more.length).toBeLessThanOrEqual(1);
  expect(event?.trace).toMatchObject({ type: traceOf(stack)?.type });
});

test.each(bodies)('two services line by line, told apart by what carries their lines: %s', (_, stack) => {
  const [failed, going] = HEADERS.python;
  const one = [going, failed, ...stack.split('\n'), going].map((line) => `api-1  | ${line}`);
  const other = [going, failed.replace('it failed', 'it broke'), ...stack.split('\n'), going].map(
    (line) => `web-1  | ${line}`,
  );
  const text = one.flatMap((line, at) => [line, other[at] ?? '']).join('\n');
  const events = readWhole(`${text}\n`);
  expect(events.map((event) => event.text)).toEqual([`it failed\n${bare(stack)}`, `it broke\n${bare(stack)}`]);
  expect(new Set(events.map((event) => event.stream))).toEqual(new Set(['api-1', 'web-1']));
});

test.each(cases)('two services line by line, told apart by nothing: %s', (_, stack) => {
  const [failed, going] = HEADERS.python;
  const text = [failed, ...stack.split('\n')].flatMap((line) => [line, going.replace('going', 'OTHER')]).join('\n');
  const events = readWhole(`${text}\n`);
  expect(events[0]?.text).toBe('it failed');
  for (const event of events) expect(event.text).not.toContain('OTHER');
});
