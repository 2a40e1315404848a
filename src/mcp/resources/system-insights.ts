import { CONFIDENCE_IS, insightOnWire } from '../views/insight.js';
import { defineResource } from '../tool.js';
import { readInsights } from '../tools/get-insights.js';

export const systemInsights = defineResource({
  name: 'system_insights',
  title: 'Insights',
  description: 'Lessons learned from conversations, surest first; the first page of get_insights.',
  uri: 'autobot://system_insights',
  list: (context) => readInsights({ min_confidence: 0, limit: 10, response_format: 'concise' }, context),
  item: {
    name: 'system_insight',
    title: 'One insight',
    description: 'An insight with its statistic and evidence.',
    variable: 'insight_id',
    read: async (id, { store, now }) => {
      const found = await store.insights.get(id, now());
      return found === null ? null : { insight: insightOnWire(found, 'detailed'), confidence_is: CONFIDENCE_IS };
    },
  },
});
