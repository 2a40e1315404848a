/** A sentence in the parts that each say one thing. */
import { cued } from '../../cue/index.js';

const VERB =
  /\b(?:is|are|was|were|has|have|had|does|do|did|will|would|should|must|can|could|needs?|ought|may|might|remains?|stays?|still|works?|runs?|pass(?:es)?|fails?|throws?|crash(?:es)?|cannot|please)\b|n't\b|'(?:s|re|ve|ll|d|m)\b/i;

/** Where a clause may begin. Marks that always part, then words that do where both sides have a verb. */
const SEAM =
  /(\),?\s(?=(?:and|but|so|it|the|a|which|that|they|i|you)\b)|;\s|:\s|\s[—–-]\s|—|\s\(|,\s(?=(?:so|which)\s(?!that\b|far\b))|,?\s(?=(?:but|because|although|though|whereas)\s)|,\s(?=(?:and|so(?! far\b)|since|as|while|yet|then|i|it|they|that|that's|this|there|you|we|please|nothing|nobody|someone|somebody|one|both|all|each)\b))|(,\s|\s(?=(?:and|so(?! far\b)|since|while)\s))/gi;

const NOT = /^(?:and|but|so)?\s*(?:still )?not\b/i;

const MAX_CLAUSES = 12;

/** The clauses of a sentence, in its order; the word that ties a clause to the one before stays with it. */
export function partsOf(sentence: string): readonly string[] {
  if (sentence.length < 30) return [sentence];
  const text = sentence.slice(0, 800);
  const clauses: string[] = [];
  let start = 0;
  SEAM.lastIndex = 0;
  for (let seam = SEAM.exec(text); seam !== null && clauses.length < MAX_CLAUSES; seam = SEAM.exec(text)) {
    const [mark] = seam;
    const end = seam.index + mark.length;
    const left = text.slice(start, seam.index).trim();
    if (left === '') continue;
    if (!isSign(mark) && !partsAt(mark, left, text.slice(end, end + 90))) continue;
    clauses.push(left);
    start = end;
  }
  const last = text.slice(start).trim();
  if (last !== '') clauses.push(last);
  return clauses;
}

/** A sign parts always; a comma or a blank only before some words. */
const isSign = (mark: string): boolean => (mark.length === 1 ? mark === '—' : !mark.startsWith(','));

function partsAt(mark: string, left: string, right: string): boolean {
  if (mark.length === 1 && right.startsWith('so ') && /^so that\b/i.test(right)) return false;
  return /^(?:but|so|which)\s/.test(right) || (VERB.test(left) && (VERB.test(right) || NOT.test(right)));
}

/** Whether a sentence asks. */
export const isAsking = (sentence: string): boolean => sentence.trimEnd().endsWith('?');

/** Whether what stands at this place is quoted: what somebody or something else says. */
export function isQuoted(text: string, at: number): boolean {
  let quotes = 0;
  for (let i = 0; i < at && i < text.length; i += 1) {
    const mark = text[i];
    if (mark === '"') quotes += 1;
    else if (mark === '“' || mark === '«') quotes |= 1;
    else if (mark === '”' || mark === '»') quotes &= ~1;
  }
  return quotes % 2 === 1;
}

/** Whether it supposes, advises or speaks of what is generally so. */
export function isSupposed(text: string): boolean {
  return SUPPOSED.test(text);
}

const SUPPOSED = cued(
  /\b(?:if (?:you|we|it|they|that|this) (?:ever|want(?:s|ed)?|needs?|needed|prefer|decide|choose|go|went|plan|do|did|is|are|were|really|later|should|ever|use|add|run|switch|change)|if (?:ever|needed|necessary|desired|required)|should you|would (?:need|have|require|be|also)|could (?:also |be |have )|might|maybe|perhaps|as a (?:general )?rule|in general|generally|typically|usually|normally|ideally|whenever|every time|each time|consider|i(?:'d| would) (?:recommend|suggest|advise|consider|also)|recommend(?:ed|ation)?|suggest(?:ed|ion)?|it(?:'s| is) worth|worth (?:considering|thinking)|good practice|best practice|for example|e\.g\.|optional(?:ly)?|may want to|in theory|previously|used to|so far it had|no need to|(?:don't|do not) (?:need|have) to|doesn't (?:need|have) to|not (?:strictly )?(?:needed|necessary|required))\b/i,
);
