import type { DomainEvent } from './event.ts';
import { omitAsked } from './evolve-answers.ts';
import { startedAnew } from './evolve-coaching.ts';
import { endFitness } from './fitness.ts';
import { endPromises } from './promises.ts';
import type { Agreed, AlignmentState, Core, Review, Signature, StartedAlignment } from './state.ts';

/** What changes the status of an alignment. */
export type StatusEvent = Extract<
  DomainEvent,
  {
    type:
      | 'RequestRejected'
      | 'SuggestionExpired'
      | 'AlignmentPaused'
      | 'AlignmentResumed'
      | 'RequestWithdrawn'
      | 'RequestDeclined'
      | 'SignedVersionRestored'
      | 'StartedOver'
      | 'ReviewStarted'
      | 'ReviewReopened'
      | 'BriefSigned'
      | 'AlignmentReached'
      | 'FitKept'
      | 'AlignmentClosed';
  }
>;

/** The state after one of them. */
export function evolveStatus(state: StartedAlignment, event: StatusEvent): AlignmentState {
  const core = withoutStatus(state);
  switch (event.type) {
    case 'RequestRejected':
      return { ...endPromises(endFitness(core)), status: 'declined', declinedBy: event.by };
    case 'SuggestionExpired':
      return { ...core, status: 'declined' };
    case 'AlignmentPaused':
      if (state.status === 'reviewing') return { ...core, status: 'paused', from: 'reviewing', review: state.review, pausedAt: event.at };
      return { ...core, status: 'paused', from: 'clarifying', pausedAt: event.at };
    case 'AlignmentResumed':
      if (state.status === 'paused' && state.review) return { ...core, status: 'reviewing', review: state.review };
      return { ...core, status: 'clarifying' };
    case 'RequestWithdrawn':
      return { ...endPromises(endFitness(core)), status: 'withdrawn', withdrawnBy: event.by };
    case 'RequestDeclined':
      return { ...endPromises(endFitness(core)), status: 'declined', declinedBy: event.by, note: event.reason };
    case 'StartedOver':
      return {
        ...withoutStatus(startedAnew(omitAsked(state))),
        status: 'clarifying',
        answers: {},
        followedUp: [],
        lapsed: [],
        waitingFor: [],
        pace: 'essentials',
        acts: [],
        ...(state.openPoints && { openPoints: [] }),
      };
    case 'ReviewStarted':
      return { ...withoutStatus(omitAsked(state)), status: 'reviewing', ...newDraft(event) };
    case 'ReviewReopened':
      return { ...withSignaturesKept(state), status: 'reviewing', ...newDraft(event, state.status === 'reviewing' ? state.review : undefined) };
    case 'SignedVersionRestored':
      return restored(state);
    case 'BriefSigned':
      if (state.status === 'reviewing') return { ...state, review: { ...state.review, signatures: [...state.review.signatures, event.signature] } };
      return state.status === 'aligned' ? { ...state, signatures: [...state.signatures, event.signature] } : state;
    case 'AlignmentReached':
      return {
        ...core,
        status: 'aligned',
        signatures: event.signatures,
        alignedAt: event.at,
        signedVersion: event.version,
        signedContent: { understood: core.understood, answers: core.answers, agreed: agreedIn(core) },
        postedTo: core.audience,
        acts: [],
      };
    case 'FitKept':
      return state.signedContent ? { ...state, signedContent: { ...state.signedContent, fit: event.fit } } : state;
    case 'AlignmentClosed':
      return { ...endPromises(endFitness(asSigned(state))), status: 'closed', closedAt: event.at, signatures: signaturesOf(state) };
    default:
      return event satisfies never;
  }
}

function agreedIn({ coaching, fitness }: Core): Agreed {
  return { decisions: coaching?.decisions ?? [], ...(coaching?.pilot && { pilot: coaching.pilot }), actions: fitness?.actions ?? [] };
}

/** Whoever was asked to sign in somebody's place is asked for the newer draft as well. */
function newDraft({ version, at }: { version: number; at: number }, before?: Review): Pick<Core, 'draftVersion'> & { review: Review } {
  const delegations = before?.delegations ?? [];
  return { draftVersion: version, review: { version, startedAt: at, signatures: [], ...(delegations.length > 0 && { delegations }) } };
}

/** What was signed keeps its signatures while something newer is under review. */
function withSignaturesKept(state: StartedAlignment): Core {
  const core = withoutStatus(state);
  if (state.status !== 'aligned' || !state.signedContent) return core;
  return { ...core, signedContent: { ...state.signedContent, signatures: state.signatures, alignedAt: state.alignedAt } };
}

function restored(state: StartedAlignment): AlignmentState {
  const { signedContent, ...core } = withoutStatus(state);
  if (!signedContent) return state;
  const { signatures = [], alignedAt = state.lastActivityAt, ...content } = signedContent;
  return { ...core, signedContent: content, status: 'aligned', signatures, alignedAt, acts: [] };
}

/** What was being changed when it was closed was never agreed: what was signed counts. */
function asSigned(state: StartedAlignment): Core {
  const core = withoutStatus(state.status === 'aligned' ? state : omitAsked(state));
  if (state.status === 'aligned' || !core.signedContent) return core;
  const { understood, answers } = core.signedContent;
  return { ...core, understood, answers };
}

function signaturesOf(state: StartedAlignment): readonly Signature[] {
  return state.status === 'aligned' ? state.signatures : (state.signedContent?.signatures ?? []);
}

/** Everything that one status has and another does not. */
type OfStatus = {
  [K in Exclude<KeyOf<StartedAlignment>, keyof Core | 'status'>]?: unknown;
};
type KeyOf<T> = T extends unknown ? keyof T : never;

/** What an alignment keeps when its status changes. */
export function withoutStatus(state: Core & OfStatus & { status: StartedAlignment['status'] }): Core {
  const { status, review, signatures, alignedAt, expiresAt, from, pausedAt, closedAt, declinedBy, withdrawnBy, note, ...core } = state;
  // Fails to compile when a status gets a field that is not left out above.
  return core satisfies Record<Exclude<keyof typeof core, keyof Core>, never>;
}
