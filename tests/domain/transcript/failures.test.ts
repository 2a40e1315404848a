import { describe, expect, test } from '@jest/globals';
import type { ErrorClass } from '../../../src/domain/facts.js';
import { failureOf } from '../../../src/domain/transcript/failure.js';
import { errorsIn, readAll, talk, type Outcome, type Talk } from '../../support/builders.js';

const errorsOf = async (tell: (it: Talk) => void): Promise<string[]> => {
  const it = talk();
  tell(it);
  return errorsIn(await readAll(it.lines)).map((fact) => `${fact.class}: ${fact.message}`);
};

describe('a failed call is an error', () => {
  test('with its words, its place and its time', async () => {
    const it = talk();
    it.tool('Bash', {}, { content: 'Exit code 1\nENOENT: no such file', isError: true, data: 'Error: Exit code 1' });
    const read = await readAll(it.lines);
    expect(errorsIn(read)).toMatchObject([
      {
        class: 'filesystem',
        message: 'ENOENT: no such file',
        line: 2,
        sessionId: 'session-a',
        at: Date.parse(String(it.lines[1]?.['timestamp'])),
        project: '/work/shop',
      },
    ]);
    expect(read.state.stats.errors).toBe(1);
  });

  test('also when its content is an array of blocks, or nothing', async () => {
    const errors = await errorsOf((it) => {
      it.tool('Bash', {}, { content: [{ type: 'text', text: 'panic: boom' }], isError: true });
      it.tool('Bash', {}, { content: null, isError: true });
    });
    expect(errors).toEqual(['exception: panic: boom', 'exit: Tool failed without a message']);
  });

  test('not when it only sounds like one', async () => {
    const errors = await errorsOf((it) => {
      it.tool('Bash', {}, { content: '0 errors, GET /errors 200, handle errors' });
      it.say('The TypeError was an example: Exception in thread "main"');
    });
    expect(errors).toEqual([]);
  });

  test.each<readonly [string, 'rejections' | 'denials' | 'cascades', Outcome]>([
    [
      'a user who says no',
      'rejections',
      { content: "The user doesn't want to proceed with this tool use. The tool use was rejected", isError: true },
    ],
    [
      'a user who says what to do instead',
      'rejections',
      { content: "The user doesn't want to take this action right now. STOP", isError: true },
    ],
    ['an interruption', 'rejections', { content: '[Request interrupted by user for tool use]', isError: true }],
    [
      'a rejection that is named',
      'rejections',
      { content: 'No', isError: true, line: { toolDenialKind: 'user-rejected' } },
    ],
    ['a rule', 'denials', { content: 'Denied', isError: true, line: { toolDenialKind: 'permission-rule' } }],
    [
      'the automatic mode',
      'denials',
      { content: 'Blocked', isError: true, line: { toolDenialKind: 'automode-blocked' } },
    ],
    [
      'a denial of a kind to come',
      'denials',
      { content: 'Blocked', isError: true, line: { toolDenialKind: 'brand-new' } },
    ],
    [
      'a missing permission',
      'denials',
      { content: "Claude requested permissions to write to /a, but you haven't granted it yet.", isError: true },
    ],
    [
      'a permission that was denied',
      'denials',
      { content: 'Permission to use Bash with command rm has been denied.', isError: true },
    ],
    ['a command that needs approval', 'denials', { content: 'This command requires approval', isError: true }],
    [
      'the failure of a sibling',
      'cascades',
      { content: '<tool_use_error>Sibling tool call errored</tool_use_error>', isError: true },
    ],
  ])('%s is none', async (_, counter, outcome) => {
    const it = talk();
    it.tool('Bash', {}, outcome);
    const read = await readAll(it.lines);
    expect(errorsIn(read)).toEqual([]);
    expect(read.state.stats).toMatchObject({ errors: 0, [counter]: 1 });
  });

  test('when a program is refused something', async () => {
    const errors = await errorsOf((it) => {
      it.tool('Bash', {}, { content: 'Exit code 126\nbash: ./deploy.sh: Permission denied', isError: true });
    });
    expect(errors).toEqual(['permission: bash: ./deploy.sh: Permission denied']);
  });
});

describe('beside calls', () => {
  test('an API that gave up is an error, and one that is tried again is none', async () => {
    const it = talk();
    it.add({ type: 'system', subtype: 'api_error', error: { message: 'Connection error.' }, retryAttempt: 1 });
    it.say('API Error: 529 Overloaded', { isApiErrorMessage: true });
    const read = await readAll(it.lines);
    expect(errorsIn(read)).toMatchObject([{ class: 'api', message: 'API Error: 529 Overloaded' }]);
    expect(read.state.stats).toMatchObject({ apiRetries: 1, outcome: 'failed' });
  });

  test('a hook that blocks is an error, and one that does not is none', async () => {
    const hook = (type: string) => ({
      type: 'attachment',
      attachment: { type, blockingError: { blockingError: 'lint' } },
    });
    const stop = (preventedContinuation: boolean) => ({
      type: 'system',
      subtype: 'stop_hook_summary',
      hookErrors: ['tests fail'],
      preventedContinuation,
    });
    const errors = await errorsOf((it) => {
      it.add(hook('hook_blocking_error'));
      it.add(hook('hook_non_blocking_error'));
      it.add(stop(true));
      it.add(stop(false));
    });
    expect(errors).toEqual(['hook: lint', 'hook: tests fail']);
  });

  test('a secret in a message is masked before anything is kept', async () => {
    const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
    const it = talk();
    it.tool('Bash', {}, { content: `fatal: token ${secret} refused`, isError: true });
    it.todoWrite(`Rotate ${secret}`);
    it.user(`use ${secret}`);
    const read = await readAll(it.lines);
    expect(read.facts.length).toBeGreaterThan(1);
    expect(JSON.stringify(read)).not.toContain(secret);
  });
});

