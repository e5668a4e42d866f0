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
/** Said in the course of a conversation: nobody goes on by it, the question that waits aside, and that is written anew. */
const saidOnce: readonly string[] = ['turn', 'notice', 'aside', 'who', 'still-missing', 'reminder', 'declined'];

/** Whether a post keeps the name that it shows: in a conversation that goes on without that person, people still have to press on what is not written anew. */
export function staysNamed(turn: Turn, ref: string, post: string, { to }: Pick<OutboundMessage, 'to'>): boolean {
  if (!turn.forgotten || turn.eraseTexts.has(ref)) return false;
  if (to.kind === 'person' && to.personId === turn.forgotten.personId) return true;
  if (post.endsWith(`:${turn.forgotten.personId}`)) return false;
  return [...turn.alignments.values()].some(({ state }) => state.status !== 'new' && post.startsWith(`${state.id}:`) && goesOnWith(state, post));
}

/** Of what was signed once nothing is pressed on but the draft of its new version: the rest names nobody, as when nothing is changed. */
function goesOnWith({ id, signedVersion, status }: StartedAlignment, post: string): boolean {
  const [kind = ''] = post.slice(id.length + 1).split(':');
  return signedVersion === 0 && underWay.includes(status) && !saidOnce.includes(kind);
}

/** Whether a post is the draft that is under review, in the thread or alone with somebody who signs. */
export function isDraftOf(state: StartedAlignment, post: string): boolean {
  const start = `${state.id}:review:`;
  if (state.status !== 'reviewing' || !post.startsWith(start)) return false;
  const which = post.slice(start.length);
  return which === String(state.review.version) || !/^\d+$/.test(which);
}
