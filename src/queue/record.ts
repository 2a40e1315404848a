/** What a job carries beside its payload: who asked for it, on whose trace, and what tells one request from another. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { JobName } from '../../jobs/index.js';
import { InputError } from '../errors.js';
import { defineScript } from './adds.js';
import { queueBase } from './connection.js';
import type { QueueSettings } from './settings.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A request that can be asked about later, by the id of its job. */
export interface AskRecord {
  readonly tool: string;
  /** What its answer will be made of; 4 kB of JSON at most. */
  readonly about: Json;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** From `createdAt` on; at most as long as the contract keeps a completed job. */
  readonly ttlMs: number;
}

/** @see https://www.w3.org/TR/trace-context/ and https://www.w3.org/TR/baggage/ */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly baggage?: string;
}

export interface Beside {
  /** Of the payload; only where a key of the caller's own says which requests are the same. */
  readonly digest?: string;
  readonly record?: AskRecord;
  readonly trace?: TraceContext;
}

/** No payload has a field of this name: their schemas are strict. */
const KEY = '$asked';
const ABOUT_BYTES = 4_096;
const TRACE_CHARS = 512;

const Recorded = z.strictObject({
  tool: z.string().min(1).max(200),
  about: z.json().refine((about) => Buffer.byteLength(JSON.stringify(about)) <= ABOUT_BYTES),
  createdAt: z.int().min(0),
  ttlMs: z.int().min(1),
});

/**
 * The data of a job: its payload, and under a reserved key what goes beside it. A payload alone stays as it is.
 * The key comes first and in it the digest, since scripts in Redis look for it there.
 */
export function pack(payload: object, { digest, record, trace }: Beside): object {
  const beside = {
    ...(digest !== undefined && { digest }),
    ...(record !== undefined && { record }),
    ...(trace !== undefined && { trace }),
  };
  return Object.keys(beside).length === 0 ? payload : { [KEY]: beside, ...payload };
}

/** Splits the data of a job again. What stands beside the payload and does not fit is left out. */
export function unpack(data: unknown): { readonly payload: unknown; readonly beside: Beside } {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, KEY)) return { payload: data, beside: {} };
  const { [KEY]: found, ...payload } = data as Record<string, unknown>;
  const { digest, record, trace } = (typeof found === 'object' && found !== null ? found : {}) as Record<
    string,
    unknown
  >;
  const recorded = Recorded.safeParse(record);
  const traced = traceOf(trace);
  return {
    payload,
    beside: {
      ...(typeof digest === 'string' && { digest }),
      ...(recorded.success && { record: recorded.data }),
      ...(traced !== undefined && { trace: traced }),
    },
  };
}

/** @throws InputError when `record` does not fit, or is to live longer than a job does */
export function checkRecord(record: AskRecord, keptMs: number): void {
  const { error } = Recorded.safeParse(record);
  if (error !== undefined) {
    const fields = error.issues.map((issue) => String(issue.path[0] ?? 'record'));
    throw new InputError(
      `The record of the request does not fit at ${[...new Set(fields)].join(', ')}: tool is a name, about is JSON of ` +
        `${ABOUT_BYTES} bytes at most, createdAt and ttlMs are whole milliseconds.`,
    );
  }
  if (record.ttlMs > keptMs) {
    throw new InputError(
      `The record of the request cannot live for ${record.ttlMs} ms: jobs are kept for ${keptMs} ms.`,
    );
  }
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
/** Printable ASCII: all that either header may hold. */
const PRINTABLE = /^[\x20-\x7e]+$/;

/** What of `given` is well-formed and not too long; without a traceparent a tracestate says nothing. */
export function traceOf(given: unknown): TraceContext | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const field = (name: keyof TraceContext): string | undefined => {
    const value = (given as Record<string, unknown>)[name];
    return typeof value === 'string' && value.length <= TRACE_CHARS && PRINTABLE.test(value) ? value : undefined;
  };
  const [traceparent, tracestate, baggage] = [field('traceparent'), field('tracestate'), field('baggage')];
  const parts = TRACEPARENT.exec(traceparent ?? '');
  // Only later versions may have further parts.
  const known = parts !== null && !(traceparent?.startsWith('00') === true && parts[3] !== undefined);
  const trace = {
    ...(known && traceparent !== undefined && { traceparent }),
    ...(known && tracestate !== undefined && { tracestate }),
    ...(baggage !== undefined && { baggage }),
  };
  return Object.keys(trace).length === 0 ? undefined : trace;
}

/** The ids of a trace as fields of a log line. */
export function traceIds({ trace }: Beside): { readonly traceId?: string; readonly spanId?: string } {
  const parts = TRACEPARENT.exec(trace?.traceparent ?? '');
  return parts === null ? {} : { traceId: parts[1] ?? '', spanId: parts[2] ?? '' };
}

/** Gives a job that was asked for without a record this one. @returns false where the job is gone */
export type Attach = (name: JobName, jobId: string, record: AskRecord) => Promise<boolean>;

/** KEYS: job. ARGV: its data as it was read, and as it is to be. */
const REPLACE = `
if redis.call('HGET', KEYS[1], 'data') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'data', ARGV[2])
return 1`;

export function defineAttach(client: Redis, settings: QueueSettings): Attach {
  const replace = defineScript(client, 'trackerReplaceData', 1, REPLACE);
  return async (name, jobId, record) => {
    const job = `${queueBase(settings, name)}${jobId}`;
    // Only another request can come between, and then the job has a record.
    for (;;) {
      const data = await client.hget(job, 'data');
      if (data === null) return false;
      const { payload, beside } = unpack(JSON.parse(data));
      if (beside.record !== undefined) return true;
      if ((await replace(job, data, JSON.stringify(pack(payload as object, { ...beside, record })))) === 1) return true;
    }
  };
}
