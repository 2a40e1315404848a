import { type LogFormat } from '../model.js';
import { plain } from './plain.js';

/** Every format by itself, the most telling first: where two know a line, the earlier one reads it. */
export const FORMATS: readonly LogFormat[] = [plain];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

const byName = new Map(FORMATS.map((format) => [format.name, format]));

/** By name; `carrier+name` for lines that something else put its own columns in front of. Null for a name nobody knows. */
export function formatOf(name: string): LogFormat | null {
  return byName.get(name) ?? null;
}
