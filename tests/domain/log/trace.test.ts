import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { traceOf } from '../../../src/domain/log/index.js';
import { cpuMsOf } from '../../support/cpu.js';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/logs/${name}.txt`, import.meta.url), 'utf8');

/** What matters of a trace in one line each: `type: message`, `function file:line` of the program's own frames, the causes. */
function gist(text: string): unknown {
  const trace = traceOf(text);
  if (trace === null) return null;
  return [
    `${trace.language} ${trace.type}: ${trace.message}`,
    trace.frames
      .filter((frame) => frame.inApp)
      .map((frame) => `${frame.function ?? '-'} ${frame.file ?? '-'}:${String(frame.line ?? '-')}`),
    trace.causes.map((cause) => `${cause.type}: ${cause.message}`),
  ];
}

const run = 'run /app/jobs.py:32';

test.each<[string, string, string[], string[]]>([
  ['python-cause', 'python ValueError: no such user', ['read_user /app/jobs.py:6', run], ["KeyError: 'user'"]],
  ['python-context', 'python RuntimeError: cleanup failed', ['cleanup /app/jobs.py:9', run], ["KeyError: 'user'"]],
  [
    'python-both',
    'python OSError: [Errno 5] disk gone',
    ['both /app/jobs.py:12', run],
    ['ValueError: no such user', "KeyError: 'user'"],
  ],
  [
    'python-group',
    'python ExceptionGroup: batch (2 sub-exceptions)',
    ['group /app/jobs.py:15', run],
    ['ValueError: one', 'TypeError: two'],
  ],
  [
    'python-nested-group',
    'python ExceptionGroup: all (2 sub-exceptions)',
    ['nested /app/jobs.py:21', run],
    ["KeyError: 'user'", 'ExceptionGroup: batch (2 sub-exceptions)', 'ValueError: one', 'TypeError: two'],
  ],
  [
    'python-recursion',
    'python ZeroDivisionError: division by zero',
    ['deep /app/jobs.py:13', '<lambda> /app/jobs.py:38', run],
    [],
  ],
  [
    'python-endless',
    'python RecursionError: maximum recursion depth exceeded',
    ['forever /app/jobs.py:14', '<lambda> /app/jobs.py:38', run],
    [],
  ],
  ['python-carets', "python TypeError: 'NoneType' object is not subscriptable", ['carets /app/jobs.py:24', run], []],
  ['python-notes', 'python ValueError: bad row\nrow 7\nof people.csv', ['noted /app/jobs.py:26', run], []],
  ['python-blanks', 'python ValueError: first line\n\nthird line\n  indented', ['blanks /app/jobs.py:27', run], []],
  ['python-syntax', 'python SyntaxError: invalid syntax', ['- /app/rules.py:1', 'syntax /app/jobs.py:28', run], []],
  ['python-bare', 'python E: ', ['bare /app/jobs.py:30', run], []],
  ['python-asyncio', 'python ValueError: lost', ['boom /app/jobs.py:49'], []],
  ['python-exception-and-stack', "python KeyError: 'user'", ['load /app/jobs.py:3', '<module> /app/jobs.py:44'], []],
  ['python-colour', "python KeyError: 'user'", ['load /app/store.py:4', 'run /app/jobs.py:9'], []],
  [
    'java-causes',
    'java java.lang.IllegalStateException: cannot start',
    ['com.acme.Server.start Server.java:42', 'com.acme.Main.main Main.java:10'],
    [
      'com.acme.ConfigException: no port; see the manual',
      'java.io.IOException: disk',
      'java.lang.NullPointerException: ',
    ],
  ],
  [
    'java-suppressed',
    'java com.acme.CloseException: first',
    ['com.acme.Main.run Main.java:20'],
    ['java.lang.Error: real cause'],
  ],
  [
    'java-proxies',
    'java org.springframework.web.util.NestedServletException: Request processing failed; nested exception is:\n\tjava.net.ConnectException: Connection refused',
    ['com.acme.Api.lambda$users Api.java:31', 'com.acme.Api.users Api.java:30'],
    ['java.net.ConnectException: Connection refused'],
  ],
  [
    'java-circular',
    'java java.lang.RuntimeException: outer',
    ['com.acme.Loop.a Loop.java:3'],
    ['java.lang.RuntimeException: inner'],
  ],
  [
    'kotlin-coroutine',
    'java kotlin.IllegalStateException: not ready',
    [
      'com.acme.MainKt.fetch Main.kt:12',
      'com.acme.MainKt$main$1.invokeSuspend Main.kt:20',
      'com.acme.MainKt.main Main.kt:30',
    ],
    ['java.lang.IllegalStateException: not ready'],
  ],
  [
    'node-cause',
    'node DbError: load failed',
    ['load /app/main.mjs:6', 'show /app/main.mjs:9'],
    ["TypeError: Cannot read properties of undefined (reading 'rows')"],
  ],
  [
    'node-aggregate',
    'node AggregateError: All promises were rejected',
    ['- /app/main.mjs:12'],
    ['Error: first', 'RangeError: second'],
  ],
  ['node-properties', 'node Error: connect ECONNREFUSED 127.0.0.1:1', [], []],
  ['node-async', 'node Error: late', ['a /app/main.mjs:14', 'b /app/main.mjs:14', '- /app/main.mjs:14'], []],
  [
    'node-library',
    "node TypeError: Cannot read properties of undefined (reading 'rows')",
    ['query /app/main.mjs:5', '- /app/main.mjs:15', 'show /app/main.mjs:9', '- /app/main.mjs:15'],
    [],
  ],
  [
    'node-uncaught',
    'node DbError: load failed',
    ['Timeout.load /app/main.mjs:6'],
    ["TypeError: Cannot read properties of undefined (reading 'rows')"],
  ],
  ['node-rejection', 'node Error: nobody cares', ['- /app/main.mjs:17'], []],
  ['node-rejection-warning', 'node Error: nobody cares', ['- /app/main.mjs:17'], []],
  [
    'node-multiline',
    'node Error: two lines\nsecond of them',
    ['- /app/main.mjs:19', 'show /app/main.mjs:9', '- /app/main.mjs:19'],
    [],
  ],
  [
    'node-bundled',
    "node TypeError: Cannot read properties of null (reading 'id')",
    [
      'render src/views/user.js:12',
      'Module.update src/store.ts:44',
      '- /src/App.vue:9',
      't.n /assets/index-4f3e2d1c.js:1',
    ],
    [],
  ],
  [
    'go-panic',
    'go panic: runtime error: invalid memory address or nil pointer dereference',
    [
      'example.com/shop/store.(*Cart).Total /app/store/cart.go:27',
      'main.serve /app/main.go:41',
      'main.main /app/main.go:60',
    ],
    [],
  ],
  ['go-http', 'go panic: boom', ['main.handle /app/main.go:12'], []],
  [
    'go-fatal',
    'go fatal error: concurrent map writes',
    ['main.count /app/main.go:9', 'main.main.func1 /app/main.go:15', 'main.main /app/main.go:14'],
    [],
  ],
  [
    'rust-backtrace',
    'rust panic: index out of bounds: the len is 3 but the index is 7',
    ['shop::cart::total ./src/cart.rs:14', 'shop::main ./src/main.rs:5'],
    [],
  ],
  ['rust-short', 'rust panic: called `Option::unwrap()` on a `None` value', ['- src/main.rs:9'], []],
  [
    'csharp-inner',
    'csharp System.InvalidOperationException: order failed',
    ['Shop.Orders.PlaceAsync /app/Orders.cs:48', 'Shop.Program.Main /app/Program.cs:9'],
    ["System.Collections.Generic.KeyNotFoundException: The given key 'sku' was not present in the dictionary."],
  ],
  [
    'ruby',
    "ruby NoMethodError: undefined method `price' for nil:NilClass",
    ['total /app/lib/cart.rb:12', 'each /app/lib/cart.rb:11', '<main> app.rb:3'],
    [],
  ],
  [
    'php',
    'php RuntimeException: page failed',
    ['- /app/src/Page.php:30', 'App\\Page->show /app/public/index.php:7'],
    ['PDOException: no connection'],
  ],
])('%s', (name, error, frames, causes) => {
  const text = fixture(name);
  expect(gist(text)).toEqual([error, frames, causes]);
  // What stands above it in an entry changes nothing.
  const [, ...rest] = gist(`Exception in ASGI application\n${text}`) as unknown[];
  if (!name.startsWith('node') && name !== 'ruby') expect(rest).toEqual([frames, causes]);
});

