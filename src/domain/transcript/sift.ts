/**
 * From a line of a transcript to an `Entry`. There is no official schema: shapes follow Claude Code 1.0.17 to 2.1.237.
 * Every known type of line has a row here, also those that say nothing to us; the others are counted by name.
 */
import type { Priority, Status } from '../model.js';
import { PRIORITIES, STATUSES } from '../model.js';
import { failuresInError, failuresInOutput, refusalOf } from '../failures/index.js';
import type { Entry, Item, ListedTask, Outcome, Sifted, TaskPatch, Text, TextBag, Todo } from './entry.js';
import {
  editItem,
  effectOf,
  planItem,
  refusalItem,
  seenItem,
  speechOf,
  summaryOf,
  testsOf,
  type KnownCall,
  type Sifting,
} from './said.js';
import { FILE_TOOLS, isObject, NONE, str, type Json } from './value.js';

/** Longest texts that are kept, in UTF-16 units. */
const MAX = { title: 500, description: 2_000, error: 2_000, prompt: 300, path: 400, id: 200, items: 500 } as const;

/** Length of `propertyIsEnumerable`, the longest name that every object has. */
const LONGEST_INHERITED = 20;

/** Ids become keys of plain objects, so one that every object has (`constructor`, `__proto__`) is written otherwise. */
function id(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return null;
  const text = value.length > MAX.id ? value.slice(0, MAX.id) : value;
  return text.length <= LONGEST_INHERITED && text in Object.prototype ? `${text}_` : text;
}

/** Line types that carry state of the program and nothing of the conversation. */
const BOOKKEEPING = new Set([
  'mode',
  'permission-mode',
  'bridge-session',
  'atis-latch',
  'agent-setting',
  'agent-name',
  'last-prompt',
  'queue-operation',
  'progress',
  'worktree-state',
]);

/** Subtypes of `system` lines seen in real sessions, beside those that are read below. */
const SYSTEM = new Set([
  'microcompact_boundary',
  'turn_duration',
  'local_command',
  'informational',
  'away_summary',
  'scheduled_task_fire',
]);

/** Attachment types seen in real sessions, beside those that are read below: injected text, never mined. */
const ATTACHMENTS = new Set([
  'hook_success',
  'hook_non_blocking_error',
  'hook_additional_context',
  'hook_system_message',
  'async_hook_response',
  'edited_text_file',
  'file',
  'compact_file_reference',
  'nested_memory',
  'plan_mode',
  'skill_listing',
  'deferred_tools_delta',
  'mcp_instructions_delta',
  'agent_listing_delta',
  'total_tokens_reminder',
  'date_change',
  'invoked_skills',
  'command_permissions',
  'structured_output',
  'read_truncation_notice',
  'auto_mode',
]);

/** Content blocks seen in real sessions. Others are counted, since a new one may carry what we look for. */
const BLOCKS = new Set([
  'text',
  'tool_use',
  'tool_result',
  'thinking',
  'redacted_thinking',
  'image',
  'document',
  'server_tool_use',
  'web_search_tool_result',
  'advisor_tool_result',
  'mcp_tool_use',
  'mcp_tool_result',
  'tool_reference',
]);

/**
 * Reads one line.
 * @param text the line, without its newline
 * @param line its number in the file, from 1
 * @param sifting takes the texts that are kept, and knows the calls before
 */
