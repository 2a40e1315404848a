import { patternOnWire, SHAPES } from '../views/contract-errors.js';
import { defineResource } from '../tool.js';
import { readPatterns } from '../tools/get-error-correlations.js';

export const errorPatterns = defineResource({
  name: 'error_patterns',
  title: 'Error patterns',
  description: 'What keeps breaking, latest first; the first page of get_error_correlations.',
  uri: 'autobot://error_patterns',
  list: (context) => readPatterns({ limit: 10, response_format: 'concise' }, context),
  item: {
    name: 'error_pattern',
    title: 'One error pattern',
    description: 'An error with its counts, trend, conversations and tasks.',
    variable: 'error_id',
    read: async (id, { store, now }) => {
      const found = await store.errors.pattern(id, { now: now(), mostTasks: SHAPES.detailed.tasks, isDetailed: true });
      return found === null ? null : { pattern: patternOnWire(found, 'detailed') };
    },
  },
});
