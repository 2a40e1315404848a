/** Secrets in whatever part of a log: none of them gets anywhere. */
import { expect, test } from '@jest/globals';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from '../support/files.js';
import type { ToolContext } from '../../src/mcp/tool.js';
import { tools } from '../../src/mcp/tools/index.js';
import { withTailing } from './tailing.js';

const letters = (seed: number, length: number): string =>
  Array.from(
    { length },
    (_, index) =>
      'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'[(seed * 31 + index * 17 + index * index) % 56],
  ).join('');

/** A word as it is, but not beside its neighbours. */
const joined = (word: string): string => [...word].join('');

/** Put together here, so that no scanner takes this file for a leak. */
const SECRETS = {
  token: `gh${joined('p')}_${letters(1, 36)}`,
  password: `hunter-${letters(2, 14)}`,
  key: `AK${joined('IA')}${letters(3, 16)
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, 'Q')}`,
  bearer: `ey${joined('J')}${letters(4, 20)}.ey${joined('J')}${letters(5, 40)}.${letters(6, 43)}`,
  pem: Array.from({ length: 6 }, (_, index) => letters(10 + index, 64)),
  inContext: `sk-${joined('ant')}-api03-${letters(7, 80)}`,
  logger: `gl${joined('pat')}-${letters(8, 20)}`,
  fileName: `gh${joined('o')}_${letters(9, 36)}`,
};

test('no secret of a log is in Redis, in a job, in what tools answer or in what we log', () =>
  withTailing(async ({ at, follow, settled, patterns, said, jobs, store, config, home, ...tailing }) => {
    const log = at(`app-${SECRETS.fileName}.log`);
    await writeFile(log, '');
    const tail = await follow([{ path: at('*.log') }]);
    const stamp = (second: number): string =>
      new Date(Date.parse('2026-11-20T10:00:00Z') + second * 1_000).toISOString();
    const lines = [
      `${stamp(1)} INFO app: using ${SECRETS.inContext}`,
      `${stamp(2)} ERROR app: push failed: token ${SECRETS.token} was refused`,
      `${stamp(3)} ERROR app: cannot connect to postgres://admin:${SECRETS.password}@db.internal/shop`,
      'Traceback (most recent call last):',
      '  File "/srv/app/db.py", line 12, in connect',
      `    raise AuthError("password=${SECRETS.password}")`,
      `AuthError: password=${SECRETS.password}`,
      `${stamp(4)} INFO app: -----BEGIN ${joined('RSA')} PRIVATE KEY-----`,
      ...SECRETS.pem,
      `-----END ${joined('RSA')} PRIVATE KEY-----`,
      `${stamp(5)} ERROR app: cannot load the key`,
      `-----BEGIN ${joined('EC')} PRIVATE KEY-----`,
      ...SECRETS.pem,
      `-----END ${joined('EC')} PRIVATE KEY-----`,
      JSON.stringify({
        time: stamp(6),
        level: 'error',
        logger: `client.${SECRETS.logger}`,
        message: `upstream said no to ${SECRETS.key}`,
        stack: `Error: Authorization: Bearer ${SECRETS.bearer}\n    at call (/srv/app/client.ts:7:1)`,
      }),
      `${stamp(7)} INFO app: done`,
    ];
    await appendFile(log, `${lines.join('\n')}\n`);
    await settled(tail);
    await until('errors are known', async () => (await patterns()).length >= 3, 10_000);

    const dump = await everythingIn(config.redis.url);
    const answers: string[] = [];
    const context = { store, enqueue: tailing.enqueue, now: Date.now } as unknown as ToolContext;
    for (const tool of tools) {
      if (!tool.annotations.readOnlyHint) continue;
      const args = tool.name === 'get_error_correlations' ? { response_format: 'detailed' } : {};
      const answer = await tool.call(args, () => Promise.resolve(context)).catch((error: unknown) => String(error));
      answers.push(JSON.stringify(answer));
    }
    expect(answers.length).toBeGreaterThan(3);
    expect(answers.join()).toContain('push failed');
    const files = await readdir(home);
    const kept = await Promise.all(files.map((name) => readFile(join(home, name), 'utf8').catch(() => '')));
    const places = {
      dump,
      jobs: jobs.join('\n'),
      answers: answers.join('\n'),
      said: JSON.stringify(said),
      home: kept.join('\n'),
    };
    const secrets = Object.entries(SECRETS).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as const),
    );
    for (const [place, text] of Object.entries(places)) {
      const found = secrets.filter(([, secret]) => text.includes(secret) || text.includes(secret.slice(4, 24)));
      expect([place, found.map(([name]) => name)]).toEqual([place, []]);
    }
    expect(dump).toContain('[redacted:');
    expect(jobs.join()).toContain('push failed');
  }));

/** Every key and value of every database, as text. */
async function everythingIn(url: string): Promise<string> {
  const redis = new Redis({ path: url.replace('unix://', '') });
  const parts: string[] = [];
  try {
    for (let db = 0; db < 16; db += 1) {
      await redis.select(db);
      for (const key of await redis.keys('*')) {
        const type = await redis.type(key);
        const value =
          type === 'string'
            ? await redis.get(key)
            : type === 'hash'
              ? await redis.hgetall(key)
              : type === 'set'
                ? await redis.smembers(key)
                : type === 'zset'
                  ? await redis.zrange(key, 0, -1)
                  : type === 'list'
                    ? await redis.lrange(key, 0, -1)
                    : await redis.xrange(key, '-', '+');
        parts.push(key, JSON.stringify(value));
      }
    }
  } finally {
    redis.disconnect();
  }
  return parts.join('\n');
}
