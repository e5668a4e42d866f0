import type { Card } from './card.ts';
import type { ViewContext } from './context.ts';
import { button, textBlock } from './parts.ts';

/** Once to each person, in their 1:1 chat, when they have added Plumb: what it is, how to begin, what it keeps. */
export function welcomeCard(ctx: ViewContext): Card {
  const { words } = ctx;
  return {
    summary: words.plain('welcome.summary'),
    title: words.say('welcome.title'),
    blocks: [
      textBlock(words.say('welcome.text')),
      textBlock(words.say('welcome.try')),
      textBlock(words.say('welcome.others')),
      textBlock([...words.say('help.keeps'), ' ', ...words.say('help.commands')], 'subtle'),
    ],
    actions: [button(ctx, 'start-in-form', 'button.start-in-form', {}, { form: true })],
  };
}
