import type { Card } from '../../views/card.ts';
import { deedKey } from '../deed-key.ts';
import { within } from '../within.ts';
import { whereOf } from './address.ts';
import { type Doing, originOf, take } from './deed.ts';
import { whyNot } from './errors.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { plainerIfRefused } from './plainer.ts';
import { laneOf, paced } from './send-calls.ts';
import { addressed } from './to-activity.ts';

// What is left of the five seconds of an invoke once the deed itself is done.
const longestMs = 1_500;

/** Home as it is now, for whoever did something in their 1:1 chat; undefined anywhere else, and when it cannot be had. Never throws. */
export async function homeNow(dependencies: InteractionDependencies, doing: Doing): Promise<Card | undefined> {
  if (doing.kind !== 'personal') return undefined;
  const { outcome } = await take(dependencies, { type: 'HomeOpened', ...originOf(doing, deedKey([doing.activityId], doing.tenant, 'home')) });
  return outcome.kind === 'card' ? outcome.card : undefined;
}

/** Shows Home as it is now in the place of the card that something was done on. False when it does not show it (yet). Never throws. */
export async function showHomeAgain(dependencies: InteractionDependencies, doing: Doing, postId: string): Promise<boolean> {
  const shown = await within(
    longestMs,
    homeNow(dependencies, doing).then((home) => home !== undefined && putInPlace(dependencies, doing, postId, home)),
  );
  return shown === true;
}

/** What answers a press is shown until the chat is opened anew; the message itself has to change too. Never throws. */
export async function putInPlace({ connector, pace, words, logger }: InteractionDependencies, doing: Doing, postId: string, home: Card): Promise<boolean> {
  try {
    await plainerIfRefused({ words, logger }, home, {}, (activity) =>
      paced({ pace }, laneOf(doing), () => connector.update(whereOf(doing), postId, addressed(activity, doing))),
    );
    return true;
  } catch (error) {
    logger.info(whyNot(error), 'Home could not be shown as it is now.');
    return false;
  }
}