export function siftLine(text: string, line: number, sifting: Sifting): Sifted {
  const { bag } = sifting;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'skipped', line, why: text.trim() === '' ? 'empty' : 'not-json' };
    if (error instanceof RangeError) return { kind: 'skipped', line, why: 'too-deep' };
    throw error;
  }
  if (!isObject(value)) return { kind: 'skipped', line, why: 'not-an-object' };
  const items: Item[] = [];
  if (!hasContent(value)) return { kind: 'skipped', line, why: 'no-content' };
  const type = itemsOf(value, items, sifting);
  if (type === null) return { kind: 'skipped', line, why: unknownType(value) };
  const cwd = str(value['cwd']);
  const branch = str(value['gitBranch']);
  const timestamp = str(value['timestamp']);
  const at = timestamp === null ? Number.NaN : Date.parse(timestamp);
  return {
    kind: 'entry',
    entry: {
      line,
      type,
      uuid: id(value['uuid']),
      parentUuid: id(value['parentUuid']),
      at: Number.isNaN(at) ? null : at,
      sessionId: id(value['sessionId']),
      agentId: id(value['agentId']),
      sidechain: value['isSidechain'] === true,
      forked: isObject(value['forkedFrom']),
      cwd: cwd === null ? null : bag.put(cwd, MAX.path),
      branch: branch === null ? null : bag.put(branch, MAX.path),
      version: id(value['version']),
      items,
      unknownBlocks: unknownBlocks(value),
    } satisfies Entry,
  };
}

/** Name of an unknown type, as far as it is a name and not content. */
function unknownType(value: Json): 'no-type' | `unknown-type:${string}` {
  const type = nameOf(value['type']);
  if (type === null) return 'no-type';
  const inner =
    type === 'system' ? value['subtype'] : isObject(value['attachment']) ? value['attachment']['type'] : undefined;
  if (type === 'system' || type === 'attachment') return `unknown-type:${type}/${nameOf(inner) ?? 'none'}`;
  return `unknown-type:${type}`;
}

function unknownBlocks(value: Json): readonly string[] {
  const message = value['message'];
  const content = isObject(message) ? message['content'] : null;
  if (!Array.isArray(content)) return NONE;
  const unknown: string[] = [];
  for (const block of content) {
    if (isObject(block) && !(typeof block['type'] === 'string' && BLOCKS.has(block['type']))) {
      unknown.push(nameOf(block['type']) ?? 'none');
    }
  }
  return unknown;
}

const nameOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w.-]{1,40}$/.test(value) ? value : null;

/** The type of a line of which only the beginning is known: key order is not fixed, so it may be missing. */
export const sniffType = (head: string): string => /"type":\s*"([\w.-]{1,40})"/.exec(head)?.[1] ?? 'unknown';

/** Whether a turn has the content that makes it one: a string or an array of blocks. */
function hasContent(value: Json): boolean {
  if (value['type'] !== 'user' && value['type'] !== 'assistant') return true;
  const message = value['message'];
  const content = isObject(message) ? message['content'] : null;
  return typeof content === 'string' || Array.isArray(content);
}

/** Adds the items of a line. @returns the type to count it under, or null if we do not know it */
function itemsOf(value: Json, items: Item[], sifting: Sifting): string | null {
  const { bag } = sifting;
  const type = value['type'];
  switch (type) {
    case 'user':
      userItems(value, items, sifting);
      return 'user';
    case 'assistant':
      assistantItems(value, items, sifting);
      return 'assistant';
    case 'system':
      return systemItems(value, items, bag);
    case 'attachment':
      return attachmentItems(value, items, sifting);
    case 'summary':
      return titleItem(items, 'summary', value['summary'], value['leafUuid'], bag);
    case 'ai-title':
      return titleItem(items, 'ai', value['aiTitle'], null, bag);
    case 'custom-title':
      return titleItem(items, 'custom', value['customTitle'], null, bag);
    case 'pr-link': {
      const url = str(value['prUrl']);
      if (url !== null) items.push({ is: 'pull-request', url: bag.put(url, MAX.path) });
      return 'pr-link';
    }
    case 'file-history-delta': {
      const path = str(value['trackingPath']);
      if (path !== null) items.push({ is: 'file', path: bag.put(path, MAX.path) });
      return 'file-history-delta';
    }
    case 'file-history-snapshot': {
      const snapshot = value['snapshot'];
      const backups = isObject(snapshot) ? snapshot['trackedFileBackups'] : null;
      if (isObject(backups)) {
        for (const path of Object.keys(backups).slice(0, MAX.items))
          items.push({ is: 'file', path: bag.put(path, MAX.path) });
      }
      return 'file-history-snapshot';
    }
    case 'progress': {
      const data = value['data'];
      const agent = isObject(data) && data['type'] === 'agent_progress' ? id(data['agentId']) : null;
      if (agent !== null) items.push({ is: 'subagent', agentId: agent });
      return 'progress';
    }
    default:
      return typeof type === 'string' && BOOKKEEPING.has(type) ? type : null;
  }
}

