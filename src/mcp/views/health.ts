/** The last health check as the wire has it: the read behind the tool, its resource and the report. */
import { z } from 'zod';
import { clock } from '../../../jobs/clock.js';
import type { TargetHealth } from '../../domain/model.js';
import { InputError } from '../../errors.js';
import { isoOf } from './contract.js';
import { fitting, PAGE_BYTES } from './page.js';
import { plain } from './plain.js';
import type { ToolContext } from '../tool.js';

/** What is worst stands first; the whole is as well as its worst part. */
const WORST_FIRST = ['down', 'degraded', 'unknown', 'up'] as const;
const MOST_NAMED = 8;
/** A check that is older than this many intervals says little about now. */
const STALE_INTERVALS = 3;
/** The usual interval; a reader of the ledger does not know what is configured. */
const INTERVAL_MS = clock.find(({ name }) => name === 'health-check')?.schedule.everyMs ?? 60_000;

const START_IT = 'Start the tracker with `npm start` in its folder or `mcp-autobot-tracker up`';

const TargetOnWire = z.looseObject({ name: z.string(), status: z.enum(WORST_FIRST) });

/** The keys of an answer about health. `checked_at` is null where nothing was ever checked. */
export const healthShape = {
  status: z.enum(WORST_FIRST),
  checked_at: z.string().nullable(),
  stale: z.boolean(),
  targets: z.array(TargetOnWire),
  total: z.int(),
  hint: z.string(),
  missing: z.array(z.string()),
};
export type HealthView = z.infer<z.ZodObject<typeof healthShape>>;

/**
 * How everything was at the last check, worst first.
 * @param names only these targets; all without it
 * @throws InputError for a name that is not checked, with those that are
 */
export async function readHealth(
  { store, now }: Pick<ToolContext, 'store' | 'now'>,
  names: readonly string[] = [],
): Promise<HealthView> {
  const { checkedAt, targets: all } = await store.health();
  if (checkedAt === null) return NEVER;
  const known = new Set(all.map(({ name }) => name));
  const strange = names.find((name) => !known.has(name));
  if (strange !== undefined) throw unknownTarget(strange, [...known].sort());
  const asked = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  const sorted = [...asked].sort((a, b) => badness(a) - badness(b) || (a.name < b.name ? -1 : 1));
  const wire = sorted.map(targetOnWire);
  const targets = wire.slice(0, fitting(wire, PAGE_BYTES));
  const ageMs = now() - checkedAt;
  const stale = ageMs > STALE_INTERVALS * INTERVAL_MS;
  return {
    status: sorted[0]?.status ?? 'unknown',
    checked_at: isoOf(checkedAt),
    stale,
    targets,
    total: sorted.length,
    hint: [stale ? staleHint(ageMs) : null, hintFor(sorted, targets.length)].filter((part) => part !== null).join(' '),
    missing: ['uptime_24h: how long each target was up is not recorded yet'],
  };
}

const badness = ({ status }: TargetHealth): number => WORST_FIRST.indexOf(status);

const NEVER: HealthView = {
  status: 'unknown',
  checked_at: null,
  stale: true,
  targets: [],
  total: 0,
  hint: `Nothing was ever checked. ${START_IT}; its health worker checks once a minute. Then call system_health_check again.`,
  missing: ['targets: no health check has run, so nothing is known of any'],
};

const targetOnWire = (target: TargetHealth) => ({
  name: plain(target.name, 80),
  status: target.status,
  latency_ms: target.latencyMs === null ? null : Math.round(target.latencyMs * 10) / 10,
  since: isoOf(target.since),
  uptime_24h: null,
  last_error: target.lastError === null ? null : plain(target.lastError, 200),
});

const staleHint = (ageMs: number): string =>
  `The last check is ${spanText(ageMs)} old, though one is due every ${INTERVAL_MS / 1_000} s unless configured otherwise: ` +
  `the health worker may not be running. ${START_IT}.`;

/** A length of time in words, in its largest whole unit. */
function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} days`;
}

function hintFor(all: readonly TargetHealth[], shown: number): string {
  const bad = all.filter(({ status }) => status !== 'up').length;
  const rest = shown < all.length ? ` The worst ${shown} of ${all.length} shown; pass targets for others.` : '';
  if (bad === 0) return `All ${all.length} were up.${rest}`;
  return `${bad} of ${all.length} not up, worst first. get_recent_activity shows what changed.${rest}`;
}

function unknownTarget(name: string, known: readonly string[]): InputError {
  const some = known.slice(0, MOST_NAMED).map((one) => plain(one, 80));
  const more = known.length > some.length ? ` and ${known.length - some.length} more` : '';
  return new InputError(
    `targets: nothing called "${plain(name, 80)}" is checked. Checked: ${some.join(', ')}${more}. ` +
      'Pass names of these, or leave targets out for all.',
  );
}
