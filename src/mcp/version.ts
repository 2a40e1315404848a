import { readFileSync } from 'node:fs';
import { hasCode } from '../errors.js';

/** Put there by `scripts/bundle.mjs`: the bundle may lie where there is no package.json of ours. */
declare const TRACKER_VERSION: string | undefined;

/** The version in our package.json, which lies two folders up from the sources and three from the build. */
export function trackerVersion(): string {
  if (typeof TRACKER_VERSION === 'string') return TRACKER_VERSION;
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >;
      if (name === 'mcp-autobot-tracker' && typeof version === 'string') return version;
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
    }
  }
  return '0.0.0';
}
