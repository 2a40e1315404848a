/**
 * What stands in the output of a call: what a program did, the lines of a log, or a text that somebody wrote. Only the first
 * two tell of failures that happened; of code and documents the same words are mentions.
 */
import { cued } from '../cue/index.js';
import { commandsOf } from './shell.js';

/** `mixed`: a program's output and a document in one, so that a line must prove by itself where it came from. */
export type Origin = 'run' | 'log' | 'mixed' | 'fetch' | 'none';

export interface Call {
  readonly tool: string;
  /** The command of a shell; of tools that read or search files, the path. */
  readonly command: string | null;
}

const SHELLS = new Set(
  'Bash BashOutput PowerShell Shell TaskOutput AgentOutputTool KillShell Monitor execute_command'.split(' '),
);
/** Servers of tools name them as they like: these words stand for running and for logs. */
const RUNNING = /^mcp__.*(?:console|logs?\b|_logs?_|terminal|shell|exec|run_(?:tests?|command|script)|build)/i;
const READERS = new Set(['Read', 'Grep']);

const LOG_PATH = cued(
  /(?:^|[\s"'=/\\])(?:[\w.@+~*-]*\.(?:log|err|stderr|out|trace)(?:\.\d{1,3})?(?=$|[\s"'*;|&)])|(?:\/var\/log|[Ll]ogs?)[/\\][^\s/\\]|nohup\.out|[\w-]*logcat[\w-]*\.txt|[\w-]*(?:output|build|test|error|crash|console|monitor|serial|dump|stderr|stdout)s?[\w-]*\.(?:txt|output)|(?:^|[\s/])out\.txt|\.[oe]\d{2,9}(?=$|[\s"'])(?=$|[\s"']))|\/(?:var\/log|logs)(?=$|[\s"'])/,
);
/** A module or a document about logs lies among logs by its name only. */
const SOURCE_PATH = cued(
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|cc?|cpp|h|md|rst|json|ya?ml|toml|vue|html?|css|sql)\b/,
);

const SHOWS = new Set(
  'cat bat head tail sed awk gawk less more nl grep egrep fgrep zgrep zcat rg ag ack find fd ls tree wc sort uniq cut column diff jq yq xxd od strings file stat du df man type git-grep tee get-content select-string gc dir'.split(
    ' ',
  ),
);
const NEUTRAL = new Set(
  'cd export echo printf mkdir rm rmdir cp mv touch chmod chown ln sleep true false set unset source . pwd which command test [ [[ kill pkill wait date exit return read local alias ulimit clear for do done while if then else elif fi case esac { } ( ) write-output write-host'.split(
    ' ',
  ),
);
/** Subcommands of git that print what was written, and not what git did. */
const GIT_SHOWS =
  /^(?:diff|show|log|blame|grep|status|branch|tag|ls-files|ls-tree|cat-file|stash (?:list|show)|reflog|shortlog|describe|rev-parse|config|remote|worktree list|notes)\b/;
const GH_SHOWS = /^(?:pr|issue|api|search|release|repo|gist|label|run list|workflow (?:list|view)|browse)\b/;
const LOG_COMMANDS =
  /^(?:journalctl|dmesg|logcat|stern|kail|idf\.py (?:\S+ )*monitor|minicom|picocom|log show)\b|^(?:docker|podman|nerdctl|crictl|kubectl|oc|docker-compose|pm2|heroku|fly|flyctl|vercel|railway|wrangler|nomad|supervisorctl|aws|gcloud|az|adb|systemctl|gh|glab|minikube|k3s|helm|firebase|netlify|ansible)\b[^\n]{0,200}?\b(?:logs?|logging|logcat|status|tail|--log(?:-failed)?|trace)\b/;
const HELPS = /(?:^|\s)(?:--help|-h|help|--version)(?:\s|$)/;
const FETCHES = new Set(['curl', 'wget', 'http', 'https', 'xh', 'invoke-webrequest', 'iwr']);

const isLogPath = (words: string): boolean => LOG_PATH.test(words) && !SOURCE_PATH.test(withoutLogs(words));
/** `app.py.log` is a log. */
const withoutLogs = (words: string): string => words.replace(/[^\s]{1,200}\.(?:log|err|out)(?=$|[\s"'.])/g, '');

export function originOf({ tool, command }: Call): Origin {
  if (READERS.has(tool)) return command !== null && isLogPath(command) ? 'log' : 'none';
  if (!SHELLS.has(tool)) return RUNNING.test(tool) ? 'run' : 'none';
  if (command === null || command === '') return 'run';
  let runs = false;
  let logs = false;
  let shows = false;
  let fetches = false;
  for (const words of commandsOf(command)) {
    const origin = originOfWords(words);
    runs ||= origin === 'run';
    logs ||= origin === 'log';
    shows ||= origin === 'mixed';
    fetches ||= origin === 'fetch';
  }
  if (logs) return shows ? 'mixed' : 'log';
  if (runs) return shows ? 'mixed' : 'run';
  if (fetches) return 'fetch';
  return 'none';
}

/** Of one command; `mixed` stands for showing a text. */
function originOfWords(words: string): Origin {
  const space = words.search(/\s/);
  const head = (space === -1 ? words : words.slice(0, space)).replace(/^.*[/\\]/, '').toLowerCase();
  const rest = space === -1 ? '' : words.slice(space + 1).trimStart();
  if (LOG_COMMANDS.test(words)) return 'log';
  if (NEUTRAL.has(head)) return 'none';
  // Into a file nothing is shown.
  if (head === 'cat' && /^>|\s>\s?\S/.test(rest)) return 'none';
  if (SHOWS.has(head)) return isLogPath(rest) ? 'log' : 'mixed';
  if (head === 'git') return GIT_SHOWS.test(rest.replace(/^(?:-C \S+ |-c \S+ |--no-pager )+/, '')) ? 'mixed' : 'run';
  if (head === 'gh' || head === 'glab') return GH_SHOWS.test(rest) ? 'mixed' : 'run';
  if (FETCHES.has(head)) return 'fetch';
  if (HELPS.test(rest)) return 'mixed';
  return 'run';
}

/** Where nothing says what lies in a file that was shown, its lines may: no code, document, example or test. */
export const mayBeLog = ({ tool, command }: Call): boolean =>
  command !== null &&
  (SHELLS.has(tool) || tool === 'Read') &&
  !SOURCE_PATH.test(command) &&
  !/\b(?:docs?|tests?|fixtures?|examples?|samples?|templates?|__\w+__|README|CHANGELOG|git|gh)\b/i.test(command);

/** Whether a failure was reckoned with: `a || b` goes on with something else. */
export const isProbe = ({ command }: Call): boolean => command !== null && /\|\||2>\s?\/dev\/null/.test(command);
