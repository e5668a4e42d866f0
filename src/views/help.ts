import type { Card } from './card.ts';
import type { ViewContext } from './context.ts';
import { noticeCard } from './notice.ts';
import { textBlock } from './parts.ts';

/** The answer to the help command: what Plumb does, and the other commands. */
export function helpCard(ctx: ViewContext): Card {
  const card = noticeCard(ctx, { kind: 'help' });
  return { ...card, blocks: [...card.blocks, textBlock(ctx.words.say('help.commands'), 'subtle')] };
}
