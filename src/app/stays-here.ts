import type { Command } from '../domain/command.ts';
import type { Turn, WorkingAlignment } from './turn.ts';

/**
 * Somebody who has no chat with Plumb wants to go on privately: what is asked there would reach nobody, so it goes on where it is, which says so. False
 * for everything else, and for whoever may not choose that.
 */
export async function staysHere(turn: Turn, { state, ref }: WorkingAlignment, order: Command): Promise<boolean> {
  if (order.type !== 'ContinuePrivately' || state.status === 'new' || state.requester !== order.by) return false;
  if ((await turn.channel.directory.privateConversation(turn.tenant, order.by)) !== undefined) return false;
  turn.chatless.push({ alignment: ref.id, personId: order.by });
  return true;
}
