import type { Card } from '../../views/card.ts';
import { toAdaptiveCard } from '../adaptive-card.ts';
import type { Answer } from './answer.ts';
import { adaptiveCardType, rendering } from './rendering.ts';

/** Nothing to say; a dialog that was sent closes (Microsoft Learn: "Use dialogs with bots", no response). */
export const done: Answer = { status: 200 };

/**
 * Not even this could be done. Teams says so in its own words, and leaves a dialog open as it stands: the last resort where nothing that was typed may be
 * lost.
 */
export const failed: Answer = { status: 503 };

/** Teams is asked for something that Plumb does not do (as botbuilder's TeamsActivityHandler answers). */
export const notServed: Answer = { status: 501 };

/** A press, answered with the card as it is now: it stands in the place of the one that was pressed (Microsoft Learn: "Universal Action Model", Response format). */
export function pressedCard(card: Card): Answer {
  return { status: 200, body: { statusCode: 200, type: adaptiveCardType, value: toAdaptiveCard(card, rendering) } };
}

/** A press, answered with words that only whoever pressed sees below the card; the card stays. Never without words: Microsoft's client shows an empty bar then. */
export function pressedMessage(text: string): Answer {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text } };
}

/** A dialog with a card in it, opened or taking the place of the one before (Microsoft Learn: "Invoke and dismiss dialogs"). Without a height it fits its card. */
export function dialog(title: string, content: object): Answer {
  return { status: 200, body: { task: { type: 'continue', value: { title, width: 'medium', card: { contentType: adaptiveCardType, content } } } } };
}

/** A dialog that only says something. */
export function dialogMessage(text: string): Answer {
  return { status: 200, body: { task: { type: 'message', value: text } } };
}
