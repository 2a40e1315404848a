import { differences, isEnough, THRESHOLDS, type Thresholds } from './evidence.js';
import { GROUPING_VERSION } from '../grouping-version.js';
import type { Fingerprint } from './fingerprint.js';
import { frameOf, holeAt, holesOf, textOf, tokensOf, type Token } from './tokens.js';

export interface Mined {
  /** `e` and the id of the fingerprint that founded the pattern. */
  readonly pattern: string;
  readonly template: string;
  /** Patterns that turned out to be one with this addition: `from` is no more, the older id stays. */
  readonly merged: readonly { readonly from: string; readonly into: string }[];
}

/** A pattern as plain JSON. */
export interface MinedTemplate {
  readonly pattern: string;
  readonly kind: Fingerprint['kind'];
  /** At most 500 characters and what `<*>` in place of shorter words adds. */
  readonly template: string;
  /** Places of the tokens at which words differ, counted from 0. */
  readonly holes: readonly number[];
}

/** Plain JSON; templates from the oldest to the newest. */
export interface MinerState {
  readonly version: number;
  readonly templates: readonly MinedTemplate[];
}

/**
 * Groups fingerprints into patterns; one writer holds it. A pattern only ever grows: what was one stays one, and of two that
 * turn out to be one the older id stays. So ids do not depend on a restart, and hardly on the order of the lines.
 */
export interface Miner {
  add(fingerprint: Fingerprint): Mined;
  /** The pattern that the fingerprint belongs to, without learning; null where it would found one. */
  match(fingerprint: Fingerprint): string | null;
  /** In words, why the fingerprint is where it is. */
  explain(fingerprint: Fingerprint): string;
  save(): MinerState;
  /** Patterns that are new or have another template since the last call. */
  changed(): readonly MinedTemplate[];
}

export interface MinerOptions {
  readonly state?: MinerState;
  /** The pattern that was not met for longest is forgotten beyond this. */
  readonly maxPatterns?: number;
  readonly thresholds?: Thresholds;
}

type Named = Pick<Fingerprint, 'kind' | 'template'>;

interface Pattern {
  readonly id: string;
  readonly kind: Fingerprint['kind'];
  /** Of two that are one, the younger goes. */
  readonly age: number;
  readonly frame: string;
  tokens: readonly Token[];
  template: string;
  /** What was seen at each hole when it became one, for `explain`. */
  seen: readonly { readonly at: number; readonly values: readonly string[] }[];
  into: Pattern | null;
  /** What a line that changes nothing is answered. */
  mined: Mined;
  /** Counts up with each addition. */
  lastUse: number;
}

/** Patterns of one frame that a new one is compared with, the latest first: keeps the cost of strange logs bounded. */
const MAX_COMPARED = 2_000;
const MAX_TOLD = 6;
const NO_TOKENS: readonly Token[] = [];

