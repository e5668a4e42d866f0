import { personRef } from '../domain/former.ts';
import type { StartedAlignment } from '../domain/state.ts';
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
  return [...turn.alignments.values()].some(({ state }) => state.status !== 'new' && post.startsWith(`${state.id}:`) && goesOnWith(state, post));
}

/** Of what was signed once, only the draft of its new version is pressed on: the rest names nobody, as when nothing is changed. */
function goesOnWith(state: StartedAlignment, post: string): boolean {
  return state.signedVersion > 0 ? isDraftOf(state, post) : underWay.includes(state.status);
}

/** Whether a post is the draft that is under review, in the thread or alone with somebody who signs. */
export function isDraftOf(state: StartedAlignment, post: string): boolean {
  const start = `${state.id}:review:`;
  if (state.status !== 'reviewing' || !post.startsWith(start)) return false;
  const which = post.slice(start.length);
  return which === String(state.review.version) || !/^\d+$/.test(which);
}
