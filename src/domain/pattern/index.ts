/** Which lines say the same thing. */
export { GROUPING_VERSION, fingerprintOf, type Fingerprint } from './fingerprint.js';
export { createMiner, P, type Mined, type MinedTemplate, type Miner, type MinerState } from './miner.js';
