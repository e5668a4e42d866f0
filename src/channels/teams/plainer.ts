import type { Activity } from 'botframework-schema';
import type { Logger } from '../../app/ports.ts';
import type { Card } from '../../views/card.ts';
import { cardText } from './card-text.ts';
import { cutCard } from './cut-card.ts';
import { isRefused } from './errors.ts';
import { cardActivity, textActivity } from './to-activity.ts';
import type { TeamsWords } from './words.ts';

type Dependencies = { words: Pick<TeamsWords, 'more'>; logger: Logger };

/** Sends a card; once more and shorter when it is too large for Teams, once more as words alone when Teams does not take it. `fields` are for the log. */
export async function plainerIfRefused<T>(
  { words, logger }: Dependencies,
  card: Card,
  fields: Record<string, unknown>,
  call: (shown: Partial<Activity>) => Promise<T>,
): Promise<T> {
  try {
    return await call(cardActivity(card));
  } catch (error) {
    const isTooLarge = isRefused(error, 413);
    if (!isTooLarge && !isRefused(error, 400)) throw error;
    logger.warn({ ...fields, status: isTooLarge ? 413 : 400 }, 'Teams did not take a message as it was built; it goes out in a plainer form.');
    return await call(isTooLarge ? cardActivity(cutCard(card, words.more)) : textActivity(cardText(card, words.more)));
  }
}