test('a stack that was printed without an exception is none', () => {
  expect(traceOf(fixture('python-stack-info'))).toBeNull();
});

test('a traceback inside a JSON string, its line ends written out, is read', () => {
  const text = JSON.stringify({ level: 'error', exc_info: fixture('python-cause') });
  expect(traceOf(text)).toMatchObject({ type: 'ValueError', causes: [{ type: 'KeyError' }] });
});

test.each([
  'ValueError: x',
  'plain words',
  'GET /api/error_monitoring 200 OK',
  '0 errors',
  'panic room booked',
  '',
  'at noon (12:30)',
])('%j holds no stack', (text) => {
  expect(traceOf(text)).toBeNull();
});

test('a message is cut at 2,000 characters', () => {
  const text = `Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: ${'x'.repeat(9_000)}`;
  expect(traceOf(text)?.message).toHaveLength(1_988);
});

const words = [
  ...[
    'Traceback (most recent call last):',
    '  File "a.py", line 3, in f',
    'ValueError: x',
    '    at f (a.js:1:2)',
    '\tat a.B.c(D.java:3)',
  ],
  ...[
    'Caused by: a.B: x',
    'panic: x',
    'goroutine 1 [running]:',
    'main.f(0x1)',
    '\t/a.go:1 +0x1',
    "thread 'm' panicked at a.rs:1:2:",
  ],
  ...[
    '   at A.B() in /a.cs:line 3',
    ' ---> A.B: x',
    '#0 /a.php(1): f()',
    "a.rb:1:in `f': x (E)",
    '  + Exception Group Traceback (most recent call last):',
  ],
  ...[
    '  | x',
    '  +-+---------------- 1 ----------------',
    '',
    '[errors]: [',
    '  [cause]: Error: x',
    '\u001b[31m',
    '\\n    at x',
    '\u0000',
  ],
];
test('any lines at all are read or not, never thrown at', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' })), { maxLength: 30 }),
      (lines) => {
        const trace = traceOf(lines.join('\n'));
        if (trace !== null) expect(trace.message.length).toBeLessThanOrEqual(2_000);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ['brackets', '    at ' + '('.repeat(300_000)],
  ['blanks', '\n' + ' '.repeat(300_000) + 'at x'],
  ['dots', '\tat ' + 'a.'.repeat(150_000) + '(X.java:1)'],
  ['frames', '    at f (a.js:1:2)\n'.repeat(60_000)],
  ['dollars', '\tat ' + '$$Lambda$'.repeat(20_000) + '(X.java:1)'],
  ['errors', 'Error '.repeat(60_000) + '\n    at f (a.js:1:2)'],
  ['pipes', '  | '.repeat(80_000) + '(most recent call last):'],
  ['line ends', '\n'.repeat(300_000) + '\n  ax'],
  ['colons', ':'.repeat(300_000) + "\nx.rb:1:in `a'"],
])('a megabyte of %s takes no time', (_, text) => {
  const spent = cpuMsOf(() => {
    traceOf(text);
  });
  expect(spent).toBeLessThan(500);
});
