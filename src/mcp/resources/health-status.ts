import { readHealth } from '../views/health.js';
import { defineResource } from '../tool.js';

export const healthStatus = defineResource({
  name: 'health_status',
  title: 'Health status',
  description: 'What is up, degraded or down by the last health check, worst first; the answer of system_health_check.',
  uri: 'autobot://health_status',
  list: (context) => readHealth(context),
  item: {
    name: 'health_target',
    title: 'Health of one target',
    description: 'Status, latency and last error of one target.',
    variable: 'target',
    read: async (name, context) => {
      const { checkedAt, targets } = await context.store.health();
      if (checkedAt === null || !targets.some((target) => target.name === name)) return null;
      const { targets: shown, ...rest } = await readHealth(context, [name]);
      return { ...rest, target: shown[0] ?? null };
    },
  },
});
