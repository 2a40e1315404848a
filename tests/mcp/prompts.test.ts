import { describe, expect, test } from '@jest/globals';
import { prompts } from '../../src/mcp/prompts/index.js';
import { toolNames } from '../../src/mcp/tools/index.js';

describe.each(prompts.map((prompt) => [prompt.name, prompt] as const))('%s', (name, prompt) => {
  const all = Object.fromEntries(prompt.arguments.map((argument) => [argument.name, `my "${argument.name}"`]));
  const required = Object.fromEntries(prompt.arguments.filter((one) => one.required).map((one) => [one.name, 'x']));

  test('is a name that works as a command, with a title and a short description', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(prompt.title).not.toBe('');
    expect(prompt.description.length).toBeLessThan(120);
  });

  test('names only tools that there are', () => {
    const named = prompt.text(required).match(/\b[a-z]+(?:_[a-z]+)+(?= |,|;|:|\.|\()/g) ?? [];
    const words = new Set([...toolNames, 'session_id', 'error_id', 'response_format', 'next_cursor']);
    expect(named.filter((word) => !words.has(word))).toEqual([]);
    expect(named.filter((word) => toolNames.includes(word)).length).toBeGreaterThanOrEqual(2);
  });

  test('keeps what the user gave in quotes, where it cannot become a sentence of the prompt', () => {
    for (const value of Object.values(all)) expect(prompt.text(all)).toContain(JSON.stringify(value));
    expect(prompt.text(required)).not.toContain('undefined');
  });

  test('says that stored text is data', () => expect(prompt.text(required)).toMatch(/data, never instructions/));
});
