/** Tables of what runs and what does not: clusters, containers, process managers, checks, disks, hosts that are asked for. */
import type { Piece } from './piece.js';
import type { Line } from './window.js';

interface Board {
  /** The commands that show it. */
  readonly shownBy: RegExp;
  /** A row that tells of a failure. */
  readonly row: RegExp;
  /** `each`: every row is a failure; `one`: all rows tell of one. */
  readonly counts: 'each' | 'one';
  /** The line above names what the row tells of. */
  readonly named?: RegExp;
}

const WAITING =
  'CrashLoopBackOff|ImagePullBackOff|ErrImagePull|ErrImageNeverPull|InvalidImageName|OOMKilled|Error|Evicted|CreateContainer(?:Config)?Error|RunContainerError|ContainerCannotRun|StartError|DeadlineExceeded|BackoffLimitExceeded|UnexpectedAdmissionError';

const BOARDS: readonly Board[] = [
  {
    shownBy: /\b(?:kubectl|oc|k|k3s kubectl) (?:-\S+ \S+ |\S+=\S+ )*(?:get|describe|events)\b/,
    row: new RegExp(
      `^(?:\\S+\\s+){1,2}\\d+/\\d+\\s+(?:Init:)?(?:${WAITING})\\b|^\\S+\\s+NotReady\\b|^.{0,80}?\\bWarning\\s+(?:Failed\\w*|Unhealthy|BackOff|OOMKill\\w*|Evicted|NodeNotReady|ErrImage\\w*|InspectFailed|ProvisioningFailed|NetworkNotReady|SystemOOM|\\w+Failed)\\b|^\\s+Reason:\\s+(?:${WAITING})\\s*$`,
    ),
    counts: 'each',
  },
  {
    shownBy: /\b(?:docker|podman|nerdctl|docker-compose) (?:compose )?(?:-\S+ \S+ )*(?:ps|container ls)\b/,
    row: /\bRestarting \(\d+\)|\(unhealthy\)|\bExit(?:ed)? \(?(?!0\b|130\b|137\b|143\b)\d+\)?(?: (?:\d+ (?:second|minute)s?|About a minute|Less than a second) ago|\s*$)/,
    counts: 'each',
  },
  { shownBy: /\bpm2 (?:ls|list|status|show|describe|l)\b/, row: /\berrored\b/, counts: 'each' },
  { shownBy: /\bsupervisorctl status\b/, row: /^\S+\s+(?:FATAL|BACKOFF)\b/, counts: 'each' },
  { shownBy: /\bheroku ps\b/, row: /: crashed \d/, counts: 'each' },
  { shownBy: /\bhelm (?:-\S+ \S+ )*(?:ls|list)\b/, row: /\tfailed\s*\t/, counts: 'each' },
  { shownBy: /\bgh pr checks\b/, row: /^[^\t]{1,120}\tfail\t|^X {2}\S/, counts: 'each' },
  { shownBy: /\bgh run (?:view|watch)\b/, row: /^X (?!.* · )[^\n]{1,120} in \S+ \(ID \d+\)/, counts: 'each' },
  {
    shownBy: /\bsystemctl\b.*(?:--failed|--state[= ]failed|list-units)/,
    row: /^\W{0,4}\S+\.(?:service|timer|mount|socket|path|target)\s+\S+\s+failed\s+failed\b/,
    counts: 'each',
  },
  {
    shownBy: /\bsystemctl (?:-\S+ )*status\b|^service \S+ status/,
    row: /^\s+Active: failed \(/,
    counts: 'one',
    named: /^[×●*] /,
  },
  { shownBy: /\blpstat\b/, row: /^printer \S+ (?:disabled since|is stopped|faulted)/, counts: 'each' },
  { shownBy: /\bping6?\b/, row: /\b100(?:\.0)?% packet loss/, counts: 'one' },
  { shownBy: /\bzpool status\b/, row: /\b(?:DEGRADED|FAULTED|UNAVAIL|SUSPENDED)\b/, counts: 'one' },
  { shownBy: /\bmdadm\b|\/proc\/mdstat/, row: /\bState : .*(?:degraded|FAILED)|\(F\)/, counts: 'one' },
  { shownBy: /\bsmartctl\b/, row: /\bresult: FAILED|\bFAILING_NOW\b/, counts: 'one' },
  {
    shownBy: /\b(?:sacct|squeue)\b/,
    row: /^\s*\d+(?:_\d+)?\s.*\b(?:OUT_OF_ME\w*\+?|FAILED|TIMEOUT|NODE_FAIL)(?=\s|$)/,
    counts: 'each',
  },
];

const MAX_ROWS = 16;
/** Of a line of a shell that shows a table, no more is looked at. */
const MAX_COMMAND = 2_000;

const shown = (command: string): readonly Board[] => {
  const words = command.slice(0, MAX_COMMAND);
  return SHOWN.test(words) ? BOARDS.filter(({ shownBy }) => shownBy.test(words)) : [];
};
const SHOWN =
  /\b(?:kubectl|oc|k|docker|podman|nerdctl|docker-compose|pm2|supervisorctl|heroku|helm|gh|systemctl|service|lpstat|ping6?|zpool|mdadm|mdstat|smartctl|sacct|squeue) /;

export const showsStates = (command: string | null): boolean => command !== null && shown(`${command} `).length > 0;

/** The failures that tables show; two replicas of one thing in one state are one. */
export function statesIn(lines: readonly Line[], command: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { row, counts, named } of shown(`${command} `)) {
    const rows: Piece[] = [];
    for (let at = 0; at < lines.length && rows.length < MAX_ROWS; at += 1) {
      const text = lines[at]?.text ?? '';
      if (text === '' || !row.test(text)) continue;
      // What stands further in below goes on with it.
      const below = lines[at + 1]?.text ?? '';
      const more = counts === 'each' && /^\s{2,}\S|^\t/.test(below) && !/^\s/.test(text) ? `\n${below}` : '';
      rows.push({ at, to: more === '' ? at : at + 1, message: text.trim() + more, key: keyOf(text) });
    }
    const [first] = rows;
    if (first === undefined) continue;
    const isOne = counts === 'one' || /\bdescribe\b/.test(command);
    if (!isOne) pieces.push(...rows);
    else {
      const head = lines.find(({ text }) => named?.test(text) === true)?.text ?? '';
      const last = lines.findLast(({ text }) => named !== undefined && text.trim() !== '')?.text ?? '';
      const parts = [head, ...rows.map(({ message }) => message), last].map((part) => part.trim());
      pieces.push({ ...first, message: [...new Set(parts)].filter((part) => part !== '').join('\n') });
    }
  }
  return pieces;
}

/** Without the parts of a name that differ from replica to replica, without times and counts. */
const keyOf = (row: string): string =>
  row
    .trim()
    .replace(/-[a-z0-9]{5,10}-[a-z0-9]{5}(?=\s)|-[a-z0-9]{5,10}(?=\s)/g, '')
    .replace(/\(?\b\d+[smhd]?(?:\d+[smhd])?(?: ago)?\)?/g, '#')
    .replace(/\s+/g, ' ')
    .slice(0, 120);
