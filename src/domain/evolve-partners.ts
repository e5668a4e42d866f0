import type { DomainEvent } from './event.ts';
import type { Partner, StartedAlignment } from './state.ts';

type PartnerEvent = Extract<DomainEvent, { type: 'PartnerVolunteered' | 'PartnerJoined' | 'PartnerReplaced' | 'PartnerLeft' }>;

/** Which L&D partners work on it after one more event. */
export function withPartners(state: StartedAlignment, event: PartnerEvent): StartedAlignment {
  switch (event.type) {
    case 'PartnerVolunteered':
      return { ...state, volunteers: [...new Set([...state.volunteers, event.by])] };
    case 'PartnerJoined':
      return { ...state, partners: [...state.partners, { personId: event.personId }], volunteers: state.volunteers.filter((id) => id !== event.personId) };
    case 'PartnerReplaced': {
      const replacement: Partner = event.cover ? { personId: event.to, coversFor: event.from } : { personId: event.to };
      const others = state.partners.filter((partner) => partner.personId !== event.to);
      return { ...state, partners: others.map((partner) => (partner.personId === event.from ? replacement : partner)) };
    }
    case 'PartnerLeft':
      return { ...state, partners: state.partners.filter((partner) => partner.personId !== event.personId) };
    default:
      return event satisfies never;
  }
}
