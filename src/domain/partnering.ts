import type { Command } from './command.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import type { StartedAlignment } from './state.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** A listed L&D partner takes the conversation, beside others who have; a volunteer waits for the requester's word. */
export function claimAlignment(state: StartedAlignment, command: Of<'ClaimAlignment'>, now: number): DomainEvent[] {
  const by = { at: now, by: command.by, act: command.act };
  if (state.partners.some((partner) => partner.personId === command.by)) return [];
  if (command.standing?.includes('listed-partner')) return [{ type: 'PartnerJoined', ...by, personId: command.by }];
  if (command.by === state.requester)
    throw new DomainError('not_allowed', 'The requester cannot be their own L&D partner. Somebody from L&D can press "I take this".');
  return state.volunteers.includes(command.by) ? [] : [{ type: 'PartnerVolunteered', ...by }];
}

/** The requester confirms a volunteer. */
export function confirmPartner(state: StartedAlignment, command: Of<'ConfirmPartner'>, now: number): DomainEvent[] {
  if (state.partners.some((partner) => partner.personId === command.personId)) return [];
  if (!state.volunteers.includes(command.personId))
    throw new DomainError('unknown_target', 'Nobody with this id offered to take this conversation. Ask them to press "I take this" first.');
  return [{ type: 'PartnerJoined', at: now, by: command.by, act: command.act, personId: command.personId }];
}

/** Gives the claim to another person, for good or to stand in. */
export function handOver(state: StartedAlignment, command: Of<'HandOver'>, now: number): DomainEvent[] {
  if (command.to === command.by || state.partners.some((partner) => partner.personId === command.to)) return [];
  return [{ type: 'PartnerReplaced', at: now, by: command.by, act: command.act, from: command.by, to: command.to, cover: command.cover }];
}

/** Gives the claim back: to the person stood in for, otherwise to nobody. */
export function giveBack(state: StartedAlignment, command: Of<'GiveBack'>, now: number): DomainEvent[] {
  const by = { at: now, by: command.by, act: command.act };
  const own = state.partners.find((partner) => partner.personId === command.by);
  if (own?.coversFor) return [{ type: 'PartnerReplaced', ...by, from: command.by, to: own.coversFor, cover: false }];
  return [{ type: 'PartnerLeft', ...by, personId: command.by }];
}
