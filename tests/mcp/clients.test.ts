/** Many clients at once: nobody gets what another asked for, and nothing of what they write is lost. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listed } from '../support/chat.js';
import { startLedger, type LedgerRun } from '../support/ledger-run.js';
import { modern, send, until } from '../support/mcp-http.js';
import type { RawReply, RawResult } from '../support/mcp-server.js';

let run: LedgerRun;
beforeAll(async () => {
  run = await startLedger();
}, 60_000);
afterAll(() => run.stop());

type Call = (id: number, name: string, args: object) => Promise<RawResult>;

const resultOf = ({ result, error }: RawReply): RawResult => {
  if (result === undefined) throw new Error(error?.message);
  return result as unknown as RawResult;
};

async function stdioClient(): Promise<Call> {
  const server = run.stdio();
  await server.open();
  return async (id, name, args) => {
    server.send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } });
    return resultOf(await server.reply(id, 60_000));
  };
}

/** Requests of both eras in turn, each on a connection of its own. */
async function httpClient(): Promise<Call> {
  const { port, token } = await run.http();
  const bearer = { authorization: `Bearer ${token}` };
  return async (id, name, args) => {
    const params = { name, arguments: args };
    const [body, headers] =
      id % 2 === 0 ? modern('tools/call', params, id) : [{ jsonrpc: '2.0', id, method: 'tools/call', params }, {}];
    const { text } = await send(port, body, { ...headers, ...bearer });
    const data = text.startsWith('{') ? text : (/^data: (\{.*)$/m.exec(text)?.[1] ?? '');
    const reply = JSON.parse(data) as RawReply & { id: unknown };
    expect(reply.id).toBe(id);
    return resultOf(reply);
  };
}

test('200 calls of each of three clients, all with the same ids, never cross', async () => {
  const clients = await Promise.all([stdioClient(), stdioClient(), httpClient()]);
  const jobs = new Set<unknown>();
  const one = async (call: Call, client: number, id: number): Promise<void> => {
    const own = `client-${client}-call-${id}`;
    if (id % 3 === 0) {
      const { isError, content } = await call(id, 'correlate_conversations', { session_id: own });
      expect([isError, content[0]?.text]).toEqual([true, expect.stringContaining(`"${own}"`)]);
      return;
    }
    const messages = [{ role: 'user', content: 'x' }];
    const { structuredContent: facts } = await call(id, 'ingest_chat', { session_id: own, messages });
    expect(facts).toMatchObject({ deduplicated: false, next: { arguments: { session_id: own } } });
    jobs.add(facts?.['job_id']);
  };
  const atOnce = 20;
  for (let from = 1; from <= 200; from += atOnce) {
    const ids = Array.from({ length: atOnce }, (_, n) => from + n);
    await Promise.all(ids.flatMap((id) => clients.map((call, client) => one(call, client, id))));
  }
  expect(jobs.size).toBe(3 * (200 - Math.floor(200 / 3)));
}, 120_000);

test('of 50 conversations that are handed over at once, by one client to two workers, none is lost', async () => {
  const call = await stdioClient();
  const begun = run.work(['ingest', 'ingest']);
  const sessions = Array.from({ length: 50 }, (_, n) => `at-once-${n}`);
  const results = await Promise.all(
    sessions.map((session, n) =>
      call(n, 'ingest_chat', {
        session_id: session,
        messages: [
          {
            role: 'assistant',
            content: listed(`call-${n}`, [`Task of ${session}`, 'in_progress'], `And of ${session}`),
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: `call-${n}`, content: 'Todos modified' }] },
        ],
      }),
    ),
  );
  const jobs = results.map(({ structuredContent }) => String(structuredContent?.['job_id']));
  expect(new Set(jobs).size).toBe(50);
  await begun;
  for (const job of jobs) {
    await until(async () => (await run.queues.jobState('ingest', job)).state === 'completed', 60_000);
  }
  for (const session of sessions) {
    const { tasks } = await run.store.tasks.list({ sessionId: session });
    expect(tasks.map(({ title }) => title).sort()).toEqual([`And of ${session}`, `Task of ${session}`]);
  }
}, 120_000);
