import { expect, test } from '@jest/globals';
import { assistantActs } from '../../../src/domain/prose/assistant/index.js';
import { readMessage } from '../../../src/domain/prose/blocks.js';
import type { AssistantAct } from '../../../src/domain/prose/model.js';
import { cpuMsOf } from '../../support/cpu.js';

const acts = (text: string): readonly AssistantAct[] => assistantActs(readMessage(text));
const left = (text: string): readonly string[] =>
  acts(text).flatMap((act) => (act.is === 'defer' || (act.is === 'box' && !act.checked) ? [act.title] : []));
const kinds = (text: string): readonly string[] => acts(text).map((act) => act.is);

test.each<[string, readonly string[]]>([
  ['The sync runs. I have not tried it with a slow network.', ['Try the sync with a slow network']],
  ['Works on Linux. macOS is untested.', ['Test macOS']],
  ['The mail part is written; the SMS part is not implemented yet.', ['Implement the SMS part']],
  ['I kept the shim since the app needs it; deleting that shim is left for a later release.', ['Delete the shim']],
  [
    'Old sessions end at once. They ought to go through a grace period, that is not built yet.',
    ['Build the grace period'],
  ],
  ['Somebody still has to order the new disks.', ['Order the new disks']],
  ['The pump log has no owner. I left that empty; that owner still has to be filled in.', ['Fill in the owner']],
  ["I didn't get to the invoice template.", ['Handle the invoice template']],
  ['The form is not finished: the hints are missing, and so is the footer.', ['Add the hints', 'Add the footer']],
  [
    'Two boilers use the old fitting, see `valve_b`. That swap is still to be scheduled.',
    ['Schedule the swap for valve_b'],
  ],
  ['The port is open to everyone, so the firewall has to be closed before this goes live.', ['Close the firewall']],
  ['What remains is the manual for the night shift.', ['Handle the manual for the night shift']],
  ['The seating plan still needs a legend.', ['Add a legend to the seating plan']],
  ["The uploader doesn't resume after a break yet.", ['Make the uploader resume after a break']],
  ["I'll write the press text tomorrow.", ['Write the press text']],
  ['TODO: shorten the intro.', ['Shorten the intro']],
  [
    'The pass works. There are two gaps: old cards hold one number and need a migration into the new list, and the gate has no button for visitors.',
    ['Migrate old cards into the new list', 'Add button for visitors to the gate'],
  ],
  ["What's missing is a sign at the door.", ['Handle a sign at the door']],
  ['The menu has no vegan dish so far.', ['Add a vegan dish to the menu']],
  ['The bell rings. Whether the neighbours hear it nobody knows so far.', ['Check whether the neighbours hear it']],
  ['All rooms are painted. Not in scope for now: the cellar stairs.', ['Handle the cellar stairs']],
  ["I left the pump alone, it'll have to be moved to the shed before the frost.", ['Move the pump to the shed']],
  [
    'Letters still carry the wrong logo. Somebody at the printer needs to send us the right one.',
    ['Send us the right logo'],
  ],
  [
    'The gate opens. Two steps are left for you. The card reader is still wired; pull it out of the wall. And book the electrician.',
    ['Pull the card reader out of the wall', 'Book the electrician'],
  ],
  [
    'Open: the sign at the door, and the rail on the stairs, which the code asks for.',
    ['Handle the sign at the door', 'Handle the rail on the stairs'],
  ],
  ["I was wrong. What I'd need is the log of the night shift.", ['Get the log of the night shift']],
  ['The handbook still describes the old entrance.', ['Update the handbook on the old entrance']],
  ["The move to the new hall hasn't happened yet.", ['Handle the move to the new hall']],
  ['Nobody has looked at the cellar, the inspector ran out of time.', ['Look at the cellar']],
  ['Whether the old keys still fit is unchecked.', ['Check whether the old keys still fit']],
  ['No load test has been run.', ['Run a load test']],
  ['The captions are in English for now.', ['Translate the captions']],
  ['A cleanup of the shed would be a good follow-up.', ['Clean up the shed']],
  ['The balcony will have to wait.', ['Handle the balcony']],
  ["Those guests have to be told about it, and I can't do that for you.", ['Tell those guests']],
  ['The parking permit is yours to make.', ['Handle the parking permit']],
])('work that is left in a sentence: %s', (text, titles) => {
  expect(left(text)).toEqual(titles);
});

