/** Conversations as a client hands them over. */
import { readChat } from '../../src/domain/chat.js';
import type { ChatMessage } from '../../src/domain/model.js';
import { StaleCheckpointError, type Store } from '../../src/store/index.js';
import { START, todos, type Line, type TodoLike } from './builders.js';

export const said = (role: ChatMessage['role'], content: ChatMessage['content'], minute?: number): ChatMessage => ({
  role,
  content,
  timestamp: minute === undefined ? null : START + minute * 60_000,
});

/** Content of an assistant's message that writes a list. */
export const listed = (callId: string, ...items: readonly TodoLike[]): ChatMessage['content'] => [
  { type: 'tool_use', id: callId, name: 'TodoWrite', input: { todos: todos(...items) } },
];

/** Content of a user's message that tells of a failed call. */
export const failed = (callId: string, content: string): ChatMessage['content'] => [
  { type: 'tool_result', tool_use_id: callId, content, is_error: true },
];

/** What a client of the API sees of these lines: no ids of lines, and no data beside a result. */
export const asMessages = (lines: readonly Line[], isTimed = true): ChatMessage[] =>
  lines.flatMap((line) => {
    const { type, timestamp, message } = line as { type: string; timestamp: string; message?: { content: never } };
    if ((type !== 'user' && type !== 'assistant') || message === undefined) return [];
    return [{ role: type, content: message.content, timestamp: isTimed ? Date.parse(timestamp) : null }];
  });

/**
 * Hands messages over as the worker does; whoever loses a race begins again.
 * @returns how much was told anew; null where the transcript is known
 */
export async function handOver(
  store: Store,
  sessionId: string,
  messages: readonly ChatMessage[],
  receivedAt = START,
): Promise<number | null> {
  for (;;) {
    const at = await store.chat(sessionId);
    if (at === null) return null;
    const reading = readChat(at.chat, sessionId, messages, receivedAt);
    if (reading === null) return 0;
    try {
      await store.commitChat(at, reading, receivedAt);
      return reading.kept;
    } catch (error) {
      if (!(error instanceof StaleCheckpointError)) throw error;
    }
  }
}
