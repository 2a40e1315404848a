import { describe, expect, it } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const said = (text: string): readonly string[] =>
  (userActs(readMessage(text), { isAsking: false, numbers: [], topics: [] }) ?? []).map((act) =>
    'title' in act ? `${act.is}: ${act.title ?? ''}` : 'about' in act ? `${act.is}: ${act.about ?? ''}` : act.is,
  );

describe('clauses that mean one thing wherever they stand', () => {
  it.each<[string, readonly string[]]>([
    ['is there any way the sidebar could stay folded?', ['ask: Make the sidebar stay folded']],
    ["any chance that's related to the cache?", []],
    ['back from the dentist. rename the button to Save', ['ask: Rename the button to Save']],
    ['the heatmap: marketing went off it. bin it', ['cancel: the heatmap']],
    ['the testers get a build from me on Friday', ['promise: Send a build to the testers']],
    ["I'll share the draft with Priya tomorrow", ['promise: Share the draft with Priya']],
    ["I'll show you the log", []],
    ['leave the internal routes out of the docs', ['ask: Leave the internal routes out of the docs']],
    ['leave the migration out of this PR', ['cancel: migration']],
    [
      'iOS and Android handle this differently. Add tests for both.',
      ['ask: Add tests for iOS', 'ask: Add tests for Android'],
    ],
    ['it would also be lovely to have a dark theme', ['ask: Add a dark theme']],
    ['the certs are dealt with, Omar replaced them', ['done: certs']],
    ['Irgendwann wäre ein Dunkelmodus ganz nett', ['ask: Dunkelmodus einbauen']],
  ])('%s', (text, want) => {
    expect(said(text)).toEqual(want);
  });

  it.each([
    ["we can't release 2.1 with the debug menu on, that menu has to go first", 'high'],
    ['the importer crashes on empty files. needs a hotfix today', 'high'],
    ["I'll mail the vendor tonight", null],
    ['Irgendwann wäre ein Dunkelmodus nett, eilt überhaupt nicht.', 'low'],
  ])('how pressing: %s', (text, priority) => {
    const acts = userActs(readMessage(text), { isAsking: false, numbers: [], topics: [] }) ?? [];
    const work = acts.flatMap((act) =>
      act.is === 'ask' || act.is === 'promise' ? [act.stated?.priority ?? null] : [],
    );
    expect(work).toEqual([priority]);
  });
});
