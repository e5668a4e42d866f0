import type { PersonId } from './conversation.ts';
import type { ProgrammeContent } from './programme-event.ts';

/**
 * Who is asked each week what the KPIs stand at: whoever has the data; where nobody is known to, or they cannot be asked, the owner if they are asked
 * anyway, and otherwise every manager. `canBeAsked`: accepted, not opted out, still there.
 */
export function kpiReaders(
  { dataHolder, owner, managers, kpis }: Pick<ProgrammeContent, 'dataHolder' | 'owner' | 'managers' | 'kpis'>,
  canBeAsked: (personId: PersonId) => boolean,
): { personId: PersonId; figures: 'wanted' | 'if-known' }[] {
  if (kpis.length === 0) return [];
  if (dataHolder !== undefined && canBeAsked(dataHolder)) return [{ personId: dataHolder, figures: 'wanted' }];
  if (owner !== undefined && managers.includes(owner) && canBeAsked(owner)) return [{ personId: owner, figures: 'if-known' }];
  return managers.map((personId) => ({ personId, figures: 'if-known' }));
}
