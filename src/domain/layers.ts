/**
 * A record of which some parts may be taken back: what files and hands say is merged for good, what each chat says lies over
 * it as a layer of its own, until the transcript of that session is read. So does what a hand merged into it.
 */
export interface Layered<Value> {
  readonly base: Value | null;
  /** Session → what its messages tell; and under names of their own, other records that are a part of it. */
  readonly chats: ReadonlyMap<string, Value>;
}

/** Chats of one thing that can be taken back; of more, those that were silent longest stay for good. */
const KEEP_CHATS = 50;

type Merge<Value> = (a: Value, b: Value) => Value;

const mergedWith = <Value>(known: Value | null | undefined, value: Value, merge: Merge<Value>): Value =>
  known == null ? value : merge(known, value);

export function addToBase<Value>({ base, chats }: Layered<Value>, value: Value, merge: Merge<Value>): Layered<Value> {
  return { base: mergedWith(base, value, merge), chats };
}

/** @param value null takes the layer away */
export function setLayer<Value extends { readonly lastAt: number }>(
  { base, chats }: Layered<Value>,
  session: string,
  value: Value | null,
  merge: Merge<Value>,
): Layered<Value> {
  const others = [...chats].filter(([other]) => other !== session);
  if (value === null) return { base, chats: new Map(others) };
  const all = [...others, [session, value] as const].sort(([a, x], [b, y]) => y.lastAt - x.lastAt || (a < b ? -1 : 1));
  const settled = all.slice(KEEP_CHATS).map(([, layer]) => layer);
  return {
    base: settled.reduce<Value | null>((sum, layer) => mergedWith(sum, layer, merge), base),
    chats: new Map(all.slice(0, KEEP_CHATS).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The record as it is shown; null if nothing tells of it any more. */
export function flatten<Value>({ base, chats }: Layered<Value>, merge: Merge<Value>): Value | null {
  return [...chats.values()].reduce<Value | null>((sum, layer) => mergedWith(sum, layer, merge), base);
}
