import { createEncoder } from '../../src/language/local/encoder/encoder.ts';

// A program that uses the encoder, or the worker given as its argument, and never closes it; run by encoder.test.ts.
const [given] = process.argv.slice(2);
const onUnavailable = (reason: string) => void process.stdout.write(`${reason}\n`);
const encoder = createEncoder({ deadlineMs: 60_000, onUnavailable, ...(given !== undefined && { worker: new URL(given) }) });
process.stdout.write(`${(await encoder.encode(['hello there']))?.length}\n`);
