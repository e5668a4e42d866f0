import type { KnownBlock } from '@slack/types';
import type { Card } from '../../../views/card.ts';
import { cardBlocks } from './card-blocks.ts';
import { appName, shown } from './limits.ts';
import { isBlank, piecesOf, plainOf } from './pieces.ts';
import type { Rendering } from './rendering.ts';
import { fallbackText } from './text.ts';

/** A card as a message: never more than Slack takes. `text` is for notifications and screen readers and never empty; Slack shows the blocks. */
export function toMessage(card: Card, rendering: Rendering): { text: string; blocks: KnownBlock[] } {
  return { text: summaryOf(card), blocks: cardBlocks(card, rendering, 'message') };
}

function summaryOf({ summary, title }: Card): string {
  return [summary, plainOf(piecesOf(title ?? '')), appName].map((text) => fallbackText(text, shown.summary)).find((text) => !isBlank(text)) ?? appName;
}
