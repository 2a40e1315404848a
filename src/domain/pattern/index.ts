/** Which lines say the same thing. */
export { THRESHOLDS, type Thresholds } from './evidence.js';
export { GROUPING_VERSION, fingerprintOf, type Fingerprint } from './fingerprint.js';
export { createMiner, type MinedTemplate, type Miner, type MinerState } from './miner.js';
