import type { KnownBlock } from '@slack/types';
import type { CardBlock } from '../../../views/card.ts';
import { cutPieces, cutString, weightOf } from './cut.ts';
import { limits, shown } from './limits.ts';
import { isBlank, type Piece, piecesOf, plainOf } from './pieces.ts';
import type { Writing } from './rendering.ts';
import { merged, section } from './section.ts';
import { escaped, mrkdwnOf } from './text.ts';

type Fact = { label: string; value: readonly Piece[] };

/** Short facts side by side in two columns; long ones below each other. */
export function toFacts({ facts }: Extract<CardBlock, { type: 'facts' }>, { maxText, compact }: Writing): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let columns: Fact[] = [];
  const close = () => {
    blocks.push(...inColumns(columns));
    columns = [];
  };
  for (const fact of facts) {
    const label = cutString(plainOf(piecesOf(fact.label)).replace(/\s+/g, ' ').trim(), limits.header);
    const value = cutPieces(piecesOf(fact.value), Math.min(maxText, limits.sectionText - limits.header * 2));
    if (isBlank(plainOf(value))) continue;
    if (!compact && isShort({ label, value })) {
      columns.push({ label, value });
      if (columns.length === limits.fields) close();
    } else {
      close();
      blocks.push(section(line({ label, value })));
    }
  }
  close();
  return merged(blocks, '\n');
}

function isShort({ label, value }: Fact): boolean {
  const words = plainOf(value);
  return weightOf([label]) <= shown.columnLabel && !isBlank(label) && words.length <= shown.columnValue && !words.includes('\n');
}

/** One alone would leave half of the line empty. */
function inColumns(facts: readonly Fact[]): KnownBlock[] {
  if (facts.length < 2) return facts.map((fact) => section(line(fact)));
  return [{ type: 'section', fields: facts.map(({ label, value }) => ({ type: 'mrkdwn', text: `*${escaped(label)}*\n${mrkdwnOf(value)}`, verbatim: true })) }];
}

function line({ label, value }: Fact): string {
  const words = mrkdwnOf(value).trim();
  if (isBlank(label)) return words;
  return `*${escaped(label)}:*${words.includes('\n') ? '\n' : ' '}${words}`;
}
