import { describe, expect, it } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const said = (text: string): readonly string[] =>
  (userActs(readMessage(text), { isAsking: false, numbers: [], topics: [] }) ?? [])
    .filter(({ is }) => is !== 'failure')
    .map((act) =>
      'title' in act ? `${act.is}: ${act.title ?? ''}` : 'about' in act ? `${act.is}: ${act.about ?? ''}` : act.is,
    );

describe('chores that somebody did', () => {
  it.each([
    ['router part is sorted, did that on saturday', 'router part'],
    ['reception knows, I called them this morning', 'reception'],
    ['key is in the vault', 'key'],
    ['ops opened the port this morning', 'port'],
    ['they have merged the schema pr', 'schema pr'],
    ['told the suppliers yesterday', 'tell the suppliers'],
    ['my boss signed the contract', 'contract'],
    ['petra checked the totals', 'check the totals'],
    ['the bucket exists now', 'bucket'],
    ["secret's set on the server", 'secret'],
    ['on the tablet I looked already', 'check tablet'],
    ['dns points to the new box since noon', 'dns'],
    ["i'm done with the screenshots", 'screenshots'],
  ])('%s', (text, about) => {
    expect(said(text)).toEqual([`done: ${about}`]);
  });

  it.each([
    'i opened the page',
    'the bug is in the parser',
    'ops will open the port',
    'if ops opened the port we can go on',
    'the modal is open',
  ])('nothing done: %s', (text) => {
    expect(said(text).filter((one) => one.startsWith('done'))).toEqual([]);
  });
});

describe('a thing that is named first', () => {
  it.each([
    ['the glossary: marketing does its own now, bin that one', 'cancel: glossary'],
    ['sso: turned out nobody wants it, drop it', 'cancel: sso'],
    ['as for the wizard, leave it out', 'cancel: wizard'],
    ['no more need for the leaderboard', 'cancel: leaderboard'],
    ["leaderboard's been cancelled", 'cancel: leaderboard'],
    ["undo: hmm, let's keep that for phase 2 after all", 'ask: Undo'],
    ['dark mode: not now, phase 2 maybe', 'ask: Dark mode'],
    ['the space check can live in 4.3', 'ask: Space check'],
  ])('%s', (text, act) => {
    expect(said(text)).toEqual([act]);
  });

  it('is code to be changed where it is a part of code', () => {
    expect(
      said('the legacy column: nothing reads it, drop it').filter((one) => one.startsWith('cancel: legacy')),
    ).toEqual([]);
  });
});
