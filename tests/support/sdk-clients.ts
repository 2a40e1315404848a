/** The clients that people have: the SDK of today in both eras, and the one before it, each over both transports. */
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Where a server is: how to start it, or its address. */
export type Place =
  | { readonly command: string; readonly args: string[]; readonly env: Record<string, string> }
  | { readonly url: string; readonly token: string };

export interface ListedTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: object;
  readonly outputSchema?: object;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

export interface ToolResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

interface Contents {
  readonly contents: readonly {
    readonly uri: string;
    readonly mimeType?: string;
    readonly text?: string;
    readonly _meta?: Readonly<Record<string, unknown>>;
  }[];
}

/** What all of them have in common. */
export interface SdkClient {
  listTools(): Promise<{ tools: readonly ListedTool[] }>;
  callTool(call: { name: string; arguments?: Record<string, unknown> }): Promise<ToolResult>;
  listResources(): Promise<{ resources: readonly object[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: readonly object[] }>;
  readResource(at: { uri: string }): Promise<Contents>;
  listPrompts(): Promise<{ prompts: readonly object[] }>;
  getPrompt(of: { name: string; arguments?: Record<string, string> }): Promise<{ messages: readonly unknown[] }>;
  close(): Promise<void>;
}

const info = { name: 'test', version: '1.0.0' };
const headersOf = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

const second =
  (negotiation: { mode: 'legacy' } | { mode: { pin: string } }) =>
  async (place: Place): Promise<SdkClient> => {
    const client = new ClientV2(info, { versionNegotiation: negotiation });
    await client.connect(
      'url' in place
        ? new HttpV2(new URL(place.url), { requestInit: headersOf(place.token) })
        : new StdioV2({ ...place, stderr: 'ignore' }),
    );
    return client as unknown as SdkClient;
  };

/** By what they are and speak. */
export const sdkClients: Readonly<Record<string, (place: Place) => Promise<SdkClient>>> = {
  'client 2.x, 2026-07-28': second({ mode: { pin: '2026-07-28' } }),
  'client 2.x, 2025-11-25': second({ mode: 'legacy' }),
  'sdk 1.x': async (place) => {
    const client = new ClientV1(info);
    await client.connect(
      'url' in place
        ? new HttpV1(new URL(place.url), { requestInit: headersOf(place.token) })
        : new StdioV1({ ...place, stderr: 'ignore' }),
    );
    return client as unknown as SdkClient;
  },
};
