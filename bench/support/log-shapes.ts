/** Logs of many programs, in lines of one length: what the reader's speed is measured on. */

const LINE_BYTES = 111;

interface LogShape {
  readonly name: string;
  /** One line without its end; at least as long as what stands in front of the message. */
  readonly line: (at: Date, error: boolean, index: number) => string;
  /** Ends a line that was filled up to its length. */
  readonly ending?: string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const iso = (at: Date): string => at.toISOString();
const comma = (at: Date): string => iso(at).replace('T', ' ').replace('.', ',').slice(0, 23);
const month = (at: Date): string => MONTHS[at.getUTCMonth()] ?? '';
const time = (at: Date): string => iso(at).slice(11, 19);
const LOGGERS = ['backend.worker', 'backend.api.routes', 'uvicorn.access', 'redis_pool', 'app.llm'];
const logger = (index: number): string => LOGGERS[(index * 7) % LOGGERS.length] ?? '';
const ip = (index: number): string => `10.0.${index % 250}.${(index * 7) % 250}`;
const said = (error: boolean, index: number): string =>
  error
    ? `connection to npu worker refused after ${index % 977} ms `
    : `request ${index} of client ${index % 997} done in ${index % 89} ms, 0 errors `;
const python = (at: Date, error: boolean, index: number): string =>
  `${comma(at)} - ${logger(index)} - ${error ? 'ERROR' : index % 5 === 0 ? 'DEBUG' : 'INFO'} - ${said(error, index)}`;

export const SHAPES: readonly LogShape[] = [
  { name: 'python', line: python },
  {
    name: 'iso',
    line: (at, error, index) => `${iso(at)} ${error ? 'ERROR' : 'INFO'} ${logger(index)}: ${said(error, index)}`,
  },
  {
    name: 'uvicorn',
    line: (_, error, index) =>
      error
        ? `ERROR:    ${said(true, index)}`
        : `INFO:     ${ip(index)}:${40_000 + (index % 9_999)} - "GET /api/v1/items/${index} HTTP/1.1" 200 OK`,
  },
  {
    name: 'json',
    line: (at, error, index) =>
      `{"level":"${error ? 'error' : 'info'}","time":"${iso(at)}","pid":${100 + (index % 9)},"msg":"${said(error, index)}`,
    ending: '"}',
  },
  {
    name: 'nginx',
    line: (at, error, index) =>
      `${ip(index)} - - [${two(at.getUTCDate())}/${month(at)}/${at.getUTCFullYear()}:${time(at)} +0000] ` +
      `"GET /api/items/${index} HTTP/1.1" ${error ? 502 : 200} ${index % 9_999} "-" "curl/8.5`,
    ending: '"',
  },
  {
    name: 'redis',
    line: (at, error, index) =>
      `1:M ${two(at.getUTCDate())} ${month(at)} ${at.getUTCFullYear()} ${time(at)}.${iso(at).slice(20, 23)} ` +
      `${error ? '#' : index % 3 === 0 ? '*' : '-'} ${said(error, index)}`,
  },
  {
    name: 'logback',
    line: (at, error, index) =>
      `${comma(at)} [http-nio-8080-exec-${index % 20}] ${error ? 'ERROR' : 'INFO '} c.f.b.${error ? 'Db' : 'Api'} - ${said(error, index)}`,
  },
  {
    name: 'syslog',
    line: (at, error, index) =>
      `${month(at)} ${String(at.getUTCDate()).padStart(2)} ${time(at)} host backend[${500 + (index % 7)}]: ${error ? python(at, true, index) : said(false, index)}`,
  },
  {
    name: 'docker-compose+python',
    line: (at, error, index) =>
      `${['backend-1 ', 'frontend-1', 'worker-1  '][index % 3] ?? ''} | ${python(at, error, index)}`,
  },
  // As Python's logging is set up in many services: generic to the detector.
  {
    name: 'time-level-name',
    line: (at, error, index) =>
      `${comma(at)} ${(error ? 'ERROR' : 'INFO').padEnd(8)} ${logger(index)} ${said(error, index)}`,
  },
];

/** About `bytes` of whole lines, a few milliseconds after each other. @param share of errors, 0 to 1 */
export function logsOf(
  shape: LogShape,
  bytes: number,
  share: number,
): { block: Buffer; lines: number; errors: number } {
  const count = Math.floor(bytes / LINE_BYTES);
  const every = share > 0 ? Math.round(1 / share) : Infinity;
  const { ending = '' } = shape;
  const lines: string[] = [];
  let errors = 0;
  for (let index = 0; index < count; index++) {
    const error = index % every === every - 1;
    if (error) errors++;
    const text = shape.line(new Date(1_763_834_400_000 + index * 37), error, index);
    lines.push(
      `${text.padEnd(LINE_BYTES - 1 - ending.length, '.').slice(0, LINE_BYTES - 1 - ending.length)}${ending}\n`,
    );
  }
  return { block: Buffer.from(lines.join(''), 'latin1'), lines: count, errors };
}
