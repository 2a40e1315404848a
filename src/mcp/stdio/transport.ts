/**
 * Newline-delimited JSON-RPC over two streams. Our own transport, since the SDK's closes for good on one long message,
 * drops malformed lines without an answer, and leaves requests unanswered that came right before the end of input.
 */
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import type { Readable, Writable } from 'node:stream';
import { log } from '../../logger.js';

/** A longer line is skipped. A call may hold a conversation; 256 kB of it will be kept. */
const MAX_LINE_BYTES = 16 * 1_024 * 1_024;
/** How long requests that are under way may still be answered after the end of input. */
const GRACE_MS = 200;
const NEWLINE = 10;

const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;

export interface LineTransport extends Transport {
  /** Settles when input has ended and what could be answered has been. */
  readonly ended: Promise<void>;
}

export function createLineTransport(input: Readable, output: Writable): LineTransport {
  let parts: Buffer[] = [];
  let bytes = 0;
  let skipping = false;
  let closed = false;
  let settleEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => (settleEnded = resolve));
  /** Requests that came and are not answered, by id. */
  const open = new Set<string | number>();
  let idle = (): void => undefined;

  const write = (message: unknown): void => {
    if (!closed && !output.destroyed) output.write(`${JSON.stringify(message)}\n`);
  };
  const refuse = (code: number, message: string, id: string | number | null): void => {
    log.warn('mcp.bad-message', { code, message });
    write({ jsonrpc: '2.0', id, error: { code, message } });
  };

  const take = (line: string): void => {
    if (line.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      refuse(PARSE_ERROR, 'Parse error: a line was not JSON', null);
      return;
    }
    const fault = faultOf(value);
    if (fault !== null) {
      refuse(INVALID_REQUEST, `Invalid request: ${fault}`, idOf(value));
      return;
    }
    const message = value as JSONRPCMessage;
    if ('method' in message && 'id' in message) open.add(message.id);
    if ('method' in message && message.method === 'notifications/cancelled') settle(message.params?.['requestId']);
    transport.onmessage?.(message);
  };

  const settle = (id: unknown): void => {
    if (typeof id !== 'string' && typeof id !== 'number') return;
    open.delete(id);
    if (open.size === 0) idle();
  };

  const onData = (chunk: Buffer): void => {
    let from = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      const piece = chunk.subarray(from, newline < 0 ? undefined : newline);
      bytes += piece.length;
      if (bytes > MAX_LINE_BYTES) {
        skipping = true;
        parts = [];
      } else if (piece.length > 0) parts.push(piece);
      if (newline < 0) return;
      from = newline + 1;
      const line = skipping ? null : Buffer.concat(parts).toString('utf8');
      parts = [];
      bytes = 0;
      skipping = false;
      if (line === null)
        refuse(INVALID_REQUEST, `Invalid request: a message is longer than ${MAX_LINE_BYTES} bytes`, null);
      else take(line);
    }
  };

  const onEnd = (): void => {
    input.off('data', onData);
    // A turn of the loop first: what came last has not been looked at yet.
    setImmediate(() => {
      if (open.size === 0) return settleEnded();
      idle = settleEnded;
      setTimeout(settleEnded, GRACE_MS);
    });
  };

  const transport: LineTransport = {
    ended,
    start: () => {
      input.on('data', onData);
      input.once('end', onEnd);
      input.once('close', onEnd);
      input.on('error', onEnd);
      output.on('error', settleEnded);
      if (input.readableEnded || input.destroyed) onEnd();
      return Promise.resolve();
    },
    send: (message) => {
      write(message);
      if (!('method' in message)) settle(message.id);
      return Promise.resolve();
    },
    close: () => {
      if (closed) return Promise.resolve();
      closed = true;
      input.off('data', onData);
      input.pause();
      settleEnded();
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  return transport;
}

/** What is wrong with a message, in words that repeat nothing of it; null if nothing. */
function faultOf(value: unknown): string | null {
  if (Array.isArray(value)) return 'batches are not supported';
  if (typeof value !== 'object' || value === null) return 'not an object';
  const { jsonrpc, method, params, id, result, error } = value as Record<string, unknown>;
  if (jsonrpc !== '2.0') return 'jsonrpc is not "2.0"';
  if (id !== undefined && typeof id !== 'string' && !(typeof id === 'number' && Number.isSafeInteger(id))) {
    return 'id is neither a text nor a whole number';
  }
  if (method === undefined)
    return id !== undefined && (result !== undefined || error !== undefined) ? null : 'method is missing';
  if (typeof method !== 'string') return 'method is not a text';
  if (params !== undefined && (typeof params !== 'object' || params === null || Array.isArray(params))) {
    return 'params is not an object';
  }
  return null;
}

function idOf(value: unknown): string | number | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id } = value;
  return typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id)) ? id : null;
}
