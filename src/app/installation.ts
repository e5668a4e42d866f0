import type { ConversationRef, PersonId } from '../domain/conversation.ts';
import { deliveryProblemCard, notStartedCard } from '../views/delivery-problem.ts';
import { installedCard } from '../views/installed.ts';
import { adminsToTell } from './acting-admins.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, TenantSettings } from './ports.ts';
import { channelOf, privatelyTo, say, unpromptedTo } from './say.ts';
import type { Turn } from './turn.ts';
import { sendWhatIsKept, takeUnreached } from './unreached.ts';
import { contextFor } from './view-context.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;

const day = 86_400_000;
/** Whoever removes Plumb by mistake, or while moving to another plan, has this long to install it again before its briefs are gone. */
const keptAfterRemoval = 30 * day;
/** A notice that is lost with a lost commit is told again; more would be an endless echo where the notice itself is refused. */
const tellings = 3;

/** Installed: whoever did it is an admin from now on and learns how to begin. Removed: nothing is said any more, and what is kept is on its way out. */
export async function takeInstallation(dependencies: HandleDependencies, turn: Turn, event: EventOf<'InstallChanged'>): Promise<void> {
  switch (event.change) {
    case 'installed':
      // Where no token comes with it, nothing else tells the store that Plumb is wanted again.
      await dependencies.store.installations.callOffErasure(turn.channel.name, turn.tenant);
      if (event.personId !== '') await greetInstaller(dependencies, turn, event.personId, event.eventKey);
      return;
    case 'removed':
      // Told late, it may be about an installation that was made anew meanwhile.
      turn.removed = await dependencies.store.installations.remove(turn.channel.name, turn.tenant, turn.now + keptAfterRemoval, event.at);
      return;
    default:
      event.change satisfies never;
  }
}

async function greetInstaller(dependencies: HandleDependencies, turn: Turn, installer: PersonId, eventKey: string): Promise<void> {
  const { settings } = dependencies.store;
  await settings.change(turn.tenant, (current) => (current.admins.includes(installer) ? current : { ...current, admins: [...current.admins, installer] }));
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  say(dependencies, turn, privatelyTo(turn, installer), installedCard(ctx, turn.channel.name), { post: `installed:${eventKey}` });
}

/**
 * Invited: what Plumb listens for is said, once in a day or two however often it is invited. Left: nothing is sent there of its own accord. Added by
 * somebody for themselves: they are welcomed once, and get what was kept for them.
 */
export async function takeMember(dependencies: HandleDependencies, turn: Turn, event: EventOf<'MemberChanged'>): Promise<void> {
  if (!event.isPlumb) return;
  const { conversation, change, personId } = event;
  await setAbsent(dependencies, turn, conversation.place, change === 'left');
  if (change === 'joined' && (await isChatWith(turn, personId, conversation))) return welcome(dependencies, turn, personId, conversation);
  if (change === 'left' || turn.joined.some(({ place }) => place === conversation.place)) return;
  const { to } = channelOf(turn, conversation.place);
  const said = await dependencies.store.posts.named(to, 'joined:');
  if (!said.includes(joinPost(turn.now)) && !said.includes(joinPost(turn.now - day))) turn.joined.push(conversation);
}

export const welcomePost = 'welcome';

async function welcome(dependencies: HandleDependencies, turn: Turn, personId: PersonId, chat: ConversationRef): Promise<void> {
  const said = await dependencies.store.posts.named(privatelyTo(turn, personId).to, welcomePost);
  if (said.length === 0 && !turn.welcomed.includes(personId)) turn.welcomed.push(personId);
  await sendWhatIsKept(dependencies, turn, personId, chat);
}

async function isChatWith(turn: Turn, personId: PersonId, { place, thread }: ConversationRef): Promise<boolean> {
  if (personId === '' || thread !== '') return false;
  return (await turn.channel.directory.privateConversation(turn.tenant, personId))?.place === place;
}

