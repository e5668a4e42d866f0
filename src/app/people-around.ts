import type { KnownPerson } from '../language/language.ts';
import type { Turn } from './turn.ts';

/**
 * Whom Plumb knows where something is written: members of the places and the tenant's L&D partners and admins. Their names are kept back from an external
 * model. The platform is asked only when that is needed, once for each turn.
 */
export function peopleAround({ channel, tenant, settings }: Pick<Turn, 'channel' | 'tenant' | 'settings'>, ...places: string[]): () => Promise<KnownPerson[]> {
  let known: Promise<KnownPerson[]> | undefined;
  return () => {
    known ??= load();
    return known;
  };

  async function load(): Promise<KnownPerson[]> {
    const { directory } = channel;
    const listed = [...settings.partners.map(({ personId }) => personId), ...settings.admins];
    const members = await Promise.all([...new Set(places)].map((place) => directory.members(tenant, place)));
    const others = await Promise.all(listed.map((id) => directory.person(tenant, id)));
    const people = [...members.flat(), ...others.flatMap((person) => person ?? [])];
    return [...new Map(people.map(({ id, name }) => [id, { personId: id, name }])).values()];
  }
}
