import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import { parseSubmitData } from '../adaptive-card.ts';
import { deedKey } from '../deed-key.ts';
import type { Answer } from './answer.ts';
import { type Doing, joined, originOf, take, tellLater } from './deed.ts';
import { giveFile, giveFileLater } from './files.ts';
import { homeNow, putInPlace } from './home-again.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { pressedCard, pressedMessage } from './invoke-answer.ts';
import { pointerText, showPrivately } from './private-answer.ts';

/** Microsoft Learn: "Universal Action Model", Request format. What was typed stands in the data, beside what the button carried. */
const Pressed = z.object({ replyToId: z.string().nullish(), value: z.object({ action: z.object({ data: z.unknown() }) }) });

type ActionTaken = Extract<InboundEvent, { type: 'ActionTaken' }>;

/** Takes a press on a button of a card. Who pressed is whom Teams says; what the card brought back decides nothing but what is asked for. Never throws. */
export async function takePress(dependencies: InteractionDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const { words, logger } = dependencies;
  const event = readPress(activity, doing);
  if (!event) {
    logger.info({ channel: 'teams' }, 'A press could not be read: its card is of a version that is no more, or was not made by Plumb.');
    return pressedMessage(words.notKept);
  }
  const { personId } = doing.by;
  const taken = await take(dependencies, event);
  if ('result' in taken) {
    void tellLater(dependencies, doing.tenant, personId, taken.result, giveFileLater(dependencies, doing, event));
    return pressedMessage(words.late);
  }
  const { outcome } = taken;
  switch (outcome.kind) {
    case 'nothing':
      return outcome.now ? pressedCard(outcome.now) : pressedMessage(words.pressed);
    case 'notice':
      if (outcome.later) void tellLater(dependencies, doing.tenant, personId, outcome.later, giveFileLater(dependencies, doing, event));
      if (outcome.now) return pressedCard(outcome.now);
      return outcome.alsoOn === 'home' ? pressedHome(dependencies, doing, event, outcome.text) : pressedMessage(outcome.text);
    case 'errors':
      return pressedMessage(joined(outcome.errors));
    case 'card':
      return pressedMessage(pointerText(await showPrivately(dependencies, doing, outcome.card)) || words.pressed);
    case 'file':
      return pressedMessage(pointerText(await giveFile(dependencies, doing, outcome, event)) || words.pressed);
    case 'form':
      // A press cannot open a dialog (only task/fetch does), and no button of Plumb's asks for that.
      logger.warn({ channel: 'teams', action: event.action }, 'A press was answered with a form, which Teams cannot show.');
      return pressedMessage(words.notKept);
    case 'not kept':
      return pressedMessage(words.notKept);
    default:
      return outcome satisfies never;
  }
}

function readPress(activity: unknown, doing: Doing): ActionTaken | undefined {
  const parsed = Pressed.safeParse(activity);
  const pressed = parsed.success ? parseSubmitData(parsed.data.value.action.data) : undefined;
  if (!parsed.success || !pressed) return undefined;
  const { action, value, inputs } = pressed;
  const { replyToId } = parsed.data;
  const eventKey = deedKey([doing.activityId], doing.tenant, doing.place, doing.by.personId, replyToId, action);
  return { type: 'ActionTaken', ...originOf(doing, eventKey), action, value, inputs, ...(replyToId && { postId: replyToId }) };
}

/** Home is a card in the 1:1 chat: what changed on it is shown at once, instead of words about it. */
async function pressedHome(dependencies: InteractionDependencies, doing: Doing, { postId }: ActionTaken, text: string): Promise<Answer> {
  const home = await homeNow(dependencies, doing);
  if (!home) return pressedMessage(text);
  if (postId !== undefined) void putInPlace(dependencies, doing, postId, home);
  return pressedCard(home);
}
