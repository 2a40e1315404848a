/** One thing that doctor looked at. */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly text: string;
  /** What to do; null where nothing is to be done. */
  readonly cure: string | null;
}

/** What doctor asks of the machine, so that a test can say what it answers. */
export interface DoctorDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly nodeVersion: string;
  readonly platform: NodeJS.Platform;
  /** How many files and folders one user may watch; null where there is no such limit. */
  readonly maxUserWatches: () => number | null;
}

export const ok = (check: string, text: string): Finding => ({ check, level: 'ok', text, cure: null });
export const warning = (check: string, text: string, cure: string): Finding => ({
  check,
  level: 'warning',
  text,
  cure,
});
export const error = (check: string, text: string, cure: string): Finding => ({ check, level: 'error', text, cure });
