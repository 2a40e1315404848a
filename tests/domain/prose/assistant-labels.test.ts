import { expect, test } from '@jest/globals';
import { assistantActs } from '../../../src/domain/prose/assistant/index.js';
import { readReply } from '../../../src/domain/prose/blocks.js';

/** What a reply says, in short: the title of what is left, otherwise what it is and of what. */
const told = (text: string): readonly string[] =>
  assistantActs(readReply(text)).map((act) => {
    if (act.is === 'defer') return act.title;
    const about = 'about' in act ? act.about : null;
    return about === null ? act.is : `${act.is}: ${about}`;
  });

test.each<[string, readonly string[]]>([
  ['**Not included:** the wine list, which the printer keeps.', ['Handle the wine list']],
  ['**Not translated:** the menus. They come from the agency.', ['Translate the menus']],
  ["**Not deployed:** the harbour host doesn't take my key.", ['Deploy the change']],
  ['**Not load-tested:** there is no spare pump.', ['Load-test the change']],
  ['**Not verified:** I have no account at the bank.', ['Verify the change']],
  ['**To talk about:** the mooring form.', ['Handle the mooring form']],
  ['**Missing:** the Dutch captions, Fleur has them.', ['Handle the Dutch captions']],
  ['**Not affected:** the night tariff.', []],
  ['**Not needed:** a second pump.', []],
  ['**Not pushed:** you wanted to look first.', []],
])('a label says what was not done: %s', (text, want) => {
  expect(told(text)).toEqual(want);
});

test.each<[string, readonly string[]]>([
  ['- ✅ Deck plan\n- ❌ Tide tables: not included, the source is down', ['box', 'Add tide tables']],
  ['- Deck plan: done\n- Tide tables: still missing', ['done: Deck plan', 'Add tide tables']],
  ['- Deck plan: done\n- Crane: waiting for the permit', ['done: Deck plan', 'stuck: Crane']],
  ['- Deck plan: done\n- Winch: half through', ['done: Deck plan', 'unfinished: Winch']],
  ['- Deck plan: done\n- Winch: 4 of 9 bolts', ['done: Deck plan', 'unfinished: Winch']],
  ['- Deck plan: done\n- Winch: 9 of 9 bolts', ['done: Deck plan']],
  ['- Deck plan: done\n- Old jetty: dropped', ['done: Deck plan', 'dropped: Old jetty']],
  ['## Findings\n- Locks: not oiled\n- Lamps: missing', []],
  ['- Gate: opens at six\n- Ferry: as before', []],
])('an item says how its thing stands: %s', (text, want) => {
  expect(told(text)).toEqual(want);
});

test.each<[string, readonly string[]]>([
  [
    '| Part | State |\n|---|---|\n| Deck plan | done |\n| Tide page | not there yet, the link is dead |\n| Jetty | dropped |',
    ['done: Deck plan', 'Add tide page', 'dropped: Jetty'],
  ],
  [
    '| # | Task | Status |\n|---|---|---|\n| 1 | Crane | ⛔ blocked by the permit |\n| 2 | Winch | 🚧 in progress |',
    ['stuck: Crane', 'unfinished: Winch'],
  ],
  ['| Route | Status |\n|---|---|\n| GET /tides | 200 |\n| GET /moon | 500 |', []],
  ['| Pump | Litres |\n|---|---|\n| North | not measured |', []],
])('a table of states is a report: %s', (text, want) => {
  expect(told(text)).toEqual(want);
});

test('what cannot go on is what the paragraph is about', () => {
  expect(told('**Deck plan:** it hangs in the hall now.\n\n**Crane:** no luck, I have to leave it at that.')).toContain(
    'stuck: Crane',
  );
  expect(told("The jetty I haven't touched: a plan from March says otherwise. Your call.")).toEqual([
    'unfinished: the jetty',
    'stuck: the jetty',
  ]);
});
