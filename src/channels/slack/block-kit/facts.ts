import type { KnownBlock, RichTextBlock, SectionBlock } from '@slack/types';
import type { CardBlock } from '../../../views/card.ts';
import { cutPieces, cutString, weightOf } from './cut.ts';
import { limits, shown } from './limits.ts';
import { isBlank, type Piece, piecesOf, plainOf } from './pieces.ts';
import { escaped, mrkdwnOf, richElements } from './text.ts';

type Fact = { label: string; value: readonly Piece[] };

/** Short facts side by side in two columns; a long one has its label above. */
export function toFacts({ facts }: Extract<CardBlock, { type: 'facts' }>, maxText: number): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let columns: Fact[] = [];
  const close = () => {
    blocks.push(...inColumns(columns));
    columns = [];
  };
  for (const { label, value } of facts) {
    const fact = {
      label: plainOf(piecesOf(label)).replace(/\s+/g, ' ').trim(),
      value: cutPieces(piecesOf(value), Math.min(maxText, limits.sectionText - limits.header)),
    };
    if (isBlank(plainOf(fact.value))) continue;
    if (isShort(fact)) {
      columns.push(fact);
      if (columns.length === limits.fields) close();
      continue;
    }
    close();
    blocks.push(below(fact));
  }
  close();
  return blocks;
}

function isShort({ label, value }: Fact): boolean {
  return weightOf([label]) <= shown.columnLabel && !isBlank(label) && plainOf(value).length <= shown.columnValue && !plainOf(value).includes('\n');
}

/** One alone would leave half of the line empty. */
function inColumns(facts: readonly Fact[]): (SectionBlock | RichTextBlock)[] {
  if (facts.length < 2) return facts.map(below);
  return [{ type: 'section', fields: facts.map(({ label, value }) => ({ type: 'mrkdwn', text: `*${escaped(label)}*\n${mrkdwnOf(value)}`, verbatim: true })) }];
}

function below({ label, value }: Fact): RichTextBlock {
  const name = isBlank(label) ? [] : richElements([`${cutString(label, limits.header)}\n`], { bold: true });
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [...name, ...richElements(value)] }] };
}
