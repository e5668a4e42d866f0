import { defaultSettings, type TenantSettings } from '../../app/ports.ts';
import type { Person, PersonId } from '../../domain/conversation.ts';

/** The one installation of the room. */
export const roomTenant = 'room';
/** The channel that all five can read. */
export const roomChannel = { place: 'sales-leaders', name: '#sales-leaders' } as const;
/** How Plumb itself is named in mentions and as an author. */
export const plumbId = 'plumb';

export type RoomPerson = Person & { title: string; place: string };

function person(id: PersonId, name: string, title: string, timeZone: string, place: string): RoomPerson {
  return { channel: 'room', tenant: roomTenant, id, name, timeZone, external: false, title, place };
}

/** Five people to act as, in five time zones, so that mornings, quiet hours and weekly calls differ. */
export const roomPeople: readonly RoomPerson[] = [
  person('dana', 'Dana Whitfield', 'Sales leader', 'America/New_York', 'New York'),
  person('priya', 'Priya Nair', 'L&D partner and admin', 'Europe/London', 'London'),
  person('tomas', 'Tomas Herrera', 'Sales manager', 'Europe/Madrid', 'Madrid'),
  person('keiko', 'Keiko Mori', 'Sales manager', 'Asia/Tokyo', 'Tokyo'),
  person('sam', 'Sam Okafor', 'Colleague', 'Africa/Lagos', 'Lagos'),
];

/** A shorter burst than elsewhere: a newcomer who tries the room should not wait for the first reply. */
export const roomSettings: TenantSettings = { ...defaultSettings, burstMs: 1_200, partners: [{ personId: 'priya' }], admins: ['priya'] };

export function roomPerson(id: PersonId): RoomPerson | undefined {
  return roomPeople.find((someone) => someone.id === id);
}

/** The place of one person's 1:1 chat with Plumb. */
export function directPlace(id: PersonId): string {
  return `dm:${id}`;
}

/** Whose 1:1 chat a place is; undefined for the channel and for places that do not exist. */
export function personOfDirectPlace(place: string): RoomPerson | undefined {
  return place.startsWith('dm:') ? roomPerson(place.slice('dm:'.length)) : undefined;
}

export function isRoomPlace(place: string): boolean {
  return place === roomChannel.place || personOfDirectPlace(place) !== undefined;
}

/** The one rule of who reads what: everybody the channel, each their own 1:1 chat. */
export function maySee(personId: PersonId, place: string): boolean {
  return place === roomChannel.place ? roomPerson(personId) !== undefined : place === directPlace(personId);
}

/** Everybody of `people` whom a written name can mean: the whole name, else a first or last name. */
export function resolveName(name: string, people: readonly RoomPerson[] = roomPeople): RoomPerson[] {
  const wanted = fold(name.replace(/^@/, ''));
  if (wanted === '') return [];
  const whole = people.filter((someone) => fold(someone.name) === wanted || someone.id === wanted);
  return whole.length > 0 ? whole : people.filter((someone) => fold(someone.name).split(' ').includes(wanted));
}

/** Lower case without accents, so that Tomás finds Tomas. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().replace(/\s+/g, ' ').toLowerCase();
}
