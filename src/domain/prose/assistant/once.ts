/** The same work named twice in one message is named once. */
import type { AssistantAct } from '../model.js';

type Deferral = Extract<AssistantAct, { is: 'defer' }>;

export function once(acts: readonly AssistantAct[]): readonly AssistantAct[] {
  const seen = new Set<string>();
  const told = verbed(acts);
  const titles = told.flatMap((act) => (act.is === 'defer' ? [act.title.toLowerCase()] : []));
  return told.filter((act) => {
    if (act.is !== 'defer') return true;
    const key = act.title.toLowerCase();
    // "Open: the valves of hall two. They must be ground some day": one piece of work.
    if (key.split(' ').length > 2 && titles.some((title) => title.endsWith(` ${key}`))) return false;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const NO_VERB = /^(?:Handle|Do|Finish|Add) (?=\S)/;

/** "Not covered: the logs of host 2. They still need to be read": the later verb belongs to the fuller name. */
function verbed(acts: readonly AssistantAct[]): readonly AssistantAct[] {
  const all = [...acts];
  let last: { readonly act: Deferral; readonly at: number } | null = null;
  const gone = new Set<number>();
  for (const [at, act] of acts.entries()) {
    if (act.is !== 'defer') continue;
    const thing = last === null ? '' : last.act.title.replace(NO_VERB, '');
    const [verb = '', ...rest] = act.title.split(' ');
    const object = rest.join(' ').toLowerCase();
    if (
      last !== null &&
      NO_VERB.test(last.act.title) &&
      !NO_VERB.test(act.title) &&
      object.length > 4 &&
      thing.toLowerCase().startsWith(object) &&
      /^(?:$|\s(?:of|for|in|on|from|with|at)\s)/.test(thing.slice(object.length))
    ) {
      all[last.at] = { ...last.act, title: `${verb} ${thing}`, stated: last.act.stated ?? act.stated };
      gone.add(at);
    }
    last = { act, at };
  }
  return gone.size === 0 ? acts : all.filter((_, at) => !gone.has(at));
}
