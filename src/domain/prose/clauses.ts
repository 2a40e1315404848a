/** The clauses of a sentence that name a piece of work each. Linear: one pass over the words. */
import { MAX_SENTENCE, bare } from './sentences.js';
import { baseForm, isGerund, isNounToo, isWorkVerb } from './words.js';

/** Without one of these a sentence has one clause. */
const JOINED = /[,;&–—]|\s(?:and|then|but|or|plus|und|-)\s/i;

const AND = /^(?:and|&|und|plus|then|or)$/i;
const FILLER =
  /^(?:then|also|please|pls|finally|afterwards|lastly|just|next|maybe|perhaps|afterward|after|that|secondly|thirdly|additionally|too|if|possible)$/i;
const DETERMINER =
  /^(?:the|a|an|my|our|your|their|its|his|her|this|that|these|those|all|any|each|every|some|it|them|us|me|both|another|no|more|one|two|three|four|five|to|for|into|from|with|up|down|out|off|over|back|away|in|on|whatever|what|how|where|which|who|why|if|whether)$/i;
/** They say how or how surely the work before them is to be done; they name none. */
const OF_MANNER =
  /^(?:make sure|makes sure|ensure|be sure|keep in mind|let me know|tell me|let us know|tell us|see (?:if|whether|what happens|how)|note that|bear in mind|be careful|take care|verify (?:that|it|if|whether)|check (?:that|if|whether|it)|confirm (?:that|it|if)|double-check|leave it at|call it|give it)/i;
const SEARCH =
  /^(?:find|look|see|check|go|try|investigate|identify|debug|reproduce|trace|locate|diagnose|take|figure|come|track|hunt)$/i;
const REPAIR = /^(?:fix|correct|repair|solve|resolve|address|handle)$/i;
const SUBORDINATE =
  /^(?:if|when|whenever|once|after|before|since|because|as|while|until|unless|although|though|where|instead|for|in|on|with|given|given that|so)$/i;
/** Work on a program, where others (`read`, `store`, `show`) are as often what the program does. */
const ON_CODE =
  /^(?:remove|delete|update|add|fix|write|document|rename|bump|drop|deploy|commit|push|test|run|create|refactor|migrate|replace|rewrite|upgrade|regenerate|rotate|revoke|merge|rebase|release|publish|implement|mention|cover|move|convert|extract|clean|tidy)$/i;
const SUBJECT = /^(?:i|we|you|he|she|they|somebody|someone)$/i;
const MODAL = /^(?:should|must|need|needs|has|have|ought|can|could|will|would|'ll|still)$/i;

/**
 * The clauses of a sentence that are work of their own: `add retries and update the docs` is two. How, why, when and until
 * when stay with the work they belong to.
 */
export function clausesOf(sentence: string): readonly string[] {
  const start = sentence.trim().slice(0, MAX_SENTENCE);
  if (!JOINED.test(start)) return start === '' ? [] : [start];
  const words = wordsOf(start);
  const clauses: string[] = [];
  let from = 0;
  for (let at = 1; at < words.length; at++) {
    const next = startOfNext(words, from, at);
    if (next === null) continue;
    clauses.push(join(start, words, from, at));
    from = next;
    at = next;
  }
  clauses.push(join(start, words, from, words.length));
  return clauses.filter((clause) => clause !== '');
}

interface Word {
  readonly text: string;
  readonly bare: string;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

function wordsOf(sentence: string): readonly Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const { 0: text, index } of sentence.matchAll(/\S+/g)) {
    const opens = text.split(/[([]/).length - 1;
    const closes = text.split(/[)\]]/).length - 1;
    words.push({
      text,
      bare: bare(text),
      from: index,
      to: index + text.length,
      depth: depth + (opens > closes ? 1 : 0),
    });
    depth = Math.max(0, depth + opens - closes);
  }
  return words;
}

function join(sentence: string, words: readonly Word[], from: number, to: number): string {
  const first = words[from];
  const last = words[to - 1];
  if (first === undefined || last === undefined) return '';
  return sentence.slice(first.from, last.to).replace(/[\s,;–—-]+$/, '');
}

/** Index of the first word of a clause that begins at or after the joining word at `at`; null where none does. */
function startOfNext(words: readonly Word[], from: number, at: number): number | null {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || before === undefined || word.depth > 0) return null;
  const isAnd = AND.test(word.bare);
  const hasComma = /[,;]$/.test(before.text) || /^[–—-]$/.test(before.text);
  const isBut = /^but$/i.test(word.bare);
  if (!isAnd && !hasComma && !isBut) return null;
  let start = at;
  while (
    start < words.length &&
    start - at < 6 &&
    (AND.test(words[start]?.bare ?? '') || FILLER.test(words[start]?.bare ?? '') || (start === at && isBut))
  )
    start++;
  start = pastPolite(words, start);
  const verb = words[start];
  if (verb === undefined) return null;
  const left = words.slice(from, at);
  if (isForbidding(words, start) && hasHead(left)) return start;
  if ((isAnd || isBut) && isFiniteAhead(words, start) && left.length >= 3) return start;
  if (isGerund(verb.bare) && isGerund(left[0]?.bare ?? '') && isAnd) return start;
  if (!isWorkVerb(verb.bare) || isIdentifier(verb.text) || left.length < 2) return null;
  return opensWork(words, left, start, hasComma) ? start : null;
}

