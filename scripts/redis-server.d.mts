/** Absolute path of redis-server or valkey-server, PATH first; null if there is none. */
export function findRedisServer(env?: NodeJS.ProcessEnv): string | null;
