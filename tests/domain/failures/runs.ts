/** Failing tests and builds as other runners, compilers and devices print them; and what only looks like them. */
import type { Case } from './cases.js';

const B = (command: string, text: string, ...want: string[]): Case => ({ tool: 'Bash', command, text, want });

export const RUN: readonly Case[] = [
  B(
    'bin/rails test | tail',
    'Run options: --seed 1\n\n# Running:\n\n..F\n\nFailure:\nLoanTest#test_late_fee [test/models/loan_test.rb:41]:\nExpected: 300\n  Actual: 250\n\nbin/rails test test/models/loan_test.rb:38\n\n88 runs, 190 assertions, 1 failures, 0 errors, 0 skips',
    'test_late_fee[^]*Expected: 300',
  ),
  B(
    'rake test',
    "  1) Failure:\nLoanTest#test_late_fee [test/loan_test.rb:41]:\nExpected: 300\n  Actual: 250\n\n  2) Error:\nLoanTest#test_renew:\nNoMethodError: undefined method `due' for nil\n    test/loan_test.rb:50:in `test_renew'\n\n88 runs, 190 assertions, 1 failures, 1 errors, 0 skips",
    'test_late_fee',
    'test_renew',
  ),
  B(
    'bin/rails test',
    "Error:\nLoanTest#test_renew:\nNoMethodError: undefined method `due' for nil\n    test/loan_test.rb:50:in `test_renew'\n\n88 runs, 190 assertions, 0 failures, 1 errors, 0 skips",
    'test_renew',
  ),
  B(
    'vendor/bin/pest | tail',
    '   FAIL  Tests\\Feature\\RefundTest\n  ⨯ it refuses a second refund                         0.11s\n  ✓ it refunds once\n  ────\n   FAILED  Tests\\Feature\\RefundTest > it refuses a second refund\n  Failed asserting that 2 is identical to 1.\n\n  at tests/Feature/RefundTest.php:22\n\n  Tests:    1 failed, 3 passed (9 assertions)\n  Duration: 0.4s',
    'refuses a second refund[^]*identical',
  ),
  B(
    'php artisan test',
    '   FAIL  Tests\\Feature\\RefundTest\n  ⨯ it refuses a second refund\n  Expected 409 but received 200.\n\n  Tests:  1 failed, 3 passed',
    'refuses a second refund[^]*409',
  ),
  B(
    'adb logcat -d *:E',
    'E AndroidRuntime: FATAL EXCEPTION: main\nE AndroidRuntime: java.lang.NullPointerException: title\nE AndroidRuntime: \tat org.x.Note.show(Note.kt:9)',
    'NullPointer',
  ),
  B(
    'adb logcat -d -v brief *:E',
    'E/AndroidRuntime( 1204): FATAL EXCEPTION: main\nE/AndroidRuntime( 1204): java.lang.NullPointerException: title\nE/AndroidRuntime( 1204): \tat org.x.Note.show(Note.kt:9)\nE/SQLiteLog( 1300): (1) no such column: due',
    'NullPointer',
    'no such column',
  ),
  B(
    'adb logcat -d *:E',
    'E SQLiteLog: (1) no such column: due in "SELECT due FROM loans"\nW Tag: careful',
    'no such column',
  ),
  B(
    'bun test',
    'bun test v1.1.0\n\nsrc/cart.test.ts:\n✓ adds [0.2ms]\nerror: expect(received).toBe(expected)\n\nExpected: 3\nReceived: 2\n\n      at /w/src/cart.test.ts:9:5\n✗ removes [1.2ms]\n\n 1 pass\n 1 fail\nRan 2 tests across 1 file',
    'removes[^]*Received: 2',
  ),
  B(
    'deno test',
    'running 2 tests from ./cart_test.ts\nadds ... ok (3ms)\nremoves ... FAILED (5ms)\n\n ERRORS \n\nremoves => ./cart_test.ts:9:6\nerror: AssertionError: Values are not equal.\n\n FAILURES \n\nremoves => ./cart_test.ts:9:6\n\nFAILED | 1 passed | 1 failed (12ms)\n\nerror: Test failed',
    'removes',
  ),
  B(
    'swift test',
    '✘ Test "rounds up" recorded an issue at PriceTests.swift:12:5: Expectation failed: (price → 3) == 4\n✘ Test "rounds up" failed after 0.001 seconds with 1 issue.\n✘ Test run with 3 tests failed after 0.002 seconds with 1 issue.',
    'rounds up.*Expectation',
  ),
  B(
    'xcodebuild test',
    '/w/PriceTests.swift:12: error: -[AppTests.PriceTests testRounds] : XCTAssertEqual failed: ("3") is not equal to ("4")\nTest Case \'-[AppTests.PriceTests testRounds]\' failed (0.004 seconds).\n** TEST FAILED **',
    'testRounds.*XCTAssertEqual',
  ),
  B(
    'lein test',
    'lein test shop.price-test\n\nFAIL in (rounds-up) (price_test.clj:9)\nrounds half up\nexpected: (= 3 (round 2.5))\n  actual: (not (= 3 2))\n\nRan 3 tests containing 3 assertions.\n1 failures, 0 errors.\nTests failed.',
    'rounds-up[^]*expected',
  ),
  B(
    'clj -X:test',
    'ERROR in (parses) (core.clj:12)\nUncaught exception, not in assertion.\nexpected: nil\n  actual: java.lang.NumberFormatException: For input string: "a"\n\n0 failures, 1 errors.',
    'parses',
  ),
  B(
    'cabal test',
    'Tests\n  rounds up: FAIL\n    test/Main.hs:9:\n    expected: 3\n     but got: 2\n\n1 out of 3 tests failed (0.01s)',
    'rounds up',
  ),
  B(
    './build/tests',
    '[ RUN      ] Price.RoundsUp\nprice_test.cc:12: Failure\nExpected equality of these values:\n  3\n  round(2.5)\n    Which is: 2\n[  FAILED  ] Price.RoundsUp (0 ms)\n[  PASSED  ] 2 tests.\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] Price.RoundsUp\n\n 1 FAILED TEST',
    'RoundsUp[^]*equality',
  ),
  B(
    './build/tests',
    '-------------------------------------------------------------------------------\nrounds up\n-------------------------------------------------------------------------------\nprice_test.cpp:9\n...............................................................................\n\nprice_test.cpp:12: FAILED:\n  REQUIRE( round(2.5) == 3 )\nwith expansion:\n  2 == 3\n\n===============================================================================\ntest cases: 3 | 2 passed | 1 failed',
    'REQUIRE',
  ),
  B(
    './t',
    'price_test.cpp:12: ERROR: CHECK( round(2.5) == 3 ) is NOT correct!\n  values: CHECK( 2 == 3 )\n\n[doctest] test cases: 3 | 2 passed | 1 failed | 0 skipped',
    'CHECK',
  ),
  B(
    'Rscript -e "devtools::test()"',
    '✖ | 1       2 | price\n────\nFailure (test-price.R:9:3): rounds up\n`x` not equal to 3.\n────\n[ FAIL 1 | WARN 0 | SKIP 0 | PASS 2 ]',
    'rounds up',
  ),
  B(
    'julia test/runtests.jl',
    'rounds up: Test Failed at /w/test/runtests.jl:9\n  Expression: rnd(2.5) == 3\n   Evaluated: 2.0 == 3\nTest Summary: | Pass  Fail  Total\nprice         |    2     1      3\nERROR: LoadError: Some tests did not pass: 2 passed, 1 failed, 0 errored, 0 broken.',
    'rounds up',
  ),
  B(
    'npx cypress run',
    '  Checkout\n    ✓ opens (210ms)\n    1) pays\n\n  1 passing (2s)\n  1 failing\n\n  1) Checkout\n       pays:\n     AssertionError: Timed out retrying after 4000ms: Expected to find element: `#pay`, but never found it.\n      at Context.eval',
    'Checkout > pays',
  ),
  B(
    'npx playwright test',
    'Running 2 tests using 1 worker\n\n  ✘  1 [chromium] › pay.spec.ts:9:5 › pays (5.1s)\n  ✓  2 [chromium] › pay.spec.ts:20:5 › opens (1.1s)\n\n  1) [chromium] › pay.spec.ts:9:5 › pays ───────────\n\n    Error: expect(locator).toBeVisible() failed\n\n  1 failed\n    [chromium] › pay.spec.ts:9:5 › pays ──────\n  1 passed (8.0s)',
    'pays[^]*toBeVisible',
  ),
  B(
    'npx cucumber-js',
    'Failures:\n\n1) Scenario: pay with card # features/pay.feature:9\n   ✔ Given a cart\n   ✖ When I pay # steps/pay.js:3\n       AssertionError: 402 == 200\n\n2 scenarios (1 failed, 1 passed)',
    'pay with card[^]*402',
  ),
  B(
    'robot tests',
    "Login :: Login works                                 | FAIL |\nElement 'id=user' not found.\n------------------------------------------------------------------------------\n2 tests, 1 passed, 1 failed",
    'Login works',
  ),
  B(
    'opa test .',
    'policy_test.rego:\ndata.authz.test_admin_allowed: FAIL (1.2ms)\n--------------------------------------------------------------------------------\nPASS: 3/4\nFAIL: 1/4',
    'test_admin_allowed',
  ),
  B(
    './gradlew assemble',
    "FAILURE: Build failed with an exception.\n\n* What went wrong:\nExecution failed for task ':app:mergeDebugResources'.\n> Android resource linking failed\n\n* Try:\n> Run with --stacktrace\n\nBUILD FAILED in 3s",
    'resource linking',
  ),
  B('nim c a.nim', "/w/a.nim(3, 9) Error: undeclared identifier: 'fee'", 'undeclared'),
  B(
    'mix compile',
    'error: undefined variable "fee"\n  lib/price.ex:9: Shop.Price.round/1\n\n== Compilation error in file lib/price.ex ==\n** (CompileError) lib/price.ex: cannot compile module Shop.Price',
    'undefined variable',
  ),
  B('rebar3 compile', "===> Compiling src/price.erl failed\nsrc/price.erl:9:5: variable 'Fee' is unbound", 'price.erl'),
  B(
    'sbt compile',
    '[error] /w/src/Price.scala:9:5: not found: value fee\n[error]   val x = fee\n[error] one error found\n[error] (Compile / compileIncremental) Compilation failed',
    'value fee',
  ),
  B(
    'forge test',
    '[FAIL: revert: too low] testBid() (gas: 12034)\nSuite result: FAILED. 2 passed; 1 failed; 0 skipped\n\nFailing tests:\nEncountered 1 failing test in test/Auction.t.sol:AuctionTest\n[FAIL: revert: too low] testBid() (gas: 12034)',
    'testBid',
  ),
  B(
    'forge test',
    '[FAIL. Reason: too low] testBid() (gas: 12034)\nTest result: FAILED. 2 passed; 1 failed; finished in 3ms',
    'testBid',
  ),
  B(
    'npx hardhat test',
    '  2 passing\n  1 failing\n\n  1) Auction\n       rejects low bids:\n     AssertionError: Expected transaction to be reverted',
    'rejects low bids',
  ),
  B(
    'busted',
    '●●◼\n2 successes / 1 failure / 0 errors / 0 pending : 0.01 seconds\n\nFailure → spec/price_spec.lua @ 9\nprice rounds up\nspec/price_spec.lua:10: Expected objects to be equal.\nPassed in:\n(number) 2\nExpected:\n(number) 3',
    'price_spec',
  ),
  B(
    'lua a.lua',
    "lua: a.lua:9: attempt to index a nil value (global 'fee')\nstack traceback:\n\ta.lua:9: in main chunk",
    'nil value',
  ),
  B(
    'prove -l',
    "t/price.t .. 1/?\n#   Failed test 'rounds up'\n#   at t/price.t line 9.\n#          got: '2'\n#     expected: '3'\n# Looks like you failed 1 test of 3.\nt/price.t .. Dubious, test returned 1 (wstat 256, 0x100)\nFailed 1/3 subtests\n\nResult: FAIL",
    'rounds up',
  ),
  B(
    'sqlite3 a.db "select due"',
    'Parse error near line 1: no such column: due\n  select due;\n         ^--- error here',
    'no such column',
  ),
  B('octave a.m', "error: 'fee' undefined\nerror: called from\n    a at line 3 column 1", 'fee'),
  B(
    'rspec',
    "An error occurred while loading ./spec/a_spec.rb.\nFailure/Error: require 'foo'\n\nLoadError:\n  cannot load such file -- foo\n# ./spec/a_spec.rb:1\n\n0 examples, 0 failures, 1 error occurred outside of examples",
    'a_spec',
  ),
  B(
    'k6 run a.js',
    "✗ status is 200\n  ↳  91% — ✓ 91 / ✗ 9\nERRO[0030] thresholds on metrics 'http_req_failed' have been crossed",
    'thresholds',
  ),
  B(
    'newman run c.json',
    '  1. AssertionError  status is 200\n     expected response to have status code 200 but got 500\n     at assertion:0 in test-script\n     inside "Pay"',
    'status is 200',
  ),
  B(
    'verilator a.v',
    "%Error: a.v:9:12: Can't find definition of variable: 'fee'\n%Error: Exiting due to 1 error(s)",
    'definition of variable',
  ),
  B(
    'Invoke-Pester',
    '[-] Price.rounds up 12ms (10ms|2ms)\n Expected 3, but got 2.\n at $x | Should -Be 3, C:\\w\\Price.Tests.ps1:9\nTests Passed: 2, Failed: 1, Skipped: 0',
    'rounds up',
  ),
  B(
    'cargo nextest run',
    "        PASS [   0.003s] shop cart::adds\n        FAIL [   0.004s] shop price::rounds_up\n\n--- STDERR:              shop price::rounds_up ---\nthread 'price::rounds_up' panicked at src/price.rs:9:5:\nassertion `left == right` failed\n  left: 2\n right: 3\n\n------------\n     Summary [   0.005s] 3 tests run: 2 passed, 1 failed, 0 skipped\n        FAIL [   0.004s] shop price::rounds_up\nerror: test run failed",
    'rounds_up',
  ),
  B(
    'node --test',
    '✔ adds (0.5ms)\n✖ removes (1.1ms)\n  AssertionError [ERR_ASSERTION]: 2 == 3\nℹ tests 2\nℹ pass 1\nℹ fail 1\n\n✖ failing tests:\n\ntest at cart.test.js:9:1\n✖ removes (1.1ms)\n  AssertionError [ERR_ASSERTION]: 2 == 3',
    'removes',
  ),
  B(
    'npx ava',
    '  ✔ adds\n  ✘ [fail]: removes\n  ─\n\n  removes\n\n  cart.test.js:9\n\n   8:\n   9:   t.is(n, 3)\n\n  Difference:\n  - 2\n  + 3\n\n  1 test failed',
    'removes',
  ),
  B(
    'gotestsum',
    '✖  shop/price (2ms)\n\n=== Failed\n=== FAIL: shop/price TestRoundsUp (0.00s)\n    price_test.go:9: got 2, want 3\n\nDONE 3 tests, 1 failure in 0.012s',
    'TestRoundsUp[^]*got 2',
  ),
  B(
    'soda scan',
    '1/3 checks FAILED: \n    orders in dw\n      row_count > 0 [FAILED]\n        check_value: 0',
    'row_count',
  ),
  B(
    'pg_prove t',
    't/price.sql .. 1/3 \n# Failed test 2: "rounds up"\n#         have: 2\n#         want: 3\n# Looks like you failed 1 test of 3\nt/price.sql .. Failed 1/3 subtests \nResult: FAIL',
    'rounds up',
  ),
];