function titleItem(
  items: Item[],
  via: 'custom' | 'ai' | 'summary',
  title: unknown,
  leaf: unknown,
  bag: TextBag,
): string {
  const text = str(title);
  if (text !== null) items.push({ is: 'title', via, text: bag.put(text, MAX.prompt), leaf: id(leaf) });
  return via === 'summary' ? 'summary' : `${via}-title`;
}

function systemItems(value: Json, items: Item[], bag: TextBag): string | null {
  const subtype = str(value['subtype']);
  if (subtype === 'compact_boundary') items.push({ is: 'compaction' });
  else if (subtype === 'api_error') {
    const error = value['error'];
    const message = isObject(error) ? (str(error['message']) ?? JSON.stringify(error)) : (str(error) ?? 'API error');
    items.push({ is: 'api-retry', message: bag.put(message, MAX.error) });
  } else if (subtype === 'stop_hook_summary') {
    // Errors of stop hooks that do not block are the hook's own noise; a blocking one stops the conversation.
    const errors = value['hookErrors'];
    if (value['preventedContinuation'] === true && Array.isArray(errors)) {
      for (const error of errors.slice(0, 10)) {
        if (typeof error === 'string') items.push({ is: 'failure', via: 'hook', message: bag.put(error, MAX.error) });
      }
    }
  } else if (subtype !== null && !SYSTEM.has(subtype)) return null;
  return subtype === null ? 'system' : `system/${subtype}`;
}

function attachmentItems(value: Json, items: Item[], sifting: Sifting): string | null {
  const { bag } = sifting;
  const attachment = value['attachment'];
  if (!isObject(attachment)) return null;
  const type = str(attachment['type']);
  const content = attachment['content'];
  switch (type) {
    case 'task_reminder':
      items.push({ is: 'task-snapshot', tasks: listedTasks(content, bag) });
      break;
    case 'todo_reminder':
      items.push({ is: 'todo-snapshot', todos: todosOf(content, bag) ?? [] });
      break;
    case 'queued_command':
      queued(attachment['prompt'], items, sifting);
      break;
    case 'hook_blocking_error': {
      const error = attachment['blockingError'];
      const message = isObject(error) ? str(error['blockingError']) : str(error);
      if (message !== null) items.push({ is: 'failure', via: 'hook', message: bag.put(message, MAX.error) });
      break;
    }
    default:
      if (type === null || !ATTACHMENTS.has(type)) return null;
  }
  return `attachment/${type}`;
}

function assistantItems(value: Json, items: Item[], sifting: Sifting): void {
  const { bag } = sifting;
  const message = value['message'];
  const content = isObject(message) ? message['content'] : null;
  items.push({ is: 'reply', messageId: isObject(message) ? id(message['id']) : null });
  if (value['isApiErrorMessage'] === true) {
    items.push({ is: 'failure', via: 'api', message: bag.put(textOf(content) || 'API error', MAX.error) });
    return;
  }
  const isMain = value['isSidechain'] !== true;
  if (typeof content === 'string') {
    if (sifting.prose && isMain && content !== '')
      items.push({ is: 'said', by: 'assistant', text: speechOf(content, bag) });
    return;
  }
  if (!Array.isArray(content)) return;
  for (const block of content) {
    if (!isObject(block)) continue;
    if (block['type'] === 'tool_use') callItems(block, items, sifting);
    else if (block['type'] === 'text' && sifting.prose && isMain) {
      const text = str(block['text']);
      if (text !== null) items.push({ is: 'said', by: 'assistant', text: speechOf(text, bag) });
    }
  }
}

