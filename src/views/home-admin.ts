import type { PersonId } from '../domain/conversation.ts';
import type { OwnCause } from '../domain/knowledge.ts';
import type { TaughtLesson } from '../domain/lessons.ts';
import type { CardAction, CardBlock, Text } from './card.ts';
import { listed, type ViewContext } from './context.ts';
import { lessonWords } from './lesson.ts';
import { causeActions, causeBlocks } from './own-causes.ts';
import { button, section, textBlock } from './parts.ts';
import { type RetentionShown, retentionBlocks } from './retention.ts';
import { plainText, shorten } from './text.ts';

/** What could not be handled: something that came in, or something that was to go out. Nothing of what it says. */
export type LetterKind = 'message' | 'press' | 'command' | 'timer' | 'other' | 'to-thread' | 'to-person' | 'to-channel';

/** What an organisation calls its learning, its teams and its topics. */
export type OwnWords = Readonly<Record<OwnWordsKind, readonly string[]>>;
export const ownWordsKinds = ['learning', 'teams', 'topics'] as const;
export type OwnWordsKind = (typeof ownWordsKinds)[number];

/** What an external language model may read. */
export type ModelChoice = { conversations: boolean; hearing: boolean };

/** From when until when nothing is sent on its own accord, and when the weekly question comes (HH:MM). */
export type Rhythm = { quietHours: { start: string; end: string }; nudgeTime: string };

/** Without `places` they cover every channel. */
type ListedPartner = { personId: PersonId; places?: readonly string[] };

type LearnedLesson = Pick<TaughtLesson, 'id' | 'verdict' | 'features' | 'at'> & { by: PersonId };

/** For admins: what they set up, and what needs their eye. */
export type HomeAdmin = {
  places: readonly { place: string; listening: boolean }[];
  partners: readonly ListedPartner[];
  rhythm: Rhythm;
  words: OwnWords;
  /** What lies behind the complaints of their own people, oldest first. */
  causes: readonly OwnCause[];
  /** Absent where no model is configured. */
  model?: ModelChoice;
  retention: RetentionShown;
  /** The newest of `count` lessons, newest first. */
  learned: { lessons: readonly LearnedLesson[]; count: number };
  deadLetters: readonly { id: string; what: LetterKind; attempts: number; failedAt: number }[];
};

const namesShown = 6;
const labelLength = 48;

/** What admins see on Home besides: settings, places, people, words, causes, lessons and what went wrong. */
export function adminBlocks(
  ctx: ViewContext,
  { places, partners, rhythm, words: own, causes, model, retention, learned, deadLetters }: HomeAdmin,
): CardBlock[] {
  const { words } = ctx;
  const placeItems = places.map(({ place, listening }) => ({
    text: ctx.placeName(place),
    note: words.say(listening ? 'home.listening' : 'home.not-listening'),
  }));
  const letters = deadLetters.map(({ what, attempts, failedAt }) => ({
    text: words.say('home.dead-letter', { what: words.plain(`home.letter-${what}`), count: String(attempts), when: [{ at: failedAt, as: 'date-time' }] }),
  }));
  return [
    ...section(words.plain('home.settings'), placeItems),
    ...partnerBlocks(ctx, partners),
    ...section(words.plain('home.rhythm'), rhythmItems(ctx, rhythm)),
    ...section(
      words.plain('home.words'),
      ownWordsKinds.map((kind) => ({ text: words.say(`home.words-${kind}`), note: namesOf(ctx, own[kind]) })),
    ),
    ...causeBlocks(ctx, causes),
    ...(model ? section(words.plain('home.model'), modelItems(ctx, model)) : []),
    ...retentionBlocks(ctx, retention),
    ...learnedBlocks(ctx, learned),
    ...section(words.plain('home.dead-letters'), letters),
  ];
}

function namesOf({ words }: ViewContext, names: readonly string[]): Text {
  if (names.length === 0) return words.say('home.words-none');
  const shown = names.slice(0, namesShown).join(words.plain('common.comma'));
  const more = names.length - namesShown;
  return more > 0 ? words.say('home.words-more', { names: shown, count: String(more) }) : shown;
}

function partnerBlocks(ctx: ViewContext, partners: HomeAdmin['partners']): CardBlock[] {
  const { words } = ctx;
  const heading = words.plain('home.partners');
  if (partners.length === 0) return [textBlock(heading, 'heading'), textBlock(words.say('home.partners-none'), 'subtle')];
  return section(
    heading,
    partners.map(({ personId, places }) => ({
      text: [ctx.person(personId)],
      note: places ? words.say('home.partner-in', { places: listed(ctx, places.map(ctx.placeName)) }) : words.say('home.partner-everywhere'),
    })),
  );
}

