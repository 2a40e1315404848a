import type { Fingerprint } from './fingerprint.js';

export interface Mined {
  /** `e` and the id of the fingerprint that founded the pattern. */
  readonly pattern: string;
  readonly template: string;
  /** Patterns that turned out to be one with this addition: `from` is no more, the older id stays. */
  readonly merged: readonly { readonly from: string; readonly into: string }[];
}

export interface MinedTemplate {
  readonly pattern: string;
  readonly template: string;
}

/** Plain JSON. */
export interface MinerState {
  readonly version: number;
  readonly templates: readonly MinedTemplate[];
}

/** Groups fingerprints into patterns; one writer holds it. */
export interface Miner {
  add(fingerprint: Fingerprint): Mined;
  /** The pattern that the fingerprint would join, without learning; null where it would found one. */
  match(fingerprint: Fingerprint): string | null;
  /** In words, why the fingerprint is where it is. */
  explain(fingerprint: Fingerprint): string;
  save(): MinerState;
  /** Patterns that are new or have another template since the last call. */
  changed(): readonly MinedTemplate[];
}

export function createMiner(options: { readonly state?: MinerState; readonly maxPatterns?: number } = {}): Miner {
  const templates = new Map<string, string>((options.state?.templates ?? []).map((t) => [t.pattern, t.template]));
  let changed = new Set<string>();
  return {
    add({ id, template }) {
      const pattern = `e${id}`;
      if (!templates.has(pattern)) changed.add(pattern);
      templates.set(pattern, template);
      return { pattern, template, merged: [] };
    },
    match: ({ id }) => (templates.has(`e${id}`) ? `e${id}` : null),
    explain: ({ template }) => `The same text when its values are left out: ${template}`,
    save: () => ({ version: 1, templates: [...templates].map(([pattern, template]) => ({ pattern, template })) }),
    changed() {
      const list = [...changed].map((pattern) => ({ pattern, template: templates.get(pattern) ?? '' }));
      changed = new Set();
      return list;
    },
  };
}
