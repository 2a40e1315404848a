import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { ServedResources } from '../../src/mcp/serve/registry.js';
import { PNG } from './samples.js';

export const resources: ServedResources = {
  listed: [
    { uri: 'test://static-text', name: 'static-text', description: 'A text that stays.', mimeType: 'text/plain' },
    { uri: 'test://static-binary', name: 'static-binary', description: 'A picture that stays.', mimeType: 'image/png' },
    {
      uri: 'test://watched-resource',
      name: 'watched-resource',
      description: 'To be subscribed to.',
      mimeType: 'text/plain',
    },
  ],
  templates: [
    {
      uriTemplate: 'test://template/{id}/data',
      name: 'template-data',
      description: 'Data of any id.',
      mimeType: 'application/json',
    },
  ],
  read: async (uri) => {
    switch (uri) {
      case 'test://static-text':
        return {
          contents: [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
        };
      case 'test://static-binary':
        return { contents: [{ uri, mimeType: 'image/png', blob: PNG }] };
      case 'test://watched-resource':
        return { contents: [{ uri, mimeType: 'text/plain', text: 'Watched.' }] };
      default: {
        const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
        if (id === undefined) throw new ResourceNotFoundError(uri, 'Resource not found');
        const data = { id, templateTest: true, data: `Data for ID: ${id}` };
        return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }] };
      }
    }
  },
};
