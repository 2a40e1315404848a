import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { packageVersion } from '../src/config.js';
import { openQueues } from '../src/queue/connection.js';
import { boardApp } from './board/app.js';
import { listen } from './board/listen.js';
import { dashboardToken } from './board/token.js';
import { defineProcess } from './define.js';

/** The dashboard: an overview at `/`, Bull Board at `/queues`. `board.json` says where it listens. */
export default defineProcess({
  name: 'board',
  async start({ config, store, queues, settings, defer, now, log }) {
    const { host, port: wanted } = config.dashboard;
    const token = dashboardToken(config.home);
    const line = openQueues(settings, 'board');
    defer(() => line.close());
    const at = { port: 0 };
    const sources = { store, queues, line, now, version: packageVersion() };
    const answer = boardApp(sources, () => ({ token, host, port: at.port }));
    const listener = getRequestListener(answer);
    const { server, port } = await listen(host, wanted, (request, response) => void listener(request, response));
    at.port = port;
    defer(() => {
      server.close();
      server.closeAllConnections();
    });
    const file = join(config.home, 'board.json');
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify({ host, port, pid: process.pid }), { mode: 0o600 });
    await rename(draft, file);
    defer(() => rm(file, { force: true }));
    log.info('board.listening', { host, port });
  },
});
