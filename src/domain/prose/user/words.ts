/** Words by which a user's sentence is recognised. Small classes, so that what is meant decides and not a wording. */

import { cued } from '../../cue/index.js';
import { NOUN_OR_VERB, WORK_VERBS } from '../verbs.js';

/** Of words with blanks between them. */
export const wordSet = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Nouns too, but `and fix login redirects` is surely meant as a verb. */
const RATHER_VERBS = wordSet(`
  fix bump document refactor rewrite rework rebuild rename undo repair update upgrade move deploy revert restart split publish handle mention rebase
  use rerun render replay redesign retry reload import delete remove add
`);

/** Base forms that ask for work. */
export const VERBS: ReadonlySet<string> = new Set([
  ...WORK_VERBS,
  ...wordSet(`
    adapt allow begin bring build call cap carry change check clean cleanup choose close collapse comment commit complete connect cover create cut decide
    deduplicate dim do draft elaborate fill find fix get give go grep group have help hide insert keep leave let list look make mark move name offer onboard order pick
    pin point push put quit read redo reproduce retest roll run say see send set show skip sort spin squash start stop suggest take teach tell try turn
    untangle unskip gzip minify prettify kill cite halt quote use wait walk whitelist wire work write unblock unify upsert stub escape ditch repoint allowlist lazy-load hardcode colour walk translate
  `),
]);

/** Of those, what takes a determiner, a pronoun or the like after it to be a verb. */
export const NOUNISH: ReadonlySet<string> = new Set(
  [
    ...NOUN_OR_VERB,
    'complete',
    'clear',
    'correct',
    'lower',
    'separate',
    'narrow',
    'open',
    'visit',
    'say',
    'work',
    'wait',
    'walk',
    'colour',
    'color',
    'default',
    'head',
    'parallel',
    'sound',
    'surface',
    'figure',
    'function',
    'branch',
    'hand',
    'back',
    'total',
    'rest',
    'inline',
    'context',
    'present',
    'code',
    'group',
    'time',
    'help',
    'dim',
    'begin',
  ].filter((word) => !RATHER_VERBS.has(word)),
);

/** What follows a verb when it is one: its object, or a particle. */
export const DETERMINERS = wordSet(`
  a an the this that these those my our your his her its their all any each every both some no another more most one two three four
  it them everything something nothing anything us me him what which whatever how where why whether if who when
`);

export const PREPOSITIONS = wordSet(`
  about above across after against along around as at before behind below between by down during for from in inside into like near of off
  on onto out over past per since through to toward towards under until up upon via with within without
`);

/** Words that cannot be the verb of an imperative although a determiner may follow them. */
export const CLOSED = wordSet(`
  a an the this that these those my our your his her its their i you he she it we they me him us them who what which where when why how whose
  is are was were be been being am do does did done has have had having will would shall should can could may might must ought
  and or but nor so yet if unless because since though although while whereas until till once after before as than then
  not no yes only also just even still already again never always ever often maybe perhaps probably both either neither all any each every some
  same such most much many more less few several half double here there now today tomorrow yesterday tonight later soon
  about above across against along around at behind below between by down during for from in inside into like near of off on onto out over past per
  through to toward towards under up upon via with within without except despite besides plus minus
  ok okay yeah yep yup nope nah sure well oh ah hm hmm right great good nice perfect cool awesome excellent fine thanks thank please pls sorry
  hi hello hey dear btw fyi eg ie etc via vs given considering regarding concerning unlike today's whats thats its theres not quite rather
  what's that's it's there's here's where's how's who's let's isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't shouldn't wouldn't hasn't haven't
  i'm i'll i'd i've you're you'll you've we're we'll we've they're they'll he's she's
  once twice otherwise instead meanwhile anyway anyways apparently basically currently lately else worth true false enough
  first second third fourth next last finally another next other one two three four five six seven eight nine ten
  guess guessing suppose believe think thought know knew seems seem looks sounds means wonder wondering hope hoping wish assume assuming
  love loved like liked hate prefer see saw noticed notice got gets went goes came comes made makes says said told asked wants wanted needs needed
  during whenever wherever whatever whichever whoever because cause cuz except regardless despite notably
  part rest none neither everybody everyone everything nobody nothing somebody someone something anybody anything most
`);

