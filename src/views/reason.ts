import type { Text } from './card.ts';
import { listed, type ViewContext } from './context.ts';
import type { WordingKey } from './wording.ts';

/** Why Plumb is here, for whoever asks: what somebody did, or what was recognised. `asked`: it only asked the author whether this is a request. */
export function reasonLine(ctx: ViewContext, reasons: readonly string[], asked: boolean): Text {
  const { words } = ctx;
  const given = new Set(reasons.map((reason) => `reason.${reason}`));
  const main = mainReasons.filter((key) => given.has(key)).map((key) => words.plain(key));
  const parts = partReasons.filter((key) => given.has(key)).map((key) => words.plain(key));
  if (given.size === 0) return words.say('reason.intro-none');
  // What it names makes no request by itself, and reasons that a newer engine gives may have no wording yet.
  const said = main.length === 0 ? [words.plain('reason.other')] : main;
  const all = parts.length === 0 ? said : [...said, words.plain('reason.names', { parts: listed(ctx, parts) })];
  return [...words.say(asked ? 'reason.intro-asked' : 'reason.intro'), ' ', all.join('; '), '.'];
}

/** In the order in which they are told: what somebody did, what people taught, what the words say. */
const mainReasons = [
  'reason.mentioned',
  'reason.command',
  'reason.shortcut',
  'reason.private-message',
  'reason.other-request',
  'reason.learned',
  'reason.asks-for-training',
  'reason.looks-for-provider',
  'reason.team-cannot',
  'reason.asks-for-help',
] as const satisfies readonly WordingKey[];

const partReasons = ['reason.names-topic', 'reason.names-audience', 'reason.names-format', 'reason.names-deadline'] as const satisfies readonly WordingKey[];
