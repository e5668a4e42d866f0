import { dropPrompt } from './coaching-prompts.ts';
import { isChallengeOpen } from './coaching-state.ts';
import type { Command } from './command.ts';
import { hasNoThreads } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import type { StartedAlignment } from './state.ts';

type Started<T extends Command['type']> = Extract<Command, { type: T }>;

/** What decides where the conversation goes, and the short words on the side. */
export type CourseCommand = Started<
  | 'RejectRequest'
  | 'AskWhy'
  | 'AskReason'
  | 'AskHelp'
  | 'AskAbout'
  | 'AskPeople'
  | 'AskClarification'
  | 'AskWhoIsMeant'
  | 'TakeShortPath'
  | 'CarryOn'
  | 'LeaveRestToPartner'
  | 'PauseAlignment'
  | 'ResumeAlignment'
  | 'WithdrawRequest'
  | 'StartOver'
  | 'ContinuePrivately'
  | 'ContinueInThread'
  | 'CloseAlignment'
  | 'StartOther'
>;

/** What happened because of one of these at `now` (epoch milliseconds). Throws DomainError. */
export function decideCourse(state: StartedAlignment, command: CourseCommand, now: number): DomainEvent[] {
  const by = { at: now, by: command.by, act: command.act };
  const { status } = state;
  switch (command.type) {
    case 'RejectRequest':
      // What was signed was a request, whatever is changed in it now.
      if (state.signedVersion > 0 || (status !== 'clarifying' && status !== 'paused')) return [];
      return [...dropPrompt(state, now), { type: 'RequestRejected', ...by }];
    case 'AskWhy': {
      const questionId = command.questionId ?? state.asked?.questionId;
      if (questionId) return [{ type: 'WhyExplained', ...by, questionId }];
      return [{ type: isChallengeOpen(state.coaching) ? 'ChallengeExplained' : 'ReasonExplained', ...by }];
    }
    case 'AskReason':
      return [{ type: 'ReasonExplained', ...by }];
    case 'AskHelp':
      return [{ type: 'HelpGiven', ...by }];
    case 'AskAbout':
      return [{ type: 'AboutTold', ...by, about: command.about, ...(command.questionId && { questionId: command.questionId }) }];
    case 'AskPeople':
      return status === 'clarifying' ? [{ type: 'PeopleAsked', ...by, ...(command.about && { about: command.about }) }] : [];
    case 'AskClarification':
      return [{ type: 'ClarificationAsked', ...by, between: command.between, ...(command.text && { text: command.text }) }];
    case 'AskWhoIsMeant':
      return [{ type: 'PersonAskedFor', ...by, name: command.name, questionId: command.questionId }];
    case 'TakeShortPath':
      return status === 'clarifying' && state.pace !== 'short' ? [{ type: 'ShortPathTaken', ...by }] : [];
    case 'CarryOn':
      if (status === 'paused') return [{ type: 'AlignmentResumed', ...by }];
      // Before there is enough to start, "go on" changes nothing: the essentials come first.
      return status === 'clarifying' && (state.pace === 'offered' || state.pace === 'partner') ? [{ type: 'CarriedOn', ...by }] : [];
    case 'LeaveRestToPartner':
      return status === 'clarifying' && state.pace !== 'partner' ? [{ type: 'RestLeftToPartner', ...by }] : [];
    case 'PauseAlignment':
      return status === 'clarifying' || status === 'reviewing' ? [{ type: 'AlignmentPaused', ...by }] : [];
    case 'ResumeAlignment':
      return status === 'paused' || status === 'withdrawn' ? [{ type: 'AlignmentResumed', ...by }] : [];
    case 'WithdrawRequest':
      // What was signed and lives on is closed, also while something is changed in it.
      return [...dropPrompt(state, now), state.signedVersion > 0 ? { type: 'AlignmentClosed', at: now } : { type: 'RequestWithdrawn', ...by }];
    case 'StartOver':
      return status === 'aligned' ? [] : [...dropPrompt(state, now), { type: 'StartedOver', ...by }];
    case 'ContinuePrivately':
      if (state.privately) return [];
      // "Continue" means go on, also after a pause.
      return [...(status === 'paused' ? [{ type: 'AlignmentResumed', ...by } as const] : []), { type: 'MovedPrivately', ...by }];
    case 'ContinueInThread':
      return state.privately ? [{ type: 'MovedToThread', ...by }] : [];
    case 'StartOther':
      return startOther(state, command, now);
    case 'CloseAlignment':
      if (state.signedVersion === 0) throw new DomainError('not_open', 'Only a signed alignment can be closed. Stop the request instead.');
      return [...dropPrompt(state, now), { type: 'AlignmentClosed', at: now }];
    default:
      return command satisfies never;
  }
}

/** Once, and where there is a thread for it to have. */
function startOther(state: StartedAlignment, command: Started<'StartOther'>, now: number): DomainEvent[] {
  const other = state.others?.[command.other];
  if (!other || other.startedAs !== undefined || hasNoThreads(state.conversation)) return [];
  return [{ type: 'OtherRequestStarted', at: now, by: command.by, act: command.act, other: command.other, startedAs: command.as }];
}
