import type { PersonId } from './conversation.ts';
import type { DomainEvent } from './event.ts';
import type { Partner, StartedAlignment } from './state.ts';

type PartnerEvent = Extract<DomainEvent, { type: 'PartnerVolunteered' | 'PartnerJoined' | 'PartnerReplaced' | 'PartnerLeft' }>;

/** Which L&D partners work on it after one more event. */
export function withPartners(state: StartedAlignment, event: PartnerEvent): StartedAlignment {
  switch (event.type) {
    case 'PartnerVolunteered':
      return { ...state, volunteers: [...new Set([...state.volunteers, event.by])], volunteeredAt: event.at };
    case 'PartnerJoined': {
      const { personId, by, at } = event;
      const partner: Partner = { personId, ...(by === personId && { tookItAt: at }) };
      return { ...state, partners: [...state.partners, partner], volunteers: state.volunteers.filter((id) => id !== personId) };
    }
    case 'PartnerReplaced': {
      const replacement: Partner = event.cover ? { personId: event.to, coversFor: event.from } : { personId: event.to };
      const others = state.partners.filter(({ personId }) => personId !== event.from && personId !== event.to);
      const kept = state.partners.filter(({ personId }) => personId !== event.to);
      const partners = kept.map((partner) => (partner.personId === event.from ? replacement : partner));
      return withoutPrompts({ ...state, partners }, event.from, others);
    }
    case 'PartnerLeft': {
      const partners = state.partners.filter(({ personId }) => personId !== event.personId);
      return withoutPrompts({ ...state, partners }, event.personId, partners);
    }
    default:
      return event satisfies never;
  }
}

/** What may still become of these prompts is no business of whoever left. How much of them was wanted ends with the last of those who wanted it. */
function withoutPrompts(state: StartedAlignment, personId: PersonId, others: readonly Partner[]): StartedAlignment {
  if (!state.coaching) return state;
  const { limit, ...coaching } = state.coaching;
  const prompts = coaching.prompts.map((prompt) => {
    return prompt.status === 'open' || prompt.status === 'dismissed' ? { ...prompt, to: prompt.to.filter((to) => to !== personId) } : prompt;
  });
  return { ...state, coaching: { ...coaching, prompts, ...(limit !== undefined && others.length > 0 && { limit }) } };
}
