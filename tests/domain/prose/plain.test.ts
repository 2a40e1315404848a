import { describe, expect, test } from '@jest/globals';
import { assistantActs, readMessage, userActs } from '../../../src/domain/prose/index.js';

/**
 * The plainest ways to say a thing, with things and deeds of all kinds: names that look like words of the rules (`next button`,
 * `done column`) and words that end like others (`endpoint`) must change nothing.
 */
const THINGS =
  `endpoint|component|payment form|client|agent|comment box|sort order|nightly job|user migration|page header|badge|date picker|retry loop|
  login page|cache|linter config|release notes|webhook|worker pool|German translation|invoice|monthly report|sign-up form|error page|empty state|
  todo list|backlog view|next button|pending badge|skip link|remove button|status bar|help text|priority field|left menu|open dialog|issue list|
  question form|note field|fix version|report page|offer page|plan view|waiting screen|stop button|drop zone|default branch|follow-up mail|
  reminder|missing-data page|deployment|environment|account page|document viewer|parent id|rate limit|sidebar|footer|search index|Dockerfile|
  README|changelog|CI pipeline|audit log|session token|admin panel|price table|CSV export|PDF layout|upload dialog|avatar|tooltip|feature flag|
  config loader|settings screen|queue consumer|address validation|onboarding flow|push notification|dark mode toggle|map view|playlist|
  chat window|shopping cart|coupon code|seat map|boarding pass|patient record|sensor reading|firmware image|robot arm driver|test suite|schema`
    .split('|')
    .map((thing) => thing.trim());
/** Base and participle. */
const DEEDS =
  `wrap wrapped|throttle throttled|sort sorted|trim trimmed|rename renamed|move moved|document documented|translate translated|
  validate validated|encrypt encrypted|compress compressed|paginate paginated|hide hidden|highlight highlighted|resize resized|rotate rotated|
  refactor refactored|simplify simplified|split split|merge merged|extract extracted|replace replaced|remove removed|delete deleted|
  update updated|upgrade upgraded|pin pinned|optimise optimised|debounce debounced|batch batched|stream streamed|schedule scheduled|
  archive archived|migrate migrated|import imported|export exported|sync synced|index indexed|monitor monitored|redact redacted|mask masked|
  escape escaped|normalize normalized|round rounded|localise localised|disable disabled|enable enabled|restore restored|rewrite rewritten|
  shorten shortened|align aligned|lock locked|clean cleaned|rebuild rebuilt|hash hashed|sign signed|publish published|
  set-up set up|clean-up cleaned up|roll-out rolled out|switch-on switched on|back-up backed up|wire-up wired up`
    .split('|')
    .map((deed) => /^(\S+) (.+)$/.exec(deed.trim()) ?? [])
    .map(([, base = 'fix', done = 'fixed']) => [base.replace('-', ' '), done] as const);

type Form = (thing: string, base: string, done: string) => string;

/** Each thing with another deed; those that follow each other in the lists never meet twice in the same way. */
function sentences(form: Form, shift: number): readonly (readonly [thing: string, sentence: string])[] {
  return THINGS.map((thing, at) => {
    const [base, done] = DEEDS[(at * 7 + shift) % DEEDS.length] ?? ['fix', 'fixed'];
    return [thing, form(thing, base, done)] as const;
  });
}

const names = (title: string, thing: string): boolean =>
  thing
    .toLowerCase()
    .split(/[ -]/)
    .every((word) => title.toLowerCase().includes(word));

const REQUESTS: Readonly<Record<string, Form>> = {
  'please …': (x, v) => `Please ${v} the ${x}.`,
  'a bare order': (x, v) => `${v} the ${x}`,
  'can you …': (x, v) => `Can you ${v} the ${x}?`,
  'could you please …': (x, v) => `Could you please ${v} the ${x}?`,
  'should be': (x, _, p) => `The ${x} should be ${p}.`,
  'needs to be': (x, _, p) => `The ${x} needs to be ${p}.`,
  'has to be': (x, _, p) => `The ${x} also has to be ${p}.`,
  "I'd like you to": (x, v) => `I'd like you to ${v} the ${x}.`,
  'we need to': (x, v) => `We need to ${v} the ${x}.`,
  'I want it done': (x, _, p) => `I want the ${x} to be ${p}.`,
  'should be able to': (x, v) => `Users should be able to ${v} the ${x}.`,
  'should be possible': (x, v) => `It should be possible to ${v} the ${x}.`,
  "let's": (x, v) => `Let's ${v} the ${x}.`,
  crashes: (x) => `The ${x} crashes when I open it.`,
  "doesn't work": (x) => `The ${x} doesn't work on Safari.`,
  'stopped working': (x) => `The ${x} stopped working yesterday.`,
  'shows the wrong thing': (x) => `The ${x} shows the wrong total.`,
  'add to it': (x) => `Add a filter to the ${x}.`,
  'a new one': (x) => `I need a new ${x}.`,
  'needs a part': (x) => `The ${x} needs a loading spinner.`,
  'should have': (x) => `The ${x} should have a search field.`,
  'should remember': (x) => `The ${x} should remember the last choice.`,
  'make it so': (x) => `Make the ${x} faster.`,
  'one more thing': (x, _, p) => `One more thing: the ${x} should be ${p}.`,
  'a test for it': (x) => `Write a unit test for the ${x}.`,
  'after that': (x, v) => `After that, ${v} the ${x}.`,
  'now please': (x, v) => `Now please ${v} the ${x}.`,
  'once it is green': (x, v) => `Once the build is green, ${v} the ${x}.`,
};

