import { randomUUID } from 'node:crypto';
import type { Clock, InboundEvent, Intake, Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import { toHome } from './block-kit/to-home.ts';
import { hasNoHome, slackCode } from './errors.ts';
import { conversationOf, homeOf } from './place.ts';
import type { SlackWords } from './words.ts';
import type { Workspace } from './workspace.ts';

export type Home = {
  /** Somebody opened their Home. Resolves when that is durable; Home is shown after that. Rejects when it could not be stored. */
  opened(workspace: Workspace, event: InboundEvent): Promise<void>;
  /** Shows somebody's Home anew, because something that it lists may have changed. */
  refresh(workspace: Workspace, personId: PersonId): void;
};

type Dependencies = { intake: () => Intake | undefined; words: SlackWords; clock: Clock; logger: Logger };

// One more try when Home could not be worked out in time: the person is looking at it.
const TRIES = 2;

/** Shows App Homes. While one person's is being worked out, further openings of theirs only have it worked out once more. */
export function createHome({ intake, words, clock, logger }: Dependencies): Home {
  const underWay = new Map<string, { again: boolean }>();

  async function work(workspace: Workspace, event: InboundEvent, onStored: () => void): Promise<void> {
    const key = JSON.stringify([workspace.tenant, event.personId]);
    const showing = { again: false };
    underWay.set(key, showing);
    try {
      await show(workspace, event, onStored);
      while (showing.again) {
        showing.again = false;
        await show(workspace, openedNow(workspace, event.personId), () => undefined);
      }
    } finally {
      underWay.delete(key);
    }
  }

  async function show(workspace: Workspace, first: InboundEvent, onStored: () => void): Promise<void> {
    let event = first;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const response = await intake()?.interact(event, onStored);
      if (response?.kind === 'card') return publish(workspace, event.personId, response.card);
      event = openedNow(workspace, event.personId);
    }
  }

  function openedNow(workspace: Workspace, personId: PersonId): InboundEvent {
    const conversation = conversationOf(workspace, homeOf(personId));
    return { type: 'HomeOpened', eventKey: `home:${randomUUID()}`, conversation, personId, at: clock.now() };
  }

  async function publish({ client }: Workspace, personId: PersonId, card: Card): Promise<void> {
    try {
      await client.views.publish({ user_id: personId, view: toHome(card, { words }) });
    } catch (error) {
      const code = slackCode(error);
      if (hasNoHome(error)) logger.debug({ code }, 'There is no Home to show.');
      else logger.warn({ error, code }, 'A Home could not be shown; it is when it is opened again.');
    }
  }

  function joins(workspace: Workspace, personId: PersonId): boolean {
    const showing = underWay.get(JSON.stringify([workspace.tenant, personId]));
    if (showing) showing.again = true;
    return showing !== undefined;
  }

  return {
    opened(workspace, event) {
      if (joins(workspace, event.personId)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        work(workspace, event, resolve).then(resolve, (error: unknown) => {
          logger.error({ error }, 'A Home could not be worked out.');
          reject(error);
        });
      });
    },
    refresh(workspace, personId) {
      if (joins(workspace, personId)) return;
      work(workspace, openedNow(workspace, personId), () => undefined).catch((error: unknown) => logger.error({ error }, 'A Home could not be shown anew.'));
    },
  };
}
