/**
 * Reading a conversation is a fold: a state and the entries of a chunk give the next state and facts. The same lines give
 * the same facts in whatever file they stand, so copies and repeated reading change nothing.
 */
import { SAYS_NOTHING, type ClaimFact, type Fact, type TaskFact } from '../facts.js';
import { createdTaskId, eventIdOf, foldWords, listedTaskId, numberedTaskId } from '../ids.js';
import { isOpen, type Status } from '../model.js';
import type { Entry, Item, ListedTask, Sifted, SkipReason, Text } from './entry.js';
import { failuresInPasted, isTold, mayExplain, namesNothing, sameFailure } from '../failures/index.js';
import { failureOf } from './failure.js';
import { projectOf } from './project.js';
import {
  bound,
  boundBytes,
  LIMIT,
  listsOf,
  remember,
  type Lists,
  type NumberedTask,
  type OpenCall,
  type ReaderState,
} from './state.js';
import {
  approvePlan,
  hearPrompt,
  hearReason,
  hearReply,
  hearReport,
  listed,
  seeCall,
  seeDone,
  seeEdit,
  seeFile,
  seeInterrupt,
  seePlan,
  seePullRequest,
  seeRefused,
  undoEdit,
  type Place,
  type Scene as ThreadScene,
} from './thread/index.js';
import { knownKey, resyncTodos, undoTodos, writeTodos, type TodoChange, type WrittenTodo } from './todos.js';

export interface Reading {
  readonly state: ReaderState;
  readonly facts: readonly Fact[];
}

/** What the handling of one entry needs. `texts` are redacted. */
interface Scene {
  readonly state: ReaderState;
  readonly facts: Fact[];
  readonly texts: readonly string[];
  readonly entry: Entry;
  readonly at: number;
  readonly agent: string;
  readonly root: string;
  /** Copied from what stands in the file already. */
  readonly isRepeated: boolean;
}

/**
 * @param before the state after the previous chunk; it is not changed
 * @param sifted the lines of this chunk, in order
 * @param texts the chunk's texts, redacted, by `Text`
 */
export function readTranscript(before: ReaderState, sifted: readonly Sifted[], texts: readonly string[]): Reading {
  const state = structuredClone(before);
  const facts: Fact[] = [];
  for (const line of sifted) {
    state.line = line.kind === 'entry' ? line.entry.line : line.line;
    state.stats.lines += 1;
    if (line.kind === 'skipped') count(state, line.why);
    else readEntry(state, facts, line.entry, texts);
  }
  return { state, facts };
}

function count(state: ReaderState, why: SkipReason): void {
  const { skipped } = state.stats;
  // A hostile file may name any number of types; beyond the first they are one.
  const key = why in skipped || Object.keys(skipped).length < LIMIT.names ? why : 'unknown-type:others';
  skipped[key] = (skipped[key] ?? 0) + 1;
}

function readEntry(state: ReaderState, facts: Fact[], entry: Entry, texts: readonly string[]): void {
  for (const name of entry.unknownBlocks) count(state, `unknown-block:${name}`);
  const { stats } = state;
  if (entry.at !== null) state.clock = entry.at;
  if (entry.uuid !== null && state.root === null) addRoot(state, entry.uuid);
  const isRepeated =
    (entry.uuid !== null && state.recent.includes(entry.uuid)) ||
    (entry.at !== null && entry.at < state.thread.clock - REPEATED_AFTER_MS);
  if (entry.uuid !== null) {
    state.recent.push(entry.uuid);
    if (state.recent.length > LIMIT.recent) state.recent.shift();
    stats.tip = entry.uuid;
  }
  stats.sessionId ??= entry.sessionId;
  if (entry.sidechain && entry.agentId !== null && stats.lines === 1) stats.agentId = entry.agentId;
  if (entry.agentId !== null && entry.agentId !== stats.agentId) remember(stats.subagents, entry.agentId, LIMIT.files);
  const at = entry.at ?? state.clock;
  if (at > 0) {
    stats.firstAt = Math.min(stats.firstAt ?? at, at);
    stats.lastAt = Math.max(stats.lastAt ?? at, at);
    if (!entry.forked && entry.uuid !== null && (entry.sessionId === null || entry.sessionId === stats.sessionId)) {
      stats.firstOwnAt = Math.min(stats.firstOwnAt ?? at, at);
    }
  }
  if (entry.forked) stats.forked = true;
  if (entry.cwd !== null) {
    stats.cwd ??= texts[entry.cwd] ?? null;
    stats.project ??= projectOf(texts[entry.cwd] ?? '');
  }
  if (entry.branch !== null) stats.branch = texts[entry.branch] ?? null;
  if (entry.version !== null) remember(stats.versions, entry.version, 20);
  const agent = agentOf(state, entry);
  if (agent === '' && !isRepeated) state.thread.clock = Math.max(state.thread.clock, at);
  const scene: Scene = { state, facts, texts, entry, at, agent, root: state.root ?? '', isRepeated };
  for (const item of entry.items) readItem(scene, item);
  const isCrowded = Object.keys(state.lists).length > FEW_AGENTS || entry.line % LOOK_EVERY_LINES === 0;
  if (agent !== '' && isCrowded && state.lists[agent] !== undefined) forgetAgents(state, agent);
}

