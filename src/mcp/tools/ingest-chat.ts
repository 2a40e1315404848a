import { z } from 'zod';
import { IdempotencyKey, JobHandle, JobId, WaitMs } from '../views/contract.js';
import { chatMessages, ChatInput } from '../chat.js';
import { defineAskingTool } from '../define.js';
import { textOf } from '../asking.js';
import { transcriptBelow } from '../transcript-path.js';
import type { JobPayload, ToolContext } from '../tool.js';

const input = z
  .strictObject({
    session_id: z.string().min(1).max(80).optional().describe('Required with messages'),
    messages: z.array(ChatInput).min(1).max(500).optional(),
    transcript_path: z.string().min(1).max(4_096).optional().describe('Instead: a .jsonl below a configured root'),
    job_id: JobId,
    wait_ms: WaitMs,
    idempotency_key: IdempotencyKey,
  })
  .superRefine(({ session_id: id, messages, transcript_path: path, job_id: job }, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    const given = [messages, path, job].filter((value) => value !== undefined).length;
    if (given > 1) refuse('expected one of messages, transcript_path and job_id');
    if (given === 0)
      refuse('messages is missing: expected a list of messages (with session_id), or transcript_path, or job_id');
    if (messages !== undefined && id === undefined)
      refuse('session_id is missing: expected a text, since messages do not name their session');
  });
type Arguments = z.output<typeof input>;

export const ingestChat = defineAskingTool({
  name: 'ingest_chat',
  title: 'Take in a conversation',
  description:
    'Take a conversation into the ledger, so that its tasks and errors are tracked: messages, or transcript_path. Secrets are ' +
    'masked. Returns job_id, state, deduplicated, next at once, or after wait_ms the result.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input,
  output: z.strictObject({
    ...JobHandle,
    result: z.looseObject({ outcome: z.string() }).optional(),
  }),
  plan: async (args, context) => {
    if (args.job_id !== undefined) return { name: 'ingest', jobId: args.job_id };
    return { name: 'ingest', payload: await payloadOf(args, context), about: { session_id: args.session_id ?? null } };
  },
  present: (job, about) => {
    const sessionId = textOf(about, 'session_id');
    return Promise.resolve({
      next: {
        tool: 'get_unfinished_tasks',
        arguments: sessionId === null ? { sort: 'newest' } : { session_id: sessionId },
      },
      ...(job?.result != null && {
        result: { outcome: job.result['outcome'], kept: job.result['kept'], skipped: job.result['skipped'] },
      }),
    });
  },
});

async function payloadOf(args: Arguments, { redact, now, transcripts }: ToolContext): Promise<JobPayload<'ingest'>> {
  if (args.transcript_path !== undefined) {
    const path = await transcriptBelow(transcripts.roots, args.transcript_path);
    return { kind: 'transcript', host: transcripts.host, path, urgency: 'asked' };
  }
  const messages = await chatMessages(args.messages ?? [], redact, now());
  return { kind: 'chat', sessionId: args.session_id ?? '', messages, receivedAt: now() };
}
