import type { Brief, BriefLine } from '../domain/brief.ts';
import { briefBlocks, saidBy } from './brief-blocks.ts';
import { briefTopic } from './brief-coaching.ts';
import type { Card, CardBlock, Form, Text } from './card.ts';
import { type ViewContext, wordsOf } from './context.ts';
import { button, textBlock } from './parts.ts';
import { partsOf } from './text.ts';

export type BriefOptions = {
  /** Where those who lead can close the alignment: its own conversation, not a channel's post. */
  closable?: boolean;
};

/** The signed brief, for the channel or for those who took part. */
export function briefCard(ctx: ViewContext, brief: Brief, { closable = false }: BriefOptions = {}): Card {
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
      button(ctx, 'who-said-this', 'button.who-said-this', value, { form: true }),
      button(ctx, 'export-word', 'button.export-word', value),
      button(ctx, 'export-pdf', 'button.export-pdf', value),
      button(ctx, 'export-markdown', 'button.export-markdown', value),
      button(ctx, 'for-vendor', 'button.for-vendor', value, { form: true }),
      button(ctx, 'calendar-file', 'button.calendar-file', { programme: brief.alignmentId }),
      ...(closable ? [button(ctx, 'close', 'button.close', value)] : []),
    ],
  };
}

/** The objective that it fitted when it was signed. */
function fitBlocks({ words }: ViewContext, { fits }: Brief): CardBlock[] {
  return fits === undefined ? [] : [textBlock(words.say('brief.fitted', { objective: fits }), 'subtle')];
}

/** Every line of the brief with who said it, when, and a link to where (`links`, by message). Read only: submitting it closes it. */
export function whoSaidThisForm(ctx: ViewContext, brief: Brief, links: ReadonlyMap<string, string> = new Map()): Form {
  const { words } = ctx;
  const groups = brief.factors.flatMap(({ questions }) => questions).filter(({ lines }) => lines.length > 0);
  const { askedFor } = brief;
  return {
    id: 'who-said-this',
    title: words.plain('form.who-title'),
    submitLabel: words.plain('form.who-submit'),
    submit: 'who-said-this',
    value: { alignment: brief.alignmentId },
    blocks: [
      textBlock(words.say('form.who-intro'), 'subtle'),
      ...(askedFor
        ? [textBlock(words.say('brief.asked-for'), 'strong'), textBlock(linked(ctx, lineWithAuthor(ctx, askedFor), links.get(askedFor.messageRef)))]
        : []),
      ...groups.flatMap(({ questionId, lines }) => [
        textBlock(ctx.questions[questionId].label, 'strong'),
        {
          type: 'list' as const,
          items: lines.map((line) => ({ text: wordsOf(ctx, line.quote), note: linked(ctx, saidBy(ctx, line), links.get(line.messageRef)) })),
        },
      ]),
      ...(groups.length === 0 && !askedFor ? [textBlock(words.say('form.who-empty'))] : []),
    ],
  };
}

function linked(ctx: ViewContext, text: Text, link: string | undefined): Text {
  if (link === undefined) return text;
  return [...partsOf(text), ctx.words.plain('common.comma'), { link, label: ctx.words.plain('form.who-link') }];
}

function lineWithAuthor(ctx: ViewContext, line: Pick<BriefLine, 'quote' | 'by' | 'at'>) {
  const slots = { person: [ctx.person(line.by)], when: [{ at: line.at, as: 'date-time' as const }], words: wordsOf(ctx, line.quote) };
  return ctx.words.say('form.who-line', slots);
}
