import { expect, test } from '@jest/globals';
import { assistantActs } from '../../../src/domain/prose/assistant/index.js';
import { readReply } from '../../../src/domain/prose/blocks.js';

const told = (text: string): readonly string[] =>
  assistantActs(readReply(text)).flatMap((act) =>
    act.is === 'defer' ? [act.title] : 'about' in act ? [`${act.is}: ${act.about?.toLowerCase() ?? ''}`.trim()] : [],
  );

test.each<[string, readonly string[]]>([
  [
    'The kiosk has no spare socket, so the second screen stays dark until an electrician wires one.',
    ['Wire a spare socket'],
  ],
  ['Guests cannot check in at the north door until somebody prints new badges.', ['Print new badges', 'stuck: guests']],
  [
    "There's no free slot on the rota; the night shift stays empty until someone assigns one.",
    ['Assign a free slot', 'stuck: the night shift'],
  ],
  ["The barrier won't open before somebody plugs the sensor in.", ['Plug the sensor in', 'stuck: the barrier open']],
  ['Nobody has informed the caterers that the hall has changed.', ['Inform the caterers that the hall has changed']],
  ['No one has renewed the domain.', ['Renew the domain']],
  ['So far nobody has warned the divers yet.', ['Warn the divers']],
  ["I can't sail. The permit has to be extended by the office first.", ['stuck:', 'Extend the permit by the office']],
  ['Somebody should proofread the leaflet before it goes out.', ['Proofread the leaflet']],
  ['Someone ought to spot-check the totals on the real ledger.', ['Spot-check the totals on the real ledger']],
  ['The dock plan is what I pick up tomorrow.', ['Do the dock plan']],
  [
    'Two steps I have to leave to you: sign the form, and post it to the council.',
    ['Sign the form', 'Post the form to the council'],
  ],
  [
    'Three things are on your side: rotate the key, restart the relay and tell Ottilie.',
    ['Rotate the key', 'Restart the relay', 'Tell Ottilie'],
  ],
  ['One thing needs your login: publish the draft in the CMS.', ['Publish the draft in the CMS']],
  ['Whoever owns the pier has to run\n\n    harbour grant --all\n\nfirst.', ['Run harbour grant --all']],
  ['You still have to run this:\n```\nmake tide-chart\n```', ['Run make tide-chart']],
])('a step of somebody: %s', (text, want) => {
  expect(told(text)).toEqual(want);
});

test.each([
  'The page stays empty until someone clicks Load.',
  'The cache stays cold until somebody queries it.',
  'Nobody has complained so far.',
  'Nobody has used this flag since 2019.',
  'Things to know: use the new flag, and avoid the old one.',
  'This is where I start tomorrow.',
  'The permit has to be extended first.',
  'This is what the docs run:\n```\nmake docs\n```',
])('nobody has to do a thing: %s', (text) => {
  expect(told(text)).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ["I can't: the shed is locked.", ['stuck: all of it']],
  ["I couldn't, sadly. The key is with the janitor.", ['stuck: all of it']],
  ["The lamp is lit. The pump I could not reach. I'm not permitted to.", ['stuck: reach the pump', 'stuck:']],
  ['With the invoices I got nowhere: the portal answers 403.', ['stuck: the invoices']],
  ["I didn't get far with the chart import.", ['stuck: the chart import']],
  ['The move to Node 22 is a dead end for now.', ['stuck: the move to node 22']],
  ['The relay swap is at a standstill.', ['stuck: the relay swap']],
  ['The first idea was a dead end, so I used a queue instead.', []],
  ["Tickets: code is done, yet I can't get it over the line.", ['done: code', 'stuck: tickets']],
  ['Regarding the jetty, I made no headway.', ['stuck: the jetty']],
  ['The poster waits for the artwork.', ['stuck: the poster']],
  ['The importer waits for the file to appear.', []],
  ['Otherwise I need the logo from whoever drew it.', ['stuck:']],
  ["The archive can't be moved without an approval from the board.", ['stuck: the archive moved']],
  ["Users can't save before somebody logs in.", []],
  ['The role `mate` may not write to the log.', ['stuck: write to the log']],
  ['The inventory sheet is half way: the east wing is counted.', ['unfinished: the inventory sheet']],
  ['Docks is about two thirds through.', ['unfinished: docks']],
  ['The east gate is untouched so far.', ['unfinished: the east gate']],
  ['My context is nearly used up.', []],
  ["What I reported as fixed isn't.", ['unfinished:']],
  ['I spoke too soon, the bell is mute.', ['unfinished:']],
  ['The booking page is there: two fields and a button.', ['done: the booking page']],
  ['The lift works.', ['done: the lift']],
  ["That's how the lift works.", []],
  ['The API is unchanged.', []],
])('how far it is: %s', (text, want) => {
  expect(told(text)).toEqual(want);
});

test('a list that counts its loose ends holds work', () => {
  expect(told('Three loose ends:\n- paint the rail\n- oil the winch')).toEqual(['Paint the rail', 'Oil the winch']);
});
