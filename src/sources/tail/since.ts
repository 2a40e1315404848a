/** Asking a command for what it printed since a time. */
import type { CommandSource } from './model.js';

/** The arguments of a run that gives what was printed since `time`, which a line began with; null: as configured. */
export function argumentsOf({ argv, resume }: CommandSource, time: string | null): readonly string[] {
  const args = argv.slice(1);
  return time === null ? args : withOptions(args, sinceOf(resume, time));
}

/** journalctl wants a blank for the `T`, and knows no zone but UTC by name: seconds since the epoch it always reads. */
function sinceOf(resume: CommandSource['resume'], time: string): readonly string[] {
  if (resume === 'none') return [];
  if (resume === 'docker') return ['--since', time];
  const fraction = /[.,](\d+)/.exec(time)?.[1] ?? '0';
  const whole = time.replace(/[.,]\d+/, '').replace(/([+-]\d\d):?(\d\d)$/, '$1:$2');
  return ['--since', `@${Math.floor(Date.parse(whole) / 1_000)}.${fraction}`];
}

/** In place of options that say from where; before the container's name, which stands last. */
function withOptions(args: readonly string[], since: readonly string[]): readonly string[] {
  if (since.length === 0) return args;
  const own = args.filter((arg, at) => {
    const before = args[at - 1] ?? '';
    const takesValue = /^(?:--since|--lines|-n|-S|--tail)$/;
    return !takesValue.test(arg) && !takesValue.test(before) && !/^(?:--since|--lines|--tail)=|^-n\d+$/.test(arg);
  });
  const name = own.at(-1);
  if (name === undefined || name.startsWith('-')) return [...own, ...since];
  // A value of the option before it stays beside it.
  const keeps = (own.at(-2) ?? '').startsWith('-') && !/^(?:-f|--follow|-t|--timestamps)$/.test(own.at(-2) ?? '');
  return keeps ? [...own, ...since] : [...own.slice(0, -1), ...since, name];
}
