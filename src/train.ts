import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEncoder } from './language/local/encoder/encoder.ts';
import { trainCues } from './language/local/train-cues.ts';
import { trainReplies } from './language/local/train-replies.ts';
import { trainRequests } from './language/local/train-requests.ts';
import { trainSkim } from './language/local/train-skim.ts';
import { loadPrompts } from './prompts.ts';

const promptsDirectory = join(import.meta.dirname, '..', 'prompts');

const usage = `npm run train -- requests --chat FILE...
npm run train -- skim --chat FILE...
npm run train -- replies
npm run train -- cues

Fits the weights of the local language engine on the messages in src/language/local/training/, and prints how it does on what was held back.
--chat FILE   lines of real chat in which nobody asks for training, {"text": "..."} each; only weights learned from them are kept. Hearing needs some
              tens of thousands: without them the engine would not know ordinary chat, and speak up in it.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { chat: { type: 'string', multiple: true, default: [] }, help: { type: 'boolean', default: false } },
  });
  const [what] = positionals;
  const fromChat = what === 'requests' || what === 'skim';
  const known = positionals.length === 1 && (what === 'replies' || what === 'cues' || (fromChat && values.chat.length > 0));
  if (values.help || !known) {
    (values.help ? process.stdout : process.stderr).write(usage);
    return values.help ? 0 : 2;
  }
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (what === 'skim') {
    trainSkim(values.chat, say);
    return 0;
  }
  const encoder = createEncoder({ deadlineMs: 120_000, onUnavailable: (reason) => say(`The sentence encoder is not available: ${reason}`) });
  try {
    await (what === 'requests'
      ? trainRequests(encoder, values.chat, say)
      : what === 'cues'
        ? trainCues(encoder, loadPrompts(promptsDirectory).knowledge, say)
        : trainReplies(encoder, say));
    return 0;
  } finally {
    await encoder.close();
  }
}

process.exitCode = await main();
