import type { Challenge } from '../domain/coaching-state.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction, CardBlock, Form, Text } from './card.ts';
import { type CoachContext, type CoachSlots, coachSlots } from './coach-words.ts';
import { inLine, quoted, topicOf } from './context.ts';
import { button, mentionLine, present, textBlock } from './parts.ts';
import { answerLimit } from './prefill.ts';
import { type Taken, takenLine } from './taken.ts';
import { plainText } from './text.ts';

export type ChallengeStep = Exclude<Challenge['step'], 'settled'>;

export type ChallengeOptions = {
  step: ChallengeStep;
  /** Whom it is put to. */
  of: PersonId;
  /** What was taken or changed just before. */
  taken: readonly Taken[];
  /** It still waits for an answer: only then there is something to press. */
  open: boolean;
};

/** One step of the kind challenge, in the thread: one card for the turn, with what was taken just before. */
export function challengeCard(ctx: CoachContext, state: StartedAlignment, challenge: Challenge, options: ChallengeOptions): Card {
  const lines = options.taken.map((one) => takenLine(ctx, one));
  const texts = stepTexts(ctx, state, challenge, options);
  const [question = ''] = texts.slice(-1);
  return {
    summary: [...lines, ...texts].map((text) => plainText(text)).join(' '),
    blocks: present<CardBlock>(
      ...lines.map((line) => textBlock(line, 'subtle')),
      ...texts.slice(0, -1).map((text) => textBlock(text)),
      textBlock(question, 'strong'),
      options.open ? textBlock(ctx.words.say('coach.free-words', {}, state.id), 'subtle') : undefined,
      options.open ? mentionLine(ctx) : undefined,
    ),
    actions: options.open ? stepActions(ctx, state, challenge, options.step) : [],
  };
}

/** What is said at a step; the last of it is the question. */
function stepTexts(ctx: CoachContext, state: StartedAlignment, challenge: Challenge, { step, of }: ChallengeOptions): Text[] {
  const slots = coachSlots(ctx, state, challenge);
  const topic = inLine(topicOf(ctx, state.understood));
  switch (step) {
    case 'either-or':
      return present(putFor(ctx, challenge), validation(ctx, state, challenge, of), reflection(ctx, challenge, slots, of), eitherOr(ctx, slots, topic));
    case 'fact':
      return slots.fact === undefined ? [ctx.words.say('coach.fact-open', {}, state.id)] : [ctx.words.say('coach.fact-intro', {}, state.id), slots.fact];
    case 'focus':
      return [focusOffered(ctx, challenge, slots, topic), ctx.words.say('coach.focus-ask', {}, state.id)];
    default:
      return step satisfies never;
  }
}

function putFor(ctx: CoachContext, { putFor: partner }: Challenge): Text | undefined {
  return partner === undefined ? undefined : ctx.words.say('coach.put-for', { partner: [ctx.person(partner)] });
}

/** First of all, what was asked for makes sense. */
function validation(ctx: CoachContext, { id, understood }: StartedAlignment, { evidence }: Challenge, of: PersonId): Text {
  const person = [ctx.person(of)];
  const [asked] = evidence;
  const words = asked && ctx.quote(asked.quote)?.trim() ? quoted(ctx, asked.quote) : undefined;
  if (words === undefined) return ctx.words.say('coach.validate-plain', { person, topic: inLine(topicOf(ctx, understood)) }, id);
  return ctx.words.say('coach.validate', { person, words }, id);
}

/** What stands against it, in the words of whoever said it; else what the strategy on file says. */
function reflection(ctx: CoachContext, { evidence }: Challenge, { objective }: CoachSlots, of: PersonId): Text | undefined {
  const against = evidence[1];
  if (against && ctx.quote(against.quote)?.trim()) {
    const words = quoted(ctx, against.quote);
    return against.by === of
      ? ctx.words.say('coach.reflect-own', { words })
      : ctx.words.say('coach.reflect-other', { person: [ctx.person(against.by)], words });
  }
  return objective === undefined ? undefined : ctx.words.say('coach.reflect-objective', { objective });
}

function eitherOr(ctx: CoachContext, { focus, objective }: CoachSlots, topic: string): Text {
  if (focus !== undefined) return ctx.words.say('coach.either-or', { topic, focus });
  return objective === undefined ? ctx.words.say('coach.either-or-earlier', { topic }) : ctx.words.say('coach.either-or-objective', { topic, objective });
}

/** In their own words where they have given any, otherwise as it was put to them. */
function focusOffered(ctx: CoachContext, { said, evidence }: Challenge, { focus, objective }: CoachSlots, topic: string): Text {
  if (focus !== undefined) return ctx.words.say('coach.focus', { focus, topic });
  if (objective !== undefined) return ctx.words.say('coach.focus-objective', { objective, topic });
  const own = said.find(({ quote }) => ctx.quote(quote)?.trim()) ?? evidence[1];
  return ctx.words.say('coach.focus-words', { words: own ? quoted(ctx, own.quote) : topic, topic });
}

function stepActions(ctx: CoachContext, { id: alignment }: StartedAlignment, { id }: Challenge, step: ChallengeStep): CardAction[] {
  const value = { alignment, challenge: id, step };
  const inWords = button(ctx, 'answer-challenge', 'button.answer-challenge', value, { form: true });
  switch (step) {
    case 'either-or':
      return [
        button(ctx, 'challenge-as-asked', 'button.challenge-as-asked', value),
        button(ctx, 'challenge-other-focus', 'button.challenge-other-focus', value),
        button(ctx, 'challenge-find-out', 'button.challenge-not-sure', value),
        inWords,
      ];
    case 'fact':
      return [inWords, button(ctx, 'challenge-find-out', 'button.challenge-find-out', value)];
    case 'focus':
      return [
        button(ctx, 'challenge-agree', 'button.challenge-agree', value, { style: 'primary' }),
        button(ctx, 'challenge-as-asked', 'button.challenge-keep', value),
        button(ctx, 'challenge-find-out', 'button.challenge-find-out', value),
        inWords,
      ];
    default:
      return step satisfies never;
  }
}

/** The answer in words. Input: answer. */
export function challengeForm(ctx: CoachContext, state: StartedAlignment, challenge: Challenge, step: ChallengeStep, of: PersonId): Form {
  const texts = stepTexts(ctx, state, challenge, { step, of, taken: [], open: true });
  return {
    id: 'answer-challenge',
    title: ctx.words.plain('coach.answer-title'),
    submitLabel: ctx.words.plain('coach.answer-submit'),
    submit: 'submit-challenge-answer',
    value: { alignment: state.id, challenge: challenge.id, step },
    blocks: [
      ...texts.slice(0, -1).map((text) => textBlock(text, 'subtle')),
      { type: 'input', id: 'answer', label: plainText(texts.at(-1) ?? ''), kind: 'multiline', required: true, maxLength: answerLimit },
    ],
  };
}
