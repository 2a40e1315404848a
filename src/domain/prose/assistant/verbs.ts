/** What kind of work a verb names, where a report says that it was not done. */
import { baseForm, isGerund, isParticiple, isWorkVerb } from '../words.js';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** `tested` → `test`; null for what is no participle of a verb of work. */
export function ofParticiple(word: string): string | null {
  return isParticiple(word) || /^(?:re-?)?run$/i.test(word) ? baseForm(word) : null;
}

/** `removing` → `remove`; null for what is no gerund, or as often a noun. */
export function ofGerund(word: string): string | null {
  return isGerund(word) && !NOUNS.has(word.toLowerCase()) ? baseForm(word) : null;
}

const NOUNS = list(
  'setting settings warning rating building heading listing meaning missing remaining pending existing following thing string',
);

/** Looking whether something holds. What was not looked at is work of its own. */
export const CHECKING = list(
  `test verify check measure benchmark confirm validate profile exercise try run rerun re-run retest re-test review audit smoke-test load-test stress-test
  reproduce inspect double-check eyeball proofread proof-read sanity-check spot-check cross-check recheck re-check time compare examine investigate evaluate assess simulate look debug`,
);

/** Bringing something about. What was not brought about is work that is left, and no limit of scope. */
export const MAKING = list(
  `implement build write do finish handle cover support migrate port convert connect wire hook address document translate deploy start begin clean create enable
  configure set integrate fix resolve complete schedule plan update add install publish release roll rotate renew revoke register backfill populate seed fill
  merge apply clear refactor rework rewrite extract split automate localise localize internationalise internationalize style design tackle solve expose
  persist paginate cache index encrypt secure upgrade bump sync synchronise synchronize upload send notify tell ask announce reply answer ship hand move switch
  replace remove delete drop prune archive rename drain get make bring teach tune optimise optimize harden adapt adjust extend expand provision bootstrap
  generate regenerate dedupe deduplicate restore recover close trim transfer`,
);

/** Of these it is said that things were left alone, which is no promise to do them. */
export const LEAVING_ALONE = list(
  `touch change modify alter edit break affect introduce find see notice need want expect have know receive encounter hit use mean think say like lose mind
  care plan intend include`,
);

/** Work with the hands and the eyes, which nobody asks a program for. */
const BY_PERSONS = list(
  `eyeball proofread proof-read sanity-check spot-check cross-check glance countersign co-sign greenlight whitelist allowlist plug unplug replug rewire solder flash
  reflash power-cycle reseat free bind post mail email phone ring ping fetch top-up recharge refill relabel unlock unblock unarchive reactivate photograph film
  weigh count recount stamp fax hire invite onboard nudge chase`,
);

export const isVerb = (word: string): boolean => isWorkVerb(word) || BY_PERSONS.has(word.toLowerCase());
