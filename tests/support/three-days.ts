/** Three conversations of three days, in which an error comes back although it was called fixed, written through the store. */
import type { Store } from '../../src/store/index.js';
import { HOUR, talk, type Talk } from './builders.js';
import { tell } from './store.js';

const PROJECT = '/work/shop';
const SESSIONS = ['monday', 'tuesday', 'wednesday'] as const;
/** Files that all three conversations edit. */
const FILE = `${PROJECT}/src/pay.ts`;

export interface Told {
  readonly now: number;
  /** Changes every text that somebody else wrote, such as for one that tries to be obeyed. */
  readonly words?: (text: string) => string;
  readonly project?: string;
  readonly sessionOf?: (name: string) => string;
  readonly branch?: string;
}

/** @returns nothing; `correlate` has looked at it, and a health check has been written. */
export async function tellThreeDays(store: Store, told: Told): Promise<void> {
  const { now, words = (text) => text, project = PROJECT, sessionOf = (name) => name, branch = 'main' } = told;
  for (const [index, name] of SESSIONS.entries()) {
    const sessionId = sessionOf(name);
    const lines = talk({ sessionId, name, cwd: project, at: now - (72 - index * 24) * HOUR });
    day(lines, index, { words, project, branch });
    await tell(store, lines.lines, { path: `/transcripts/${name}.jsonl`, sessionId, now });
  }
  await store.correlateTouched(100);
  const since = now - HOUR;
  await store.writeHealth(
    [
      { name: 'redis', status: 'up', latencyMs: 1, since, lastError: null },
      { name: 'backend', status: 'down', latencyMs: null, since, lastError: words('connection refused') },
    ],
    now,
  );
}

function day(
  lines: Talk,
  index: number,
  { words, project, branch }: Required<Pick<Told, 'words' | 'project' | 'branch'>>,
): void {
  lines.add({
    type: 'user',
    gitBranch: branch,
    message: { role: 'user', content: words(`Make the payments work, day ${index}`) },
  });
  lines.add({ type: 'custom-title', customTitle: words(`Payments, day ${index}`), sessionId: lines.sessionId });
  const pay = words('Fix the payment retry');
  const ship = words(`Ship the shop, part ${index}`);
  lines.todoWrite([pay, 'in_progress'], [ship, 'pending', 'high'], words(`Write the notes, part ${index}`));
  lines.tool('Edit', { file_path: FILE, old_string: 'a', new_string: 'b' });
  lines.tool(
    'Bash',
    { command: 'npm test' },
    { content: `Exit code 1\n${words('Error: payment gateway refused the connection')}`, isError: true },
  );
  lines.wait(HOUR);
  lines.todoWrite([pay, 'completed'], [ship, 'pending', 'high'], words(`Write the notes, part ${index}`));
  lines.taskCreate('1', words(`Call the bank, part ${index}`), {
    description: words(`about the limits of ${project}`),
  });
  lines.taskUpdate('1', { status: 'pending', owner: words('somebody') });
  lines.say(words('I will come back to this.'));
}
