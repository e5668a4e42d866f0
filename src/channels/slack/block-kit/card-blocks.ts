import type { KnownBlock } from '@slack/types';
import type { Card } from '../../../views/card.ts';
import { header, paragraph, toBlocks } from './blocks.ts';
import { toRows } from './buttons.ts';
import { cardButtons } from './card-inputs.ts';
import { fitting } from './fit.ts';
import { appName, shown } from './limits.ts';
import { isBlank } from './pieces.ts';
import type { Rendering, Writing } from './rendering.ts';

/** The blocks of a card; `titled`: its title stands above them. */
export function cardBlocks(card: Card, rendering: Rendering, surface: Writing['surface'], titled = true): KnownBlock[] {
  const firstTable = card.blocks.findIndex((block) => block.type === 'table');
  const build = (writing: Writing): KnownBlock[] => [
    ...(titled && card.title !== undefined ? header(card.title) : []),
    ...tidied(
      card.blocks.flatMap((block, at) => {
        // A message takes one table (Slack answers only_one_table_allowed).
        return toBlocks(block, block.type === 'table' && at !== firstTable ? { ...writing, surface: 'view' } : writing);
      }),
    ),
  ];
  const blocks = fitting(surface, rendering, build, toRows(cardButtons(card, rendering.words), surface));
  if (blocks.length > 0) return blocks;
  return paragraph(isBlank(card.summary) ? appName : card.summary, shown.summary);
}

/** Without lines at the top, at the end or twice. */
export function tidied(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.filter((block, at) => block.type !== 'divider' || (at > 0 && at < blocks.length - 1 && blocks[at - 1]?.type !== 'divider'));
}
