import type { Brief } from '../domain/brief.ts';
import { briefBlocks } from './brief-blocks.ts';
import { briefTopic } from './brief-coaching.ts';
import type { Card, CardBlock } from './card.ts';
import type { ViewContext } from './context.ts';
import { giveButton } from './open-points.ts';
import { button, inMore, textBlock } from './parts.ts';

export type BriefOptions = {
  /** Where those who lead can close the alignment: its own conversation, not a channel's post. */
  closable?: boolean;
  /** The alignment is closed: nothing of it can be changed, found out or called for any more. */
  closed?: boolean;
};

/** The signed brief, for the channel or for those who took part. */
export function briefCard(ctx: ViewContext, brief: Brief, { closable = false, closed = false }: BriefOptions = {}): Card {
  const topic = briefTopic(ctx, brief);
  const version = String(brief.version);
  const value = { alignment: brief.alignmentId };
  return {
    summary: ctx.words.plain('brief.summary', { topic, version }),
    title: ctx.words.say('brief.title', { topic }),
    blocks: [
      textBlock(ctx.words.say('brief.version', { version }), 'subtle'),
      ...briefBlocks(ctx, brief),
      ...fitBlocks(ctx, brief),
      textBlock(ctx.words.say('brief.made-by'), 'subtle'),
    ],
    actions: [
      ...(closable ? [button(ctx, 'change-something', 'button.change-something', value, { form: true })] : []),
      ...(closed ? [] : giveButton(ctx, brief)),
      button(ctx, 'export-word', 'button.export-word', value),
      ...(closed || !hasCallTime(brief) ? [] : [button(ctx, 'calendar-file', 'button.calendar-file', { programme: brief.alignmentId })]),
      ...inMore(
        button(ctx, 'who-said-this', 'button.who-said-this', value, { form: true }),
        button(ctx, 'export-pdf', 'button.export-pdf', value),
        button(ctx, 'export-markdown', 'button.export-markdown', value),
        button(ctx, 'for-vendor', 'button.for-vendor', value, { form: true }),
        closable ? button(ctx, 'close', 'button.close', value) : undefined,
      ),
    ],
  };
}

/** Without a day and a time there is nothing to put into a calendar. */
function hasCallTime({ weekly }: Brief): boolean {
  return weekly.some(({ when }) => when.weekday !== undefined && when.time !== undefined);
}

/** The objective that it fitted when it was signed. */
function fitBlocks({ words }: ViewContext, { fits }: Brief): CardBlock[] {
  return fits === undefined ? [] : [textBlock(words.say('brief.fitted', { objective: fits }), 'subtle')];
}
