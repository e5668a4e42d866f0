import type { Command } from './command.ts';
import type { DomainEvent } from './event.ts';
import { type Answer, currentAnswers, isAnswered, type QuestionId } from './questions.ts';
import type { StartedAlignment } from './state.ts';

/** Passes a question on to somebody who knows. */
export function delegate(state: StartedAlignment, command: Extract<Command, { type: 'DelegateQuestion' }>, now: number): DomainEvent[] {
  const questionId: QuestionId | undefined = command.questionId ?? state.asked?.questionId;
  if (!questionId || state.status !== 'clarifying') return [];
  // Nobody is asked for what is known already, nor asked a second time; a thin answer that is being followed up may be passed on.
  const followedUp = state.asked?.questionId === questionId && state.asked.followUp;
  if (isAnswered(state.answers, questionId) && !followedUp) return [];
  if (currentAnswers(state.answers, questionId).some((answer) => answer.delegatedTo?.personId === command.to)) return [];
  const answer: Answer = {
    questionId,
    status: 'delegated',
    source: 'said',
    by: command.by,
    at: now,
    messageRef: command.messageRef,
    act: command.act,
    effect: isAnswered(state.answers, questionId) ? 'adds' : 'replaces',
    delegatedTo: { personId: command.to, privately: command.privately },
  };
  return [{ type: 'QuestionAnswered', at: now, by: command.by, act: command.act, answer, corrected: false }];
}
