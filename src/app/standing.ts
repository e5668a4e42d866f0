import type { Standing } from '../domain/command.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { Side } from '../domain/cues.ts';
import { rolesOf } from '../domain/permissions.ts';
import type { AlignmentState } from '../domain/state.ts';
import type { TenantSettings } from './ports.ts';

/** What a person is in this organisation, by its settings. With an empty list of L&D partners anybody may volunteer. */
export function standingOf(settings: TenantSettings, personId: PersonId): Standing[] {
  const listed = settings.partners.some((partner) => partner.personId === personId);
  return [
    ...(listed ? (['listed-partner'] as const) : []),
    ...(settings.partners.length === 0 ? (['volunteer'] as const) : []),
    ...(settings.admins.includes(personId) ? (['admin'] as const) : []),
  ];
}

/** On whose side somebody speaks: who asked, an L&D partner who has taken it on or is on the admin's list, or somebody else. */
export function sideOf(state: AlignmentState, settings: TenantSettings, personId: PersonId): Side {
  const roles = rolesOf(state, personId, standingOf(settings, personId));
  if (roles.includes('requester')) return 'requester';
  return roles.includes('partner') || roles.includes('listed-partner') ? 'partner' : 'other';
}

/** L&D partners who cover a place: those listed for it, or for every place. */
export function partnersOf(settings: TenantSettings, place: string): PersonId[] {
  return settings.partners.filter((partner) => !partner.places || partner.places.includes(place)).map((partner) => partner.personId);
}
