import type { Card } from '../views/card.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse, OutboundMessage } from './ports.ts';
import type { Turn } from './turn.ts';

type Press = Extract<InboundEvent, { type: 'ActionTaken' }>;

/** A press that changed the very card it was made on shows that card in the response; everybody else sees it when it is delivered. */
export async function showPressedCards({ store }: Pick<HandleDependencies, 'store'>, turn: Turn): Promise<void> {
  for (const { id, event } of turn.leased.rows) {
    if (event.type !== 'ActionTaken' || event.postId === undefined || !leavesRoomForCard(turn.responses.get(id))) continue;
    for (const { to, card, replaces } of turn.outbox.filter((message) => isShownTo(event, message, turn.now))) {
      if (card === 'removed' || replaces === undefined) continue;
      if ((await store.posts.platformIdAt(to, replaces)) === event.postId) turn.responses.set(id, withCard(turn.responses.get(id), card));
    }
  }
}

/** Not where the person is told something that the card does not say: a reason, a refusal. */
function leavesRoomForCard(response: InteractionResponse | undefined): boolean {
  return response === undefined || (response.kind === 'notice' && response.alsoOn === 'card');
}

function withCard(response: InteractionResponse | undefined, now: Card): InteractionResponse {
  return response?.kind === 'notice' ? { ...response, now } : { kind: 'nothing', now };
}

/** The id of a post may be forged: only what stands where the press came from is shown for it. */
function isShownTo({ conversation, personId }: Press, { to, notBefore = 0 }: OutboundMessage, now: number): boolean {
  if (notBefore > now) return false;
  switch (to.kind) {
    case 'conversation':
      return to.conversation.place === conversation.place;
    case 'person':
      return to.personId === personId;
    default:
      return to satisfies never;
  }
}
