import type { Trace } from '../log/model.js';
import { scan, VALUE } from './scan.js';
import { shapeOf, type Shape } from './shape.js';

/** What stays of a text when its values are left out: equal for the same error wherever it is met. */
export interface Fingerprint {
  /** 16 hex digits. */
  readonly id: string;
  readonly kind: 'message' | 'trace';
  /** The text with `<*>` for values, at most 500 characters. */
  readonly template: string;
}

const MAX_TEMPLATE = 500;
const MAX_FRAMES = 12;
const MAX_KNOWN = 16_384;
/** Of the last texts, by hash. */
const known = new Map<number, { readonly high: number; readonly low: number; readonly print: Fingerprint }>();

/**
 * Stateless: the same text gives the same fingerprint in every process and on every machine of one `GROUPING_VERSION`.
 * @param text redacted; the tags count by their type alone
 */
export function fingerprintOf(text: string, trace: Trace | null = null): Fingerprint {
  if (trace !== null && trace.frames.length > 0) return fingerprintOfTrace(trace);
  return fingerprintOfShape(shapeOf(scan(text)));
}

let high = 0;
let low = 0;

function begin(): void {
  high = 0x9e3779b9 | 0;
  low = 0x85ebca6b | 0;
}

function mix(code: number): void {
  high = Math.imul(high ^ code, 0x01000193);
  low = Math.imul(low ^ code, 0x5bd1e995);
  low ^= low >>> 15;
}

function finish(): void {
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b);
  high ^= Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x7feb352d);
  low ^= Math.imul(high ^ (high >>> 13), 0x846ca68b);
}

function fingerprintOfShape(shape: Shape): Fingerprint {
  begin();
  let left = MAX_TEMPLATE;
  for (let i = 0; i < shape.count && left > 0; i++) {
    if (shape.gap[i] === 1 && i > 0) {
      mix(32);
      left--;
    }
    if (shape.kind[i] === VALUE) {
      mix(1);
      left -= 3;
      continue;
    }
    const end = Math.min(shape.end[i] ?? 0, (shape.start[i] ?? 0) + left);
    for (let at = shape.start[i] ?? 0; at < end; at++) {
      mix(shape.text.charCodeAt(at));
      left--;
    }
  }
  finish();
  // Small integers are keys without a number on the heap; the rest of the hash is compared.
  const key = high & 0x3fffffff;
  const found = known.get(key);
  if (found !== undefined && found.high === high && found.low === low) return found.print;
  const print: Fingerprint = { id: hexOf(), kind: 'message', template: templateOf(shape) };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, { high, low, print });
  return print;
}

const hexOf = (): string => (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');

function templateOf(shape: Shape): string {
  let template = '';
  for (let i = 0; i < shape.count && template.length < MAX_TEMPLATE; i++) {
    if (shape.gap[i] === 1 && i > 0) template += ' ';
    template += shape.kind[i] === VALUE ? '<*>' : shape.text.slice(shape.start[i], shape.end[i]);
  }
  return template.slice(0, MAX_TEMPLATE);
}

/** Numbers that compilers and bundlers put into names, and the hashes of bundles. */
const GENERATED = /\$\$.*$|0x[0-9a-f]+|(?=[0-9a-f]*[0-9])[0-9a-f]{6,}|[0-9]+/gi;

function fingerprintOfTrace(trace: Trace): Fingerprint {
  const own = trace.frames.filter((frame) => frame.inApp);
  const calls = (own.length > 0 ? own : trace.frames).slice(0, MAX_FRAMES).map(({ function: name, file }) => {
    const base = (file ?? '?').slice((file ?? '').search(/[^\\/]*$/));
    return `${name ?? '?'} (${base})`.replace(GENERATED, '*');
  });
  const template = `${trace.type} in ${calls.filter((call, i) => call !== calls[i - 1]).join(' < ')}`;
  begin();
  for (let at = 0; at < template.length; at++) mix(template.charCodeAt(at));
  finish();
  return { id: hexOf(), kind: 'trace', template: template.slice(0, MAX_TEMPLATE) };
}
