/** What stands in outputs and messages, and the failures that it tells of: each by a pattern of its message. */
export interface Case {
  readonly tool: string;
  /** Of a shell the command, of readers the path. */
  readonly command: string | null;
  readonly text: string;
  readonly want: readonly string[];
}

const B = (command: string, text: string, ...want: string[]): Case => ({ tool: 'Bash', command, text, want });
const R = (path: string, text: string, ...want: string[]): Case => ({ tool: 'Read', command: path, text, want });
const P = (text: string, ...want: string[]): Case => ({ tool: '', command: null, text, want });

export const FAILED: readonly Case[] = [
  B(
    'pytest -q 2>&1 | tail -5',
    "FAILED tests/test_a.py::test_x - KeyError: 'id'\nFAILED tests/test_b.py::test_y - assert 1 == 2\n2 failed, 40 passed in 3.20s",
    'test_x',
    'test_y',
  ),
  B('pytest -q | tail -1', '1 failed, 40 passed in 3.20s', '1 failed'),
  B(
    'npx jest 2>&1 | tail -40',
    ' FAIL  src/cart.test.ts\n  Cart\n    ✓ adds (2 ms)\n    ✕ removes (5 ms)\n\n  ● Cart › removes\n\n    expect(received).toBe(expected) // Object.is equality\n\n    Expected: 0\n    Received: 1\n\n      at Object.<anonymous> (src/cart.test.ts:12:20)\n\nTest Suites: 1 failed, 1 total\nTests:       1 failed, 1 passed, 2 total',
    'removes',
  ),
  B(
    'cargo test 2>&1 | tail -30',
    "running 2 tests\ntest queue::keeps ... ok\ntest queue::drops ... FAILED\n\nfailures:\n\n---- queue::drops stdout ----\nthread 'queue::drops' panicked at src/queue.rs:40:9:\nassertion `left == right` failed\n  left: 2\n right: 3\n\nfailures:\n    queue::drops\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored",
    'drops',
  ),
  B(
    'dotnet test | tail',
    '  Failed Billing.Tests.Rounds_up [3 ms]\n  Error Message:\n   Expected: 3\n   But was: 2\nFailed!  - Failed:     1, Passed:    20, Skipped:     0, Total:    21',
    'Rounds_up',
  ),
  B(
    'npx mocha | tail -30',
    '  1 passing (5ms)\n  1 failing\n\n  1) Parser\n       reads dates:\n     AssertionError: expected 3 to equal 4\n      at Context.<anonymous> (test/p.js:3:5)',
    'reads dates|Parser',
  ),
  B(
    'bundle exec rspec | tail -20',
    'Failures:\n\n  1) Invoice sums the lines\n     Failure/Error: expect(sum).to eq(3)\n\n       expected: 3\n            got: 2\n     # ./spec/invoice_spec.rb:9\n\nFinished in 0.2 seconds\n4 examples, 1 failure\n\nFailed examples:\n\nrspec ./spec/invoice_spec.rb:7 # Invoice sums the lines',
    'Invoice sums',
  ),
  B(
    './gradlew test | tail',
    'InvoiceTest > sums() FAILED\n    org.opentest4j.AssertionFailedError at InvoiceTest.java:12\n\n12 tests completed, 1 failed\n\n> Task :test FAILED\n\nFAILURE: Build failed with an exception.',
    'sums',
  ),
  B(
    'mvn -q test | tail -20',
    '[ERROR] Failures: \n[ERROR]   LedgerTest.sums:31 expected: <3> but was: <2>\n[INFO] \n[ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 0\n[ERROR] Failed to execute goal org.apache.maven.plugins',
    'sums',
  ),
  B(
    'python -m unittest 2>&1 | tail -20',
    'F.\n======================================================================\nFAIL: test_total (tests.test_cart.CartTest)\n----------------------------------------------------------------------\nTraceback (most recent call last):\n  File "tests/test_cart.py", line 9, in test_total\n    self.assertEqual(3, total)\nAssertionError: 3 != 2\n\n----------------------------------------------------------------------\nRan 2 tests in 0.001s\n\nFAILED (failures=1)',
    'test_total',
  ),
  B(
    'node --test 2>&1 | tail -40',
    '✔ reads a line (1.2ms)\n✖ counts bytes (0.7ms)\n  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n  3 !== 4\n\nℹ tests 2\nℹ pass 1\nℹ fail 1',
    'counts bytes',
  ),
  B(
    'vendor/bin/phpunit | tail',
    'There was 1 failure:\n\n1) CartTest::testTotal\nFailed asserting that 2 matches expected 3.\n\n/app/tests/CartTest.php:14\n\nFAILURES!\nTests: 3, Assertions: 5, Failures: 1.',
    'testTotal',
  ),
  B(
    'npx playwright test | tail -30',
    '  1) [chromium] › tests/login.spec.ts:9:5 › signs in ─────────\n\n    Error: expect(locator).toBeVisible() failed\n\n  1 failed\n    [chromium] › tests/login.spec.ts:9:5 › signs in\n  3 passed (5.1s)',
    'signs in',
  ),
  B(
    'unity -batchmode -runTests | tail -3',
    'Weather.Rain.StaysInBounds  Failed\n  Expected: 3 But was: 4\n1 passed, 1 failed',
    'StaysInBounds',
  ),
  B(
    'mix test | tail -20',
    '  1) test sums lines (Shop.InvoiceTest)\n     test/invoice_test.exs:7\n     Assertion with == failed\n     left:  3\n     right: 2\n\nFinished in 0.1 seconds\n4 tests, 1 failure',
    'sums lines',
  ),
  B(
    'dbt build | tail',
    '1 of 2 PASS not_null_a ...... [PASS in 0.1s]\n2 of 2 FAIL 12 unique_orders_id ........ [FAIL 12 in 0.2s]',
    'unique_orders_id',
  ),
  B(
    'python load.py 2>&1 | tail -20',
    'loading 4 files\nTraceback (most recent call last):\n  File "load.py", line 12, in <module>\n    main()\n  File "load.py", line 8, in main\n    int(row["n"])\nValueError: invalid literal for int() with base 10: \'x\'',
    'ValueError',
  ),
  B(
    'node build.js | head -30',
    '/srv/app/build.js:3\n  throw new Error("no entry");\n  ^\n\nError: no entry\n    at Object.<anonymous> (/srv/app/build.js:3:9)\n    at Module._compile (node:internal/modules/cjs/loader:1256:14)\n\nNode.js v20.1.0',
    'no entry',
  ),
  B(
    'npx tsc --noEmit | head',
    "src/a.ts(3,5): error TS2304: Cannot find name 'foo'.\nsrc/b.ts(9,1): error TS2554: Expected 2 arguments, but got 1.",
    'TS2304',
    'TS2554',
  ),
  B(
    'cargo build 2>&1 | tail -20',
    'error[E0382]: borrow of moved value: `a`\n --> src/main.rs:4:5\n  |\n4 |     a.len();\n  |     ^ value borrowed here after move\n\nerror: could not compile `x` (bin "x") due to 1 previous error',
    'E0382',
  ),
  B('go build ./... 2>&1 | head', '# example.org/shop\n./cart.go:12:9: undefined: total', 'undefined: total'),
  B(
    'make 2>&1 | tail -3',
    "src/io.c:14:3: error: unknown type name 'sise_t'\nmake: *** [Makefile:9: io.o] Error 1",
    'sise_t',
  ),
  B('make 2>&1 | tail -1', 'make: *** [Makefile:9: io.o] Error 1', 'Makefile'),
  B(
    'docker compose up -d 2>&1 | tail -3',
    'Error response from daemon: driver failed programming external connectivity: Bind for 0.0.0.0:5432 failed: port is already allocated',
    'allocated',
  ),
  B(
    'git push 2>&1 | tail -3',
    "fatal: unable to access 'https://git.example.org/x.git/': Could not resolve host: git.example.org",
    'resolve host',
  ),
  B(
    'git push 2>&1 | cat',
    " ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to 'git.example.org:x'\nhint: Updates were rejected",
    'rejected',
  ),
  B(
    'journalctl -u shop -n 20',
    'Jul 02 03:11:40 web1 shop[812]: INFO:app:started\nJul 02 03:11:44 web1 shop[812]: ERROR:app:payment gateway answered 502\nJul 02 03:11:49 web1 shop[812]: ERROR:app:payment gateway answered 503',
    'gateway',
  ),
  B(
    'kubectl logs deploy/api --tail=20',
    '2026-07-02T03:11:40Z INFO ready\n2026-07-02T03:11:44Z ERROR pool exhausted: 20 of 20 connections in use\n2026-07-02T03:12:01Z FATAL giving up, no database',
    'pool exhausted',
    'giving up',
  ),
  B(
    'docker logs web 2>&1 | tail -20',
    'INFO:     10.0.0.2:5000 - "GET /plan HTTP/1.1" 500 Internal Server Error\nERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "/app/plan.py", line 3, in get\n    return PLAN[day]\nKeyError: \'monday\'\nINFO:     10.0.0.2:5000 - "GET /health HTTP/1.1" 200 OK',
    'monday',
  ),
  B(
    'docker compose logs --tail 20 api',
    'api-1  | 2026-07-02 03:11:40,007 - api - INFO - started\napi-1  | 2026-07-02 03:11:44,010 - api - ERROR - cannot reach redis: timed out',
    'redis',
  ),
  B(
    'cat /var/log/nginx/error.log | tail -2',
    '2026/07/02 03:11:44 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9',
    'upstream',
  ),
  B(
    'grep -A6 Traceback logs/worker.log',
    'Traceback (most recent call last):\n  File "/srv/worker.py", line 40, in run\n    job = q.pop()\nIndexError: pop from empty list',
    'IndexError',
  ),
  B(
    'tail -n 50 /tmp/dev-server.out',
    '  VITE v5.0.0  ready in 300 ms\n10:12:01 [vite] Internal server error: Failed to resolve import "./nav" from "src/App.vue"',
    'nav',
  ),
  B(
    'cat build-output.txt',
    "webpack 5.9\nERROR in ./src/index.js 3:0-20\nModule not found: Error: Can't resolve './gone' in '/srv/src'",
    'gone',
  ),
  B('python -m app 2>&1 & sleep 3; curl -s localhost:8000/health', 'Error: Could not bind to port 8000', '8000'),
  B(
    'npm ci 2>&1 | tail -5',
    'npm error code ERESOLVE\nnpm error ERESOLVE could not resolve\nnpm error While resolving: shop@1.0.0',
    'ERESOLVE',
  ),
  B(
    'ssh web1 "systemctl status shop | head"',
    '● shop.service - Shop\n     Active: failed (Result: exit-code)\nJul 02 03:11:44 web1 shop[812]: FATAL: no database',
    'no database',
  ),
  B(
    'psql -f up.sql 2>&1 | tail',
    'CREATE TABLE\npsql:up.sql:4: ERROR:  column "kwh" does not exist\nLINE 1: select kwh',
    'kwh',
  ),
  B('terraform plan 2>&1 | tail', '╷\n│ Error: Invalid reference\n│ \n│   on main.tf line 3:\n╵', 'Invalid reference'),
  B(
    'go test ./... 2>&1 | tail',
    '--- FAIL: TestA (0.00s)\n    a_test.go:9: got 1, want 2\nFAIL\nFAIL\texample.org/a\t0.1s\nok  \texample.org/b\t0.2s',
    'TestA',
  ),
  B(
    './server & sleep 2',
    'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:9 +0x1d\nexit status 2',
    'index out of range',
  ),
  B(
    'java -jar app.jar | tail',
    'Exception in thread "main" java.lang.IllegalStateException: no licence\n\tat org.example.App.main(App.java:9)',
    'no licence',
  ),
  B(
    'adb logcat -d | tail',
    '07-02 03:11:44.010  1234  1234 E AndroidRuntime: FATAL EXCEPTION: main\n07-02 03:11:44.010  1234  1234 E AndroidRuntime: java.lang.NullPointerException: no view',
    'AndroidRuntime|NullPointer|FATAL|',
  ),
  B(
    'curl -sS localhost:8000/plan | head',
    'curl: (7) Failed to connect to localhost port 8000: Connection refused',
    'refused',
  ),
  B(
    'curl -i localhost:8000/plan',
    'HTTP/1.1 500 Internal Server Error\ncontent-type: text/plain\n\nInternal Server Error',
    '500',
  ),
  B('python migrate.py', 'Failed to apply 0007_add_kwh: column "kwh" already exists', 'kwh'),
];

