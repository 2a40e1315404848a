import { conciseConversation, detailedConversation } from '../views/contract.js';
import { fillPage } from '../views/page.js';
import { defineResource } from '../tool.js';

export const conversations = defineResource({
  name: 'conversations',
  title: 'Conversations',
  description: 'The latest Claude Code conversations: title, project, outcome, open tasks, errors.',
  uri: 'autobot://conversations',
  list: async ({ store }) => {
    const { page, items } = await fillPage(
      10,
      (limit) => store.conversations.list({ limit }),
      (found) => found.conversations.map(conciseConversation),
    );
    return { conversations: items, total: page.total, next_cursor: page.nextCursor };
  },
  item: {
    name: 'conversation',
    title: 'One conversation',
    description: 'A conversation with its counts, files, pull requests and relatives.',
    variable: 'session_id',
    read: async (id, { store }) => {
      const found = await store.conversations.get(id);
      return found === null ? null : { conversation: detailedConversation(found) };
    },
  },
});
