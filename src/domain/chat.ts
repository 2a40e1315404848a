/**
 * Messages that a client hands over, read as if they were lines of a transcript. What they say is kept apart from what files
 * say, and is said anew each time the conversation is known better, so that it can be taken back when its transcript comes.
 */
import { hash } from 'node:crypto';
import { leadOf, renames } from './chat-names.js';
import { KEEP_CHAT, settled, type Chat, type ChatReading, type Happening, type Said } from './chat-record.js';
import { claimOf, type Claim } from './claims/index.js';
import { failureRecord, mergeFailures, type FailureRecord } from './errors.js';
import type { ErrorFact, Fact } from './facts.js';
import { eventIdOf } from './ids.js';
import type { ChatMessage } from './model.js';
import { untagged, type Redact } from './redact/index.js';
import { gather, type TaskRecord } from './tasks/index.js';
import { initialState, READER_VERSION, readLines, type ReaderState } from './transcript/index.js';
import { layWindow } from './windows.js';

/** As much of a block tells it from others, in UTF-16 units: long texts may come cut to different lengths. */
const TELLING_CHARS = 1_000;
/** The last instant that a Date can hold. */
const LAST_INSTANT = 8_640_000_000_000_000;

const digest = (value: unknown): string => hash('sha256', JSON.stringify(value)).slice(0, 16);

/**
 * What a stretch of a conversation adds to what is known of it; see `layWindow` for what is the same message.
 * @param receivedAt when it was handed over: a message without a time is not later than this, nor than those after it
 * @returns null if it adds nothing
 */
export function readChat(
  known: Chat | null,
  sessionId: string,
  messages: readonly ChatMessage[],
  receivedAt: number,
  redact?: Redact,
): ChatReading | null {
  const before = known ?? blank(sessionId);
  const said = layWindow(before.said, stretchOf(messages, receivedAt));
  if (said === before.said) return null;
  const isMore = before.isSettled;
  const uuids = uuidsOf(sessionId, said);
  const times = timesOf(said);
  const fresh = said.flatMap(({ role, content }, index) => {
    if (content === null) return [];
    const [uuid, timestamp] = [uuids[index], new Date(times[index] ?? 0).toISOString()];
    return [{ type: role, uuid, sessionId, timestamp, message: { role, content } }];
  });
  if (isMore && fresh.length === 0) return null;
  const start = isMore && (before.state.version as number) === READER_VERSION ? before.state : rooted(sessionId);
  const numbered = fresh.map((line, index) => ({ line: start.line + index + 1, text: JSON.stringify(line) }));
  const { state, facts } = readLines(start, numbered, redact);
  return told(before, { said, state, isMore }, facts, sessionId);
}

/** Ids of list items hang on the root, so it must not change when an earlier message comes to light. */
function rooted(sessionId: string): ReaderState {
  return { ...initialState(sessionId), root: hash('sha256', `chat\0${sessionId}`).slice(0, 32) };
}

const blank = (sessionId: string): Chat => ({
  said: [],
  state: rooted(sessionId),
  isSettled: false,
  tasks: {},
  failures: {},
  renamed: {},
});

function stretchOf(messages: readonly ChatMessage[], gotAt: number): Said[] {
  const ids = new Set<string>();
  return messages.flatMap(({ role, content, timestamp }) => {
    if (role === 'system') return [];
    // One text is the same as a string and as a block.
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    const key = digest([role, ...blocks.map((block) => untagged(canonical(block)).slice(0, TELLING_CHARS))]);
    const isUnique = blocks.some((block) => idOf(block) !== null);
    if (isUnique && ids.size === ids.add(key).size) return [];
    const at = timestamp === null ? null : Math.min(Math.max(timestamp, 0), LAST_INSTANT);
    return [{ key, role, at, gotAt, isUnique, content }];
  });
}

function idOf(block: Readonly<Record<string, unknown>>): string | null {
  const id = block['type'] === 'tool_use' ? block['id'] : block['type'] === 'tool_result' ? block['tool_use_id'] : null;
  return typeof id === 'string' && id !== '' ? id : null;
}

/** JSON that does not depend on the order of keys. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}

/** A message's identity: its session, role, text, and which occurrence of them it is. */
function uuidsOf(sessionId: string, said: readonly Said[]): string[] {
  const occurrences = new Map<string, number>();
  return said.map(({ key }) => {
    const nth = occurrences.get(key) ?? 0;
    occurrences.set(key, nth + 1);
    return hash('sha256', JSON.stringify([sessionId, key, nth])).slice(0, 32);
  });
}

/** A message that came without a time was said before it was handed over, and before the one that follows it. */
function timesOf(said: readonly Said[]): number[] {
  const times: number[] = [];
  let next = LAST_INSTANT + 1;
  for (const { at, gotAt } of [...said].reverse()) {
    next = Math.max(0, at ?? Math.min(gotAt, next - 1));
    times.push(next);
  }
  return times.reverse();
}

