/** Learning from the ledger's history how likely an open task gets done. */
export { createHistorian, type Material } from './history.js';
export { learn, NEEDED } from './learn.js';
export { brierOf, calibrationError, rateOf, reliabilityOf, type Judged } from './judge.js';
export { createStudy, type Study } from './study.js';
