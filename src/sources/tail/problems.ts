/** Each problem once, as long as it lasts. */
import type { Problem, ProblemCode } from './model.js';

export class Problems {
  readonly #told = new Map<string, ProblemCode>();

  constructor(private readonly tell: (problem: Problem) => void) {}

  report(path: string, code: ProblemCode, detail: string | null = null): void {
    if (this.#told.get(path) === code) return;
    this.#told.set(path, code);
    this.tell({ path, code, detail });
  }

  /** An event rather than a state: told each time. */
  happened(path: string, code: ProblemCode, detail: string | null = null): void {
    this.tell({ path, code, detail });
  }

  /** By the code of a system error. What is simply gone is no problem. */
  failed(path: string, code: string): void {
    if (code === 'EACCES' || code === 'EPERM') this.report(path, 'no-permission');
    else if (code === 'EMFILE' || code === 'ENFILE') this.report('', 'no-descriptors', code);
    // A socket cannot be opened.
    else if (code === 'ENXIO') this.report(path, 'not-a-file');
    else this.report(path, 'unreadable', code);
  }

  /** A folder cannot be watched or listed. */
  folderFailed(path: string, code: string): void {
    if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE') this.report('', 'no-watches', code);
    else this.failed(path, code);
  }

  solved(path: string): void {
    this.#told.delete(path);
  }
}
