/** Any MCP server on stdio as a client meets it: how fast it starts and answers, and what it takes. */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { latencies, median, round } from './numbers.js';
import { cpuS, peakRssMib, rssMib } from './proc.js';

export interface Contender {
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What is called again and again, by the name of the row; the arguments of the n-th call. */
  readonly calls: Readonly<Record<string, { readonly tool: string; readonly args: (turn: number) => object }>>;
}

interface Opened {
  readonly client: Client;
  readonly pid: number;
  /** From the start of the process to the reply to the first `tools/list`. */
  readonly startMs: number;
  /** UTF-8 bytes of the list, and without output schemas, which clients do not show to a model. */
  readonly listBytes: { readonly all: number; readonly shown: number };
  readonly tools: number;
}

/** Starts a server and asks for its list. The handshake is that of 2025-11-25: that of 2026-07-28 starts it twice. */
async function open({ args, env }: Contender): Promise<Opened> {
  const given = Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const client = new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode: 'legacy' } });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...args],
    env: Object.fromEntries(given),
    stderr: 'ignore',
  });
  const startedAt = performance.now();
  await client.connect(transport);
  const { tools } = await client.listTools();
  const startMs = performance.now() - startedAt;
  const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
  const shown = tools.map(({ outputSchema: _, ...tool }) => tool);
  return {
    client,
    pid: transport.pid ?? 0,
    startMs,
    listBytes: { all: bytes(tools), shown: bytes(shown) },
    tools: tools.length,
  };
}

/** From the start of a process to its list. */
export interface Start {
  readonly startMs: number;
  /** What it took of a processor until then, in steps of 10 ms: on a busy machine this says more than the clock. */
  readonly cpuMs: number;
}

export async function startOnce(contender: Contender): Promise<Start> {
  const { client, startMs, pid } = await open(contender);
  const cpuMs = 1_000 * cpuS(pid);
  await client.close();
  return { startMs, cpuMs };
}

export function summaryOf(starts: readonly Start[]): {
  runs: number;
  min: number;
  p50: number;
  max: number;
  cpuMean: number;
} {
  const tookMs = starts.map(({ startMs }) => startMs);
  return {
    runs: starts.length,
    min: round(Math.min(...tookMs)),
    p50: round(median(tookMs)),
    max: round(Math.max(...tookMs)),
    cpuMean: round(starts.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / starts.length),
  };
}

/** All calls of a contender in one process, one after the other. @throws with the server's words when one fails */
export async function callOften(contender: Contender, times: number, warmUp: number): Promise<object> {
  const { client, pid, listBytes, tools } = await open(contender);
  try {
    const rssAtListMib = round(rssMib(pid));
    const callMs: Record<string, object> = {};
    for (const [row, { tool, args }] of Object.entries(contender.calls)) {
      const tookMs: number[] = [];
      for (let turn = -warmUp; turn < times; turn++) {
        const given = args(turn) as Record<string, unknown>;
        const startedAt = performance.now();
        const { isError, content } = await client.callTool({ name: tool, arguments: given });
        if (turn >= 0) tookMs.push(performance.now() - startedAt);
        if (isError === true) throw new Error(`${tool}: ${JSON.stringify(content).slice(0, 500)}`);
      }
      callMs[row] = latencies(tookMs);
    }
    return {
      tools,
      listBytes,
      callMs,
      rssMib: { list: rssAtListMib, calls: round(rssMib(pid)), peak: round(peakRssMib(pid)) },
    };
  } finally {
    await client.close();
  }
}