export const HARMLESS: readonly Case[] = [
  B('pytest -q', '31 passed in 4.02s'),
  B(
    'pytest -q tests/test_errors.py -v',
    'tests/test_errors.py::test_raises_value_error PASSED\ntests/test_errors.py::test_logs_error PASSED\n2 passed in 0.1s',
  ),
  B(
    'npx vitest run',
    'stderr | test/log.test.ts > logs a failure\n2026-01-01 10:00:00 ERROR could not reach host\nError: boom\n    at test/log.test.ts:3:9\n ✓ test/log.test.ts (2 tests) 4ms\n Test Files  1 passed (1)\n      Tests  2 passed (2)',
  ),
  B(
    'journalctl -u x | tail',
    'INFO:app:0 errors, 0 failures\nINFO:     10.0.0.2:1 - "GET /errors HTTP/1.1" 200 OK\nINFO:app.error_handler:loaded\nWARNING:app:retrying',
  ),
  B(
    'grep -rn "raise ValueError" src',
    'src/a.py:12:        raise ValueError("bad id")\nsrc/b.py:9:    except KeyError as error:',
  ),
  B('cat src/errors.ts', 'export class ParseError extends Error {}\nthrow new ParseError("x");\n// Error: something'),
  B(
    'git diff',
    'diff --git a/a.py b/a.py\n-        raise ValueError("x")\n+        logger.error("failed: %s", err)\n ERROR = 3',
  ),
  B('git log --oneline -5', 'a1b2c3d fix: error when saving fails\nfatal: is not here'),
  B(
    'sed -n 1,40p docs/troubleshooting.md',
    '# Troubleshooting\n\nIf you see `Error: listen EADDRINUSE`, stop the other server.\n\n```\nTraceback (most recent call last):\n  File "x.py", line 1, in <module>\nKeyError: 1\n```',
  ),
  B('ls src', 'error_handler.py\nexceptions.py\nfailures/'),
  B('mytool --help', 'Usage: mytool [OPTIONS]\n  --fail-fast   stop on the first error\nError: codes are 1 to 3'),
  B(
    'npm run build',
    '> build\n> vite build\n\n✓ 40 modules transformed.\nwarning: some chunks are large\nbuilt in 1.2s, 0 errors',
  ),
  B('dotnet build', 'Build succeeded.\n    0 Warning(s)\n    0 Error(s)'),
  B(
    'npx eslint .',
    '\n/srv/a.ts\n  3:5  error  Unexpected any  @typescript-eslint/no-explicit-any\n\n✖ 1 problem (1 error, 0 warnings)',
  ),
  B('ruff check .', 'a.py:3:1: F401 `os` imported but unused\nFound 1 error.'),
  B(
    'gh issue view 12',
    'title: Crash on start\n\nTraceback (most recent call last):\n  File "x.py", line 1\nKeyError: 1',
  ),
  B('gh pr view 88 --comments', 'CI says: error: something failed\nfatal: bad'),
  B(
    'npm install',
    'added 40 packages\nnpm warn deprecated inflight@1.0.6: This module is not supported\n2 vulnerabilities',
  ),
  B('terraform plan', 'Plan: 4 to add\n\nWarning: Argument is deprecated'),
  B('python script.py', 'int8 model rejected, using fp32\nselftest ok'),
  B('git status', 'On branch fix-error\nnothing to commit'),
  B('cat > notes.md <<EOF\nError: x\nEOF\ncat notes.md', 'Error: x'),
  B('echo "ERROR: stop"', 'ERROR: stop'),
  B('python train.py', 'epoch 1 loss 0.3 error 0.12\nepoch 2 loss 0.2 error 0.08\nmean absolute error: 0.08'),
  B(
    'node -e "console.log(1)"',
    '(node:12) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.\n    at node:punycode:3:9\n1',
  ),
  B(
    'go test ./... -v',
    '=== RUN   TestFails\n2026/02/08 22:36:34 ERROR save failed err="disk full"\n--- PASS: TestFails (0.1s)\nPASS\nok  \texample.org/a\t0.1s',
  ),
  B('git rev-parse --verify x || echo none', 'fatal: Needed a single revision\nnone'),
  B('cargo test', 'running 1 test\ntest fails_on_error ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored'),
  B(
    'curl -s https://example.org/docs/errors',
    '<h1>Errors</h1>\n<p>Error: ECONNREFUSED means</p>\nTypeError: x is not a function',
  ),
  B('find . -name "*error*"', './src/error.ts\n./logs/error.log'),
  B('wc -l logs/error.log', '12 logs/error.log'),
  B('docker ps -a', 'CONTAINER ID   IMAGE   STATUS\n1a2b   web   Exited (0) 2 hours ago'),
  B('shellspec 2>&1 | tail', '22 examples, 0 failures'),
  B('npm test', '# tests 12\n# pass 12\n# fail 0'),
  R(
    '/srv/app/src/errors.py',
    '1\tclass ParseError(Exception):\n2\t    pass\nTraceback (most recent call last):\n  File "x", line 1, in y\nKeyError: 1',
  ),
  R(
    '/var/log/shop/app.log',
    '1\t2026-07-02 03:11:40 INFO started\n2\t2026-07-02 03:11:44 ERROR pool exhausted',
    'pool',
  ),
  { tool: 'WebFetch', command: null, text: 'Error: x\nTraceback (most recent call last):', want: [] },
  { tool: 'Task', command: null, text: 'The test fails with KeyError: x', want: [] },
  { tool: 'Grep', command: '/srv/app/src', text: 'a.py:3: raise KeyError: x', want: [] },
];

