import { markUnknown, recordAnswers, removeMessage, resolvePerson, reviseMessage, skipQuestion, undoLastAct } from './answering.ts';
import { decideLine } from './change-line.ts';
import { decideCoaching } from './coaching.ts';
import type { CoachingCommand } from './coaching-command.ts';
import { dropPrompt } from './coaching-prompts.ts';
import type { Command, Opening } from './command.ts';
import { type CourseCommand, decideCourse } from './course.ts';
import { delegate } from './delegating.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { decideFitness } from './fitness.ts';
import type { FitnessCommand } from './fitness-command.ts';
import { decideOpenPoint, type OpenPointCommand } from './open-points.ts';
import { lapseDelegation, moveOn, remindOfQuiet } from './pacing.ts';
import { claimAlignment, confirmPartner, giveBack, handOver } from './partnering.ts';
import { may, rolesOf } from './permissions.ts';
import type { PromiseCommand } from './promise-command.ts';
import { decidePromises, isPromiseCommand } from './promises.ts';
import type { Answer } from './questions.ts';
import { chooseAudience, keepFit, signBrief, writeBrief } from './reviewing.ts';
import { decideSignOff } from './sign-off.ts';
import type { SignOffCommand } from './sign-off-command.ts';
import type { AlignmentState, StartedAlignment } from './state.ts';
import { decideVendor, type VendorCommand } from './vendor-answer.ts';

type PersonCommand = Extract<Command, { by: string }>;
type Started<T extends Command['type']> = Extract<Command, { type: T }>;

/**
 * What happened because of `command` at `now` (epoch milliseconds). An empty list: nothing changes.
 * Throws DomainError when somebody may not do this, or when it no longer fits.
 */
export function decide(state: AlignmentState, command: Command, now: number): DomainEvent[] {
  if ('by' in command) checkPermission(state, command);
  if (command.type === 'OpenAlignment' || command.type === 'SuggestAlignment') return open(state, command, now);
  if (state.status === 'new') return [];
  if (state.status === 'declined' || state.status === 'closed') return [];
  if (state.status === 'suggested') return decideSuggested(state, command, now);
  if (state.status === 'withdrawn' && command.type !== 'ResumeAlignment' && command.type !== 'StartOver') return [];
  return isPromiseCommand(command) ? decidePromises(state, command, now) : decideStarted(state, command, now);
}

/** Whether this message or press was taken in before. */
export function alreadyTaken(state: AlignmentState, act: string): boolean {
  return state.status !== 'new' && state.seenActs.includes(act);
}

function checkPermission(state: AlignmentState, command: PersonCommand): void {
  if (state.status === 'new' || may(command.type, rolesOf(state, command.by, command.standing))) return;
  throw new DomainError('not_allowed', `${command.type} is not for this person: see the table in domain/permissions.ts.`);
}

function open(state: AlignmentState, command: Started<'OpenAlignment' | 'SuggestAlignment'>, now: number): DomainEvent[] {
  // What was only suggested to its author may be started by hand, by anybody: as it was suggested.
  if (state.status === 'suggested' && command.type === 'OpenAlignment') return [openSuggested(state, command, now)];
  // The same request heard twice changes nothing.
  if (state.status !== 'new') return [];
  const facts = openingFacts(command, now);
  const answers = command.answers.map((given): DomainEvent => {
    const answer: Answer = {
      ...given,
      source: 'said',
      by: command.requester,
      at: now,
      messageRef: command.requestMessage ?? command.act,
      act: command.act,
      effect: 'replaces',
    };
    return { type: 'QuestionAnswered', at: now, by: command.requester, act: command.act, answer, corrected: false };
  });
  if (command.type === 'SuggestAlignment') return [{ type: 'AlignmentSuggested', expiresAt: command.expiresAt, ...facts }, ...answers];
  return [{ type: 'AlignmentOpened', short: command.short ?? false, ...facts }, ...answers];
}

function openingFacts(command: Opening, now: number) {
  return {
    at: now,
    by: command.by,
    act: command.act,
    id: command.id,
    conversation: command.conversation,
    requester: command.requester,
    ...(command.request && { request: command.request }),
    ...(command.requestMessage !== undefined && { requestMessage: command.requestMessage }),
    understood: command.understood,
    reasons: command.reasons,
    ...(command.heard && { heard: command.heard }),
    ...(command.others && command.others.length > 0 && { others: command.others }),
    ...(command.splitFrom !== undefined && { splitFrom: command.splitFrom }),
    ...(command.readBefore && { readBefore: command.readBefore }),
    audience: command.audience,
  };
}

function openSuggested(
  { id, conversation, requester, request, requestMessage, understood, audience }: Extract<AlignmentState, { status: 'suggested' }>,
  { by, act, reasons }: Pick<Opening, 'by' | 'act' | 'reasons'>,
  now: number,
): DomainEvent {
  const facts = {
    id,
    conversation,
    requester,
    ...(request && { request }),
    ...(requestMessage !== undefined && { requestMessage }),
    understood,
    reasons,
    audience,
  };
  return { type: 'AlignmentOpened', at: now, by, act, short: false, ...facts };
}

