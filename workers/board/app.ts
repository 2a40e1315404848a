/** The dashboard as a function from requests to answers. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { messageOf } from '../../src/errors.js';
import type { QueueLine } from '../../src/queue/connection.js';
import type { Enqueuer } from '../../src/queue/enqueue.js';
import { JOB_NAMES } from '../../src/queue/settings.js';
import type { StoreWriter } from '../../src/store/writer.js';
import { judge, plain, type Door } from './access.js';
import { awayPage, firstPage, type Overview } from './page.js';

export interface BoardSources {
  readonly store: Pick<StoreWriter, 'count' | 'tasks' | 'health' | 'files'>;
  readonly queues: Enqueuer;
  readonly line: QueueLine;
  readonly now: () => number;
  readonly version: string;
}

/** Redis is asked for this long before the page says that it does not answer. */
const PATIENCE_MS = 2_000;

/** Bull Board has styles in its markup, and a link to a font elsewhere, which this keeps it from loading. */
const QUEUES_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param door is asked for each request: its port is known only when the server listens */
export function boardApp(sources: BoardSources, door: () => Door): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.get('/', async () => {
    const nonce = randomBytes(16).toString('base64');
    const policy = `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    const answer = (page: string, status: number): Response =>
      new Response(page, {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
      });
    const found = await inTime(overview(sources));
    return found instanceof Error
      ? answer(awayPage(messageOf(found).slice(0, 200), nonce), 503)
      : answer(firstPage(found, nonce), 200);
  });
  // The adapter asks for a path relative to the current folder, which need not be the project's.
  const fromAnywhere: typeof serveStatic = (options) =>
    serveStatic({ ...options, ...(options?.root !== undefined && { root: resolve(options.root) }) });
  const adapter = new HonoAdapter(fromAnywhere).setBasePath('/queues');
  createBullBoard({
    queues: JOB_NAMES.map((name) => new BullMQAdapter(sources.line.queue(name))),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Tracker jobs', miscLinks: [{ text: 'Overview', url: '/' }] } },
  });
  app.get('/queues/', (context) => context.redirect('/queues'));
  app.route('/queues', adapter.registerPlugin());
  app.onError((error) => new Response(`${messageOf(error).slice(0, 200)}\n`, { status: 500 }));

  return async (request) => {
    const refusal = judge(request, door());
    if (refusal !== null) return refusal;
    const response = await app.fetch(request);
    const answer = new Response(response.body, response);
    const isQueues = /^\/queues(\/|$)/.test(new URL(request.url).pathname);
    for (const [name, value] of Object.entries(plain())) {
      if (name === 'content-security-policy' && answer.headers.has(name)) continue;
      answer.headers.set(name, name === 'content-security-policy' && isQueues ? QUEUES_POLICY : value);
    }
    return answer;
  };
}

async function overview({ store, queues, now, version }: BoardSources): Promise<Overview> {
  const [counts, page, health, quarantined, depths] = await Promise.all([
    // As it is now: what `insight` has written may be minutes old, and cost does not grow with what is stored.
    store.count(now()),
    store.tasks.list({ limit: 10 }),
    store.health(),
    store.files.quarantined(),
    Promise.all(
      JOB_NAMES.map(async (name) => {
        const [depth, workers] = await Promise.all([queues.queueDepth(name), queues.workersOnline(name)]);
        return { ...depth, name, workers };
      }),
    ),
  ]);
  return { at: now(), version, counts, tasks: page.tasks, queues: depths, health, quarantined };
}

/** An absent Redis is something that the page shows, and so a value. */
async function inTime<T>(work: Promise<T>): Promise<T | Error> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((settle) => {
    timer = setTimeout(() => settle(new Error(`no answer within ${PATIENCE_MS / 1_000} seconds`)), PATIENCE_MS);
  });
  const failed = work.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  return Promise.race([failed, late]).finally(() => clearTimeout(timer));
}
