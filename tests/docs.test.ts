/** What the documents promise is there: the files they link to, the commands and options they name, the npm scripts. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { tools } from '../src/mcp/tools/index.js';

const documents = [
  'README.md',
  'USAGE_EXAMPLES.md',
  'CONTRIBUTING.md',
  'demo/README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const read = (path: string): string => readFileSync(path, 'utf8');

/** A document's text without its code, and the lines of its code blocks. */
function parts(path: string): { readonly prose: string; readonly code: readonly string[] } {
  const prose: string[] = [];
  const code: string[] = [];
  let fence: string | null = null;
  for (const line of read(path).split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence === null && mark !== null) fence = mark;
    else if (fence !== null && mark !== null && mark.startsWith(fence)) fence = null;
    else (fence === null ? prose : code).push(line);
  }
  return { prose: prose.join('\n'), code };
}

const slug = (heading: string): string =>
  heading
    .replace(/[`*]|_(?=\w)|(?<=\w)_/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/ /g, '-');

const anchors = (path: string): ReadonlySet<string> =>
  new Set([...parts(path).prose.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => slug(heading)));

/** Relative links of a document, each with its target's path and anchor; links to the web are none of ours. */
function links(path: string): { readonly link: string; readonly file: string; readonly anchor: string | null }[] {
  return [...parts(path).prose.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/i.test(link)) return [];
    const [target = '', anchor] = link.split('#');
    const file = target === '' ? path : normalize(join(dirname(path), target));
    return [{ link, file, anchor: anchor ?? null }];
  });
}

function faultOf({ file, anchor }: ReturnType<typeof links>[number]): string | null {
  if (!existsSync(file)) return 'there is no such file';
  if (anchor === null) return null;
  return anchors(file).has(anchor) ? null : 'there is no such heading';
}

describe.each(documents)('%s', (path) => {
  test('links to files and headings that are there', () => {
    const faults = links(path).flatMap((found) => {
      const fault = faultOf(found);
      return fault === null ? [] : [`${found.link}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  test('names no path of the machine that it was written on', () => {
    expect(read(path).match(/(?:\/tmp\/|\/work\/|\/root\/)[\w./-]*/g) ?? []).toEqual([]);
  });

  test('names npm scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(path).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2],
    );
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
  });

  test('calls tools that the server has', () => {
    const names = tools.map((tool) => tool.name);
    const called = [
      ...parts(path)
        .code.join('\n')
        .matchAll(/(?<!most recent )\bcall ([a-z_]+)/g),
    ].map(([, name = '']) => name);
    expect(called.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('commands', () => {
  const program = new Command();
  beforeAll(async () => {
    // The same functions that the program registers, so what is compared is what --help prints.
    const files = readdirSync('src/cli').filter((name) => name.endsWith('.ts') && name !== 'main.ts');
    for (const file of files) {
      const found = (await import(`../src/cli/${file.replace(/\.ts$/, '.js')}`)) as Record<string, unknown>;
      for (const [name, register] of Object.entries(found)) {
        if (name.startsWith('register')) (register as (to: Command) => void)(program);
      }
    }
  });

  /** Why the program would refuse these words; null if it would not. */
  function refusal(words: readonly string[]): string | null {
    const rest = words.filter((word) => !['--verbose', '--help', '--version', '-h', '-V'].includes(word));
    const [name, ...args] = rest;
    if (name === undefined || name === 'help') return null;
    const command = program.commands.find((known) => known.name() === name);
    if (command === undefined) return `there is no command ${name}`;
    const wrong = args.find(
      (arg) => /^--?[a-z]/i.test(arg) && !command.options.some((option) => option.long === arg || option.short === arg),
    );
    if (wrong !== undefined) return `${name} has no option ${wrong}`;
    const most = command.registeredArguments.some((argument) => argument.variadic)
      ? Number.POSITIVE_INFINITY
      : command.registeredArguments.length;
    const isValue = (at: number): boolean =>
      command.options.some(
        ({ required, long, short = long }) => required && at > 0 && [long, short].includes(args[at - 1]),
      );
    const given = args.filter((arg, at) => !/^--?[a-z]/i.test(arg) && !isValue(at)).length;
    if (given > most) return `${name} takes ${most} arguments, not ${given}`;
    const least = command.registeredArguments.filter((argument) => argument.required).length;
    return given < least ? `${name} takes at least ${least} arguments` : null;
  }

  test('those of the examples are there, with their options and arguments', () => {
    const invocations = documents.flatMap((path) => parts(path).code.flatMap(wordsOf));
    expect(invocations.length).toBeGreaterThan(20);
    expect(invocations.flatMap((words) => refusal(words) ?? [])).toEqual([]);
  });

  test('those named within a text are there, with their options and arguments', () => {
    const named = documents.flatMap((path) =>
      [...read(path).matchAll(/`mcp-autobot-tracker ([^`<\n]+)`/g)].map(([, words = '']) => plain(words)),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.flatMap((words) => refusal(words) ?? [])).toEqual([]);
  });

  test('each has its row in the README', () => {
    const rows = [...parts('README.md').prose.matchAll(/^\| `mcp-autobot-tracker ([^`]+)`/gm)];
    const names = rows.map(([, words = '']) => plain(words)[0]);
    expect(names.sort()).toEqual(program.commands.map((command) => command.name()).sort());
  });

  test('a command, an option and an argument that are not there are noticed', () => {
    expect(refusal(['statsu'])).toBe('there is no command statsu');
    expect(refusal(['up', '--detached'])).toBe('up has no option --detached');
    expect(refusal(['down', 'now'])).toBe('down takes 0 arguments, not 1');
    expect(refusal(['extract'])).toBe('extract takes at least 1 arguments');
  });
});

/** Words without the brackets of those that may be left out. */
const plain = (words: string): readonly string[] => words.split(/[\s[\]]+/).filter(Boolean);

/** What a line of a shell hands to our program: each invocation without its redirections, quotes taken off. */
function wordsOf(line: string): readonly (readonly string[])[] {
  // Output that names a command to run stands in backquotes or after an arrow, and is no line of a shell.
  const start =
    /(?:^|[|;(&]|\bthen)\s*(?:\$ )?(?:export )?(?:[A-Z_]+=\S+ )*(?:mcp-autobot-tracker|node \S*dist\/src\/cli\/main\.js)(?= |$)/g;
  return [...line.matchAll(start)].map((match) => {
    const rest = line.slice(match.index + match[0].length);
    const words: string[] = [];
    for (const [word] of rest.matchAll(/'[^']*'|"[^"]*"|\S+/g)) {
      if (/^(?:[|;&)#\\]|\d?[<>])/.test(word)) break;
      words.push(word.replace(/^['"]|['"]$/g, ''));
    }
    return words;
  });
}

test('the example of Claude Desktop is the file that ships', () => {
  const inReadme = /```json\n([\s\S]*?)\n```/.exec(read('README.md'))?.[1] ?? '';
  const args = (text: string): unknown => JSON.parse(text.replaceAll('/absolute/path/to/', '/path/to/'));
  expect(args(inReadme)).toEqual(args(read('claude_desktop_config.json')));
});
