import { describe, expect, it } from '@jest/globals';
import { readMessage, userActs } from '../../../src/domain/prose/index.js';

const said = (text: string, isAsking = false): readonly string[] =>
  (userActs(readMessage(text), { isAsking, numbers: [], topics: [] }) ?? [])
    .filter(({ is }) => is !== 'failure' && is !== 'broken')
    .map((act) =>
      'title' in act ? `${act.is}: ${act.title}` : 'about' in act ? `${act.is}: ${act.about ?? ''}` : act.is,
    );

describe('what would be so, if it was up to the user', () => {
  it.each([
    ["i'd like it if the sidebar stayed open after a reload", 'Make the sidebar stay open after a reload'],
    ["we'd prefer it if the export ran in the background", 'Make the export run in the background'],
    ['i wish the map remembered the last zoom level', 'Make the map remember the last zoom level'],
    ['if only the calendar showed week numbers', 'Make the calendar show week numbers'],
    ["wouldn't it be nicer if the tabs wrapped onto a second row?", 'Make the tabs wrap onto a second row'],
    ['would love for the timeline to show weekends in grey', 'Make the timeline show weekends in grey'],
    ["i'd be happy if the table scrolled sideways", 'Make the table scroll sideways'],
    ['it would make my day if the search box kept the focus', 'Make the search box keep the focus'],
    ['I wish I could undo a merge', 'Make it possible to undo a merge'],
    ['i wish there was a way to pin a room', 'Add a way to pin a room'],
    ["I'd appreciate it if you could add a readme", 'Add a readme'],
    ["it'd be nice if the app didn't ask for the password twice", 'Make the app not ask for the password twice'],
    ["what's missing is a way to export the rooms", 'Add a way to export the rooms'],
    ['one thing I really need is an undo for deletions', 'Add an undo for deletions'],
    ['what we do need before the fair is a price list', 'Add a price list'],
    ["the thing I'm after is a filter for archived rows", 'Add a filter for archived rows'],
  ])('%s', (text, title) => {
    expect(said(text)).toEqual([`ask: ${title}`]);
  });

  it.each([
    'if only it was that easy',
    'i wish you had told me',
    'I wish I knew why that happens',
    'what I need is an answer',
    "I'd like it if you waited for Tom",
    'would it be better if we used postgres?',
  ])('nothing: %s', (text) => {
    expect(said(text)).toEqual([]);
  });

  it('takes why it is wanted for no fault', () => {
    expect(said("i'd love it if the dial snapped to full hours. it jitters so much")).toEqual([
      'ask: Make the dial snap to full hours',
    ]);
  });
});

describe('what is shown and what is to be shown', () => {
  it.each([
    ['the banner still says "Welcome 2023", make that 2024', 'Make the banner say 2024'],
    ['the footer still says 2021. make that 2022', 'Make the footer say 2022'],
    ['button says "Sign in", make it "Log in"', 'Make the button say "Log in"'],
    ['the retry count is 3 at the moment, make it 5', 'Set the retry count to 5'],
    ['the cache ttl is 60, set it to 300', 'Set the cache ttl to 300'],
  ])('%s', (text, title) => {
    expect(said(text)).toEqual([`ask: ${title}`]);
  });

  it.each(['it shows 3, make it 4', 'the heading says Stays'])('nothing: %s', (text) => {
    expect(said(text)).toEqual([]);
  });
});
