import type { IncomingMessage } from 'node:http';

/**
 * The whole body; null when it is longer than `maxBytes`. What follows then is thrown away as it comes, so that the
 * client, which is still sending, gets to read its answer: the SDK's own reader would cut the connection instead.
 * @throws when the client leaves, or is cut off for its slowness, before the end
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const keep = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.off('data', keep);
      request.resume();
      chunks.length = 0;
      resolve(null);
    };
    request.on('data', keep);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the request ended before its body did')));
  });
}
