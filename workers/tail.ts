/** Follows the configured logs and turns what went wrong in them into jobs: counted, redacted and bounded. */
import { resolve } from 'node:path';
import { defineProcess } from './define.js';
import { followLogs } from './tail/follow.js';
import { readOnce } from './tail/once.js';

/** `tail --once PATH…` reads these to their present ends, and ends. */
export default defineProcess({
  name: 'tail',
  async start(context) {
    const [flag, ...paths] = process.argv.slice(3);
    const isOnce = flag === '--once';
    await (isOnce
      ? readOnce(
          context,
          paths.map((path) => resolve(path)),
        )
      : followLogs(context));
  },
});
