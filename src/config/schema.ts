/**
 * Every key of config.json with its default. The description of a leaf is the text after "must be" in a fault, so it
 * says what is allowed; docs/configuration.md says what it is for.
 */
import { z } from 'zod';
import { contracts, type JobName } from '../../jobs/index.js';
import { LEVELS } from '../domain/log/model.js';
import { LOG_LEVELS } from '../logger.js';
import { isCron } from './cron.js';
import { LOG_FORMATS } from './log-formats.js';
import { urlFault } from './redis-url.js';
import { isZone } from './zone.js';

function whole(min: number, max: number, unit = ''): z.ZodInt {
  return z.int().min(min).max(max).describe(`a whole number${unit} from ${min} to ${max}`);
}

const text = (max = 1_000): z.ZodString => z.string().min(1).max(max).describe('a text that is not empty');
const flag = (): z.ZodBoolean => z.boolean().describe('true or false');
const file = (): z.ZodNullable<z.ZodString> => z.string().min(1).nullable().describe('the path of a file');
const globs = (): z.ZodArray<z.ZodString> =>
  z.array(z.string().min(1).describe('a glob pattern such as "**/*.jsonl"')).describe('a list of glob patterns');
const host = (): z.ZodString => z.string().min(1).max(255).regex(/^\S+$/).describe('a host name or an address');
const hostNames = (): z.ZodArray<z.ZodString> =>
  z
    .array(z.string().regex(/^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i))
    .describe('a list of host names without protocol and port, such as "tracker.example"');
const port = (): z.ZodInt => whole(0, 65_535);

/** A pattern that cannot be compiled would fail at the first line it meets, long after the start. */
const pattern = (): z.ZodString =>
  z
    .string()
    .min(1)
    .refine((source) => isRegExp(source))
    .describe('a JavaScript regular expression without slashes');

function isRegExp(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const webUrl = (): z.ZodURL =>
  z.url({ protocol: /^https?$/ }).describe('an http:// or https:// address without user or password');

const redisUrl = (): z.ZodString =>
  z.string().superRefine((value, context) => {
    const fault = urlFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault, params: { says: fault } });
  });

const Redis = z.strictObject({
  url: redisUrl()
    .describe('"embedded", or an address that begins with redis://, rediss:// or unix://')
    .default('embedded'),
  username: text(200).nullable().describe('the name of a Redis user').default(null),
  tls: z
    .strictObject({
      ca: file().default(null),
      cert: file().default(null),
      key: file().default(null),
      rejectUnauthorized: flag().default(true),
      servername: host().nullable().default(null),
    })
    .prefault({}),
  databases: z
    .strictObject({
      tracker: whole(0, 65_535).default(10),
      knowledge: whole(0, 65_535).default(1),
      autobot: whole(0, 65_535).default(0),
    })
    .prefault({}),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/)
    .describe('1 to 63 letters, digits, dots, dashes or underscores, beginning with a letter or digit')
    .default('autobot-tracker'),
  allowEviction: flag().default(false),
});

const Transcripts = z.strictObject({
  roots: z.array(text().describe('the path of a folder')).describe('a list of folders').default([]),
  include: globs().min(1).default(['**/*.jsonl']),
  exclude: globs().default([]),
});

/** One of `path`, `journal` and `docker` is given: cross.ts sees to it. */
export const Log = z.strictObject({
  path: text().nullable().describe('the path of a log file, or a glob').default(null),
  journal: z
    .string()
    .regex(/^\w[\w@.:\\-]{0,254}$/)
    .nullable()
    .describe('the name of a systemd unit, such as "nginx.service"')
    .default(null),
  docker: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/)
    .nullable()
    .describe('the name or the id of a container')
    .default(null),
  component: text(100).nullable().default(null),
  format: z
    .enum(['auto', ...LOG_FORMATS])
    .describe(`"auto" or one of ${LOG_FORMATS.map((name) => `"${name}"`).join(', ')}`)
    .default('auto'),
  level: z
    .enum(LEVELS)
    .describe(`one of ${LEVELS.map((level) => `"${level}"`).join(', ')}`)
    .default('error'),
  multiline: z
    .union([z.boolean(), z.strictObject({ start: pattern(), maxLines: whole(2, 10_000).default(500) })])
    .describe('true, false or { "start": regular expression, "maxLines": 2 to 10000 }')
    .default(true),
  from: z.enum(['start', 'end']).describe('"start" or "end"').default('start'),
  zone: z
    .string()
    .refine((zone) => isZone(zone))
    .nullable()
    .describe('a time zone such as "Europe/Berlin", "UTC" or "+02:00"')
    .default(null),
});

export type LogSettings = z.infer<typeof Log>;

const componentName = (): z.ZodString =>
  z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u)
    .describe('1 to 100 letters, digits, blanks, dots, dashes or underscores, beginning with a letter or digit');

const Component = z.strictObject({
  name: componentName(),
  paths: globs().default([]),
  words: z.array(text(60).describe('a word or a short phrase')).max(200).describe('a list of words').default([]),
});

const targetUrl = (): z.ZodURL =>
  z
    .url({ protocol: /^(https?|tcp|rediss?|ssh)$/ })
    .refine((value) => !/^[a-z]+:\/\/[^/]*@/i.test(value))
    .describe(
      'an address that begins with http://, https://, tcp://, redis://, rediss:// or ssh://, without a password',
    );