function callItems(block: Json, items: Item[], sifting: Sifting): void {
  const { bag } = sifting;
  const callId = id(block['id']);
  const tool = nameOf(block['name']) ?? 'unnamed';
  if (callId === null) return;
  const input = parsed(block['input']);
  const summary = isObject(input) ? summaryOf(input) : null;
  sifting.opened(callId, { tool, summary });
  items.push({
    is: 'call',
    id: callId,
    tool,
    effect: effectOf(tool, isObject(input) ? str(input['command']) : null),
    summary: summary === null ? null : bag.put(summary, MAX.path),
  });
  if (!isObject(input)) return;
  if (FILE_TOOLS.has(tool)) {
    const path = str(input['file_path']) ?? str(input['notebook_path']);
    if (path !== null) items.push({ is: 'file', path: bag.put(path, MAX.path) });
    const edit = sifting.prose ? editItem(tool, callId, input, sifting) : null;
    if (edit !== null) items.push(edit);
  } else if (tool === 'ExitPlanMode') {
    const plan = sifting.prose ? planItem(callId, input, sifting) : null;
    if (plan !== null) items.push(plan);
  } else if (tool === 'TodoWrite') {
    const todos = todosOf(input['todos'], bag);
    if (todos !== null) items.push({ is: 'todos', callId, todos });
  } else if (tool === 'TaskCreate') {
    const subject = str(input['subject']);
    if (subject !== null) {
      items.push({
        is: 'create',
        callId,
        subject: bag.put(subject, MAX.title),
        description: optional(input['description'], bag),
      });
    }
  } else if (tool === 'TaskUpdate') {
    const patch = patchOf(input, bag);
    if (patch !== null) items.push({ is: 'update', callId, patch });
  }
}

function userItems(value: Json, items: Item[], sifting: Sifting): void {
  const { bag } = sifting;
  const message = value['message'];
  const content = isObject(message) ? message['content'] : null;
  const injected = value['isMeta'] === true || value['isCompactSummary'] === true;
  if (Array.isArray(value['todos'])) items.push({ is: 'todo-snapshot', todos: todosOf(value['todos'], bag) ?? [] });
  const heard: Sifting = value['isSidechain'] === true ? { ...sifting, prose: false } : sifting;
  if (typeof content === 'string') {
    if (!injected) speech(content, items, heard);
    return;
  }
  if (!Array.isArray(content)) return;
  for (const block of content) {
    if (!isObject(block)) continue;
    if (block['type'] === 'tool_result') resultItem(value, block, items, heard);
    else if (block['type'] === 'text' && !injected) speech(str(block['text']) ?? '', items, heard);
  }
}

/** What a user line says: an interruption, a prompt, or text that the program put there. */
function speech(text: string, items: Item[], { bag, prose }: Sifting): void {
  if (text.startsWith('[Request interrupted by user')) items.push({ is: 'interrupt' });
  else if (isTyped(text)) {
    items.push({ is: 'prompt', text: bag.put(text, MAX.prompt) });
    if (prose) items.push({ is: 'said', by: 'user', text: speechOf(text, bag) });
  }
}

/** Whether a person typed this, as far as its beginning tells: commands, their output and reminders come in tags. */
function isTyped(text: string): boolean {
  const start = text.trimStart();
  return (
    start !== '' &&
    !/^<(command-|local-command|task-notification|system-reminder|bash-|teammate-|user-memory-input|ide_)/.test(
      start,
    ) &&
    !start.startsWith('Caveat: The messages below were generated by the user')
  );
}

/** A prompt that was typed while the assistant was busy. */
function queued(prompt: unknown, items: Item[], { bag, prose }: Sifting): void {
  const text = typeof prompt === 'string' ? prompt : textOf(prompt);
  const isSpeech = isTyped(text);
  items.push({ is: 'prompt', text: isSpeech ? bag.put(text, MAX.prompt) : null });
  if (prose && isSpeech) items.push({ is: 'said', by: 'user', text: speechOf(text, bag) });
}

