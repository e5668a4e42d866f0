import type { HomeView } from '@slack/types';
import type { Card } from '../../../views/card.ts';
import { cardBlocks } from './card-blocks.ts';
import { callbacks } from './metadata.ts';
import type { Rendering } from './rendering.ts';

/** A person's Home. Its inputs, if it has any, open like those of a message. */
export function toHome(card: Card, rendering: Rendering): HomeView {
  return { type: 'home', callback_id: callbacks.home, blocks: cardBlocks(card, rendering, 'view') };
}