test.each<[string, readonly string[]]>([
  ['Remaining:\n- Polish labels\n- sort the list by age', ['Polish labels', 'Sort the list by age']],
  ['## Next steps\n1. Print the badges\n2. Call the caterer', ['Print the badges', 'Call the caterer']],
  ['**Not tested:** large files, and files without a name.', ['Test large files', 'Test files without a name']],
  ['Next steps: paint the fence, and teach Ana the alarm code.', ['Paint the fence', 'Teach Ana the alarm code']],
  ['### Known gaps\n- **Paging** — not wired to the archive yet\n- None', ['Wire the paging to the archive']],
  ['- [ ] water the plants\n- [x] feed the cat', ['Water the plants']],
])('work that is left in a list: %s', (text, titles) => {
  expect(left(text)).toEqual(titles);
});

test.each<[string, readonly string[]]>([
  ["For this to take effect you'll need to set MAIL_KEY on the relay.", ['Set MAIL_KEY on the relay']],
  ['I could not start it here, so please run `make smoke` once on your laptop.', ['Run make smoke on your laptop']],
  [
    'The key was shown in the log: please revoke it today and create a new one.',
    ['Revoke the key and create a new one'],
  ],
  [
    'The lease has a clause on pets, so the owner has to approve the change first; please ask them.',
    ['Ask the owner to approve the change'],
  ],
  ["The alarm is off. Turn it on when you're ready.", ['Turn the alarm on']],
  ['Run the backup on the server after the deploy.', ['Run the backup on the server']],
  [
    'Two more things, and both are urgent:\n- the badge reader must be reset at the gate',
    ['Reset the badge reader at the gate'],
  ],
])('steps that are handed to a person: %s', (text, titles) => {
  expect(left(text)).toEqual(titles);
});

test.each([
  'Let me look at the router first, then I need to compare both tables.',
  'Now I need to move the import.',
  'As a general rule a job should be short, and you must never block the loop.',
  'A bad ticket must end in a refusal, since nobody has paid for it yet.',
  'If you ever went there, the pool would need to know which tables it holds.',
  'A cache could be added, or the query could be changed.',
  'The lookup fails because the index needs to be built first, which it is on start.',
  '## Recommendations\n- Consider a proxy\n- Rooms should be aired daily',
  'I did not touch the archive.',
  'The reader handles 10k rows at most, by design.',
  '> Next steps: sell the boat\n\nThat is the text of the letter.',
  'The note in the file says "not implemented yet", but the code is there.',
  'To use it, you need to install the driver.',
  'Run `make serve` and open the page to see it.',
  'The indexer has not re-read the folder yet, so the list may look old.',
  'Changes:\n- Did NOT add them to the ledger',
  'The lookup was failing when the visit had no ticket yet.',
  'If we wanted that, somebody would have to rebuild the stairs.',
  'I renamed the column. The tests pass and nothing is left to do.',
  'What I changed:\n- Replaced the pump\n- Added a valve that must be opened by hand in winter',
])('no work is left: %s', (text) => {
  expect(left(text)).toEqual([]);
});

test.each<[string, Partial<AssistantAct>]>([
  ['I could not renew the passport: I have no access to the portal.', { is: 'stuck', about: 'renew the passport' }],
  ["Nothing has been ordered. I'll wait for Ada's go.", { is: 'stuck', on: "Ada's go" }],
  ['The draft stays in the folder until you decide.', { is: 'stuck', about: 'the draft' }],
  ["No luck with either: this badge isn't allowed to open doors.", { is: 'stuck', about: 'either' }],
  ["I'm not permitted to empty the safe.", { is: 'stuck', about: 'empty the safe' }],
  ["I can't continue on this one before I have the floor plan.", { is: 'stuck', about: null }],
  ["The landlord would have to sign it, until then there's nothing to rent.", { is: 'stuck', about: 'rent' }],
  ["Then I have to pass. I've tried what I could think of.", { is: 'stuck', about: null }],
  ['Booking wants a password, and that only lives in your vault.', { is: 'stuck', about: 'Booking' }],
  ['The seating stands still until you have talked to Ines.', { is: 'stuck', about: 'the seating' }],
  ['The tenor part is half rewritten.', { is: 'unfinished', about: 'the tenor part', begun: true }],
  ['The cloakroom is next.', { is: 'unfinished', about: 'the cloakroom', begun: false }],
  ["That didn't help: the lamp flickers as before.", { is: 'unfinished', begun: true }],
  ['The leak is not fixed.', { is: 'unfinished', about: 'the leak', begun: true }],
  ['I have not started the inventory.', { is: 'unfinished', about: 'the inventory', begun: false }],
  ['The kitchen is done. Next is the attic.', { is: 'unfinished', about: 'the attic', begun: false }],
  ['Fine, no banner then.', { is: 'dropped', about: 'banner' }],
  ["Noted. I'll leave it for a quiet day.", { is: 'noted' }],
  ['I replaced the lock.', { is: 'done', about: 'the lock' }],
  ['I could sort the shelf by year. Want me to?', { is: 'offer', title: 'Sort the shelf by year' }],
  ['If you like I can also label the boxes.', { is: 'offer', title: 'Label the boxes' }],
  ['### 2. Open window in the hall (high)', { is: 'finding', number: 2, title: 'Open window in the hall' }],
])('what else is said: %s', (text, act) => {
  const said = acts(text).map((one) =>
    'about' in one && one.about !== null ? { ...one, about: one.about.replace(/^The /, 'the ') } : one,
  );
  expect(said).toContainEqual(expect.objectContaining(act));
});

