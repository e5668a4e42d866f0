import type { IncomingMessage } from 'node:http';

// A sender that is cut off while it still sends sees no answer at all; one that never ends is cut off here.
const PATIENCE = 10;

// Slack sends a body at once and waits three seconds for the whole answer; whoever sends it a byte at a time only holds a connection.
const LONGEST_MS = 10_000;

/** The bytes of a body as they came; nothing parsed them before. 'broken off': the sender is gone, or took longer than `longestMs` and was cut off. */
export function readBody(request: IncomingMessage, maxBytes: number, longestMs = LONGEST_MS): Promise<Buffer | 'too large' | 'broken off'> {
  return new Promise((resolve) => {
    const late = setTimeout(() => request.destroy(), longestMs);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        if (size > maxBytes * PATIENCE) resolve('too large');
      }
    });
    request.once('end', () => {
      clearTimeout(late);
      resolve(size > maxBytes ? 'too large' : chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', () => resolve('broken off'));
    request.once('close', () => {
      clearTimeout(late);
      resolve('broken off');
    });
  });
}
