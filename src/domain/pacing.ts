import { isChallengeOpen } from './coaching-state.ts';
import type { DomainEvent } from './event.ts';
import { currentAnswers, delegatedQuestions, essentials, nextQuestion, openDelegations, type QuestionId, statusOf } from './questions.ts';
import { restoreSigned } from './sign-off.ts';
import type { StartedAlignment } from './state.ts';

const hour = 3_600_000;
/** Two and five working days (PRODUCT "The conversation"), an hour less where the clocks change. */
const quietBefore = { first: 2 * 24 * hour - hour, second: 5 * 24 * hour - hour } as const;

/** What to ask next once everything that came in was taken: one follow-up, the next question, that there is enough to start, or the review. */
export function moveOn(state: StartedAlignment, now: number): DomainEvent[] {
  if (state.status === 'reviewing') return restoreSigned(state, now);
  if (state.status !== 'clarifying' || state.asked || isChallengeOpen(state.coaching) || isAskedJustNow(state, now)) return [];
  const thin = thinWithoutFollowUp(state);
  if (thin) return [{ type: 'FollowUpAsked', at: now, questionId: thin, of: askedOf(state, thin) }];
  const next = nextQuestion(state.answers, state.lastAnswered);
  if (!next) return whenAllIsSettled(state, now);
  // Whoever left the rest to L&D is asked nothing more, not even what is essential.
  if (state.pace === 'partner') return [];
  const ask: DomainEvent = { type: 'QuestionAsked', at: now, questionId: next, of: askedOf(state, next) };
  if (essentials.includes(next) || state.pace === 'all' || state.pace === 'offered') return [ask];
  switch (state.pace) {
    case 'essentials':
      return [{ type: 'EssentialsReached', at: now }, ask];
    case 'short':
      return [{ type: 'ReviewStarted', at: now, version: state.draftVersion + 1 }];
    default:
      return state.pace satisfies never;
  }
}

/** One thing at a time: what an L&D partner asked in this very turn, themselves or through Plumb, or a first group that was proposed in it, is the question. */
function isAskedJustNow({ coaching, peopleAsked, partners, lastActivityAt }: StartedAlignment, now: number): boolean {
  if (peopleAsked?.at === now && partners.some(({ personId }) => personId === peopleAsked.by)) return true;
  // A reminder puts that again, instead of another question.
  const isProposed = coaching?.pilot?.status === 'proposed' && coaching.pilot.at >= lastActivityAt;
  return isProposed || (coaching?.probe?.prompt !== undefined && coaching.probe.at === now);
}

function whenAllIsSettled(state: StartedAlignment, now: number): DomainEvent[] {
  const waitingFor = delegatedQuestions(state.answers).filter((id) => !state.lapsed.includes(id));
  if (waitingFor.length === 0) return [{ type: 'ReviewStarted', at: now, version: state.draftVersion + 1 }];
  const saidAlready = waitingFor.every((id) => state.waitingFor.includes(id));
  return saidAlready ? [] : [{ type: 'WaitingForOthers', at: now, questionIds: waitingFor }];
}

/** What was just answered thinly, or an essential: each gets one follow-up, never a second. */
function thinWithoutFollowUp(state: StartedAlignment): QuestionId | undefined {
  if (state.pace === 'partner') return undefined;
  const candidates = state.lastAnswered ? [state.lastAnswered, ...essentials] : essentials;
  return candidates.find((id) => statusOf(state.answers, id) === 'thin' && !state.followedUp.includes(id) && !wasAskedPrivately(state, id));
}

/** Somebody who was asked privately sees one question and is not drawn into a conversation: what they said stands as it is. */
function wasAskedPrivately(state: StartedAlignment, questionId: QuestionId): boolean {
  const author = currentAnswers(state.answers, questionId).at(-1)?.by;
  const asked = (state.answers[questionId] ?? []).find((answer) => answer.delegatedTo?.personId === author);
  return asked?.delegatedTo !== undefined && (asked.delegatedTo.privately || state.privately);
}

/** A delegate who answered thinly is asked themselves; everything else goes to the requester. */
function askedOf(state: StartedAlignment, questionId: QuestionId): string {
  const given = state.answers[questionId] ?? [];
  const delegates = given.flatMap((answer) => answer.delegatedTo?.personId ?? []);
  const author = currentAnswers(state.answers, questionId).at(-1)?.by;
  return author && delegates.includes(author) ? author : state.requester;
}

/** Quiet for two working days: one friendly reminder; for five: whether to pause. Never more. */
export function remindOfQuiet(state: StartedAlignment, now: number): DomainEvent[] {
  // Whoever has a draft to sign is reminded of that, each for themselves.
  if (state.status !== 'clarifying') return [];
  const quiet = now - state.lastActivityAt;
  if (state.remindersSent === 0 && quiet >= quietBefore.first) return [{ type: 'ReminderSent', at: now, which: 1 }];
  if (state.remindersSent === 1 && quiet >= quietBefore.second) return [{ type: 'ReminderSent', at: now, which: 2 }];
  return [];
}

/** Two working days without an answer: the brief no longer waits for this person. */
export function lapseDelegation(state: StartedAlignment, questionId: QuestionId, now: number): DomainEvent[] {
  const waiting = openDelegations(state.answers).some((answer) => answer.questionId === questionId) && !state.lapsed.includes(questionId);
  return waiting ? [{ type: 'DelegationLapsed', at: now, questionId }] : [];
}
