import type { Card } from './card.ts';
import type { ViewContext } from './context.ts';
import { textBlock } from './parts.ts';

/** Private, to whoever installed Plumb: three steps until it works. */
export function installedCard({ words }: ViewContext): Card {
  return {
    summary: words.plain('installed.summary'),
    title: words.say('installed.title'),
    blocks: [
      textBlock(words.say('installed.intro')),
      textBlock(words.say('installed.invite')),
      textBlock(words.say('installed.partners')),
      textBlock(words.say('installed.try')),
      textBlock(words.say('installed.admin'), 'subtle'),
    ],
    actions: [],
  };
}