/** Lines that are this much older than those before them were copied. */
const REPEATED_AFTER_MS = 5_000;

/** How often the size of what is small as a rule is looked at: by the line's number, so that chunks make no difference. */
const LOOK_EVERY_LINES = 32;
const FEW_AGENTS = 4;
const FEW_CALLS = 64;

/** Keeps the lists of the subagents that wrote last. */
function forgetAgents(state: ReaderState, latest: string): void {
  const { [latest]: list, '': own, ...others } = state.lists;
  const agents: ReaderState['lists'] = { ...others, ...(list === undefined ? {} : { [latest]: list }) };
  state.stats.forgotten += bound(agents, LIMIT.agents) + boundBytes(agents, LIMIT.agentBytes);
  state.lists = own === undefined ? agents : { '': own, ...agents };
}

function addRoot(state: ReaderState, root: string): void {
  state.root = root;
  remember(state.stats.roots, root, LIMIT.roots);
}

/** Whose list a line is about: '' for the conversation's, a subagent's id, or the first line of an unnamed sidechain. */
function agentOf(state: ReaderState, entry: Entry): string {
  if (!entry.sidechain) return '';
  if (entry.agentId !== null) return entry.agentId;
  if (entry.uuid === null) return 'side';
  const first = (entry.parentUuid === null ? undefined : state.sidechains[entry.parentUuid]) ?? entry.uuid;
  state.sidechains[entry.uuid] = first;
  bound(state.sidechains, LIMIT.sidechains);
  return `side:${first}`;
}

