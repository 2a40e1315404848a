/** `node dist/workers/main.js <name>`: one worker process. */
import { launch } from './launch.js';

await launch(process.argv[2] ?? '');
