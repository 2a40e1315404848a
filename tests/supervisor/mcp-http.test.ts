import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { layoutOf } from '../../src/supervisor/layout.js';
import { readRuntime } from '../../src/supervisor/runtime.js';
import { listTools, send } from '../support/mcp-http.js';
import { survivors, withSystem } from './system.js';

jest.setTimeout(90_000);

const Status = z.object({ mcp_http: z.string().nullable() });

test('up serves MCP over HTTP when it is enabled, status says where, and down ends it', () =>
  withSystem(async ({ home, run }) => {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'config.json'), JSON.stringify({ mcp: { http: { enabled: true, port: 0 } } }));
    expect(await run(['up', '--detach'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Running.') });

    const { mcp_http: url } = Status.parse(JSON.parse((await run(['status', '--json'])).stdout));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(readRuntime(layoutOf(home).runtime)?.mcpUrl).toBe(url);
    expect((await run(['status'])).stdout).toContain(`MCP over HTTP ${url ?? ''}`);

    const port = Number(new URL(url ?? '').port);
    const token = (await readFile(join(home, 'mcp-token'), 'utf8')).trim();
    expect((await send(port, listTools, { authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await send(port, listTools, { authorization: 'Bearer another' })).status).toBe(401);

    expect((await run(['down'])).code).toBe(0);
    expect(await survivors(home)).toEqual([]);
    await expect(stat(join(home, 'mcp-http.json'))).rejects.toThrow('ENOENT');
  }));
