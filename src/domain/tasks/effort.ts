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
      spelling | capitali[sz](?:e|ation) | re-?format | uncomment | un-?skip | toggl(?:e|ing) | gitignore | one-?liners? | one line
      whitespace | trailing (?:spaces?|commas?|newlines?) | unused (?:imports?|variables?) | dead links? | broken links? | off[- ]by[- ]one`),
  },
  {
    points: -2,
    is: 'said to be small',
    pattern: words(
      String.raw`quick(?:ly)? | trivial(?:ly)? | tiny | small | minor | simple | easy | cosmetic | nit(?:pick)? | five minutes | 5 ?min(?:utes|s)?`,
    ),
  },
  {
    points: -1,
    is: 'a plain step',
    isVerb: true,
    pattern:
      /^(?:pin|unpin|delete|remove|drop|revert|enable|disable|set|unset|raise|lower|increase|decrease|reduce|adjust|tweak|mark|mention|note|link|correct|hide|show|move|swap|align|center|restart|rotate|revoke|merge|close|tag|change|update|silence|mute|log|print|run|check|ask|tell|answer|reply|post)(?![\p{L}\p{N}_])/iu,
  },
  {
    points: -1,
    is: 'one small thing',
    pattern: words(String.raw`
      wording | comments? | labels? | tooltips? | icons? | placeholders? | captions? | headings? | title | colou?rs? | font | padding | margin
      flags? | constants? | defaults? | timeouts? | limit | threshold | debug (?:prints?|lines?|output) | console\.log | print statements?
      log (?:line|level|message)s? | imports? | docstrings? | readme | changelog | version (?:number|string)? | env(?:ironment)? var(?:iable)?s?
      favicon | alias | badge | link | copyright | licen[cs]e header | button text | error message`),
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
    pattern: words(
      String.raw`huge | massive | epic | major | complex | big (?:refactor|change|task|job|rewrite|project|effort) | large(?:r)? (?:refactor|change|task|job|project|effort) | (?:several|a few|some|many|two|three|four|\d+) (?:days|weeks|months|sprints) | multi-?week`,
    ),
  },
  {
    points: 1,
    is: 'something to be built',
    isVerb: true,
    pattern:
      /^(?:implement|build|design|develop|create|write|introduce|integrate|refactor|replace|convert|port|support|automate|set up|containeri[sz]e|deploy|extract|split|unify|consolidate|upgrade|parallelize|optimi[sz]e)(?![\p{L}\p{N}_])/iu,
  },
  {
    points: 1,
    is: 'much of the system',
    pattern: words(String.raw`
      every | everywhere | throughout | across | entire | whole | all (?:of )?(?:the |our |other |remaining |existing )?[\p{L}-]+s
      each (?:of )?(?:the )?[\p{L}-]+ | code ?base | mono-?repo | end-to-end | legacy`),
  },
  {
    points: 1,
    is: 'a part with many sides',
    pattern: words(String.raw`
      architecture | framework | engine | pipeline | subsystem | infrastructure | platform | protocol | schema | data model | microservices?
      distributed | concurrency | real-?time | authentication | authori[sz]ation | permissions? (?:model|system) | billing | importer | exporter
      scheduler | parser | compiler | editor | dashboard | test suite | ci/cd | offline (?:mode|support) | sync engine | plugin system`),
  },
];

/** `12 endpoints`, `all 40 call sites`: many of one thing. Versions, dates and codes are no counts. */
const COUNT =
  /(?<![\p{L}\p{N}._:#/-])(\d{1,4}|a dozen|dozens of|hundreds of)[ -](?!(?:ms|s|sec|seconds?|min|minutes?|hours?|days?|weeks?|percent|px|mb|gb|kb|bytes|chars?|times|x|am|pm|errors?|answers|responses|codes|pages? not|utc)(?![\p{L}]))\p{Ll}[\p{L}-]*s(?![\p{L}\p{N}])/iu;
const MANY = 8;
const ITEM = /^[ \t]{0,8}(?:[-*•]|\d{1,2}[.)])[ \t]+\S/gm;
const SOME_ITEMS = 3;
const MANY_ITEMS = 6;
const SOME_FILES = 3;
const MANY_FILES = 6;

/** @param files that its words name */
export function effortOf(title: string, description: string | null, files: number): Estimate {
  const head = title.slice(0, LOOKED_AT.title).trim();
  const more = description?.slice(0, LOOKED_AT.description) ?? '';
  const found: (readonly [points: number, reason: string])[] = [];
  for (const { points, is, pattern, isVerb } of SIGNS) {
    const word = pattern.exec(head)?.[0] ?? (isVerb === true ? undefined : sizeOf(points, pattern, more));
    if (word !== undefined) found.push([points, `${is} ("${word.toLowerCase()}")`]);
  }
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
