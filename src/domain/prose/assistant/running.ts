/** Work that goes on by itself: `the backfill is running, 3 of 11 million so far`. */
import { cued } from '../../cue/index.js';
import { aboutOf, type Said } from './status.js';
import { isPronoun, trimmed } from './things.js';

const RUNS = cued(
  /^(?:and |but |so |then |now )?(.{2,60}?)(?:'s|'re| is| are| keeps?)\s+(?:still |now |just |already |currently )*(?:running|copying|going(?: on)?|under ?way|in progress|in flight|at work|churning|crunching|chugging(?: along)?|processing|uploading|downloading|importing|exporting|syncing|indexing|training|rendering|replaying|migrating|backfilling|being [\p{L}-]+ed)\b(.*)$/iu,
);
/** How far it is, or how long it will take: without that it is what a program does all day. */
const SO_FAR = cued(
  /\b\d[\d., ]*(?: \p{L}+)? (?:of|out of) (?:the |about |some )?\d|\b\d+ ?%|\bso far\b|\b(?:a|two|three|about) (?:third|quarter|half|thirds|quarters)\b|\bhalf ?way\b|\b(?:until|till) (?:tonight|tomorrow|(?:this|the) (?:evening|morning|afternoon)|about|around|\d)|\b(?:takes?|needs?|will take|another) (?:about |around |some |another |until |a |an )*(?:\d+|hours?|minutes?|few|couple|while|day|night)\b|\b(?:hours?|minutes?|days?) (?:to go|left|more)\b|\beta\b/iu,
);
const SERVICE =
  /\b(?:servers?|services?|containers?|app|watcher|daemon|stack|instance|pods?|cluster|site|vm|machine|nodes?|tests?|ci|pipeline|build)$/i;

/** Begun, and goes on when the turn is over. */
export function runningIn(sentence: string, before: readonly string[]): Said | null {
  const hit = sentence.length > 400 ? null : RUNS.exec(sentence);
  if (
    hit?.[1] === undefined ||
    !SO_FAR.test(hit[2] ?? '') ||
    /\b(?:if|when|while|was|were|not|that|which)\b|n't/i.test(hit[1])
  )
    return null;
  const subject = trimmed(hit[1]);
  if (SERVICE.test(subject)) return null;
  return { is: 'unfinished', about: isPronoun(subject) ? null : aboutOf(subject, before), begun: true };
}
