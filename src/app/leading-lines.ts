import type { Card } from '../views/card.ts';
import type { ViewContext } from '../views/context.ts';
import { type Notice, noticeCard, noticeText } from '../views/notice.ts';
import { type Taken, takenLine } from '../views/taken.ts';
import { plainText } from '../views/text.ts';

/** A card with nothing but a line for each thing that was taken. */
export function takenCard(ctx: ViewContext, taken: readonly Taken[]): Card {
  const lines = taken.map((one) => takenLine(ctx, one));
  return { summary: lines.map((line) => plainText(line)).join(' '), blocks: lines.map((text) => ({ type: 'text', text, style: 'subtle' })), actions: [] };
}

/** The same card with short notices in front. */
export function withLeads(ctx: ViewContext, card: Card, leads: readonly Notice[]): Card {
  const texts = leads.map((notice) => noticeText(ctx, notice));
  const summary = [...texts.map((text) => plainText(text)), card.summary].join(' ');
  return { ...card, summary, blocks: [...leads.flatMap((notice) => noticeCard(ctx, notice).blocks), ...card.blocks] };
}
