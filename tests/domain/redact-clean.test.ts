import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { createRedactor } from '../../src/domain/redact/index.js';

const redact = createRedactor({ rules: [], allow: [] }, Buffer.alloc(32, 1));
const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const digest = (): string => createHash('sha256').update(randomBytes(8)).digest('hex');

/** What services write that looks like a key and is none. */
const CLEAN: readonly (() => string)[] = [
  () => `Deploying commit ${hex(20)} of branch main`,
  () => `HEAD is now at ${hex(4).slice(0, 7)} Fix the token page`,
  () => `request_id=${randomUUID()} trace_id=${hex(16)} span_id=${hex(8)} took ${randomInt(900)} ms`,
  () => `{"traceparent":"00-${hex(16)}-${hex(8)}-01","session_id":"${randomUUID()}","level":30}`,
  () => `img src="data:image/png;base64,${randomBytes(300).toString('base64')}"`,
  () => `Pulled node:20@sha256:${digest()} (image id sha256:${digest()})`,
  () => `"integrity": "sha512-${randomBytes(64).toString('base64')}",`,
  () => `etag: "${hex(16)}" md5=${hex(16)} sha1=${hex(20)} checksum=${digest()}`,
  () => `Container ${hex(32)} exited with 137, overlay2/${digest()}/merged`,
  () => `dfs.DataNode: Received block blk_-${randomInt(2 ** 40)}${randomInt(2 ** 20)} of size 67108864`,
  () => `input_tokens=${randomInt(90_000)} output_tokens=${randomInt(900)} max_tokens: 4096000`,
  () => `GET /api/v1/items/${randomUUID()}?page=2&sort=key&order=desc HTTP/1.1" 200 ${randomInt(99_999)}`,
  () => `Failed password for invalid user admin from 10.0.${randomInt(255)}.7 port ${randomInt(65_535)} ssh2`,
  () =>
    `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=10.0.0.${randomInt(255)}`,
  () => `1763834401${randomInt(999_999)} key=user:${randomInt(999)}:cart ttl=3600 hits=${randomInt(9_999)}`,
  () => `getty@tty1.service: Main process exited; see lodash@4.17.21 and app@src/main.ts:10:5`,
  () => `X-Amz-Request-Id: ${hex(8).toUpperCase()} x-cache-key: /static/app.${hex(4)}.js`,
  () => `Token bucket refilled: tokens=${randomInt(100)} rate=10/s for key 10.0.0.${randomInt(255)}`,
  () => `connecting to redis://10.0.0.5:6379/0 and https://host.example:8443/a@b?c=d`,
  () =>
    `pid=${randomInt(65_535)} addr=0x${hex(8)} mac=${(hex(6).match(/../g) ?? []).join(':')} serial ${randomInt(2 ** 40)}`,
  () => `window shown: token = AppToken{${hex(4)} token=Token{${hex(4)}}} key=java.security.Key@${hex(4)}`,
];
const LINES = 20_000;

test('of clean lines of services at most one in a thousand is masked', () => {
  const masked = Array.from({ length: LINES }, (_, index) => CLEAN[index % CLEAN.length]?.() ?? '').flatMap((line) => {
    const after = redact(line);
    return after === line ? [] : [after];
  });
  expect(masked.slice(LINES / 1_000)).toEqual([]);
});

const LOGHUB = resolve('../shared/data/loghub');
const there = existsSync(LOGHUB);
if (!there) process.stderr.write(`not tested: ${LOGHUB} is missing, so the redactor was not run on real logs\n`);

(there ? test : test.skip)('of the lines of real logs at most one in a thousand is masked', () => {
  const files = readdirSync(LOGHUB, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));
  const lines = files.flatMap((name) => readFileSync(join(LOGHUB, name), 'latin1').split('\n'));
  const masked = lines.map(redact).filter((line, index) => line !== lines[index]);
  expect(lines.length).toBeGreaterThan(10_000);
  expect(masked.slice(Math.floor(lines.length / 1_000))).toEqual([]);
});
