/**
 * Every key of the ledger. All stand in one slot (`{P:ledger}`), since a commit is one script.
 *
 * | key | is | holds |
 * | --- | --- | --- |
 * | `file:<file>` | hash | checkpoint of one file; for a chat `v` and `chat`, then `names` of what its transcript must still tell |
 * | `files` | zset, by name | path and host of every known file |
 * | `ino`, `head:<hash>` | hash, set | where a file may have been before it was renamed |
 * | `task:<id>` | hash | `v` version, `r` record, and what a walk filters by: `s` `p` `c` `j` `l` `t` `b` (ids of what it waits for, `|`, words that say it) `m` (what it was merged into), which say where it stands in the lists; `x` the record's parts, where chats tell of it; `a` what `correlate` found around it |
 * | `aliases` | hash | other ids of a task → the id they lead to |
 * | `c:<listing or open>:<priority or *>:<component or *>:<project or *>` | zset by rank | the list, pre-joined; see `LISTINGS` |
 * | `n:<listing or open>:<project or *>` | zset by last event | the list, newest first |
 * | `s:<session>:open`, `s:<session>:done`, `s:<session>:out` | zset by rank | tasks that a session tells of; those that a hand dismissed or merged into others |
 * | `look:<words>`, `dismissed:<words>` | set | open tasks that look alike; dismissed ones |
 * | `lesson:<words>` | hash | `v` version, `r` whether a hand said last that such a sentence is no task; for good, as tombstones |
 * | `offered:<source>`, `offered:<source>:dismissed` | set | tasks that prose tells of, as they were listed: kept ones, and those that a hand dismissed |
 * | `waiting`, `waits:<id>` | zset by rank, set | open tasks that wait for another or for something that words name; those that wait for this one |
 * | `claim:<id>` | hash | what a user said of work of another session: `v` version, `r` claim, `to` the tasks that it means, `is` what came of it |
 * | `claims` | zset by time | all claims, for their retention and their bound |
 * | `claimw:<word>` | set | claims whose words begin so |
 * | `claims:due`, `claims:doing`, `claims:ambiguous` | set | claims to be settled, those that are being settled, and those that may mean several tasks |
 * | `unweighed`, `weighing` | set | tasks that changed since `correlate` looked around them; those that it looks at |
 * | `weighat` | zset by time | tasks to look around again whether or not they change |
 * | `weighed` | string | by which components, and by which version of the rank, tasks were weighed |
 * | `components` | set | components that tasks were found to belong to |
 * | `closed` | zset by time of ingest | closed tasks, for their retention |
 * | `err:<id>` | hash | an error: `v` `r` `x` what conversations tell, `l` its last time there, `sc` severity by that; `n` `first` `last` `lv:<level>` `tpl` `kind` `class` `comps` `st` `lg` `gv` `q1` `q2` what logs tell; `sl` `why` severity; `pl` its place in the lists, `m` conversations tell of others merged into it |
 * | `err:<id>:ev` | zset by time | each time that it happened in a conversation |
 * | `err:<id>:m`, `err:<id>:h` | hash | epoch minute, epoch hour → how often it was logged; for 48 hours, 90 days |
 * | `err:<id>:smp`, `err:<id>:src`, `err:<id>:keys` | zset by time | samples `<where>:<byte>|<JSON>`; paths of logs; what ties it to other things |
 * | `err:<id>:fp`, `err:<id>:conv` | set | fingerprints of a pattern; errors of conversations that were merged into it |
 * | `errors`, `errors:<severity or *>:<component or *>` | zset by last time | all errors, pre-joined; merged ones under their pattern alone |
 * | `told` | zset by last time told | errors that conversations tell of |
 * | `prints` | hash | fingerprint → the pattern that it belongs to; a fingerprint of conversations alone is in none |
 * | `fresh` | hash | fingerprints that the miner has not seen yet → `kind|template` |
 * | `stirred`, `stirring` | set | errors that something happened to since `correlate` looked at them; those that it looks at |
 * | `tie:<error>`, `tied:<task>` | hash, set | task → `{score, why}`: what `correlate` tied to an error; errors that may be tied to a task |
 * | `sig:<error>`, `sig:<error>:now` | hash, string | `spike`, `new`, `quiet` → `{at, why}`: what is out of the ordinary now; what the next look at it starts from |
 * | `due` | zset by time | errors that are to be looked at again whether or not they come |
 * | `watched` | hash | since when errors were looked at without a pause, and when the last time |
 * | `miner:<grouping version>` | hash | pattern → its template, and in which order they were founded |
 * | `log:<file>:<generation>`, `…:r` | hash, zset by first byte | what is known of one file of a log's path: identity, announced piece, `to` up to where pieces were announced, `w` up to where they were counted, counts; pieces counted beyond `w` |
 * | `logs`, `logsended` | zset by time | generations that are followed, and that are over |
 * | `logs:<file>`, `logfiles` | set, hash | generations of a path; its path and host |
 * | `serr:<session>` | zset by line | what failed in a session: `<error>:<event>` |
 * | `rel:<task>`, `relt:<error>` | set | errors that happened while a task was under way, and the reverse |
 * | `sessions` | hash | session → `forked|firstOwnAt|lastAt|project` |
 * | `sess:<session>` | hash | statistics of each of its files |
 * | `transcripts` | set | sessions whose transcript was read: what is handed over of them says nothing |
 * | `root:<uuid>`, `roots:<session>` | set | sessions that hold this line, and the reverse: one conversation |
 * | `convs`, `convs:<project>` | zset by last activity | conversations, each under its canonical session |
 * | `projects` | hash | project's part of a key → its path; few, so they are never forgotten |
 * | `summaries` | hash | last message of a session → summary told elsewhere |
 * | `activity` | zset by time | `t:<task>:<event>`, `e:<error>:<event>`, `p:<error>:<signal>:<epoch minute>`, `h:<target>:<status>` |
 * | `logged` | zset by time | `<error>:<epoch hour>` in which logs told of it |
 * | `touched` | set | sessions that `correlate` has not looked at yet |
 * | `skipped` | hash | lines not understood, by reason |
 * | `quarantine` | hash | path → why its reading was given up |
 * | `health`, `counts` | hash, string | what the health check and insight wrote last |
 * | `forecast` | string | what the insight worker learned last of how likely tasks get done, or what is wanting for it |
 * | `figures` | hash | project's part of a key, `*` for all → what it counted in its last walk over all tasks; `at`: when |
 *
 * Beside them stands one channel, `P:<database>:changes`: which records changed, see `changes.ts`.
 */
import { hash } from 'node:crypto';

export interface Keys {
  readonly base: string;
  of(...parts: readonly string[]): string;
}

export function ledgerKeys(prefix: string): Keys {
  const base = `{${prefix}:ledger}`;
  return { base, of: (...parts) => `${base}:${parts.join(':')}` };
}

/** Pub/sub knows no databases, so the name says which. A user of Redis with an ACL needs `&P:*`. */
export const changesChannel = (prefix: string, database: number): string => `${prefix}:${database}:changes`;

const short = (text: string): string => hash('sha256', text).slice(0, 16);

/** Name of a file's checkpoint. */
export const fileKey = (host: string, path: string): string => short(`${host}\0${path}`);
/** A project's part of a key: paths are long and hold anything. */
export const projectKey = (project: string): string => short(project);
/** `*` stands for all components. */
export const componentKey = (component: string): string => encodeURIComponent(component).replaceAll('*', '%2A');
export const componentOfKey = (key: string): string => decodeURIComponent(key);

/** What `WITHSCORES` answers, as pairs. */
export const scored = (rows: readonly string[]): [member: string, score: number][] =>
  rows.flatMap((member, index) => (index % 2 === 0 ? [[member, Number(rows[index + 1])]] : []));
