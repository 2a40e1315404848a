import { type Follower, type FollowerOptions } from './model.js';

export async function createFollower(options: FollowerOptions): Promise<Follower> {
  throw new Error(`not yet: ${options.sources.length} sources`);
}
