/** Whether two messages of one session tell of the same failure. */
import { stemsOf } from './stems.js';
import { traitsOf, type Traits } from './traits.js';

/** Share of common words from which on two messages say the same; with a name in common less is needed. */
const MUCH = 0.6;
const SOME = 0.34;

/**
 * By what only the same failure shares: the name of the test, the exception and what it says, the place in the code, or, of a
 * report in a person's words, rare words. Two errors of a compiler are one only if they say the same.
 */
export function sameFailure(a: string, b: string): boolean {
  if (a === b) return true;
  const one = traitsOf(a);
  const other = traitsOf(b);
  if (one.plain !== '' && one.plain === other.plain) return saysSomething(one) && sameOrNone(one.codes, other.codes);
  if (one.isApi && other.isApi) return sameApi(one, other);
  if (one.isApi !== other.isApi && (one.isApi || other.isApi)) return false;
  if (one.compiled !== null && other.compiled !== null)
    return one.compiled === other.compiled && shares(one.files, other.files) && sameOrNone(one.codes, other.codes);
  if (one.isReport !== other.isReport) return one.isReport ? reported(one, other) : reported(other, one);
  if (one.isReport) return toldAgain(one, other);
  return sameMachine(one, other);
}

const shares = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => common(one, other) > 0;

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const each of one) if (other.has(each)) count += 1;
  return count;
}

/** Of the smaller set, since one of two messages is often cut short. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const smaller = Math.min(one.size, other.size);
  return smaller === 0 ? 0 : common(one, other) / smaller;
}

const sameOrNone = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === 0 || other.size === 0 || shares(one, other);

/** `expected 200 to be 404` could be of any test: without its numbers nothing is left. */
const saysSomething = ({ words, types, codes, tests }: Traits): boolean =>
  words.size + types.size + codes.size + tests.size > 0;

function sameApi(one: Traits, other: Traits): boolean {
  if (one.codes.size > 0 && other.codes.size > 0) return shares(one.codes, other.codes);
  return overlap(one.words, other.words) >= MUCH;
}

function sameMachine(one: Traits, other: Traits): boolean {
  if (one.tests.size > 0 && other.tests.size > 0) return shares(one.tests, other.tests);
  if (!sameOrNone(one.subjects, other.subjects) && !shares(one.places, other.places)) return false;
  const words = overlap(one.words, other.words);
  const counted = common(one.words, other.words);
  if (one.types.size > 0 && other.types.size > 0) {
    if (!shares(one.types, other.types)) return false;
    if (one.said === other.said || shares(one.places, other.places)) return true;
    return words >= MUCH && counted >= 2;
  }
  if (!sameOrNone(one.codes, other.codes)) return false;
  if (shares(one.places, other.places) && words >= SOME) return true;
  if (one.said === other.said && one.said.length > 8 && saysSomething(one)) return true;
  return (words >= MUCH && counted >= 2) || (words >= 0.9 && counted >= 1 && sameKind(one, other));
}

const sameKind = (one: Traits, other: Traits): boolean =>
  (one.types.size > 0 && shares(one.types, other.types)) || (one.codes.size > 0 && shares(one.codes, other.codes));

/** A person's words and what a program wrote. */
function reported(report: Traits, found: Traits): boolean {
  // The name of a test or file is as good as its message.
  if (shares(report.files, found.files) || shares(report.places, found.places)) return sameSymptom(report, found);
  if (report.codes.size > 0 && found.codes.size > 0 && !shares(report.codes, found.codes)) return false;
  if (isNamedBy(report, found)) return true;
  const said = common(report.words, found.words);
  if (said >= 2 && said / Math.min(report.words.size, found.words.size) >= 0.3) return true;
  // Somebody saw it crash; the functions on the stack name what was done.
  const crashed = report.symptoms.has('crash') || report.symptoms.has('hang');
  const stack = common(report.words, found.called);
  if (crashed && stack >= 1) return true;
  if (isSpoken(report) && isBehind(report, found, said, stack)) return true;
  if (said + stack >= 2 && found.called.size > 0) return true;
  return said >= 1 && shares(report.symptoms, found.symptoms);
}

