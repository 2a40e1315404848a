#!/usr/bin/env node
/**
 * `npm run conformance`: the official suite against the fixture server and against the server that people run. Prints
 * two tables and ends with 1 where a scenario fails that must pass; `-- --write` puts the tables into
 * docs/conformance.md, and without it a table there that is no longer true is a failure as well.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, setUpOrExit } from './setup.mjs';
import { awaitLine, finished, inFolder, installSuite, parseYaml } from './suite.mjs';

const REVISIONS = ['2025-11-25', '2026-07-28'];
const DOCUMENT = join(root, 'docs', 'conformance.md');

/** What a server without fixtures is asked for: the list of reference/mcp.md, by revision. */
const GENERIC = {
  '2025-11-25': [
    ...['server-initialize', 'ping', 'tools-list', 'resources-list', 'prompts-list'],
    ...['resources-subscribe', 'resources-unsubscribe', 'dns-rebinding-protection'],
    ...['server-session-lifecycle', 'server-sse-multiple-streams'],
  ],
  '2026-07-28': [
    ...['server-stateless', 'tools-list', 'resources-list', 'prompts-list', 'server-sse-multiple-streams'],
    ...['sep-2164-resource-not-found', 'dns-rebinding-protection', 'caching', 'http-header-validation'],
    ...['input-required-result-missing-input-response', 'input-required-result-unsupported-methods'],
    ...['input-required-result-ignore-extra-params', 'input-required-result-validate-input'],
  ],
};
/** Scenarios that may assert nothing: sessions are optional, and production has none. */
const MAY_BE_EMPTY = { '2025-11-25': ['server-session-lifecycle', 'server-sse-multiple-streams'], '2026-07-28': [] };

setUpOrExit({ redis: true });
const tools = installSuite();
const sets = Object.fromEntries(REVISIONS.map((revision) => [revision, readRequirements(revision)]));

const tables = await inFolder(async (place) => {
  const fixture = await checkFixture(place);
  const production = await checkProduction(place);
  return { fixture, production };
});
const shown = [fixtureTable(tables.fixture), productionTable(tables.production)].join('\n\n');
process.stdout.write(`${shown}\n`);
const faults = [...faultsOf(tables.fixture), ...faultsOf(tables.production), ...keep(shown)];
process.stdout.write(faults.length === 0 ? '\nAll that must pass passes.\n' : `\n${faults.join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

function readRequirements(revision) {
  const { server, not_scored: others } = parseYaml(readFileSync(join(tools.requirements, `${revision}.yaml`), 'utf8'));
  const rest = others.filter(({ leg }) => leg === 'server').map(({ scenario }) => scenario);
  return { scored: server, tasks: rest.filter((name) => name.startsWith('tasks-')), rest };
}

async function checkFixture(place) {
  const program = join(root, 'dist', 'conformance', 'server.js');
  mkdirSync(join(root, 'dist', 'conformance'), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['tests/conformance/server.ts'],
    outfile: program,
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
  });
  const server = place.start(process.execPath, [program], { stdio: 'pipe' });
  const [url] = await awaitLine(server, /http:\S+/);
  const results = {};
  for (const revision of REVISIONS) results[revision] = await runSuite(place, 'fixture', url, revision);
  return {
    name: 'fixture server',
    results,
    must: Object.fromEntries(
      // Of the Tasks scenarios one asserts nothing yet; the suite says so itself.
      REVISIONS.map((revision) => [
        revision,
        [...sets[revision].scored, ...sets[revision].tasks.filter((name) => name !== 'tasks-status-notifications')],
      ]),
    ),
    mayBeEmpty: {},
    mayBeUntestable: false,
  };
}

async function checkProduction(place) {
  const url = await place.redis();
  const cli = join(root, 'dist', 'src', 'cli', 'main.js');
  const server = place.start(process.execPath, [cli, 'mcp', '--http', '--port', '0'], {
    // It ends when the channel closes, so it outlives us no more than the fixture does.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...place.env, REDIS_URL: url },
  });
  const [address] = await awaitLine(server, /http:\S+/);
  const token = readFileSync(join(place.env.TRACKER_HOME, 'mcp-token'), 'utf8').trim();
  const relay = await startRelay(new URL(address), token);
  const results = {};
  try {
    for (const revision of REVISIONS) {
      const all = await runSuite(place, 'production', relay.url, revision);
      results[revision] = Object.fromEntries(GENERIC[revision].map((name) => [name, all[name]]));
    }
  } finally {
    relay.close();
  }
  return { name: 'production server', results, must: GENERIC, mayBeEmpty: MAY_BE_EMPTY, mayBeUntestable: true };
}

/** Puts the token on each request, which the suite cannot, and changes nothing else of it. */
async function startRelay(target, token) {
  const relay = createServer((request, response) => {
    const { method, url, rawHeaders } = request;
    const headers = [...rawHeaders, 'Authorization', `Bearer ${token}`];
    const onward = forward({ host: target.hostname, port: target.port, method, path: url, headers, setHost: false });
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${relay.address().port}${target.pathname}`,
    close: () => {
      relay.close();
      relay.closeAllConnections();
    },
  };
}

