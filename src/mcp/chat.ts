/** Messages on their way to the queue: cleaned, secrets masked, and bounded, so that Redis never holds more or worse. */
import { z } from 'zod';
import type { ChatMessage } from '../domain/model.js';
import { InputError } from '../errors.js';
import { Instant, instantOf } from './views/contract.js';
import { bytesOf } from './views/page.js';
import { plain } from './views/plain.js';

/** What a job may hold, in bytes of JSON. */
export const CHAT_BYTES = 256_000;
/** The longest text that is looked at; a hundred times what will be kept of it. */
const LOOK_CHARS = 1_000_000;
const MAX_DEPTH = 12;

export const ChatInput = z.strictObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union(
    [z.string(), z.array(z.looseObject({ type: z.string() }))],
    'expected a text or a list of content blocks, each with a type',
  ),
  timestamp: Instant.optional(),
});
type ChatInput = z.output<typeof ChatInput>;

type Redact = (texts: readonly string[]) => Promise<readonly string[]>;
/** Replaces one text of a message; called for all of them in the same order each time. */
type Swap = (text: string) => string;

/**
 * @param now times that lie ahead of it are taken for it: a status of the future would win for ever
 * @throws InputError where even cut texts do not fit
 */
export async function chatMessages(
  messages: readonly ChatInput[],
  redact: Redact,
  now: number,
): Promise<ChatMessage[]> {
  const texts: string[] = [];
  messages.forEach((message) =>
    rebuild(message, now, (text) => {
      texts.push(plain(text, LOOK_CHARS, 'lines'));
      return '';
    }),
  );
  const masked = await redact(texts);
  const sizes = masked.map(bytesOf);
  for (let budget = CHAT_BYTES; budget > CHAT_BYTES / 64; budget *= 0.8) {
    const most = capFor(sizes, budget);
    let index = 0;
    const built = messages.map((message) =>
      rebuild(message, now, () => {
        const text = masked[index] ?? '';
        const bytes = sizes[index] ?? 0;
        index += 1;
        return bytes <= most ? text : cut(text, most);
      }),
    );
    if (bytesOf(built) <= CHAT_BYTES) return built;
  }
  throw new InputError(
    `ingest_chat was not called: messages hold too many parts for ${CHAT_BYTES / 1_000} kB. Send them in several calls with the same session_id.`,
  );
}

/** The length to which every longer text is cut so that all together fit: short texts stay whole. */
function capFor(sizes: readonly number[], budget: number): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  let left = budget;
  for (const [index, size] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (size > share) return Math.floor(share);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** The start of `text` with a note of how much is gone; about `maxBytes` bytes of JSON. */
function cut(text: string, maxBytes: number): string {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytesOf(text.slice(0, middle)) <= maxBytes - 60) low = middle;
    else high = middle - 1;
  }
  const whole = /[\ud800-\udbff]$/.test(text.slice(0, low)) ? low - 1 : low;
  const end = Math.max(0, whole);
  return `${text.slice(0, end)} […${text.length - end} of ${text.length} characters cut]`;
}

function rebuild(message: ChatInput, now: number, swap: Swap): ChatMessage {
  const at = message.timestamp === undefined ? null : Math.min(now, instantOf(message.timestamp, now));
  const content =
    typeof message.content === 'string'
      ? swap(message.content)
      : message.content.map((block) => ({
          ...(walk(block, swap, 0) as Record<string, unknown>),
          type: handle(block.type),
        }));
  return { role: message.role, content, timestamp: at };
}

/** Keys whose values tie blocks together: kept as they are where they look like handles, else treated as text. */
const HANDLES = new Set(['id', 'tool_use_id', 'name', 'type', 'role']);
const HANDLE = /^[\w.:-]{1,100}$/;
const handle = (value: string): string => (HANDLE.test(value) ? value : 'unknown');

function walk(value: unknown, swap: Swap, depth: number): unknown {
  if (typeof value === 'string') return swap(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((entry) => walk(entry, swap, depth + 1));
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const name = plain(key, 100);
    if (name === '' || name === '__proto__') continue;
    // Pictures and other base64 carry no task and would use up the whole budget.
    if (name === 'data' && 'media_type' in value) result[name] = '[left out]';
    else if (typeof entry === 'string' && HANDLES.has(name) && HANDLE.test(entry)) result[name] = entry;
    else result[name] = walk(entry, swap, depth + 1);
  }
  return result;
}
