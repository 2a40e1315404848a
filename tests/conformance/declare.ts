/** How a fixture tool is declared: its line in the list, and what it does. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  type CallToolResult,
  type JSONObject,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ServedTool } from '../../src/mcp/serve/registry.js';

type Properties = Readonly<Record<string, JSONObject>>;

/** @param properties of the arguments, all of them required; the suite sends what it documents */
export const tool = (
  name: string,
  description: string,
  call: ServedTool['call'],
  properties: Properties = {},
): ServedTool => ({
  listed: {
    name,
    description,
    inputSchema: { type: 'object', properties: { ...properties }, required: Object.keys(properties) },
  },
  call,
});

export const text = (value: string): CallToolResult => ({ content: [{ type: 'text', text: value }] });

export const failure = (value: string): CallToolResult => ({ isError: true, ...text(value) });

/** A text of the arguments; what is missing is empty. */
export const textOf = (args: Readonly<Record<string, unknown>>, key: string): string => {
  const value = args[key];
  return typeof value === 'string' ? value : '';
};

/** Whether the request itself declares the capability, as 2026-07-28 has it. */
export function declares({ mcpReq }: ServerContext, capability: 'sampling' | 'elicitation' | 'roots'): boolean {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const capabilities = envelope[CLIENT_CAPABILITIES_META_KEY];
  return typeof capabilities === 'object' && capabilities !== null && capability in capabilities;
}
