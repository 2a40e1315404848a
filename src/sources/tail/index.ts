/** Following logs while they are written, rotated, truncated and replaced: bytes, in order, each once. */
export { createFollower } from './follower.js';
export { patternOf } from './patterns.js';
export type {
  CommandSource,
  FileSource,
  Follower,
  FollowerOptions,
  Generation,
  Identity,
  Known,
  Lag,
  LogSource,
  Piece,
  Problem,
} from './model.js';
