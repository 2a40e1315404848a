import { expect, test } from '@jest/globals';
import { formatOf, FORMATS, FORMAT_NAMES } from '../../../src/domain/log/formats/index.js';
import { LEVELS, type LogHeader, NO_LEVEL } from '../../../src/domain/log/model.js';

const CLOCK = { now: Date.UTC(2025, 0, 1, 12), zoneMinutes: 0 };
const NOON = Date.UTC(2025, 0, 1, 12);

/** What each row states of its line: level, message, and what else matters there. */
type Row = readonly [line: string, level: string | null, message: string, also?: Partial<LogHeader>];

function read(name: string, line: string): LogHeader & { text: string } {
  const format = formatOf(name);
  if (format === null) throw new Error(`no format ${name}`);
  const level = format.level(line);
  expect(level).not.toBe(-1);
  const header = format.header(line, CLOCK);
  expect(header.level).toBe(level === NO_LEVEL ? null : LEVELS[level]);
  return { ...header, text: header.message ?? line.slice(header.messageAt) };
}

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  python: [
    ['2025-01-01 12:00:00,000 - backend.app - ERROR - boom', 'error', 'boom', { at: NOON, logger: 'backend.app' }],
    ['2025-01-01 12:00:00,000 - ERROR - boom - again', 'error', 'boom - again', { logger: null }],
    ['2025-01-01 12:00:00,000 - INFO     - app.core - 0 errors', 'info', '0 errors', { logger: 'app.core' }],
    ['2025-01-01 12:00:00 - __main__ - [WARNING] - slow', 'warning', 'slow', { at: NOON }],
    ['2025-01-01 12:00:00,000 - app - 4321 - CRITICAL - out of memory', 'critical', 'out of memory'],
    ['2025-01-01 12:00:00,000 - app - DEBUG - [core.py:12] - x', 'debug', 'x'],
  ],
  'python-basic': [
    ['ERROR:backend.app:boom: x', 'error', 'boom: x', { at: null, logger: 'backend.app' }],
    ['WARNING:root:0 errors', 'warning', '0 errors'],
    ['CRITICAL:__main__:', 'critical', ''],
  ],
  flask: [
    ['[2025-01-01 12:00:00,000] ERROR in app: Exception on /x [GET]', 'error', 'Exception on /x [GET]', { at: NOON }],
    ['[2025-01-01 12:00:00,000] INFO in views.errors: error page shown', 'info', 'error page shown'],
    ['[2025-01-01 12:00:00] WARNING in __init__: x', 'warning', 'x', { logger: '__init__' }],
  ],
  celery: [
    [
      '[2025-01-01 12:00:00,000: ERROR/MainProcess] Task a[1] raised',
      'error',
      'Task a[1] raised',
      { stream: 'MainProcess' },
    ],
    ['[2025-01-01 12:00:00,000: INFO/ForkPoolWorker-2] done', 'info', 'done', { stream: 'ForkPoolWorker-2' }],
    ['[2025-01-01 12:00:00,000: WARNING/Beat] late', 'warning', 'late', { at: NOON }],
  ],
  airflow: [
    ['[2025-01-01T12:00:00.000+0000] {taskinstance.py:1824} ERROR - Task failed', 'error', 'Task failed', { at: NOON }],
    ['[2025-01-01, 12:00:00 UTC] {local_task_job.py:1} INFO - Return code 0', 'info', 'Return code 0', { at: NOON }],
    ['[2025-01-01 12:00:00,000] {dag.py:3} WARNING - x', 'warning', 'x', { logger: 'dag.py:3' }],
  ],
  scrapy: [
    ['2025-01-01 12:00:00 [scrapy.core.engine] ERROR: boom', 'error', 'boom', { logger: 'scrapy.core.engine' }],
    ['2025-01-01 12:00:00 [scrapy.core.engine] INFO: Spider opened', 'info', 'Spider opened', { at: NOON }],
    ['2025-01-01 12:00:00 [py.warnings] WARNING: x', 'warning', 'x'],
  ],
  loguru: [
    ['2025-01-01 12:00:00.000 | ERROR    | app.core:run:12 - boom', 'error', 'boom', { at: NOON, logger: 'app.core' }],
    ['ERROR    | app.core:<module>:12 - boom', 'error', 'boom', { at: null }],
    ['2025-01-01 12:00:00.000+00:00 | SUCCESS  | __main__:f:1 - error count 0', 'info', 'error count 0', { at: NOON }],
  ],
  oslo: [
    [
      '2025-01-01 12:00:00.000 123 ERROR nova.compute [req-1 2 - - -] boom',
      'error',
      'boom',
      { stream: '123', at: NOON },
    ],
    ['nova-api.log.1.2017-05-16_13:53:08 2025-01-01 12:00:00.000 9 INFO nova.x [-] up', 'info', 'up', { at: NOON }],
    [
      '2025-01-01 12:00:00.000 123 WARNING nova.compute no request',
      'warning',
      'no request',
      { logger: 'nova.compute' },
    ],
  ],
  pytest: [
    ['ERROR    name:file.py:12 boom', 'error', 'boom', { logger: 'name' }],
    ['INFO     app.core:core.py:3 0 errors', 'info', '0 errors'],
    ['WARNING  root:test_x.py:100 x', 'warning', 'x'],
  ],
  uvicorn: [
    [
      'INFO:     127.0.0.1:1234 - "GET /api/error_monitoring HTTP/1.1" 200 OK',
      'info',
      '"GET /api/error_monitoring HTTP/1.1" 200 OK',
      { status: 200 },
    ],
    [
      'INFO:     10.0.0.9:1 - "POST /x HTTP/1.1" 500 Internal Server Error',
      'error',
      '"POST /x HTTP/1.1" 500 Internal Server Error',
      { status: 500 },
    ],
    [
      'INFO:     ::1:4 - "GET /x HTTP/1.1" 404 Not Found',
      'warning',
      '"GET /x HTTP/1.1" 404 Not Found',
      { status: 404 },
    ],
    ['ERROR:    Exception in ASGI application', 'error', 'Exception in ASGI application', { status: null }],
    ['WARNING:  Invalid HTTP request received.', 'warning', 'Invalid HTTP request received.'],
    ['INFO:     Application startup complete.', 'info', 'Application startup complete.'],
    [
      '\u001b[32mINFO\u001b[0m:     Started server process [\u001b[36m1\u001b[0m]',
      'info',
      'Started server process [1]',
    ],
  ],
  gunicorn: [
    [
      '[2025-01-01 12:00:00 +0000] [123] [ERROR] Exception in worker process',
      'error',
      'Exception in worker process',
      { at: NOON, stream: '123' },
    ],
    [
      '[2025-01-01 13:00:00 +0100] [7] [INFO] Booting worker with pid: 7',
      'info',
      'Booting worker with pid: 7',
      { at: NOON },
    ],
    ['[2025-01-01 12:00:00 +0000] [123] [CRITICAL] WORKER TIMEOUT (pid:9)', 'critical', 'WORKER TIMEOUT (pid:9)'],
  ],
  redis: [
    [
      '1234:M 01 Jan 2025 12:00:00.000 # Error condition on socket',
      'error',
      'Error condition on socket',
      { at: NOON, stream: '1234:M' },
    ],
    ['12:C 01 Jan 2025 12:00:00.000 * Redis is starting', 'notice', 'Redis is starting'],
    ['12:S 01 Jan 2025 12:00:00.000 - Accepted 127.0.0.1:1', 'info', 'Accepted 127.0.0.1:1'],
    ['12:X 01 Jan 2025 12:00:00.000 . ping', 'debug', 'ping'],
    ['[1234] 01 Jan 12:00:00.000 # Server started', 'error', 'Server started', { at: NOON, stream: '[1234]' }],
  ],
  access: [
    [
      '127.0.0.1 - - [01/Jan/2025:12:00:00 +0000] "GET /api/error HTTP/1.1" 200 12 "-" "curl/8"',
      'info',
      '"GET /api/error HTTP/1.1" 200',
      { at: NOON, status: 200 },
    ],
    [
      '10.0.0.1 - bob [01/Jan/2025:13:00:00 +0100] "GET /x?q=\\"a\\" HTTP/1.1" 502 -',
      'error',
      '"GET /x?q=\\"a\\" HTTP/1.1" 502',
      { at: NOON },
    ],
    [
      '::1 - - [01/Jan/2025:12:00:00 +0000] "GET /x HTTP/1.1" 404 1 "http://a/" "Mozilla/5.0 (500)"',
      'warning',
      '"GET /x HTTP/1.1" 404',
    ],
    ['www.a.org:443 10.0.0.1 - - [01/Jan/2025:12:00:00 +0000] "\\x16\\x03" 400 1', 'warning', '"\\x16\\x03" 400'],
    ['[01/Jan/2025 12:00:00] "GET /x HTTP/1.1" 500 13', 'error', '"GET /x HTTP/1.1" 500', { at: NOON }],
  ],
  'nginx-error': [
    [
      '2025/01/01 12:00:00 [error] 12#13: *456 open() "/x" failed',
      'error',
      'open() "/x" failed',
      { at: NOON, stream: '12#13' },
    ],
    ['2025/01/01 12:00:00 [emerg] 1#1: bind() failed', 'critical', 'bind() failed'],
    ['2025/01/01 12:00:00 [notice] 1#1: signal process started', 'notice', 'signal process started'],
  ],
  'apache-error': [
    [
      '[Wed Jan 01 12:00:00.000000 2025] [core:error] [pid 1:tid 2] [client 1.2.3.4:5] AH1: x',
      'error',
      '[client 1.2.3.4:5] AH1: x',
      { at: NOON, logger: 'core' },
    ],
    [
      '[Wed Jan 01 12:00:00 2025] [error] mod_jk child workerEnv in error state 6',
      'error',
      'mod_jk child workerEnv in error state 6',
    ],
    [
      '[Wed Jan 01 12:00:00.5 2025] [mpm_event:notice] [pid 1] AH00489: configured',
      'notice',
      'AH00489: configured',
      { stream: '1' },
    ],
  ],
  spring: [
    [
      '2025-01-01 12:00:00.000 ERROR 12 --- [           main] c.f.Bar                  : boom',
      'error',
      'boom',
      { logger: 'c.f.Bar', stream: '12' },
    ],
    ['2025-01-01T12:00:00.000Z  INFO 12 --- [app] [nio-1] o.s.W : up', 'info', 'up', { at: NOON }],
    ['2025-01-01T12:00:00.000+00:00  WARN 12 --- [x] o.a.c.c.C.[.[.[/] : slow', 'warning', 'slow'],
  ],
  logback: [
    [
      '2025-01-01 12:00:00,000 [main] ERROR com.foo.Bar - boom',
      'error',
      'boom',
      { logger: 'com.foo.Bar', stream: 'main' },
    ],
    ['12:00:00.000 [pool-1-thread-2] WARN  c.f.Bar -- slow', 'warning', 'slow', { at: NOON }],
    ['2025-01-01T12:00:00.000Z [main] INFO Bar: error handler installed', 'info', 'error handler installed'],
  ],
  log4j: [
    [
      '2025-01-01 12:00:00,000 ERROR [RMCommunicator Allocator] org.a.B: ERROR IN CONTACTING RM.',
      'error',
      'ERROR IN CONTACTING RM.',
      { logger: 'org.a.B' },
    ],
    [
      '2025-01-01 12:00:00,000 - WARN  [Send:0:Q$S@688] - Send worker leaving',
      'warning',
      'Send worker leaving',
      { at: NOON },
    ],
    ['25/01/01 12:00:00 INFO storage.BlockManager: Found block rdd_21_0', 'info', 'Found block rdd_21_0', { at: NOON }],
  ],
  iso: [
    [
      '2025-01-01T12:00:00.000Z  INFO my_crate::mod: 0 errors',
      'info',
      '0 errors',
      { at: NOON, logger: 'my_crate::mod' },
    ],
    ['[2025-01-01T12:00:00Z ERROR my_crate::mod] boom', 'error', 'boom', { logger: 'my_crate::mod' }],
    ['2025-01-01 12:00:00 [error] boom', 'error', 'boom', { at: NOON }],
    ['2025-01-01T14:00:00+02:00 error: boom', 'error', 'boom', { at: NOON }],
    ['[2025-01-01 12:00:00] [WARNING] [backend.app] slow', 'warning', 'slow', { logger: 'backend.app' }],
    ['2025-01-01T12:00:00.000Z\tERROR\tboom', 'error', 'boom'],
    ['2025-01-01 12:00:00 ERROR ValueError: bad', 'error', 'ValueError: bad', { logger: null }],
  ],
  klog: [
    [
      'E0101 12:00:00.000000   123 file.go:10] boom',
      'error',
      'boom',
      { at: NOON, stream: '123', logger: 'file.go:10' },
    ],
    ['I0101 12:00:00.000000       1 main.cc:3] error budget fine', 'info', 'error budget fine'],
    ['W20250101 12:00:00.000000 9 a/b.cc:7] x', 'warning', 'x', { at: NOON }],
  ],
  logfmt: [
    ['time="2025-01-01T12:00:00Z" level=error msg="boom" err="no host"', 'error', 'boom: no host', { at: NOON }],
    ['ts=2025-01-01T12:00:00Z caller=a.go:1 level=warn msg=slow', 'warning', 'slow', { at: NOON }],
    ['level=info msg="level=error in a text" component=api', 'info', 'level=error in a text', { logger: 'api' }],
    ['msg="say \\"level=error\\" level=error" level=debug', 'debug', 'say "level=error" level=error'],
    ['ts=1735732800.0 msg=plain', null, 'plain', { at: NOON }],
  ],
  vite: [
    [
      '12:00:00 PM [vite] Internal server error: Failed to resolve import',
      'error',
      'Internal server error: Failed to resolve import',
      { at: NOON },
    ],
    ['12:00:00 [vite] (client) hmr update /src/Error.vue', 'info', 'hmr update /src/Error.vue'],
    ['[vite] error while updating dependencies:', 'error', 'error while updating dependencies:'],
    ['12:00:00 PM [vite] http proxy error: /api', 'error', 'http proxy error: /api'],
  ],
  npm: [
    ['npm ERR! code E404', 'error', 'code E404'],
    ['npm error code ENOENT', 'error', 'code ENOENT'],
    ['npm warn deprecated x@1: error prone', 'warning', 'deprecated x@1: error prone'],
  ],
  console: [
    ['✘ [ERROR] Could not resolve "x"', 'error', 'Could not resolve "x"'],
    ['[error] boom', 'error', 'boom'],
    ['ERROR: boom', 'error', 'boom'],
    ['error: boom', 'error', 'boom'],
    ['error[E0308]: mismatched types', 'error', 'mismatched types'],
    ['WARN  3 errors ignored', 'warning', '3 errors ignored'],
    ['(node:12) [DEP0040] DeprecationWarning: x', 'warning', 'DeprecationWarning: x', { stream: '12' }],
  ],
  dated: [
    [
      '2025-01-01 12:00:00.000 UTC [123] ERROR:  relation "x" does not exist',
      'error',
      'relation "x" does not exist',
      { at: NOON, stream: '123' },
    ],
    ['20250101-12:00:00:000|Comp|3000|msg a|b', null, 'msg a|b', { at: NOON, logger: 'Comp' }],
    [
      '01-01 12:00:00.000  1702  2395 D WindowManager: 0 errors',
      'debug',
      '0 errors',
      { at: NOON, logger: 'WindowManager' },
    ],
    ['[01.01 12:00:00] chrome.exe - error page opened', null, 'error page opened', { at: NOON, logger: 'chrome.exe' }],
    ['2025-01-01 12:00:00, Info                  CBS    Loaded', 'info', 'Loaded', { at: NOON, logger: 'CBS' }],
    ['2025-01-01T12:00:00.000+0000 E NETWORK  [conn1] boom', 'error', '[conn1] boom', { at: NOON }],
    ['2025-01-01 12:00:00,000 - backend.app - ERROR - boom', 'error', 'boom', { logger: 'backend.app' }],
    ['2025-01-01 12:00:00 Review backend error logs', null, 'Review backend error logs', { at: NOON }],
    ['2025-01-01 12:00:00 HTTP ERROR 500 returned', null, 'HTTP ERROR 500 returned'],
    ['2025-01-01 12:00:00 GET /api/error_monitoring 200 OK', null, 'GET /api/error_monitoring 200 OK'],
    ['2025-01-01 12:00:00 0 errors', null, '0 errors'],
    ['[2025-01-01 12:00:00] [cache] [error] boom', 'error', 'boom'],
    ['2025-01-01 12:00:00 Error connecting to db', null, 'Error connecting to db'],
  ],
  generic: [
    [
      '- 1117838570 2005.06.03 NODE 2005-06-03-15.42.50.363779 NODE RAS KERNEL INFO msg',
      'info',
      'msg',
      { at: 1_117_838_570_000 },
    ],
    [
      '250101 120000 143 INFO dfs.DataNode$PacketResponder: msg',
      'info',
      'msg',
      { at: NOON, logger: 'dfs.DataNode$PacketResponder' },
    ],
    ['12:00:00 worker started', null, 'worker started', { at: NOON }],
    ['ERROR 2025-01-01 12:00:00,000 boom', 'error', 'boom', { at: NOON }],
    ['1735732800.000 boom', null, 'boom', { at: NOON }],
  ],
};

