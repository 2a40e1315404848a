/**
 * Whether what a user says of something means a certain task of another conversation. Nobody is there to ask, so the one has to
 * name what the other names and nothing else: a word in common is no common work.
 */
// Not by the door of prose: the server loads this, and must not load all that reads conversations.
import { baseForm, fold, stem, stemsOf } from '../prose/words.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const stems = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(stem));

/** What anything may be called: neither tells it from others. */
const GENERIC =
  stems(`bug issue problem thing task todo ticket item part work stuff fix case matter topic point story chore job
  follow-up prod production staging main master branch local today yesterday morning week finally new old latest currently recently`);
/** What goes wrong with a thing: it tells a thing from others only where both name it. */
const FAULTS = stems(
  `error failure fail crash hang freeze leak bug broken wrong break exception regression glitch flicker`,
);

/** Verbs that say no more than that something is over, or out. */
const OVER = words(
  'do finish complete handle close sort wrap ship merge deploy push release publish land commit approve cover address resolve',
);
/** Verbs that mend what was broken, and what is said of it then. */
const MENDED = words('fix solve repair patch correct mend heal resolve cure');
const WORKS = /\b(?:works?|working|ok(?:ay)? now|green|back up|up again|gone|passes|passing)\b/i;
/** Work that mends: what may begin a task of which one says that it is fixed. */
const MENDING =
  words(`fix repair resolve solve debug investigate address correct handle prevent stop diagnose track find make get
  look check sort patch restore unblock stabilize stabilise reproduce avoid`);
/** Work about a thing that exists: the thing may be done, and this not. */
const ABOUT_IT =
  words(`test verify check validate confirm measure benchmark profile review audit inspect document describe explain
  announce remove delete drop revert disable deprecate deploy release publish merge monitor watch clean rename move`);
const LIGHT = words(
  'do make get have take go look work handle finish complete continue start ensure keep let put use set',
);
const SAME_VERB = [
  words('add create implement write build introduce make'),
  words('remove delete drop'),
  words('update upgrade bump'),
  words('move migrate port'),
  words('test verify check validate confirm'),
  words('document describe'),
  words('deploy release ship publish'),
  words('review audit inspect'),
];

/** Equal, or equal but for an ending. */
const alike = (a: string, b: string): boolean =>
  a === b || (a.length >= 5 && b.length >= 5 && (a.startsWith(b) || b.startsWith(a)));
const has = (all: readonly string[], one: string): boolean => all.some((other) => alike(one, other));

/** What a text names. */
interface Named {
  /** The verb that it begins with, as a base form. */
  readonly head: string | null;
  /** What it is about, without what anything may be called. */
  readonly things: readonly string[];
  readonly faults: readonly string[];
}

/** A text that goes on for long is read by its start. */
const MOST_WORDS = 24;
const READ = 1_024;
const read = new Map<string, Named>();

