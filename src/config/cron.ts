const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}
const FIELDS: readonly Field[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 7, names: WEEKDAYS },
];

/**
 * Whether `pattern` is a cron pattern of five fields (minute hour day month weekday): `*`, numbers, names, ranges,
 * steps and lists. The queue would find a bad one too, but only when `watch` sets the schedule.
 * @see https://man7.org/linux/man-pages/man5/crontab.5.html
 */
export function isCron(pattern: string): boolean {
  const parts = pattern.trim().split(/\s+/);
  return (
    parts.length === FIELDS.length &&
    FIELDS.every((field, index) => (parts[index] ?? '').split(',').every((item) => fits(item, field)))
  );
}

function fits(item: string, field: Field): boolean {
  const [range = '', step, ...rest] = item.split('/');
  if (rest.length > 0) return false;
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) >= 1)) return false;
  if (range === '*') return true;
  const [from = '', to, ...more] = range.split('-');
  if (more.length > 0) return false;
  const first = valueOf(from, field);
  if (first === null) return false;
  if (to === undefined) return true;
  const last = valueOf(to, field);
  return last !== null && last >= first;
}

function valueOf(word: string, { min, max, names }: Field): number | null {
  const named = names.indexOf(word.toLowerCase());
  if (named >= 0) return named + min;
  if (!/^\d+$/.test(word)) return null;
  const value = Number(word);
  return value >= min && value <= max ? value : null;
}
