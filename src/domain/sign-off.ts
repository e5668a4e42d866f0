import { buildBrief, signedBrief } from './brief.ts';
import { differenceOf } from './brief-difference.ts';
import type { LineCommand } from './change-line.ts';
import { dropPrompt } from './coaching-prompts.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import type { SignOffCommand } from './sign-off-command.ts';
import { missingSigners, ownCapacity, remindedAtOf, remindersOf, standIns } from './signers.ts';
import type { BriefAudience, StartedAlignment } from './state.ts';
import { takesPart } from './taking-part.ts';

type Of<T extends SignOffCommand['type']> = Extract<SignOffCommand, { type: T }>;

const day = 24 * 3_600_000;
const hour = 3_600_000;
/** Two and five working days (PRODUCT "The conversation"), an hour less where the clocks change. */
const quietBefore = [2 * day - hour, 5 * day - hour] as const;
const betweenReminders = 3 * day - hour;

/** What goes on around the signatures. Throws DomainError. */
export function decideSignOff(state: StartedAlignment, command: Exclude<SignOffCommand, LineCommand>, now: number): DomainEvent[] {
  switch (command.type) {
    case 'DelegateSignOff':
      return delegateSignOff(state, command, now);
    case 'DeclineSignOff':
      return declineSignOff(state, command, now);
    case 'LeaveChange':
      return leaveChange(state, command, now);
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

/** Once for each person, and nothing to somebody from outside while people talk among themselves. */
function leaveChange(state: StartedAlignment, { by, act }: Of<'LeaveChange'>, now: number): DomainEvent[] {
  const isFromOutside = state.privately && !takesPart(state, by);
  return isFromOutside || state.changesLeft?.includes(by) ? [] : [{ type: 'ChangeLeft', at: now, by, act }];
}

function remindSigner(state: StartedAlignment, { personId }: Of<'RemindSigner'>, now: number): DomainEvent[] {
  const missing = missingSigners(state).find((signer) => signer.personId === personId);
  const times = remindersOf(state, personId);
  const wait = quietBefore[times];
  if (!missing || wait === undefined || now - missing.since < wait) return [];
  const first = remindedAtOf(state, personId);
  if (first !== undefined && now - first < betweenReminders) return [];
  return [{ type: 'SignOffReminded', at: now, personId, which: times === 0 ? 1 : 2 }];
}

function declineRequest(state: StartedAlignment, { by, act, reason }: Of<'DeclineRequest'>, now: number): DomainEvent[] {
  // What was signed is closed, not declined, also while something is changed in it.
  if (state.signedVersion > 0 || (state.status !== 'clarifying' && state.status !== 'reviewing' && state.status !== 'paused')) {
    throw new DomainError('not_open', 'Only a request that is under way can be declined.');
  }
  return [...dropPrompt(state, now), { type: 'RequestDeclined', at: now, by, act, reason }];
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
