import type { PersonId } from '../domain/conversation.ts';
import type { TaughtLesson } from '../domain/lessons.ts';
import type { CardAction, CardBlock, Text } from './card.ts';
import type { ViewContext } from './context.ts';
import { lessonWords } from './lesson.ts';
import { button, section, textBlock } from './parts.ts';
import { plainText, shorten } from './text.ts';

/** What could not be handled: something that came in, or something that was to go out. Nothing of what it says. */
export type LetterKind = 'message' | 'press' | 'command' | 'timer' | 'other' | 'to-thread' | 'to-person' | 'to-channel';

/** What an organisation calls its learning, its teams and its topics. */
export type OwnWords = Readonly<Record<OwnWordsKind, readonly string[]>>;
export const ownWordsKinds = ['learning', 'teams', 'topics'] as const;
export type OwnWordsKind = (typeof ownWordsKinds)[number];

/** What an external language model may read. */
export type ModelChoice = { conversations: boolean; hearing: boolean };

type LearnedLesson = Pick<TaughtLesson, 'id' | 'verdict' | 'features' | 'at'> & { by: PersonId };

/** For admins: what they set up, and what needs their eye. */
export type HomeAdmin = {
  places: readonly { place: string; listening: boolean }[];
  words: OwnWords;
  /** Absent where no model is configured. */
  model?: ModelChoice;
  /** The newest of `count` lessons, newest first. */
  learned: { lessons: readonly LearnedLesson[]; count: number };
  deadLetters: readonly { id: string; what: LetterKind; attempts: number; failedAt: number }[];
};

const namesShown = 6;
const labelLength = 48;

export function adminBlocks(ctx: ViewContext, { places, words: own, model, learned, deadLetters }: HomeAdmin): CardBlock[] {
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
    ...section(
      words.plain('home.words'),
      ownWordsKinds.map((kind) => ({ text: words.say(`home.words-${kind}`), note: namesOf(ctx, own[kind]) })),
    ),
    ...(model ? section(words.plain('home.model'), modelItems(ctx, model)) : []),
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

export function adminActions(ctx: ViewContext, { places, model, learned, deadLetters }: HomeAdmin): CardAction[] {
  const { words } = ctx;
  return [
    ...places.map(({ place, listening }) => {
      const slots = { place: ctx.placeName(place) };
      const label = listening ? words.plain('button-for.listen-off', slots) : words.plain('button-for.listen-on', slots);
      return { action: listening ? 'listen-off' : 'listen-on', label, value: { place } };
    }),
    button(ctx, 'our-words', 'button.our-words', {}, { form: true }),
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
