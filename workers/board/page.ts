/** The first page of the dashboard, as HTML without anything from elsewhere. */
import type { LedgerCounts, Quarantine, Task, TargetHealth } from '../../src/domain/model.js';
import type { QueueDepth } from '../../src/queue/enqueue.js';

export interface Overview {
  readonly at: number;
  readonly version: string;
  readonly counts: LedgerCounts;
  readonly tasks: readonly Task[];
  readonly queues: readonly (QueueDepth & { readonly name: string; readonly workers: number })[];
  readonly health: { readonly checkedAt: number | null; readonly targets: readonly TargetHealth[] };
  readonly quarantined: readonly Quarantine[];
}

/** HTML that is already escaped, as against text that is not. */
class Html {
  constructor(readonly text: string) {}
}

/** A template whose values are escaped, unless they are Html themselves. */
function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  const inserted = values.map((value) => {
    if (value instanceof Html) return value.text;
    if (typeof value === 'object') return value.map(({ text }) => text).join('');
    return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  });
  return new Html(parts.reduce((text, part, index) => text + (inserted[index - 1] ?? '') + part));
}

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8882;--good:#1a7f37;--warn:#9a6700;--bad:#cf222e}
@media (prefers-color-scheme:dark){:root{--good:#4ac26b;--warn:#d4a72c;--bad:#ff7b72}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1.5rem}
header{display:flex;justify-content:space-between;align-items:baseline;flex-wrap:wrap;gap:.5rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}
p{margin:.25rem 0}small,.quiet{opacity:.7}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1.25rem 0}
dl div{background:var(--soft);border-radius:.5rem;padding:.6rem .9rem}
dt{font-size:.85rem;opacity:.75}dd{margin:0;font-size:1.7rem;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;font-size:.85rem}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.up{color:var(--good)}.degraded,.unknown,.high{color:var(--warn)}.down,.critical{color:var(--bad)}
code{font-size:.9em;overflow-wrap:anywhere}
`;

/** @param nonce lets the page's own style through its content security policy */
export function firstPage(overview: Overview, nonce: string): string {
  const { counts, tasks, queues, health, quarantined } = overview;
  return document(
    nonce,
    html`<header>
        <h1>MCP AutoBot Tracker</h1>
        <nav><a href="/queues">Jobs in detail</a></nav>
      </header>
      <p class="quiet">
        It reads your Claude Code conversations as they happen and keeps a list of what was left unfinished. Ask Claude:
        “What did I leave unfinished?”
      </p>
      <dl>
        ${figure('Conversations', counts.conversations)} ${figure('Open tasks', counts.openTasks)}
        ${figure('Closed tasks', counts.closedTasks)} ${figure('Errors seen', counts.errors)}
      </dl>
      <h2>Most pressing open tasks</h2>
      ${
        tasks.length === 0
          ? html`<p>Nothing is open. Tasks appear here as soon as a conversation with a task list has been read.</p>`
          : html`<div class="wide">
              <table>
                <thead>
                  <tr>
                    <th>Task</th>
                    <th>Priority</th>
                    <th>Status</th>
                    <th>Project</th>
                    <th>Last seen</th>
                  </tr>
                </thead>
                <tbody>
                  ${tasks.map((task) => taskRow(task, overview.at))}
                </tbody>
              </table>
            </div>`
      }
      <h2>Health</h2>
      ${
        health.targets.length === 0
          ? html`<p>Not checked yet.</p>`
          : html`<div class="wide">
                <table>
                  <thead>
                    <tr>
                      <th>Part</th>
                      <th>Status</th>
                      <th>Since</th>
                      <th>Answer</th>
                      <th>Remark</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${health.targets.map((target) => healthRow(target, overview.at))}
                  </tbody>
                </table>
              </div>
              <p><small>Checked ${ago(health.checkedAt ?? 0, overview.at)}.</small></p>`
      }
      <h2>Work in progress</h2>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th>Queue</th>
              <th class="n">Waiting</th>
              <th class="n">Running</th>
              <th class="n">Later</th>
              <th class="n">Failed</th>
              <th class="n">Workers</th>
            </tr>
          </thead>
          <tbody>
            ${queues.map(queueRow)}
          </tbody>
        </table>
      </div>
      ${
        quarantined.length === 0
          ? html``
          : html`<h2>Files that could not be read</h2>
              <div class="wide">
                <table>
                  <thead>
                    <tr>
                      <th>File</th>
                      <th>Why</th>
                      <th>Since</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${quarantined.slice(0, 20).map((file) => quarantineRow(file, overview.at))}
                  </tbody>
                </table>
              </div>
              <p><small>${quarantined.length} in all. Each is tried again when it grows.</small></p>`
      }
      <p class="quiet"><small>Version ${overview.version}. This page renews itself every 15 seconds.</small></p>`,
  );
}

/** The page while Redis does not answer. */
export function awayPage(reason: string, nonce: string): string {
  return document(
    nonce,
    html`<h1>MCP AutoBot Tracker</h1>
      <p class="down">The tracker's Redis does not answer.</p>
      <p class="quiet"><small>${reason}</small></p>
      <p>
        Nothing is lost: conversations stay in their files and are read when it is back. This page looks again every 15
        seconds. To find out what is wrong, run <code>mcp-autobot-tracker doctor</code>.
      </p>`,
  );
}

function document(nonce: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="15" />
        <title>MCP AutoBot Tracker</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`.text;
}

function figure(label: string, value: number): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value.toLocaleString('en')}</dd>
  </div>`;
}

function taskRow(task: Task, now: number): Html {
  return html`<tr>
    <td>${cut(task.title, 160)}</td>
    <td class="${task.priority}">${task.priority}</td>
    <td>${task.status.replace('_', ' ')}</td>
    <td>${task.project?.split('/').at(-1) ?? '–'}</td>
    <td>${ago(task.lastAt, now)}</td>
  </tr>`;
}

function healthRow(target: TargetHealth, now: number): Html {
  const { name, status, since, latencyMs, lastError } = target;
  return html`<tr>
    <td>${name.replace(':', ' ')}</td>
    <td class="${status}">${status}</td>
    <td>${ago(since, now)}</td>
    <td>${latencyMs === null ? '–' : `${latencyMs < 10 ? latencyMs.toFixed(1) : Math.round(latencyMs)} ms`}</td>
    <td>${cut(lastError ?? '', 200)}</td>
  </tr>`;
}

function queueRow(queue: Overview['queues'][number]): Html {
  return html`<tr>
    <td>${queue.name}</td>
    <td class="n">${queue.waiting}</td>
    <td class="n">${queue.active}</td>
    <td class="n">${queue.delayed}</td>
    <td class="n">${queue.failed}</td>
    <td class="n ${queue.workers === 0 ? 'down' : ''}">${queue.workers}</td>
  </tr>`;
}

function quarantineRow(file: Quarantine, now: number): Html {
  return html`<tr>
    <td><code>${file.path}</code></td>
    <td>${cut(file.reason, 200)}</td>
    <td>${ago(file.at, now)}</td>
  </tr>`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000));
  if (at === 0) return 'never';
  if (seconds < 5) return 'just now';
  if (seconds < 90) return `${seconds} seconds ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} minutes ago`;
  if (seconds < 36 * 3_600) return `${Math.round(seconds / 3_600)} hours ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}
