import { parseArgs } from 'node:util';
import { createEncoder } from './encoder/encoder.ts';
import { trainReplies } from './train-replies.ts';
import { trainRequests } from './train-requests.ts';

const usage = `npm run train -- [--chat FILE]...

Fits the weights of the local language engine on the messages in src/language/local/training/.
--chat FILE   lines of real chat in which nobody asks for training, {"text": "…"} each; only weights learned from them are kept.
              Give the same files again whenever you train: without them the engine would no longer know ordinary chat.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { chat: { type: 'string', multiple: true, default: [] }, help: { type: 'boolean', default: false } } });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const encoder = createEncoder({ deadlineMs: 120_000, onUnavailable: (reason) => say(`The sentence encoder is not available: ${reason}`) });
  try {
    await trainRequests(encoder, values.chat, say);
    await trainReplies(encoder, say);
  } finally {
    await encoder.close();
  }
}

await main();
