/** Errors by who has to act. The table of what follows from each is in CONTRIBUTING.md, "When things go wrong". */

/** It will never succeed: the job fails at once and is kept for a week. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** The caller's mistake. The message says what was wrong, what is allowed and what to do; it may be shown as it is. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Redis (or another thing that we stand on) does not answer. Nothing was queued. */
export class UnavailableError extends Error {
  override readonly name: string = 'UnavailableError';
}

/** Redis answered, and will not: it is full, must not write, or does not let us. Nothing was queued. */
export class RefusedError extends UnavailableError {
  override readonly name = 'RefusedError';
  /** @param full whether its memory is used up, which someone has to give it more of */
  constructor(
    message: string,
    readonly full: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A configuration that does not fit. `faults` holds one sentence per fault, each with the path of its key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    readonly faults: readonly string[],
    source = 'config.json',
  ) {
    super(`${source} does not fit:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Whether `error` is a Node.js system error with one of these codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  // No `instanceof Error`: errors that come from another realm, as under jest, are errors all the same.
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}

/** Anything that was thrown, as one line of text for a log. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
