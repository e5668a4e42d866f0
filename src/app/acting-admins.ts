import type { Person, PersonId } from '../domain/conversation.ts';
import type { Channel, InboundEvent, TenantSettings } from './ports.ts';
import type { LeasedStream } from './store.ts';

/** Whoever acts in these rows, as the platform knows them, and who of them administers it: they are admins here, too, for as long as they are there. */
export async function actingAdmins(
  { directory }: Pick<Channel, 'directory'>,
  tenant: string,
  { rows }: LeasedStream,
): Promise<{ people: Map<PersonId, Person>; admins: PersonId[] }> {
  const acting = new Set(rows.flatMap(({ event }) => (isAct(event) ? [event.personId] : [])));
  const found = await Promise.all([...acting].map((personId) => directory.person(tenant, personId)));
  const people = new Map(found.flatMap((person) => (person ? [[person.id, person] as const] : [])));
  return { people, admins: [...people.values()].flatMap((person) => (person.admin ? [person.id] : [])) };
}

/** Everybody who may be told as an admin, or named as one: also those whom the platform was given and who have done nothing so far. */
export async function adminsToTell({
  channel,
  tenant,
  settings,
}: {
  channel: Pick<Channel, 'directory'>;
  tenant: string;
  settings: Pick<TenantSettings, 'admins'>;
}): Promise<PersonId[]> {
  const named = await Promise.all([...(channel.directory.admins ?? [])].map((personId) => channel.directory.person(tenant, personId)));
  return [...new Set([...settings.admins, ...named.flatMap((person) => (person?.admin ? [person.id] : []))])];
}

/** What somebody does and may be allowed or refused. */
function isAct({ type }: InboundEvent): boolean {
  switch (type) {
    case 'MessagePosted':
    case 'MessageEdited':
    case 'MessageRestored':
    case 'ActionTaken':
    case 'FormRequested':
    case 'FormSubmitted':
    case 'CommandGiven':
    case 'HomeOpened':
      return true;
    case 'MessageDeleted':
    case 'FeedbackGiven':
    case 'MemberChanged':
    case 'PlaceChanged':
    case 'InstallChanged':
    case 'DeliveryRefused':
    case 'TimerDue':
      return false;
    default:
      return type satisfies never;
  }
}
