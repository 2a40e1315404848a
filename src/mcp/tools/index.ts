import { nearest } from '../arguments.js';
import type { AnyTool } from '../tool.js';
import { analyzeAndGenerateKnowledge } from './analyze-and-generate-knowledge.js';
import { correlateConversations } from './correlate-conversations.js';
import { generateSystemReport } from './generate-system-report.js';
import { getErrorCorrelations } from './get-error-correlations.js';
import { getInsights } from './get-insights.js';
import { getRecentActivity } from './get-recent-activity.js';
import { getTaskAnalytics } from './get-task-analytics.js';
import { getUnfinishedTasks } from './get-unfinished-tasks.js';
import { ingestChat } from './ingest-chat.js';
import { systemHealthCheck } from './system-health-check.js';
import { updateTaskStatus } from './update-task-status.js';
import { validateFixes } from './validate-fixes.js';

/** Every tool, in the order in which clients see them; the order is part of what they cache. */
export const tools: readonly AnyTool[] = [
  getUnfinishedTasks,
  updateTaskStatus,
  getErrorCorrelations,
  validateFixes,
  correlateConversations,
  getRecentActivity,
  systemHealthCheck,
  getTaskAnalytics,
  getInsights,
  generateSystemReport,
  analyzeAndGenerateKnowledge,
  ingestChat,
];

const byName = new Map(tools.map((tool) => [tool.name, tool]));
export const toolNames: readonly string[] = tools.map((tool) => tool.name);
export const findTool = (name: string): AnyTool | undefined => byName.get(name);
export const nearestTool = (name: string): string | null => nearest(name, toolNames);
