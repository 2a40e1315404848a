import { detailedTask } from '../views/contract.js';
import { defineResource } from '../tool.js';
import { readTasks } from '../tools/get-unfinished-tasks.js';

export const unfinishedTasks = defineResource({
  name: 'unfinished_tasks',
  title: 'Unfinished tasks',
  description: 'Open tasks of all conversations, most pressing first; the first page of get_unfinished_tasks.',
  uri: 'autobot://unfinished_tasks',
  list: (context) => readTasks({ sort: 'rank', limit: 10, response_format: 'concise' }, context),
  item: {
    name: 'unfinished_task',
    title: 'One task',
    description: 'A task with its history, evidence and reasons.',
    variable: 'task_id',
    read: async (id, { store }) => {
      const task = await store.tasks.get(id);
      return task === null ? null : { task: detailedTask(task) };
    },
  },
});
