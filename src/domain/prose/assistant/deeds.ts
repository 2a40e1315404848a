/** Work that goes by a noun: `the rollout`, `a cleanup of the old table`. */
import { verbed, workIn } from './left.js';
import { isPronoun, resolved } from './things.js';
import { isVerb, ofGerund } from './verbs.js';

/** Deeds that go by a noun. */
export const DEEDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    migration: 'Migrate',
    cleanup: 'Clean up',
    'clean-up': 'Clean up',
    removal: 'Remove',
    translation: 'Translate',
    rollout: 'Roll out',
    deployment: 'Deploy',
    conversion: 'Convert',
    rewrite: 'Rewrite',
    backfill: 'Backfill',
    review: 'Review',
    update: 'Update',
    upgrade: 'Upgrade',
    refactoring: 'Refactor',
    replacement: 'Replace',
    rename: 'Rename',
    test: 'Test',
    check: 'Check',
    reload: 'Reload',
    restart: 'Restart',
    rebuild: 'Rebuild',
    redeploy: 'Redeploy',
    'clean-out': 'Clean out',
    polish: 'Polish',
    rework: 'Rework',
    backup: 'Back up',
  }),
);

/** `a cleanup of the old table` → `Clean up the old table`. */
export function deed(words: string, before: readonly string[]): string | null {
  const noun = /^(?:the|an?|that|this|its|their)?\s*(?:\w+ )?([\p{L}-]+) of (.{3,})$/iu.exec(words);
  const verb = noun?.[1] === undefined ? undefined : DEEDS.get(noun[1].toLowerCase());
  if (verb !== undefined && noun?.[2] !== undefined) return verbed(verb, noun[2], before);
  const [first = ''] = words.split(' ');
  if (ofGerund(first) !== null || isVerb(first)) return workIn(words, before);
  const thing = resolved(words, before);
  if (thing === null || isPronoun(thing)) return null;
  const head = (
    /^(?:the|an?|that|this)\s+(?:[\p{L}-]+\s+){0,2}?([\p{L}-]+)(?=$|\s(?:to|on|in|for|there|from)\b)/iu.exec(
      thing,
    )?.[1] ?? ''
  ).toLowerCase();
  const isDeed =
    DEEDS.has(head) || /(?:ing|ation|ition|ment|out|over|change|fix|release|run|launch|switch)$/.test(head);
  return `${isDeed ? (/^(?:change|fix|release)$/.test(head) ? 'Make' : 'Do') : 'Handle'} ${thing}`;
}