export const PEACEFUL: readonly Case[] = [
  B(
    'bin/rails test',
    'LoanTest#test_rejects_failed_card = 0.01 s = .\n\n88 runs, 190 assertions, 0 failures, 0 errors, 0 skips',
  ),
  B(
    'vendor/bin/pest',
    '   PASS  Tests\\Feature\\RefundTest\n  ✓ it shows an error for FAILED cards   0.11s\n\n  Tests:    4 passed (9 assertions)',
  ),
  B(
    'swift test',
    '✔ Test "fails on bad input" passed after 0.001 seconds.\n✔ Test run with 3 tests passed after 0.002 seconds.',
  ),
  B('./build/tests', '[ RUN      ] Error.IsRaised\n[       OK ] Error.IsRaised (0 ms)\n[  PASSED  ] 2 tests.'),
  B('prove -l', 't/failed_cards.t .. ok\nAll tests successful.\nResult: PASS'),
  B('Invoke-Pester', '[+] Price.shows an error 12ms (10ms|2ms)\nTests Passed: 3, Failed: 0, Skipped: 0'),
  B(
    'cargo nextest run',
    '        PASS [   0.004s] shop price::fails_on_nan\n     Summary [   0.005s] 3 tests run: 3 passed, 0 failed, 0 skipped',
  ),
  B('forge test', '[PASS] testFailsBelowReserve() (gas: 12034)\nSuite result: ok. 3 passed; 0 failed; 0 skipped'),
  B('gotestsum', '✓  shop/price (2ms)\n\nDONE 3 tests in 0.012s'),
  B('opa test .', 'data.authz.test_denied: PASS (1.2ms)\nPASS: 4/4'),
  B('robot tests', 'Login :: Error page                                   | PASS |\n2 tests, 2 passed, 0 failed'),
  B('lein test', 'Ran 3 tests containing 3 assertions.\n0 failures, 0 errors.'),
  B('Rscript -e "devtools::test()"', '✔ | 3 | errors\n[ FAIL 0 | WARN 0 | SKIP 0 | PASS 3 ]'),
  B('npx hardhat test', '  Auction\n    ✔ reverts with an error on low bids\n\n  3 passing (2s)'),
  B(
    'adb logcat -d',
    'I ActivityManager: Killing 812: error state cleared\nW System.err: java.io.IOException ignored\nD ErrorReporter: started',
  ),
  B('git log --oneline -3', 'a1b2c3d Test Failed at startup is no more\n9f8e7d6 FAIL in (rounds-up) fixed'),
  B('cat notes.txt', 'E note: the FAIL column is explained below\nI think: fatal errors are rare'),
  B('grep -rn "FAILED" test', 'test/a.cpp:12: FAILED: is printed by the runner'),
  B('lua a.lua', 'no attempt to connect was made\nok'),
  B('sqlite3 a.db .schema', 'CREATE TABLE errors (message text, near_line int);'),
];