function readItem(scene: Scene, item: Item): void {
  const { state, texts } = scene;
  const { stats } = state;
  const text = (index: Text): string => texts[index] ?? '';
  const isMain = scene.agent === '' || stats.agentId !== null;
  switch (item.is) {
    case 'prompt':
      if (!isMain) return;
      stats.prompts += 1;
      stats.outcome = 'working';
      if (item.text !== null) stats.title.prompt ??= text(item.text);
      return;
    case 'said':
      if (speaks(scene)) hear(scene, item.by, text(item.text));
      return;
    case 'report':
      if (speaks(scene)) hearReport(threadScene(scene), text(item.text));
      return;
    case 'refusal':
      if (speaks(scene)) hearReason(threadScene(scene), text(item.text), state.calls[item.callId]?.summary ?? '');
      return;
    case 'edit': {
      if (!speaks(scene)) return;
      const brought = seeEdit(threadScene(scene), item, text);
      const call = state.calls[item.callId];
      if (brought.length > 0 && call !== undefined) state.calls[item.callId] = { ...call, brought };
      return;
    }
    case 'seen':
      if (speaks(scene)) seeFile(state.thread, text(item.path), item.words.map(text));
      return;
    case 'plan':
      if (speaks(scene)) seePlan(threadScene(scene), text(item.text));
      return;
    case 'interrupt':
      if (speaks(scene)) seeInterrupt(threadScene(scene), 'interrupted');
      stats.interruptions += 1;
      stats.outcome = 'interrupted';
      return;
    case 'reply':
      // One message is written as several lines; only its first counts.
      if (item.messageId === null || item.messageId !== state.lastMessageId) stats.replies += 1;
      state.lastMessageId = item.messageId;
      if (isMain) stats.outcome = 'waiting';
      return;
    case 'call':
      stats.toolCalls += 1;
      if (isMain) stats.outcome = 'working';
      open(scene, item.id, {
        tool: item.tool,
        agent: scene.agent,
        ...(item.summary === null ? {} : { summary: text(item.summary) }),
        ...(item.effect === 'looks' || item.effect === 'lists' ? {} : { isWork: true }),
      });
      if (speaks(scene)) seeCall(threadScene(scene), item.effect, item.id);
      return;
    case 'todos':
      tellTodos(scene, writtenBy(scene, item.todos, item.callId));
      return;
    case 'create':
      open(scene, item.callId, {
        tool: 'TaskCreate',
        agent: scene.agent,
        subject: text(item.subject),
        description: item.description === null ? null : text(item.description),
      });
      return;
    case 'update': {
      const { patch } = item;
      open(scene, item.callId, {
        tool: 'TaskUpdate',
        agent: scene.agent,
        patch: {
          ...patch,
          subject: patch.subject === null ? null : text(patch.subject),
          description: patch.description === null ? null : text(patch.description),
        },
      });
      return;
    }
    case 'result':
      readResult(scene, item);
      return;
    case 'task-snapshot':
      for (const task of item.tasks) resyncNumbered(scene, task);
      return;
    case 'todo-snapshot':
      tellTodos(scene, resyncTodos(listsOf(state, scene.agent), scene.root, scene.agent, written(scene, item.todos)));
      return;
    case 'failure':
      fail(scene, text(item.message), item.via, lineKey(scene));
      if (item.via === 'api') stats.outcome = 'failed';
      if (item.via === 'api' && speaks(scene)) seeInterrupt(threadScene(scene), 'limit');
      return;
    case 'api-retry':
      stats.apiRetries += 1;
      return;
    case 'compaction':
      stats.compactions += 1;
      state.thread.era += 1;
      if (scene.entry.uuid !== null) rebase(scene, scene.entry.uuid);
      return;
    case 'title':
      // A summary may describe another session: it belongs to the one whose message it points at.
      if (item.via !== 'summary') stats.title[item.via] = text(item.text);
      else if (item.leaf !== null && state.recent.includes(item.leaf)) stats.title.summary = text(item.text);
      else if (item.leaf !== null) scene.facts.push({ is: 'summary', leaf: item.leaf, text: text(item.text) });
      return;
    case 'file':
      remember(stats.files, text(item.path), LIMIT.files);
      return;
    case 'pull-request':
      remember(stats.pullRequests, text(item.url), LIMIT.names);
      if (speaks(scene)) seePullRequest(state.thread);
      return;
    case 'subagent':
      remember(stats.subagents, item.agentId, LIMIT.files);
      return;
  }
}

/** Whether the thread of the conversation goes on here: not in a subagent, not in what is told again. */
const speaks = (scene: Scene): boolean => scene.agent === '' && scene.state.stats.agentId === null && !scene.isRepeated;

function hear(scene: Scene, by: 'user' | 'assistant', said: string): void {
  const { isForeign, failures } =
    by === 'user'
      ? hearPrompt(threadScene(scene), said, (pasted) => failuresInPasted(pasted).map(({ message }) => message))
      : hearReply(threadScene(scene), said);
  if (isForeign) count(scene.state, 'prose-language');
  for (const message of failures) fail(scene, message, null, lineKey(scene));
}

function threadScene(scene: Scene): ThreadScene {
  return {
    thread: scene.state.thread,
    key: lineKey(scene),
    line: scene.entry.line,
    at: scene.at,
    tell: (id, source, said, from) => tell(scene, id, { ...said, source }, from),
    alias: (alias, id) => scene.facts.push({ is: 'alias', alias, id }),
    claim: (claim) => tellClaim(scene, claim),
    missed: [],
  };
}