function decideSuggested(state: Extract<AlignmentState, { status: 'suggested' }>, command: Command, now: number): DomainEvent[] {
  switch (command.type) {
    case 'AcceptSuggestion':
      return [openSuggested(state, { ...command, reasons: state.reasons }, now)];
    case 'RejectRequest':
      return [{ type: 'RequestRejected', at: now, by: command.by, act: command.act }];
    case 'AskReason':
      return [{ type: 'ReasonExplained', at: now, by: command.by, act: command.act }];
    case 'RemoveMessage':
      return command.messageRef === state.requestMessage ? [{ type: 'SuggestionExpired', at: now }] : [];
    case 'ExpireSuggestion':
      return now >= state.expiresAt ? [{ type: 'SuggestionExpired', at: now }] : [];
    case 'HearCues':
      return decideCoaching(state, command, now);
    default:
      return [];
  }
}

function decideStarted(
  state: StartedAlignment,
  command: Exclude<Command, { type: 'OpenAlignment' | 'SuggestAlignment' } | PromiseCommand>,
  now: number,
): DomainEvent[] {
  switch (command.type) {
    case 'AcceptSuggestion':
    case 'ExpireSuggestion':
      return [];
    case 'RecordAnswers':
      return recordAnswers(state, command, now);
    case 'ReviseMessage':
      return reviseMessage(state, command, now);
    case 'RemoveMessage':
      return removeMessage(state, command, now);
    case 'SayUnknown':
      return markUnknown(state, command, now);
    case 'SkipQuestion':
      return skipQuestion(state, command, now);
    case 'DelegateQuestion':
      return delegate(state, command, now);
    case 'UndoLastAct':
      return undoLastAct(state, command, now);
    case 'ResolvePerson':
      return resolvePerson(state, command, now);
    case 'ClaimAlignment':
      return claimAlignment(state, command, now);
    case 'ConfirmPartner':
      return confirmPartner(state, command, now);
    case 'HandOver':
      return handOver(state, command, now);
    case 'GiveBack':
      return giveBack(state, command, now);
    case 'WriteBrief':
      return writeBrief(state, command, now);
    case 'ChooseAudience':
      return chooseAudience(state, command, now);
    case 'SignBrief':
      return signBrief(state, command, now);
    case 'KeepFit':
      return keepFit(state, command.fit, now);
    case 'MoveOn':
      return moveOn(state, now);
    case 'FinishAlignment':
      // What is stopped is stopped, also while something is changed in it; what has run its time leaves people to finish what they talk about.
      return state.signedVersion > 0 && (state.status === 'aligned' || command.stopped)
        ? [...dropPrompt(state, now), { type: 'AlignmentClosed', at: now }]
        : [];
    case 'RemindOfQuiet':
      return remindOfQuiet(state, now);
    case 'LapseDelegation':
      return lapseDelegation(state, command.questionId, now);
    default:
      return decideBeside(state, command, now);
  }
}

/** What goes on beside the questions: the coach and the fitness check. */
function decideBeside(
  state: StartedAlignment,
  command: CoachingCommand | FitnessCommand | SignOffCommand | OpenPointCommand | VendorCommand | CourseCommand,
  now: number,
): DomainEvent[] {
  switch (command.type) {
    case 'HearCues':
    case 'Coach':
    case 'AskPrompt':
    case 'DismissPrompt':
    case 'ExplainPrompt':
    case 'SetPromptLimit':
    case 'PutChallenge':
    case 'AnswerChallenge':
    case 'AnswerPrompt':
    case 'AgreePilot':
    case 'DeclinePilot':
      return decideCoaching(state, command, now);
    case 'OpenFitness':
    case 'AnswerFitness':
    case 'ForgetFitnessAnswer':
    case 'CloseFitness':
    case 'FitnessDue':
    case 'NoteAction':
    case 'RemoveAction':
    case 'ChooseReviewer':
      return decideFitness(state, command, now);
    case 'ChangeLine':
    case 'ChangePart':
    case 'RestoreLine':
      return decideLine(state, command, now);
    case 'LeaveChange':
    case 'DelegateSignOff':
    case 'DeclineSignOff':
    case 'RemindSigner':
    case 'DeclineRequest':
      return decideSignOff(state, command, now);
    case 'GiveOpenPoint':
    case 'MoveOpenPoint':
    case 'SettleOpenPoint':
    case 'OpenPointDue':
      return decideOpenPoint(state, command, now);
    case 'WriteToVendor':
    case 'HoldVendorAnswer':
    case 'ShareVendorAnswer':
      return decideVendor(state, command, now);
    default:
      return decideCourse(state, command, now);
  }
}
