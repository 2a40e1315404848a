/**
 * Tools that ask the client for something before they answer. Each is written once, as 2026-07-28 has it: it returns what
 * it needs and is called again. For a client of 2025-11-25 the SDK asks in its name, over the session.
 */
import {
  inputRequired,
  inputResponse,
  type ElicitInputParams,
  type InputRequiredResult,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ServedTool } from '../../src/mcp/serve/registry.js';
import { declares, text, textOf, tool } from './declare.js';

/** What travels through the client between two rounds, signed. */
export interface Round {
  readonly step: number;
}
type Codec = RequestStateCodec<Round>;
type Schema = ElicitInputParams['requestedSchema'];

const NAME: Schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const OK: Schema = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
const COLOR: Schema = { type: 'object', properties: { color: { type: 'string' } }, required: ['color'] };

const ask = inputRequired.elicit;
const sample = (prompt: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens });
const answered = ({ mcpReq }: ServerContext, key: string) => inputResponse(mcpReq.inputResponses, key);
/** The answer to a question as JSON, whatever it was. */
const shown = (value: unknown): string => JSON.stringify(value);

export const inputTools = (codec: Codec): readonly ServedTool[] => [
  ...asking(),
  ...roundTrips(codec),
  tool('test_elicitation_sep1034_defaults', 'Asks with a default for each kind of field.', (_args, context) =>
    elicitOnce(context, 'Please review these values', DEFAULTS),
  ),
  tool('test_elicitation_sep1330_enums', 'Asks with each kind of choice.', (_args, context) =>
    elicitOnce(context, 'Please choose', ENUMS),
  ),
];

const asking = (): readonly ServedTool[] => [
  tool(
    'test_sampling',
    'Has the client ask its model.',
    async (args, context) => {
      const answer = answered(context, 'answer');
      if (answer.kind !== 'sampling') return need({ answer: sample(textOf(args, 'prompt'), 100) });
      return text(`LLM response: ${shown(answer.result.content)}`);
    },
    { prompt: { type: 'string', description: 'The prompt to send to the LLM' } },
  ),
  tool(
    'test_elicitation',
    'Asks the user for a name and an address.',
    async (args, context) => {
      const answer = answered(context, 'user');
      if (answer.kind === 'elicit')
        return text(`User response: ${shown({ action: answer.action, content: answer.content })}`);
      const requestedSchema: Schema = {
        type: 'object',
        properties: {
          username: { type: 'string', description: "User's response" },
          email: { type: 'string', description: "User's email address" },
        },
        required: ['username', 'email'],
      };
      return need({ user: ask({ message: textOf(args, 'message'), requestedSchema }) });
    },
    { message: { type: 'string', description: 'The message to show the user' } },
  ),
  tool('test_streaming_elicitation', 'Asks on a stream, without a request of its own.', async (_args, context) => {
    const answer = answered(context, 'confirm');
    return answer.kind === 'elicit'
      ? text(`User: ${answer.action}`)
      : need({ confirm: ask({ message: 'Go on?', requestedSchema: OK }) });
  }),
];