function tellClaim(scene: Scene, claim: Pick<ClaimFact, 'says' | 'about' | 'isContext' | 'quote'>): void {
  const { entry, state } = scene;
  scene.facts.push({
    is: 'claim',
    // One line may say so of several things.
    eventId: eventIdOf(`claim\0${lineKey(scene)}\0${claim.says}\0${foldWords(claim.about)}`),
    at: scene.at,
    sessionId: entry.sessionId ?? state.stats.sessionId ?? '',
    line: entry.line,
    project: state.stats.project,
    ...claim,
  });
}

function open(scene: Scene, callId: string, call: OpenCall): void {
  scene.state.calls[callId] = call;
  const { calls, stats } = scene.state;
  stats.forgotten += bound(calls, LIMIT.calls);
  // Calls without texts are so small that a look now and then will do.
  const isLarge = call.subject !== undefined || call.patch !== undefined || Object.keys(calls).length > FEW_CALLS;
  if (isLarge || scene.entry.line % LOOK_EVERY_LINES === 0) {
    stats.forgotten += boundBytes(calls, LIMIT.callBytes);
  }
}

function readResult(scene: Scene, item: Extract<Item, { is: 'result' }>): void {
  const { state } = scene;
  const { stats } = state;
  const call = state.calls[item.callId];
  Reflect.deleteProperty(state.calls, item.callId);
  const { outcome } = item;
  if (outcome.is === 'rejected') {
    stats.rejections += 1;
    stats.outcome = 'interrupted';
    if (speaks(scene)) seeRefused(threadScene(scene), item.callId, 'user');
  } else if (outcome.is === 'denied') stats.denials += 1;
  else if (outcome.is === 'cascade') stats.cascades += 1;
  else if (outcome.is === 'error' && item.failures.length === 0) {
    fail(scene, scene.texts[outcome.message] ?? '', null, item.callId);
  }
  for (const failure of item.failures) fail(scene, scene.texts[failure] ?? '', null, item.callId);
  if (speaks(scene)) {
    if (outcome.is === 'denied') seeRefused(threadScene(scene), item.callId, 'settings');
    if (outcome.is === 'ok' && call?.isWork === true) seeDone(state.thread, item.tests);
    else if (item.tests !== null) state.thread.tests = item.tests;
    if (call?.isWork === true) state.thread.failed = outcome.is !== 'ok';
  }
  if (outcome.is !== 'ok' && call?.brought !== undefined) undoEdit(threadScene(scene), call.brought);
  if (outcome.is === 'ok' && call?.tool === 'ExitPlanMode' && speaks(scene)) approvePlan(threadScene(scene));

  const agent = call?.agent ?? scene.agent;
  const lists = listsOf(state, agent);
  if (outcome.is !== 'ok') {
    if (call?.tool === 'TodoWrite') tellTodos({ ...scene, agent }, undoTodos(lists, item.callId));
    return;
  }
  // Only these tools answer so about our lists; what others print may look alike. A call that was not seen may be any.
  const tool = call?.tool ?? null;
  const listed = tool === null || tool === 'TaskList' || tool === 'TaskGet' ? (item.listed ?? []) : [];
  const isCreation = tool === 'TaskCreate' || (tool === null && listed.length === 0);
  if (item.created !== null && isCreation) create({ ...scene, agent }, item.callId, item.created, call);
  else if (call?.patch !== undefined && item.changed !== false) update({ ...scene, agent }, call.patch);
  if (call === undefined && item.todos !== null) {
    tellTodos({ ...scene, agent }, writtenBy({ ...scene, agent }, item.todos, item.callId));
  }
  for (const task of listed) resyncNumbered({ ...scene, agent }, task);
}

const written = (
  scene: Scene,
  todos: readonly { content: Text; status: Status; priority: WrittenTodo['priority'] }[],
): WrittenTodo[] =>
  todos.map((todo) => ({ content: scene.texts[todo.content] ?? '', status: todo.status, priority: todo.priority }));

function writtenBy(scene: Scene, todos: Parameters<typeof written>[1], callId: string): TodoChange[] {
  const lists = listsOf(scene.state, scene.agent);
  const { changes, aliases, forgotten } = writeTodos(lists, scene.root, scene.agent, callId, written(scene, todos));
  for (const { alias, id } of aliases) scene.facts.push({ is: 'alias', alias, id });
  scene.state.stats.forgotten += forgotten;
  return changes;
}