/** The name of the line on joining: its day tells an invitation repeated from one after a long time, when people may want to be told again. */
export function joinPost(at: number): string {
  return `joined:${dayOf(at)}`;
}

/**
 * An archived or deleted channel gets nothing of Plumb's own accord; answers and briefs that people cause are tried, and an admin learns of a refusal.
 * Its conversations stay as they are: private ones go on, and in a channel that is opened again everything continues. A new name changes nothing.
 */
export async function takePlace(dependencies: HandleDependencies, turn: Turn, { change, conversation }: EventOf<'PlaceChanged'>): Promise<void> {
  if (change !== 'renamed') await setAbsent(dependencies, turn, conversation.place, true);
}

/** A message that comes from a place shows that Plumb is there (again), whatever was heard of it before. */
export async function noteSignOfLife(dependencies: Pick<HandleDependencies, 'store'>, turn: Turn, { place }: ConversationRef): Promise<void> {
  if (turn.settings.absentFrom.includes(place)) await setAbsent(dependencies, turn, place, false);
}

async function setAbsent({ store }: Pick<HandleDependencies, 'store'>, turn: Turn, place: string, absent: boolean): Promise<void> {
  const change = (current: TenantSettings): TenantSettings => {
    if (current.absentFrom.includes(place) === absent) return current;
    const others = current.absentFrom.filter((each) => each !== place);
    return { ...current, absentFrom: absent ? [...others, place] : others };
  };
  await store.settings.change(turn.tenant, change);
  turn.settings = change(turn.settings);
}

/** A turn that only the clock caused says nothing in places where Plumb is not. */
export function keepOutOfAbsent(turn: Turn): void {
  if (turn.settings.absentFrom.length === 0 || turn.leased.rows.some(({ event }) => event.type !== 'TimerDue')) return;
  turn.outbox = turn.outbox.filter(({ to }) => to.kind !== 'conversation' || !turn.settings.absentFrom.includes(to.conversation.place));
}

/** Tells the admins, once a day for each place and problem, what did not get through; and whoever gave a command that came to nothing. */
export async function takeRefusal(dependencies: HandleDependencies, turn: Turn, event: EventOf<'DeliveryRefused'>): Promise<void> {
  if (event.unreached !== undefined) return takeUnreached(dependencies, turn, event);
  const { problem, personId, conversation } = event;
  const places = conversation.place === '' ? [] : [conversation.place];
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [], places });
  const [place] = places;
  if (personId !== '' && place !== undefined) say(dependencies, turn, privatelyTo(turn, personId), notStartedCard(ctx, { problem, place }));
  const admins = await adminsToTell(turn);
  if (admins.length === 0)
    dependencies.logger.warn(
      { channel: turn.channel.name, reason: problem },
      'Nobody could be told of a refused message: no admin is known. Name some in PLUMB_ADMINS who have added Plumb or are where it is.',
    );
  for (const admin of admins) {
    if (!(await isToBeTold(dependencies, turn, admin, event))) continue;
    const { to, held } = await unpromptedTo(turn, admin);
    say(dependencies, turn, to, deliveryProblemCard(ctx, { problem, ...(place !== undefined && { place }) }), { post: problemPost(turn, event), ...held });
  }
}

async function isToBeTold({ store }: HandleDependencies, turn: Turn, admin: PersonId, event: EventOf<'DeliveryRefused'>): Promise<boolean> {
  const post = problemPost(turn, event);
  const { to } = privatelyTo(turn, admin);
  if (turn.outbox.some((message) => message.post === post && message.to.kind === 'person' && message.to.personId === admin)) return false;
  const told = await store.usage.add({ tenant: turn.tenant, personId: admin, day: dayOf(turn.now), what: post });
  return told <= 1 || (told <= tellings && (await store.posts.named(to, post)).length === 0);
}

function problemPost(turn: Turn, { problem, conversation }: EventOf<'DeliveryRefused'>): string {
  return `problem:${dayOf(turn.now)}:${conversation.place}:${problem}`;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