function isIdentifier(text: string): boolean {
  return /[_/\\.()`\d]\S|[a-z][A-Z]/.test(text);
}

/** `could you also`, `I want you to`, `we need to`, `to`: what may stand before the verb of a second request. */
function pastPolite(words: readonly Word[], start: number): number {
  const ahead = words.slice(start, start + 6).map(({ bare: word }) => word.toLowerCase());
  const polite =
    /^(?:(?:could|can|would|will) (?:you|we) (?:please |also |maybe |just )?|(?:i|we) (?:want|need|would like|'d like|have) (?:you |us )?to (?:also )?|i'd like (?:you )?to |let's |to |you (?:can|should|could|need to|have to|must) (?:also )?|we (?:should|must|could|can) (?:also )?|don't forget to |remember to )/.exec(
      `${ahead.join(' ')} `,
    );
  return polite === null ? start : start + polite[0].trim().split(' ').length;
}

function isForbidding(words: readonly Word[], start: number): boolean {
  const [first, second] = [words[start]?.bare ?? '', words[start + 1]?.bare ?? ''];
  return (
    /^(?:don't|dont|never)$/i.test(first) ||
    (/^do$/i.test(first) && /^not$/i.test(second)) ||
    (/^no$/i.test(first) && /^need$/i.test(second))
  );
}

/** `… and the docs need updating`, `… but we should keep X`: a sentence of its own. */
function isFiniteAhead(words: readonly Word[], start: number): boolean {
  const first = words[start]?.bare ?? '';
  if (SUBJECT.test(first)) return MODAL.test(words[start + 1]?.bare ?? '') || /'ll$|'ve$/.test(first);
  if (/^(?:i'll|we'll|you'll|i've|we've|i'd|we'd)$/i.test(first)) return true;
  if (!/^(?:the|a|an|our|my|your|this|that|these|those|its|their)$/i.test(first)) return false;
  return (
    words.slice(start + 1, start + 7).some(({ bare: word }) => /^(?:should|must|needs?|ought|has|have)$/i.test(word)) &&
    !words.slice(start + 1, start + 4).some(({ text }) => /,$/.test(text))
  );
}

/** There is a verb of work to be done in it: as its first word, or after `to`, `you`, `please`, a modal, a colon. */
function hasHead(left: readonly Word[]): boolean {
  return headAt(left) !== -1;
}

const BEFORE_VERB =
  /^(?:to|you|we|please|pls|let's|lets|also|just|should|must|can|could|would|will|then|i|and|now|first|finally|next|instead|so|ok|okay|yes|don't|not|maybe|i'll|we'll|you'll|mind)$/i;

function headAt(left: readonly Word[]): number {
  return left.findIndex(({ bare: word }, n) => {
    const before = left[n - 1];
    if (!isWorkVerb(word) && !(before !== undefined && /^mind$/i.test(before.bare) && baseForm(word) !== null))
      return false;
    return before === undefined || BEFORE_VERB.test(before.bare) || /[:,;.–—-]$/.test(before.text);
  });
}

function opensWork(words: readonly Word[], left: readonly Word[], start: number, hasComma: boolean): boolean {
  const verb = words[start]?.bare ?? '';
  const next = words[start + 1];
  const rest = words.slice(start, start + 4).map(({ bare: word }) => word);
  if (OF_MANNER.test(rest.join(' '))) return false;
  const head = headAt(left);
  if (head === -1) return false;
  const object = left.slice(head + 1);
  // `review and fix X`: two verbs, one object.
  if (object.length === 0) return false;
  // `if it fails, retry it`: the comma ends what stood before the request.
  if (
    hasComma &&
    SUBORDINATE.test(left[0]?.bare ?? '') &&
    !left.slice(0, head).some(({ text }) => /[,:]$/.test(text))
  ) {
    return false;
  }
  const isPronoun = /^(?:it|them|that|this|those|these)$/i.test(next?.bare ?? '');
  if (isPronoun && SEARCH.test(left[head]?.bare ?? '') && REPAIR.test(verb)) return false;
  if (next === undefined) return hasComma && !isNounToo(verb);
  if (isNounToo(verb) && !isSurelyVerb(object, verb, next, hasComma)) return false;
  return isOutsidePurpose(object, verb, isPronoun, hasComma);
}

const RARELY_NOUN = /^(?:run|fix|use|move|tidy|bump|deploy|commit|refactor|replay|set)$/i;

/** `lint and run tests`, `and test the build`; not `add test and build steps`. */
function isSurelyVerb(object: readonly Word[], verb: string, next: Word, hasComma: boolean): boolean {
  if (DETERMINER.test(next.bare) || isIdentifier(next.text) || /^["'“`A-Z\d-]/.test(next.text)) return true;
  const last = object.at(-1)?.bare ?? '';
  if (RARELY_NOUN.test(verb)) return true;
  if (hasComma) return true;
  return object.length >= 2 || !isNounToo(last);
}

/** `add a job to read the file and store the rows`: the second verb belongs to what the job is for. */
function isOutsidePurpose(object: readonly Word[], verb: string, isPronoun: boolean, hasComma: boolean): boolean {
  const texts = object.map(({ bare: word }) => word.toLowerCase());
  const purpose = texts.findIndex(
    (word, n) =>
      (word === 'to' && isWorkVerb(texts[n + 1] ?? '')) ||
      word === 'can' ||
      word === 'able' ||
      (word === 'so' && /^(?:that|it|we|they|users?|you|i|the)$/.test(texts[n + 1] ?? '')) ||
      word === 'let' ||
      word === 'lets',
  );
  if (purpose === -1) return true;
  if (hasComma) return true;
  return !isPronoun && ON_CODE.test(verb);
}
