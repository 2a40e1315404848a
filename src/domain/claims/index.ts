/** What users say of work of other conversations: that it is done, taken back or still broken. The door of this room. */
export { withClaims } from './in-memory.js';
export { bucketsBy, bucketsOf, nearness } from './meaning.js';
export { byTime, candidateOf, claimOf, mergeClaims, settle, tellingOf, type Claim } from './settle.js';
