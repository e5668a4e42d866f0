import type { PersonId } from '../domain/conversation.ts';
import { sponsors, suggestedReviewer } from '../domain/fitness-reviewer.ts';
import { type ChangeAction, type Fitness, type FitnessAnswer, type FitnessElement, fewestAnonymous, fitnessElements } from '../domain/fitness-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { topicForOthers } from './brief-coaching.ts';
import type { CardBlock, CardInput, Form } from './card.ts';
import { people, type ViewContext, wordsOf } from './context.ts';
import { present, textBlock } from './parts.ts';
import { shorten } from './text.ts';

type Checked = StartedAlignment & { fitness: Fitness };

/** So many fields for one person each; further names are written. */
export const personFields = ['person-1', 'person-2', 'person-3', 'person-4', 'person-5'] as const;
/** The longest note and action, in UTF-16 units: a line or two, not an essay. */
export const noteLimit = 500;
export const actionLimit = 200;
const namesLimit = 1_000;
export const openDays = ['1', '2', '3', '5', '10'] as const;
const usualDays = '3';
// As long as a choice of Slack may be (docs: option object, text), with its mark.
const optionLength = 70;
const scale = ['5', '4', '3', '2', '1'] as const;
const phases = ['now', 'next', 'later'] as const;

/** Whom to ask, and how. Inputs: person-1 … person-5, people (names), anonymous, values, days. */
export function openFitnessForm(ctx: ViewContext, state: StartedAlignment, suggested: readonly PersonId[]): Form {
  const { words } = ctx;
  return {
    id: 'open-fitness',
    title: words.plain('fitness.open-title'),
    submitLabel: words.plain('fitness.open-submit'),
    submit: 'submit-open-fitness',
    value: { alignment: state.id },
    blocks: [
      textBlock(words.say('fitness.open-intro', { count: String(fitnessElements.length - 1) }), 'subtle'),
      ...personFields.map((id, at): CardInput => {
        const value = suggested[at];
        return { type: 'input', id, label: words.plain('fitness.open-person'), kind: 'person', ...(value !== undefined && { value }) };
      }),
      {
        type: 'input',
        id: 'people',
        label: words.plain('fitness.open-more'),
        kind: 'multiline',
        maxLength: namesLimit,
        hint: words.plain('fitness.open-more-hint'),
      },
      {
        type: 'input',
        id: 'anonymous',
        label: words.plain('fitness.open-anonymous'),
        kind: 'toggle',
        value: 'false',
        hint: words.plain('fitness.open-anonymous-hint', { count: String(fewestAnonymous) }),
      },
      { type: 'input', id: 'values', label: words.plain('fitness.open-values'), kind: 'toggle', value: 'false' },
      {
        type: 'input',
        id: 'days',
        label: words.plain('fitness.open-days'),
        kind: 'choice',
        value: usualDays,
        options: openDays.map((count) => ({
          value: count,
          label: count === '1' ? words.plain('fitness.open-day') : words.plain('fitness.open-day-count', { count }),
        })),
      },
    ],
  };
}

/** One short question for each element. Inputs: the element's name (1 to 5), and note-… for its note. */
export function answerFitnessForm(ctx: ViewContext, state: Checked, { key, given }: { key?: string; given?: FitnessAnswer }): Form {
  const { words } = ctx;
  const { anonymous, elements } = state.fitness;
  return {
    id: 'answer-fitness',
    title: words.plain('fitness.answer-title'),
    submitLabel: words.plain('fitness.answer-submit'),
    submit: 'submit-fitness-answer',
    value: { alignment: state.id, ...(key !== undefined && { key }) },
    blocks: [
      textBlock(words.say('fitness.answer-intro', { topic: topicForOthers(ctx, state) })),
      textBlock(words.say(anonymous ? 'fitness.answer-anonymous' : 'fitness.answer-named'), 'subtle'),
      ...elements.flatMap((element) => elementInputs(ctx, element, given)),
    ],
  };
}

function elementInputs(ctx: ViewContext, element: FitnessElement, given: FitnessAnswer | undefined): CardBlock[] {
  const { words } = ctx;
  const { label, question } = ctx.fitness[element];
  const rating = given?.ratings[element];
  const note = given?.notes[element];
  const noted = note && ctx.quote(note);
  return [
    textBlock(label, 'heading'),
    {
      type: 'input',
      id: element,
      label: question,
      kind: 'choice',
      options: scale.map((value) => ({ value, label: words.plain(`fitness.scale-${value}`) })),
      ...(rating !== undefined && { value: String(rating) }),
    },
    {
      type: 'input',
      id: `note-${element}`,
      label: words.plain('fitness.answer-note'),
      kind: 'multiline',
      maxLength: noteLimit,
      ...(noted && { value: noted }),
    },
  ];
}

