import type { ChannelName } from '../domain/conversation.ts';
import type { Card } from './card.ts';
import type { ViewContext } from './context.ts';
import { textBlock } from './parts.ts';

/** How Plumb is brought into a channel differs. */
const inviteKeys = { slack: 'installed.invite-slack', teams: 'installed.invite-teams', room: 'installed.invite' } as const satisfies Record<
  ChannelName,
  string
>;

/** Private, to whoever installed Plumb: three steps until it works. */
export function installedCard({ words }: ViewContext, channel: ChannelName): Card {
  return {
    summary: words.plain('installed.summary'),
    title: words.say('installed.title'),
    blocks: [
      textBlock(words.say('installed.intro')),
      textBlock(words.say(inviteKeys[channel])),
      textBlock(words.say(channel === 'teams' ? 'installed.partners-teams' : 'installed.partners')),
      textBlock(words.say('installed.try')),
      textBlock(words.say('installed.admin'), 'subtle'),
    ],
    actions: [],
  };
}