const Target = z.strictObject({
  name: text(100),
  component: text(100).nullable().default(null),
  url: targetUrl(),
  expect: z
    .strictObject({
      status: z.array(whole(100, 599)).describe('a list of HTTP status codes').default([]),
      body: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .describe('an object from paths in the JSON body to the values wanted there')
        .default({}),
    })
    .prefault({}),
});

const Health = z.strictObject({
  preset: z.enum(['off', 'autobot']).describe('"off" or "autobot"').default('off'),
  targets: z.array(Target).describe('a list of targets').default([]),
  intervalS: whole(1, 86_400, ' of seconds').default(60),
  timeoutMs: whole(50, 60_000, ' of milliseconds').default(2_000),
  thresholds: z
    .strictObject({
      slowMs: whole(1, 60_000, ' of milliseconds').default(1_000),
      downAfter: whole(1, 100).default(2),
      upAfter: whole(1, 100).default(1),
      restartsPerHour: whole(1, 1_000).default(3),
    })
    .prefault({}),
});

const attempts = (job: JobName): z.ZodDefault<z.ZodInt> => whole(1, 100).default(contracts[job].attempts);
const backoffMs = (job: JobName): z.ZodDefault<z.ZodInt> =>
  whole(0, 3_600_000, ' of milliseconds').default(contracts[job].backoffMs);
const concurrency = (usual: number): z.ZodDefault<z.ZodInt> => whole(1, 64).default(usual);

const Queues = z.strictObject({
  ingest: z
    .strictObject({
      concurrency: concurrency(4),
      instances: whole(1, 64).default(1),
      attempts: attempts('ingest'),
      backoffMs: backoffMs('ingest'),
    })
    .prefault({}),
  correlate: z
    .strictObject({
      concurrency: concurrency(1),
      attempts: attempts('correlate'),
      backoffMs: backoffMs('correlate'),
    })
    .prefault({}),
  insight: z
    .strictObject({ concurrency: concurrency(1), attempts: attempts('insight'), backoffMs: backoffMs('insight') })
    .prefault({}),
  'health-check': z
    .strictObject({
      concurrency: concurrency(1),
      attempts: attempts('health-check'),
      backoffMs: backoffMs('health-check'),
    })
    .prefault({}),
});

const SCHEDULE = '{ "everyS": seconds }, { "cron": "minute hour day month weekday" } or false';
const everyS = whole(1, 31 * 86_400);
const cron = z.string().refine((value) => isCron(value));
const schedule = z
  .union([z.literal(false), z.strictObject({ everyS }), z.strictObject({ cron })])
  .nullable()
  .describe(SCHEDULE)
  .default(null);

const days = (usual: number): z.ZodDefault<z.ZodInt> => whole(1, 36_500, ' of days').default(usual);

export const Settings = z.strictObject({
  redis: Redis.prefault({}),
  transcripts: Transcripts.prefault({}),
  logs: z.array(Log).nullable().describe('a list of logs').default(null),
  autobotRoot: file().describe('the path of a folder').default(null),
  components: z.array(Component).max(100).describe('a list of components').default([]),
  health: Health.prefault({}),
  queues: Queues.prefault({}),
  schedules: z.strictObject({ correlate: schedule, insight: schedule, 'health-check': schedule }).prefault({}),
  knowledge: z
    .strictObject({
      enabled: flag().default(false),
      redisUrl: redisUrl()
        .refine((value) => value !== 'embedded')
        .nullable()
        .describe('an address that begins with redis://, rediss:// or unix://')
        .default(null),
      autobotApi: webUrl()
        .refine((value) => !/^[a-z]+:\/\/[^/]*@/i.test(value))
        .nullable()
        .describe('an http:// or https:// address without user or password')
        .default(null),
    })
    .prefault({}),
  retention: z
    .strictObject({
      closedTasksDays: days(400),
      conversationsDays: days(400),
      errorsDays: days(400),
      activityDays: days(30),
    })
    .prefault({}),
  redaction: z
    .strictObject({
      rules: z
        .array(z.strictObject({ name: text(100), pattern: pattern() }))
        .describe('a list of { "name", "pattern" }')
        .default([]),
      allow: z.array(pattern()).describe('a list of regular expressions').default([]),
    })
    .prefault({}),
  dashboard: z
    .strictObject({ enabled: flag().default(true), host: host().default('127.0.0.1'), port: port().default(8787) })
    .prefault({}),
  mcp: z
    .strictObject({
      http: z
        .strictObject({
          enabled: flag().default(false),
          host: host().default('127.0.0.1'),
          port: port().default(8788),
          tls: z.strictObject({ cert: file().default(null), key: file().default(null) }).prefault({}),
          allowInsecure: flag().default(false),
          allowedHosts: hostNames().default([]),
          allowedOrigins: hostNames().default([]),
          maxBodyBytes: whole(1_024, 64 * 1_024 * 1_024, ' of bytes').default(4 * 1_024 * 1_024),
          maxConnections: whole(8, 65_535).default(256),
          maxStreams: whole(1, 65_535).default(64),
        })
        .prefault({}),
    })
    .prefault({}),
  logLevel: z
    .enum(LOG_LEVELS)
    .describe(`one of ${LOG_LEVELS.map((level) => `"${level}"`).join(', ')}`)
    .default('info'),
  multiHost: flag().default(false),
});
export type Settings = z.infer<typeof Settings>;
