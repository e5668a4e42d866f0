import { buildBrief, differenceOf, signedBrief } from './brief.ts';
import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { peopleNamed } from './permissions.ts';
import type { SignOffCommand } from './sign-off-command.ts';
import type { BriefAudience, Signature, SignOffDelegation, StartedAlignment } from './state.ts';

type Of<T extends SignOffCommand['type']> = Extract<SignOffCommand, { type: T }>;

const day = 24 * 3_600_000;
const hour = 3_600_000;
/** Two and five working days (PRODUCT "The conversation"), an hour less where the clocks change. */
const quietBefore = [2 * day - hour, 5 * day - hour] as const;
/** Nobody is reminded of a draft more often than this; after it those who lead see who is missing. */
export const mostSignReminders = 2;

/** Somebody whose signature is waited for; `for`: in whose place they were asked to sign. */
export type MissingSigner = { personId: PersonId; for?: PersonId; since: number };

/** Who still has to sign: the requester (the owner may do it, too) and one of the L&D partners; in their place whoever they asked. */
export function missingSigners(state: StartedAlignment): MissingSigner[] {
  if (state.status !== 'reviewing') return [];
  const { signatures, startedAt } = state.review;
  const asked = standIns(state);
  const orStandIn = (personId: PersonId): MissingSigner => {
    const standIn = asked.find(({ from }) => from === personId);
    return standIn ? { personId: standIn.to, for: personId, since: Math.max(startedAt, standIn.at) } : { personId, since: startedAt };
  };
  const partners = state.partners.map(({ personId }) => personId);
  const forOwner = asked.find(({ from }) => from !== state.requester && !partners.includes(from));
  const business = signatures.some(({ as }) => as !== 'partner') ? [] : [orStandIn(forOwner ? forOwner.from : state.requester)];
  return [...business, ...(isSignedByPartner(state, signatures) ? [] : partners.map(orStandIn))];
}

function isSignedByPartner({ partners }: StartedAlignment, signatures: readonly Signature[]): boolean {
  return signatures.some((signature) => partners.some(({ personId }) => personId === signature.by || personId === signature.for));
}

/** The business has signed (requester or owner), and the L&D partner where one has claimed. */
export function isFullySigned(state: StartedAlignment, signatures: readonly Signature[]): boolean {
  return signatures.some(({ as }) => as !== 'partner') && (state.partners.length === 0 || isSignedByPartner(state, signatures));
}

/** Who is asked to sign in somebody's place, and whose signature is still of use. */
export function standIns(state: StartedAlignment): SignOffDelegation[] {
  if (state.status !== 'reviewing') return [];
  const signed = new Set(state.review.signatures.flatMap((signature) => [signature.by, signature.for]));
  return (state.review.delegations ?? []).filter(({ from, to, declined }) => !declined && !signed.has(from) && !signed.has(to));
}

/** Whether somebody was asked to sign for another, or did: they may read what they put a name to. */
export function signsForAnother(state: StartedAlignment, personId: PersonId): boolean {
  if (standIns(state).some(({ to }) => to === personId)) return true;
  const current = state.status === 'reviewing' ? state.review.signatures : [];
  const given = state.status === 'aligned' || state.status === 'closed' ? state.signatures : current;
  return given.some((signature) => signature.by === personId && signature.for !== undefined);
}

/** In which capacity somebody signs, and in whose place if not their own. */
export function capacityOf(state: StartedAlignment, personId: PersonId): Pick<Signature, 'as' | 'for'> {
  const own = ownCapacity(state, personId);
  if (own) return { as: own };
  const standIn = standIns(state).find(({ to }) => to === personId);
  return standIn ? { as: ownCapacity(state, standIn.from) ?? 'partner', for: standIn.from } : { as: 'partner' };
}

/** What somebody signs as without being asked by anybody; undefined when they have no part in it. */
export function ownCapacity(state: StartedAlignment, personId: PersonId): Signature['as'] | undefined {
  if (personId === state.requester) return 'requester';
  if (peopleNamed(state, 'owner').includes(personId)) return 'owner';
  return state.partners.some((partner) => partner.personId === personId) ? 'partner' : undefined;
}

