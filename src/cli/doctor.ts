import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig, notYet, trackerHome, type Config } from '../config.js';
import { ConfigError, messageOf, UnavailableError } from '../errors.js';
import { findClashes } from '../store/clashes.js';
import { connect, verifyServer } from '../store/connection.js';
import { checkFolders, checkRetention, checkRoots, checkWatches } from './doctor-files.js';
import { checkLogs } from './doctor-logs.js';
import { checkTasks } from './doctor-tasks.js';
import { runnable } from './program-name.js';
import { short, shortened } from './screen.js';
import { error, ok, warning, type DoctorDeps, type Finding } from './finding.js';

export type { DoctorDeps, Finding } from './finding.js';

const OLDEST_NODE = [20, 19] as const;

/** What doctor asks of this machine. */
function realDeps(): DoctorDeps {
  return {
    env: process.env,
    nodeVersion: process.versions.node,
    platform: process.platform,
    maxUserWatches: () => {
      if (process.platform !== 'linux') return null;
      return Number(readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8'));
    },
  };
}

/** Looks at everything that the tracker stands on. Changes nothing; a Redis that is away takes 2 s. */
export async function doctor(config: Config, deps: DoctorDeps = realDeps()): Promise<Finding[]> {
  return [
    checkNode(deps),
    ok('config', config.file === null ? 'no config.json, so the defaults hold' : `${config.file} fits`),
    ...notYet(config).map((sentence) => warning('config', sentence, 'take it out, or leave it for a later version')),
    ...checkFolders(config, deps),
    ...(await checkRedis(config)),
    ...checkRoots(config),
    ...checkLogs(config),
    ...(await checkWatches(config, deps)),
    ...checkRetention(deps),
    ...checkDashboard(config),
  ];
}

function checkNode({ nodeVersion }: DoctorDeps): Finding {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isOldEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return isOldEnough
    ? ok('node', `Node ${nodeVersion}`)
    : error('node', `Node ${nodeVersion} is too old`, `install Node ${OLDEST_NODE.join('.')} or newer`);
}

/** The faults of Redis come with their cure after the last semicolon. */
function split(check: string, make: typeof error, sentence: string): Finding {
  const at = sentence.indexOf('; ');
  return at < 0 ? make(check, sentence, '') : make(check, sentence.slice(0, at), sentence.slice(at + 2));
}

async function checkRedis(config: Config): Promise<Finding[]> {
  let redis;
  try {
    redis = connect(config, { name: 'doctor', maxRetriesPerRequest: 0 });
    const facts = await verifyServer(redis, config);
    const product = facts.product === 'valkey' ? 'Valkey' : 'Redis';
    const kept = [facts.aof ? 'append-only file' : '', facts.rdb === true ? 'snapshots' : '']
      .filter(Boolean)
      .join(', ');
    return [
      ok('redis', `${product} ${facts.version}, ${facts.mode}, kept on disk by: ${kept === '' ? 'nothing' : kept}`),
      ...facts.warnings.map((sentence) => split('redis', warning, sentence)),
      ...(await checkClashes(config)),
      ...(await checkTasks(config)),
    ];
  } catch (failure) {
    if (failure instanceof ConfigError) return failure.faults.map((fault) => split('redis', error, fault));
    if (failure instanceof UnavailableError) return [split('redis', error, failure.message)];
    throw failure;
  } finally {
    redis?.disconnect();
  }
}

async function checkClashes(config: Config): Promise<Finding[]> {
  const { tracker, autobot } = config.redis.databases;
  let clashes;
  try {
    clashes = await findClashes(config);
  } catch (failure) {
    return [warning('databases', `could not be looked through: ${messageOf(failure)}`, 'allow SCAN to our user')];
  }
  const { foreign, strayed } = clashes;
  const findings: Finding[] = [];
  if (foreign.length > 0) {
    const text = `database ${tracker} holds keys that are not ours, such as ${foreign.join(', ')}`;
    findings.push(warning('databases', text, 'give redis.databases.tracker a number that nobody else uses'));
  }
  if (strayed.length > 0) {
    const text = `database ${autobot}, which is AutoBot's, holds keys of ours: ${strayed.join(', ')}`;
    const cure = `set redis.databases.tracker as it was, or delete the keys that begin with {${config.redis.prefix}: there`;
    findings.push(error('databases', text, cure));
  }
  return findings.length > 0 ? findings : [ok('databases', `${tracker} is ours alone, nothing of ours in ${autobot}`)];
}

function checkDashboard({ dashboard }: Config): Finding[] {
  const isLoopback = /^(127\.|localhost$|::1$)/.test(dashboard.host);
  if (!dashboard.enabled || isLoopback) return [];
  const text = `the dashboard listens on ${dashboard.host}, so other machines reach it, without encryption`;
  return [warning('dashboard', text, 'set dashboard.host to 127.0.0.1 and use a tunnel')];
}

const MARKS = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

/** One finding as text: what was found, and under it what to do. */
function lines({ check, level, text, cure }: Finding): string {
  const head = `${MARKS[level]}  ${check.padEnd(11)} ${text}`;
  return cure === null || cure === '' ? head : `${head}\n${' '.repeat(21)}-> ${cure}`;
}

async function examine(deps: DoctorDeps): Promise<Finding[]> {
  try {
    return await doctor(loadConfig({ env: deps.env }), deps);
  } catch (failure) {
    if (!(failure instanceof ConfigError)) throw failure;
    return [checkNode(deps), ...failure.faults.map((fault) => split('config', error, fault))];
  }
}

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'Checks Node, the configuration, Redis, permissions, transcript folders, logs and limits; says what to do about each.',
    )
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', `\nState folder: ${short(trackerHome())}\nExit code 1 when a finding is an error.`)
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(realDeps());
      const text =
        json === true ? JSON.stringify({ findings }, null, 2) : shortened(findings.map(lines).map(runnable).join('\n'));
      process.stdout.write(`${text}\n`);
      if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
    });
}
