import { nearest } from '../arguments.js';
import type { AnyTool } from '../tool.js';
import { getRecentActivity } from './get-recent-activity.js';
import { getUnfinishedTasks } from './get-unfinished-tasks.js';
import { ingestChat } from './ingest-chat.js';
import { updateTaskStatus } from './update-task-status.js';

/** Every tool, in the order in which clients see them; the order is part of what they cache. */
export const tools: readonly AnyTool[] = [getUnfinishedTasks, updateTaskStatus, getRecentActivity, ingestChat];

const byName = new Map(tools.map((tool) => [tool.name, tool]));
export const toolNames: readonly string[] = tools.map((tool) => tool.name);
export const findTool = (name: string): AnyTool | undefined => byName.get(name);
export const nearestTool = (name: string): string | null => nearest(name, toolNames);