function resultItem(line: Json, block: Json, items: Item[], sifting: Sifting): void {
  const { bag } = sifting;
  const callId = id(block['tool_use_id']);
  if (callId === null) return;
  const call = sifting.call(callId);
  const raw = line['toolUseResult'];
  const data = isObject(raw) ? raw : null;
  const outcome = outcomeOf(line, block, bag);
  const task = data !== null && isObject(data['task']) ? data['task'] : null;
  items.push({
    is: 'result',
    callId,
    outcome,
    ...(sifting.prose ? outputOf(block, outcome, call, bag) : { failures: NONE, tests: null }),
    created: outcome.is === 'ok' ? createdTask(task, block, bag) : null,
    changed: changedBy(raw, block),
    listed: outcome.is === 'ok' && data !== null ? listedIn(data, task, bag) : null,
    todos: outcome.is === 'ok' && data !== null && 'newTodos' in data ? todosOf(data['newTodos'], bag) : null,
  });
  const agent = data === null ? null : id(data['agentId']);
  if (agent !== null) items.push({ is: 'subagent', agentId: agent });
  if (!sifting.prose) return;
  if (outcome.is === 'rejected') push(items, refusalItem(callId, textOf(block['content']), sifting));
  else if (outcome.is === 'ok' && call?.tool === 'Read' && call.summary !== null) {
    push(items, seenItem(call.summary, textOf(block['content']), sifting));
  } else if (outcome.is === 'ok' && (call?.tool === 'Task' || call?.tool === 'Agent')) {
    const text = textOf(block['content']);
    if (text !== '') items.push({ is: 'report', text: speechOf(text, bag) });
  }
}

function push(items: Item[], item: Item | null): void {
  if (item !== null) items.push(item);
}

/** What an output tells beside its outcome. */
function outputOf(
  block: Json,
  outcome: Outcome,
  call: KnownCall | undefined,
  bag: TextBag,
): { readonly failures: readonly Text[]; readonly tests: 'pass' | 'fail' | null } {
  if (outcome.is !== 'ok' && outcome.is !== 'error') return { failures: NONE, tests: null };
  const text = textOf(block['content']);
  const isError = outcome.is === 'error';
  const told = isError
    ? failuresInError(text)
    : failuresInOutput(text, { tool: call?.tool ?? '', command: call?.summary ?? null }).map(({ message }) => message);
  return {
    failures: told.length === 0 ? NONE : told.map((message) => bag.put(message, MAX.error)),
    tests: testsOf(call, text, isError),
  };
}

/** TaskCreate's result: the id is nowhere else. Without `toolUseResult` its fixed text tells. */
function createdTask(task: Json | null, block: Json, bag: TextBag): { number: string; subject: Text } | null {
  const number = task === null ? null : id(task['id']);
  const subject = task === null ? null : str(task['subject']);
  if (number !== null && subject !== null) return { number, subject: bag.put(subject, MAX.title) };
  const said = /^Task #(\S+) created successfully: (.+)/s.exec(headOf(block['content'], 1_000));
  return said?.[1] !== undefined && said[2] !== undefined
    ? { number: said[1], subject: bag.put(said[2], MAX.title) }
    : null;
}

/** TaskUpdate's result: `success: false`, no updated fields, or a bare string mean that nothing happened. */
function changedBy(raw: unknown, block: Json): boolean | null {
  if (isObject(raw)) {
    if (typeof raw['success'] !== 'boolean') return null;
    const fields = raw['updatedFields'];
    return raw['success'] && !(Array.isArray(fields) && fields.length === 0);
  }
  if (typeof raw === 'string') return false;
  return headOf(block['content'], 100).startsWith('Updated task #') ? true : null;
}

function listedIn(data: Json, task: Json | null, bag: TextBag): readonly ListedTask[] | null {
  if (Array.isArray(data['tasks'])) return listedTasks(data['tasks'], bag);
  return task !== null && 'status' in task ? listedTasks([task], bag) : null;
}