/** What the facts of a reading change in what the chat told before. */
function told(
  before: Chat,
  now: { readonly said: readonly Said[]; readonly state: ReaderState; readonly isMore: boolean },
  facts: readonly Fact[],
  sessionId: string,
): ChatReading {
  const { state, isMore } = now;
  const names = renames(before, state, facts);
  // What prose told of may turn out to be an item of a list.
  const joined = facts
    .filter((fact) => fact.is === 'alias')
    .filter(({ alias, id }) => leadOf(names.renamed, id) !== alias);
  const renamed = { ...names.renamed, ...Object.fromEntries(joined.map(({ alias, id }) => [alias, id])) };
  const fresh = joined.filter(({ alias, id }) => before.renamed[alias] !== id);
  const aliases = [...names.aliases, ...fresh];
  const records = gather(
    facts.flatMap((fact) => {
      if (fact.is !== 'task') return [];
      const [blocks, blockedBy] = [fact.blocks, fact.blockedBy].map((ids) => ids.map((id) => leadOf(renamed, id)));
      return [{ ...fact, id: leadOf(renamed, fact.id), blocks: blocks ?? [], blockedBy: blockedBy ?? [] }];
    }),
  );
  const tasks = new Map<string, TaskRecord | null>();
  const digests: Record<string, string> = isMore ? { ...before.tasks } : {};
  for (const [id, record] of records) {
    const sum = digest(record);
    // What did not change is left alone: it may have been forgotten meanwhile, as old things are.
    if (isMore || before.tasks[id] !== sum) tasks.set(id, record);
    digests[id] = sum;
  }
  for (const id of Object.keys(before.tasks)) if (!(id in digests)) tasks.set(id, null);
  const failures = failuresOf(before, facts, sessionId, isMore);
  const claims = claimsOf(before, facts, isMore);
  const bytes = now.said.reduce((sum, { content }) => sum + (content === null ? 0 : JSON.stringify(content).length), 0);
  const isSettled = before.isSettled || bytes > KEEP_CHAT.bytes || now.said.length > KEEP_CHAT.messages;
  const chat = {
    said: now.said,
    state,
    isSettled,
    tasks: digests,
    failures: failures.known,
    claims: claims.known,
    renamed,
  };
  return {
    chat: isSettled ? settled(chat) : chat,
    tasks,
    failures: failures.changed,
    claims: claims.changed,
    isMore,
    aliases,
    kept: tasks.size + failures.changed.size + claims.changed.size,
  };
}

function claimsOf(before: Chat, facts: readonly Fact[], isMore: boolean) {
  const was = before.claims ?? {};
  const known: Record<string, string> = isMore ? { ...was } : {};
  const changed = new Map<string, Claim | null>();
  for (const fact of facts) {
    if (fact.is !== 'claim') continue;
    const claim = claimOf(fact);
    known[claim.id] = digest(claim);
    if (was[claim.id] !== known[claim.id]) changed.set(claim.id, claim);
  }
  for (const id of Object.keys(was)) if (!(id in known)) changed.set(id, null);
  return { known, changed };
}

function failuresOf(before: Chat, facts: readonly Fact[], sessionId: string, isMore: boolean) {
  const found = new Map<string, { record: FailureRecord; events: Happening[] }>();
  for (const fact of facts) {
    if (fact.is !== 'error') continue;
    // The transcript tells of the same event in its own name: taking back this one leaves that alone.
    const own: ErrorFact = { ...fact, eventId: eventIdOf(`chat:${sessionId}:${fact.eventId}`) };
    const known = found.get(fact.id);
    const record = failureRecord(own);
    found.set(fact.id, {
      record: known === undefined ? record : mergeFailures(known.record, record),
      events: [...(known?.events ?? []), [own.eventId, own.at, own.line]],
    });
  }
  const known: Record<string, Chat['failures'][string]> = isMore ? { ...before.failures } : {};
  const changed = new Map<string, { record: FailureRecord | null; add: Happening[]; drop: string[] }>();
  for (const [id, { record, events }] of found) {
    const old = before.failures[id];
    const sum = digest([record, events]);
    const was = new Map((old?.events ?? []).map((one) => [one[0], one]));
    const all = new Map([...(isMore ? was : []), ...events.map((one) => [one[0], one] as const)]);
    known[id] = { digest: sum, events: [...all.values()] };
    if (!isMore && old?.digest === sum) continue;
    // What is as it was is left alone here too.
    const add = events.filter((one) => digest(was.get(one[0]) ?? null) !== digest(one));
    changed.set(id, { record, add, drop: [...was.keys()].filter((event) => !all.has(event)) });
  }
  for (const [id, { events }] of Object.entries(before.failures)) {
    if (!(id in known)) changed.set(id, { record: null, add: [], drop: events.map(([event]) => event) });
  }
  return { known, changed };
}
