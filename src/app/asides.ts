import { type ConversationRef, conversationKey } from '../domain/conversation.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { noticeCard } from '../views/notice.ts';
import { noticesOf } from './notices.ts';
import { belongingTo, privatelyTo, say, type Where } from './say.ts';
import { quotedIn, type Telling } from './telling.ts';
import type { Turn } from './turn.ts';

/** An answer that somebody could not be given when they asked is of no use to them days later. */
export const answersLast = 24 * 3_600_000;

const asides: readonly DomainEvent['type'][] = [
  'WhyExplained',
  'ReasonExplained',
  'ChallengeExplained',
  'HelpGiven',
  'AboutTold',
  'ClarificationAsked',
  'NothingToUndo',
  'PersonAskedFor',
];

/** Where an aside belongs when that is not where the conversation goes on: it is told to whoever asked, in their own chat. */
export function asideFor(turn: Turn, state: StartedAlignment, event: DomainEvent): Where | undefined {
  if (!asides.includes(event.type) || !('act' in event)) return undefined;
  const heard = turn.heardIn.get(event.act);
  if (!heard || isWhereItGoesOn(state, event.by, heard)) return undefined;
  // Told of where it was asked, as far as that is not their own chat.
  return privatelyTo(turn, event.by, heard.thread === '' ? undefined : belongingTo({ id: state.id, conversation: heard }, 'answer'));
}

function isWhereItGoesOn(state: StartedAlignment, personId: string, heard: ConversationRef): boolean {
  if (state.privately) return personId === state.requester;
  return conversationKey(heard) === conversationKey(state.conversation);
}

/** The events of the turn that are spoken of where the conversation goes on. */
export function eventsFor({ turn, state, events }: Telling): DomainEvent[] {
  return events.filter((event) => asideFor(turn, state, event) === undefined);
}

/** Answers in their own chat those who asked something on the side there. */
export function speakAsides(telling: Telling): void {
  const { dependencies, turn, state, ctx, events, alignment } = telling;
  for (const [index, event] of events.entries()) {
    const to = asideFor(turn, state, event);
    if (!to) continue;
    for (const notice of noticesOf(telling, [event]))
      say(dependencies, turn, to, noticeCard(ctx, notice, state.id), {
        post: `${state.id}:aside:${alignment.version}:${index}`,
        expiresAt: turn.now + answersLast,
        quotes: quotedIn(state, notice),
      });
  }
}
