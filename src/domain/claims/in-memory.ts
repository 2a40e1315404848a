/** Claims settled over records that are all in memory. */
import { mergeTasks, type TaskRecord } from '../tasks/index.js';
import { bucketsBy, bucketsOf } from './meaning.js';
import { byTime, candidateOf, settle, tellingOf, type Claim } from './settle.js';

/** The records with what claims tell of them. */
export function withClaims(records: readonly TaskRecord[], claims: Iterable<Claim>): readonly TaskRecord[] {
  const sorted = [...claims].sort(byTime);
  if (sorted.length === 0) return records;
  const byWord = new Map<string, TaskRecord[]>();
  for (const record of records) {
    for (const word of bucketsOf(record.title?.value ?? '')) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, [record]);
      else known.push(record);
    }
  }
  const told = new Map(records.map((record) => [record.id, record]));
  for (const claim of sorted) {
    const near = new Set(bucketsBy(claim.about).flatMap((word) => byWord.get(word) ?? []));
    const candidates = [...near].flatMap((record) => candidateOf(claim, record, told.get(record.id)) ?? []);
    for (const id of settle(claim, candidates).tasks) {
      const known = told.get(id);
      if (known !== undefined) told.set(id, mergeTasks(known, tellingOf(claim, id)));
    }
  }
  return records.map((record) => told.get(record.id) ?? record);
}
