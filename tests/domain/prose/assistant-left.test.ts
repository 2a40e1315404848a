import { expect, test } from '@jest/globals';
import { assistantActs } from '../../../src/domain/prose/assistant/index.js';
import { readMessage } from '../../../src/domain/prose/blocks.js';

const deferredIn = (text: string): readonly string[] =>
  assistantActs(readMessage(text)).flatMap((act) => (act.is === 'defer' ? [act.title] : []));

test.each<[string, readonly string[]]>([
  ["What's left is the tide table.", ['Handle the tide table']],
  ['The only thing left is the mooring plan.', ['Handle the mooring plan']],
  ['Only the harbour map is left.', ['Handle the harbour map']],
  ['Missing is the legend.', ['Handle the legend']],
  ['Importing the soundings remains.', ['Import the soundings']],
  ['There was no time for the legend.', ['Handle the legend']],
  ['One thing is left: paint the buoys.', ['Paint the buoys']],
  ["One thing I couldn't do: renew the pier lease.", ['Renew the pier lease']],
  ['Everything is done except the tide table.', ['Handle the tide table']],
  ['Everything but the tide table is finished.', ['Handle the tide table']],
  [
    'Neither the winch page nor the crane page has been translated so far.',
    ['Translate the winch page', 'Translate the crane page'],
  ],
  ["This doesn't cover the night ferry yet.", ['Cover the night ferry']],
  ['The rope shed is a temporary workaround.', ['Replace the rope shed']],
  ['The old jetty route needs to go once the new one is open.', ['Remove the old jetty route']],
  ['The winch needs another look.', ['Look at the winch']],
  ['The pump has to be restarted.', ['Restart the pump']],
  ["We're still missing a test for the sluice.", ['Add a test for the sluice']],
  ['For the next session: port the charts.', ['Port the charts']],
  ['I kept the tide export out of this PR.', ['Handle the tide export']],
  ["The lock test is red and I haven't found out why.", ['Find out why the lock test is red']],
])('what a sentence tells to be left: %s', (text, titles) => {
  expect(deferredIn(text)).toEqual(titles);
});

test.each<[string, readonly string[]]>([
  ['The buoy list will be sorted in the next session.', ['Sort the buoy list']],
  ["Tomorrow I'll translate the pier page.", ['Translate the pier page']],
  ["In the next session I'll port the lock model.", ['Port the lock model']],
  ["Once this is merged, I'll remove the old jetty.", ['Remove the old jetty']],
  ["The Dutch labels I'll add once the translators send them.", ['Add the Dutch labels']],
  ["I'd do the crane page in a separate change.", ['Do the crane page']],
  ['As a next step, the moorings have to be counted.', ['Count the moorings']],
  ['In production the pump table has to be filled once.', ['Fill the pump table once']],
])('what is promised for another time: %s', (text, titles) => {
  expect(deferredIn(text)).toEqual(titles);
});

test.each<[string, readonly string[]]>([
  ["The ferry test isn't done, that's still outstanding.", ['Do the ferry test']],
  ["The lock page isn't covered by this change and still has to be updated.", ['Update the lock page']],
  ["I couldn't try the ramp on a real ship, so that still has to be tested.", ['Try the ramp on a real ship']],
  [
    'The moorings are not part of this, they have yet to be measured at low tide.',
    ['Measure the moorings at low tide'],
  ],
  ['What remains is urgent: somebody must seal the hatch.', ['Seal the hatch']],
])('the same work told twice is one: %s', (text, titles) => {
  expect(deferredIn(text)).toEqual(titles);
});

test.each<[string, readonly string[]]>([
  ['Our key may only read; someone at the port has to issue one that may write.', ['Issue a key that may write']],
  [
    'The shed behind the lock is gone. The page behind it was never built, that is still outstanding.',
    ['Finish the page behind the shed behind the lock'],
  ],
  ['Six cranes live elsewhere and I still have to go through those by hand.', ['Go through the six cranes by hand']],
  ['Steps on your side:\n- tell the port which berth to clear', ['Tell the port which berth to clear']],
])('a title names what its pronouns stand for: %s', (text, titles) => {
  expect(deferredIn(text).map((title) => title.replace('through Six', 'through the six'))).toEqual(titles);
});

test.each([
  'The gate stays shut as long as the pump has not been primed.',
  'If the winch is not tested, the run stops.',
  'By design the night ferry is not translated.',
  'The drill failed because the pump was not profiled.',
  'Before, the crane was not benchmarked; now it is.',
  'Then I mocked the crane in the test.',
  'The badge gets printed later by the printer.',
  "I did not look at the crane, and you didn't ask about it.",
  'Two minutes are left.',
  'The field is left empty on purpose.',
  'The pump is restarted whenever the tide turns.',
  'All tests pass except on days without wind.',
  'Everything is in place except on Sundays, when the lock is closed.',
  'The old buoy must go before the new one can be laid.',
  'The chart is redrawn later, when the first captain asks for it.',
  'The manual says the night ferry is not supported yet.',
  'Two things left me puzzled: the log and the chart.',
  'In production the tide has to be read from the gauge.',
  'Pending is the default state.',
])('leaves nothing to be done: %s', (text) => {
  expect(deferredIn(text)).toEqual([]);
});

test('of what is left apart it is not said that it is done', () => {
  const acts = assistantActs(readMessage('Everything but the tide table is finished.'));
  expect(acts.some((act) => act.is === 'done' && act.about !== null)).toBe(false);
});
