/**
 * Where a stretch of a conversation, as a client hands it over, belongs in what is known of that conversation. A client may
 * hand over the whole each time, only what is new, or windows that overlap, and it does not say which.
 *
 * What a message is, is its role and its text, and which occurrence of them it is: the same text said twice is two messages.
 * Of a window alone nobody can tell whether its "ok" is a new one. So calls and results of tools (by their ids) and messages
 * whose times are given say where a stretch lies, and what reaches beyond is new whatever it says. Without any of these, a
 * text stands as often as the stretch that has it most often shows, so it is rather counted once too seldom, until a longer
 * stretch shows it, than once too often: handed over again, a stretch never adds anything.
 */

/** A message of which only as much is known as its place needs. */
export interface Placed {
  /** Hash of role and content. */
  readonly key: string;
  /** As the client said; null where it did not. */
  readonly at: number | null;
  /** When it was handed over first. */
  readonly gotAt: number;
  /** It holds the id of a tool call, which no other message has. */
  readonly isUnique: boolean;
}

const isSame = (a: Placed, b: Placed): boolean =>
  a.key === b.key && (a.isUnique || a.at === null || b.at === null || a.at === b.at);

/** Surely the same message, and not one that happens to say the same. */
const isSurelySame = (a: Placed, b: Placed): boolean =>
  isSame(a, b) && (a.isUnique || (a.at !== null && b.at !== null));

/** What is known of the message wins, but for a time that it lacked. */
const joined = <Message extends Placed>(known: Message, again: Message): Message =>
  known.at === null && again.at !== null ? { ...known, at: again.at } : known;

/** Both in one order, each message once. `known` itself where nothing is new. */
export function layWindow<Message extends Placed>(
  known: readonly Message[],
  stretch: readonly Message[],
): readonly Message[] {
  const pairs = pairUp(known, stretch);
  const isWhole = pairs.size === known.length;
  const isKnown = pairs.size === stretch.length;
  const laid =
    (isWhole ? whole(known, stretch) : null) ??
    (isKnown ? repeated(known, pairs) : null) ??
    overlapped(known, stretch) ??
    scattered(known, stretch, pairs);
  return laid.length === known.length && laid.every((message, index) => message === known[index]) ? known : laid;
}

/** Message of the stretch → the place of a known one that it may be. */
type Pairs<Message> = ReadonlyMap<Message, number>;

/**
 * As many as can be, wherever they stand; before all others those that are surely the same. What a stretch begins with is
 * known rather than what it ends with, and is rather the end of what is known than its beginning.
 */
function pairUp<Message extends Placed>(known: readonly Message[], stretch: readonly Message[]): Pairs<Message> {
  const free = new Map<string, number[]>();
  known.forEach(({ key }, index) => free.set(key, [...(free.get(key) ?? []), index]));
  const pairs = new Map<Message, number>();
  for (const isIt of [isSurelySame, isSame]) {
    for (const message of stretch) {
      if (pairs.has(message)) continue;
      const places = free.get(message.key) ?? [];
      const nth = places.findLastIndex((place) => isIt(known[place] ?? message, message));
      const [place] = nth < 0 ? [] : places.splice(nth, 1);
      if (place !== undefined) pairs.set(message, place);
    }
  }
  return pairs;
}

/** A stretch of which nothing is new; null where it shows that calls stand in a wrong order. */
function repeated<Message extends Placed>(known: readonly Message[], pairs: Pairs<Message>): Message[] | null {
  const all = [...known];
  let last = -1;
  for (const [message, place] of [...pairs]) {
    const there = known[place];
    if (there === undefined || !isSurelySame(there, message)) continue;
    all[place] = joined(there, message);
    if (place < last) return null;
    last = place;
  }
  return all;
}

/** All that is known stands in the stretch, in the same order or from the same beginning: then this is how it was. */
function whole<Message extends Placed>(known: readonly Message[], stretch: readonly Message[]): Message[] | null {
  let nth = 0;
  const merged = stretch.map((message) => {
    const there = known[nth];
    if (there === undefined || !isSame(there, message)) return message;
    nth += 1;
    return joined(there, message);
  });
  const [first, begin] = [known[0], stretch[0]];
  const isFromStart = first === undefined || (begin !== undefined && isSame(first, begin));
  return nth === known.length || isFromStart ? merged : null;
}

/**
 * The stretch where it agrees with all that it covers, some of it surely: then what lies beyond is new, whatever it says.
 * Null if there is no such place.
 */
function overlapped<Message extends Placed>(known: readonly Message[], stretch: readonly Message[]): Message[] | null {
  let best: { readonly from: number; readonly covered: number } | null = null;
  for (let from = known.length - 1; from > -stretch.length; from--) {
    const covered = Math.min(known.length, from + stretch.length) - Math.max(0, from);
    if (covered > (best?.covered ?? 0) && agrees(known, stretch, from)) best = { from, covered };
  }
  if (best === null) return null;
  const lead = Math.max(0, -best.from);
  const merged = [...stretch.slice(0, lead), ...known];
  for (const [index, message] of stretch.slice(lead).entries()) {
    const at = Math.max(best.from, lead) + index;
    const there = merged[at];
    merged[at] = there === undefined ? message : joined(there, message);
  }
  return hasDoubles(merged) ? null : merged;
}

/** Whether `stretch`, begun at `known[from]`, which may lie before the beginning, agrees with all that it covers. */
function agrees(known: readonly Placed[], stretch: readonly Placed[], from: number): boolean {
  let isSure = false;
  for (let index = Math.max(0, from); index < Math.min(known.length, from + stretch.length); index++) {
    const [a, b] = [known[index], stretch[index - from]];
    if (a === undefined || b === undefined || !isSame(a, b)) return false;
    isSure ||= isSurelySame(a, b);
  }
  return isSure;
}

function hasDoubles(messages: readonly Placed[]): boolean {
  const ids = new Set<string>();
  return messages.some(({ isUnique, key }) => isUnique && ids.size === ids.add(key).size);
}

/**
 * The stretch agrees nowhere: it has nothing to do with what is known, or fills a gap in it, or something in there was
 * taken for one that was two. Each text then stands as often as the side that has it more often says.
 */
function scattered<Message extends Placed>(
  known: readonly Message[],
  stretch: readonly Message[],
  pairs: Pairs<Message>,
): Message[] {
  const there = (message: Message): Message => {
    const one = known[pairs.get(message) ?? -1];
    return one === undefined ? message : joined(one, message);
  };
  const sure = [...pairs].filter(([message, place]) => isSurelySame(known[place] ?? message, message));
  if (sure.length > 0) {
    // It tells of its part of the conversation without gaps, so there its order counts.
    const start = Math.min(...sure.map(([, place]) => place));
    const taken = new Set(pairs.values());
    const rest = known.map((message, place) => (taken.has(place) ? null : message));
    const others = (part: readonly (Message | null)[]): Message[] => part.filter((message) => message !== null);
    return [...others(rest.slice(0, start)), ...stretch.map(there), ...others(rest.slice(start))];
  }
  const fresh = stretch.filter((message) => !pairs.has(message));
  const at = timeOf(fresh[0]);
  let end = known.length;
  // Two jobs may have overtaken each other.
  while (end > 0 && timeOf(known[end - 1]) > at) end -= 1;
  const all = [...known];
  for (const [message, place] of pairs) all[place] = there(message);
  return [...all.slice(0, end), ...fresh, ...all.slice(end)];
}

const timeOf = (message: Placed | undefined): number => message?.at ?? message?.gotAt ?? 0;
