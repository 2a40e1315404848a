/** What short words amid the work make of its tasks: one story a row. */
import { expect, test } from '@jest/globals';
import { readAll, seen, shown, talk, type Talk } from '../../support/builders.js';

const edit = (it: Talk): string =>
  it.tool('Edit', { file_path: '/work/ferry/src/map.ts', old_string: 'a', new_string: 'b' });
const both = (it: Talk): void => {
  it.user('Please cache the ferry map and translate the timetable.');
  edit(it);
  it.say('The ferry map is cached. I have not translated the timetable yet.');
};
const asked = (it: Talk): void => {
  it.user('Please cache the ferry map.');
  it.tool('Bash', { command: 'git branch' });
  it.say('Before I start: which branch should I work on?');
};
const listed = (it: Talk): void => {
  it.say(
    'What I would do next:\n1. Cache the ferry map\n2. Translate the timetable\n3. Rotate the harbour keys\nWhich of these?',
  );
};
const [MAP, TABLE, KEYS] = ['Cache the ferry map', 'Translate the timetable', 'Rotate the harbour keys'];

test.each<[string, (it: Talk) => void, readonly string[]]>([
  ['just tried it, still lands in Oslo', both, [`${MAP}: in_progress`, `${TABLE}: pending`]],
  ['Odile translated the timetable yesterday', both, [`${MAP}: completed`, `${TABLE}: completed`]],
  ['Never mind the timetable, Odile has done it', both, [`${MAP}: completed`, `${TABLE}: completed`]],
  ['postpone the timetable', both, [`${MAP}: completed`, `${TABLE}: pending`]],
  ['agreed, next sprint', both, [`${MAP}: completed`, `${TABLE}: pending`]],
  ['Leave that part to me.', both, [`${MAP}: completed`, `${TABLE}: pending`]],
  ['The timetable has to wait for the harbour office', both, [`${MAP}: completed`, `${TABLE}: blocked`]],
  ['ok, then without the timetable', both, [`${MAP}: completed`, `${TABLE}: cancelled`]],
  ['on the main branch please', asked, [`${MAP}: pending`]],
  ['Never mind, I changed my mind.', asked, [`${MAP}: cancelled`]],
  ['1 please, 2 is by design, 3 next week', listed, [`${MAP}: pending`, `${KEYS}: pending`]],
  ['all except the timetable', listed, [`${MAP}: pending`, `${KEYS}: pending`]],
  ['the ferry map and the harbour keys please', listed, [`${MAP}: pending`, `${KEYS}: pending`]],
])('%s', async (said, tell, tasks) => {
  const it = talk();
  tell(it);
  it.user(said);
  const found = seen(await readAll(it.lines)).map(({ title, status }) => `${title}: ${status}`);
  expect(found.sort()).toEqual([...tasks].sort());
});

test('what was told as done and is not is work, though nobody asked for it', async () => {
  const it = talk();
  it.say('Fixed: the kiosk no longer prints a ticket twice.');
  it.user('Still prints twice on the old kiosks.');
  expect(shown(await readAll(it.lines))).toEqual(['Fix: Still prints twice on the old kiosks: in_progress']);
});