function rhythmItems({ words }: ViewContext, { quietHours: { start, end }, nudgeTime }: Rhythm) {
  // Equal times mean no quiet hours (domain/calendar.ts).
  const quiet = start === end ? words.say('home.quiet-none') : words.say('home.quiet-from-to', { start, end });
  return [
    { text: words.say('home.quiet-hours'), note: quiet },
    { text: words.say('home.nudge-time'), note: words.say('home.nudge-at', { time: nudgeTime }) },
  ];
}

function modelItems({ words }: ViewContext, { conversations, hearing }: ModelChoice) {
  const note = (allowed: boolean) => words.say(allowed ? 'home.model-may' : 'home.model-may-not');
  return [
    { text: words.say('home.model-conversations'), note: note(conversations) },
    { text: words.say('home.model-hearing'), note: note(hearing) },
  ];
}

function learnedBlocks(ctx: ViewContext, { lessons, count }: HomeAdmin['learned']): CardBlock[] {
  const { words } = ctx;
  const more = count - lessons.length;
  const items = lessons.map((lesson, at) => ({
    text: words.say('home.lesson', { number: String(at + 1), verdict: verdictOf(ctx, lesson), about: lessonWords(ctx, lesson.features) }),
    note: words.say('home.lesson-by', { person: [ctx.person(lesson.by)], when: [{ at: lesson.at, as: 'date' }] }),
  }));
  const [heading, ...list] = section(words.plain('home.learned'), items);
  if (!heading) return [textBlock(words.plain('home.learned'), 'heading'), textBlock(words.say('home.learned-none'), 'subtle')];
  return [
    heading,
    textBlock(words.say('home.learned-how'), 'subtle'),
    ...list,
    ...(more > 0 ? [textBlock(words.say('home.learned-more', { count: String(more) }), 'subtle')] : []),
  ];
}

function verdictOf({ words }: ViewContext, { verdict }: LearnedLesson): string {
  return words.plain(`home.verdict-${verdict}`);
}

/** Somebody who covers single channels is taken from each of them for itself. */
function removals(ctx: ViewContext, { personId, places }: ListedPartner): CardAction[] {
  const { words } = ctx;
  const person = [ctx.person(personId)];
  if (!places) return [{ action: 'remove-partner', label: words.plain('button-for.remove-partner', { person }), value: { person: personId } }];
  return places.map((place) => {
    const label = words.plain('button-for.remove-partner-place', { person, place: ctx.placeName(place) });
    return { action: 'remove-partner', label, value: { person: personId, place } };
  });
}

/** The buttons that belong to it. */
export function adminActions(ctx: ViewContext, { places, partners, causes, model, learned, deadLetters }: HomeAdmin): CardAction[] {
  const { words } = ctx;
  return [
    ...places.map(({ place, listening }) => {
      const slots = { place: ctx.placeName(place) };
      const label = listening ? words.plain('button-for.listen-off', slots) : words.plain('button-for.listen-on', slots);
      return { action: listening ? 'listen-off' : 'listen-on', label, value: { place } };
    }),
    button(ctx, 'add-partner', 'button.add-partner', {}, { form: true }),
    ...partners.flatMap((partner) => removals(ctx, partner)),
    button(ctx, 'rhythm', 'button.rhythm', {}, { form: true }),
    button(ctx, 'our-words', 'button.our-words', {}, { form: true }),
    ...causeActions(ctx, causes),
    button(ctx, 'retention', 'button.retention', {}, { form: true }),
    ...(model ? [button(ctx, 'external-model', 'button.external-model', {}, { form: true })] : []),
    ...learned.lessons.map((lesson, at) => {
      // Cut between two things it says, a comma would be left standing before the ellipsis.
      const about = shorten(plainText(lessonWords(ctx, lesson.features)), labelLength).replace(/,…$/, '…');
      return { action: 'undo-lesson', label: words.plain('button-for.undo-lesson', { number: String(at + 1), about }), value: { id: lesson.id } };
    }),
    ...deadLetters.map(({ id, what }) => {
      const label = words.plain('button-for.replay', { what: words.plain(`home.letter-${what}`) });
      return { action: 'replay-dead-letter', label, value: { id } };
    }),
  ];
}