/** Stands before a verb without changing what is asked. */
export const FILLERS = wordSet(`
  please pls plz kindly just also then now first firstly second secondly third thirdly next finally lastly again maybe perhaps possibly quickly simply really actually
  instead meanwhile too so ok okay well alright right great good nice perfect cool awesome excellent fine thanks thx ty cheers oh ah hm hmm hmmm yes yeah yep yup sure hey hi hello
  claude wait anyway afterwards additionally furthermore moreover and but or plus btw fyi sorry lovely wonderful amazing brilliant sweet wow
  obviously basically honestly ideally probably definitely at-least carefully properly quick still lgtm to today tonight
`);

/** Verbs that ask for an answer and leave nothing changed. */
export const ANSWER_VERBS = wordSet(`
  explain describe summarise summarize list audit review compare analyse analyze evaluate estimate clarify outline tell inspect profile
  confirm check verify recheck see look investigate diagnose identify determine find figure suggest propose remind read grep brainstorm
  commit push explore research walk count think recommend understand learn go squash stash checkout cherry-pick discuss say print trace measure
`);

/** First persons say this of themselves or of the talk, not of work. */
export const MENTAL = wordSet(`
  know understand see think believe say ask hear learn wonder talk discuss guess mention clarify point note leave go run be sleep eat stop confirm
  have check look try wait figure decide consider remember hope emphasise emphasize stress avoid use keep stay stick feel sure like read rely hold
`);

/** What a user of the product does: `let me filter by category`. */
export const USER_DOES = wordSet(`
  filter sort choose pick select search export import download upload edit rename drag resize toggle configure customise customize set change override mute hide collapse
  expand pin reorder undo redo cancel switch delete save share print zoom paste copy log sign skip disable enable mark tag group archive duplicate jump scroll
  favourite bookmark bulk type enter pass specify opt invite assign schedule preview navigate toggle restore browse reset
`);

export const NUDGES = cued(
  /^(?:(?:ok(?:ay)?|yes|please|now|and|so|just|then|alright|thanks)[,.]? +)*(?:continue|go on|carry on|keep (?:going|at it|it up|on)|proceed|resume|try (?:it |that )?again|try once more|retry|once more|next|move on|go|thanks?(?: you)?|thx|cheers|great|nice|perfect|cool|awesome|good(?: job| work)?|well done|ok(?:ay)?|same here|ping|any (?:news|update|progress)|hello|hi|hey|test|finish up|wrap (?:it )?up|keep me posted|take your time|where were we|sounds good|looks? good|makes sense|fair enough|good point|exactly|correct|right|interesting|i see|got it|understood|noted)(?: (?:please|now|then|again|where you (?:left off|stopped|were)|from (?:here|there|where you (?:left off|stopped|were))|with (?:it|that|this|the (?:work|plan|rest|next (?:one|step)))|so much|a lot|everyone|all|claude))*[.!?… ]*$/i,
);

/** The first words of all of them. */
const NUDGING = wordSet(`
  ok okay yes please now and so just then alright thanks continue go carry keep proceed resume try retry once next move thank thx cheers great
  nice perfect cool awesome good well same ping any hello hi hey test finish wrap take where sounds look looks makes fair exactly correct right
  interesting i got understood noted
`);
export const isNudge = (first: string, text: string): boolean => NUDGING.has(first) && NUDGES.test(text);

