import { createEncoder } from '../../src/language/local/encoder/encoder.ts';

// A program that uses the encoder and never closes it; run by encoder.test.ts.
const encoder = createEncoder({ deadlineMs: 60_000, onUnavailable: (reason) => void process.stdout.write(`${reason}\n`) });
process.stdout.write(`${(await encoder.encode(['hello there']))?.length}\n`);
