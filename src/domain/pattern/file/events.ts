/** The physical lines of a whole file as events, each line in exactly one, whatever its level. */
import { createDetector } from '../../log/detect.js';
import { traceOf } from '../../log/index.js';
import type { LineClock } from '../../log/model.js';
import { afterHeader, goesOn, startOf } from '../../log/starts.js';
import { stripAnsi } from '../../log/strip.js';
import { suppressed } from '../../log/suppressed.js';
import { createLineRedactor, type Redact } from '../../redact/index.js';
import type { FileEvent } from './patterns.js';

/** Told once its last line is known. */
export interface EventLines extends FileEvent {
  /** How many lines it has, from `line` on. */
  readonly lines: number;
}

export interface FileEvents {
  /** @param text one line without its end */
  line(text: string): void;
  end(): void;
}

export interface FileEventOptions {
  /** A format's name, or `auto`. */
  readonly format: string;
  readonly clock: LineClock;
  readonly redact: Redact;
  readonly onEvent: (event: EventLines) => void;
}

/** What follows of an event is counted to it and not looked at. */
const MAX_KEPT_LINES = 1_000;
const MAX_TEXT = 65_536;

interface Open {
  readonly line: number;
  readonly at: number | null;
  /** Null where the line cannot go on. */
  readonly shape: ReturnType<typeof startOf>;
  readonly texts: string[];
  chars: number;
  lines: number;
}

/**
 * Other than the reader of `tail` this one gives out every line, also those that tell no level, since each must get a
 * pattern. An empty line belongs to the event before it.
 */
export function createFileEvents({ format, clock, redact, onEvent }: FileEventOptions): FileEvents {
  const detector = createDetector(format);
  const redactLine = createLineRedactor(redact);
  let open: Open | null = null;
  let read = 0;
  let headed = 0;
  let strays = 0;

  function close(): void {
    if (open === null) return;
    const { line, lines, at, texts } = open;
    const joined = texts.join('\n');
    // A secret over several lines is one only when they stand together.
    const masked = texts.length > 1 ? redact(joined) : joined;
    const trace = texts.length > 1 ? traceOf(masked) : null;
    const plain = suppressed(masked);
    // `message repeated 3 times: [ … ]` stays as it stands: here it is a line of its own.
    const counts = plain.more > 0 && plain.text !== '' && masked.startsWith(plain.text);
    const text = counts ? plain.text : masked;
    onEvent({ text, trace, at, repeats: counts ? 1 + plain.more : 1, line, lines });
    open = null;
  }

  /** A stack goes on anywhere, other text where nearly every line has a header: else the header was a chance. */
  function continues({ shape }: Open, text: string, loose: boolean): boolean {
    if (shape === null) return false;
    if (goesOn(shape, text, true)) return true;
    strays++;
    return !loose && headed > 4 * strays && goesOn(shape, text, false);
  }

  function add(to: Open, text: string): void {
    to.lines++;
    if (to.lines > MAX_KEPT_LINES || to.chars > MAX_TEXT) return;
    const masked = redactLine(text);
    to.texts.push(masked);
    to.chars += masked.length;
  }

  function begin(text: string, at: number | null, shape: Open['shape']): void {
    close();
    open = { line: read, at, shape, texts: [redactLine(text)], chars: text.length, lines: 1 };
  }

  return {
    line(raw) {
      read++;
      const line = stripAnsi(raw.length > MAX_TEXT ? raw.slice(0, MAX_TEXT) : raw);
      const known = detector.see(line);
      if (detector.lastLevel !== -1) {
        headed++;
        const header = known.header(line, clock);
        const message =
          (header.message ?? line.slice(header.messageAt)) + (header.stack === null ? '' : `\n${header.stack}`);
        const [first = '', ...rest] = message.split('\n');
        begin(first, header.at, afterHeader(first));
        for (const text of rest) if (open !== null) add(open, text);
        if (open !== null) open.lines = 1;
        return;
      }
      const text = known.carried?.(line).text ?? line;
      const loose = known.loose === true;
      if (open !== null && (text === '' || continues(open, text, loose))) add(open, text);
      else begin(text, null, startOf(text, 'sure'));
    },
    end: close,
  };
}
