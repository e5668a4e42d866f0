import type { PersonId } from '../domain/conversation.ts';
import { type Answers, type FactorId, factorIds, factorOf, type QuestionId, questionIds } from '../domain/questions.ts';
import type { BriefAudience, StartedAlignment } from '../domain/state.ts';
import type { CardBlock, CardInput, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { present, textBlock } from './parts.ts';
import { answerLimit, partLimit, prefillOf, reasonLimit } from './prefill.ts';
import { askText } from './question.ts';
import { shownAnswers } from './shown-answers.ts';

const oneLine: readonly QuestionId[] = ['owner', 'weekly-call'];

/** All twelve questions with what is there already, by factor. Inputs are the question ids; a field that still says what was shown was not touched (shownAnswers). */
export function allQuestionsForm(ctx: ViewContext, state: StartedAlignment): Form {
  return {
    id: 'all-questions',
    title: ctx.words.plain('form.all-title'),
    submitLabel: ctx.words.plain('form.all-submit'),
    submit: 'submit-answers',
    value: { alignment: state.id, shown: shownAnswers(ctx, state.answers) },
    blocks: [textBlock(ctx.words.say('form.all-intro'), 'subtle'), ...factorIds.flatMap((factor) => factorBlocks(ctx, state, factor))],
  };
}

function factorBlocks(ctx: ViewContext, state: StartedAlignment, factor: FactorId): CardBlock[] {
  const ids = questionIds.filter((id) => factorOf[id] === factor);
  return [textBlock(ctx.factors[factor], 'heading'), ...ids.map((id) => answerInput(ctx, state.answers, id))];
}

/** One question with what is there already. The input is the question id, as in the form with all questions. */
export function answerForm(ctx: ViewContext, state: StartedAlignment, questionId: QuestionId): Form {
  const [example] = ctx.questions[questionId].examples;
  return {
    id: 'one-question',
    title: ctx.words.plain('form.one-title'),
    submitLabel: ctx.words.plain('form.one-submit'),
    submit: 'submit-answers',
    value: { alignment: state.id, question: questionId, shown: shownAnswers(ctx, state.answers) },
    blocks: present<CardBlock>(
      { ...answerInput(ctx, state.answers, questionId), required: true },
      example && textBlock(ctx.words.say('form.example', { words: example.text }), 'subtle'),
    ),
  };
}

function answerInput(ctx: ViewContext, answers: Answers, id: QuestionId): CardInput {
  const value = prefillOf(ctx, answers, id);
  return {
    type: 'input',
    id,
    label: askText(ctx, id, 1),
    kind: oneLine.includes(id) ? 'text' : 'multiline',
    maxLength: answerLimit,
    hint: ctx.words.plain('form.hint', { has: ctx.questions[id].has }),
    ...(value !== '' && { value }),
  };
}

/** Whom to ask instead. Inputs: person, privately ("true" or "false"). */
export function delegationForm(ctx: ViewContext, state: StartedAlignment, questionId: QuestionId): Form {
  const { words } = ctx;
  return {
    id: 'delegation',
    title: words.plain('form.delegation-title'),
    submitLabel: words.plain('form.delegation-submit'),
    submit: 'submit-delegation',
    value: { alignment: state.id, question: questionId },
    blocks: [
      textBlock(words.say('form.delegation-intro', { question: askText(ctx, questionId, 1) })),
      { type: 'input', id: 'person', label: words.plain('form.delegation-person'), kind: 'person', required: true },
      // In a private conversation the thread is no place to ask.
      { type: 'input', id: 'privately', label: words.plain('form.delegation-privately'), kind: 'toggle', value: String(state.privately) },
    ],
  };
}

/** Who takes over as L&D partner. Inputs: person, cover ("true" or "false"). */
export function handOverForm(ctx: ViewContext, state: StartedAlignment): Form {
  const { words } = ctx;
  return {
    id: 'hand-over',
    title: words.plain('form.hand-over-title'),
    submitLabel: words.plain('form.hand-over-submit'),
    submit: 'submit-hand-over',
    value: { alignment: state.id },
    blocks: [
      { type: 'input', id: 'person', label: words.plain('form.hand-over-person'), kind: 'person', required: true },
      { type: 'input', id: 'cover', label: words.plain('form.hand-over-cover'), kind: 'toggle', value: 'false' },
    ],
  };
}

/** The value of the audience input that means: only the people who took part. Every other value is a place. */
export const participantsOnly = 'participants';

/** Who will see the signed brief. Input: audience, a place id or `participantsOnly`. */
export function audienceForm(ctx: ViewContext, state: StartedAlignment, places: readonly { place: string; name: string; count?: number }[]): Form {
  const { words } = ctx;
  const options = places.map(({ place, name, count }) => ({
    value: place,
    label:
      count === undefined
        ? words.plain('form.audience-channel-uncounted', { place: name })
        : words.plain('form.audience-channel', { place: name, count: String(count) }),
  }));
  return {
    id: 'audience',
    title: words.plain('form.audience-title'),
    submitLabel: words.plain('form.audience-submit'),
    submit: 'submit-audience',
    value: { alignment: state.id },
    blocks: [
      textBlock(words.say('form.audience-intro'), 'subtle'),
      {
        type: 'input',
        id: 'audience',
        label: words.plain('form.audience-choice'),
        kind: 'choice',
        required: true,
        value: audienceValue(state.audience),
        options: [...options, { value: participantsOnly, label: words.plain('form.audience-participants') }],
      },
    ],
  };
}

function audienceValue(audience: BriefAudience): string {
  return audience.kind === 'channel' ? audience.place : participantsOnly;
}

/** What a person who was named would put differently. Input: correction. */
export function correctionForm(ctx: ViewContext, { programme, namer }: { programme: string; namer: PersonId }): Form {
  const { words } = ctx;
  return {
    id: 'correction',
    title: words.plain('form.correction-title'),
    submitLabel: words.plain('form.correction-submit'),
    submit: 'submit-correction',
    value: { programme, namer },
    blocks: [
      textBlock(words.say('form.correction-intro'), 'subtle'),
      { type: 'input', id: 'correction', label: words.plain('form.correction-label'), kind: 'multiline', required: true, maxLength: answerLimit },
    ],
  };
}

/** When the weekly question comes. Inputs: time (HH:MM), holiday-from and holiday-until (YYYY-MM-DD or empty). */
export function nudgeSettingsForm(
  ctx: ViewContext,
  { time, holidayFrom, holidayUntil, programme }: { time: string; holidayFrom?: string; holidayUntil?: string; programme?: string },
): Form {
  const { words } = ctx;
  return {
    id: 'nudge-settings',
    title: words.plain('form.settings-title'),
    submitLabel: words.plain('form.settings-submit'),
    submit: 'submit-nudge-settings',
    value: programme === undefined ? {} : { programme },
    blocks: [
      { type: 'input', id: 'time', label: words.plain('form.settings-time'), kind: 'time', required: true, value: time },
      {
        type: 'input',
        id: 'holiday-from',
        label: words.plain('form.settings-holiday-from'),
        kind: 'text',
        maxLength: 10,
        hint: words.plain('form.settings-holiday-from-hint'),
        ...(holidayFrom && { value: holidayFrom }),
      },
      {
        type: 'input',
        id: 'holiday-until',
        label: words.plain('form.settings-holiday'),
        kind: 'text',
        maxLength: 10,
        hint: words.plain('form.settings-holiday-hint'),
        ...(holidayUntil && { value: holidayUntil }),
      },
    ],
  };
}

export type FieldProblem =
  | 'required'
  | 'person'
  | 'self'
  | 'time'
  | 'date'
  | 'holiday-from'
  | 'tap'
  | 'choice'
  | 'place'
  | 'private-busy'
  | 'no-chat'
  | 'too-long'
  | 'reason-too-long'
  | 'part-too-long'
  | 'same-words'
  | 'signs-already'
  | 'line-changed'
  | 'figure'
  | 'figure-alone';

/** What stands beside a field that was filled in wrongly. */
export function fieldError(ctx: ViewContext, problem: FieldProblem): string {
  const tooLong = (count: number) => ctx.words.plain('form-error.too-long', { count: String(count) });
  if (problem === 'too-long') return tooLong(answerLimit);
  if (problem === 'part-too-long') return tooLong(partLimit);
  return problem === 'reason-too-long' ? tooLong(reasonLimit) : ctx.words.plain(`form-error.${problem}`);
}
