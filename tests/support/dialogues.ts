/** Labelled dialogues in a short notation, as conversations and what a careful reader finds in them; see `tests/fixtures/dialogues/README.md`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, START, jsonl, talk, type Json, type Talk } from './builders.js';
import { write } from './files.js';

const MARKED = /^([UAERFGN]): ?(.*)$/;

interface Step {
  readonly kind: string;
  text: string;
}

function stepsOf(dialogue: string): readonly Step[] {
  const steps: Step[] = [];
  for (const line of dialogue.split('\n')) {
    const [, kind, text = ''] = MARKED.exec(line) ?? [];
    const last = steps.at(-1);
    if (kind !== undefined) steps.push({ kind, text });
    else if (last !== undefined) last.text += `\n${line}`;
  }
  return steps.map(({ kind, text }) => ({ kind, text: text.trim() }));
}

/** `a/b, c` → `['a|b', 'c']`. */
const stems = (said: string): readonly string[] =>
  said.split(',').map((one) => one.trim().toLowerCase().replaceAll('/', '|'));

function labelled(steps: readonly Step[]): Json {
  const tasks: Json[] = [];
  const neutral: Json[] = [];
  for (const { kind, text } of steps) {
    const parts = text.split('|').map((part) => part.trim());
    if (kind === 'G') {
      const [source, status, priority, title, words = ''] = parts;
      tasks.push({
        id: `task ${tasks.length + 1}`,
        text: title,
        must_contain: stems(words),
        status,
        priority: priority === '-' || priority === '' ? null : priority,
        source,
        lines: [1],
      });
    }
    if (kind === 'N') {
      const [title = '', words = title] = parts;
      neutral.push({ text: title, must_contain: stems(words), lines: [1] });
    }
  }
  return { about: 'a dialogue', tasks, errors: [], neutral };
}

function act(chat: Talk, { kind, text }: Step): void {
  if (kind === 'U') chat.user(text);
  if (kind === 'A') chat.say(text);
  if (kind === 'E') {
    const [path = text] = text.split(' ', 1);
    const change = { file_path: path, old_string: 'const a = 1;', new_string: 'const a = 2;', replace_all: false };
    chat.tool('Edit', change, { content: `The file ${path} has been updated successfully.` });
  }
  if (kind === 'R' || kind === 'F') {
    const [command = text, output = ''] = text.split(' => ');
    const isError = kind === 'F';
    chat.tool(
      'Bash',
      { command, description: 'Run it' },
      { content: isError ? `Exit code 1\n${output}` : output, isError },
    );
  }
}

/** Writes the dialogues of a file as sessions and their `gold.json` into `folder`. @returns how many they are */
export async function writeDialogues(file: string, folder: string): Promise<number> {
  const dialogues = (await readFile(file, 'utf8')).split(/^===.*\n/m).slice(1);
  const gold: Record<string, Json> = {};
  for (const [index, dialogue] of dialogues.entries()) {
    const name = `${String(index + 1).padStart(3, '0')}.jsonl`;
    const chat = talk({ sessionId: `dialogue-${index + 1}`, at: START + index * DAY });
    const steps = stepsOf(dialogue);
    for (const step of steps) act(chat, step);
    await write(join(folder, name), jsonl(chat.lines));
    gold[name] = labelled(steps);
  }
  await write(join(folder, 'gold.json'), JSON.stringify(gold));
  return dialogues.length;
}
