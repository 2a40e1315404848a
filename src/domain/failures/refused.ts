/**
 * Results that carry `is_error` and are no failures: the user said no or pressed Escape, Claude Code did not let the call through,
 * or it gave up calls because one beside them had failed. The beginnings are its own, of versions 1.0.17 to 2.1.237.
 */
export type Refusal = 'rejected' | 'denied' | 'cascade';

const CASCADE = /^(?:Error: )?(?:Sibling tool call errored|Cancelled: parallel tool call\b)/;
const REJECTED =
  /^(?:Exit code \d+\s+)?(?:The user doesn't want to (?:proceed|take this action)|\[Request interrupted by user|User rejected|The user rejected|User (?:declined|chose|cancelled|canceled) to?\b|Interrupted by user|Request was aborted)|<error>Command was aborted before completion<\/error>\s*$/;
const DENIED =
  /^(?:Error: )?(?:Claude requested permissions? to|Permission (?:to use|for this)|This command requires approval|This \w+ command contains multiple operations|BLOCKED by|Permission denied by|Tool use blocked|The user has denied|File is in a directory that is (?:denied|ignored) by your permission|\w+ operation blocked by hook|(?:Hook )?PreToolUse:\S+ (?:denied|hook)|\S+ (?:in|to) '[^'\n]{0,300}' was blocked\. For security)/;

/** Null where the text tells of a failure. `Permission denied` of a program is one. */
export function refusalOf(text: string): Refusal | null {
  const head = text.replace(/^<tool_use_error>/, '');
  if (CASCADE.test(head)) return 'cascade';
  if (REJECTED.test(head)) return 'rejected';
  return DENIED.test(head) ? 'denied' : null;
}
