import type { CardRendering } from '../adaptive-card-text.ts';

/** How cards are drawn in Teams: people are mentioned as they stand in the card, and nobody else is listed. */
export const rendering: CardRendering = { target: 'teams', people: [] };
