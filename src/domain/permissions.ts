import type { Command, Standing } from './command.ts';
import type { PersonId } from './conversation.ts';
import { isFormer } from './former.ts';
import { currentAnswers, openDelegations } from './questions.ts';
import type { AlignmentState, StartedAlignment } from './state.ts';

/** What somebody is in one alignment. Everybody is `anyone`. */
export type Role = 'requester' | 'owner' | 'manager' | 'delegate' | 'signer' | 'partner' | Standing | 'anyone';

/** Everything that a person (not a timer) can ask for, and replacing what somebody else said. */
export type PersonAction = Extract<Command, { by: PersonId }>['type'] | 'ReplaceOthersAnswer';

/** Who leads an alignment: the business, and L&D beside it. */
export const leads = ['requester', 'owner', 'partner'] as const;

/** The one table of who may do what (PRODUCT "People and what they may do"). */
export const permissions: Readonly<Record<PersonAction, readonly Role[]>> = {
  SuggestAlignment: ['anyone'],
  OpenAlignment: ['anyone'],
  AcceptSuggestion: ['requester'],
  RejectRequest: ['requester', 'listed-partner', 'admin'],
  // An answer may come from anybody in the thread and keeps its author; only replacing what another person said is for those who lead.
  RecordAnswers: ['anyone'],
  ReplaceOthersAnswer: leads,
  ReviseMessage: ['anyone'],
  RemoveMessage: ['anyone'],
  SayUnknown: ['requester', 'owner', 'partner', 'manager', 'delegate'],
  SkipQuestion: ['requester', 'owner', 'partner', 'delegate'],
  DelegateQuestion: ['requester', 'owner', 'partner', 'delegate'],
  AskWhy: ['anyone'],
  AskReason: ['anyone'],
  AskHelp: ['anyone'],
  AskAbout: ['anyone'],
  AskPeople: ['anyone'],
  AskClarification: ['anyone'],
  AskWhoIsMeant: ['anyone'],
  ResolvePerson: ['requester', 'owner', 'partner', 'delegate'],
  TakeShortPath: leads,
  CarryOn: leads,
  LeaveRestToPartner: leads,
  WriteBrief: leads,
  PauseAlignment: leads,
  ResumeAlignment: leads,
  WithdrawRequest: ['requester', 'admin'],
  StartOver: ['requester'],
  UndoLastAct: ['anyone'],
  ContinuePrivately: ['requester'],
  ContinueInThread: ['requester'],
  ClaimAlignment: ['listed-partner', 'volunteer'],
  ConfirmPartner: ['requester'],
  HandOver: ['partner'],
  GiveBack: ['partner'],
  ChooseAudience: leads,
  SignBrief: [...leads, 'signer'],
  // One's own line; whose else it may be is decided by ReplaceOthersAnswer.
  ChangeLine: ['anyone'],
  ChangePart: ['anyone'],
  RestoreLine: ['anyone'],
  LeaveChange: ['anyone'],
  DelegateSignOff: leads,
  DeclineSignOff: ['signer'],
  DeclineRequest: ['partner', 'listed-partner'],
  CloseAlignment: ['requester', 'owner', 'partner', 'admin'],
  StartOther: ['requester', 'partner', 'listed-partner'],
  HearCues: ['anyone'],
  // Prompts are the partner's alone: nobody else learns that there are any.
  AskPrompt: ['partner'],
  DismissPrompt: ['partner'],
  ExplainPrompt: ['partner'],
  SetPromptLimit: ['partner'],
  PutChallenge: ['partner'],
  AnswerPrompt: ['anyone'],
  // What it is really about is for the business to decide, not for L&D.
  AnswerChallenge: ['requester', 'owner'],
  AgreePilot: leads,
  DeclinePilot: leads,
  OpenFitness: leads,
  // Who was asked is checked where it is decided; an anonymous answer must not say who may not give it.
  AnswerFitness: ['anyone'],
  ForgetFitnessAnswer: ['anyone'],
  CloseFitness: leads,
  NoteAction: leads,
  RemoveAction: leads,
  ChooseReviewer: leads,
  GiveOpenPoint: leads,
  // Whose point it is, is checked where it is decided.
  MoveOpenPoint: ['anyone'],
  SettleOpenPoint: ['anyone'],
  // What leaves the house is for those who signed it.
  WriteToVendor: leads,
  HoldVendorAnswer: leads,
  ShareVendorAnswer: leads,
  // What somebody said they would do is theirs: whose it is, is checked where it is decided.
  HearPromises: ['anyone'],
  ConfirmPromise: ['anyone'],
  DismissPromise: ['anyone'],
  KeepPromise: ['anyone'],
  LetPromiseGo: ['anyone'],
  TellPromise: ['anyone'],
  ForgetPromises: ['anyone'],
};

/** Named as owner, or as one of the managers, in the answers that count now. */
export function peopleNamed(state: StartedAlignment, questionId: 'owner' | 'manager-role'): PersonId[] {
  const ids = currentAnswers(state.answers, questionId).flatMap((answer) => answer.facts?.people?.flatMap((person) => person.personId ?? []) ?? []);
  return [...new Set(ids)].filter((id) => !isFormer(id));
}

/** Everybody who may change what others said. */
export function leadersOf(state: StartedAlignment): PersonId[] {
  const partners = state.partners.map(({ personId }) => personId);
  return [...new Set([state.requester, ...peopleNamed(state, 'owner'), ...partners])].filter((id) => !isFormer(id));
}

/** Every role that somebody has in this alignment. */
export function rolesOf(state: AlignmentState, personId: PersonId, standing: readonly Standing[] = []): Role[] {
  const roles: Role[] = ['anyone', ...standing];
  if (state.status === 'new') return roles;
  if (state.requester === personId) roles.push('requester');
  if (state.partners.some((partner) => partner.personId === personId)) roles.push('partner');
  if (peopleNamed(state, 'owner').includes(personId)) roles.push('owner');
  if (peopleNamed(state, 'manager-role').includes(personId)) roles.push('manager');
  if (isDelegate(state, personId)) roles.push('delegate');
  if (isAskedToSign(state, personId)) roles.push('signer');
  return roles;
}

/** Whether one of these roles may do this. */
export function may(action: PersonAction, roles: readonly Role[]): boolean {
  return permissions[action].some((role) => roles.includes(role));
}

function isAskedToSign(state: StartedAlignment, personId: PersonId): boolean {
  if (state.status !== 'reviewing') return false;
  return (state.review.delegations ?? []).some(({ to, declined }) => to === personId && !declined);
}

function isDelegate(state: StartedAlignment, personId: PersonId): boolean {
  return openDelegations(state.answers).some((answer) => answer.delegatedTo.personId === personId);
}
