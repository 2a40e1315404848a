/** Following logs while they are written, rotated, truncated and replaced: bytes, in order, each once. */
export { createFollower } from './follower.js';
export { patternOf } from './patterns.js';
export type { Follower, FollowerOptions, Generation, Identity, Known, LogSource, Piece, Problem } from './model.js';