function outcomeOf(line: Json, block: Json, bag: TextBag): Outcome {
  if (block['is_error'] !== true) return { is: 'ok' };
  const kind = line['toolDenialKind'];
  if (kind === 'user-rejected') return { is: 'rejected' };
  if (typeof kind === 'string') return { is: 'denied' };
  const text = textOf(block['content']);
  const refusal = refusalOf(text);
  if (refusal !== null) return { is: refusal };
  return { is: 'error', message: bag.put(text === '' ? 'Tool failed without a message' : text, MAX.error) };
}

/** The text of a message's content: a string, or the text blocks of an array. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const parts: string[] = [];
  for (const block of content) {
    if (typeof block === 'string') parts.push(block);
    else if (isObject(block) && typeof block['text'] === 'string') parts.push(block['text']);
  }
  return parts.join('\n');
}

/** The beginning of a content's text, without joining what follows: results may be megabytes. */
function headOf(content: unknown, chars: number): string {
  const first: unknown = Array.isArray(content) ? content[0] : content;
  const text = isObject(first) ? first['text'] : first;
  return typeof text === 'string' ? text.slice(0, chars) : '';
}

/** Claude sometimes writes an argument as a string of JSON. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The items of a list that have a text; null where this is no list at all. */
function todosOf(value: unknown, bag: TextBag): readonly Todo[] | null {
  const list = parsed(value);
  if (!Array.isArray(list)) return null;
  return list.slice(0, MAX.items).flatMap((item: unknown): Todo[] => {
    const content = isObject(item) ? str(item['content']) : null;
    if (!isObject(item) || content === null || content.trim() === '') return [];
    return [
      {
        content: bag.put(content, MAX.title),
        status: statusOf(item['status']) ?? 'pending',
        priority: priorityOf(item['priority']),
      },
    ];
  });
}

function listedTasks(value: unknown, bag: TextBag): readonly ListedTask[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX.items).flatMap((item: unknown): ListedTask[] => {
    const number = isObject(item) ? id(item['id']) : null;
    const subject = isObject(item) ? str(item['subject']) : null;
    if (!isObject(item) || number === null || subject === null) return [];
    return [
      {
        number,
        subject: bag.put(subject, MAX.title),
        description: optional(item['description'], bag),
        status: statusOf(item['status']),
        owner: ownerOf(item['owner']),
        blocks: numbers(item['blocks']),
        blockedBy: numbers(item['blockedBy']),
      },
    ];
  });
}

function patchOf(input: Json, bag: TextBag): TaskPatch | null {
  const number = id(input['taskId']) ?? id(input['id']);
  if (number === null) return null;
  const status = input['status'];
  const subject = str(input['subject']);
  return {
    number: number.replace(/^#/, ''),
    status: status === 'deleted' ? 'deleted' : statusOf(status),
    subject: subject === null ? null : bag.put(subject, MAX.title),
    description: optional(input['description'], bag),
    owner: ownerOf(input['owner']),
    blocks: numbers(input['addBlocks']),
    blockedBy: numbers(input['addBlockedBy']),
  };
}

const optional = (value: unknown, bag: TextBag): Text | null => {
  const text = str(value);
  return text === null ? null : bag.put(text, MAX.description);
};

const ownerOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w .@-]{1,60}$/.test(value) ? value : null;

function numbers(value: unknown): readonly string[] {
  const list = parsed(value);
  if (!Array.isArray(list)) return [];
  return list.slice(0, 100).flatMap((item) => id(item)?.replace(/^#/, '') ?? []);
}

/** Statuses as lists write them; Claude has invented a few spellings. */
function statusOf(value: unknown): Status | null {
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase().replace(/[\s-]+/g, '_');
  if (word === 'done' || word === 'complete') return 'completed';
  if (word === 'canceled') return 'cancelled';
  if (word === 'todo' || word === 'open') return 'pending';
  return (STATUSES as readonly string[]).includes(word) ? (word as Status) : null;
}

const priorityOf = (value: unknown): Priority | null =>
  typeof value === 'string' && (PRIORITIES as readonly string[]).includes(value.toLowerCase())
    ? (value.toLowerCase() as Priority)
    : null;
