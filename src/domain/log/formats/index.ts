import { stripAnsi } from '../strip.js';
import { nameOfLevel } from '../level.js';
import { type LogFormat, NO_LEVEL } from '../model.js';
import { access } from './access.js';
import { CARRIERS, type Carrier, carriedBy } from './carriers.js';
import { columnFormats } from './columns.js';
import { consoleFormat, npm, vite } from './console.js';
import { dated, generic } from './generic.js';
import { withHeads } from './heads.js';
import { json } from './json.js';
import { klog } from './klog.js';
import { logfmt } from './logfmt.js';
import { plain } from './plain.js';
import { pythonFormats } from './python.js';
import { redis } from './redis.js';
import { uvicorn } from './uvicorn.js';

/** A line in colours is asked of many formats, one after another: it is stripped once. */
const last = { line: '', bare: '' };

function bareOf(line: string): string {
  if (last.line !== line) {
    last.bare = stripAnsi(line);
    last.line = line;
  }
  return last.bare;
}

/** The same format for lines in colours: they are asked once more without, when they look like nothing or tell no level. */
function inColours(format: LogFormat): LogFormat {
  const isColoured = (line: string): boolean => line.includes('\u001b');
  const levelOf = (line: string): number => {
    const level = format.level(line);
    if (level !== -1 && level !== NO_LEVEL) return level;
    return isColoured(line) ? format.level(bareOf(line)) : level;
  };
  return {
    ...format,
    level: levelOf,
    header(line, clock) {
      if (!isColoured(line)) return format.header(line, clock);
      const bare = bareOf(line);
      const header = format.header(bare, clock);
      // Places in the bare line are none in the coloured one.
      return {
        ...header,
        level: nameOfLevel(levelOf(line)),
        messageAt: line.length,
        message: header.message ?? bare.slice(header.messageAt),
      };
    },
  };
}

/** The formats of a program's own lines, the most telling first: where two know a line, the earlier one reads it. */
const OWN: readonly LogFormat[] = [
  json,
  redis,
  klog,
  uvicorn,
  access,
  ...pythonFormats,
  ...columnFormats,
  logfmt,
  vite,
  npm,
  dated,
  generic,
  consoleFormat,
].map((format) => withHeads(inColours(format)));

export const PLAIN: LogFormat = plain;

/** What may be named in a configuration. */
export const FORMATS: readonly LogFormat[] = [
  ...OWN,
  ...CARRIERS.map((carrier) => withHeads(inColours(carriedBy(carrier, plain)))),
  plain,
];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

const byName = new Map(FORMATS.map((format) => [format.name, format]));

/** By name; `carrier+name` for lines that something else put its own columns in front of. Null for a name nobody knows. */
export function formatOf(name: string): LogFormat | null {
  const known = byName.get(name);
  if (known !== undefined) return known;
  const plus = name.indexOf('+');
  const carrier = CARRIERS.find((one) => one.name === name.slice(0, plus));
  const inner = OWN.find((one) => one.name === name.slice(plus + 1));
  if (carrier === undefined || inner === undefined) return null;
  // There are as many as carriers and formats have pairs.
  const format = withHeads(inColours(carriedBy(carrier, inner)));
  byName.set(name, format);
  return format;
}

/** Lines of `inner` behind the columns of `carrier`. */
export function within(carrier: Carrier, inner: LogFormat): LogFormat {
  return formatOf(inner === plain ? carrier.name : `${carrier.name}+${inner.name}`) ?? PLAIN;
}

export { CARRIERS, type Carrier, OWN };
