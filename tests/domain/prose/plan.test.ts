import { describe, expect, test } from '@jest/globals';
import { looksLikePlan, planItems, splitPlan } from '../../../src/domain/prose/plan.js';
import { cpuMsOf } from '../../support/cpu.js';

const titles = (plan: string): string[] => planItems(plan).map(({ title }) => title);

describe('steps of a plan', () => {
  test('numbered steps, without grounds and checks', () => {
    const plan = `# Tide tables

## Context
The harbour page shows yesterday's tides.
1. The cache never expires.
2. Nobody noticed.

## Goals
- Fresh tables every hour

## Steps
1. **Expire the cache** after an hour.
   - keep the last good answer
2. Fetch tables in the background: one request per harbour.
3. Banner for stale data.
4. Run the tests

## Verification
- Open the page twice
- [ ] Check that the clock moves

## Files to modify
- \`tides.ts\` — expire the cache

## Open questions
- Do we add buoys?`;
    expect(planItems(plan)).toEqual([
      {
        title: 'Expire the cache after an hour',
        quote: '**Expire the cache** after an hour.',
        number: 1,
        detail: '- keep the last good answer',
      },
      {
        title: 'Fetch tables in the background',
        quote: 'Fetch tables in the background: one request per harbour.',
        number: 2,
        detail: null,
      },
      { title: 'Banner for stale data', quote: 'Banner for stale data.', number: 3, detail: null },
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      'headings under changes',
      '## Changes\n\n### 1. Add a queue (`queue.ts`)\nBounded.\n- at most 50\n\n### 2. Drain it on stop\n\n## Verification\n1. Restart twice',
      ['Add a queue (queue.ts)', 'Drain it on stop'],
    ],
    [
      'steps as headings',
      '# Fix the clock\n\n## Step 1: Read the zone from the profile\nText.\n\n## Step 2: Test that it works\n\n## Step 3: Drop the old column',
      ['Read the zone from the profile', 'Drop the old column'],
    ],
    [
      'phases with lists',
      '# Migration\n\n## Phase 1: Schema\n1. Add the table\n2. Copy the rows\n\n## Phase 2 - Switch\n- Point readers at it\n- Remove the view',
      ['Add the table', 'Copy the rows', 'Point readers at it', 'Remove the view'],
    ],
    [
      'phases alone',
      '# Migration\n\n## Phase 1: Build the importer\nReads rows.\n\n## Phase 2: Import the archive\nAt night.',
      ['Build the importer', 'Import the archive'],
    ],
    [
      'groups of bullets',
      '## Implementation\n\n### Backend\n- Add the route\n- The route is slow today\n\n### Frontend\n- Show the badge',
      ['Add the route', 'Show the badge'],
    ],
    [
      'bold lines as headings',
      '**Background**\n- slow\n\n**To do**\n- index the names\n- names of streets too\n\n**Risks**\n- add nothing',
      ['Index the names', 'Names of streets too'],
    ],
    [
      'a label before the list',
      'Steps:\n1. Pin the base image\n2. Split the build\n\nSuccess criteria:\n1. Builds in a minute',
      ['Pin the base image', 'Split the build'],
    ],
    [
      'a bare list',
      '1. Rename the flag\n2. Warn about the old one\n3. Run npm test',
      ['Rename the flag', 'Warn about the old one'],
    ],
    ['boxes', '## Tasks\n- [x] Choose a name\n- [ ] Register the domain', ['Register the domain']],
    [
      'files with what to do',
      '## Changes\n- `a/b.ts`: add the guard\n- `a/c.ts` — remove the import',
      ['Add the guard (a/b.ts)', 'Remove the import (a/c.ts)'],
    ],
    [
      'one paragraph',
      'Move the parser into a worker so that the page stays responsive.',
      ['Move the parser into a worker so that the page stays responsive'],
    ],
    ['one paragraph that is no work', 'The parser is slow because it copies.', []],
    ['no work at all', '# Notes\n\n## Context\n1. It was slow.\n\n## Risks\n- Data may be lost', []],
    [
      'code is not read',
      '## Steps\n1. Add the hook:\n```ts\n- remove(all);\n2. nothing\n```\n2. Call it',
      ['Add the hook', 'Call it'],
    ],
    [
      'steps win over the approach',
      '## Approach\n1. New interface\n2. Implement it\n\n## Step-by-step\n1. Write the interface\n2. Implement it in the store',
      ['Write the interface', 'Implement it in the store'],
    ],
    [
      'what is left as it is',
      '## Changes\n1. Store: cache the names\n2. Router: no changes needed',
      ['Store: cache the names'],
    ],
    [
      'bugs',
      '# Two bugs\n\n## Bug 1: Clock runs backwards\n**Root cause**: leap second.\n\n## Bug 2: Tooltip stays open\nText.',
      ['Fix clock runs backwards', 'Fix tooltip stays open'],
    ],
    ['German', '## Schritte\n1. Tabelle anlegen\n2. Daten kopieren', ['Tabelle anlegen', 'Daten kopieren']],
  ])('%s', (_, plan, expected) => {
    expect(titles(plan)).toEqual(expected);
  });

  test('at most 60', () => {
    const plan = Array.from({ length: 90 }, (_, index) => `${index + 1}. Add part ${index}`).join('\n');
    expect(planItems(plan)).toHaveLength(60);
  });

  test.each([
    '- ',
    '1. a\n',
    '#',
    '# a\n',
    '**',
    '((((',
    '[ ] ',
    'Step 1: ',
    '```\n',
    '> ',
    '## Step 1: x\n',
    '  - add x\n',
    'Add: ',
    '<!--',
  ])('much of %j takes little time', (piece) => {
    const text = `## Steps\n${piece.repeat(1_000_000 / piece.length)}`;
    const spent = cpuMsOf(() => {
      planItems(text);
      looksLikePlan(text);
      looksLikePlan(`Implement the following plan: ${text}`);
    });
    expect(spent).toBeLessThan(1_000);
  });
});

describe('a plan in a message', () => {
  const plan = '# Tides\n\n## Steps\n1. Expire the cache\n2. Fetch in the background';
  test.each([
    'Implement the following plan:',
    'Please execute this plan.',
    'ok, go ahead with the plan below',
    'work through these steps, one commit each:',
    'Build the feature described here. Follow the spec below:',
    "Here's the plan:",
    'Implement this:',
    'Can you please implement this migration plan',
  ])('%s', (ask) => {
    expect(splitPlan(`${ask}\n\n${plan}`)).toEqual({ ask, plan });
  });

  test.each([
    'What do you think of this plan?',
    'Review the following plan:',
    'Summarize the plan below',
    'Write a plan for the tide tables, like this one:',
    "Don't implement this plan yet, only read it:",
    'These are the notes of our meeting:',
    'fix these please:',
  ])('is not handed over: %s', (ask) => {
    expect(splitPlan(`${ask}\n\n${plan}`)).toBeNull();
  });

  test('a message that is the plan', () => {
    expect(splitPlan(`# Implementation plan\n\n1. Expire the cache\n2. Fetch in the background`)?.ask).toBe('');
    expect(looksLikePlan('implement the plan')).toBe(false);
    expect(looksLikePlan('# Release notes\n\n- Added tides\n- Fixed the clock')).toBe(false);
  });
});
