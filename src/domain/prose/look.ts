/**
 * What a title looks like, so that the same piece of work is known again in other words: without politeness, articles, light verbs
 * and the order of words. What tells one thing from another stays to the letter: an importer is no import, and not is not.
 */
import { baseForm, fold } from './words.js';

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that are the same work with and without them. */
const EMPTY =
  set(`a an the this that these those our my your its their please pls kindly just also then again now still finally actually
  really maybe quickly simply it is are be been being was were we you i us me should must need needs to of for in on at with and
  will would could can let lets let's go ahead some any there here properly correctly asap too`);
/** With one of these, order tells things apart; so does `to` behind a verb that turns one thing into another. */
const DIRECTED = set('from into before after over than instead per via');
/** Verbs that say no more than that something is to be made. */
const MAKING = set(
  'add create implement build write introduce make do set provide have get finish complete continue start',
);
const MENDING = set('fix repair resolve solve correct mend patch');
const TURNING = set(
  `move convert migrate rename replace switch change merge copy redirect port translate swap map link sync import export push pull send
  forward transform depend compare prefer route proxy mirror rebase downgrade upgrade`,
);
/** Written in two ways. */
const SPELT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    app: 'application',
    apps: 'application',
    config: 'configuration',
    configs: 'configuration',
    db: 'database',
    dbs: 'database',
    dep: 'dependency',
    deps: 'dependency',
    dir: 'directory',
    dirs: 'directory',
    doc: 'documentation',
    docs: 'documentation',
    env: 'environment',
    msg: 'message',
    msgs: 'message',
    param: 'parameter',
    params: 'parameter',
    perf: 'performance',
    repo: 'repository',
    repos: 'repository',
    btn: 'button',
    colour: 'color',
    colours: 'color',
    behaviour: 'behavior',
  }),
);

/** Words with what stands in them, numbers with their points, and signs: `c++`, `v1.2`, `<=`. */
const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’./:_-][\p{L}\p{M}\p{N}]+)*|[+#<>=*!%&|~^$@]+/gu;
const MOST = 40;

/** Words that are equal where titles look alike. */
export function lookWords(title: string): string {
  const tokens = (fold(title).match(TOKEN) ?? []).slice(0, MOST);
  const start = tokens.findIndex((token) => !EMPTY.has(token));
  const verb = start < 0 ? null : baseForm(tokens[start] ?? '');
  const isOrdered = (verb !== null && TURNING.has(verb)) || tokens.some((token) => DIRECTED.has(token));
  const words: string[] = [];
  // A single letter is a name: plan B, grade A.
  const letters = title.match(/(?<=[\p{L}\p{N}] )[A-Z](?![\p{L}\p{N}'’.-])/gu) ?? [];
  tokens.forEach((token, index) => {
    if (index === start && verb !== null) {
      if (MENDING.has(verb)) words.push('fix');
      else if (!MAKING.has(verb)) words.push(verb);
      return;
    }
    if (EMPTY.has(token) && !(isOrdered && token === 'to')) return;
    words.push(SPELT.get(token) ?? singular(token));
  });
  const told = isOrdered ? words : words.sort();
  return [...told, ...letters].join(' ');
}

/** Without the ending of the plural, where that is plain. */
function singular(word: string): string {
  if (word.length < 4 || !/^\p{L}+s$/u.test(word) || /(?:ss|us|is|as|os)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:ches|shes|xes|sses|zes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
