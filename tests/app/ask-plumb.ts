import { randomUUID } from 'node:crypto';
import type { InboundEvent, InteractionResponse } from '../../src/app/ports.ts';
import { directPlace, roomTenant } from '../../src/channels/room/people.ts';
import type { Card } from '../../src/views/card.ts';
import { cardText } from './conversation/card-text.ts';
import { channelPlace } from './conversation/platform.ts';
import type { Play } from './conversation/play.ts';

type Command = Extract<InboundEvent, { type: 'CommandGiven' }>['command'];

type Where = { text?: string; place?: string; thread?: string };

/** What somebody asks of Plumb outside of any conversation, and what they alone get for it. */
export function askPlumb({ stage }: Play) {
  const origin = (personId: string, place: string, thread: string) => {
    stage.tick();
    return { eventKey: randomUUID(), conversation: { channel: 'room' as const, tenant: roomTenant, place, thread }, personId, at: stage.now() };
  };
  const interact = async (event: InboundEvent): Promise<InteractionResponse> => {
    const response = await stage.interact(event);
    await stage.settled();
    return response;
  };
  const cardIn = (response: InteractionResponse): Card => {
    if (response.kind !== 'card') throw new Error(`No card came back but ${JSON.stringify(response)}`);
    return response.card;
  };
  const opens = async (personId: string): Promise<Card> => cardIn(await interact({ type: 'HomeOpened', ...origin(personId, directPlace(personId), 'home') }));

  const command = (personId: string, name: Command, { place = channelPlace, thread = '', text = '' }: Where = {}): InboundEvent => ({
    type: 'CommandGiven',
    ...origin(personId, place, thread),
    command: name,
    text,
  });

  return {
    cardIn,
    home: opens,
    homeText: async (personId: string) => cardText(await opens(personId)),
    /** A press on Home, whether or not it offers that button. */
    presses: (personId: string, action: string, value: Record<string, string>) =>
      interact({ type: 'ActionTaken', ...origin(personId, directPlace(personId), 'home'), action, value, inputs: {}, postId: 'home' }),
    /** A button of Home that opens a form, whether or not it is offered. */
    asksForForm: (personId: string, action: string, value: Record<string, string> = {}) =>
      interact({ type: 'FormRequested', ...origin(personId, directPlace(personId), 'home'), action, value, postId: 'home' }),
    submits: (personId: string, submit: string, inputs: Record<string, string>, value: Readonly<Record<string, string>> = {}) =>
      interact({ type: 'FormSubmitted', ...origin(personId, directPlace(personId), 'home'), submit, value, inputs }),
    command,
    gives: (personId: string, name: Command, where: Where = {}) => interact(command(personId, name, where)),
  };
}

export function said(response: InteractionResponse): string {
  return response.kind === 'notice' ? response.text : response.kind;
}
