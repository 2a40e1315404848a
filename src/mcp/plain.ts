/**
 * The last look at text before it leaves for a model: the ledger's text was cleaned when it was stored, and is cleaned
 * again here, because a ledger may be older than the rule.
 */

/** ANSI: CSI sequences, OSC strings, and the two-character escapes. */
// eslint-disable-next-line no-control-regex
const ANSI =
  /[\u001b\u009b](?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[[()#;?]*(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])?/g;
/** Characters that show nothing or change the order of others: bidi, zero width, tags, variation selectors, fillers. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * `text` without escapes, controls and invisible characters, at most `maxChars` characters long.
 * @param breaks `line` (default) folds white space to single blanks; `lines` keeps line breaks
 */
export function plain(text: string, maxChars: number, breaks: 'line' | 'lines' = 'line'): string {
  // What is cut away anyway is not worth cleaning; four times leaves room for what cleaning takes out.
  const cleaned = text
    .slice(0, maxChars * 4 + 64)
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '')
    .replace(LONE_SURROGATE, '\ufffd');
  const folded = breaks === 'line' ? cleaned.replace(/\s+/g, ' ').trim() : cleaned.trim();
  if (folded.length <= maxChars) return folded;
  const characters = [...folded];
  return characters.length <= maxChars ? folded : `${characters.slice(0, maxChars - 1).join('')}…`;
}
