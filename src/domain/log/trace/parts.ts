/** What the readers of all languages share. */
import type { Frame, Trace } from '../model.js';

/** An exception as one line names it. */
export interface Named {
  readonly type: string;
  readonly message: string;
}

/** Of one event's text; what a deeper stack or a longer chain says adds nothing to what the error is. */
const MAX_FRAMES = 64;
export const MAX_CAUSES = 16;
export const MAX_MESSAGE_CHARS = 2_000;
const MAX_TYPE_CHARS = 200;

const bounded = (message: string): string =>
  message.length > MAX_MESSAGE_CHARS ? message.slice(0, MAX_MESSAGE_CHARS) : message;

export const frame = (name: string | null, file: string | null, line: string | undefined, inApp: boolean): Frame => ({
  function: name === '' ? null : name,
  file: file === '' ? null : file,
  line: line === undefined || line === '' || !Number.isSafeInteger(Number(line)) ? null : Number(line),
  inApp,
});

/** A function that calls itself stands in the stack as often as it went deep, which is another number each time. */
function withoutRecursion(frames: readonly Frame[]): Frame[] {
  const kept: Frame[] = [];
  for (const each of frames) {
    const last = kept.at(-1);
    if (last === undefined || last.function !== each.function || last.file !== each.file || each.function === null)
      kept.push(each);
    if (kept.length === MAX_FRAMES) break;
  }
  return kept;
}

export function trace(
  language: string,
  { type, message }: Named,
  frames: readonly Frame[],
  causes: readonly Named[],
): Trace {
  return {
    language,
    type: type.slice(0, MAX_TYPE_CHARS),
    message: bounded(message.trim()),
    frames: withoutRecursion(frames),
    causes: causes.slice(0, MAX_CAUSES).map((cause) => ({
      type: cause.type.slice(0, MAX_TYPE_CHARS),
      message: bounded(cause.message.trim()),
    })),
  };
}

const NAMED = /^([\p{L}_$][\p{L}\p{N}_$.]*(?:::[\p{L}_$][\p{L}\p{N}_$]*)*)(?: \[([A-Z][A-Z0-9_]*)\])?(?:: ?|$)/u;

/** `Type: message`, `Type [CODE]: message` or `Type` alone; null where the line names no exception. */
export function named(line: string): Named | null {
  const match = NAMED.exec(line);
  return match?.[1] === undefined ? null : { type: match[1], message: line.slice(match[0].length) };
}

/** Whether a name is one that only an exception has. */
export const soundsLikeError = (type: string): boolean =>
  /(?:Error|Exception|Throwable|Failure|Fault|Panic|Interrupt|Exit|Timeout|Warning|Rejection|Iteration)\d*$/.test(type);