const TABLE = Object.entries(ROWS).flatMap(([name, rows]) => rows.map((row) => [name, ...row] as const));

test.each(TABLE)('%s: %s', (name, line, level, message, also = {}) => {
  const header = read(name, line);
  expect({ ...header, level: header.level, text: header.text }).toMatchObject({ level, text: message, ...also });
});

test.each(TABLE)('%s reads the bytes of %s one by one to the same level', (name, line, level) => {
  const format = formatOf(name);
  const bytes = Buffer.from(line).toString('latin1');
  expect(LEVELS[format?.level(bytes) ?? -1] ?? null).toBe(level);
});

const JSON_ROWS: readonly Row[] = [
  [
    '{"level":50,"time":1735732800000,"pid":12,"hostname":"h","msg":"boom","err":{"message":"m","stack":"Error: m\\n at x"}}',
    'error',
    'boom',
    { at: NOON, stream: '12', stack: 'Error: m\n at x' },
  ],
  ['{"level":30,"time":1735732800000,"msg":"0 errors"}', 'info', '0 errors'],
  [
    '{"name":"api","pid":1,"level":60,"msg":"died","time":"2025-01-01T12:00:00.000Z","v":0}',
    'critical',
    'died',
    { logger: 'api', at: NOON },
  ],
  [
    '{"event":"boom","level":"error","logger":"a.b","timestamp":"2025-01-01T12:00:00Z","exception":"Traceback…"}',
    'error',
    'boom',
    { logger: 'a.b', stack: 'Traceback…' },
  ],
  [
    '{"@timestamp":"2025-01-01T12:00:00.000Z","message":"m","logger_name":"c.F","thread_name":"main","level":"WARN","stack_trace":"s"}',
    'warning',
    'm',
    { stream: 'main', stack: 's' },
  ],
  [
    '{"asctime": "2025-01-01 12:00:00,000", "levelname": "CRITICAL", "name": "app", "message": "m", "exc_info": "e"}',
    'critical',
    'm',
    { at: NOON, stack: 'e' },
  ],
  [
    '{"level":"error","ts":1735732800.0,"caller":"a.go:1","msg":"m","stacktrace":"s","request_id":"r1"}',
    'error',
    'm',
    { at: NOON, stream: 'r1', stack: 's' },
  ],
  [
    '{"@timestamp":"2025-01-01T12:00:00Z","log.level":"ERROR","message":"m","error.stack_trace":"s"}',
    'error',
    'm',
    { stack: 's' },
  ],
  [
    '{"log":{"level":"error","logger":"x.y"},"message":"m","@timestamp":"2025-01-01T12:00:00Z"}',
    'error',
    'm',
    { logger: 'x.y' },
  ],
  ['{"severity":"WARNING","message":"{\\"level\\":\\"error\\"}"}', 'warning', '{"level":"error"}'],
  ['{"context":{"level":"error"},"level":"info","msg":"nested"}', 'info', 'nested'],
  [
    '{"PRIORITY":"3","MESSAGE":"m","SYSLOG_IDENTIFIER":"app","_PID":"9","__REALTIME_TIMESTAMP":"1735732800000000"}',
    'error',
    'm',
    { at: NOON, logger: 'app', stream: '9' },
  ],
  ['{"time":"2025-01-01T12:00:00Z","msg":"no level"}', null, 'no level', { at: NOON }],
  ['{"time":"2025-01-01T12:00:00Z","msg":"served","status":503}', 'error', 'served', { status: 503 }],
  ['{"lvl":"eror","@level":"error","@message":"terraform"}', 'error', 'terraform'],
  ['{"level":"error","err":{"message":"only there"}}', 'error', 'only there'],
];

