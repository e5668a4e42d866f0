import type { KnownBlock } from '@slack/types';
import type { Card } from '../../../views/card.ts';
import { header, toBlocks } from './blocks.ts';
import { rowOf, toRows } from './buttons.ts';
import { cardButtons } from './card-inputs.ts';
import { fitting } from './fit.ts';
import { shown } from './limits.ts';
import type { Rendering, Writing } from './rendering.ts';

/** The blocks of a card; `titled`: its title stands above them. */
export function cardBlocks(card: Card, rendering: Rendering, surface: Writing['surface'], titled = true): KnownBlock[] {
  const { below, within } = cardButtons(card, rendering.words);
  const build = (writing: Writing): KnownBlock[] => [
    ...(titled && card.title !== undefined ? header(card.title) : []),
    ...tidied(
      card.blocks.flatMap((block, at) => {
        const opener = within.get(at);
        return opener ? [rowOf(opener)] : toBlocks(block, writing);
      }),
    ),
  ];
  const blocks = fitting(surface, rendering, build, toRows(below, surface));
  return blocks.length > 0 ? blocks : toBlocks({ type: 'text', text: card.summary }, { surface, maxText: shown.summary });
}

/** Without lines at the top, at the end or twice. */
export function tidied(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.filter((block, at) => block.type !== 'divider' || (at > 0 && at < blocks.length - 1 && blocks[at - 1]?.type !== 'divider'));
}
