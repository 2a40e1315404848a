/** Documents that were pasted without a mark: talks of others, reviews, prompts of a review tool. */
import { cued } from '../../cue/index.js';
import type { Block, Message, UserAct } from '../model.js';
import { titleOf } from '../title.js';

const SPEAKER = /^(?:user|human|agent|assistant|claude|ai|system|me|you|bot)\s*:/i;
const REVIEW =
  /^(?:(?:here(?:'s| is| are)|some|more|new|latest|the|another|next|final|ok|and)[, ]+)*((?:more |pr |mr |code |the |new |latest |reviewer'?s? |review(?:er)? |copilot |coderabbit |bugbot |codex |gemini |greptile )*(?:review(?:er)? (?:feedback|comments?|remarks)|feedback|code review|review comments?|pr (?:feedback|comments|review)|comments from .{2,30}))\b(.{0,80})$/i;
const AROUND = /^in `?@?[\w./-]+`? (?:around|at|on|near) lines? \d+/i;
const FEW = 4;
const LONG = 600;
const SHORT = 160;

/** The blocks that the user wrote: what stands before a pasted talk between others. */
export function withoutTalk(blocks: readonly Block[]): readonly Block[] {
  const at = blocks.findIndex(({ text }) => SPEAKER.test(text));
  if (at < 0 || blocks.filter(({ text }) => SPEAKER.test(text)).length < 2) return blocks;
  return blocks.slice(0, at);
}

/** A review that is pasted as it is, under a line that only says so: it is to be worked through as one. */
export function reviewIn({ blocks, pasted }: Message): readonly UserAct[] | null {
  const first = blocks[0];
  if (first === undefined) return null;
  const quote = first.text.slice(0, 200);
  if (AROUND.test(first.text)) {
    const said = cued(
      /[;,] (?:instead )?((?:change|update|replace|remove|add|move|make|rename|use|fix|wrap|guard|ensure|convert|extract|validate|handle|avoid|delete|await|return|set)\b.{8,200})/i,
    ).exec(first.text)?.[1];
    const title = titleOf((said ?? first.text).split(/[;(]/, 1)[0] ?? first.text);
    return [{ is: 'ask', kind: 'change', title, stated: null, later: null, quote }];
  }
  const lines = first.text.split(/(?<=:) /, 1)[0] ?? first.text;
  const found = REVIEW.exec(lines.length < 120 ? lines : '') ?? REVIEW.exec(first.text.slice(0, 100));
  const items = blocks.filter(({ kind, text }) => kind !== 'paragraph' && kind !== 'heading' && text.length < SHORT);
  const size = blocks.reduce((sum, { text }) => sum + text.length, 0);
  // A list of short remarks is read one by one.
  if (
    found === null ||
    blocks.length < FEW ||
    items.length * 2 > blocks.length ||
    (size < LONG && blocks.length < FEW * 2 && pasted.length === 0)
  )
    return null;
  const what = (found[1] ?? 'review').trim().replace(/^(?:more|new|latest|the) /i, '');
  const rest = (found[2] ?? '').replace(/[\s:]+$/, '').replace(/:.*$/, '');
  return [
    {
      is: 'ask',
      kind: 'change',
      title: titleOf(`Address the ${what.charAt(0).toLowerCase()}${what.slice(1)}${rest}`),
      stated: null,
      later: null,
      quote,
    },
  ];
}