function tellTodos(scene: Scene, changes: readonly TodoChange[]): void {
  const { todos } = listsOf(scene.state, scene.agent);
  for (const { todo, status, reason, titled } of changes) {
    const place = todos.findIndex((item) => item.id === todo.id);
    const title = titled ? todo.content : null;
    tell(scene, todo.id, { status, reason, title, priority: todo.priority, place: place < 0 ? null : place });
  }
}

function create(
  scene: Scene,
  callId: string,
  created: { number: string; subject: Text },
  call: OpenCall | undefined,
): void {
  const id = createdTaskId(callId);
  addNumbered(scene, created.number, { id, handle: id, status: 'pending' });
  tell(scene, id, {
    status: 'pending',
    place: /^\d{1,5}$/.test(created.number) ? Number(created.number) : null,
    title: call?.subject ?? scene.texts[created.subject] ?? '',
    description: call?.description ?? null,
  });
}

function addNumbered(scene: Scene, number: string, task: NumberedTask): void {
  const { numbered } = listsOf(scene.state, scene.agent);
  Reflect.deleteProperty(numbered, number);
  numbered[number] = task;
  scene.state.stats.forgotten += bound(numbered, LIMIT.numbered);
}

/** The task of a number; one whose creation we have not seen is known by its number under the present root. */
function numberedTask(scene: Scene, number: string): NumberedTask {
  const id = numberedTaskId(scene.root, scene.agent, number);
  return listsOf(scene.state, scene.agent).numbered[number] ?? { id, handle: id, status: 'pending' };
}

function update(scene: Scene, patch: NonNullable<OpenCall['patch']>): void {
  const task = numberedTask(scene, patch.number);
  const status = patch.status === 'deleted' ? 'cancelled' : patch.status;
  const reopened = status !== null && !isOpen(task.status) && isOpen(status);
  addNumbered(scene, patch.number, { ...task, status: status ?? task.status });
  const blocks = patch.blocks.map((number) => numberedTask(scene, number).id);
  const blockedBy = patch.blockedBy.map((number) => numberedTask(scene, number).id);
  tell(scene, task.id, {
    status,
    reason: patch.status === 'deleted' ? 'deleted' : reopened ? 'reopened' : null,
    title: patch.subject,
    description: patch.description,
    owner: patch.owner,
    blocks,
    blockedBy,
  });
  for (const other of blocks) tell(scene, other, { blockedBy: [task.id] });
  for (const other of blockedBy) tell(scene, other, { blocks: [task.id] });
}

/** A snapshot corrects what we know; a task that it leaves out stays as it is (lists are at times shown empty). */
function resyncNumbered(scene: Scene, listed: ListedTask): void {
  const known = listsOf(scene.state, scene.agent).numbered[listed.number];
  const task = known ?? numberedTask(scene, listed.number);
  const status = listed.status ?? task.status;
  const blocks = listed.blocks.map((number) => numberedTask(scene, number).id);
  const blockedBy = listed.blockedBy.map((number) => numberedTask(scene, number).id);
  const description = listed.description === null ? null : (scene.texts[listed.description] ?? null);
  if (known?.status === status && blocks.length + blockedBy.length === 0 && description === null) return;
  addNumbered(scene, listed.number, { ...task, status });
  tell(scene, task.id, {
    status: known?.status === status ? null : status,
    title: known === undefined ? (scene.texts[listed.subject] ?? '') : null,
    description,
    owner: listed.owner,
    blocks,
    blockedBy,
  });
}