const roundTrips = (codec: Codec): readonly ServedTool[] => [
  tool('test_input_required_result_elicitation', 'Asks for a name.', async (_args, context) => {
    const name = contentOf(context, 'user_name')?.['name'];
    return typeof name === 'string'
      ? text(`Hello, ${name}!`)
      : need({ user_name: ask({ message: 'What is your name?', requestedSchema: NAME }) });
  }),
  tool('test_input_required_result_sampling', 'Asks the model of the client.', async (_args, context) => {
    const answer = answered(context, 'capital_question');
    if (answer.kind !== 'sampling') return need({ capital_question: sample('What is the capital of France?', 100) });
    return text(shown(answer.result.content));
  }),
  tool('test_input_required_result_list_roots', 'Asks for the roots.', async (_args, context) => {
    const answer = answered(context, 'client_roots');
    if (answer.kind !== 'roots') return need({ client_roots: inputRequired.listRoots() });
    return text(`Roots: ${answer.roots.map(({ uri }) => uri).join(', ')}`);
  }),
  tool('test_input_required_result_request_state', 'Gets back what it handed out.', (_args, context) =>
    confirmed(codec, context, 'state-ok'),
  ),
  tool('test_input_required_result_tampered_state', 'Refuses what it did not hand out.', (_args, context) =>
    confirmed(codec, context, 'accepted'),
  ),
  tool('test_input_required_result_multiple_inputs', 'Asks for three things at once.', async (_args, context) => {
    const missing = {
      ...(answered(context, 'user_name').kind !== 'elicit' && {
        user_name: ask({ message: 'What is your name?', requestedSchema: NAME }),
      }),
      ...(answered(context, 'greeting').kind !== 'sampling' && { greeting: sample('Generate a greeting', 50) }),
      ...(answered(context, 'client_roots').kind !== 'roots' && { client_roots: inputRequired.listRoots() }),
    };
    if (Object.keys(missing).length > 0) return need(missing, await codec.mint({ step: 1 }, context));
    return text('All three are there.');
  }),
  tool('test_input_required_result_multi_round', 'Asks twice, one after the other.', async (_args, context) => {
    const step = context.mcpReq.requestState<Round>()?.step ?? 0;
    if (step === 1 && contentOf(context, 'step1') !== undefined) {
      const color = ask({ message: 'Step 2: What is your favorite color?', requestedSchema: COLOR });
      return need({ step2: color }, await codec.mint({ step: 2 }, context));
    }
    if (step === 2 && contentOf(context, 'step2') !== undefined) return text('Both rounds are done.');
    return need(
      { step1: ask({ message: 'Step 1: What is your name?', requestedSchema: NAME }) },
      await codec.mint({ step: 1 }, context),
    );
  }),
  tool('test_input_required_result_capabilities', 'Asks only for what the client declares.', async (_args, context) => {
    const requests = {
      ...(declares(context, 'elicitation') && { name: ask({ message: 'What is your name?', requestedSchema: NAME }) }),
      ...(declares(context, 'sampling') && { question: sample('What is the capital of France?', 100) }),
    };
    return Object.keys(requests).length === 0 ? text('The client can do nothing of it.') : need(requests);
  }),
];

async function confirmed(codec: Codec, context: ServerContext, done: string) {
  // A state that fails its check never gets here: the SDK has answered it.
  const known = context.mcpReq.requestState<Round>()?.step === 1;
  if (known && answered(context, 'confirm').kind === 'elicit') return text(done);
  return need(
    { confirm: ask({ message: 'Please confirm', requestedSchema: OK }) },
    await codec.mint({ step: 1 }, context),
  );
}

async function elicitOnce(context: ServerContext, message: string, requestedSchema: Schema) {
  const answer = answered(context, 'form');
  if (answer.kind !== 'elicit') return need({ form: ask({ message, requestedSchema }) });
  return text(`Elicitation completed: action=${answer.action}, content=${shown(answer.content ?? {})}`);
}

const need = (
  inputRequests: NonNullable<Parameters<typeof inputRequired>[0]['inputRequests']>,
  requestState?: string,
): InputRequiredResult => inputRequired({ inputRequests, ...(requestState !== undefined && { requestState }) });

/** What the user entered for `key`; undefined where it was not asked, declined or is no answer. */
export function contentOf(context: ServerContext, key: string): Readonly<Record<string, unknown>> | undefined {
  const answer = answered(context, key);
  return answer.kind === 'elicit' && answer.action === 'accept' ? answer.content : undefined;
}

const DEFAULTS: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
  required: [],
};

const OPTIONS = ['option1', 'option2', 'option3'];
const titled = (noun: string) =>
  ['First', 'Second', 'Third'].map((ordinal, index) => ({ const: `value${index + 1}`, title: `${ordinal} ${noun}` }));

const ENUMS: Schema = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: OPTIONS },
    titledSingle: { type: 'string', oneOf: titled('Option') },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: OPTIONS } },
    titledMulti: { type: 'array', items: { anyOf: titled('Choice') } },
  },
  required: [],
};
