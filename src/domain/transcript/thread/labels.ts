/**
 * Reports that go through what was asked for part by part: `Gift note: survives a trip back. Continue button: no luck.` What
 * follows a label is said of the task that the label names.
 */
import { sentencesIn, type Message } from '../../prose/index.js';
import type { ThreadTask } from './state.js';
import { isWaiting, meantBy, type Scene } from './tasks.js';

const LABEL = /^(?:\W{0,3}\s)?([\p{L}\p{N}][^:–—.!?]{1,50}?)(?::|\s[–—-])\s+\S/u;
/** They head a part of any report. */
const GENERAL =
  /^(?:done|fixed|added|changed|updated|removed|notes?|heads[- ]?up|not |one thing|two things|result|summary|next|i |we |it |this |that |there |files?|tests?|status|what|how|why|still|also|remaining|open|left|caveats?|important|warning|todo|root cause|cause|reason|details?|verified|verification|in short|tl;?dr|bottom line|to (?:do|talk|decide|discuss))\b/i;

const MOST_CHARS = 60;

/** Which label each sentence of a report stands behind, where it does. */
export function labelsIn({ blocks }: Message): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const block of blocks) {
    const { kind, text, lead, heading } = block;
    const above = lead ?? heading;
    if (kind === 'heading' || (above === null && !/[:–—-]\s/.test(text))) continue;
    let label = above === null || above.length > MOST_CHARS || GENERAL.test(above) ? null : above;
    for (const sentence of sentencesIn(block)) {
      const own = LABEL.exec(sentence)?.[1] ?? null;
      if (own !== null) label = GENERAL.test(own) ? null : own;
      if (label !== null) labels.set(sentence, label);
    }
  }
  return labels;
}

/** The one open task that the user waits for which a label names. */
export function labelledTask(scene: Scene, label: string | undefined): ThreadTask | null {
  if (label === undefined) return null;
  return meantBy(scene, label, isWaiting);
}
