import type { ChainableCommander } from 'ioredis';

/**
 * The answers to several commands, sent in one go.
 * @throws the first error that one of them met: half an answer would be read as "there is nothing"
 */
export async function answersOf(pipeline: ChainableCommander): Promise<unknown[]> {
  if (pipeline.length === 0) return [];
  return ((await pipeline.exec()) ?? []).map(([error, answer]) => {
    if (error !== null) throw error;
    return answer;
  });
}
