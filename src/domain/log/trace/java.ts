/** Stack traces of the JVM, as the runtime, logback and log4j print them. */
import type { Frame, Trace } from '../model.js';
import { MAX_MESSAGE_CHARS, frame, named, soundsLikeError, trace, type Named } from './parts.js';

/** `at loader/module@version/pkg.Class.method(File.java:12) ~[jar:1.2]` */
const AT = /^\s*at (?:[^\s(]*\/)?([^\s(/]+)\(([^()]*)\)/;
const PLACE =
  /^(?:[^:]+\.(?:java|kt|kts|scala|groovy|clj|jsp)(?::\d+)?|Native Method|Unknown Source|<generated>|.*-\d+)$/;
const LIBRARY =
  /^(?:java|javax|jdk|sun|com\.sun|jakarta|kotlin|kotlinx|scala|groovy|clojure|akka|reactor|rx|io\.(?:netty|reactivex|undertow|vertx|micrometer|grpc)|org\.(?:springframework|apache|hibernate|eclipse|jboss|junit|slf4j|gradle|aspectj|codehaus|mockito|postgresql)|com\.(?:fasterxml|google|mysql|zaxxer|netflix)|ch\.qos|redis\.clients|io\.lettuce|_COROUTINE)\./;
const CAUSED = /^\s*(?:Caused by|Wrapped by): /;
const SUPPRESSED = /^(\s*)Suppressed: /;

/** What a compiler, a proxy or a run made up is another name each time. */
const cleanName = (name: string): string =>
  name
    .replace(/\$\$(?:EnhancerBy|FastClassBy|KeyFactoryBy)[A-Za-z]*\$\$[0-9a-f]+/g, '')
    .replace(/\$\$(?:SpringCGLIB|_jvst|_WeldClientProxy|HibernateProxy)(?:\$\$?\w+)?/g, '')
    .replace(/\$\$Lambda(?:\$\d+)?(?:\/0?x?[0-9a-f]+)?/g, '$$$$Lambda')
    .replace(/\b(Generated(?:Method|Constructor|SerializationConstructor)Accessor)\d+/g, '$1')
    .replace(/(\$Proxy)\d+/g, '$1')
    .replace(/(lambda\$\w*?)\$\d+$/, '$1')
    .replace(/_?\$\$_javassist_?\w*/g, '');

const isFrame = (line: string): boolean => {
  const match = AT.exec(line);
  return match?.[2] !== undefined && PLACE.test(match[2]);
};

export const isJava = (lines: readonly string[]): boolean => lines.some(isFrame);

function frameOf(line: string): Frame | null {
  // A lambda's class ends in `/0x…`, which reads like a module.
  const match = AT.exec(line.includes('Lambda') ? line.replace(/(Lambda(?:\$\d+)?)\/0?x?[0-9a-f]+/, '$1') : line);
  const [, name = '', place = ''] = match ?? [];
  if (match === null || /^_COROUTINE\./.test(name)) return null;
  const [file = '', number] = place.split(':');
  const known = place !== 'Native Method' && place !== 'Unknown Source' && place !== '<generated>';
  return frame(cleanName(name), known ? file : null, number, known && !LIBRARY.test(name));
}

const unthreaded = (line: string): string => line.replace(/^\s*Exception in thread "[^"]*" /, '').trim();

/** The line that names the exception: the message may go on below it, and a log's own message stand above. */
function headOf(lines: readonly string[], first: number): Named {
  for (let at = 0; at < first; at += 1) {
    const name = named(unthreaded(lines[at] ?? ''));
    if (name === null || (!name.type.includes('.') && !soundsLikeError(name.type))) continue;
    if (!soundsLikeError(name.type) && at !== first - 1) continue;
    const more = lines.slice(at + 1, first).join('\n');
    return { type: name.type, message: bounded(more === '' ? name.message : `${name.message}\n${more}`) };
  }
  const before = lines[first - 1] ?? '';
  const inside = /((?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable))(?:: (.*))?$/.exec(
    before.slice(0, MAX_MESSAGE_CHARS),
  );
  if (inside?.[1] !== undefined) return { type: inside[1], message: inside[2] ?? '' };
  return { type: 'Exception', message: before };
}

const bounded = (text: string): string => text.slice(0, MAX_MESSAGE_CHARS);

export function javaTrace(lines: readonly string[]): Trace | null {
  const first = lines.findIndex(isFrame);
  if (first === -1) return null;
  const frames: Frame[] = [];
  const causes: Named[] = [];
  const head = headOf(lines, first);
  const nested = /nested exception is:?\s*\n\s*(\S.*)/.exec(head.message);
  const inner = nested?.[1] === undefined ? null : named(nested[1]);
  if (inner !== null) causes.push(inner);
  let into: 'top' | 'else' = 'top';
  /** What is printed deeper than a `Suppressed:` is its own. */
  let suppressedAt = -1;
  for (const line of lines.slice(first)) {
    const indent = line.length - line.trimStart().length;
    const suppressed = SUPPRESSED.exec(line);
    if (suppressed !== null) {
      suppressedAt = indent;
      into = 'else';
    } else if (CAUSED.test(line)) {
      into = 'else';
      if (suppressedAt !== -1 && indent >= suppressedAt) continue;
      suppressedAt = -1;
      const rest = line.replace(CAUSED, '').replace(/^\[CIRCULAR REFERENCE: ?(.*)\]$/, '$1');
      causes.push(named(rest) ?? { type: 'Exception', message: rest });
    } else if (into === 'top') {
      const each = frameOf(line);
      if (each !== null) frames.push(each);
      else if (indent === 0 && line !== '' && frames.length > 0 && !/^\.\.\. \d/.test(line)) into = 'else';
    }
  }
  return trace('java', head, frames, causes);
}
