/** What is worth telling of how often something comes: spikes, and silence. */
export { discoveryLimit } from './discoveries.js';
export { expectedFrom } from './expected.js';
export { ALARMS_PER_TICK, isStriking, judge, minutesOf, seasonOf, type Observed, type SignalState } from './judge.js';
export { onsetOf } from './onset.js';
export { quietDueAt, silenceOf } from './quiet.js';
export { logGamma, logNone, upperTail } from './tail.js';
