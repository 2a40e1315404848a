/**
 * Who may import whom. Each row is an allow-list: what is not named is refused, so a new folder or a new library is a
 * decision that shows here. The same table with its reasons is in CONTRIBUTING.md.
 */

/** Everyone's: they import nothing of ours. */
const COMMON = ['^src/errors\\.ts$', '^src/logger\\.ts$'];
/** Libraries that only compute. */
const PURE = ['zod', 'fastest-levenshtein', 'simple-statistics', 'ml-matrix'];

const npm = (...names) => names.map((name) => `(?:^|/)node_modules/(?:@types/)?${name}(?:/|$)`);
/** Modules of Node; `node:` is dropped in the paths that the rules see. */
const node = (...names) => names.map((name) => `^(?:node:)?${name}$`);
const anyNode = '^(?:node:)?[a-z_]+(?:/promises)?$';

/** @param allowed paths and libraries that files in `folder` may import besides the folder itself */
const row = (name, folder, reason, allowed, from = {}) => ({
  name,
  comment: reason,
  severity: 'error',
  from: { path: folder, ...from },
  to: { pathNot: [folder, ...COMMON, ...allowed] },
});

const CONFIG = '^src/config(?:\\.ts$|/)';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'What is imported exists and is a dependency of the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    row('domain', '^src/domain/', 'It is tested like arithmetic.', [...npm(...PURE), ...node('crypto')]),
    row('jobs', '^jobs/', 'Both ends of a queue share one leaf.', [
      ...npm('zod'),
      ...node('crypto'),
      '^src/domain/(?:model|log/model)\\.ts$',
    ]),
    row('sources', '^src/sources/', 'Files and sockets are touched in one place.', [
      anyNode,
      ...npm('chokidar', 'picomatch'),
      '^src/domain/model\\.ts$',
    ]),
    row('queue', '^src/queue/', 'Only it and the board know BullMQ.', [
      ...npm('bullmq', 'ioredis', 'zod'),
      anyNode,
      '^jobs/',
      CONFIG,
    ]),
    row('store', '^src/store/', 'Only it knows a key; merging is pure code of the domain that it calls.', [
      ...npm('ioredis', 'zod'),
      anyNode,
      '^src/domain/',
      CONFIG,
    ]),
    row('mcp', '^src/mcp/', 'The server only asks and reads; what it queues is redacted first.', [
      ...npm('@modelcontextprotocol/server', '@modelcontextprotocol/node', 'zod', 'fastest-levenshtein'),
      anyNode,
      '^jobs/',
      '^src/domain/(?:model|clean|chat)\\.ts$',
      '^src/queue/enqueue\\.ts$',
      '^src/store/',
      CONFIG,
      '^src/(?:process|token|redaction)\\.ts$',
    ]),
    row('config', '^src/config(?:\\.ts$|/)', 'It is read before anything else is there.', [
      anyNode,
      ...npm('zod', 'fastest-levenshtein', 'picomatch'),
      '^src/domain/(?:model|log/model)\\.ts$',
      '^jobs/',
    ]),
    row('token', '^src/token\\.ts$', 'The board and MCP over HTTP open to a file of the same kind.', [anyNode]),
    row('redaction', '^src/redaction\\.ts$', 'The key of the state folder meets the rules in one place.', [
      anyNode,
      CONFIG,
      '^src/domain/redact/',
      '^src/token\\.ts$',
    ]),
    row('tail-report', '^src/tail-report\\.ts$', 'What tail tells the command line beside Redis.', [
      anyNode,
      ...npm('zod'),
    ]),
    row('process', '^src/process\\.ts$', 'Every process starts and ends in the same way.', [anyNode]),
    row('common', '^src/(?:errors|logger)\\.ts$', 'Everyone may import them, so they import nothing.', [anyNode]),
    row('supervisor', '^src/supervisor/', 'PM2 and the Redis of our own are handled in one place.', [
      anyNode,
      ...npm('pm2', 'ioredis', 'zod'),
      '^jobs/',
      '^src/domain/model\\.ts$',
      '^src/(?:queue|store|sources)/',
      CONFIG,
      '^src/process\\.ts$',
      '^scripts/redis-server\\.d?\\.?mjs$',
      '^scripts/redis-server\\.d\\.mts$',
    ]),
    row('cli', '^src/cli/', 'Commands stay thin.', [
      anyNode,
      ...npm('commander', 'cli-progress', 'fastest-levenshtein', 'zod'),
      '^jobs/',
      '^src/',
    ]),
    row('workers', '^workers/', 'Composition happens here and nowhere else.', [
      anyNode,
      ...npm('bullmq', 'ioredis', 'zod', 'hono', '@hono/node-server', '@bull-board/api', '@bull-board/hono'),
      '^jobs/',
      '^src/(?!mcp/|cli/|supervisor/)',
    ]),
    {
      name: 'workers-alone',
      comment: 'A worker knows no other: it asks for a job. Only the launcher knows them all.',
      severity: 'error',
      from: { path: '^workers/([^/.]+)(?:\\.ts$|/)', pathNot: '^workers/(?:main|launch)\\.ts$' },
      to: { path: '^workers/', pathNot: ['^workers/define\\.ts$', '^workers/$1(?:\\.ts$|/)'] },
    },
    {
      name: 'bullmq-in-its-place',
      comment: 'Only the queue and the board know BullMQ.',
      severity: 'error',
      from: { path: '^(?:src|jobs|workers)/', pathNot: ['^src/queue/', '^workers/board'] },
      to: { path: npm('bullmq') },
    },
    {
      name: 'supervisor-for-cli',
      comment: 'Nothing but a command starts or stops processes.',
      severity: 'error',
      from: { path: '^(?:src|jobs|workers)/', pathNot: ['^src/supervisor/', '^src/cli/'] },
      to: { path: '^src/supervisor/' },
    },
    {
      name: 'sdk-in-mcp',
      comment: 'Only what serves knows an SDK: tools, resources and prompts are declared without one.',
      severity: 'error',
      from: { path: '^(?:src|jobs|workers)/', pathNot: '^src/mcp/(?:serve|stdio|http)/' },
      to: { path: npm('@modelcontextprotocol') },
    },
    {
      name: 'not-from-the-side',
      comment: 'A folder with an index.ts has one door for others, and its own files do not go through it.',
      severity: 'error',
      from: { path: '^src/domain/transcript/', pathNot: 'index\\.ts$' },
      to: { path: '^src/domain/transcript/index\\.ts$' },
    },
    {
      name: 'nobody-imports-tests-or-bench',
      comment: 'bench/ and tests/ may import everything, and nothing imports them.',
      severity: 'error',
      from: { path: '^(?:src|jobs|workers|scripts)/' },
      to: { path: '^(?:tests|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
    exclude: { path: '^dist/' },
  },
};
