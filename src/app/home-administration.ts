import type { HomeInput } from '../views/home.ts';
import type { LetterKind } from '../views/home-admin.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, OutboundMessage } from './ports.ts';
import { retentionShown } from './retention.ts';
import { standingOf } from './standing.ts';
import type { DeadLetter } from './store.ts';
import type { Turn } from './turn.ts';
import type { Viewer } from './viewer.ts';

const lettersShown = 10;
const lessonsShown = 8;

/** For admins only: where Plumb listens among the channels they read themselves, its words, what it learned, and what could not be handled. */
export async function homeAdministration(
  { store, model, retentionDays }: Pick<HandleDependencies, 'store' | 'model' | 'retentionDays'>,
  turn: Turn,
  viewer: Viewer,
): Promise<HomeInput['admin'] | undefined> {
  if (!standingOf(turn.settings, viewer.personId).includes('admin')) return undefined;
  const places: { place: string; listening: boolean }[] = [];
  for (const { place } of await turn.channel.directory.places(turn.tenant)) {
    if (await viewer.isMember(place)) places.push({ place, listening: !turn.settings.silencedPlaces.includes(place) });
  }
  const letters = await store.deadLetters.list(turn.tenant);
  const lessons = await store.lessons.list(turn.tenant);
  return {
    places,
    partners: turn.settings.partners,
    rhythm: { quietHours: turn.settings.quietHours, nudgeTime: turn.settings.nudgeTime },
    words: turn.settings.vocabulary,
    causes: turn.settings.causes,
    ...(model === 'configured' && { model: turn.tenantLanguage.model }),
    retention: await retentionShown({ store, ...(retentionDays !== undefined && { retentionDays }) }, turn),
    learned: { lessons: lessons.slice(0, lessonsShown), count: lessons.length },
    deadLetters: letters
      .slice(0, lettersShown)
      .map((letter) => ({ id: letter.id, what: kindOf(letter), attempts: letter.attempts, failedAt: letter.failedAt })),
  };
}

const eventKinds: Readonly<Partial<Record<string, LetterKind>>> = {
  MessagePosted: 'message',
  MessageEdited: 'message',
  MessageDeleted: 'message',
  MessageRestored: 'message',
  ActionTaken: 'press',
  FormRequested: 'press',
  FormSubmitted: 'press',
  CommandGiven: 'command',
  TimerDue: 'timer',
} satisfies Partial<Record<InboundEvent['type'], LetterKind>>;

const audienceKinds: Readonly<Partial<Record<string, LetterKind>>> = {
  thread: 'to-thread',
  private: 'to-person',
  home: 'to-person',
  channel: 'to-channel',
} satisfies Record<OutboundMessage['audience'], LetterKind>;

/** The store names an event by its type, and a message by its audience and post. */
function kindOf({ kind, what }: DeadLetter): LetterKind {
  const kinds = kind === 'inbox' ? eventKinds[what] : audienceKinds[what.split(':')[0] ?? ''];
  return kinds ?? 'other';
}
