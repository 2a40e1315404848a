/** Texts to group: those of real logs where they are there, and of a made-up service. */
import { readGroupedLogs } from './loghub.js';

/** A sequence that is the same in every run. */
function chances(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / (1 << 24);
  };
}

export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const chance = chances(seed);
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    const held = list[i] as Item;
    list[i] = list[j] as Item;
    list[j] = held;
  }
  return list;
}

const WORDS =
  'task cache index model session worker queue vector upload prompt token agent plan route shard lease'.split(' ');
const VERBS = 'started finished failed retried skipped loaded stored dropped'.split(' ');

/** About 80 bytes each, some hundred kinds. */
export function serviceLines(count: number, seed = 1): string[] {
  const chance = chances(seed);
  const number = (below: number): number => Math.floor(chance() * below);
  const pick = (list: readonly string[]): string => list[number(list.length)] ?? '';
  const hex = (length: number): string => Array.from({ length }, () => number(16).toString(16)).join('');
  return Array.from({ length: count }, () => {
    const noun = pick(WORDS);
    switch (number(6)) {
      case 0:
        return `${noun} ${pick(VERBS)} for request ${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)} in ${number(9_000)} ms`;
      case 1:
        return `GET /api/${noun}/${number(1e6)}/${pick(WORDS)} 200 ${number(90_000)} bytes from 172.16.${number(255)}.${number(255)}:${number(65_535)}`;
      case 2:
        return `Connection to redis://172.16.168.23:6379/${number(16)} ${pick(VERBS)} after ${number(5_000) / 100} s, attempt ${number(9)}`;
      case 3:
        return `${noun}: user=u${number(9_999)} action=${pick(VERBS)} size=${number(1e6)} ratio=${chance().toFixed(4)} ok=${number(2) === 0}`;
      case 4:
        return `Loaded ${number(5_000)} ${noun} entries from /var/lib/service/${noun}/${hex(6)}.bin (${number(900)} MB)`;
      default:
        return `${noun} 0x${hex(12)} ${pick(VERBS)}, ${number(100)} left in ${pick(WORDS)} [${number(64)}/${number(64)}]`;
    }
  });
}

/** `kinds` messages that differ in their words, each with a number. */
export function manyKinds(kinds: number, seed = 2): string[] {
  const chance = chances(seed);
  const word = (): string =>
    Array.from({ length: 6 }, () => String.fromCharCode(97 + Math.floor(chance() * 26))).join('');
  return Array.from({ length: kinds }, (_, i) => `${word()} ${word()} has ${word()} of ${word()} at ${i}: ${word()}`);
}

/** The messages of real logs, again and again; those of the made-up service where there are none. */
export function realMix(count: number): { readonly lines: readonly string[]; readonly real: boolean } {
  const texts = readGroupedLogs().flatMap((log) => log.texts);
  if (texts.length === 0) return { lines: serviceLines(count, 3), real: false };
  return { lines: Array.from({ length: count }, (_, i) => texts[i % texts.length] ?? ''), real: true };
}
