/**
 * How much work a task looks to be, from its words alone: what is to be done, to what, to how much of it, how many
 * parts and files it names. Nothing is learned from tasks that are done.
 */
import type { Effort } from '../model.js';

export interface Estimate {
  readonly effort: Effort;
  /** In words. */
  readonly reason: string;
}

const LOOKED_AT = { title: 300, description: 2_000 } as const;
/** From so many points on, upwards or downwards: one weak sign is none. */
const ENOUGH = 2;

const words = (list: string): RegExp =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}_-])(?:${list.trim().replace(/\s*\|\s*|\s*\n\s*/g, '|')})(?![\p{L}\p{N}_])`,
    'iu',
  );

/** Where the word is the thing itself and not what is said of another: `the label of the menu`, but no `label printer`. */
const HEAD = String.raw`(?=$|[.,;:!?)\]]|\s(?:for|of|in|on|at|to|with|without|from|by|that|which|when|where|while|as|so|and|or|behind|across|under|over|into|per|using|until|instead|is|are|next|too|back)(?![\p{L}]))`;

/** `points`: below zero for little work. Of each row the first word that is found counts once. */
interface Sign {
  readonly points: number;
  readonly is: string;
  readonly pattern: RegExp;
  /** Only at the beginning, where an imperative has its verb. */
  readonly isVerb?: true;
}

const SIGNS: readonly Sign[] = [
  {
    points: -2,
    is: 'a small change',
    pattern: words(String.raw`
      renam(?:e|es|ed|ing) | bump(?:s|ed|ing)? | reword(?:s|ed|ing)? | rephras(?:e|ed|ing) | typos? | misspell?ings? | misspelled
      spelling | capitali[sz](?:e|ation) | re-?format | uncomment | un-?skip | toggl(?:e|ing) | gitignore | one-?liners?
      whitespace | trailing (?:spaces?|commas?|newlines?) | unused (?:imports?|variables?) | dead links? | broken links?
      (?:sort|order) (?:the |all )?imports`),
  },
  {
    points: -2,
    is: 'said to be small',
    pattern: words(String.raw`
      trivial(?:ly)? | cosmetic | nit(?:pick)? | quickly | (?:five|5|ten|10)[- ]?min(?:utes?|s)? (?:job|fix|task|thing|change)
      (?:quick|tiny|small|minor|simple|easy|short|little) (?:change|fix|thing|tweak|task|job|issue|one|clean-?up|improvement|edit|follow-?up|win)
      (?:is|are|be|should be|looks|pretty|very|really|fairly) (?:quick|tiny|small|simple|easy)`),
  },
  {
    points: -2,
    is: 'said to be small',
    pattern: /^(?:quick|small|tiny|minor|simple|easy)(?=\s?[:,–—-])|[([](?:quick|small|tiny|minor|simple|easy)[)\]]/iu,
  },
  {
    points: -2,
    is: 'a plain step',
    isVerb: true,
    pattern:
      /^(?:pin|unpin|revert|enable|disable|set|unset|raise|lower|increase|decrease|tweak|mention|hide|restart|rotate|revoke|renew|tag|silence|mute|ask|tell|answer|reply|respond|remind|notify|email|call|post|regenerate|re-?run|send an? |turn (?:on|off)|trim|whitelist|allowlist|star|archive)(?![\p{L}\p{N}_])/iu,
  },
  {
    points: -1,
    is: 'a plain step',
    isVerb: true,
    pattern:
      /^(?:delete|remove|drop|strip|reduce|adjust|mark|note|link|correct|move|swap|align|center|merge|document|log|print|sort)(?![\p{L}\p{N}_])/iu,
  },
  {
    points: 2,
    is: 'a large change',
    pattern: words(String.raw`
      migrat(?:e|es|ed|ing|ions?) | rewrit(?:e|es|ten|ing) | redesign(?:s|ed|ing)? | re-?architect(?:ure|ing)? | overhaul(?:s|ed|ing)?
      rework(?:s|ed|ing)? | restructur(?:e|es|ed|ing) | re-?implement(?:s|ed|ing|ation)? | port(?:ing)? (?:the|all|our|to|from|over)
      from scratch | re-?platform(?:ing)? | moderni[sz](?:e|ing|ation) | re-?engineer(?:ing)? | rebuild(?:ing)? | decompos(?:e|ing)
      split(?:ting)? (?:the )?(?:monolith|service|backend|app|application) | multi-?tenan(?:t|cy) | internationali[sz](?:e|ation)`),
  },
  {
    points: 2,
    is: 'said to be large',
    pattern: words(String.raw`
      (?:huge|massive|major|complex|big|large|larger|serious) (?:refactor(?:ing)?|change|task|job|rewrite|project|effort|undertaking|piece of work)
      (?:take|takes|taking|need|needs|cost|costs|spend) (?:about |around |at least |us |me )*(?:several|a few|some|many|two|three|four|five|\d{1,3}) (?:days|weeks|months|sprints)
      (?:several|a few|two|three|four|five|\d{1,3}) (?:days|weeks|months|sprints) of work | multi-?week`),
  },
  {
    points: 1,
    is: 'something to be built',
    isVerb: true,
    pattern:
      /^(?:implement|build|design|develop|create|write|introduce|integrate|refactor|replace|convert|port|support|automate|set up|containeri[sz]e|deploy|extract|split|unify|consolidate|upgrade|paralleli[sz]e|optimi[sz]e|quanti[sz]e)(?![\p{L}\p{N}_])/iu,
  },
  {
    points: 1,
    is: 'much of the system',
    pattern: words(String.raw`
      every(?! \d| (?:few|other|second|minute|hour|day|night|week|month|time|release|run)(?![\p{L}])) | everywhere | throughout | across | entire | whole
      all (?:of )?(?:the |our |other |remaining |existing )?[\p{L}-]+s | each (?:of )?(?:the )?[\p{L}-]+ | code ?base | mono-?repo | end-to-end`),
  },
  {
    points: 1,
    is: 'a part with many sides',
    pattern: words(
      String.raw`(?:architecture | framework | engine | pipelines? | subsystem | infrastructure | platform | protocol | schema | data model | microservices?
      distributed | concurrency | real-?time | authentication | authori[sz]ation | permissions? (?:model|system) | billing | importer | exporter
      scheduler | parser | compiler | editor | dashboard | test suite | ci/cd | offline (?:mode|support) | sync engine | plugin system)`.replace(
        /\s*\n\s*/g,
        ' | ',
      ) + HEAD,
    ),
  },
];

/** Of a short title all that it is about; in a longer one much else may stand beside it. */
const SMALL_THING = words(
  String.raw`(?:wording | comments? | labels? | tooltips? | icons? | placeholders? | captions? | headings? | title | colou?rs? | font | padding | margin
      flags? | constants? | defaults? | timeouts? | limit | threshold | debug (?:prints?|lines?|output) | console\.log | print statements?
      log (?:line|level|message)s? | imports? | docstrings? | readme | changelog | version (?:number|string)? | env(?:ironment)? var(?:iable)?s?
      favicon | alias | badge | links? | copyright | licen[cs]e header | button text | error message | status text)`.replace(
    /\s*\n\s*/g,
    ' | ',
  ) + HEAD,
);
const SHORT_CHARS = 60;

/** `Task 2: …`, `3. …` */
const NUMBERED = /^(?:(?:task|step|phase|part|item)\s{0,2}\d{1,3}|\d{1,3})\s?[:.)–-]\s{1,4}/i;

/** `12 endpoints`, `all 40 call sites`: many of one thing. Versions, dates, codes and bounds are no counts. */
const COUNT =
  /(?<!(?:most|least|at|to|below|under|above|over|than|within|after|every|last|first|by|for|port|of)\s)(?<![\p{L}\p{N}._:#/-])(\d{1,4}|a dozen|dozens of|hundreds of)[ -](?!(?:ms|s|sec|seconds?|min|minutes?|hours?|days?|weeks?|percent|px|mb|gb|kb|bytes|chars?|times|x|am|pm|errors?|answers|responses|codes|pages? not|utc)(?![\p{L}]))\p{Ll}[\p{L}-]*s(?![\p{L}\p{N}])/iu;
const MANY = 8;
const ITEM = /^[ \t]{0,8}(?:[-*•]|\d{1,2}[.)])[ \t]+\S/gm;
const SOME_ITEMS = 3;
const MANY_ITEMS = 6;
const SOME_FILES = 3;
const MANY_FILES = 6;

/** @param files that its words name */
export function effortOf(title: string, description: string | null, files: number): Estimate {
  const head = title.slice(0, LOOKED_AT.title).trim().replace(NUMBERED, '');
  const more = description?.slice(0, LOOKED_AT.description) ?? '';
  const found: (readonly [points: number, reason: string])[] = [];
  for (const { points, is, pattern, isVerb } of SIGNS) {
    const word = pattern.exec(head)?.[0] ?? (isVerb === true ? undefined : sizeOf(points, pattern, more));
    if (word !== undefined) found.push([points, `${is} ("${word.toLowerCase()}")`]);
  }
  // What it is for is another thing.
  const thing = SMALL_THING.exec(head.split(' for ', 1)[0] ?? '')?.[0];
  if (thing !== undefined)
    found.push([head.length <= SHORT_CHARS ? -2 : -1, `one small thing ("${thing.toLowerCase()}")`]);
  const [, count] = COUNT.exec(head) ?? [];
  if (count !== undefined && !(Number(count) < MANY)) found.push([2, `${count.toLowerCase()} of one kind`]);
  const items = more.match(ITEM)?.length ?? 0;
  if (items >= SOME_ITEMS) found.push([items >= MANY_ITEMS ? 2 : 1, `${items} parts`]);
  if (files >= SOME_FILES) found.push([files >= MANY_FILES ? 2 : 1, `${files} files`]);
  if (files === 1) found.push([-1, 'one file']);
  const points = found.reduce((sum, [own]) => sum + own, 0);
  const effort = points <= -ENOUGH ? 'low' : points >= ENOUGH ? 'high' : 'medium';
  const reasons = found.filter(([own]) => effort === 'medium' || own < 0 === (effort === 'low'));
  return {
    effort,
    reason: reasons.length === 0 ? 'nothing says how much work it is' : reasons.map(([, reason]) => reason).join('; '),
  };
}

/** A description tells of much beside the work itself, so of it only what is plainly large counts. */
const sizeOf = (points: number, pattern: RegExp, description: string): string | undefined =>
  points >= ENOUGH ? pattern.exec(description)?.[0] : undefined;
