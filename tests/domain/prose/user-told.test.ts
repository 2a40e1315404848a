import { expect, test } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const said = (text: string): readonly string[] =>
  (userActs(readMessage(text), { isAsking: false, numbers: [] }) ?? []).flatMap((act) =>
    act.is === 'ask' || act.is === 'promise' ? [`${act.is}: ${act.title}`] : act.is === 'failure' ? [] : [act.is],
  );

/** Statements that ask, by what stands beside them or by what they say. */
test.each<[string, readonly string[]]>([
  ['The ferry table forgets its sort order.', ['ask: Fix the ferry table that forgets its sort order']],
  ['The pier form accepts negative lengths', ['ask: Fix the pier form that accepts negative lengths']],
  ['Unfortunately the pier map opens in a frame.', ['ask: Fix the pier map that opens in a frame']],
  ['The tide page shows feet instead of metres.', ['ask: Fix the tide page that shows feet instead of metres']],
  ['The mooring job writes to the disk. Can you fix it?', ['ask: Fix the mooring job that writes to the disk']],
  ['The mooring job writes to the disk. That must not happen.', ['ask: Fix the mooring job that writes to the disk']],
  ['Guests can rename the harbour, that should not be possible.', ['ask: Prevent that guests can rename the harbour']],
  ['The chart prints knots. The customer expects km/h.', ['ask: Fix the chart that prints knots']],
  [
    'I found two problems. First, the pier map opens in a frame. Second, the tide page starts on Monday.',
    ['ask: Fix the pier map that opens in a frame', 'ask: Fix the tide page that starts on Monday'],
  ],
  [
    'I need two changes. The berth number goes into the title, and the photos open in a frame.',
    ['ask: Make the berth number go into the title', 'ask: Make the photos open in a frame'],
  ],
  ['There is a problem with the pier map. It opens in a frame.', ['ask: Fix the pier map that opens in a frame']],
  ['There is a problem with the pier map.', ['ask: Fix a problem with the pier map']],
  // Facts, reasons and people.
  ['The pier map reads the berths from a file.', []],
  ['The report job still reads from it.', []],
  ['The tide page still works.', []],
  ['Two skippers never share a berth.', []],
  ['Would you normally put the berths into their own table?', []],
])('%s', (text, acts) => expect(said(text)).toEqual(acts));

/** Conditions, opinions, and those who want it. */
test.each<[string, readonly string[]]>([
  [
    'When a guest closes the berth form, ask before leaving.',
    ['ask: Ask the user before leaving when a guest closes the berth form'],
  ],
  ['If the berth list is empty, show a hint.', ['ask: Show a hint if the berth list is empty']],
  ['To save space, fold the berth list.', ['ask: Fold the berth list']],
  ['I think we should rename the berth list.', ['ask: Rename the berth list']],
  ['As a skipper I want to print the berth list.', ['ask: Print the berth list']],
  ['The customer asked us to rename the berth list.', ['ask: Rename the berth list']],
  ['My boss wants the berth list sorted by Friday.', ['ask: Sort the berth list']],
  ['The harbour office would like the berth list to be sorted.', ['ask: Sort the berth list']],
  ['It should not be possible to open the berth list twice.', ['ask: Make it impossible to open the berth list twice']],
  ['The berth list has to work offline.', ['ask: Make the berth list work offline']],
  [
    'The berth list should be sorted. It also needs a column for the length.',
    ['ask: Sort the berth list', 'ask: Add a column for the length to the berth list'],
  ],
  [
    'The berth file has a bunch of dead rows that could be cleaned out.',
    ['ask: Clean out a bunch of dead rows in the berth file'],
  ],
  ['I need an overview of the berths.', ['ask: Give me an overview of the berths']],
  ['When the tests are green, I go home.', []],
])('%s', (text, acts) => expect(said(text)).toEqual(acts));

/** What belongs together, and what only looks like a fault. */
test.each<[string, readonly string[]]>([
  ['The quay map and the tide page should be blue.', ['ask: Make the quay map and the tide page blue']],
  ['Fold the quay map and the tide page should be blue.', ['ask: Fold the quay map', 'ask: Make the tide page blue']],
  ['The empty state reads its text from a file.', []],
  ['The request timeout is at 3 seconds.', []],
  ['I froze the quay map yesterday.', []],
  ['I think the berths are counted twice. Make sure it happens once.', ['ask: Fix the berths that are counted twice']],
  [
    'The quay form loses its focus, so the guards have to click again.',
    ['ask: Fix the quay form that loses its focus'],
  ],
  ['Rename the quay map. Skippers get a mail in advance.', ['ask: Rename the quay map']],
  ['Print the berth before anything starts.', ['ask: Print the berth before anything starts']],
  ['The next step is to rename the quay map.', ['ask: Rename the quay map']],
  [
    'Fix the map. Members get a mail three days in advance.',
    ['ask: Fix the map', 'ask: Add a mail three days in advance to members'],
  ],
])('%s', (text, acts) => expect(said(text)).toEqual(acts));

test('the first of a list is only the first', () => {
  const list =
    'Two faults.\n1. The quay key does not work\n2. The tide switch forgets the page\n\nStart with the first one.';
  expect(said(list)).toHaveLength(2);
});
