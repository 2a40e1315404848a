/** The commands of a shell line: without what they are piped into, without wrappers, variables and here-documents. */

/** What is typed beyond it are mostly texts written to files. */
const MAX_CHARS = 8_000;
const MAX_COMMANDS = 64;
const MAX_DEPTH = 3;

const WRAPPERS =
  /^(?:sudo(?: -\S+)*|time|nice(?: -n ?\S+)?|nohup|env|command|exec|timeout(?: -\S+(?: \S+)?)*? \S+|xvfb-run(?: -\S+)*|stdbuf(?: -\S+)*|watch(?: -n ?\S+)?|caffeinate|npx(?: -y| --yes)?|bunx|pnpm (?:exec|dlx)|yarn dlx|uv run(?: --?[\w-]+)*|poetry run|pipenv run|bundle exec|rtk|do|then|else|if|while|!|\(|\{) /;
const ASSIGNED = /^[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"']*) /;
/** What runs another command given in quotes or behind its own words. */
const INNER =
  /^(?:(?:ba|z|da|k|fi)?sh|pwsh|powershell) (?:-\S+ )*-(?:l?i?c|Command) |^ssh (?:-\S+ (?:\S+=\S+ )?)*\S+ |^(?:docker|podman|kubectl|docker-compose|docker compose) (?:\S+ ){0,4}?exec (?:-\S+ (?:\w+ )?)*\S+ (?:-- )?|^(?:xargs|parallel) (?:-\S+ )*/;

/** @returns each command that is started for what it prints, at most 64 */
export function commandsOf(line: string): readonly string[] {
  const found: string[] = [];
  collect(line.length > MAX_CHARS ? line.slice(0, MAX_CHARS) : line, found, 0);
  return found;
}

function collect(line: string, found: string[], depth: number): void {
  for (const raw of pipelines(line)) {
    if (found.length >= MAX_COMMANDS) return;
    const words = unwrapped(raw);
    if (words === '') continue;
    const inner = depth < MAX_DEPTH ? INNER.exec(words) : null;
    if (inner === null) found.push(words);
    else collect(unquoted(words.slice(inner[0].length)), found, depth + 1);
  }
}

function unwrapped(raw: string): string {
  let words = raw.trim();
  for (let round = 0; round < 6; round += 1) {
    const match = ASSIGNED.exec(words) ?? WRAPPERS.exec(words);
    if (match === null) break;
    words = words.slice(match[0].length).trimStart();
  }
  return words;
}

function unquoted(words: string): string {
  const sign = words[0];
  if (sign !== '"' && sign !== "'") return words;
  const end = words.lastIndexOf(sign);
  return end > 0 ? words.slice(1, end) : words.slice(1);
}

/** The first command of each pipeline: what follows a `|` only filters, but for `xargs`, which starts another. */
function pipelines(line: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  let quote = '';
  let piped = false;
  let here = '';
  const close = (to: number): void => {
    const text = line.slice(from, to).trim();
    if (text !== '' && (!piped || text.startsWith('xargs '))) found.push(text);
  };
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === '\\' && quote !== "'") at += 1;
    else if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '<' && line[at + 1] === '<' && line[at + 2] !== '<') {
      const word = /^<<-?\s*["']?(\w{1,40})["']?/.exec(line.slice(at, at + 60));
      if (word?.[1] !== undefined) {
        here = word[1];
        at += word[0].length - 1;
      }
    } else if (sign === '\n' || sign === ';' || sign === '&' || sign === '|') {
      const next = line[at + 1] ?? '';
      // `2>&1` and `&>` divide nothing.
      if (sign === '&' && (line[at - 1] === '>' || next === '>')) continue;
      close(at);
      const single = sign === '|' && next !== '|';
      if (next === sign && sign !== '\n') at += 1;
      else if (single && next === '&') at += 1;
      piped = single;
      if (sign === '\n' && here !== '') {
        at = endOfHere(line, at, here);
        here = '';
      }
      from = at + 1;
    }
  }
  close(line.length);
  return found;
}

/** Where the here-document that begins behind `at` ends; at the line's end where it is cut off. */
function endOfHere(line: string, at: number, word: string): number {
  let start = at + 1;
  while (start < line.length) {
    const end = line.indexOf('\n', start);
    const text = (end === -1 ? line.slice(start) : line.slice(start, end)).trim();
    if (text === word) return end === -1 ? line.length : end;
    if (end === -1) return line.length;
    start = end + 1;
  }
  return line.length;
}