function tell(
  scene: Scene,
  id: string,
  said: Partial<
    Pick<
      TaskFact,
      | 'source'
      | 'quote'
      | 'priorityWords'
      | 'status'
      | 'reason'
      | 'title'
      | 'description'
      | 'priority'
      | 'owner'
      | 'blocks'
      | 'blockedBy'
      | 'place'
    >
  >,
  from: Place = { key: lineKey(scene), line: scene.entry.line, at: scene.at },
): void {
  const { entry, state } = scene;
  if (said.source === undefined && scene.agent === '' && speaks(scene)) {
    listed(threadScene(scene), id, said.title ?? null, said.status ?? null);
  }
  scene.facts.push({
    is: 'task',
    id,
    eventId: eventIdOf(from.key),
    at: from.at,
    sessionId: entry.sessionId ?? state.stats.sessionId ?? '',
    line: from.line,
    source: 'structured',
    project: state.stats.project,
    agent: scene.agent === '' ? null : scene.agent,
    by: 'conversation',
    ...SAYS_NOTHING,
    ...said,
  });
}

/** What every copy of this line has in common. */
const lineKey = ({ entry }: Scene): string => entry.uuid ?? `${entry.sessionId ?? ''}:${entry.line}`;

function fail(scene: Scene, message: string, via: 'api' | 'hook' | null, key: string): void {
  const { state, entry } = scene;
  const failure = failureOf(message, via ?? undefined);
  const id = knownFailure(scene, failure.id, message);
  state.stats.errors += 1;
  scene.facts.push({
    is: 'error',
    id,
    eventId: eventIdOf(key),
    at: scene.at,
    sessionId: entry.sessionId ?? state.stats.sessionId ?? '',
    line: entry.line,
    class: failure.class,
    message,
    project: state.stats.project,
    agent: state.stats.agentId,
  });
}

/** The id that this failure got when it was first met in this conversation, perhaps in other words. */
function knownFailure({ state: { thread } }: Scene, id: string, message: string): string {
  const { failures } = thread;
  const isExplained = (one: string): boolean => failures.some((other) => other.id === one && !isTold(other.text));
  const known =
    failures.find((failure) => failure.id === id) ??
    failures.find((failure) => sameFailure(failure.text, message)) ??
    (namesNothing(message) ? failures.at(-1) : undefined) ??
    onlyOne(failures.filter((one) => mayExplain(one.text, message) && !isExplained(one.id)));
  // What explains a report is compared with what comes later, as the report is.
  if (known !== undefined && (isTold(message) || isExplained(known.id))) return known.id;
  failures.push({ id: known?.id ?? id, text: message.slice(0, FAILURE_CHARS) });
  if (failures.length > MOST_FAILURES) failures.shift();
  return known?.id ?? id;
}

/** Of two crashes nobody knows which it was. */
const onlyOne = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

const FAILURE_CHARS = 500;
const MOST_FAILURES = 24;

/**
 * A compaction is where a copy may begin. Such a copy knows the tasks by the boundary's uuid, so each task of our lists
 * gets that name as well: an alias of the name it had under the root before, which every such copy tells alike.
 */
function rebase(scene: Scene, root: string): void {
  for (const [agent, lists] of Object.entries(scene.state.lists)) rebaseLists(scene, lists, agent, root);
  addRoot(scene.state, root);
}

function rebaseLists(scene: Scene, lists: Lists, agent: string, root: string): void {
  const alias = (from: string, to: string): string => {
    scene.facts.push({ is: 'alias', alias: from, id: to });
    return from;
  };
  for (const [number, task] of Object.entries(lists.numbered)) {
    lists.numbered[number] = { ...task, handle: alias(numberedTaskId(root, agent, number), task.handle) };
  }
  const wording = new Map(Object.entries(lists.known).map(([key, { id }]) => [id, key]));
  for (const todo of lists.todos) wording.set(todo.id, knownKey(todo.content, todo.nth));
  for (const [key, known] of Object.entries(lists.known)) {
    if (wording.get(known.id) !== key) {
      // A copy has never seen the words that an item had before its present ones, so they are free for another item.
      Reflect.deleteProperty(lists.known, key);
      continue;
    }
    const at = key.indexOf(':');
    const handle = alias(listedTaskId(root, agent, key.slice(at + 1), Number(key.slice(0, at))), known.handle);
    lists.known[key] = { ...known, handle };
  }
  lists.todos = lists.todos.map((todo) => ({
    ...todo,
    isInherited: true,
    handle: lists.known[knownKey(todo.content, todo.nth)]?.handle ?? todo.handle,
  }));
}
