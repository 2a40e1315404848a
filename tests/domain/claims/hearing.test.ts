/** What a conversation tells of work that is not its own. */
import { describe, expect, test } from '@jest/globals';
import { createGathering } from '../../../src/domain/gathering.js';
import type { ClaimFact } from '../../../src/domain/facts.js';
import { standingOf } from '../../../src/domain/tasks/index.js';
import { HOUR, readAll, START, talk, type Talk } from '../../support/builders.js';

const heard = async (...messages: readonly string[]): Promise<readonly (readonly [says: string, about: string])[]> => {
  const it = talk();
  messages.forEach((message, index) => (index % 2 === 0 ? it.user(message) : it.say(message)));
  const { facts } = await readAll(it.lines);
  return facts.filter((fact): fact is ClaimFact => fact.is === 'claim').map(({ says, about }) => [says, about]);
};

describe('news of work that this conversation does not know is told', () => {
  test.each([
    ['The search index is fixed now.', 'done', 'search index'],
    ['fyi search index: done', 'done', 'search index'],
    ['About the search index from last week: that is fixed now.', 'done', 'search index'],
    ['I had another look at the search index. That is fixed now.', 'done', 'search index'],
    ['Hey, that search index is sorted now. How is the weather?', 'done', 'search index'],
    ['The search index no longer crashes.', 'done', 'search index'],
    ['You can close the search index ticket.', 'done', 'search index'],
    ['mark the search index as done', 'done', 'search index'],
    ['The search index is no longer needed.', 'cancelled', 'search index'],
    ['forget the search index', 'cancelled', 'search index'],
    ['the search index is still broken', 'broken', 'search index broken'],
  ])('%s', async (text, says, about) => {
    expect(await heard(text)).toEqual([[says, about]]);
  });

  test('what was spoken of just before is meant by "that"', async () => {
    expect(
      await heard(
        'How did the search index end?',
        'Do you mean the search index of the wiki?',
        'yes, that is fixed now',
      ),
    ).toEqual([['done', 'Do you mean the search index of the wiki?']]);
  });
});

describe('nothing is told', () => {
  test.each([
    ['of a condition', 'Tell me when the search index is fixed.'],
    ['of a question', 'Is the search index fixed now?'],
    ['of a wish', 'The search index should be done by Friday.'],
    ['of a doubt', 'Maybe the search index is fixed.'],
    ['where nothing was named', 'That is fixed now.'],
  ])('%s', async (_, text) => {
    expect(await heard(text)).toEqual([]);
  });

  test('of work of this conversation, which is closed here', async () => {
    expect(
      await heard('Please fix the search index.', 'I will look at it later.', 'The search index is fixed now.'),
    ).toEqual([]);
  });
});

test('without a ledger, sessions that are read together settle what they say of each other, in any order', async () => {
  const one = (sessionId: string, at: number, text: string): Talk => {
    const it = talk({ sessionId, at });
    it.user(text);
    return it;
  };
  const sessions = [
    one('a', START, 'Please fix the search index.'),
    one('b', START + HOUR, 'The search index is fixed now.'),
    one('c', START + 2 * HOUR, 'The search index is still broken.'),
  ];
  for (const order of [sessions, sessions.toReversed()]) {
    const gathering = createGathering();
    for (const { lines } of order) {
      const { state, facts } = await readAll(lines);
      gathering.add(facts);
      gathering.add(facts);
      gathering.addFile(state.stats);
    }
    const [task, ...others] = gathering.known().tasks;
    expect(others).toEqual([]);
    expect(task?.events.map(({ status, why }) => [status, why])).toEqual([
      ['pending', null],
      ['completed', 'user-said'],
      ['in_progress', 'reopened'],
    ]);
    expect(task && standingOf(task).status).toBe('in_progress');
  }
});
