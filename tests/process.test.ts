import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compile, type Compiled } from './queue/compiled.js';

let compiled: Compiled;
beforeAll(() => {
  compiled = compile('src/process.ts', 'src/errors.ts', 'src/logger.ts');
});
afterAll(() => compiled.remove());

interface Line {
  readonly event: string;
  readonly [key: string]: unknown;
}

interface Child {
  readonly child: ChildProcess;
  readonly lines: Line[];
  /** Resolves with code and signal once it has ended. */
  readonly ended: Promise<unknown[]>;
}

/** A process of ours; `body` is what it does at its start, with `defer`, `signal` and `say` (a message to us). */
function start(body: string): Child {
  const file = join(compiled.folder, `${Math.random().toString(36).slice(2)}.js`);
  writeFileSync(
    file,
    `import { runProcess } from './src/process.js';
     import { ConfigError } from './src/errors.js';
     const say = (text) => process.send?.(text);
     await runProcess('test', async (defer, signal) => { ${body} });`,
  );
  const child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const lines: Line[] = [];
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
  });
  const stderr = child.stderr === null ? null : once(child.stderr, 'end');
  const ended = once(child, 'exit').then(async (how) => {
    await stderr;
    return how;
  });
  return { child, lines, ended };
}

async function hears(child: ChildProcess, wanted: string): Promise<void> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [unknown];
    if (message === wanted) return;
  }
}

const events = ({ lines }: Child): readonly string[] => lines.map(({ event }) => event);

test.each(['SIGINT', 'SIGTERM'] as const)('on %s it releases in reverse and ends with 0', async (signal) => {
  const run = start(`
    defer(() => console.error(JSON.stringify({ event: 'first' })));
    defer(async () => { await new Promise((done) => setTimeout(done, 20)); console.error(JSON.stringify({ event: 'second' })); });`);
  await hears(run.child, 'ready');
  run.child.kill(signal);
  expect(await run.ended).toEqual([0, null]);
  expect(events(run)).toEqual([
    'process.started',
    'process.ready',
    'process.stopping',
    'second',
    'first',
    'process.stopped',
  ]);
});

test('it ends when its parent does', async () => {
  const run = start('');
  await hears(run.child, 'ready');
  run.child.disconnect();
  expect(await run.ended).toEqual([0, null]);
  expect(run.lines.find(({ event }) => event === 'process.stopping')).toMatchObject({ why: 'disconnect' });
});

test('a start that fails half-way releases what it had opened and ends with 1', async () => {
  const run = start(`
    defer(() => console.error(JSON.stringify({ event: 'released' })));
    throw new ConfigError(['redis.url: no', 'logs: neither']);`);
  expect(await run.ended).toEqual([1, null]);
  expect(events(run)).toEqual(['process.started', 'released', 'process.failed']);
  expect(run.lines.at(-1)).toMatchObject({ error: 'ConfigError', faults: ['redis.url: no', 'logs: neither'] });
});

test('a stop during the start aborts it, and is no failure', async () => {
  const run = start(`
    say('starting');
    await new Promise((_, reject) => {
      const alive = setInterval(() => undefined, 1_000);
      signal.addEventListener('abort', () => { clearInterval(alive); reject(signal.reason); });
    });`);
  await hears(run.child, 'starting');
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual([0, null]);
  expect(events(run)).toEqual(['process.started', 'process.stopping', 'process.stopped']);
});

test('a release that fails does not keep the others from being released', async () => {
  const run = start(`
    defer(() => console.error(JSON.stringify({ event: 'released' })));
    defer(() => { throw new Error('stuck'); });`);
  await hears(run.child, 'ready');
  run.child.kill('SIGINT');
  expect(await run.ended).toEqual([1, null]);
  expect(events(run).slice(-2)).toEqual(['released', 'process.failed']);
});

test('a second signal ends it at once', async () => {
  const run = start(`defer(() => { say('releasing'); return new Promise(() => undefined); });`);
  await hears(run.child, 'ready');
  run.child.kill('SIGINT');
  await hears(run.child, 'releasing');
  const askedAt = performance.now();
  run.child.kill('SIGINT');
  expect(await run.ended).toEqual([1, null]);
  expect(performance.now() - askedAt).toBeLessThan(2_000);
});

test('a release that hangs does not keep it for longer than PM2 waits', async () => {
  const run = start(`defer(() => new Promise(() => undefined));`);
  await hears(run.child, 'ready');
  const askedAt = performance.now();
  run.child.kill('SIGINT');
  expect(await run.ended).toEqual([1, null]);
  expect(performance.now() - askedAt).toBeLessThan(8_000);
});

test.each([
  ['thrown', `setTimeout(() => { throw new TypeError('oops'); }, 10)`],
  ['rejected', `setTimeout(() => { Promise.reject(new TypeError('oops')); }, 10)`],
])('an error that nobody caught, %s, is logged and ends it with 1', async (_, body) => {
  const run = start(body);
  expect(await run.ended).toEqual([1, null]);
  expect(run.lines.at(-1)).toMatchObject({ event: 'process.failed', error: 'TypeError', message: 'oops' });
});

test('what did not parse is not repeated in the log', async () => {
  const run = start(`JSON.parse('words of a transcript')`);
  expect(await run.ended).toEqual([1, null]);
  expect(JSON.stringify(run.lines)).not.toContain('words');
});
