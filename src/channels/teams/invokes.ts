import { z } from 'zod';
import { createAnswerCache } from '../answer-cache.ts';
import type { Answer } from './answer.ts';
import type { Doing } from './deed.ts';
import { openDialog, submitDialog } from './dialogs.ts';
import type { Envelope } from './envelope.ts';
import { takeFeedback } from './feedback.ts';
import { takeFileConsent } from './files.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { notServed } from './invoke-answer.ts';
import { type LookedUp, type MessageActionDependencies, openMessageAction, submitMessageAction } from './message-action.ts';
import { pressIn, takeMessagePress } from './message-press.ts';
import { takePress } from './press.ts';
import { createShownForms } from './shown-forms.ts';

type Take = (dependencies: MessageActionDependencies, activity: unknown, doing: Doing) => Promise<Answer>;

/** What is served, by the name of the invoke. */
const served: ReadonlyMap<string, Take> = new Map([
  ['adaptiveCard/action', takePress],
  ['task/fetch', openDialog],
  ['task/submit', submitDialog],
  ['composeExtension/fetchTask', openMessageAction],
  ['composeExtension/submitAction', submitMessageAction],
  ['message/submitAction', takeFeedback],
  ['fileConsent/invoke', takeFileConsent],
]);

const Invoke = z.object({ name: z.string() });

// As long as somebody looks at a dialog with one button.
const pointedAtMs = 15 * 60_000;
const mostPointedAt = 500;

/**
 * Takes what people do in Teams and is answered in the response: presses (also those that come as messages), dialogs, the action on messages, thumbs, files.
 * Everything is durable before it is answered, within the five seconds that Teams gives it. Never rejects.
 */
export function createInvokes(dependencies: InteractionDependencies): (activity: unknown, envelope: Envelope) => Promise<Answer> {
  const { clock, logger } = dependencies;
  const pointedAt = createAnswerCache<LookedUp>({ clock, keepMs: pointedAtMs, most: mostPointedAt });
  const all: MessageActionDependencies = { ...dependencies, forms: createShownForms(clock), pointedAt };

  return async function takeInvoke(activity, envelope) {
    const { by } = envelope;
    const press = pressIn(activity);
    // Of Plumb itself, or nobody's.
    if (press) return by ? takeMessagePress(all, press, { ...envelope, by }) : { status: 200 };
    const name = Invoke.safeParse(activity).data?.name ?? '';
    const taker = served.get(name);
    // Nobody to answer, or something that other kinds of apps are asked for.
    if (!taker || !by) {
      logger.debug({ channel: 'teams', served: taker !== undefined }, 'Teams asked for something that Plumb does not serve.');
      return notServed;
    }
    return taker(all, activity, { ...envelope, by });
  };
}
