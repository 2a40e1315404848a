/** An address of a Redis taken apart. `url` carries neither credentials nor a database, so it may be shown and logged. */
export interface RedisAddress {
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly database: number | null;
}

const URL_ALLOWED = '"embedded", or an address that begins with redis://, rediss:// or unix://';

/**
 * Takes `redis://user:password@host:port/database`, `rediss://…` or `unix:///path/to.sock?db=number` apart.
 * @returns a text after the key's path that says what is wrong; it never repeats the address, which may hold a password
 */
export function parseRedisUrl(text: string): RedisAddress | string {
  if (text === 'embedded') return { url: 'embedded', username: null, password: null, database: null };
  if (!URL.canParse(text)) return `is not an address, but must be ${URL_ALLOWED}; correct it`;
  const parsed = new URL(text);
  if (!['redis:', 'rediss:', 'unix:'].includes(parsed.protocol)) {
    return `begins with ${parsed.protocol}//, but must be ${URL_ALLOWED}; correct it`;
  }
  const isSocket = parsed.protocol === 'unix:';
  const where = isSocket ? parsed.pathname : parsed.host;
  if (where === '' || (isSocket && !where.startsWith('/'))) {
    return isSocket
      ? 'names no socket; write unix:///path/to/redis.sock'
      : 'names no host; write redis://host:port or rediss://host:port';
  }
  if (isSocket && parsed.hostname !== '') return 'has one slash too few; write unix:///path/to/redis.sock';
  const strange = [...parsed.searchParams.keys()].find((key) => key !== 'db');
  if (strange !== undefined) return `has the unknown option "${strange}"; the only one allowed in an address is db`;
  const named = [isSocket ? '' : parsed.pathname.replace(/^\//, ''), parsed.searchParams.get('db') ?? ''].filter(
    (part) => part !== '',
  );
  if (named.some((part) => !/^\d{1,5}$/.test(part)) || new Set(named).size > 1) {
    return 'has a database that is no number; write it as redis://host:port/10, or leave it out';
  }
  const password = plain(parsed.password);
  const username = plain(parsed.username);
  return {
    url: `${parsed.protocol}//${isSocket ? decodeURIComponent(where) : where}`,
    username,
    password,
    database: named[0] === undefined ? null : Number(named[0]),
  };
}

/** Credentials are percent-encoded in an address; a stray % is meant as it stands. */
function plain(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

/** What is wrong with an address from config.json, where no password may stand; null if nothing. */
export function urlFault(text: string): string | null {
  const address = parseRedisUrl(text);
  if (typeof address === 'string') return address;
  if (address.password === null) return null;
  return 'holds a password; take it out and put it in REDIS_PASSWORD, in the environment or in secrets.env';
}
