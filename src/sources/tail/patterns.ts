/** Which paths a source means. */
import { basename, dirname } from 'node:path';
import picomatch from 'picomatch';
import type { FileSource } from './model.js';
import { isCompressed } from './names.js';

export interface Pattern {
  readonly source: FileSource;
  /** The one file that is meant; null for a glob. */
  readonly literal: string | null;
  /** The folder to look into, and how many levels of folders, itself counted. 0: nothing has to be looked for. */
  readonly base: string;
  readonly levels: number;
  /** `**` follows no links to folders, which may lead in a circle. */
  readonly throughLinks: boolean;
  matches(path: string): boolean;
}

export function patternOf(source: FileSource): Pattern {
  const { pattern } = source;
  const { base, glob, isGlob } = picomatch.scan(pattern);
  if (!isGlob) {
    const literal = { literal: pattern, base: dirname(pattern), levels: 0, throughLinks: true };
    return { source, ...literal, matches: (path) => path === pattern };
  }
  const isMatch = picomatch(pattern, { dot: true });
  const deep = glob.includes('**');
  return {
    source,
    literal: null,
    base: base === '' ? '/' : base,
    levels: deep ? Infinity : glob.split('/').length,
    throughLinks: !deep,
    matches: (path) => path === pattern || (isMatch(path) && !isCompressed(basename(path))),
  };
}
