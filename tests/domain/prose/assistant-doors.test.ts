import { expect, test } from '@jest/globals';
import { assistantActs } from '../../../src/domain/prose/assistant/index.js';
import { readMessage } from '../../../src/domain/prose/blocks.js';

/** Each by a word of its own of those that stand before a family of rules: one that is forgotten there closes the door on it. */
test.each<[string, string]>([
  ['I am midway through the harbour list.', 'unfinished'],
  ['Seven of nine are left.', 'unfinished'],
  ['The crane drawing comes next.', 'unfinished'],
  ["I've got as far as the third deck.", 'unfinished'],
  ['Two of the seven are migrated.', 'unfinished'],
  ['Here is where I stopped.', 'unfinished'],
  ['However, the ferry test fails.', 'unfinished'],
  ["I'm picking it up again.", 'unfinished'],
  ['Publishing the map has to wait for Ottilie.', 'stuck'],
  ['The rope test can go once the pier is closed.', 'Remove the rope test'],
  ['The tide chart would be a good follow-up.', 'Handle the tide chart'],
  ["I'd rather paint the buoys separately.", 'Paint the buoys'],
  ['The lock keepers will have to follow too.', 'Adapt the lock keepers'],
  ['Painting the buoys is another day.', 'Paint the buoys'],
  ['I had no chance to oil the winch.', 'Oil the winch'],
  ["What it hasn't seen yet is a real storm.", 'Try it with a real storm'],
  ["What I'd need is the key to the shed.", 'Get the key to the shed'],
  ['That shim must be gone before the launch.', 'Remove that shim'],
  ['The mooring fee is for you to set.', 'Set the mooring fee'],
  ['After the regatta, rotate the keys.', 'Rotate the keys'],
  ['The chart lacks a legend so far.', 'Add a legend to the chart'],
  ['Whether the locks hold is up in the air.', 'Check whether the locks hold'],
  ['Who owns the pier remains an open question.', 'Clarify Who owns the pier'],
  ["How the sluice fares is anyone's guess.", 'Check how the sluice fares'],
  ['None of the valves has been tested.', 'Test valves'],
  ['The winch page does not mention the brake, which I left out.', 'Mention the brake in the winch page'],
  [
    'The brakes must become automatic ones; the horn has to become a bell before it goes public.',
    'Make the horn a bell',
  ],
  ['I had no boat to try the rope with.', 'Try the rope with a boat'],
  ['The gate keeper can only read, I come in as a guest and can only read.', 'stuck'],
  ['I rolled back all of it, every one of them failed.', 'stuck'],
  ['The harbour office does not let me sign the form.', 'stuck'],
  ['No permit yet, the office wants a signature.', 'stuck'],
  ['The survey is at work, 30 % by now.', 'unfinished'],
  ['The pier waits for the drawings.', 'stuck'],
  ['Publishing the chart is beyond me.', 'stuck'],
  ['The harbour settings do not let me publish it.', 'stuck'],
  ['Three of the five buoys are painted.', 'unfinished'],
  ['The lantern shelf is untouched.', 'unfinished'],
  ['The dredger is next.', 'unfinished'],
  ['That alone did not help.', 'unfinished'],
  ['What I miss is the key to the lock room.', 'Get the key to the lock room'],
  ["I'd paint the hull separately.", 'Paint the hull'],
  ['The sluice is where I continue tomorrow.', 'Do the sluice'],
  ['Painting the crane is the next job.', 'Paint the crane'],
  ['The anchor is missing still.', 'Add the anchor'],
])('the door of its family lets it in: %s', (text, expected) => {
  const acts = assistantActs(readMessage(text));
  expect(acts.map((act) => (act.is === 'defer' ? act.title : act.is))).toContain(expected);
});
