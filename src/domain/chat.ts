/** Messages that a client hands over, read as if they were lines of a transcript. */
import { createHash } from 'node:crypto';
import type { Fact } from './facts.js';
import type { ChatMessage } from './model.js';
import type { RedactionRules } from './redact.js';
import { readLines, type ReaderState } from './transcript/index.js';

/** What is known of a session that exists only as messages. */
export interface ChatState {
  readonly version: number;
  readonly state: ReaderState;
  /** Identities of the messages that were read. */
  readonly known: readonly string[];
}

export interface ChatReading {
  readonly state: ReaderState;
  readonly facts: readonly Fact[];
  /** Identities of the messages that were new. */
  readonly fresh: readonly string[];
}

/** A message is the same if session, role and text are, and it is the same occurrence of them: hand the whole again and only what is new counts. */
export async function readChat(
  { state, known }: ChatState,
  sessionId: string,
  messages: readonly ChatMessage[],
  receivedAt: number,
  rules?: RedactionRules,
): Promise<ChatReading> {
  const seen = new Set(known);
  const occurrences = new Map<string, number>();
  const fresh: string[] = [];
  const lines = messages.flatMap((message) => {
    const text = JSON.stringify([sessionId, message.role, message.content]);
    const nth = occurrences.get(text) ?? 0;
    occurrences.set(text, nth + 1);
    const uuid = createHash('sha256').update(`${nth}\0${text}`).digest('hex').slice(0, 32);
    if (seen.has(uuid) || message.role === 'system') return [];
    fresh.push(uuid);
    const timestamp = new Date(message.timestamp ?? receivedAt).toISOString();
    return [
      { type: message.role, uuid, sessionId, timestamp, message: { role: message.role, content: message.content } },
    ];
  });
  const read = await readLines(
    state,
    lines.map((line, index) => ({ line: state.line + index + 1, text: JSON.stringify(line) })),
    rules,
  );
  return { ...read, fresh };
}
