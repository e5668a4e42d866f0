import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { may, rolesOf } from './permissions.ts';
import { type Answer, currentAnswers } from './questions.ts';
import { reopenIfSigned } from './reviewing.ts';
import type { SignOffCommand } from './sign-off-command.ts';
import type { StartedAlignment } from './state.ts';
import { sameQuote } from './status-report.ts';

/** One statement of the brief, put differently where it stands: one's own, or for those who lead anybody's. Throws DomainError. */
export function changeLine(state: StartedAlignment, command: Extract<SignOffCommand, { type: 'ChangeLine' }>, now: number): DomainEvent[] {
  const { by, act, line, answer: given, messageRef, reason } = command;
  if (state.status === 'withdrawn') throw new DomainError('not_open', 'The request is withdrawn. Resume it to change something.');
  const was = currentAnswers(state.answers, given.questionId).find(({ text }) => sameQuote(text, line));
  if (!was) throw new DomainError('outdated', 'That line has changed since. Look at the newest draft.');
  if (was.by !== by && !may('ReplaceOthersAnswer', rolesOf(state, by, command.standing))) {
    throw new DomainError('not_allowed', 'Only those who lead this may put other words in the place of what somebody else said.');
  }
  const answer: Answer = { ...given, source: 'form', by, at: now, messageRef, act, effect: was.effect, ...(reason && { reason }) };
  const resumed: DomainEvent[] = state.status === 'paused' ? [{ type: 'AlignmentResumed', at: now, by, act }] : [];
  return [...resumed, ...reopenIfSigned(state, now, true), { type: 'LineChanged', at: now, by, act, questionId: given.questionId, line, answer }];
}