/** What goes on around the signatures. Throws DomainError. */
export function decideSignOff(state: StartedAlignment, command: Exclude<SignOffCommand, { type: 'ChangeLine' }>, now: number): DomainEvent[] {
  switch (command.type) {
    case 'DelegateSignOff':
      return delegateSignOff(state, command, now);
    case 'DeclineSignOff':
      return declineSignOff(state, command, now);
    case 'RemindSigner':
      return remindSigner(state, command, now);
    case 'DeclineRequest':
      return declineRequest(state, command, now);
    default:
      return command satisfies never;
  }
}

function delegateSignOff(state: StartedAlignment, { by, act, to }: Of<'DelegateSignOff'>, now: number): DomainEvent[] {
  if (state.status !== 'reviewing') throw new DomainError('not_open', 'There is no draft to sign at the moment.');
  // Whoever signs anyway cannot stand for the other side as well: two people look at a brief.
  if (ownCapacity(state, to) !== undefined || to === by) throw new DomainError('unknown_target', 'Choose somebody who does not sign this brief anyway.');
  const { signatures, delegations = [] } = state.review;
  const isAsked = delegations.some((known) => known.from === by && known.to === to && !known.declined);
  return isAsked || signatures.some((signature) => signature.by === by) ? [] : [{ type: 'SignOffDelegated', at: now, by, act, to }];
}

function declineSignOff(state: StartedAlignment, { by, act }: Of<'DeclineSignOff'>, now: number): DomainEvent[] {
  const asked = standIns(state).find(({ to }) => to === by);
  return asked ? [{ type: 'SignOffDeclined', at: now, by, act, from: asked.from }] : [];
}

function remindSigner(state: StartedAlignment, { personId }: Of<'RemindSigner'>, now: number): DomainEvent[] {
  const missing = missingSigners(state).find((signer) => signer.personId === personId);
  const times = remindersOf(state, personId);
  const wait = quietBefore[times];
  if (!missing || wait === undefined || now - missing.since < wait) return [];
  return [{ type: 'SignOffReminded', at: now, personId, which: times === 0 ? 1 : 2 }];
}

/** How often somebody was reminded of the draft that is under review. */
export function remindersOf(state: StartedAlignment, personId: PersonId): number {
  return state.status === 'reviewing' ? (state.review.reminded?.[personId] ?? 0) : 0;
}

function declineRequest(state: StartedAlignment, { by, act, reason }: Of<'DeclineRequest'>, now: number): DomainEvent[] {
  if (state.status !== 'clarifying' && state.status !== 'reviewing' && state.status !== 'paused') {
    throw new DomainError('not_open', 'Only a request that is under way can be declined.');
  }
  return [{ type: 'RequestDeclined', at: now, by, act, reason }];
}

/** Ends the review of a new version in which every change was taken back: what was signed stands, and nobody signs again. */
export function restoreSigned(state: StartedAlignment, now: number): DomainEvent[] {
  if (state.status !== 'reviewing' || !state.signedContent?.signatures || !sameAsSigned(state)) return [];
  return [{ type: 'SignedVersionRestored', at: now, version: state.signedVersion }];
}

function sameAsSigned(state: StartedAlignment): boolean {
  const signed = signedBrief(state);
  if (!signed || !sameAudience(state.audience, state.postedTo)) return false;
  const now = buildBrief(state);
  const { understood, answers, decisions, pilot, actions } = differenceOf(signed, now);
  const nothingGone = now.decisions.length === signed.decisions.length && now.actions.length === signed.actions.length && !now.pilot === !signed.pilot;
  return understood.length === 0 && answers.length === 0 && !decisions && !pilot && !actions && nothingGone;
}

function sameAudience(one: BriefAudience, other: BriefAudience | undefined): boolean {
  if (one.kind === 'participants' || other?.kind !== 'channel') return one.kind === other?.kind;
  return one.place === other.place;
}
