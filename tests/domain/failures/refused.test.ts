import { expect, test } from '@jest/globals';
import { refusalOf } from '../../../src/domain/failures/index.js';
import { readLines } from '../../../src/domain/transcript/read.js';
import { initialState } from '../../../src/domain/transcript/state.js';

/** What came of a call with this result, as the reader of transcripts counts it. */
function outcomeOf(content: string, more: object = {}): string {
  const text = JSON.stringify({
    type: 'user',
    uuid: 'u1',
    message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content, is_error: true }] },
    ...more,
  });
  const { state } = readLines(initialState('s'), [{ line: 1, text }]);
  const { rejections, denials, cascades } = state.stats;
  return rejections > 0 ? 'rejected' : denials > 0 ? 'denied' : cascades > 0 ? 'cascade' : 'error';
}

const NO: readonly (readonly [text: string, refusal: string | null])[] = [
  ["The user doesn't want to proceed with this tool use. The tool use was rejected.", 'rejected'],
  ["The user doesn't want to take this action right now. STOP what you are doing.", 'rejected'],
  ['[Request interrupted by user for tool use]', 'rejected'],
  ['<tool_use_error>Sibling tool call errored</tool_use_error>', 'cascade'],
  ["Claude requested permissions to write to /srv/plan.md, but you haven't granted it yet.", 'denied'],
  ['Permission to use Bash with command rm -rf build has been denied.', 'denied'],
  ['This command requires approval', 'denied'],
];
const FAILED: readonly string[] = [
  'bash: ./deploy.sh: Permission denied',
  'cat: /etc/shadow: Permission denied',
  '<tool_use_error>File has not been read yet. Read it first before writing to it.</tool_use_error>',
  'Exit code 1\nThe user table could not be locked',
  'git@example.org: Permission denied (publickey).',
  'Exit code 1',
];

test.each(NO)('%s is no failure', (text, refusal) => {
  expect(outcomeOf(text)).toBe(refusal);
  expect(refusalOf(text)).toBe(refusal);
});

test.each(FAILED)('%s is one', (text) => {
  expect(outcomeOf(text)).toBe('error');
  expect(refusalOf(text)).toBeNull();
});

test('a kind of denial says it whatever the text', () => {
  expect(outcomeOf('blocked: not on Fridays', { toolDenialKind: 'hook' })).toBe('denied');
  expect(outcomeOf('stop', { toolDenialKind: 'user-rejected' })).toBe('rejected');
});

test.each([
  ['<tool_use_error>Cancelled: parallel tool call Bash(npm test) errored</tool_use_error>', 'cascade'],
  ['Exit code 137\n[Request interrupted by user for tool use]', 'rejected'],
  ['half a line of output\n<error>Command was aborted before completion</error>', 'rejected'],
  ['User declined to answer questions', 'rejected'],
  ['This Bash command contains multiple operations. The following part requires approval: rm x', 'denied'],
  ['File is in a directory that is denied by your permission settings.', 'denied'],
  ["cd to '/etc' was blocked. For security, Claude Code may only change directories to allowed ones.", 'denied'],
  ['Bash operation blocked by hook:\n- no pushes on Fridays', 'denied'],
])('%s of other versions is no failure', (text, refusal) => {
  expect(refusalOf(text)).toBe(refusal);
});
