import type { PersonId } from './conversation.ts';
import { isFormer } from './former.ts';
import { peopleNamed } from './permissions.ts';
import type { Signature, SignOffDelegation, StartedAlignment } from './state.ts';

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
  const leader = forOwner ? forOwner.from : businessLead(state);
  const business = signatures.some(({ as }) => as !== 'partner') || leader === undefined ? [] : [orStandIn(leader)];
  return [...business, ...(isSignedByPartner(state, signatures) ? [] : partners.map(orStandIn))];
}

/** Who signs for the business: the requester, or the owner where the requester asked to be forgotten and nobody signs in their place. */
function businessLead(state: StartedAlignment): PersonId | undefined {
  const isGone = isFormer(state.requester) && !standIns(state).some(({ from }) => from === state.requester);
  return isGone ? peopleNamed(state, 'owner')[0] : state.requester;
}

/** Nobody is left who could sign for the business: an owner has to be named. */
export function lacksLeader(state: StartedAlignment): boolean {
  return businessLead(state) === undefined;
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

/** In which capacity somebody signs, and in whose place if not their own; undefined when their signature is of no use (any more). */
export function capacityOf(state: StartedAlignment, personId: PersonId): Pick<Signature, 'as' | 'for'> | undefined {
  const own = ownCapacity(state, personId);
  if (own) return { as: own };
  const standIn = standIns(state).find(({ to }) => to === personId);
  const as = standIn && ownCapacity(state, standIn.from);
  return as && { as, for: standIn.from };
}

/** What somebody signs as without being asked by anybody; undefined when they have no part in it. */
export function ownCapacity(state: StartedAlignment, personId: PersonId): Signature['as'] | undefined {
  if (personId === state.requester) return 'requester';
  if (peopleNamed(state, 'owner').includes(personId)) return 'owner';
  return state.partners.some((partner) => partner.personId === personId) ? 'partner' : undefined;
}

/** How often somebody was reminded of the draft that is under review. */
export function remindersOf(state: StartedAlignment, personId: PersonId): number {
  return state.status === 'reviewing' ? (state.review.reminded?.[personId] ?? 0) : 0;
}

/** When somebody was reminded of this draft last; undefined where they were not, or before that was kept. */
export function remindedAtOf(state: StartedAlignment, personId: PersonId): number | undefined {
  return state.status === 'reviewing' ? state.review.remindedAt?.[personId] : undefined;
}
