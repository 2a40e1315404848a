import { inputRequired, type GetPromptResult, type PromptMessage } from '@modelcontextprotocol/server';
import type { ServedPrompt } from '../../src/mcp/serve/registry.js';
import { contentOf } from './input.js';
import { PNG } from './samples.js';

const user = (content: PromptMessage['content']): PromptMessage => ({ role: 'user', content });
const says = (text: string): PromptMessage => user({ type: 'text', text });
const messages = (...all: PromptMessage[]): GetPromptResult => ({ messages: all });
const required = (name: string, description: string) => ({ name, description, required: true });

export const prompts: readonly ServedPrompt[] = [
  {
    listed: { name: 'test_simple_prompt', description: 'One message.' },
    get: async () => messages(says('This is a simple prompt for testing.')),
  },
  {
    listed: {
      name: 'test_prompt_with_arguments',
      description: 'A message with two arguments in it.',
      arguments: [required('arg1', 'First test argument'), required('arg2', 'Second test argument')],
    },
    get: async ({ arg1, arg2 }) => messages(says(`Prompt with arguments: arg1='${arg1 ?? ''}', arg2='${arg2 ?? ''}'`)),
  },
  {
    listed: {
      name: 'test_prompt_with_embedded_resource',
      description: 'A message with a resource in it.',
      arguments: [required('resourceUri', 'Address of the resource')],
    },
    get: async ({ resourceUri }) =>
      messages(
        user({
          type: 'resource',
          resource: {
            uri: resourceUri ?? '',
            mimeType: 'text/plain',
            text: 'Embedded resource content for testing.',
          },
        }),
        says('Please process the embedded resource above.'),
      ),
  },
  {
    listed: { name: 'test_prompt_with_image', description: 'A message with a picture in it.' },
    get: async () =>
      messages(user({ type: 'image', data: PNG, mimeType: 'image/png' }), says('Please analyze the image above.')),
  },
  {
    listed: { name: 'test_input_required_result_prompt', description: 'Asks what it is about before it answers.' },
    get: async (_args, context) => {
      const about = contentOf(context, 'user_context')?.['context'];
      if (typeof about === 'string') return messages(says(`Context: ${about}`));
      return inputRequired({
        inputRequests: {
          user_context: inputRequired.elicit({
            message: 'What context should the prompt use?',
            requestedSchema: { type: 'object', properties: { context: { type: 'string' } }, required: ['context'] },
          }),
        },
      });
    },
  },
];
