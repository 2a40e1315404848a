/** Arguments of the benchmarks and the shape of what they print. */
import { parseArgs } from 'node:util';
import { cpus } from 'node:os';

/** `--name value` for each of `defaults`. @throws TypeError for any other argument */
export function readOptions<Name extends string>(
  defaults: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const names = Object.keys(defaults) as Name[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: process.argv.slice(2), options, strict: true });
  return { ...defaults, ...values };
}

/** `500MB`, `4GB` or plain bytes; decimal units, as the generator of trees has them. */
export function bytesOf(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([KMG]?)B?$/i.exec(text) ?? [];
  const bytes = Number(number) * 1_000 ** ['', 'K', 'M', 'G'].indexOf(unit.toUpperCase());
  if (number === '' || !Number.isFinite(bytes)) throw new TypeError(`${text} is no size such as 500MB`);
  return Math.round(bytes);
}

/** The one thing that a benchmark writes on stdout. */
export function print(bench: string, options: object, result: object): void {
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version };
  process.stdout.write(
    `${JSON.stringify({ bench, at: new Date().toISOString(), machine, options, ...result }, null, 2)}\n`,
  );
}

/** Where it is, for whoever waits. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);