describe('what kind of failure it is', () => {
  test.each<readonly [ErrorClass, string]>([
    ['tool', '<tool_use_error>String to replace not found in file.\nString: a</tool_use_error>'],
    ['tool', '<tool_use_error>File has not been read yet. Read it first before writing to it.</tool_use_error>'],
    ['resource', 'Exit code 134\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
    ['resource', 'write /tmp/a: no space left on device'],
    ['timeout', 'Exit code 143\nCommand timed out after 2m 0.0s'],
    ['connection', 'Exit code 1\nError: connect ECONNREFUSED 127.0.0.1:6379\n    at TCPConnectWrap'],
    ['connection', 'Error: listen EADDRINUSE: address already in use :::3000'],
    ['dependency', 'npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree'],
    ['dependency', "Error: Cannot find module 'zod'"],
    ['vcs', 'CONFLICT (content): Merge conflict in src/a.ts'],
    ['vcs', 'fatal: not a git repository (or any of the parent directories): .git'],
    ['type', "src/a.ts(1,2): error TS2322: Type 'string' is not assignable to type 'number'."],
    ['test', 'FAIL test/a.test.ts\n  ● keeps order\nTests: 1 failed, 3 passed'],
    ['test', 'E   AssertionError: assert 1 == 2\n1 failed, 5 passed in 1.02s'],
    ['lint', '/a.ts 1:1 error no-console eslint'],
    ['permission', 'bash: ./deploy.sh: Permission denied'],
    ['filesystem', 'cat: notes: No such file or directory'],
    ['command', 'bash: jqq: command not found'],
    ['exception', 'Traceback (most recent call last):\n  File "a.py", line 3\nKeyError: \'user\''],
    ['exit', 'Exit code 3'],
  ])('%s: %j', (kind, message) => {
    expect(failureOf(message).class).toBe(kind);
  });
});

describe('which failures are the same', () => {
  const same = (a: string, b: string): boolean => failureOf(a).id === failureOf(b).id;
  test.each([
    ['numbers', 'Command timed out after 2m 0.0s (pid 4711)', 'Command timed out after 10m 30.5s (pid 1)'],
    ['colours', '\u001b[31mTypeError: boom\u001b[0m', 'TypeError: boom'],
    ['secrets', 'login failed: password [redacted:password:0a1b2c3d]', 'login failed: password [redacted:password]'],
    ['paths', 'cat: /home/a/x/notes.md: No such file or directory', 'cat: /srv/b/notes.md: No such file or directory'],
    [
      'ids',
      'request 0a1b2c3d-1111-2222-3333-444455556666 failed',
      'request ffffffff-1111-2222-3333-444455550000 failed',
    ],
    ['hashes', 'fatal: bad object 3f2a9c1', 'fatal: bad object 99ab01c'],
    [
      'what stands around it',
      'Exit code 1\nsome output\nTypeError: x is not a function',
      'Exit code 2\nother\nTypeError: x is not a function',
    ],
  ])('other %s, the same failure', (_, a, b) => {
    expect(same(a, b)).toBe(true);
  });
  test.each([
    ['another exception', 'TypeError: x is not a function', 'RangeError: x is not a function'],
    ['another class', 'Exit code 1', 'Exit code 1\nbash: jqq: command not found'],
  ])('%s, another failure', (_, a, b) => {
    expect(same(a, b)).toBe(false);
  });

  test('in other colours, the same failure', async () => {
    const it = talk();
    it.tool('Bash', {}, { content: '\u001b[31mTypeError: boom\u001b[0m', isError: true });
    it.tool('Bash', {}, { content: 'TypeError: boom', isError: true });
    const ids = errorsIn(await readAll(it.lines)).map((fact) => fact.id);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  const idsOf = async (tell: (it: Talk) => void): Promise<number[]> => {
    const it = talk();
    tell(it);
    const ids = errorsIn(await readAll(it.lines)).map((fact) => fact.id);
    return ids.map((id) => ids.indexOf(id));
  };
  const shown = (it: Talk, content: string): void => {
    it.tool('Bash', {}, { content, isError: true });
  };

  test('a crash that a user tells of and the first that is found', async () => {
    const ids = await idsOf((it) => {
      it.user('the recorder app crashes when the microphone is off');
      shown(
        it,
        'FATAL EXCEPTION: mixer\njava.lang.SecurityException: RECORD_AUDIO not granted\n\tat org.x.Tap.open(Tap.kt:8)',
      );
      shown(it, 'panic: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/w/main.go:4');
    });
    expect(ids).toEqual([0, 0, 2]);
  });

  test('words about what an output showed, and what names nothing', async () => {
    const ids = await idsOf((it) => {
      shown(it, "Exit code 1\nError: Cannot find module 'zod'\nRequire stack:\n- /srv/a.js");
      it.user('hm, it still fails');
      it.user('the upload page hangs');
    });
    expect(ids).toEqual([0, 0, 2]);
  });
});
