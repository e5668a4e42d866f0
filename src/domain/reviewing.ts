import type { Command } from './command.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { capacityOf, isFullySigned } from './signers.ts';
import type { Signature, StartedAlignment } from './state.ts';
import type { SignedFit } from './strategy.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** Ends the questions: what is not known becomes an open point of the draft. */
export function writeBrief(state: StartedAlignment, command: Of<'WriteBrief'>, now: number): DomainEvent[] {
  if (state.status !== 'clarifying' && state.status !== 'paused') return [];
  const resumed: DomainEvent[] = state.status === 'paused' ? [{ type: 'AlignmentResumed', at: now, by: command.by, act: command.act }] : [];
  if (state.status === 'paused' && state.from === 'reviewing') return resumed;
  return [...resumed, { type: 'MessageTaken', at: now, by: command.by, act: command.act }, { type: 'ReviewStarted', at: now, version: state.draftVersion + 1 }];
}

/** Who will see the brief once it is signed. */
export function chooseAudience(state: StartedAlignment, command: Of<'ChooseAudience'>, now: number): DomainEvent[] {
  const { audience } = command;
  const same =
    audience.kind === state.audience.kind &&
    (audience.kind === 'participants' || (state.audience.kind === 'channel' && audience.place === state.audience.place));
  if (same || (state.status !== 'reviewing' && state.status !== 'clarifying')) return [];
  return [{ type: 'AudienceChosen', at: now, by: command.by, act: command.act, audience }];
}

/** Signs the version that the person saw. With the last signature that is needed the alignment is reached. */
export function signBrief(state: StartedAlignment, command: Of<'SignBrief'>, now: number): DomainEvent[] {
  const by = { at: now, by: command.by, act: command.act };
  const capacity = capacityOf(state, command.by);
  if (!capacity) return [];
  if (state.status === 'aligned' && command.version === state.signedVersion) {
    // An L&D partner who came later may still put their name to it; the post is edited in place.
    const late = capacity.as === 'partner' && !state.signatures.some((signature) => signature.by === command.by);
    return late ? [{ type: 'BriefSigned', ...by, signature: { by: command.by, ...capacity, at: now, version: command.version } }] : [];
  }
  if (state.status === 'clarifying' || state.status === 'paused')
    throw new DomainError('no_draft', 'Nothing is written yet that could be signed. Ask for the brief first.');
  if (state.status !== 'reviewing') throw new DomainError('not_open', 'There is no draft to sign at the moment.');
  const { review } = state;
  if (command.version !== review.version) throw new DomainError('outdated', 'The draft has changed since. Please look at the newest one and sign that.');
  if (review.signatures.some((signature) => signature.by === command.by)) return [];
  const signature: Signature = { by: command.by, ...capacity, at: now, version: review.version };
  const signatures = [...review.signatures, signature];
  const signed: DomainEvent = { type: 'BriefSigned', ...by, signature };
  return isFullySigned(state, signatures) ? [signed, { type: 'AlignmentReached', at: now, version: review.version, signatures }] : [signed];
}

/** Once for each version that was signed: a strategy that changes later changes nothing of it. */
export function keepFit(state: StartedAlignment, fit: SignedFit, now: number): DomainEvent[] {
  return state.status === 'aligned' && state.signedContent && !state.signedContent.fit ? [{ type: 'FitKept', at: now, fit }] : [];
}

/** A change to something that bears signatures makes a new version, to be signed anew. */
export function reopenIfSigned(state: StartedAlignment, now: number, changes: boolean): DomainEvent[] {
  if (!changes) return [];
  if (state.status === 'aligned') return [{ type: 'ReviewReopened', at: now, version: state.draftVersion + 1 }];
  if (state.status === 'reviewing' && state.review.signatures.length > 0) return [{ type: 'ReviewReopened', at: now, version: state.draftVersion + 1 }];
  return [];
}
