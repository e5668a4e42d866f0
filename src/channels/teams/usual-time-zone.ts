import type { Clock } from '../../app/ports.ts';
import { createAnswerCache } from '../answer-cache.ts';
import type { References } from './references.ts';

// Whoever writes to Plumb for the first time brings the first one along.
const keepMs = 5 * 60_000;
const mostTenants = 500;

/**
 * The time zone of most people of a tenant who have a chat with Plumb. Teams tells nobody's before they write (Microsoft Learn: "Get Teams context", which
 * has none), and the colleagues' is nearer than none. Undefined while there is none; rejects as the store does.
 */
export function createUsualTimeZone({ references, clock }: { references: Pick<References, 'people'>; clock: Clock }) {
  const zones = createAnswerCache<{ zone: string | undefined }>({ clock, keepMs, most: mostTenants });

  async function mostCommon(tenant: string): Promise<{ zone: string | undefined }> {
    const counts = new Map<string, number>();
    for (const { timeZone } of await references.people(tenant)) if (timeZone !== undefined) counts.set(timeZone, (counts.get(timeZone) ?? 0) + 1);
    const [first] = [...counts].toSorted(([one, often], [other, oftener]) => oftener - often || one.localeCompare(other));
    return { zone: first?.[0] };
  }

  return async (tenant: string): Promise<string | undefined> => (await zones.get(tenant, () => mostCommon(tenant))).zone;
}
