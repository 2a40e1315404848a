/** Priorities that a text states in words. A tone, a FIXME or an exclamation mark states none. */
import type { Priority } from '../model.js';
import type { Cued } from '../cue/index.js';
import type { Stated } from './model.js';
import { CALM, CALM_SIGNS, CRITICAL, CRITICAL_SIGNS, HIGH, HIGH_SIGNS, LABELS, LOW, LOW_SIGNS } from './stating.js';

const MAX_TEXT = 2_000;
/** `a high priority queue`, `the urgent flag`: the words are part of what is built. */
const BUILT =
  /^[-\s"'`]*(?:queues?|lanes?|labels?|flags?|tags?|badges?|columns?|filters?|fields?|levels?|jobs?|alerts?|logs?|events?|messages?|notifications?|tickets?|tasks|items|threads?|icons?|sections?|paths?|css|values?|regions?|lines?|chars?|thresholds?|mass|workers?|processes|requests|threads)(?![\p{L}])/iu;

/** Without one of these nothing of `stating.ts` is there; spares most texts its patterns. */
const HINT =
  /[^\u0000-\u007f]|hour|\bship |release|launch|go live|roll out|publish|cute|first|before an|before ev|\bcan |money|sales|revenue|custom|\bprod|\blive|overwr|destroy|eat|backup|matters|these days|backlog|depends|holding|urg|prio|critic|block|high|major|medium|moderate|minor|trivial|\b(?:low|med|nit|top|normal|nice|neat|cool|sweet|lovely|asap|a\.s|soon|rush|hurry|now|away|today|tonight|eod|cob|noon|lunch|rce|xss|ssrf|gates|gating|public|time|chance|minute|moment|bored|free|idle|wait|deal|run,?|quiet|slow|mood|busy|things?|day|p\d|sev)|severity|optional|cosmetic|important|pressing|emergency|mission|stopper|down|offline|dead|fire|unreach|unavail|locked|outage|crash|broken|failing|data|los[eit]|corrupt|delet|wip|nobody|no one|none of|no user|no cust|sensitive|delay|drop every|most im|number one|absolute|end of|evening|holds? up|holding|stops us|before|securit|vulnerab|cve-|inject|travers|escalat|remote code|bypass|compromis|leak|expos|stolen|immediat|someday|point|future|eventually|second|bandwidth|capacity|slack|opportunit|feel like|suits|convenient|permits|allows|settle|nothing better|spare|hanging|nitpick|burner|bonus|stretch|whenever|dring|eilt|eilig|sofort|schnell|heute|irgend|gelegen|zeit|eile|hohe|niedrig|mittlere|vite|presse|jour|temps|serait|haute|hoy|prisa|antes|alta|tiempo|baja|pressa|hoje|tempo|baixa|seria|um dia|urgente|vanish|disappear|wipe|purg|erased?|gone|missing|lost\b|pager|still stand|standing|stand ?still|stopped|frozen|dark|idle|everyone|everybody|anyone|anybody|strangers|outsiders|plain ?text|clear ?text|deadline|due\b|by \d|midnight|demo|submi|audit|\bmust\b|\bhas to|\bhave to|\bneeds? |needed|\bfor (?:the|fun|show|looks)|top of|head of|slip|without|unless|until|keeps|burning|waiting|furious|angry|time limit|no date|whenever|round to|bottom|least of|wish ?list|icebox|polish|cake|cherry|treat|detail|trifle|nicet|luxur|gimmick|rainy|matter|bother|hurt|nothing|trouble|mid\b|middl|average|no need|needn't|any ?time/i;

/** The priority that is stated and the words that state it; of several the most pressing, unless the text says that it is not. */
export function statedIn(text: string): Stated | null {
  const start = text.slice(0, MAX_TEXT);
  if (!HINT.test(start)) return null;
  for (const [priority, form] of LABELS) {
    const match = form.exec(start);
    if (match !== null && !isBuilt(start, match)) return { priority, words: wordsOf(match) };
  }
  const calm = CALM.exec(start) ?? CALM_SIGNS.exec(start);
  // They hold the words of the others.
  const rest = calm === null ? start : `${start.slice(0, calm.index)} · ${start.slice(calm.index + calm[0].length)}`;
  return (
    found('critical', [...CRITICAL, CRITICAL_SIGNS], rest) ??
    found('high', [...HIGH, HIGH_SIGNS], rest) ??
    (calm === null ? null : { priority: 'low', words: wordsOf(calm) }) ??
    found('low', [...LOW, LOW_SIGNS], rest)
  );
}

function found(priority: Priority, forms: readonly Cued[], text: string): Stated | null {
  for (const form of forms) {
    const match = form.exec(text);
    if (match !== null && !isBuilt(text, match)) return { priority, words: wordsOf(match) };
  }
  return null;
}

function isBuilt(text: string, match: RegExpExecArray): boolean {
  return BUILT.test(text.slice(match.index + match[0].length, match.index + match[0].length + 24));
}

function wordsOf(match: RegExpExecArray): string {
  return match[0].replace(/^[\s–—:-]+|[\s–—:-]+$/g, '');
}
