import type { IncomingMessage } from 'node:http';

// A sender that is cut off while it still sends sees no answer at all; one that never ends is cut off here.
const PATIENCE = 10;

// Platforms send a body at once and wait a few seconds for the whole answer; whoever sends it a byte at a time only holds a connection.
const LONGEST_MS = 10_000;
const SWEEP_MS = 250;

/** The bytes of a body as they came; nothing parsed them before. 'broken off': the sender is gone, or took longer than `longestMs` and was cut off. */
export function readBody(request: IncomingMessage, maxBytes: number, longestMs = LONGEST_MS): Promise<Buffer | 'too large' | 'broken off'> {
  return new Promise((resolve) => {
    watch(request, longestMs);
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
      unfinished.delete(request);
      resolve(size > maxBytes ? 'too large' : chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', () => resolve('broken off'));
    request.once('close', () => {
      unfinished.delete(request);
      resolve('broken off');
    });
  });
}

/** Bodies that are still on their way, and until when (milliseconds that only ever grow). One clock for all of them: most are there at once, and a timer each cost more than they do. */
const unfinished = new Map<IncomingMessage, number>();
let sweep: NodeJS.Timeout | undefined;

function watch(request: IncomingMessage, longestMs: number): void {
  unfinished.set(request, performance.now() + longestMs);
  sweep ??= setInterval(cutOff, SWEEP_MS).unref();
}

function cutOff(): void {
  for (const [request, until] of unfinished) if (performance.now() > until) request.destroy();
  if (unfinished.size > 0) return;
  clearInterval(sweep);
  sweep = undefined;
}
