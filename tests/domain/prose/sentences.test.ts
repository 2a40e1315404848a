import { describe, expect, test } from '@jest/globals';
import { clausesOf } from '../../../src/domain/prose/clauses.js';
import { sentencesOf } from '../../../src/domain/prose/sentences.js';

describe('sentences', () => {
  test.each([
    ['Bump it. Then ship!', ['Bump it.', 'Then ship!']],
    ['drop it. then add a flag', ['drop it.', 'then add a flag']],
    ['Use e.g. a.ts and v1.2.3 of it. Done', ['Use e.g. a.ts and v1.2.3 of it.', 'Done']],
    ['See https://x.test/a.b?c=d. Then go', ['See https://x.test/a.b?c=d.', 'Then go']],
    ['add a flag; update the manual', ['add a flag', 'update the manual']],
    ['red; green; blue', ['red; green; blue']],
    ['She said "stop." Then left', ['She said "stop."', 'Then left']],
    ['one line\nanother', ['one line', 'another']],
    ['追加してください。直してください。', ['追加してください。', '直してください。']],
    ['1. first one', ['1. first one']],
    ['... ! ?', []],
  ])('of %j', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });
});

describe('clauses', () => {
  test.each([
    ['add a cache and update the manual', ['add a cache', 'update the manual']],
    ['move the form from yup to zod', ['move the form from yup to zod']],
    ['give it an icon and colour', ['give it an icon and colour']],
    [
      'write the job, show me the query, then run it on staging',
      ['write the job', 'show me the query', 'run it on staging'],
    ],
    ['add a cache and make sure the tests pass', ['add a cache and make sure the tests pass']],
    ['add a cache without changing the API', ['add a cache without changing the API']],
    ['keep the old route until Friday', ['keep the old route until Friday']],
    ['cache it so that users can open and close tabs', ['cache it so that users can open and close tabs']],
    ['could you drop the flag, and also bump the version?', ['could you drop the flag', 'bump the version?']],
    [
      'Two things: drop the flag, bump the version, and tag it',
      ['Two things: drop the flag', 'bump the version', 'tag it'],
    ],
    ['find it and fix it', ['find it and fix it']],
    ['review and merge the branch', ['review and merge the branch']],
    ['add upload and download buttons', ['add upload and download buttons']],
    ['fix lint and run tests', ['fix lint', 'run tests']],
    ['when it fails, restart the worker', ['when it fails, restart the worker']],
    ['add a job to read the file and store the rows', ['add a job to read the file and store the rows']],
    ['rename the field and do not touch the fixtures', ['rename the field', 'do not touch the fixtures']],
    ['drop the flag (and keep the default)', ['drop the flag (and keep the default)']],
    ['the tests are green', ['the tests are green']],
  ])('of %j', (sentence, clauses) => {
    expect(clausesOf(sentence)).toEqual(clauses);
  });
});