/** Runs one frozen set. @returns by scenario how its checks went */
async function runSuite(place, server, url, revision) {
  const out = join(place.folder, `${server}-${revision}`);
  mkdirSync(out);
  const args = [tools.suite, 'server', '--url', url, '--requirements', revision, '-o', out];
  const { stderr } = await finished(place.start(tools.node, args, { stdio: ['ignore', 'ignore', 'pipe'] }));
  const results = {};
  for (const name of readdirSync(out)) {
    const scenario = /^server-(.*)-\d{4}-\d{2}-\d{2}T[\d-]+Z$/.exec(name)?.[1];
    if (scenario === undefined) continue;
    results[scenario] = tally(JSON.parse(readFileSync(join(out, name, 'checks.json'), 'utf8')));
  }
  if (Object.keys(results).length === 0) throw new Error(`the suite did not run: ${stderr.slice(-600)}`);
  return results;
}

function tally(checks) {
  const of = (status) => checks.filter((check) => check.status === status);
  const failures = of('FAILURE');
  // The suite marks what it could not try for want of a fixture.
  const untestable = failures.filter(({ details }) => details?.untestable === true);
  return {
    passed: of('SUCCESS').length,
    failed: failures.length - untestable.length,
    untestable: untestable.length,
    warnings: of('WARNING').length,
    reasons: failures.map(({ id, errorMessage }) => `${id}: ${errorMessage ?? ''}`),
  };
}

/** As the suite's own report counts: something was asserted, and nothing failed. */
function passes(result, { mayBeEmpty, mayBeUntestable }) {
  if (result === undefined || result.failed > 0) return false;
  return (mayBeUntestable || result.untestable === 0) && (mayBeEmpty || result.passed > 0);
}

function verdict(check, revision, scenario) {
  const { mayBeUntestable } = check;
  const mayBeEmpty = check.mayBeEmpty[revision]?.includes(scenario) === true;
  return passes(check.results[revision][scenario], { mayBeEmpty, mayBeUntestable });
}

function faultsOf(check) {
  return REVISIONS.flatMap((revision) =>
    check.must[revision]
      .filter((scenario) => !verdict(check, revision, scenario))
      .map((scenario) => {
        const result = check.results[revision][scenario];
        const why = result === undefined ? 'did not run' : result.reasons.join('; ') || 'asserted nothing';
        return `FAILED ${check.name}, ${revision}, ${scenario}: ${why}`;
      }),
  );
}

function fixtureTable(check) {
  const count = (revision, names) => {
    const passed = names.filter((name) => verdict(check, revision, name)).length;
    return `${passed}/${names.length}`;
  };
  const head = REVISIONS.map((revision) => `${revision} ${count(revision, sets[revision].scored)}`).join(', ');
  const tasks = check.must['2026-07-28'].filter((name) => name.startsWith('tasks-'));
  const scored = union(REVISIONS.map((revision) => sets[revision].scored));
  const rest = union(REVISIONS.map((revision) => sets[revision].rest)).filter((name) => !scored.includes(name));
  return [
    `Fixture server: ${head}, Tasks ${count('2026-07-28', tasks)}.`,
    table(check, scored),
    'Not scored by the suite; of these the Tasks scenarios must pass here:',
    table(check, rest, true),
  ].join('\n\n');
}

function productionTable(check) {
  const all = REVISIONS.flatMap((revision) => GENERIC[revision].map((scenario) => ({ revision, scenario })));
  const passed = all.filter(({ revision, scenario }) => verdict(check, revision, scenario));
  const empty = passed.filter(({ revision, scenario }) => check.results[revision][scenario].passed === 0);
  return [
    `Production server: ${passed.length - empty.length}/${all.length} generic scenarios, ${empty.length} assert nothing.`,
    table(check, union(REVISIONS.map((revision) => GENERIC[revision])), true),
  ].join('\n\n');
}

function union(lists) {
  return [...new Set(lists.flat())];
}

/** Aligned as prettier aligns it. @param all also what the revision does not score */
function table(check, scenarios, all = false) {
  const rows = scenarios.map((scenario) => [
    scenario,
    ...REVISIONS.map((revision) => {
      const result = check.results[revision][scenario];
      const isOf = all || sets[revision].scored.includes(scenario);
      return result === undefined || !isOf ? '–' : cell(result);
    }),
  ]);
  const head = ['scenario', ...REVISIONS.map((revision) => `${revision}: passed, failed`)];
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
  const line = (cells, fill = ' ') => `| ${cells.map((text, at) => text.padEnd(widths[at], fill)).join(' | ')} |`;
  return [
    line(head),
    line(
      widths.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ].join('\n');
}

function cell({ passed, failed, untestable, warnings }) {
  const notes = [
    ...(untestable > 0 ? [`${untestable} not testable`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  return `${passed}, ${failed}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

/** Writes the tables into the document, or says that they are not the ones that stand there. */
function keep(text) {
  const marks = /(<!-- tables -->\n\n)([\s\S]*?)(\n\n<!-- end of tables -->)/;
  const document = readFileSync(DOCUMENT, 'utf8');
  if (process.argv.includes('--write')) {
    writeFileSync(
      DOCUMENT,
      document.replace(marks, (_all, begin, _old, end) => `${begin}${text}${end}`),
    );
    return [];
  }
  if (marks.exec(document)?.[2] === text) return [];
  return ['FAILED docs/conformance.md holds other tables; write these by `npm run conformance -- --write`'];
}
