import { personRef } from '../domain/former.ts';
import type { OutboundMessage } from './ports.ts';
import type { Turn } from './turn.ts';

/**
 * Under what posts are found that show something that is gone after this turn: messages whose words are erased; somebody who is forgotten, and messages of
 * others that named them.
 */
export function goneFrom(turn: Turn): string[] {
  const { eraseTexts, forgotten } = turn;
  return forgotten ? [...new Set([...eraseTexts, personRef(forgotten), ...forgotten.texts.map(({ messageRef }) => messageRef)])] : [...eraseTexts];
}

const underWay: readonly string[] = ['suggested', 'clarifying', 'reviewing', 'paused'];

/** Whether a post keeps the name that it shows: in a conversation that goes on without that person, people still have to press on it. */
export function staysNamed(turn: Turn, ref: string, post: string, { to }: Pick<OutboundMessage, 'to'>): boolean {
  if (!turn.forgotten || turn.eraseTexts.has(ref)) return false;
  if (to.kind === 'person' && to.personId === turn.forgotten.personId) return true;
  return [...turn.alignments.values()].some(({ state }) => state.status !== 'new' && underWay.includes(state.status) && post.startsWith(`${state.id}:`));
}