export const PASTED: readonly Case[] = [
  P(
    'why?\n\n2026-07-02 03:11:40,007 - a.b - ERROR - Generation aborted\n2026-07-02 03:11:40,010 - a.b - WARNING - fall back\n2026-07-02 03:12:02,655 - a.c - CRITICAL - checksum mismatch\n\nplease check',
    'aborted',
    'checksum',
  ),
  P(
    'fix this\n\nTraceback (most recent call last):\n  File "/a.py", line 61, in f\n    x\nKeyError: \'owner\'\n\nand add a test',
    'owner',
  ),
  P(
    '[2026-06-04, 03:12:44 UTC] {taskinstance.py:2905} ERROR - Task failed with exception\npsycopg2.errors.NumericValueOutOfRange: integer out of range\nCONTEXT:  COPY fact, line 88',
    'out of range',
  ),
  P(
    "browser console says\nUncaught TypeError: Cannot read properties of undefined (reading 'map')\n    at Plan.vue:31:12\n    at setup (Plan.vue:3:1)",
    'map',
  ),
  P('I get this:\n```\nerror[E0382]: borrow of moved value: `a`\n --> src/main.rs:4:5\n```', 'E0382'),
  P('tests are red:\n\n--- FAIL: TestA (0.00s)\n    a_test.go:9: got 1, want 2\nFAIL', 'TestA'),
  P('npm error code ERESOLVE\nnpm error ERESOLVE could not resolve', 'ERESOLVE'),
  P('add a test that raises ValueError: bad id, and handle errors in the parser'),
  P('the log should look like\n2026-07-02 03:11:40 ERROR payment declined id=3'),
  P('Error handling: please add it to the upload form. No errors so far.'),
  P("for example:\n\nValueError: could not convert string to float: 'x'"),
  P('> 2026-07-02 03:11:40 ERROR payment declined id=3\n\nsee above', 'declined'),
  P(
    'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "b.py", line 2, in g\nRuntimeError: no plan',
    'no plan',
  ),
  P(
    'java.lang.IllegalStateException: no licence\n\tat org.example.App.main(App.java:9)\nCaused by: java.io.IOException: gone\n\t... 3 more',
    'no licence',
  ),
];

export const ERRORS: readonly Case[] = [
  P('Exit code 1\nsrc/a.ts(3,5): error TS2304: A.\nsrc/b.ts(9,1): error TS2554: B.', 'TS2304', 'TS2554'),
  P('Exit code 1', 'Exit code 1'),
  P(
    "Exit code 1\nFAILED tests/test_a.py::test_x - KeyError: 'id'\nFAILED tests/test_b.py::test_y - assert 1 == 2\n2 failed",
    'test_x',
    'test_y',
  ),
  P(
    'Exit code 1\nERROR: failed to solve: process "pip" did not complete successfully: exit code: 1\n  error: command \'gcc\' failed',
    'solve',
  ),
  P(
    'Exit code 1\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "b.py", line 2, in g\nRuntimeError: no plan',
    'no plan',
  ),
  P('Exit code 2\n2026-07-02 03:11:44 ERROR pool exhausted\n2026-07-02 03:11:49 FATAL giving up', 'pool', 'giving up'),
];
