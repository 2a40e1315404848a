/** The part of doctor that says how well prose is read as tasks, going by what was dismissed. */
import type { Config } from '../config.js';
import { FEWEST_OFFERS, precisionOf, type Offers } from '../domain/precision.js';
import { openStore } from '../store/index.js';
import { ok, warning, type Finding } from './finding.js';

/** What a list must hold to be worth reading: nine of ten lines. Below that for sure, something is wrong. */
const WANTED = 0.9;

/** Asked only where Redis has just answered. */
export async function checkTasks(config: Config): Promise<Finding[]> {
  const store = await openStore(config, { name: 'doctor', deadlineMs: 2_000 });
  try {
    return (await store.tasks.offers()).map(findingOf);
  } finally {
    await store.close();
  }
}

const NAMES: Readonly<Record<Offers['source'], string>> = {
  request: 'requests',
  deferred: 'promises and what was put off',
  marker: 'markers',
  structured: 'items of lists',
};

export function findingOf(offers: Offers): Finding {
  const { offered, dismissed, share, interval } = precisionOf(offers);
  const counts = `${dismissed} of ${offered} were dismissed as no tasks`;
  const name = NAMES[offers.source];
  if (share === null) return ok('precision', `${name}: too few to tell, ${counts}; it takes ${FEWEST_OFFERS}`);
  const [from, to] = interval.map(percent);
  const text = `${name}: ${percent(share)} % were tasks (95 % interval ${from} to ${to}), ${counts}`;
  if (interval[1] >= WANTED) return ok('precision', text);
  const cure = 'go on dismissing what is none: its like is not offered again; and tell us which sentences were misread';
  return warning('precision', text, cure);
}

const percent = (share: number): string => (100 * share).toFixed(0);
