import type { PersonId } from '../domain/conversation.ts';
import type { Card, Text } from './card.ts';
import type { ViewContext } from './context.ts';
import { backButton, button, linkButton, present, textBlock } from './parts.ts';
import { plainText } from './text.ts';

/** What waits for somebody, in general words. */
type Waiting = 'request' | 'question' | 'draft' | 'conversation' | 'introduction' | 'weekly-question' | 'answer' | 'message';

export type Unreached = {
  who: Text;
  kind: Waiting;
  /** Where people add Plumb for themselves. */
  link?: string;
  /** The id of an alignment that can go on in the thread instead. */
  goesOn?: string;
};

/** In the conversation it belongs to: somebody has no chat with Plumb, and what they can do. Nothing of what waits for them. */
export function unreachedCard(ctx: ViewContext, { who, kind, link, goesOn }: Unreached): Card {
  const { words } = ctx;
  const text = words.say(`unreached.${kind}`, { person: who });
  return {
    summary: plainText(text),
    blocks: [textBlock(text), textBlock(words.say('unreached.how'), 'subtle')],
    actions: present(link === undefined ? undefined : linkButton(ctx, 'button.add-plumb', link), goesOn === undefined ? undefined : backButton(ctx, goesOn)),
  };
}

/** Whoever wanted to go on privately has no chat with Plumb: it goes on here. */
export function chatlessCard(ctx: ViewContext, { person, alignment, link }: { person: PersonId; alignment: string; link?: string }): Card {
  const text = ctx.words.say('unreached.stays-here', { person: [ctx.person(person)] });
  return {
    summary: plainText(text),
    blocks: [textBlock(text)],
    actions: present(
      link === undefined ? undefined : linkButton(ctx, 'button.add-plumb', link),
      button(ctx, 'continue-privately', 'button.continue-privately', { alignment }),
    ),
  };
}