/** What a person saw, and what a program says that brings such about. */
function isBehind(report: Traits, found: Traits, said: number, stack: number): boolean {
  if (report.symptoms.has('crash') && found.isFatal && said >= 1) return true;
  // A server that answers so was brought to it by an exception.
  if (said + stack >= 1 && report.codes.size > 0 && (found.codes.size > 0 || found.called.size > 0)) return true;
  if (report.symptoms.has('loop') && found.symptoms.has('loop')) return true;
  return said >= 1 && report.symptoms.has('hang') && found.symptoms.has('timeout');
}

/** `the rounding test is failing`, `the build fails because of zod`: by a word of what the program names. */
function isNamedBy(report: Traits, found: Traits): boolean {
  if (!isSpoken(report)) return false;
  if (report.ofTests && found.tests.size > 0)
    return report.words.size === 0 || shares(report.words, stemsOf([...found.tests].join(' ')));
  if (found.compiled !== null && report.words.size > 0 && [...report.words].every((word) => BUILD.has(word)))
    return true;
  if (report.symptoms.has('crash') || report.symptoms.has('hang')) return false;
  return [...found.subjects].some((subject) => /^[\w-]{3,40}$/.test(subject) && shares(report.words, stemsOf(subject)));
}
const BUILD = stemsOf('build builds building compile compiles compilation typecheck');

const sameSymptom = (one: Traits, other: Traits): boolean =>
  one.symptoms.size === 0 || other.symptoms.size === 0 || shares(one.symptoms, other.symptoms);

/** `still freezes` names nothing: it is what was reported before, if it shows in the same way. */
function toldAgain(one: Traits, other: Traits): boolean {
  const counted = common(one.words, other.words);
  const words = overlap(one.words, other.words);
  if (one.codes.size > 0 && other.codes.size > 0 && !shares(one.codes, other.codes)) return false;
  if ((one.again || other.again) && isSpoken(one) && isSpoken(other) && counted >= 1 && words === 1) return true;
  if (shares(one.symptoms, other.symptoms)) {
    // `prod is down` beside `redis refuses connections`: what is down is the whole, and why is a part of it.
    if (isWhole(one) || isWhole(other)) return true;
    if (one.again || other.again) return words > 0 || Math.min(named(one), named(other)) <= 3;
    return counted >= 1 && words >= SOME;
  }
  return counted >= 2 && words >= MUCH;
}

/** Words for all of a system. */
const WHOLE = stemsOf(
  'production prod staging live site website server servers backend service app application system everything everybody nobody all',
);
const DOWN = stemsOf(
  'down offline unreachable unavailable refuses standing standstill dark dead halt outage urgent emergency',
);
const isWhole = ({ words }: Traits): boolean =>
  words.size > 0 && [...words].every((word) => WHOLE.has(word) || DOWN.has(word));

const named = (traits: Traits): number => traits.words.size;

/** `still fails`: what failed last, whatever that was. */
export function namesNothing(message: string): boolean {
  const traits = traitsOf(message);
  return isSpoken(traits) && traits.again && traits.words.size === 0;
}

/** Whether a person tells of a crash and a program of being brought down: who looks into the one finds the other first. */
export const mayExplain = (report: string, found: string): boolean =>
  isTold(report) && traitsOf(report).symptoms.has('crash') && !isTold(found) && traitsOf(found).isFatal;

/** Whether these are the words of a person. */
export const isTold = (message: string): boolean => isSpoken(traitsOf(message));

/** Tools put sentences around what they quote. */
const isSpoken = ({ isReport, plain }: Traits): boolean =>
  isReport && !/^(?:tool use error|conflict|\w+ error)\b/.test(plain);

/**
 * Failures of one message, each once: what a person says before a trace (`it crashes:`) is told by the trace and what is down as a
 * whole by what tells why.
 */
export function told(reported: readonly string[], pasted: readonly string[]): readonly string[] {
  const own = pasted.length === 0 ? reported : reported.filter((report) => !/:\s*$/.test(report));
  const whole = own.filter((report) => isWhole(traitsOf(report)));
  return whole.length === own.length
    ? [...own, ...pasted]
    : [...own.filter((report) => !whole.includes(report)), ...pasted];
}
