import { expect, test } from '@jest/globals';
import { assistantActs } from '../../../src/domain/prose/assistant/index.js';
import { readReply } from '../../../src/domain/prose/blocks.js';

const acts = (text: string) => assistantActs(readReply(text));
const left = (text: string): readonly string[] => acts(text).flatMap((act) => (act.is === 'defer' ? [act.title] : []));
const stood = (text: string): readonly string[] =>
  acts(text).flatMap((act) =>
    act.is === 'stuck' || act.is === 'unfinished' || act.is === 'narration'
      ? [act.is === 'narration' || act.about === null ? act.is : `${act.is}: ${act.about}`]
      : [],
  );

test.each<[string, readonly string[]]>([
  [
    "The handbook page doesn't know the lever yet, that's the only bit I skipped.",
    ['Mention the lever in the handbook page'],
  ],
  ["Norway would want a pilot's number; that's not in.", ["Add a pilot's number for Norway"]],
  ['Denmark will need its own tariff, which isn’t in.', ['Add a tariff for Denmark']],
  ['The planner has no idea of leap years yet; I passed over that.', ['Teach the planner leap years']],
  ['The one thing I left out is the tide column.', ['Handle the tide column']],
  ['I had no tablet to try the new form on.', ['Try the new form on a tablet']],
  ['There was no spare crane to run the drill with.', ['Run the drill with a spare crane']],
  [
    'I could only simulate it; no buoy here, so that is worth a try on a real one before you sail.',
    ['Try the change on a real buoy'],
  ],
  ['I only compiled it. Worth a run on the board before you ship it.', ['Try the change on the board']],
  ['The key is the berth number. It has to become a token before that page goes public.', ['Make the key a token']],
  [
    'The names live in the signals repo, so somebody with access has to change them there.',
    ['Change them in the signals repo'],
  ],
  ['The tide poster I leave for September.', ['Handle the tide poster']],
  ["The ferry app isn't part of it.", ['Handle the ferry app']],
  ["That log wants to be keyed by berth. I haven't begun with it.", ['Have the log keyed by berth']],
  ['In drawer 12 a label came off; the light is bad there, so that one is for you to check.', ['Check drawer 12']],
  ['Not covered: the logs of pier 2. The gate is shut, so they still need to be read.', ['Read the logs of pier 2']],
  [
    'One loose end: the tariff lives in rates.csv only. The kiosk reads harbour/kiosk.csv, so the same tariff still has to go in there or the till will be wrong.',
    ['Make the same tariff go in harbour/kiosk.csv'],
  ],
])('work that is told in passing: %s', (text, want) => {
  expect(left(text)).toEqual(want);
});

test.each([
  "I left the bell as it is because that's the only way the gate hears it.",
  'The reader takes up to 64 boats, which is plenty.',
  "That's not in the almanac, so we can't use it.",
  'The list has no header, so I take the first line as a boat.',
  "The library doesn't know leap seconds yet.",
  "This would need a second pump; that's not worth it.",
  'A run on a real boat is worth having now and then.',
  'For that one needs patience.',
])('nothing is left: %s', (text) => {
  expect(left(text)).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ["The settings of this ship don't let me open the valve; you'd have to allow it.", ['stuck: open the valve']],
  ["I've held off on the berth list.", ['stuck: the berth list']],
  ['The winch I held back: the rope is too old.', ['stuck: The winch']],
  ['No launch, the lock asks for your passphrase.', ['stuck: launch']],
  ['No errors, and the log needs no password.', []],
  ['For the alarm I only need a name from you.', ['stuck: the alarm']],
  ['For the drill I need a rope, tying one.', []],
  ["The survey can't continue from my side: it takes three readings from your scale.", ['stuck: The survey']],
  ['I come in as a guest there and may not write in the book.', ['stuck']],
  ['It takes somebody with a key to the shed.', ['stuck']],
  ['The harbour people have to move it first.', ['stuck']],
  ['So this wants a word from your pilot before it goes in.', ['stuck']],
  ['Send me the readings and I fill in the sheet.', ['stuck']],
  ['I tried it twice and the bell stays red both times, so I reverted my attempts.', ['stuck']],
  ['I reverted the commit on the bell, as you asked.', []],
  ['The copy is running, 40 of 212 so far.', ['unfinished: the copy']],
  ['The server is running in the background.', []],
  ["The bell fix isn't finished.", ['unfinished: the bell fix']],
  ['The plan is in the vault, let me fetch it.', ['narration']],
])('how it stands: %s', (text, want) => {
  const plain = (all: readonly string[]) => all.map((one) => one.toLowerCase());
  expect(plain(stood(text))).toEqual(plain(want));
});