export function createMiner({ state, maxPatterns = 10_000, thresholds = THRESHOLDS }: MinerOptions = {}): Miner {
  /** By founding id. */
  const patterns = new Map<string, Pattern>();
  const frames = new Map<string, Pattern[]>();
  /** Fingerprints whose pattern is known; a cache, since a template tells it too. */
  const known = new Map<string, Pattern>();
  let changed = new Set<Pattern>();
  let age = 0;
  let uses = 0;

  function found(id: string, { kind, template: told }: Named, tokens: readonly Token[]): Pattern {
    // A trace is its frames: two that differ in one are two.
    const frame = kind === 'trace' ? `trace ${id}` : frameOf(tokens);
    const template = kind === 'trace' ? told : textOf(tokens);
    const pattern: Pattern = {
      id,
      kind,
      age: age++,
      frame,
      tokens,
      template,
      seen: [],
      into: null,
      mined: minedOf(id, template),
      lastUse: uses,
    };
    patterns.set(id, pattern);
    const list = frames.get(frame);
    if (list === undefined) frames.set(frame, [pattern]);
    else list.push(pattern);
    return pattern;
  }

  function forget(pattern: Pattern): void {
    patterns.delete(pattern.id);
    const list = frames.get(pattern.frame) ?? [];
    const at = list.indexOf(pattern);
    if (at >= 0) list.splice(at, 1);
    if (list.length === 0) frames.delete(pattern.frame);
    changed.delete(pattern);
  }

  const candidates = (frame: string): readonly Pattern[] => (frames.get(frame) ?? []).slice(-MAX_COMPARED);

  function lookUp({ id, kind, template }: Fingerprint): { pattern: Pattern | null; tokens: readonly Token[] } {
    const pattern = known.get(id);
    if (pattern !== undefined) {
      const alive = survivorOf(pattern);
      if (patterns.has(alive.id)) return { pattern: alive, tokens: NO_TOKENS };
    }
    const tokens = tokensOf(template);
    const same = patterns.get(`e${id}`);
    if (same !== undefined || kind === 'trace') return { pattern: same ?? null, tokens };
    const fits = candidates(frameOf(tokens)).find((one) => covers(one.tokens, tokens));
    return { pattern: fits ?? null, tokens };
  }

  /** Others with which `pattern` is one by now, and where they differ; the fewest places first. */
  function kinOf(pattern: Pattern): { places: readonly number[]; others: readonly Pattern[] } | null {
    const near = candidates(pattern.frame).flatMap((other) => {
      const places = other === pattern ? null : differences(pattern.tokens, other.tokens, thresholds.maxHoles);
      return places === null ? [] : [{ other, places }];
    });
    const tried = new Set<string>();
    for (const { places } of [...near].sort((a, b) => a.places.length - b.places.length)) {
      const key = places.join();
      if (tried.has(key)) continue;
      tried.add(key);
      const others = near.flatMap((one) => (one.places.every((place) => places.includes(place)) ? [one.other] : []));
      if (
        isEnough(
          [pattern, ...others].map(({ tokens }) => tokens),
          places,
          thresholds,
        )
      )
        return { places, others };
    }
    return null;
  }

  function unite(all: readonly Pattern[], places: readonly number[]): Pattern {
    const sorted = [...all].sort((a, b) => a.age - b.age);
    const [eldest, ...others] = sorted;
    if (eldest === undefined) throw new RangeError('nothing to unite');
    const told = places.map((at) => ({ at, values: [...new Set(sorted.map(({ tokens }) => tokens[at]?.text ?? ''))] }));
    eldest.seen = [...eldest.seen, ...told.map(({ at, values }) => ({ at, values: values.slice(0, MAX_TOLD) }))];
    eldest.tokens = eldest.tokens.map((token, at) =>
      places.includes(at) || all.some(({ tokens }) => tokens[at]?.kind === 'hole') ? holeAt(token) : token,
    );
    eldest.template = textOf(eldest.tokens);
    eldest.mined = minedOf(eldest.id, eldest.template);
    for (const other of others) {
      other.into = eldest;
      forget(other);
    }
    return eldest;
  }

  function remember(id: string, pattern: Pattern): void {
    if (known.size >= 4 * maxPatterns) known.clear();
    known.set(id, pattern);
    if (patterns.size <= maxPatterns) return;
    // A tenth at a time, or each new pattern would ask for a look at all.
    const oldest = [...patterns.values()].sort((a, b) => a.lastUse - b.lastUse || a.age - b.age);
    for (const one of oldest.slice(0, Math.ceil(patterns.size - maxPatterns * 0.9))) if (one !== pattern) forget(one);
  }

  for (const stored of state?.templates ?? []) found(stored.pattern, stored, tokensOf(stored.template, stored.holes));

  return {
    add(fingerprint) {
      uses++;
      // Nearly every line of a log ends here.
      const usual = known.get(fingerprint.id);
      if (usual?.into === null && patterns.get(usual.id) === usual) {
        usual.lastUse = uses;
        return usual.mined;
      }
      const seen = lookUp(fingerprint);
      if (seen.pattern !== null) {
        seen.pattern.lastUse = uses;
        if (seen.tokens.length > 0) remember(fingerprint.id, seen.pattern);
        return seen.pattern.mined;
      }
      let pattern = found(`e${fingerprint.id}`, fingerprint, seen.tokens);
      const merged: { from: string; into: string }[] = [];
      for (let kin = kinOf(pattern); kin !== null; kin = kinOf(pattern)) {
        const all = [pattern, ...kin.others];
        const into = unite(all, kin.places);
        merged.push(...all.flatMap(({ id }) => (id === into.id ? [] : [{ from: id, into: into.id }])));
        pattern = into;
      }
      pattern.lastUse = uses;
      changed.add(pattern);
      remember(fingerprint.id, pattern);
      return { pattern: pattern.id, template: pattern.template, merged };
    },
    match: (fingerprint) => lookUp(fingerprint).pattern?.id ?? null,
    explain: (fingerprint) => explanationOf(fingerprint, lookUp(fingerprint).pattern),
    save: () => ({
      version: GROUPING_VERSION,
      templates: [...patterns.values()].sort((a, b) => a.age - b.age).map(storedOf),
    }),
    changed() {
      const list = [...changed].map(storedOf);
      changed = new Set();
      return list;
    },
  };
}

const minedOf = (pattern: string, template: string): Mined => ({ pattern, template, merged: [] });

const storedOf = ({ id, kind, template, tokens }: Pattern): MinedTemplate => ({
  pattern: id,
  kind,
  template,
  holes: holesOf(tokens),
});

function survivorOf(pattern: Pattern): Pattern {
  let at = pattern;
  while (at.into !== null) at = at.into;
  return at;
}

function covers(pattern: readonly Token[], tokens: readonly Token[]): boolean {
  return (
    pattern.length === tokens.length &&
    pattern.every(({ text, kind }, at) => kind === 'hole' || text === tokens[at]?.text)
  );
}

function explanationOf({ id, kind, template }: Fingerprint, pattern: Pattern | null): string {
  if (pattern === null) return 'It has no pattern yet: no other text has its words in these places.';
  if (kind === 'trace') return `The same exception with the same calls of the program: ${template}`;
  if (pattern.id === `e${id}` && pattern.seen.length === 0) {
    return `The same text once numbers, addresses, paths, times and the like are left out: ${template}`;
  }
  const reasons = pattern.seen.map(({ at, values }) => {
    const before = pattern.tokens[at - 1];
    const where = before === undefined ? 'at the beginning' : `behind "${before.text}"`;
    return `${where} stood ${values.map((value) => (value === '<*>' ? 'a value' : `"${value}"`)).join(', ')}`;
  });
  return (
    `Its words are those of ${pattern.template}` +
    (reasons.length > 0 ? `; what differs counts as a value, since ${reasons.join(' and ')}` : '')
  );
}
