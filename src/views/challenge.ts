import type { Challenge, ChallengeStep, Evidence } from '../domain/coaching-state.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction, CardBlock, Form, Text } from './card.ts';
import { type CoachContext, type CoachSlots, chooseWording, coachSlots, mayBeRepeated, wordsIn } from './coach-words.ts';
import { button, mentionLine, present, textBlock } from './parts.ts';
import { answerLimit } from './prefill.ts';
import { type Taken, takenLine } from './taken.ts';
import { partsOf, plainText } from './text.ts';

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
  const texts = stepTexts(ctx, state, challenge, options);
  const opens = options.step === 'either-or' || challenge.about.tension === 'came-round';
  const against = opens ? challenge.evidence[1] : undefined;
  const isRepeated = against !== undefined && texts.some((text) => plainText(text).includes(wordsIn(ctx, against.quote) ?? '\n'));
  const lines = options.taken.map((one) => takenLine(ctx, isRepeated ? withoutWords(one, against) : one));
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

/** The challenge says them below: the same words twice in one post would only make it long. */
function withoutWords(taken: Taken, { quote }: Evidence): Taken {
  if (!('questionId' in taken && 'text' in taken) || taken.text?.textId !== quote.textId) return taken;
  const { text, ...rest } = taken;
  const holds = (one: Quote, other: Quote) => one.start <= other.start && other.end <= one.end;
  return text && (holds(text, quote) || holds(quote, text)) ? rest : taken;
}

/** What is said at a step; the last of it is the question. The first three parts of the pattern are one post (METHOD §4). */
function stepTexts(ctx: CoachContext, state: StartedAlignment, challenge: Challenge, { step, of }: Pick<ChallengeOptions, 'step' | 'of'>): Text[] {
  const slots = challengeSlots(ctx, state, challenge, step);
  const part = (name: keyof CoachContext['challenge']): string => chooseWording(ctx.challenge[name], slots);
  const to: Text = ctx.words.say('coach.to', { person: [ctx.person(of)] });
  switch (step) {
    case 'either-or':
      return present(putFor(ctx, challenge), [...partsOf(to), ' ', inSentence(part('validate'))], part('reflect'), part('either-or'));
    case 'fact':
      return [part(step)];
    case 'focus':
      // Where it opens with this step, it says for whom and to whom it speaks.
      return challenge.about.tension === 'came-round' ? present(putFor(ctx, challenge), [...partsOf(to), ' ', inSentence(part(step))]) : [part(step)];
    default:
      return step satisfies never;
  }
}

/** The question that is open, and the button to answer it in words: for a reminder. */
export function openStep(ctx: CoachContext, state: StartedAlignment, challenge: Challenge, step: ChallengeStep, of: PersonId): OpenStep {
  const [question = ''] = stepTexts(ctx, state, challenge, { step, of }).slice(-1);
  return { question: plainText(question), actions: stepActions(ctx, state, challenge, step) };
}

export type OpenStep = { question: string; actions: readonly CardAction[] };

/** After a name and a comma. */
function inSentence(text: string): string {
  return /^I\b/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

function putFor(ctx: CoachContext, { putFor: partner }: Challenge): Text | undefined {
  return partner === undefined ? undefined : ctx.words.say('coach.put-for', { partner: [ctx.person(partner)] });
}

// "Hm, the second" is an answer, but nothing that could be started with.
const fewestWords = 5;

/** `words` are those that stand against the request; in the last step their own, where they have named what it is about. */
function challengeSlots(ctx: CoachContext, state: StartedAlignment, challenge: Challenge, step: ChallengeStep): CoachSlots {
  const { words: _, ...slots } = coachSlots(ctx, state, challenge);
  const [asked, against] = challenge.evidence;
  const inWords = (said: Evidence | undefined) => (said && mayBeRepeated(state, said) ? wordsIn(ctx, said.quote) : undefined);
  const request = inWords(asked);
  const named = challenge.said.flatMap((said) => inWords(said) ?? []).findLast((said) => said.split(/\s+/u).length >= fewestWords);
  const isOwn = slots.focus === undefined || challenge.about.tension === 'came-round';
  const words = step === 'focus' ? (isOwn ? named : undefined) : inWords(against);
  return { ...slots, ...(request !== undefined && { request }), ...(words !== undefined && { words }) };
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
  const texts = stepTexts(ctx, state, challenge, { step, of });
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
