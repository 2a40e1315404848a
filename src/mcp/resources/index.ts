import type { ChangeKind } from '../../store/changes.js';
import type { ResourceDeclaration, ToolContext } from '../tool.js';
import { conversations } from './conversations.js';
import { errorPatterns } from './error-patterns.js';
import { healthStatus } from './health-status.js';
import { systemInsights } from './system-insights.js';
import { unfinishedTasks } from './unfinished-tasks.js';

/** Every resource, in the order in which clients see them. */
export const resources: readonly ResourceDeclaration[] = [
  conversations,
  unfinishedTasks,
  errorPatterns,
  systemInsights,
  healthStatus,
];

export const resourceUris: readonly string[] = resources.flatMap(({ uri, item }) => [uri, `${uri}/{${item.variable}}`]);

const SHOWN_BY: Readonly<Record<ChangeKind, string>> = {
  task: 'autobot://unfinished_tasks',
  conversation: 'autobot://conversations',
  error: 'autobot://error_patterns',
  insight: 'autobot://system_insights',
  health: 'autobot://health_status',
};

/** The collection that shows records of this kind. */
export const addressOf = (kind: ChangeKind): string => SHOWN_BY[kind];

type Read = (context: ToolContext) => Promise<Readonly<Record<string, unknown>> | null>;

/** What an address means; null if none of ours. No path is built from it: the last part is an id, decoded once. */
export function findResource(uri: string): Read | null {
  for (const { uri: base, list, item } of resources) {
    if (uri === base) return list;
    if (!uri.startsWith(`${base}/`)) continue;
    const id = decoded(uri.slice(base.length + 1));
    if (id !== null) return (context) => item.read(id, context);
  }
  return null;
}

function decoded(part: string): string | null {
  if (part === '' || part.length > 600 || /[/?#]/.test(part)) return null;
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
