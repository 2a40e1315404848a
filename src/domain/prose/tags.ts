/** Text that a program put into a message between tags of its own. Nobody has said it. */

const OPEN =
  /<(system[-_]reminder|command-[a-z-]{1,30}|local-command-[a-z-]{1,30}|ide[-_][a-z_-]{1,30}|bash-[a-z-]{1,30}|[a-z-]{1,30}-hook|user-memory-input|task-notification|tool[-_]use[-_]error|function_calls|function_results|environment_details|new-diagnostics|persisted-output|file_contents|github-[a-z-]{1,30}|available-deferred-tools|teammate-message|document|documents|antml:[a-z_]{1,30})(?:\s[^<>\n]{0,200})?>/g;

/** Left open these end with the text; others were only mentioned. */
const RUNS_ON = /^(?:system|command-|local-command|ide)/;

/** `text` without them. One that is not closed ends with the text, as it does where a message was cut. */
export function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  let kept = '';
  let from = 0;
  for (;;) {
    OPEN.lastIndex = from;
    const open = OPEN.exec(text);
    if (open === null) break;
    const close = `</${open[1] ?? ''}>`;
    const end = text.indexOf(close, OPEN.lastIndex);
    if (end === -1 && !RUNS_ON.test(open[1] ?? '')) break;
    kept += `${text.slice(from, open.index)}\n`;
    if (end === -1) return kept;
    from = end + close.length;
  }
  return kept + text.slice(from);
}
