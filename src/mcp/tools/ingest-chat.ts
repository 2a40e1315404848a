import { z } from 'zod';
import { JobHandle, WaitMs } from '../contract.js';
import { chatMessages, ChatInput } from '../chat.js';
import { defineTool } from '../define.js';
import { afterwards, NO_WORKERS } from '../errors.js';
import { transcriptBelow } from '../transcript-path.js';
import type { JobPayload, ToolContext } from '../tool.js';

const input = z
  .strictObject({
    session_id: z.string().min(1).max(200).optional().describe('Required with messages'),
    messages: z.array(ChatInput).min(1).max(500).optional(),
    transcript_path: z
      .string()
      .min(1)
      .max(4_096)
      .optional()
      .describe('Instead of messages: a .jsonl below a configured root'),
    wait_ms: WaitMs,
  })
  .superRefine(({ session_id: id, messages, transcript_path: path }, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    if (messages !== undefined && path !== undefined) refuse('expected messages or transcript_path, not both');
    if (messages === undefined && path === undefined)
      refuse('messages is missing: expected a list of messages (with session_id), or transcript_path');
    if (path === undefined && id === undefined)
      refuse('session_id is missing: expected a text, since messages do not name their session');
  });
type Arguments = z.output<typeof input>;

export const ingestChat = defineTool({
  name: 'ingest_chat',
  title: 'Take in a conversation',
  description:
    'Take a conversation into the ledger, so that its tasks, todos and errors are tracked: give messages (string or content blocks), or ' +
    'transcript_path. Secrets are masked first. Returns job_id, state, deduplicated, next at once; wait_ms waits for the result.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input,
  output: z.strictObject({
    ...JobHandle,
    result: z.looseObject({ outcome: z.string() }).optional(),
  }),
  run: async (args, context) => {
    const { queue } = context;
    const payload = await payloadOf(args, context);
    const asked = await queue.enqueue('ingest', payload);
    const outcome =
      args.wait_ms > 0
        ? await afterwards(queue.waitFor('ingest', asked.jobId, args.wait_ms), { state: 'pending', phase: asked.state })
        : null;
    const workersOnline =
      outcome?.state === 'completed' ? null : await afterwards<number | null>(queue.workersOnline('ingest'), null);
    return {
      job_id: asked.jobId,
      state: outcome === null ? asked.state : outcome.state === 'pending' ? outcome.phase : outcome.state,
      deduplicated: asked.deduplicated,
      workers_online: workersOnline,
      next: {
        tool: 'get_unfinished_tasks',
        arguments: args.session_id === undefined ? { sort: 'newest' } : { session_id: args.session_id },
      },
      ...(outcome?.state === 'completed' && {
        result: { outcome: outcome.result.outcome, kept: outcome.result.kept, skipped: outcome.result.skipped },
      }),
      ...(workersOnline === 0 && { hint: NO_WORKERS }),
      ...(outcome?.state === 'failed' && {
        hint: 'The job failed; run `mcp-autobot-tracker doctor`, then call again.',
      }),
    };
  },
});

async function payloadOf(args: Arguments, { redact, now, transcripts }: ToolContext): Promise<JobPayload<'ingest'>> {
  if (args.transcript_path !== undefined) {
    const path = await transcriptBelow(transcripts.roots, args.transcript_path);
    return { kind: 'transcript', host: transcripts.host, path, urgency: 'live' };
  }
  const messages = await chatMessages(args.messages ?? [], redact, now());
  return { kind: 'chat', sessionId: args.session_id ?? '', messages, receivedAt: now() };
}
