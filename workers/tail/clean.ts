/** What leaves `tail`: an event without its secrets, and what it is counted as. */
import { traceOf } from '../../src/domain/log/index.js';
import type { Level, LogEvent, Trace } from '../../src/domain/log/model.js';
import { fingerprintOf, type Fingerprint } from '../../src/domain/pattern/index.js';
import { createLineRedactor, withoutKeys, type Redact } from '../../src/domain/redact/index.js';

export interface CleanEvent {
  readonly fingerprint: Fingerprint;
  readonly level: Level;
  readonly logger: string | null;
  readonly status: number | null;
  readonly text: string;
  readonly trace: Trace | null;
  readonly context: readonly string[];
}

/** Masks every text of an event, and then finds out what it is counted as: no id comes from a secret. */
export function cleanEvent(event: LogEvent, redact: Redact): CleanEvent {
  const { text, context } = masked(event, redact);
  const trace = text === event.text ? unchanged(event.trace, text, redact) : traceOf(text);
  const { level, status } = event;
  const logger = event.logger === null ? null : redact(event.logger).toWellFormed();
  return { fingerprint: fingerprintOf(text, trace), level, logger, status, text, trace, context };
}

function masked(event: LogEvent, redact: Redact): { text: string; context: readonly string[] } {
  const { text } = event;
  const context = withoutKeys(event.context);
  const around = [...context, text].join('\n');
  // Nearly always there is no secret, and one look at all of it is enough.
  if (redact(around) === around) return { text: text.toWellFormed(), context: context.map(wellFormed) };
  const redactLine = createLineRedactor(redact);
  const lines = context.map((line) => redactLine(line));
  const byLine = text
    .split('\n')
    .map((line) => redactLine(line))
    .join('\n');
  // A secret over several lines is one only when they stand together.
  return { text: redact(byLine).toWellFormed(), context: lines.map(wellFormed) };
}

/** Half a character of a cut text, or of JSON's escapes, would be refused as JSON by Redis. */
const wellFormed = (text: string): string => text.toWellFormed();

/** The trace of a text without secrets; what came from another field of the line is masked by itself. */
function unchanged(trace: Trace | null, text: string, redact: Redact): Trace | null {
  if (trace === null) return null;
  const clean = (part: string): string => (text.includes(part) ? part : redact(part)).toWellFormed();
  const maybe = (part: string | null): string | null => (part === null ? null : clean(part));
  return {
    ...trace,
    type: clean(trace.type),
    message: clean(trace.message),
    frames: trace.frames.map((frame) => ({ ...frame, function: maybe(frame.function), file: maybe(frame.file) })),
    causes: trace.causes.map(({ type, message }) => ({ type: clean(type), message: clean(message) })),
  };
}
