/** Follows the configured logs and turns what went wrong in them into jobs: counted, redacted and bounded. */
import { resolve } from 'node:path';
import { defineProcess } from './define.js';
import { followLogs } from './tail/follow.js';
import { readOnce } from './tail/once.js';

/** With paths as further arguments it reads those to their present end, and ends. */
export default defineProcess({
  name: 'tail',
  async start(context) {
    const paths = process.argv.slice(3).map((path) => resolve(path));
    await (paths.length > 0 ? readOnce(context, paths) : followLogs(context));
  },
});