test('an urgent lead and a severity in a heading state a priority', () => {
  const [urgent] = acts('Two more things, and both are urgent:\n- the gate code must be changed');
  expect(urgent).toMatchObject({ is: 'defer', stated: { priority: 'high' } });
  expect(acts('### 1. Loose cable (low)')[0]).toMatchObject({ is: 'finding', stated: { priority: 'low' } });
});

test('narration is told from reports', () => {
  expect(kinds('Let me read the plan.')).toEqual(['narration']);
  expect(kinds('Next I need to update the label.')).toEqual(['narration']);
});

test.each([
  ['open brackets', 'TODO: ((((('],
  ['words', 'a '],
  ['negations', 'I have not not not yet '],
  ['commas', 'still, and, so, '],
  ['labels', 'Remaining: x and y; '],
  ['lines', '- not done yet\n'],
])('a megabyte of %s is read in time', (_, piece) => {
  const message = readMessage(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  const spent = cpuMsOf(() => {
    assistantActs(message);
  });
  expect(spent).toBeLessThan(1_000);
});

test('any string is read', () => {
  for (const text of [
    '',
    ' ',
    '\u0000',
    '```',
    '# ',
    '- ',
    '1. ',
    '“',
    'TODO:',
    '\ud800',
    'not',
    'it is not',
    ': not done',
    '— not tested',
  ]) {
    expect(() => acts(text)).not.toThrow();
  }
});

test.each<[string, readonly string[]]>([
  ['The sort is in. The Thai fonts I never looked at.', ['Look at the Thai fonts']],
  ["The seed data is the one piece I haven't got to.", ['Handle the seed data']],
  ["Porting the tests is another day's work.", ['Port the tests']],
  ['The upload key is still in the chat log, rotate it.', ['Rotate the upload key']],
  [
    "We had no printer around, so whether the umlauts come out there is anyone's guess.",
    ['Check whether the umlauts come out on a printer'],
  ],
  ['The flag must go away before 2.0 ships.', ['Remove the flag']],
  ["What it hasn't had is a load test.", ['Run a load test']],
  ["I can't log in to the printer: could you restart it once?", ['Restart the printer']],
  ['Two things are outstanding, namely a walk test and the spare key.', ['Add a walk test', 'Handle the spare key']],
  ['The workers read the queue, move it and restart.', []],
])('work named in passing: %s', (text, titles) => {
  expect(left(text)).toEqual(titles);
});

test.each<[string, string, string]>([
  ['The archive portal is closed to me: only the registry has a login.', 'stuck', 'archive portal'],
  ['The nightly export came to nothing: the host cannot be reached.', 'stuck', 'nightly export'],
  ["I'll hold the banner back until marketing says yes.", 'stuck', 'banner'],
  ['Six of the nine forms are converted.', 'unfinished', 'forms'],
  ['The invoices are as wrong as they were.', 'unfinished', 'invoices'],
  ['The rebuild finished in the meantime, too.', 'done', 'rebuild'],
  ['Python 3.8 is no longer tested.', 'done', 'Python 3.8'],
])('how it stands: %s', (text, is, about) => {
  expect(acts(text)).toEqual([expect.objectContaining({ is, about: expect.stringContaining(about) })]);
});

test('what people do with a thing is no halt', () => {
  expect(kinds('The list is a view, so it costs nothing until somebody queries it.')).not.toContain('stuck');
  expect(kinds('Requests are still served while the main thread is stuck.')).not.toContain('stuck');
});

test.each<[string, readonly string[]]>([
  ['Pressing the bell opens the gate and resets the counter.', []],
  ['The walls are up. Roof now.', ['unfinished']],
  ['The bench is a crate for now.', []],
  ['I left the old gate open for now.', ['unfinished']],
  ['To print the badges I need the font file from the agency.', ['stuck']],
  ["The drawing is behind a login I don't have.", ['stuck']],
  ['The valve is unchanged until the supplier names the pressure.', ['stuck']],
])('%s is %j', (text, want) => {
  expect(kinds(text).filter((kind) => kind !== 'defer')).toEqual(want);
});
