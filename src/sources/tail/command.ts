import type { Memory } from './memory.js';
import type { CommandSource, Lag } from './model.js';
import type { Problems } from './problems.js';
import type { Turns } from './turns.js';

export class Commands {
  constructor(
    readonly sources: readonly CommandSource[],
    readonly memory: Memory,
    readonly turns: Turns,
    readonly problems: Problems,
  ) {}
  start(): void {}
  async close(): Promise<void> {}
  lag(): readonly Lag[] {
    return [];
  }
}
