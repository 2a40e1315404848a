/** Faults that lie between keys, or between a key and the environment. */
import { parseRedisUrl, type RedisAddress } from './redis-url.js';
import { Settings } from './schema.js';
import type { Secrets } from './secrets.js';

/**
 * @param known faults found so far; a comparison with a key that has one says nothing, since it would judge the default
 */
export function crossFaults(settings: Settings, secrets: Secrets, known: readonly string[]): string[] {
  const isFaulty = (key: string): boolean => known.some((fault) => fault.startsWith(key));
  return [
    ...(isFaulty('redis.databases') ? [] : [...databases(settings), ...databaseInUrls(settings, secrets)]),
    ...addresses(settings, secrets),
    ...(isFaulty('redis.tls') || isFaulty('redis.url') ? [] : tls(settings, secrets)),
    ...twice('components', settings.components),
    ...twice('health.targets', settings.health.targets),
    ...twice('redaction.rules', settings.redaction.rules),
    ...logSources(settings),
    ...interval(settings),
    ...(isFaulty('mcp.http') ? [] : http(settings)),
  ];
}

function databases({ redis }: Settings): string[] {
  const names = ['tracker', 'knowledge', 'autobot'] as const;
  return names.flatMap((name, index) =>
    names
      .slice(index + 1)
      .filter((other) => redis.databases[other] === redis.databases[name])
      .map(
        (other) =>
          `redis.databases.${other}: is ${redis.databases[other]}, the same as redis.databases.${name}, ` +
          'but all three must differ; give one of them another number',
      ),
  );
}

function addressOf(text: string | null): RedisAddress | null {
  const address = text === null ? null : parseRedisUrl(text);
  return typeof address === 'string' ? null : address;
}

function databaseInUrls({ redis, knowledge }: Settings, secrets: Secrets): string[] {
  const [key, url] =
    secrets.REDIS_URL === null ? (['redis.url', redis.url] as const) : (['REDIS_URL', secrets.REDIS_URL] as const);
  return [
    otherDatabase(key, url, 'tracker', redis.databases.tracker),
    otherDatabase('knowledge.redisUrl', knowledge.redisUrl, 'knowledge', redis.databases.knowledge),
  ].flat();
}

function otherDatabase(key: string, url: string | null, name: 'tracker' | 'knowledge', wanted: number): string[] {
  const found = addressOf(url)?.database ?? null;
  if (found === null || found === wanted) return [];
  return [
    `${key}: names database ${found}, but redis.databases.${name} is ${wanted}; ` +
      'take the number out of the address, or set both to the same',
  ];
}

function addresses({ redis }: Settings, secrets: Secrets): string[] {
  const faults: string[] = [];
  const fault = secrets.REDIS_URL === null ? null : parseRedisUrl(secrets.REDIS_URL);
  if (typeof fault === 'string') faults.push(`REDIS_URL: ${fault}`);
  const inUrl = addressOf(secrets.REDIS_URL);
  if (inUrl?.password && secrets.REDIS_PASSWORD !== null && inUrl.password !== secrets.REDIS_PASSWORD) {
    faults.push('REDIS_PASSWORD: differs from the password inside REDIS_URL; give it in one of them only');
  }
  const named = secrets.REDIS_URL === null ? addressOf(redis.url)?.username : null;
  if (named && redis.username !== null && named !== redis.username) {
    faults.push('redis.username: differs from the user inside redis.url; give it in one of them only');
  }
  return faults;
}

function tls({ redis }: Settings, secrets: Secrets): string[] {
  const { ca, cert, key, rejectUnauthorized, servername } = redis.tls;
  if ((cert === null) !== (key === null)) {
    const [given, missing] = cert === null ? ['key', 'cert'] : ['cert', 'key'];
    return [`redis.tls.${given}: stands without redis.tls.${missing}, but needs it; give both or neither`];
  }
  const isUsed = ca !== null || cert !== null || !rejectUnauthorized || servername !== null;
  if (!isUsed || secrets.REDIS_URL !== null || redis.url.startsWith('rediss://')) return [];
  return ['redis.tls: is set, but redis.url does not begin with rediss://; begin it so, or take redis.tls out'];
}

/** The name of a machine may lead anywhere, so only what is loopback by itself counts. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;
const WILDCARD = /^(?:0\.0\.0\.0|::|\[::\])$/;

function http({ mcp: { http } }: Settings): string[] {
  const { host, tls, allowInsecure, allowedHosts, maxStreams, maxConnections } = http;
  const isOpen = !LOOPBACK.test(host);
  const faults: string[] = [];
  if ((tls.cert === null) !== (tls.key === null)) {
    const [given, missing] = tls.cert === null ? ['key', 'cert'] : ['cert', 'key'];
    faults.push(`mcp.http.tls.${given}: stands without mcp.http.tls.${missing}, but needs it; give both or neither`);
  } else if (isOpen && tls.cert === null && !allowInsecure) {
    faults.push(
      `mcp.http.host: is ${JSON.stringify(host)}, which other machines can reach, and the token and all answers would ` +
        'travel unencrypted; set mcp.http.tls.cert and mcp.http.tls.key, or set mcp.http.allowInsecure to true if ' +
        'something else encrypts, or take "127.0.0.1"',
    );
  }
  if (WILDCARD.test(host) && allowedHosts.length === 0) {
    faults.push(
      `mcp.http.host: is ${JSON.stringify(host)}, which says not by what name clients call this machine; ` +
        'name it in mcp.http.allowedHosts',
    );
  }
  if (maxStreams >= maxConnections) {
    faults.push(
      `mcp.http.maxStreams: is ${maxStreams}, but each stream holds one of the ${maxConnections} connections of ` +
        'mcp.http.maxConnections; make it smaller than that',
    );
  }
  return faults;
}

function twice(key: string, items: readonly { readonly name: string }[]): string[] {
  return items.flatMap(({ name }, index) =>
    items.findIndex((other) => other.name === name) < index
      ? [
          `${key}[${index}].name: ${JSON.stringify(name)} stands there before, but names must differ; rename one of them`,
        ]
      : [],
  );
}

const LOG_SOURCES = ['path', 'journal', 'docker'] as const;

function logSources({ logs }: Settings): string[] {
  return (logs ?? []).flatMap((log, index) => {
    const given = LOG_SOURCES.filter((key) => log[key] !== null);
    if (given.length === 1) return [];
    const [first, ...others] = given.map((key) => `logs[${index}].${key}`);
    return first === undefined
      ? [
          `logs[${index}].path: is missing, but must be the path of a log file, or a glob; ` +
            'add it, or name a "journal" unit or a "docker" container in its place',
        ]
      : [`${others.join(' and ')}: is given beside ${first}, but a log has one source; make a log of each`];
  });
}

function interval({ health, schedules }: Settings): string[] {
  const asked = schedules['health-check'];
  const usual = Settings.parse({}).health.intervalS;
  if (asked === null || health.intervalS === usual) return [];
  if (asked !== false && 'everyS' in asked && asked.everyS === health.intervalS) return [];
  return [
    'health.intervalS: says when health is checked, and so does schedules.health-check, differently; ' +
      'take one of them out',
  ];
}
