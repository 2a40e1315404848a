#!/usr/bin/env node
/**
 * `npm run inspector`: drives the stdio server through the Inspector's command line, whose exit codes say how it went.
 * Ends with 1 where one is not the expected.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, setUpOrExit } from './setup.mjs';
import { finished, inFolder, installSuite } from './suite.mjs';

const FINE = 0;
const FAILED = 1;
const TOOL_FAILED = 5;

const TASKS = ['--tool-name', 'get_unfinished_tasks'];
/** What is asked, the exit code, and what stands in the one JSON object on stdout. */
const CALLS = [
  { method: 'initialize', exit: FINE, holds: ({ result }) => result.serverInfo.name === 'mcp-autobot-tracker' },
  // --strict ends with 6 on schemas that other clients would not understand.
  { method: 'tools/list', args: ['--strict'], exit: FINE, holds: ({ result }) => result.tools.length > 0 },
  { method: 'tools/call', args: TASKS, exit: FINE, holds: ({ result }) => result.structuredContent.total === 0 },
  {
    method: 'tools/call',
    args: [...TASKS, '--tool-args-json', '{"limit":0}'],
    exit: TOOL_FAILED,
    holds: ({ result }) => result.isError === true,
  },
  { method: 'resources/list', exit: FINE, holds: ({ result }) => result.resources.length > 0 },
  { method: 'resources/templates/list', exit: FINE, holds: ({ result }) => result.resourceTemplates.length > 0 },
  {
    method: 'resources/read',
    args: ['--uri', 'autobot://unfinished_tasks'],
    exit: FINE,
    holds: ({ result }) => JSON.parse(result.contents[0].text).total === 0,
  },
  { method: 'resources/read', args: ['--uri', 'autobot://nothing'], exit: FAILED, holds: (answer) => answer === null },
  { method: 'prompts/list', exit: FINE, holds: ({ result }) => result.prompts.length > 0 },
  {
    method: 'prompts/get',
    args: ['--prompt-name', 'morning_review'],
    exit: FINE,
    holds: ({ result }) => result.messages.length > 0,
  },
];

setUpOrExit({ redis: true });
const tools = installSuite();
process.exitCode = (await inFolder(inspect)) ? 0 : 1;

async function inspect(place) {
  // The Inspector keeps a catalogue in the user's home, and hands little of its environment on to the server.
  const home = join(place.folder, 'home');
  mkdirSync(home);
  const passedOn = { TRACKER_HOME: place.env.TRACKER_HOME, CLAUDE_CONFIG_DIR: place.env.CLAUDE_CONFIG_DIR };
  const variables = Object.entries({ ...passedOn, REDIS_URL: await place.redis() });
  const server = [process.execPath, join(root, 'dist', 'src', 'cli', 'main.js'), 'mcp'];
  const eras = await Promise.all(
    ['legacy', 'modern'].map(async (era) => {
      const faults = [];
      for (const { method, args = [], exit, holds } of CALLS) {
        const flags = ['--cli', '--format', 'json', '-q', '--protocol-era', era, '--method', method, ...args];
        const given = variables.flatMap(([name, value]) => ['-e', `${name}=${value}`]);
        const child = place.start(tools.node, [tools.inspector, ...flags, ...given, ...server], {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...place.env, HOME: home },
        });
        const end = await finished(child);
        const fault = faultOf(end, exit, holds);
        const line = [era, method, ...args].join(' ');
        process.stdout.write(`${fault === null ? 'ok' : 'FAILED'}: ${line}: exit ${end.status}\n`);
        if (fault === null) continue;
        faults.push(fault);
        process.stdout.write(`  ${fault}\n`);
      }
      return faults;
    }),
  );
  return eras.flat().length === 0;
}

function faultOf({ status, stdout, stderr }, exit, holds) {
  if (status !== exit) return `expected exit ${exit}; ${stderr.trim().slice(-600)}`;
  try {
    if (holds(stdout.trim() === '' ? null : JSON.parse(stdout))) return null;
  } catch (error) {
    return `unreadable (${error.message}): ${stdout.slice(0, 600)}`;
  }
  return `unexpected: ${stdout.slice(0, 600)}`;
}
