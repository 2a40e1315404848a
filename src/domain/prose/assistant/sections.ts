/** What a heading, or the words before a list, say about what stands below. */
import { cued } from '../../cue/index.js';
import type { Block } from '../model.js';

export type Section =
  /** Work that is left: each item is a piece of it. */
  | 'left'
  | 'next'
  | 'untested'
  /** Steps for a person. */
  | 'handed'
  /** May hold work that is left (`Notes`, `Two more things`): an item has to say so itself. */
  | 'loose'
  /** What could be done, nothing that anybody has promised. */
  | 'ideas'
  /** Findings, explanations, what was done, how to use it: only words that leave no doubt make work of it. */
  | 'report'
  | 'plain';

const LEFT =
  /^(?:not (?:yet )?covered|(?:still )?on (?:my|the|our) list(?: for (?:later|tomorrow|next \w+|the next \w+))?|for (?:the next|another|a later) (?:session|time|day|round|pr|change|step)|not (?:yet )?part of (?:this|the) (?:pr|change|commit|branch)(?: yet)?|(?:one|two|three|four|five|six|a few|a couple of|several|some|\d+) (?:more |last |other |small |minor )*(?:open|remaining|missing|outstanding|unfinished|pending) (?:points?|things?|items?|tasks?|ends?|issues?|parts?|pieces?|bits?|questions?|steps?|jobs?)(?: left| remain(?:s|ing)?| though)?|what(?:'s| is| was)? (?:still )?(?:not (?:yet )?(?:covered|done|finished|there|in|included|handled|built|implemented|wired up|working|supported)(?: yet)?$|left|missing|open|outstanding|pending|remaining|to do)\b|what (?:remains|(?:still )?(?:does not|doesn'?t|do not|don'?t|is not|isn'?t|'s not)(?: (?:yet|work(?: yet)?|exist(?: yet)?|covered|done|finished|there|in|included|handled|built|implemented|wired up|yet work|supported))*$|isn'?t (?:done|finished|covered|there|built|working)|is not (?:done|finished|covered|there|built|working)|i (?:did(?:n'?t| not)|have(?:n'?t| not)) (?:do|done|get|got|finish|manage|cover)|(?:this|it|that|the \w+|i|we) (?:does not|doesn'?t|do not|don'?t|did not|didn'?t) (?:yet )?(?:cover|include|handle|do|address|contain|solve|support)(?: yet)?$|(?:this|it|that) (?:leaves out|lacks|misses|leaves open)$|still needs?)|(?:still |left |things? |work |items? |tasks? |yet |remaining )*(?:remaining|remains|left|open|missing|outstanding|pending|unfinished|incomplete|unresolved|unsolved|to[- ]?dos?|to be done|to finish|undone|deferred|postponed|parked|backlog|(?:to (?:talk (?:about|through|over)|discuss|be discussed|agree on))|not (?:yet )?(?:done|finished|implemented|started|built|complete[d]?|there|included|wired(?: up)?|included yet|working|handled|covered yet|ported|migrated|addressed))(?: (?:yet|work|items?|tasks?|steps?|points?|issues?|ends|over|to do|for (?:now|later|you|us|a follow-?up|the next \w+|another \w+)|todos?|pieces?|things?|bits?|parts?|in (?:this|the) \w+|on (?:this|the) \w+|after this))*|(?:(?:one|two|three|four|five|six|a few|a couple of|several|some|the|my|our|\d+) )?(?:(?:more|last|small|open|remaining|known|other) )*(?:loose ends|open ends|gaps|holes|omissions)(?: (?:left|remain|remaining|still|though|i left|i know of|to tie up|to close|that (?:are left|remain)))*|for later|later|(?:for |in )?(?:a |the )?(?:next|follow)[- ]?ups?(?: (?:work|items?|tasks?|needed|required|prs?|tickets?|issues?))?|left for .{1,40}|put off|follow-?ups?|future work|still (?:broken|failing|red)|tech(?:nical)? debt(?: left)?|blocked|to finish|(?:still )?missing (?:from|in) (?:this|the) \w+|(?:not in|out of|beyond) (?:the )?scope (?:so far|yet|for now|this time|today|for the (?:moment|time being)|at (?:the moment|present))|not in this (?:pr|change|commit))$/i;
const NEXT =
  /^(?:(?:my |the |our |immediate |remaining |logical |obvious |natural )?(?:next|following) (?:steps?|actions?|up|tasks?|items?|session|time|things?(?: to (?:do|try))?)(?: (?:are|is|for (?:me|us|you|tomorrow|next \w+)|to do|from here|after this|would be|will be))?|what(?:'s| is| comes) next|up next|coming next|next|tomorrow|action items?|from here)$/i;
const UNTESTED =
  /^(?:(?:not|never|still not|not yet) (?:yet )?(?:been )?(?:tested|verified|measured|checked|validated|exercised|run|tried|benchmarked|confirmed)(?: yet)?|untested|unverified|unmeasured|what i (?:have not|haven'?t|did not|didn'?t|could not|couldn'?t) (?:yet )?(?:test|verify|check|measure|try|run|validate)(?:ed)?|(?:still )?(?:to be |to )(?:test(?:ed)?|verif(?:y|ied)|check(?:ed)?|validated?|measured?)|(?:still )?needs? (?:testing|verification|checking|measuring)|needs to be (?:tested|verified|checked)|what (?:is|was)(?: not|n'?t) (?:tested|verified|covered by tests))$/i;
const HANDED =
  /^(?:(?:what |things? |steps? )?(?:that )?you(?:'ll| will)?(?: still)? (?:need|have|must|should|ought)(?: to do)?(?: .{1,40})?|(?:manual|required|your|operator|ops|human) (?:steps?|actions?|tasks?|follow-?ups?|to-?dos?|work)(?: (?:required|needed|left|for you|remaining))?|actions? (?:required|needed)(?: .{1,30})?|(?:over to you|your turn|for you(?: to do)?|on your (?:side|end)|needs? (?:you|a human|your \w+)|needed from you|left for you|waiting (?:on|for) you)|before (?:you )?(?:merg|deploy|releas|ship|launch|going|go|the (?:release|launch|deploy|merge|demo|cut-?over|next release)|this (?:goes|ships|can|is)|we (?:merge|ship|deploy|release|go)|it (?:goes|ships)|rolling|production|prod)\w*(?: .{1,40})?|(?:to be done|left to do|to do)? ?(?:by hand|manually)(?: needed)?|please(?: (?:do|run|check|also|remember)(?: .{1,30})?)?|deploy(?:ment)? (?:steps|notes|checklist|to-?do)|post-(?:deploy|merge|release)(?: steps)?|after (?:merging|deploying|the merge|the deploy|you merge|you deploy|merge|deploy)|pre-?(?:release|launch|deploy|merge)(?: \w+)?|must (?:be done |happen )?before .{1,40}|(?:release )?blockers|someone (?:still )?(?:has|needs) to(?: .{1,20})?|requires? (?:a human|manual \w+))$/i;
const LOOSE =
  /^(?:(?:some |a few |a couple of |one |two |three |four |five |several |\d )?(?:(?:last|final|small|important|other|more|further|open|urgent|remaining) ?)*(?:notes?|caveats?|remarks?|things?|points?|items?|heads[- ]?up|warnings?|gotchas?|known (?:issues?|limitations?|problems?|bugs?)|limitations?|open (?:questions?|points?)|important|attention|please note|nb|ps|p\.s\.|one thing|worth (?:knowing|noting|mentioning)|concerns?|risks?)(?: (?:worth|to|that|you|i|for|about|on|left|before|of) ?.{0,60})?|status|state|where (?:we|things|i|it) (?:are|am|stand|stands|is)|progress|current (?:state|status))$/i;
const IDEAS = cued(
  /\b(?:recommend|suggest|optional|possible|potential|ideas?|improvements?|enhancements?|nice[- ]to[- ]have|could|might|options?|alternatives?|considerations?|consider|if you (?:want|like)|best practices?|tips?|advice|proposals?|would you|want me|down the (?:road|line)|worth (?:considering|thinking)|trade-?offs?)/i,
);
const REPORT =
  /^(?:(?:what(?:'s| has| was| is| i)? ?(?:i )?(?:happen|found|find|goes wrong|went wrong)\w*.*)|findings?|analysis|audit.*|review.*|root cause|causes?|why.*|how (?:it|this|to|the).*|usage|example.*|explanation|background|context|testing|test plan|verification|architecture|design|behaviou?r|decisions?|here's what i (?:found|see).*|here is what i (?:found|see).*|(?:the )?(?:problem|issue|bug)|timeline|out of scope|non-?goals|intentionally .*|on purpose|(?:deliberately|left) (?:un|as).*|by design|not (?:touched|changed|affected|in scope|doing|needed|planned)|unchanged|skipped|to (?:run|test|use|start|try|reproduce|install|build)\b.*|how i .*|steps? to .*|running .*|quick ?start|setup)$/i;
const DONE =
  /^(?:summary.*|overview|what(?:'s| has| was| is| i)? ?(?:i )?(?:chang|did|done|fix|new|add|work)\w*.*|changes?(?: made)?|done|completed?|finished|implemented|fixed|added|results?|details?|files? .*|tests?(?: results?)?|verified|implementation|key .*|backend|frontend|(?:the )?(?:fix|solution))$/i;

const URGENT = cued(/\b(?:urgent|asap|critical|right away|immediately|time-?critical|need attention)\b/i);

/** `Remaining (for v2):`, `⏭️ Next steps`, `3. Known gaps` → the words that say what it is. */
function bareOf(title: string): string {
  return title
    .slice(0, 160)
    .replace(/[^\p{L}\p{N}\s'’&/().,:-]+/gu, ' ')
    .replace(/’/g, "'")
    .replace(/\([^()]{0,80}\)/g, ' ')
    .replace(/^[\s\d.):-]+/, '')
    .replace(/[\s:.,-]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What stands under this title; null where its words say nothing of the kind. */
export function sectionOf(title: string): Section | null {
  if (title.length > 160) return null;
  const bare = bareOf(title);
  if (bare === '') return null;
  const [head = bare] = bare.split(/, | and (?=both|all|they)/);
  for (const words of bare === head ? [bare] : [bare, head]) {
    const found = plainSection(words);
    if (found !== null) return found;
  }
  return null;
}

function plainSection(words: string): Section | null {
  // A list that is led in by a question or a wish is a list of offers, also when it says "next steps".
  if (IDEAS.test(words) && !/^(?:not|still|what'?s? (?:is )?left)\b/i.test(words)) return 'ideas';
  if (UNTESTED.test(words)) return 'untested';
  if (LEFT.test(words)) return 'left';
  if (NEXT.test(words)) return 'next';
  if (HANDED.test(words)) return 'handed';
  if (REPORT.test(words)) return 'report';
  if (DONE.test(words)) return 'plain';
  if (LOOSE.test(words)) return 'loose';
  return LED_LEFT.test(words) ? 'left' : LED_HANDED.test(words) ? 'handed' : null;
}

/** Sentences that lead in a list: `These are still open`, `I didn't get to the following`. */
const LED_LEFT = cued(
  /(?:\b(?:is|are|remains?|stays?) (?:still |yet )?(?:left|open|missing|outstanding|pending|to do|to be done|unfinished|not (?:yet )?(?:done|finished|implemented|there|covered|working))(?: \w+){0,3}$|\b(?:did not|didn't|have not|haven't|could not|couldn't) (?:yet )?(?:get|got|done?|finish(?:ed)?|cover(?:ed)?|manage[d]?|tackled?)\b.{0,30}$|\bstill (?:needs?|has|have|lacks?|missing|open|to do|to be done|to come)\b.{0,30}$|\b(?:left|deferred|postponed|parked) (?:\w+ ){0,3}(?:for|to) (?:a |the |another |later|next)|^(?:there (?:are|is)|that leaves)\b.{0,40}\b(?:left|open|remaining)\b|\bthat leaves$|\bfor (?:a|the next) follow-?up$)/i,
);
const LED_HANDED = cued(
  /(?:\byou(?:'ll| will)?(?: still)? (?:need|have) to(?: do(?: the following| this| these)?)?$|\b(?:needs?|has|have) to (?:be done|happen)(?: \w+){0,4}$|\bplease(?: \w+){0,3}$|\bon your (?:side|end|machine)$|^to (?:finish|complete|activate|enable|roll|ship|deploy|go live|wrap)\b.{0,60}$|^before .{1,50}$)/i,
);

export interface Standing {
  readonly section: Section;
  /** The words of the heading or lead that may state how pressing it all is. */
  readonly pressing: string | null;
}

const PLAIN: Standing = { section: 'plain', pressing: null };

/** Under what a block stands: its lead says more than its heading. */
export function standingOf(block: Block): Standing {
  for (const title of [block.lead, block.heading]) {
    if (title === null) continue;
    const short = title.length > 160 ? title.slice(-160) : title;
    const last = lastSentence(short);
    const section =
      sectionOf(last) ??
      (title === block.heading && block.number === null && /^\W*(?:#?\d+[.):]|finding)/i.test(title) ? 'report' : null);
    if (section !== null) return { section, pressing: URGENT.test(short) || /\bbefore\b/i.test(short) ? short : null };
  }
  return PLAIN;
}

function lastSentence(text: string): string {
  const at = Math.max(text.lastIndexOf('. '), text.lastIndexOf('! '), text.lastIndexOf('? '));
  return at === -1 ? text : text.slice(at + 2);
}
