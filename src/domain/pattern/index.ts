/** Which lines say the same thing. */
export { THRESHOLDS, type Thresholds } from './evidence.js';
export { fingerprintOf, type Fingerprint } from './fingerprint.js';
export { createMiner, type MinedTemplate, type Miner, type MinerState } from './miner.js';
export { GROUPING_VERSION } from '../grouping-version.js';
