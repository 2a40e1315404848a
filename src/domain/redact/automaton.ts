/**
 * Finds where any of many short patterns ends, in one walk over a text: a deterministic automaton, so that the cost of a
 * character is one step whatever stands there and however many patterns there are.
 */

/** What may stand at each place of a pattern: a string of the characters that are allowed there. */
export type Places = readonly string[];

export interface Automaton {
  /** Calls `tell` for each pattern that ends in `text`, in the order of their ends (exclusive). */
  readonly scan: (text: string, tell: (pattern: number, end: number) => void) => void;
}

/** Characters from here on are one class: no pattern names them. There are never more classes than this. */
const ASCII = 128;

export function createAutomaton(patterns: readonly Places[]): Automaton {
  const { classOf, members } = classes(patterns);
  const { rows, told } = determine(patterns, members);
  // States that tell something come last, so that one comparison finds out.
  const order = [...rows.keys()].sort((a, b) => Number(told[a] !== undefined) - Number(told[b] !== undefined) || a - b);
  const place = new Map(order.map((state, index) => [state, index]));
  const next = new Uint16Array(rows.length * ASCII);
  const outputs: (readonly number[])[] = [];
  order.forEach((state, index) => {
    rows[state]?.forEach((target, column) => (next[index * ASCII + column] = place.get(target) ?? 0));
    outputs.push(told[state] ?? []);
  });
  const telling = order.findIndex((state) => told[state] !== undefined);
  return {
    scan(text, tell) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = next[state * ASCII + (code < ASCII ? (classOf[code] ?? 0) : 0)] ?? 0;
        if (state < telling) continue;
        const ended = outputs[state] ?? [];
        for (let i = 0; i < ended.length; i++) tell(ended[i] ?? 0, at + 1);
      }
    },
  };
}

/** Characters that the same places allow are one class. */
function classes(patterns: readonly Places[]): { classOf: Uint8Array; members: readonly string[] } {
  const sets = [...new Set(patterns.flat())];
  const classOf = new Uint8Array(ASCII);
  const known = new Map([['', 0]]);
  // A character of each class stands for all of it; no place allows what stands for the first.
  const members = ['\uFFFF'];
  for (let code = 0; code < ASCII; code++) {
    const char = String.fromCharCode(code);
    const signature = sets.flatMap((set, index) => (set.includes(char) ? [index] : [])).join();
    let name = known.get(signature);
    if (name === undefined) {
      name = members.push(char) - 1;
      known.set(signature, name);
    }
    classOf[code] = name;
  }
  return { classOf, members };
}

/** Each state is the set of patterns that have begun, with how far each has come (subset construction). */
function determine(patterns: readonly Places[], members: readonly string[]) {
  const longest = Math.max(...patterns.map((places) => places.length)) + 1;
  const columns = new Map<string, readonly number[]>();
  for (const set of patterns.flat()) {
    if (!columns.has(set))
      columns.set(
        set,
        [...members.keys()].filter((column) => set.includes(members[column] ?? '')),
      );
  }
  /** Where each character leads that some of `items` allow; what it leads to from the beginning comes on top. */
  const steps = (items: readonly number[]): Map<number, Reached> => {
    const reached = new Map<number, Reached>();
    for (const item of items) {
      const pattern = Math.floor(item / longest);
      const places = patterns[pattern] ?? [];
      const isLast = (item % longest) + 1 === places.length;
      for (const column of columns.get(places[item % longest] ?? '') ?? []) {
        const to = reached.get(column) ?? { items: [], ends: [] };
        reached.set(column, to);
        if (isLast) to.ends.push(pattern);
        else to.items.push(item + 1);
      }
    }
    return reached;
  };
  const rows: number[][] = [];
  const told: (readonly number[] | undefined)[] = [];
  const begun: (readonly number[])[] = [];
  const stateOf = new Map<string, number>();
  const stateFor = ({ items, ends }: Reached): number => {
    const name = `${items.sort((a, b) => a - b).join()}|${ends.sort((a, b) => a - b).join()}`;
    let state = stateOf.get(name);
    if (state === undefined) {
      state = begun.push(items) - 1;
      stateOf.set(name, state);
      told[state] = ends.length > 0 ? ends : undefined;
    }
    return state;
  };
  stateFor({ items: [], ends: [] });
  const fromStart = steps(patterns.map((_, pattern) => pattern * longest));
  const first = members.map((_, column) => {
    const to = fromStart.get(column);
    return to === undefined ? 0 : stateFor({ items: [...to.items], ends: [...to.ends] });
  });
  for (let state = 0; state < begun.length; state++) {
    // Most characters end whatever has begun.
    const row = [...first];
    for (const [column, { items, ends }] of steps(begun[state] ?? [])) {
      const start = fromStart.get(column);
      row[column] = stateFor({ items: [...items, ...(start?.items ?? [])], ends: [...ends, ...(start?.ends ?? [])] });
    }
    rows.push(row);
  }
  return { rows, told };
}

interface Reached {
  readonly items: number[];
  readonly ends: number[];
}
