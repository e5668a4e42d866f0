import type { By } from './command.ts';
import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { may, rolesOf } from './permissions.ts';
import { type Answer, currentAnswers } from './questions.ts';
import { reopenIfSigned } from './reviewing.ts';
import type { SignOffCommand } from './sign-off-command.ts';
import type { StartedAlignment } from './state.ts';
import { sameQuote } from './status-report.ts';

type Of<T extends SignOffCommand['type']> = Extract<SignOffCommand, { type: T }>;

/** What one line of the brief says. */
export type LineCommand = Of<'ChangeLine' | 'ChangePart' | 'RestoreLine'>;

/** One line of the brief, put differently where it stands: one's own, or for those who lead anybody's. Throws DomainError. */
export function decideLine(state: StartedAlignment, command: LineCommand, now: number): DomainEvent[] {
  if (state.status === 'withdrawn') throw new DomainError('not_open', 'The request is withdrawn. Resume it to change something.');
  const changes = changesOf(state, command, now);
  if (changes.length === 0) return [];
  const { by, act } = command;
  const resumed: DomainEvent[] = state.status === 'paused' ? [{ type: 'AlignmentResumed', at: now, by, act }] : [];
  return [...resumed, ...reopenIfSigned(state, now, true), ...changes];
}

function changesOf(state: StartedAlignment, command: LineCommand, now: number): DomainEvent[] {
  switch (command.type) {
    case 'ChangeLine':
      return changeLine(state, command, now);
    case 'ChangePart':
      return changePart(state, command, now);
    case 'RestoreLine':
      return restoreLine(state, command, now);
    default:
      return command satisfies never;
  }
}

function changeLine(state: StartedAlignment, command: Of<'ChangeLine'>, now: number): DomainEvent[] {
  const { by, act, line, answer: given, messageRef, reason } = command;
  const was = standing(currentAnswers(state.answers, given.questionId), line);
  checkWhose(state, command, was.by);
  const answer: Answer = { ...given, source: 'form', by, at: now, messageRef, act, effect: was.effect, ...(reason && { reason }) };
  return [{ type: 'LineChanged', at: now, by, act, questionId: given.questionId, line, answer }];
}

/** What the request told is the requester's, unless somebody said it anew. */
function changePart(state: StartedAlignment, command: Of<'ChangePart'>, now: number): DomainEvent[] {
  const { by, act, part, quote, was, source, messageRef, reason } = command;
  const shown = state.understood[part];
  if (!sameQuote(shown, was)) throw new DomainError('outdated', 'That line has changed since. Look at the newest draft.');
  if (sameQuote(shown, quote)) return [];
  const author = state.restated?.findLast((one) => one.part === part)?.by ?? state.requester;
  checkWhose(state, command, author);
  return [{ type: 'PartChanged', at: now, by, act, part, source, messageRef, ...(quote && { quote }), ...(reason && { reason }) }];
}

function restoreLine(state: StartedAlignment, command: Of<'RestoreLine'>, now: number): DomainEvent[] {
  const { by, act, questionId, line, signed } = command;
  const before = standing(currentAnswers(state.signedContent?.answers ?? {}, questionId), signed);
  const was = line && standing(currentAnswers(state.answers, questionId), line);
  if (was) checkWhose(state, command, was.by);
  const answer: Answer = { ...before, act, effect: was?.effect ?? 'replaces' };
  return [{ type: 'LineRestored', at: now, by, act, questionId, answer, ...(line && { line }) }];
}

function standing(answers: readonly Answer[], line: Answer['text']): Answer {
  const was = answers.find(({ text }) => text && sameQuote(text, line));
  if (!was) throw new DomainError('outdated', 'That line has changed since. Look at the newest draft.');
  return was;
}

function checkWhose(state: StartedAlignment, { by, standing: standings }: By, author: PersonId): void {
  if (author === by || may('ReplaceOthersAnswer', rolesOf(state, by, standings))) return;
  throw new DomainError('not_allowed', 'Only those who lead this may put other words in the place of what somebody else said.');
}