/** A new action, with a suggestion for its element to start from. Inputs: what, element, impact, cost, phase, owner. */
export function noteActionForm(ctx: ViewContext, state: StartedAlignment, element?: FitnessElement): Form {
  const { words } = ctx;
  const [suggestion] = element ? ctx.fitness[element].actions : [];
  return {
    ...actionForm(ctx, 'fitness.action-title'),
    value: { alignment: state.id },
    blocks: present<CardBlock>(
      suggestion === undefined ? undefined : textBlock(words.say('fitness.action-intro'), 'subtle'),
      { ...whatInput(ctx), required: true, ...(suggestion !== undefined && { value: suggestion }) },
      { ...elementInput(ctx), required: true, ...(element && { value: element }) },
      { ...scaleInput(ctx, 'impact'), required: true },
      { ...scaleInput(ctx, 'cost'), required: true },
      { ...phaseInput(ctx), required: true },
      ownerInput(ctx),
    ),
  };
}

/** Another version of an action, or its end. Inputs: as for a new one, all optional, and which, remove. */
export function changeActionForm(ctx: ViewContext, state: StartedAlignment, actions: readonly ChangeAction[]): Form {
  const { words } = ctx;
  return {
    ...actionForm(ctx, 'fitness.action-title-change'),
    value: { alignment: state.id, change: 'true' },
    blocks: [
      {
        type: 'input',
        id: 'which',
        label: words.plain('fitness.action-which'),
        kind: 'choice',
        required: true,
        options: actions.map(({ id, text }) => ({ value: id, label: shorten(wordsOf(ctx, text), optionLength) })),
      },
      textBlock(words.say('fitness.action-change-intro'), 'subtle'),
      whatInput(ctx),
      elementInput(ctx),
      scaleInput(ctx, 'impact'),
      scaleInput(ctx, 'cost'),
      phaseInput(ctx),
      ownerInput(ctx),
      { type: 'input', id: 'remove', label: words.plain('fitness.action-remove'), kind: 'toggle', value: 'false' },
    ],
  };
}

function actionForm(ctx: ViewContext, title: 'fitness.action-title' | 'fitness.action-title-change'): Pick<Form, 'id' | 'title' | 'submitLabel' | 'submit'> {
  return { id: 'note-action', title: ctx.words.plain(title), submitLabel: ctx.words.plain('fitness.action-submit'), submit: 'submit-action' };
}

function whatInput(ctx: ViewContext): CardInput {
  return { type: 'input', id: 'what', label: ctx.words.plain('fitness.action-what'), kind: 'multiline', maxLength: actionLimit };
}

function elementInput(ctx: ViewContext): CardInput {
  const options = fitnessElements.map((value) => ({ value, label: ctx.fitness[value].label }));
  return { type: 'input', id: 'element', label: ctx.words.plain('fitness.action-element'), kind: 'choice', options };
}

function scaleInput(ctx: ViewContext, id: 'impact' | 'cost'): CardInput {
  const options = scale.toReversed().map((value) => ({ value, label: value }));
  return { type: 'input', id, label: ctx.words.plain(`fitness.action-${id}`), kind: 'choice', hint: ctx.words.plain(`fitness.action-${id}-hint`), options };
}

function phaseInput(ctx: ViewContext): CardInput {
  const options = phases.map((value) => ({ value, label: ctx.words.plain(`fitness.phase-${value}`) }));
  return { type: 'input', id: 'phase', label: ctx.words.plain('fitness.action-phase'), kind: 'choice', options };
}

function ownerInput(ctx: ViewContext): CardInput {
  return { type: 'input', id: 'owner', label: ctx.words.plain('fitness.action-owner'), kind: 'person' };
}

/** Somebody who looks over the results. Input: person. */
export function reviewerForm(ctx: ViewContext, state: StartedAlignment): Form {
  const { words } = ctx;
  const suggested = state.fitness?.reviewer ?? suggestedReviewer(state);
  return {
    id: 'choose-reviewer',
    title: words.plain('fitness.reviewer-form-title'),
    submitLabel: words.plain('fitness.reviewer-form-submit'),
    submit: 'submit-reviewer',
    value: { alignment: state.id },
    blocks: [
      textBlock(words.say('fitness.reviewer-form-intro', { people: people(ctx, sponsors(state)) }), 'subtle'),
      {
        type: 'input',
        id: 'person',
        label: words.plain('fitness.reviewer-form-person'),
        kind: 'person',
        required: true,
        ...(suggested !== undefined && { value: suggested }),
      },
    ],
  };
}
