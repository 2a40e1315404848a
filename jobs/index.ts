import { correlate } from './correlate.js';
import { healthCheck } from './health-check.js';
import { ingest } from './ingest.js';
import { insight } from './insight.js';

/** All that may be asked of the workers. */
export const contracts = { ingest, correlate, insight, 'health-check': healthCheck } as const;
export type JobName = keyof typeof contracts;