test.each(JSON_ROWS)('json: %s', (line, level, message, also = {}) => {
  const header = read('json', line);
  expect(header).toMatchObject({ level, text: message, ...also });
});

test.each([
  '{"level":"error","msg":"cut',
  '{"level":"error","msg":broken}',
  '{',
  '{}',
  '{"error":"x","detail":"y"}',
  '{"level":{"nested":1},"msg":"m"}',
  '["level","error"]',
])('%s begins no entry', (line) => {
  expect(formatOf('json')?.level(line)).toBe(-1);
});

const NO_HEADERS = [
  '',
  ' ',
  'Traceback (most recent call last):',
  '  File "/app/x.py", line 12, in run',
  "ValueError: invalid literal for int() with base 10: 'x'",
  'Error: boom',
  'java.lang.IllegalStateException: 2 errors',
  '\tat com.foo.Bar.run(Bar.java:12)',
  'Caused by: java.io.IOException: x',
  '    at async run (file:///app/x.js:1:2)',
  'During handling of the above exception, another exception occurred:',
  'panic: runtime error: index out of range',
  'goroutine 1 [running]:',
  '  + Exception Group Traceback (most recent call last):',
  'Review backend error logs',
  '0 errors, 3 warnings',
  'Error rate is 5 %',
  'Warning signs were missed',
  '192.168.0.1',
  '  "level": "error",',
];

test('a broken JSON line below a warning costs no parse and stands as it is', () => {
  expect(read('json', '{"level":30,"msg":broken}')).toMatchObject({ level: 'info', text: '{"level":30,"msg":broken}' });
});

test.each(NO_HEADERS)('no format takes %j for a header', (line) => {
  expect(FORMATS.filter((format) => format.level(line) !== -1).map(({ name }) => name)).toEqual([]);
});

test('every format has a name of its own and is found by it', () => {
  expect(new Set(FORMAT_NAMES).size).toBe(FORMATS.length);
  for (const format of FORMATS) expect(formatOf(format.name)).toBe(format);
  expect(formatOf('nonsense')).toBeNull();
  expect(formatOf('docker+nonsense')).toBeNull();
  expect(formatOf('nonsense+python')).toBeNull();
});