describe('a plain request is one, whatever its thing is called', () => {
  test.each(Object.entries(REQUESTS))('%s', (_, form) => {
    const missed = sentences(form, 3).flatMap(([thing, sentence]) => {
      const asked = userActs(readMessage(sentence), { isAsking: false, numbers: [] }) ?? [];
      const titles = asked.flatMap((act) => (act.is === 'ask' ? [act.title] : []));
      return titles.length === 1 && names(titles[0] ?? '', thing) ? [] : [`${sentence} → ${titles.join(' | ')}`];
    });
    expect(missed).toEqual([]);
  });
});

const LEFT: Readonly<Record<string, Form>> = {
  'not yet': (x, _, p) => `The ${x} is not ${p} yet.`,
  "I haven't": (x, _, p) => `I haven't ${p} the ${x} yet.`,
  'still needs': (x, _, p) => `The ${x} still needs to be ${p}.`,
  'still to be': (x, _, p) => `The ${x} is still to be ${p}.`,
  'still open': (x) => `Still open: the ${x}.`,
  remaining: (x, v) => `Remaining: ${v} the ${x}.`,
  'next step': (x, v) => `Next step: ${v} the ${x}.`,
  'yet to be': (x, _, p) => `The ${x} has yet to be ${p}.`,
  'not tested': (x) => `The ${x} has not been tested.`,
  'before the release': (x, _, p) => `Before the release the ${x} must be ${p}.`,
  'not implemented': (x) => `The ${x} is not implemented yet.`,
  'still missing': (x) => `The ${x} is still missing.`,
  'you need to': (x, v) => `You'll need to ${v} the ${x} yourself.`,
};

describe('plain words for what is left are heard, whatever it is called', () => {
  test.each(Object.entries(LEFT))('%s', (_, form) => {
    const missed = sentences(form, 5).flatMap(([thing, sentence]) => {
      const acts = assistantActs(readMessage(sentence)) ?? [];
      const left = acts.flatMap((act) =>
        act.is === 'defer' ? [act.title] : act.is === 'unfinished' || act.is === 'stuck' ? [act.about ?? ''] : [],
      );
      return left.some((one) => names(one, thing)) ? [] : [`${sentence} → ${left.join(' | ')}`];
    });
    expect(missed).toEqual([]);
  });
});

const NOTHING_LEFT: Readonly<Record<string, Form>> = {
  "I've done it": (x, _, p) => `I've ${p} the ${x}.`,
  'is done now': (x, _, p) => `The ${x} is ${p} now.`,
  'looks at it': (x) => `Let me look at the ${x}.`,
  'does it now': (x, v) => `Now I'll ${v} the ${x}.`,
  'tells a cause': (x, _, p) => `The cause: the ${x} was ${p} twice.`,
  'tells what it does': (x) => `The ${x} reads the config once at startup.`,
  'no longer': (x, _, p) => `The ${x} is no longer ${p} twice.`,
  'what users can do': (x, v) => `Users can now ${v} the ${x}.`,
  advice: (x, v) => `In general it's better to ${v} the ${x} early.`,
  'an offer': (x, v) => `If you like, I can ${v} the ${x} too.`,
  unchanged: (x) => `The ${x} is unchanged.`,
  'no need': (x, v) => `You don't need to ${v} the ${x}.`,
};

describe('what leaves nothing to do leaves nothing, whatever it is about', () => {
  test.each(Object.entries(NOTHING_LEFT))('%s', (_, form) => {
    const wrong = sentences(form, 11).flatMap(([, sentence]) =>
      (assistantActs(readMessage(sentence)) ?? [])
        .filter(({ is }) => is === 'defer' || is === 'stuck' || is === 'unfinished')
        .map((act) => `${sentence} → ${act.is}`),
    );
    expect(wrong).toEqual([]);
  });
});
