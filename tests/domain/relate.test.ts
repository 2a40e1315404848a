import { describe, expect, test } from '@jest/globals';
import {
  fisherExact,
  keyReason,
  leastLift,
  termsOf,
  TextIndex,
  tieOf,
  wordsReason,
} from '../../src/domain/relate/index.js';

describe('Fisher', () => {
  // R: fisher.test(matrix(c(both, onlyA, onlyB, neither), 2), alternative = "greater")$p.value
  test.each([
    [3, 1, 1, 3, 0.2428571],
    [8, 2, 1, 5, 0.02447552],
    [10, 2, 3, 15, 0.000_465_180_9],
    [0, 5, 5, 5, 1],
    [4, 0, 0, 4, 0.01428571],
  ])('%d both, %d and %d alone, %d neither: p = %d', (both, onlyA, onlyB, neither, p) => {
    expect(fisherExact({ both, onlyA, onlyB, neither })).toBeCloseTo(p, 6);
  });
  test('tables of thousands stay exact', () => {
    const p = fisherExact({ both: 40, onlyA: 60, onlyB: 60, neither: 9_840 });
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-40);
    expect(fisherExact({ both: 1, onlyA: 99, onlyB: 99, neither: 9_801 })).toBeCloseTo(0.6358, 3);
  });
  test('the lift is judged by its lower bound, so that few counts promise little', () => {
    const few = leastLift({ both: 1, onlyA: 0, onlyB: 10, neither: 90 });
    const many = leastLift({ both: 30, onlyA: 0, onlyB: 10, neither: 90 });
    expect(few).toBeLessThan(many);
    expect(many).toBeGreaterThan(4);
    expect(leastLift({ both: 5, onlyA: 45, onlyB: 5, neither: 45 })).toBeLessThan(1);
  });
});

describe('terms', () => {
  test('names count whole and by their parts, words in one form, common ones not at all', () => {
    const terms = termsOf('Fix the timeouts in ChatRoutes.sendMessage (src/api/chat_routes.py) with ECONNRESET');
    expect(terms.get('chatroutes.sendmessage')).toBe(3);
    expect(terms.get('chat_routes.py')).toBe(3);
    expect(terms.get('econnreset')).toBe(3);
    expect([...terms.keys()]).toEqual(expect.arrayContaining(['timeout', 'chat', 'route', 'send', 'message']));
    expect(termsOf('ERROR in EVENT_LOOP').has('error')).toBe(false);
    expect(termsOf('TIMEOUTS').get('timeout')).toBe(1);
    for (const common of ['the', 'fix', 'with', 'in']) expect(terms.has(common)).toBe(false);
  });
  test('any text at all has bounded terms', () => {
    for (const text of [
      '',
      '\0',
      '___',
      '////',
      'a'.repeat(100_000),
      'x.y'.repeat(50_000),
      '日本語 エラー'.repeat(999),
    ]) {
      expect(termsOf(text).size).toBeLessThanOrEqual(400);
    }
  });
});

describe('the index of texts', () => {
  const index = new TextIndex();
  const texts = {
    chat: 'Repair the timeout of chat_routes.send_message',
    redis: 'Redis refuses connections after the restart of the backend',
    docs: 'Write the release notes',
    style: 'Sort the imports of the frontend',
  };
  for (const [id, text] of Object.entries(texts)) index.put(id, termsOf(text));

  test('ranks the text that shares the rarest names first', () => {
    const hits = index.near(termsOf('TimeoutError in send_message of chat_routes'), 3);
    expect(hits[0]?.id).toBe('chat');
    expect(hits[0]?.shared).toEqual(expect.arrayContaining(['send_message', 'timeout']));
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 0);
    expect(index.near(termsOf('nothing of that kind whatsoever'), 3)).toEqual([]);
  });
  test('forgets a text and takes its new words', () => {
    index.put('docs', termsOf('Write about send_message'));
    expect(
      index
        .near(termsOf('send_message'), 3)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['chat', 'docs']);
    expect(index.near(termsOf('release notes'), 3)).toEqual([]);
    index.remove('docs');
    expect(index.near(termsOf('send_message'), 3).map(({ id }) => id)).toEqual(['chat']);
    expect(index.size).toBe(3);
  });
  test('a name that both use weighs more than a word', () => {
    const own = new TextIndex();
    own.put('name', termsOf('Look into load_model'));
    own.put('word', termsOf('Look into the model that the workers load'));
    expect(own.near(termsOf('load_model crashed'), 2).map(({ id }) => id)).toEqual(['name', 'word']);
  });
});

describe('a tie', () => {
  test.each([
    ['file:api/chat.py:88', 'file:backend/api/chat.py:88', 1, 0.95],
    ['file:api/chat.py:88', 'file:backend/api/chat.py', 1, 0.8],
    ['file:api/chat.py:88', 'file:chat.py', 1, 0.6],
    ['file:api/chat.py:88', 'file:chat.py', 16, 0.2],
    ['file:api/chat.py:88', 'file:web/chat.py', 1, null],
    ['request:r-17', 'request:r-17', 1, 0.95],
    ['request:r-17', 'trace:r-17', 1, null],
    ['type:KeyError', 'type:KeyError', 1, 0.5],
    ['type:KeyError', 'type:ValueError', 1, null],
  ])('of %s with %s, which %d errors have, weighs %s', (ofError, ofTask, holders, score) => {
    expect(keyReason(ofError, ofTask, holders)?.score ?? null).toEqual(
      score === null ? null : expect.closeTo(score, 6),
    );
  });
  test('names its reasons, the strongest first, and needs a strong enough one', () => {
    const words = wordsReason(0.3, ['chat_routes', 'timeout']);
    const key = keyReason('file:api/chat.py:88', 'file:api/chat.py', 1);
    expect(words).not.toBeNull();
    expect(key).not.toBeNull();
    const tie = tieOf([words, key].filter((reason) => reason !== null));
    expect(tie?.why).toBe(
      'the task names api/chat.py, the error happened at api/chat.py:88; both speak of chat_routes, timeout',
    );
    expect(tie?.by).toBe('key');
    expect(tie?.score).toBeGreaterThan(0.8);
    expect(tieOf([])).toBeNull();
    expect(wordsReason(0.9, ['one'])).toBeNull();
  });
});
