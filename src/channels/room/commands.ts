import { randomUUID } from 'node:crypto';
import type { Clock, Intake, InteractionResponse, Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { readCommand } from '../command-words.ts';
import { conversationOf, homeOf } from './message.ts';
import { handOver, mustBeThere, mustSee, readable } from './talk.ts';
import type { Timeline } from './timeline.ts';

type Dependencies = { timeline: Timeline; clock: Clock; logger: Logger; intake: () => Intake | undefined };

const slash = /^\s*\/plumb(?:\s+|$)/iu;

/** Whether a text is meant for Plumb alone and not for those who read along. */
export function isCommand(text: string): boolean {
  return slash.test(text);
}

export type Commands = ReturnType<typeof createCommands>;

/** What somebody asks of Plumb without saying it to others: the answer is theirs alone and nothing is posted, but for the thread of `start`. */
export function createCommands({ timeline, clock, logger, intake }: Dependencies) {
  const ask = (what: string, event: Parameters<Intake['interact']>[0]): Promise<InteractionResponse> =>
    handOver({ intake, logger }, what, (ready) => ready.interact(event));
  const origin = (personId: PersonId) => ({ eventKey: `room:command:${randomUUID()}`, personId, at: clock.now() });

  return {
    /** `/plumb …` as it was typed in the composer of a place or thread. */
    give({ as, place, thread, text }: { as: PersonId; place: string; thread: string; text: string }): Promise<InteractionResponse> {
      mustSee(as, place);
      mustBeThere(timeline, { place, thread });
      const given = readCommand(readable(text).replace(slash, ''));
      return ask('command', { type: 'CommandGiven', ...origin(as), conversation: conversationOf({ place, thread }), ...given });
    },

    openHome(as: PersonId): Promise<InteractionResponse> {
      return ask('home', { type: 'HomeOpened', ...origin(as), conversation: homeOf(as) });
    },
  };
}
