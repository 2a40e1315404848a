/** Ids of tasks that a chat gave out, and what they lead to when more of the conversation is known. */
import type { AliasFact, Fact } from './facts.js';
import { foldWords } from './ids.js';
import type { ReaderState } from './transcript/index.js';

/** Ids that were given out before, and those that they lead to. */
export type Renamed = Readonly<Record<string, string>>;

/**
 * What ids that were given out are found by: the words of a list's item and its place among equals, or its number; the title
 * of what prose told of.
 */
export type Names = Readonly<Record<string, string>>;

export function namesIn({ lists, thread }: ReaderState, renamed: Renamed): Names {
  const own = lists[''];
  const listed = Object.entries(own?.known ?? {}).map(([key, { id }]) => [`item ${key}`, id] as const);
  const numbered = Object.entries(own?.numbered ?? {}).map(([number, { id }]) => [`number ${number}`, id] as const);
  const prose = thread.tasks.filter(({ id, source }) => id !== '' && source !== 'structured');
  const said = prose.map(({ id, title }) => [nameSaid(title), id] as const);
  // What lists tell says best which it is, so it comes last: see `leadsInto`.
  return Object.fromEntries([...said, ...listed, ...numbered].map(([name, id]) => [name, leadOf(renamed, id)]));
}

const nameSaid = (title: string): string => `said ${foldWords(title)}`;

/**
 * What the ids of a chat lead to in the transcript of its session.
 * @param lists the transcript's own lists, as they stand after these facts
 * @returns `left`: names that the transcript has not said yet
 */
export function leadsInto(
  names: Names,
  lists: ReaderState['lists'][string] | undefined,
  facts: readonly Fact[],
): { readonly aliases: readonly AliasFact[]; readonly left: Names } {
  const found = new Map<string, string>();
  const undone = new Set<string>();
  for (const fact of facts) {
    if (fact.is !== 'task' || fact.agent !== null) continue;
    // It turned out not to be one, and may be told of again in another line.
    if (fact.status === 'cancelled' && fact.reason === 'undone') undone.add(fact.id);
    if (fact.title === null) continue;
    found.set(nameSaid(fact.title), fact.id);
    // Words that an item had only for a while: the lists may have forgotten them.
    const name = `item 0:${foldWords(fact.title)}`;
    if (!found.has(name)) found.set(name, fact.id);
  }
  for (const [key, { id }] of Object.entries(lists?.known ?? {})) found.set(`item ${key}`, id);
  for (const [number, { id }] of Object.entries(lists?.numbered ?? {})) found.set(`number ${number}`, id);
  const leads = new Map<string, string>();
  // The latest words of an item say best which it is.
  for (const [name, alias] of Object.entries(names).reverse()) {
    const id = found.get(name);
    if (id !== undefined && !undone.has(id) && !leads.has(alias)) leads.set(alias, id);
  }
  return {
    aliases: [...leads].flatMap(([alias, id]) => (alias === id ? [] : [{ is: 'alias', alias, id }])),
    left: Object.fromEntries(Object.entries(names).filter(([, alias]) => !leads.has(alias))),
  };
}

export function leadOf(renamed: Renamed, id: string): string {
  let lead = id;
  for (let hops = 0; hops < 200; hops++) {
    const next = renamed[lead];
    if (next === undefined) return lead;
    lead = next;
  }
  return lead;
}

/** An earlier message may show an item in its first words, by which it is known from then on. */
export function renames(
  before: { readonly state: ReaderState; readonly renamed: Renamed },
  state: ReaderState,
  facts: readonly Fact[],
): { renamed: Renamed; aliases: AliasFact[] } {
  const renamed: Record<string, string> = { ...before.renamed };
  const inUse = new Set(facts.flatMap((fact) => (fact.is === 'task' ? [leadOf(before.renamed, fact.id)] : [])));
  const names = new Map(Object.entries(namesIn(state, before.renamed)));
  const aliases: AliasFact[] = [];
  for (const [name, alias] of Object.entries(namesIn(before.state, before.renamed))) {
    const id = names.get(name);
    if (id === undefined || id === alias || inUse.has(alias) || alias in renamed) continue;
    renamed[alias] = id;
    aliases.push({ is: 'alias', alias, id });
  }
  return { renamed, aliases };
}
