import type { CardRendering } from '../adaptive-card-text.ts';

/** An Adaptive Card as an attachment or in an answer. */
export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

/** How cards are drawn in Teams: people are mentioned as they stand in the card, and nobody else is listed. */
export const rendering: CardRendering = { target: 'teams', people: [] };
