import { DeliveryError } from '../../src/app/ports.ts';
import { directPlace, roomTenant } from '../../src/channels/room/people.ts';
import type { Play } from './conversation/play.ts';

export const addLink = 'https://chat.example/add-plumb';

type Chatless = {
  /** Somebody adds Plumb for themselves. */
  adds(personId: string): Promise<void>;
  /** The platform has a chat of theirs, and Plumb was not told of it. */
  getsChat(personId: string): void;
  takesAway(personId: string): Promise<void>;
};

/** Makes the play's platform one where people add Plumb for themselves before they have a chat with it, which these have not. */
export function withoutChat(play: Play, ...people: string[]): Chatless {
  const missing = new Set(people);
  const { channel } = play.platform;
  const { directory } = channel;
  const send = channel.send.bind(channel);
  const privateConversation = directory.privateConversation.bind(directory);
  channel.addLink = addLink;
  directory.privateConversation = async (tenant, personId) => (missing.has(personId) ? undefined : privateConversation(tenant, personId));
  channel.send = async (message, platformId, history) => {
    const { to, near } = message;
    if (to.kind === 'person' && missing.has(to.personId))
      throw new DeliveryError('no chat', { retry: false, ...(near ? { drop: true } : { problem: 'no-private-chat' as const }) });
    return send(message, platformId, history);
  };

  let changes = 0;
  async function changed(personId: string, change: 'joined' | 'left'): Promise<void> {
    play.stage.tick();
    changes += 1;
    const conversation = { channel: 'room' as const, tenant: roomTenant, place: directPlace(personId), thread: '' };
    const origin = { eventKey: `member-${changes}`, conversation, personId, at: play.stage.now() };
    await play.stage.receive({ type: 'MemberChanged', change, subject: 'plumb', isPlumb: true, ...origin });
    await play.settled();
  }

  return {
    adds(personId) {
      missing.delete(personId);
      return changed(personId, 'joined');
    },
    getsChat(personId) {
      missing.delete(personId);
    },
    takesAway(personId) {
      missing.add(personId);
      return changed(personId, 'left');
    },
  };
}