/** Something happened that a computer calls an error. */
export const FAILING = cued(
  /\b(?:crash(?:es|ed|ing)?|segfaults?|segfaulted|panics?|panicked|fail(?:s|ed|ing)?|hangs?(?! (?:on(?! (?:about|every|one|some|each|load|start\w*|boot|shutdown|exit|save|login)\b)|in there|out|tight|around)\b)|hung|hanging|free?zes?|freezing|froze|frozen|refuses?|refused|refusing|(?:is|are|was|were|went|goes|gone|keeps? going|all|completely|prod|production|site|server|api|service|staging) (?:still |completely |now |all |again )*down|(?:answers?|gives?|responds?|throws?|serves?)(?: with| us| me)? (?:an? |only )?(?:http )?[45]\d\d\b|never (?:stops?|finish(?:es)?|ends?|returns?|completes?|loads?|starts?|connects?|comes? (?:back|up)|responds?|gets? (?:past|through))|(?:doesn'?t|does not|won'?t|will not|wouldn'?t|can'?t|cannot|couldn'?t|didn'?t|did not|don'?t|do not) (?:even |ever |always )*(?:start|boot|load|connect|launch|come up|respond|build|compile|finish|open|install|run|deploy|log ?in|sign in)(?:s|ed)?|time[sd]?[ -]out|timing out|timeouts?|throw(?:s|n|ing)?|threw|exceptions?|dies|died|dying|stuck|unreachable|unresponsive|deadlock(?:s|ed)?|out of memory|oom(?:s|ed)?|bomb(?:s|ed|ing) out|blows? up|blew up|abort(?:s|ed|ing)|stops? responding|stopped (?:responding|working)|returns? (?:an? )?(?:http )?5\d\d|(?:an?|with|gives?(?: me)?|get|getting|gets|got) (?:an? )?(?:http )?(?:5\d\d|error)s?)\b/i,
);

/** Something is not as it should be. */
export const WRONG = cued(
  /\b(?:broken|broke|breaks|breaking|buggy|wrong(?:ly)?|incorrect(?:ly)?|off by|misaligned|missing|mis-?behav(?:es|ing)|(?:is|are|was|were|went|seems?) (?:(?:still|completely|totally|now|all|again) )*dead|deaf|upside[- ]down|on its head|mirrored|stretched|squashed|blurr(?:y|ed)|pixelated|invisible|unclickable|gr[ae]yed out|unusable|swapped|the wrong way|cropped|clipped|choppy|stutters?|stuttering|gibberish|garbage|unstyled|crooked|off[- ]cent(?:er|re)|doubled|(?:reboot|restart|reset|respawn)(?:s|ed|ing)? (?:itself|every|again|twice|at random|randomly|on its own|constantly|all the time)|takes? (?:ages|forever)|since (?:the|our|yesterday'?s?|last|this|today'?s?|v?\d)[\w .']{0,16}(?:deploy\w*|updates?|release|upgrade|merge|migration|refactor\w*|rollout|reboot)|jumps|misses|ugly|unreadable|illegible|garbled|corrupt(?:ed|s)?|flak(?:y|es)|flickers?|flickering|leak(?:s|ing)?|(?:too|so|very|really|super|terribly|painfully|awfully|unbearably|getting) (?:slow|long|big|small|large|wide|narrow|loud|dark|bright|noisy|often|late|early|verbose|many|high|low)|slow|slower|slows|laggy|janky|sluggish|twice|duplicated?|out of (?:sync|date|order)|overlaps?|overlapping|cut off|truncated|empty|blank|do(?:es)? nothing|nothing happens|(?:has|have)(?:n'?t| not) (?:run|worked|updated|started|fired|arrived|been (?:run|sent|updated))|(?:didn'?t|did not) (?:run|arrive|fire)|(?:lands?|ends? up) in (?:the )?spam|does(?:n'?t| not) work|do(?:n'?t| not) work|is(?:n'?t| not) working|are(?:n'?t| not) working|not working|stopped working|no longer works?|never works?|is red|are red|not (?:show(?:n|ing)|updat(?:ed|ing)|sav(?:ed|ing)|clickable|sent|visible|escaped|respected|being)|(?:does|do|is|are|did|was)(?:n'?t| not) (?:show|update|save|appear|refresh|render|persist|match|sync|trigger|fire|close|scroll|resize|respect|send|get|any ?more|clear|display|being|sort|remember|arrive|reset|stop|return|set|exist|pass|expire|redirect|handle)|goes out|disappears?|vanish(?:es|ed)?|reappears?|wobbles?|jumps around|complain(?:s|ing)? (?:about|that)|confus(?:es|ing)|bug|regress(?:ed|ion)|regressions?|loses|lost|silently|ignored|ignores|unstable|inconsistent|wrong way|outdated|stale|typos?|weird)\b/i,
);
