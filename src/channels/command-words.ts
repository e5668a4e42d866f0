import type { InboundEvent } from '../app/ports.ts';

type CommandGiven = Extract<InboundEvent, { type: 'CommandGiven' }>;

const known: readonly { written: RegExp; command: CommandGiven['command'] }[] = [
  { written: /^start\b/iu, command: 'start' },
  { written: /^(?:list|home)\b/iu, command: 'list' },
  { written: /^status\b/iu, command: 'status' },
  { written: /^settings\b/iu, command: 'settings' },
  { written: /^listen[\s-]?on\b/iu, command: 'listen-on' },
  { written: /^listen[\s-]?off\b/iu, command: 'listen-off' },
  { written: /^my[\s-]?data\b/iu, command: 'my-data' },
  { written: /^forget[\s-]?me\b/iu, command: 'forget-me' },
];

/** The words behind `/plumb`, the same on every platform. What is not known asks for help, so that a slip of the finger posts nothing. */
export function readCommand(words: string): Pick<CommandGiven, 'command' | 'text'> {
  const given = words.trim();
  const found = known.find(({ written }) => written.test(given));
  return found ? { command: found.command, text: given.replace(found.written, '').trim() } : { command: 'help', text: '' };
}
