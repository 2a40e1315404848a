import { expect, test } from '@jest/globals';
import type { Trace } from '../../src/domain/log/model.js';
import { linkKeysOf } from '../../src/domain/relate/index.js';
import { cpuMsOf } from '../support/cpu.js';

test.each([
  ['POST /api/chat failed request_id=req-8f3a21 after 3 s', ['request:req-8f3a21']],
  ['{"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "msg": "x"}', ['trace:4bf92f3577b34da6a3ce929d0e0e4736']],
  ['traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', ['trace:4bf92f3577b34da6a3ce929d0e0e4736']],
  ['chat_id=91c2-77 is gone', ['session:91c2-77']],
  ['session id: 0b54f2c1-66f7-4a39-8e21-5ad6de0f1c55 closed', ['session:0b54f2c1-66f7-4a39-8e21-5ad6de0f1c55']],
  ['while working on t0123456789abcdef', ['task:t0123456789abcdef']],
  ['session id: none', []],
  ['connect ECONNREFUSED 172.16.168.23:6379', ['code:ECONNREFUSED']],
  ['bytes are UTF-8, hash is SHA-256', []],
  ['src/server.ts(12,5): error TS2304: Cannot find name', ['code:TS2304', 'file:src/server.ts:12']],
  ['File "/opt/autobot/backend/api/chat.py", line 88, in send', ['file:autobot/backend/api/chat.py:88']],
  ['C:\\work\\app\\main.cs:7 failed', ['file:work/app/main.cs:7']],
  ['redis.exceptions.ConnectionError: gone', ['type:ConnectionError']],
  ['Error: something', []],
  ['GET /api/health 200', []],
  ['file.pyc and v1.2.c3 are no sources', []],
])('%s names %j', (text, keys) => {
  expect(linkKeysOf(text, null)).toEqual(keys);
});

const trace = (frames: Trace['frames']): Trace => ({
  language: 'python',
  type: 'pkg.KeyError',
  message: "'id'",
  frames,
  causes: [{ type: 'TimeoutError', message: '' }],
});
const frame = (file: string, line: number, inApp: boolean) => ({ function: 'f', file, line, inApp });

test('of a trace the frames of the program itself count, and its exceptions', () => {
  const frames = [frame('/opt/app/a.py', 3, true), frame('/usr/lib/python3/json.py', 9, false)];
  expect(linkKeysOf('KeyError', trace(frames))).toEqual(['type:KeyError', 'type:TimeoutError', 'file:opt/app/a.py:3']);
  expect(linkKeysOf('', trace(frames.slice(1)))).toContain('file:usr/lib/python3/json.py:9');
});

test('there are at most 20 keys, and hostile text is looked at in no time', () => {
  const many = Array.from({ length: 300 }, (_, index) => frame(`/a/b${index}.py`, index + 1, true));
  expect(linkKeysOf('', trace(many))).toHaveLength(20);
  const spent = cpuMsOf(() => {
    for (const text of [
      'a/'.repeat(500_000),
      'A'.repeat(1_000_000),
      '.'.repeat(1_000_000),
      'request_id='.repeat(99_999),
    ]) {
      linkKeysOf(text, null);
    }
  });
  expect(spent).toBeLessThan(500);
});
