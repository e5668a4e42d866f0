import type { Card, CardBlock, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { button, textBlock } from './parts.ts';

/** Says, before anything is erased, what will happen and what stays; one button does it. */
export function forgetCard(ctx: ViewContext): Card {
  return {
    summary: ctx.words.plain('forget.summary'),
    title: ctx.words.say('forget.title'),
    blocks: told(ctx),
    actions: [button(ctx, 'forget-me', 'button.forget-me', {}, { style: 'danger' })],
  };
}

/** The same as a form, for a button that stands beside others. */
export function forgetForm(ctx: ViewContext): Form {
  return {
    id: 'forget-me',
    title: ctx.words.plain('button.forget-me'),
    submitLabel: ctx.words.plain('button.forget-me'),
    submit: 'forget-me',
    value: {},
    blocks: [textBlock(ctx.words.say('forget.title'), 'strong'), ...told(ctx)],
  };
}

function told({ words }: ViewContext): CardBlock[] {
  return [
    { type: 'list', items: [words.say('forget.words'), words.say('forget.requests'), words.say('forget.nudges')].map((text) => ({ text })) },
    textBlock(words.say('forget.stays')),
    textBlock(words.say('forget.platform'), 'subtle'),
    textBlock(words.say('forget.final'), 'strong'),
  ];
}
