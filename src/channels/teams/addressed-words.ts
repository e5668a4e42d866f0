import type { InboundEvent } from '../../app/ports.ts';
import { readCommand } from '../command-words.ts';
import type { ReadText } from './read-text.ts';

type CommandGiven = Extract<InboundEvent, { type: 'CommandGiven' }>;

const greetings = /^(?:help(?: me)?|hi|hello|hey)(?: there)?(?:,? plumb)?$/iu;
const commands = /^(?:start|list|home|status|settings|listen[ -]o(?:n|ff)|my[ -]data|forget[ -]me)$/iu;
const startOf = /^start(?:\s+an)?\s+alignment\b[\s:,–-]*/iu;

/**
 * The command in words that were said to Plumb; undefined when they are something else. Bot commands arrive as messages (Microsoft Learn: "Create a command
 * menu for your bot"), so only the exact words are taken for one: whoever writes a sentence means the sentence.
 */
export function readAddressed(said: ReadText, botId: string): Pick<CommandGiven, 'command' | 'text'> | undefined {
  const words = withoutPlumb(said, botId).trim();
  // Longer than any of them.
  const bare = words.length > 40 ? '' : words.replaceAll(/\s+/gu, ' ').replace(/[ .!?]+$/u, '');
  if (greetings.test(bare)) return { command: 'help', text: '' };
  if (commands.test(bare)) return readCommand(bare);
  const started = startOf.exec(words);
  return started ? { command: 'start', text: words.slice(started[0].length) } : undefined;
}

function withoutPlumb({ text, mentions }: ReadText, botId: string): string {
  let rest = '';
  let read = 0;
  for (const { start, end, personId } of mentions) {
    if (personId !== botId) continue;
    rest += text.slice(read, start);
    read = end;
  }
  return rest + text.slice(read);
}
