import type { Redis } from 'ioredis';

const ADDS = /^add(Standard|Prioritized|Delayed)Job:/;

/**
 * Makes each of BullMQ's scripts that add a job run `guards` first, in one step with the adding. A guard is a block of
 * Lua that may end the script with an error. It finds in ARGV[1] BullMQ's own arguments (msgpack; [1] is the prefix of
 * the queue's keys, [4] the job's `timestamp`), in ARGV[2] the job's data (JSON) and in ARGV[3] its options (msgpack;
 * `de` is the deduplication). That is so in BullMQ 6.7; the tests would notice a change.
 */
export function beforeAdds(client: Redis, guards: readonly string[]): void {
  const define = client.defineCommand.bind(client);
  client.defineCommand = (name, definition) => {
    if (!ADDS.test(name)) return define(name, definition);
    return define(name, { ...definition, lua: [...guards, definition.lua].join('\n') });
  };
}

/** Makes `lua` a command of this connection. */
export function defineScript(
  client: Redis,
  name: string,
  numberOfKeys: number,
  lua: string,
): (...args: (string | number)[]) => Promise<unknown> {
  client.defineCommand(name, { numberOfKeys, lua });
  const commands = client as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
  return async (...args) => commands[name]?.(...args);
}
