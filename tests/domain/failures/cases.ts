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

  B(
    'cd api && npm test 2>&1 | grep -E "FAIL|✕|●" | head',
    'FAIL src/rates.spec.ts\n  ● rates › converts yen',
    'converts yen',
  ),
  B(
    'pnpm vitest run --reporter=basic 2>&1 | tail -30',
    ' ❯ src/rates.test.ts  (3 tests | 1 failed) 9ms\n   × rates > converts yen\n     → expected 110 to be 109 // Object.is equality\n\n Test Files  1 failed (1)\n      Tests  1 failed | 2 passed (3)',
    'converts yen',
  ),
  B(
    'pytest -x tests/ 2>&1 | tail -15',
    "    def test_zone():\n>       assert zone(\"x\") == \"UTC\"\nE       AssertionError: assert 'CET' == 'UTC'\n\ntests/test_zone.py:14: AssertionError\n=========================== short test summary info ============================\nFAILED tests/test_zone.py::test_zone - AssertionError: assert 'CET' == 'UTC'\n!!!!!!!!!!!!!!!!!!!!!!!!!! stopping after 1 failures !!!!!!!!!!!!!!!!!!!!!!!!!!!\n========================= 1 failed, 8 passed in 0.21s ==========================",
    'test_zone',
  ),
  B(
    'pytest 2>&1 | tail -8',
    "ERROR tests/test_a.py - ModuleNotFoundError: No module named 'geo'\nERROR tests/test_b.py - ModuleNotFoundError: No module named 'geo'\n!!!!!!!!!!!!!!!!!!! Interrupted: 2 errors during collection !!!!!!!!!!!!!!!!!!!!\n2 errors in 0.30s",
    'geo',
  ),
  B(
    './run_tests.sh; true',
    'parser ............ ok\nwriter ............ FAILED\n  expected 3 rows, got 2\n1 of 2 suites failed',
    'writer',
  ),
  B(
    'ctest 2>&1 | tail -8',
    '2/3 Test #2: codec_roundtrip ..................***Failed    0.01 sec\n\n67% tests passed, 1 tests failed out of 3\n\nThe following tests FAILED:\n\t  2 - codec_roundtrip (Failed)\nErrors while running CTest',
    'codec_roundtrip',
  ),
  B(
    'xcodebuild test | tail -20',
    "Test Case '-[MapTests testZoom]' failed (0.021 seconds).\n** TEST FAILED **",
    'testZoom',
  ),
  B(
    'flutter test | tail',
    '00:01 +3 -1: zoom keeps the centre [E]\n  Expected: <3>\n    Actual: <2>\n00:01 +3 -1: Some tests failed.',
    'zoom|Some tests',
  ),
  B(
    'deno test 2>&1 | tail',
    'zoom keeps centre ... FAILED (3ms)\n\n ERRORS \n\nzoom keeps centre => ./zoom_test.ts:3:6\nerror: AssertionError: Values are not equal.\n\nFAILED | 2 passed | 1 failed (12ms)',
    'zoom',
  ),
  B(
    'bun test 2>&1 | tail',
    'bun test v1.1\n\nzoom.test.ts:\n✗ keeps the centre [0.4ms]\nerror: expect(received).toBe(expected)\n\n 1 pass\n 1 fail',
    'centre',
  ),
  B(
    'bats test/ | tail',
    "1..2\nok 1 prints help\nnot ok 2 writes the file\n# (in test file test/a.bats, line 9)\n#   `[ -f out ]' failed",
    'writes the file',
  ),
  B(
    'npx cypress run | tail -30',
    '  1 passing (2s)\n  1 failing\n\n  1) login\n       signs in:\n     AssertionError: Timed out retrying after 4000ms: Expected to find element: `#user`',
    'signs in|login',
  ),
  B(
    'npm run build 2>&1 | tail -15',
    '✓ 12 modules transformed.\nerror during build:\n[vite]: Rollup failed to resolve import "chart" from "/srv/src/main.ts".',
    'chart',
  ),
  B(
    'npx next build 2>&1 | tail',
    "Failed to compile.\n\n./app/page.tsx:12:9\nType error: Property 'plan' does not exist on type 'Props'.",
    'plan',
  ),
  B(
    'javac A.java 2>&1 | head',
    'A.java:3: error: cannot find symbol\n    int x = y;\n            ^\n  symbol:   variable y',
    'symbol',
  ),
  B('swift build 2>&1 | tail', "/srv/Sources/Map.swift:9:5: error: cannot find 'zoom' in scope", 'zoom'),
  B(
    'mypy src | tail -3',
    'src/a.py:9: error: Incompatible types in assignment (expression has type "str", variable has type "int")  [assignment]\nFound 1 error in 1 file (checked 3 source files)',
    'Incompatible',
  ),
  B(
    'gcc -o x x.c 2>&1 | tail',
    "/usr/bin/ld: /tmp/x.o: in function `main':\nx.c:(.text+0x9): undefined reference to `zoom'\ncollect2: error: ld returned 1 exit status",
    'zoom',
  ),
  B(
    'docker build . 2>&1 | tail -5',
    '#9 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1\n------\nERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
    'npm ci',
  ),
  B(
    'kubectl get pods',
    'NAME     READY   STATUS             RESTARTS   AGE\napi-7f   0/1     CrashLoopBackOff   12         1h',
    'CrashLoop',
  ),
  B(
    'kubectl apply -f x.yml 2>&1 | tail -2',
    'Error from server (Forbidden): error when creating "x.yml": deployments.apps is forbidden',
    '[Ff]orbidden',
  ),
  B('helm upgrade shop ./chart | tail', 'Error: UPGRADE FAILED: timed out waiting for the condition', 'UPGRADE FAILED'),
  B(
    'sudo systemctl restart shop; systemctl status shop --no-pager | head -20',
    "× shop.service - Shop\n     Active: failed (Result: exit-code) since Thu\n    Process: 812 ExecStart=/srv/shop (code=exited, status=203/EXEC)\nJul 02 03:11:44 web1 systemd[1]: shop.service: Failed with result 'exit-code'.",
    'shop',
  ),
  B(
    'pm2 logs api --lines 20 --nostream',
    '0|api  | 2026-07-02T03:11:40: listening on 3000\n0|api  | Error: Redis connection to 127.0.0.1:6379 failed - connect ECONNREFUSED 127.0.0.1:6379\n0|api  |     at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1494:16)',
    '6379',
  ),
  B(
    'tail -20 storage/logs/laravel.log',
    '[2026-07-02 03:11:44] production.ERROR: SQLSTATE[42S02]: Base table or view not found: 1146 Table \'shop.plans\' doesn\'t exist {"exception":"[object]"}\n[stacktrace]\n#0 /srv/vendor/laravel/x.php(7): run()\n#1 {main}',
    'plans',
  ),
  B(
    'cat logs/app.log | grep -i error | tail -5',
    '2026-07-02 03:11:44,010 ERROR app.pay: card declined by gateway (code 51)\n2026-07-02 03:14:02,111 ERROR app.pay: card declined by gateway (code 54)',
    'declined',
  ),
  B(
    'rg "ERROR" /srv/shop/logs -A3',
    '/srv/shop/logs/a.log\n12:2026-07-02 03:11:44 ERROR disk quota exceeded for tenant 7',
    'quota',
  ),
  B(
    'heroku logs -n 50 -a shop',
    '2026-07-02T03:11:44.123456+00:00 app[web.1]: TypeError: Cannot read properties of null (reading \'id\')\n2026-07-02T03:11:44.123470+00:00 app[web.1]:     at plan (/app/plan.js:9:3)\n2026-07-02T03:11:45.000000+00:00 heroku[router]: at=error code=H10 desc="App crashed" method=GET path="/"',
    'reading',
    'H10',
  ),
  B(
    'dmesg | tail -3',
    '[12345.678901] Out of memory: Killed process 812 (shop) total-vm:4123456kB\n[12345.679000] oom_reaper: reaped process 812 (shop)',
    'Out of memory',
  ),
  B(
    'python manage.py migrate 2>&1 | tail -3',
    'django.db.utils.OperationalError: could not connect to server: Connection refused',
    'OperationalError',
  ),
  B(
    'Rscript fit.R 2>&1 | tail -3',
    "Error in lm.fit(x, y) : NA/NaN/Inf in 'y'\nCalls: fit -> lm\nExecution halted",
    'lm.fit',
  ),
  B(
    'php artisan migrate 2>&1',
    '   Illuminate\\Database\\QueryException \n\n  SQLSTATE[HY000] [2002] Connection refused (SQL: select * from plans)',
    'SQLSTATE|refused',
  ),
  B(
    'rails runner x 2>&1 | head',
    "/srv/app/models/plan.rb:9:in `find_day': undefined method `id' for nil:NilClass (NoMethodError)\n\tfrom /srv/app/models/plan.rb:20:in `<main>'",
    'NoMethodError',
  ),
  B('./a.out', 'Segmentation fault (core dumped)', 'Segmentation'),
  B(
    'aws s3 cp a s3://b/ 2>&1 | tail -1',
    'upload failed: ./a to s3://b/a An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    'AccessDenied',
  ),
  B(
    'ansible-playbook site.yml | tail',
    'fatal: [web1]: UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh"}',
    'UNREACHABLE',
  ),
  B(
    'airflow tasks test x | tail -4',
    '[2026-06-04, 03:12:44 UTC] {taskinstance.py:2905} ERROR - Task failed with exception\nTraceback (most recent call last):\n  File "/srv/dags/x.py", line 12, in load\n    raise LoadError("no rows")\nLoadError: no rows',
    'no rows',
  ),
  B('python check.py', 'checking 3 hosts\n✓ web1\n✗ db1: connection refused\n✓ cache1', 'db1'),
  B(
    'node server.js & sleep 1; curl -s localhost:3000/plan',
    '{"error":"Internal Server Error","message":"relation \\"plans\\" does not exist"}',
    'plans|Internal',
  ),
  B('gdb -batch x', 'Program received signal SIGSEGV, Segmentation fault.\n0x0 in zoom () at map.c:9', 'SIGSEGV'),
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
  B(
    'pytest -q',
    '..x..                                                                    [100%]\n4 passed, 1 xfailed in 0.2s',
  ),
  B(
    'npm test',
    'PASS src/error.test.ts\n  ✓ throws an error when the file is missing (3 ms)\n  console.error\n    Error: missing file\n        at load (src/load.ts:3:9)\nTests:       1 passed, 1 total',
  ),
  B('cat package.json | jq .scripts', '{"test":"jest --fail-fast","error":"x"}'),
  B('git log -3', 'commit 1a2b\nAuthor: M\n\n    Fix crash: TypeError: x is undefined\n\n    Error: see issue 3'),
  B('git commit -m "Fix the error of the parser"', '[main 1a2b3c4] Fix the error of the parser\n 1 file changed'),
  B('git merge feature', 'Updating 1a2b..3c4d\nFast-forward\n src/error.ts | 2 +-'),
  B('pip install x', 'Collecting x\nSuccessfully installed x-1.0\nWARNING: You are using pip version 20'),
  B(
    'docker build .',
    '#5 0.3 fetch error-handling-1.2.tgz\n#5 DONE 0.4s\n#9 naming to docker.io/library/error-service done',
  ),
  B('cargo clippy', 'warning: unused variable: `error`\n --> src/main.rs:3:9\nwarning: 1 warning emitted'),
  B(
    'python -c "import x; print(x.explain())"',
    'Exceptions are raised when a value is not found.\nThe error rate was 0.2 %.',
  ),
  B('redis-cli info', '# Stats\ntotal_error_replies:0\nrejected_connections:0\nerrorstat_ERR:count=0'),
  B('kubectl get pods', 'NAME     READY   STATUS    RESTARTS   AGE\nerror-api-7f   1/1     Running   0         1h'),
  B('kubectl logs api', 'level=info msg="error budget ok" errors=0\nlevel=warn msg="retry after failure"'),
  B(
    'tail /var/log/app.log',
    '2026-07-02 03:11:40 INFO ErrorHandler registered\n2026-07-02 03:11:41 DEBUG fail count 3\n2026-07-02 03:11:42 WARN connection lost, retrying',
  ),
  B('grep -c ERROR /var/log/app.log', '14'),
  B(
    'grep -rn "Traceback" docs',
    'docs/debug.md:12:Traceback (most recent call last):\ndocs/debug.md:13:  File "x.py", line 3, in f',
  ),
  B('cat tests/fixtures/trace.txt', 'Traceback (most recent call last):\n  File "x.py", line 3, in f\nKeyError: 1'),
  B('awk "/x/" src/map.ts', '  throw new Error("no map");\nError: no'),
  B('ls -la /var/log', '-rw-r--r-- 1 root root 12 error.log\n-rw-r--r-- 1 root root 12 fail2ban.log'),
  B(
    'npm run lint',
    '> lint\n> eslint .\n\n/srv/a.js\n  1:1  error  x is not defined  no-undef\n\n✖ 3 problems (3 errors, 0 warnings)',
  ),
  B('go vet ./...', 'ok'),
  B('terraform validate', 'Success! The configuration is valid.'),
  B('psql -c "select * from errors"', ' id | message\n----+---------\n  1 | Error: card declined\n(1 row)'),
  B('sqlite3 a.db "select level, count(*) from logs group by 1"', 'ERROR|12\nINFO|300'),
  B('mix test', '....\n\nFinished in 0.1 seconds\n4 tests, 0 failures'),
  B('gh pr checks', 'lint\tpass\t3s\ntest\tpass\t1m'),
  B('python bench.py', 'failures: 0\nerrors: 0\np99: 12 ms'),
  B('jq . result.json', '{"status":"error","message":"TypeError: x"}'),
  B('curl -s localhost:3000/health', '{"status":"ok","errors":[]}'),
  B('diff a.log b.log', '3c3\n< ERROR a\n---\n> ERROR b'),
  B('cat .github/workflows/ci.yml', '    - run: npm test || exit 1\n      # error: fails on forks'),
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
  P(
    'why does it say this when I click save\n\nPOST http://localhost:5173/api/plan 500 (Internal Server Error)\nUncaught (in promise) AxiosError: Request failed with status code 500',
    'status code 500|AxiosError',
  ),
  P("getting\n\n    error TS2339: Property 'x' does not exist on type 'Y'.\n\nfrom src/a.ts(3,4)"),
  P(
    "CI log:\n```\n##[error]src/a.ts(3,4): error TS2339: Property 'x' does not exist on type 'Y'.\n##[error]Process completed with exit code 2.\n```",
    'TS2339',
  ),
  P(
    'Jul 02 03:11:44 web1 shop[812]: panic: no plan\nJul 02 03:11:44 web1 shop[812]: goroutine 1 [running]:\nJul 02 03:11:44 web1 shop[812]: main.main()',
    'no plan',
  ),
  P('please add handling for these errors:\n- TypeError\n- ValueError\nand show "Error: try again" to the user'),
  P('implement the spec:\n\n1. If parsing fails, raise ValueError: bad input\n2. log.error("x")'),
  P(
    '[error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream\nthat is all nginx says',
    'upstream',
  ),
  P('E  AssertionError: assert 3 == 4\nFAILED tests/test_z.py::test_z - AssertionError: assert 3 == 4', 'test_z'),
  P('worker died with\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'heap'),
  P('app[web.1]: ERROR redis timeout after 5 s\n\nand then nothing', 'redis'),
  P('Hi, could you look at the failing build? Thanks'),
  P(
    '$ npm run dev\nError: listen EADDRINUSE: address already in use :::3000\n    at Server.setupListenHandle [as _listen2] (node:net:1463:16)',
    'EADDRINUSE',
  ),
  P(
    '2026-06-04 10:00:00 ERROR worker-3 lost the lock of job 81\n2026-06-04 10:00:04 ERROR worker-3 lost the lock of job 82\n2026-06-04 10:00:09 ERROR disk 91 % full, refusing uploads',
    'lock',
    'disk',
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
  P(
    'Exit code 1\n> build\n> tsc -b\n\nsrc/a.ts(3,5): error TS2304: A.\nnpm error Lifecycle script `build` failed with error:\nnpm error code 2',
    'TS2304',
  ),
  P('Exit code 128\nfatal: not a git repository (or any of the parent directories): .git', 'not a git'),
  P(
    'Exit code 1\nhttp://localhost:3000/: \nError: page.goto: net::ERR_CONNECTION_REFUSED\n    at x (/a.js:3:3)\n\nError: retry failed\n    at y (/b.js:3:3)',
    'REFUSED',
    'retry',
  ),
  P(
    'Exit code 1\n  Failed A.B.C [1 ms]\n  Error Message: x\n  Failed A.B.D [1 ms]\n  Error Message: y\nFailed!  - Failed: 2, Passed: 88',
    'B.C',
    'B.D',
  ),
  P(
    'Exit code 1\n\n up to date\nnpm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/nope',
    'E404|404',
  ),
];
