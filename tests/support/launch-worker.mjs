/** `node launch-worker.mjs NAME OVERRIDES`: a worker of the build with settings of the queues given as JSON. */
import { launch } from '../../dist/workers/launch.js';

await launch(process.argv[2] ?? '', JSON.parse(process.argv[3] ?? '{}'));
