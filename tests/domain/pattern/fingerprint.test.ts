import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Frame, Trace } from '../../../src/domain/log/model.js';
import { fingerprintOf } from '../../../src/domain/pattern/index.js';

const template = (text: string): string => fingerprintOf(text).template;

test.each([
  ['Took 19.05 seconds to build 2 images', 'Took <*> to build <*> images'],
  [
    'Received block blk_-1608999687919862906 of size 91178 from /10.250.14.224',
    'Received block <*> of size <*> from <*>',
  ],
  ['proxy.example.org:5070 close, 0 bytes sent, lifetime <1 sec', '<*> close, <*> sent, lifetime <*>'],
  ['proxy.example.org:80 close, 1293 bytes (1.26 KB) sent, lifetime 00:01', '<*> close, <*> (<*>) sent, lifetime <*>'],
  ['10.0.0.1,10.0.0.2 "GET /v2/a?limit=3&x=True HTTP/1.1" status: 200', '<*> "GET <*>" status: <*>'],
  ['10.0.0.1 "POST /v2/a HTTP/1.1" status: 200', '<*> "POST <*>" status: <*>'],
  ['login from 10.1.2.3 (some.host.example) at Fri Jun 17 07:07:00 2005', 'login from <*> (<*>) at <*>'],
  ['login from 10.1.2.3 () at Sat May 8 07:07:00 EDT 2004', 'login from <*> (<*>) at <*>'],
  ['failure; logname= uid=0 tty=ssh ruser= rhost=', 'failure; logname=<*> uid=<*> tty=ssh ruser=<*> rhost=<*>'],
  ['acquire lock=2335, tag="View Lock", ws=null', 'acquire lock=<*>, tag="View Lock", ws=<*>'],
  ['illegal instruction......0', 'illegal instruction.<*>'],
  ['Fan speeds ( 3534 **** 3375 ) at node-12', 'Fan speeds ( <*> ) at <*>'],
  ['read C:\\Windows\\a.dll and /var/log/x.log and https://a.example/b?c=d', 'read <*> and <*> and <*>'],
  ['session 123e4567-e89b-12d3-a456-426614174000 of me@example.org', 'session <*> of <*>'],
  ['log4jLogger uses flush2disk', 'log4jLogger uses flush2disk'],
  ['jetty-6.1.26', 'jetty<*>'],
  ['peer ::1 and ::ffff:10.0.0.1 in Foo::add', 'peer <*> and <*> in Foo:add'],
  ['token [redacted:api-key:0a1b2c3d] of user 4', 'token [redacted:api-key] of user <*>'],
  ['', ''],
])('%j is read as %j', (text, wanted) => {
  expect(template(text)).toBe(wanted);
});

test('which of two secrets was masked does not count, what kind of secret does', () => {
  const { id } = fingerprintOf('key [redacted:jwt]');
  expect(fingerprintOf('key [redacted:jwt:00112233]').id).toBe(id);
  expect(fingerprintOf('key [redacted:password]').id).not.toBe(id);
});

test('a fingerprint is the same in every process and version of the program', () => {
  const texts = ['Failed to reach 10.0.0.1:80 after 3 tries', 'ümlaut 漢字 7', '[redacted:jwt:00112233] gone'];
  expect(texts.map((text) => fingerprintOf(text).id)).toMatchInlineSnapshot(`
   [
     "a0b23354b0952969",
     "3c2c1813d025aa85",
     "718daefff7098061",
   ]
  `);
});

const value = fc.oneof(
  fc.integer({ min: 10, max: 99_999_999 }).map(String),
  fc.ipV4(),
  fc.uuid(),
  fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.ipV4()).map(([port, ip]) => `${ip}:${port}`),
  fc.integer({ min: 1, max: 2 ** 31 }).map((n) => `0x${n.toString(16)}`),
  fc.constantFrom('/var/log/app.log', 'https://example.org/a?b=1', '12.5ms', '2026-11-22T10:00:00Z', '-17'),
);

test('whatever the values, the fingerprint is that of the words', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      const { id } = fingerprintOf('cannot open 1 for "2": retry=3 later');
      expect(fingerprintOf(`cannot open ${one} for "${other}": retry=${one} later`).id).toBe(id);
    }),
  );
});

test('any string has a fingerprint, at most 500 characters of template, and the same one again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 3_000 })), (text) => {
      const first = fingerprintOf(text);
      expect(first.id).toMatch(/^[0-9a-f]{16}$/);
      expect(first.template.length).toBeLessThanOrEqual(500);
      expect(fingerprintOf(text)).toEqual(first);
    }),
    { numRuns: 500 },
  );
});

test.each(['(', '1', 'a=', '<*>', '.', 'a.', '[redacted:', ' (', '::', '/?', '漢'])(
  'a mebibyte of %j costs no more than a line',
  (piece) => {
    const text = piece.repeat(Math.ceil((1 << 20) / piece.length));
    const start = process.cpuUsage();
    for (let i = 0; i < 20; i++) fingerprintOf(text);
    expect(process.cpuUsage(start).user / 20).toBeLessThan(20_000);
  },
);

describe('a stack trace', () => {
  const frame = (name: string, file: string, line: number, inApp = true): Frame => ({
    ...{ function: name, file, line, inApp },
  });
  const trace = (frames: readonly Frame[], type = 'ValueError', message = 'bad'): Trace => ({
    ...{ language: 'python', type, message, frames, causes: [] },
  });

  test('is told by its type and the calls of the program, not by lines, folders or message', () => {
    const one = fingerprintOf('x', trace([frame('load', '/srv/a/app.py', 3), frame('json', '/lib/json.py', 9, false)]));
    const other = fingerprintOf('y', trace([frame('load', '/home/b/app.py', 8)], 'ValueError', 'other'));
    expect(other).toEqual(one);
    expect(one).toMatchObject({ kind: 'trace', template: 'ValueError in load (app.py)' });
    expect(fingerprintOf('x', trace([frame('save', 'app.py', 3)])).id).not.toBe(one.id);
    expect(fingerprintOf('x', trace([frame('load', 'app.py', 3)], 'KeyError')).id).not.toBe(one.id);
  });

  test('without calls of the program is told by all calls, and names made by compilers lose their numbers', () => {
    const generated = (n: number): Trace => trace([frame(`lambda$run$${n}`, `chunk-4f3a2b${n}.js`, n, false)]);
    expect(fingerprintOf('x', generated(2)).id).toBe(fingerprintOf('x', generated(7)).id);
  });

  test('without any call is told by its text', () => {
    expect(fingerprintOf('ValueError: bad 3', trace([]))).toEqual(fingerprintOf('ValueError: bad 4'));
  });
});
