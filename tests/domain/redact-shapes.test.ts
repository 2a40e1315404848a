import { expect, test } from '@jest/globals';
import { createRedactor } from '../../src/domain/redact/index.js';
import { LINES, SHAPES } from '../support/secrets.js';

const redact = createRedactor({ rules: [], allow: [] }, Buffer.alloc(32, 7));
const SAMPLES = 20;

/** What is left of the secret in the line, as far as it could help a guess. */
function leftOf(secret: string, masked: string): string | null {
  const line = masked.replaceAll(/\[redacted:[^\]]+\]/g, '\0');
  const pieces = [secret, JSON.stringify(secret).slice(1, -1)].flatMap((spelled) =>
    Array.from({ length: Math.max(0, spelled.length - 5) }, (_, at) => spelled.slice(at, at + 6)),
  );
  return pieces.find((piece) => line.includes(piece)) ?? null;
}

test.each(SHAPES)('nothing is left of a secret: $name', ({ make }) => {
  for (let sample = 0; sample < SAMPLES; sample++) {
    const { text, secret } = make();
    for (const [index, put] of LINES.entries()) {
      const line = put(text);
      const masked = redact(line);
      expect({ index, line, masked, left: leftOf(secret, masked) }).toEqual({ index, line, masked, left: null });
      expect(redact(masked)).toBe(masked);
    }
  }
});