/** What a title names; of what it is said of, `namedBy`. */
function namedIn(text: string): Named {
  const known = read.get(text);
  if (known !== undefined) return known;
  const first = /^[\p{L}'-]+/u.exec(text.trimStart())?.[0] ?? '';
  const head = first === '' ? null : baseForm(first);
  const all = [...new Set(stemsOf(text))].slice(0, MOST_WORDS);
  const telling = all.filter((one) => !GENERIC.has(one) && !FAULTS.has(one));
  const root = head === null ? null : stem(head);
  const rest = telling.filter((one) => one !== root);
  const named = {
    head,
    // `Deploy`, `Refactor`: there is nothing else.
    things: rest.length === 0 ? telling : rest,
    faults: all.filter((one) => FAULTS.has(one) && one !== root),
  };
  if (read.size >= READ) read.clear();
  read.set(text, named);
  return named;
}

/** What words name that begin with no verb: `the test suite`. */
function namedBy(about: string): Named {
  const all = [...new Set(stemsOf(about))].slice(0, MOST_WORDS);
  const first = /^[\p{L}'-]+/u.exec(about.trimStart())?.[0] ?? '';
  return {
    head: first === '' ? null : baseForm(first),
    things: all.filter((one) => !GENERIC.has(one) && !FAULTS.has(one)),
    faults: all.filter((one) => FAULTS.has(one)),
  };
}

/** By which words that may be equal are found: equal words, or one of which is the beginning of the other, share it. */
const bucketOf = (one: string): string => one.slice(0, 5);

/** The words by which a task is found that is meant, and those by which what means it is. */
export const bucketsOf = (title: string): readonly string[] => [...new Set(namedIn(title).things.map(bucketOf))];
export const bucketsBy = (about: string): readonly string[] => [...new Set(namedBy(about).things.map(bucketOf))];

export interface Saying {
  readonly says: 'done' | 'cancelled' | 'broken';
  readonly about: string;
  readonly isContext: boolean;
  readonly quote: string;
}

/** How surely a task is meant. */
export interface Nearness {
  /** From 0 to 1; 0 where it names something else. */
  readonly score: number;
  /** What is said names so little of it that any other task with these words may be meant as well. */
  readonly isLoose: boolean;
  /** Words that both have. */
  readonly shared: number;
}

const NOTHING: Nearness = { score: 0, isLoose: false, shared: 0 };
/** As much of the longer one has the shorter one to name. */
const LEAST_SHARE = 0.5;
const LOOSE = 0.6;

export function nearness(saying: Saying, title: string): Nearness {
  const said = namedBy(saying.about);
  const task = namedIn(title);
  const { things } = task;
  const own = thingsSaid(said, task);
  const shared = own.filter((one) => has(things, one)).length;
  const both = things.filter((one) => has(own, one)).length;
  if (shared === 0) return NOTHING;
  const none = { ...NOTHING, shared };
  if (saying.says === 'done' && !agrees(saying, said, task)) return none;
  const [more, left] = [own.length - shared, things.length - both];
  if (saying.isContext) {
    // A sentence may name anything beside.
    return things.length < 2 || left > 0 ? none : { score: 0.6 + 0.1 * Math.min(4, both), isLoose: false, shared };
  }
  if (more > 0 && left > 0) return none;
  if (left > 0 && said.faults.some((fault) => !has(task.faults, fault))) return none;
  if (more === 0 && left === 0) return { score: 1, isLoose: false, shared };
  // What names less than is said of may be the whole of it or another part.
  if (more > 0 && things.length === 1) return none;
  const [small, large] = more === 0 ? [own.length, things.length] : [things.length, own.length];
  if (small === 1 || small / large < LEAST_SHARE) return { score: LOOSE, isLoose: true, shared };
  return { score: 0.6 + (0.4 * small) / large, isLoose: false, shared };
}

/** What is said without the verb of the task: `the rollout of the gateway`, `Roll out the gateway`. */
function thingsSaid(said: Named, task: Named): readonly string[] {
  const root = task.head === null ? null : stem(task.head);
  const rest = said.things.filter((one) => (one !== root && one !== task.head) || task.things.includes(one));
  return rest.length === 0 ? said.things : rest;
}

/** Whether what was done is what the task asks for: mending a thing is not adding, testing or documenting it. */
function agrees(saying: Saying, said: Named, task: Named): boolean {
  const { head } = task;
  if (head === null) return true;
  const named = said.head !== null && sameVerb(said.head, head);
  if (named || has(said.things, stem(head)) || said.things.includes(head)) return true;
  const verb = verbSaid(saying);
  if (verb !== null && sameVerb(verb, head)) return true;
  if (ABOUT_IT.has(head)) return false;
  if (LIGHT.has(head) || verb === null) return true;
  if (verb === 'works') return MENDING.has(head) || sameVerb(head, 'add');
  if (MENDED.has(verb)) return MENDING.has(head);
  return OVER.has(verb);
}

const sameVerb = (a: string, b: string): boolean => a === b || SAME_VERB.some((verbs) => verbs.has(a) && verbs.has(b));

/** The verb that says what became of it: of several, the one that stands closest. */
function verbSaid({ about, quote, isContext }: Saying): string | null {
  const tokens =
    fold(quote)
      .match(/[\p{L}'-]+/gu)
      ?.slice(0, 60) ?? [];
  const own = new Set(fold(about).match(/[\p{L}'-]+/gu) ?? []);
  const at = isContext ? 0 : tokens.findIndex((token) => token.length > 2 && own.has(token));
  const end = isContext ? 0 : tokens.findLastIndex((token) => token.length > 2 && own.has(token));
  let found: string | null = null;
  let least = Infinity;
  for (const [index, token] of tokens.entries()) {
    if (index >= at && index <= end && own.has(token)) continue;
    const verb = token === 'done' ? 'do' : baseForm(token);
    const isPlain = verb === null || verb === token || verb === 'be' || verb === 'have';
    if (isPlain && !PAST.has(token)) continue;
    const far = index < at ? at - index : Math.max(0, index - end);
    if (far < least) [found, least] = [verb ?? token, far];
  }
  return (found === null || found === 'work' || found === 'go') && WORKS.test(quote) ? 'works' : found;
}

/** Past forms that look like their base. */
const PAST = words('put set cut reset split shut cast done');
