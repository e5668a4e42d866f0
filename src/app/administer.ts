import { type PersonId, wholeChat } from '../domain/conversation.ts';
import { type Notice, noticeText } from '../views/notice.ts';
import { plainText } from '../views/text.ts';
import { adminsToTell } from './acting-admins.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { sayHome } from './home.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { standingOf } from './standing.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

const actions = ['open-home', 'replay-dead-letter', 'listen-on', 'listen-off', 'undo-lesson'] as const;
type Administration = (typeof actions)[number];
type ActionTaken = Extract<InboundEvent, { type: 'ActionTaken' }>;

/** Presses that concern the installation and no alignment. */
export function administrationOf(action: string): Administration | undefined {
  return actions.find((each) => each === action);
}

/** What the card said may be forged: who is an admin, and what belongs to their organisation, is looked up here. */
export async function takeAdministration(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: ActionTaken,
  action: Administration,
): Promise<void> {
  const { personId, value } = event;
  switch (action) {
    case 'open-home':
      // Not in the response: that would take the place of the card that was pressed, which others may read.
      return sayHome(dependencies, turn, personId);
    case 'replay-dead-letter':
      turn.responses.set(rowId, await replay(dependencies, turn, personId, value['id'] ?? ''));
      return;
    case 'listen-on':
    case 'listen-off':
      turn.responses.set(rowId, await listen(dependencies, turn, event, action, value['place'] ?? event.conversation.place));
      return;
    case 'undo-lesson':
      turn.responses.set(rowId, await undoLesson(dependencies, turn, personId, value['id'] ?? ''));
      return;
    default:
      action satisfies never;
  }
}

async function replay(dependencies: HandleDependencies, turn: Turn, personId: PersonId, id: string): Promise<InteractionResponse> {
  if (!isAdmin(turn, personId)) return refusal(dependencies, turn);
  const { deadLetters } = dependencies.store;
  const own = (await deadLetters.list(turn.tenant)).some((letter) => letter.id === id);
  if (!own)
    dependencies.logger.warn({ channel: turn.channel.name }, 'A press named a dead letter that is not there or not of this organisation; it was refused.');
  const replayed = own && (await deadLetters.replay(id, turn.now));
  return notice(dependencies, turn, { kind: replayed ? 'replayed' : 'replay-gone' });
}

/** Switches listening in a channel on or off, for admins and whoever looks after that place on its platform. A place that Plumb is not in is none that can be switched. */
export async function listen(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, conversation }: Pick<ActionTaken, 'personId' | 'conversation'>,
  action: 'listen-on' | 'listen-off',
  place: string,
): Promise<InteractionResponse> {
  const { directory } = turn.channel;
  if (!isAdmin(turn, personId) && !(await directory.looksAfter?.(turn.tenant, place, personId))) return refusal(dependencies, turn);
  const { settings } = dependencies.store;
  // Group chats may be in no list; what comes out of one shows that Plumb is there.
  const fromThere = conversation.place === place && conversation.thread === wholeChat;
  const known = fromThere || (await directory.places(turn.tenant)).some((each) => each.place === place);
  if (!known) return notice(dependencies, turn, { kind: 'refused', code: 'unknown_target', who: [] });
  await settings.change(turn.tenant, (current) => {
    const others = current.silencedPlaces.filter((each) => each !== place);
    return { ...current, silencedPlaces: action === 'listen-off' ? [...others, place] : others };
  });
  const told = await notice(dependencies, turn, { kind: action === 'listen-off' ? 'silenced' : 'listening' });
  // From anywhere else it is Home that has the button.
  return conversation.place === place || told.kind !== 'notice' ? told : { ...told, alsoOn: 'home' };
}

/** What was taught is taken back; from then on it counts no more. */
async function undoLesson(dependencies: HandleDependencies, turn: Turn, personId: PersonId, id: string): Promise<InteractionResponse> {
  if (!isAdmin(turn, personId)) return refusal(dependencies, turn);
  // Only this organisation's own are looked through, whatever the id.
  const known = (await dependencies.store.lessons.list(turn.tenant)).some((lesson) => lesson.id === id);
  if (known) turn.lessons.push({ type: 'undone', id });
  return notice(dependencies, turn, { kind: known ? 'lesson-undone' : 'lesson-gone' });
}

function isAdmin(turn: Turn, personId: PersonId): boolean {
  return standingOf(turn.settings, personId).includes('admin');
}

/** What somebody gets who is no admin; undefined for admins. */
export async function refusalUnlessAdmin(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<InteractionResponse | undefined> {
  return isAdmin(turn, personId) ? undefined : refusal(dependencies, turn);
}

/** Says who may do it instead. */
export async function refusal(dependencies: HandleDependencies, turn: Turn): Promise<InteractionResponse> {
  return notice(dependencies, turn, { kind: 'refused', code: 'not_allowed', who: await adminsToTell(turn) });
}

// Home shows it, wherever it was done from.
const shownOnHome: readonly Notice['kind'][] = ['saved', 'replayed', 'lesson-undone'];

/** A short line for the person who asked, in the response. */
export async function notice(dependencies: HandleDependencies, turn: Turn, told: Notice): Promise<InteractionResponse> {
  const people = 'who' in told ? told.who : [];
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people });
  return { kind: 'notice', text: plainText(noticeText(ctx, told)), ...(shownOnHome.includes(told.kind) && { alsoOn: 'home' as const }) };
}
