/** Time zones as people write them. */

const OFFSET = /^([+-])(\d{2}):?([0-5]\d)$/;

/** Whether it is a zone that this Node knows, or an offset. */
export function isZone(zone: string): boolean {
  if (OFFSET.test(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Minutes east of UTC in `zone` at the instant `at` (epoch milliseconds), summer time included.
 * @param zone one that `isZone` accepts; null for that of this machine
 */
export function zoneMinutes(zone: string | null, at: number): number {
  const date = new Date(at);
  if (zone === null) return 0 - date.getTimezoneOffset();
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const parts = formatOf(zone).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value);
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return there / 60_000 - Math.floor(at / 60_000);
}

/** Making one takes a thousand times as long as asking it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory', { ...numeric, timeZone: zone, hourCycle: 'h23' });
  formats.set(zone, made);
  return made;
}
