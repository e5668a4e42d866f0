import type { Activity } from 'botframework-schema';
import type { Card } from '../../views/card.ts';
import { toAdaptiveCard } from '../adaptive-card.ts';
import { cutText } from '../adaptive-card-text.ts';
import { asWords } from '../as-words.ts';
import { type Address, whereOf } from './address.ts';
import { adaptiveCardType, rendering } from './rendering.ts';

// What a notification shows of it.
const maxSummary = 400;

/**
 * A card as a message. It has no text beside the card: Teams would make two messages of it and tell the id of neither (Microsoft Learn, "Messages in bot
 * conversations"), so notifications and lists of chats show the summary.
 */
export function cardActivity(card: Card): Partial<Activity> {
  return {
    type: 'message',
    summary: cutText(asWords(card.summary), maxSummary),
    attachments: [{ contentType: adaptiveCardType, content: toAdaptiveCard(card, rendering) }],
    ...(card.generated && generatedParts()),
  };
}

/** Words as a message: `plain`, so that nothing in them is read as markup. */
export function textActivity(text: string): Partial<Activity> {
  return { type: 'message', text, textFormat: 'plain' };
}

/** The activity as botbuilder sends one by itself: who says it, and where. */
export function addressed(activity: Partial<Activity>, address: Address): Partial<Activity> {
  const { tenant, botId, kind } = address;
  const { conversationId } = whereOf(address);
  return {
    ...activity,
    channelId: 'msteams',
    from: { id: botId, name: '' },
    conversation: { id: conversationId, tenantId: tenant, conversationType: kind, isGroup: kind !== 'personal', name: '' },
  };
}

/** The label "AI generated" and the two thumbs (Microsoft Learn, "Bot messages with AI-generated content"). */
function generatedParts(): Pick<Activity, 'channelData'> & { entities: { type: string }[] } {
  const label = { type: 'https://schema.org/Message', '@type': 'Message', '@context': 'https://schema.org', additionalType: ['AIGeneratedContent'] };
  return { entities: [label], channelData: { feedbackLoop: { type: 'default' } } };
}
