import { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import { type FitnessAnswer, type FitnessElement, fitnessElements, type Scale } from '../domain/fitness-state.ts';
import { may, type PersonAction, rolesOf } from '../domain/permissions.ts';
import { answerFitnessForm, changeActionForm, noteActionForm, noteLimit, openFitnessForm, reviewerForm } from '../views/fitness-forms.ts';
import type { WordingKey } from '../views/wording.ts';
import { anonymousNote, keepNote } from './fitness-notes.ts';
import { suggestedPeople } from './fitness-people.ts';
import { takeAction, takeOpening, takeReviewer } from './fitness-submissions.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { obeyPress, type Pressed, pressedAlignment, refuse } from './take-press.ts';
import { command, type Turn } from './turn.ts';
import { contextOf } from './view-context.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;
type Fixed = Extract<WordingKey, `fitness.${'thanks' | 'not-asked' | 'closed-already' | 'old-card' | 'answer-empty'}`>;

const actions = [
  'open-fitness',
  'submit-open-fitness',
  'answer-fitness',
  'submit-fitness-answer',
  'close-fitness',
  'note-action',
  'submit-action',
  'remove-action',
  'choose-reviewer',
  'submit-reviewer',
] as const;

/** What buttons of the fitness check carry besides the alignment; none of it is believed. */
const fitnessValue = z.object({
  key: z.string().min(1).max(100).optional(),
  action: z.string().min(1).max(100).optional(),
  element: z.enum(fitnessElements).optional(),
  change: z.literal('true').optional(),
});

/** Presses and forms of the fitness check and of what else has to change. */
export function isFitness(action: string): boolean {
  return actions.some((each) => each === action);
}

/** Closes the check, or takes an action off the list. */
export async function takeFitnessPress(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'ActionTaken'>): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  const value = fitnessValue.safeParse(event.value);
  if (pressed && event.action === 'close-fitness') return obeyPress(dependencies, turn, rowId, pressed, { type: 'CloseFitness', ...pressed.by });
  if (pressed && event.action === 'remove-action' && value.data?.action !== undefined)
    return obeyPress(dependencies, turn, rowId, pressed, { type: 'RemoveAction', ...pressed.by, id: value.data.action });
  turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
}

/** Opens a form of the fitness check, for whoever may use it. */
export async function openFitnessForms(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormRequested'>): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  const value = fitnessValue.safeParse(event.value);
  const response = pressed && value.success ? await formFor(dependencies, turn, rowId, { action: event.action, pressed, value: value.data }) : undefined;
  if (response) turn.responses.set(rowId, response);
  else if (!turn.responses.has(rowId)) turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
}

type Asked = { action: string; pressed: Pressed; value: z.output<typeof fitnessValue> };

async function formFor(dependencies: HandleDependencies, turn: Turn, rowId: string, asked: Asked): Promise<InteractionResponse | undefined> {
  const { action, pressed, value } = asked;
  const { state, by } = pressed;
  const ctx = await contextOf(dependencies, turn, state);
  switch (action) {
    case 'open-fitness':
      if (!(await mayUse(dependencies, turn, rowId, pressed, 'OpenFitness'))) return undefined;
      if (state.fitness?.status === 'open') return { kind: 'notice', text: ctx.words.plain('fitness.already-open') };
      return { kind: 'form', form: openFitnessForm(ctx, state, suggestedPeople(state, by.by)) };
    case 'answer-fitness': {
      const refusal = refusalOf(dependencies, turn, rowId, pressed, value.key);
      const { fitness } = state;
      if (refusal ?? !fitness) return refusal;
      const key = fitness.anonymous ? value.key : by.by;
      const given = fitness.answers.find((answer) => answer.key === key);
      const more = { ...(fitness.anonymous && key !== undefined && { key }), ...(given && { given }) };
      return { kind: 'form', form: answerFitnessForm(ctx, { ...state, fitness }, more) };
    }
    case 'note-action': {
      if (!(await mayUse(dependencies, turn, rowId, pressed, 'NoteAction'))) return undefined;
      const noted = state.fitness?.actions ?? [];
      const chosen = value.action === undefined ? noted : noted.filter(({ id }) => id === value.action);
      const changes = (value.change ?? value.action) !== undefined && chosen.length > 0;
      return { kind: 'form', form: changes ? changeActionForm(ctx, state, chosen) : noteActionForm(ctx, state, value.element) };
    }
    case 'choose-reviewer':
      if (!(await mayUse(dependencies, turn, rowId, pressed, 'ChooseReviewer'))) return undefined;
      return { kind: 'form', form: reviewerForm(ctx, state) };
    default:
      return undefined;
  }
}

/** Whoever may not is told so before filling in a form; the domain decides in the end. */
async function mayUse(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed, action: PersonAction): Promise<boolean> {
  const { state, by } = pressed;
  if (may(action, rolesOf(state, by.by, by.standing))) return true;
  await refuse(dependencies, turn, rowId, pressed, { type: action });
  return false;
}

/** Why somebody cannot answer: the same words for everybody who was not asked, whatever there is. Notes that the row must not name its sender. */
function refusalOf(
  { prompts }: Pick<HandleDependencies, 'prompts'>,
  turn: Turn,
  rowId: string,
  { state, by }: Pressed,
  key: string | undefined,
): InteractionResponse | undefined {
  const say = (what: Fixed): InteractionResponse => ({ kind: 'notice', text: prompts.words.plain(what) });
  const { fitness } = state;
  if (fitness?.anonymous) turn.nameless.add(rowId);
  if (!fitness?.asked.includes(by.by)) return say('fitness.not-asked');
  if (fitness.status === 'closed') return say('fitness.closed-already');
  if (fitness.anonymous && !(key !== undefined && fitness.keys?.includes(key))) return say('fitness.old-card');
  return undefined;
}

/** A form of the fitness check came back. */
export async function takeFitnessForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  const value = fitnessValue.safeParse(event.value);
  if (!pressed || !value.success) {
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
    return;
  }
  const form = { event, pressed, value: value.data };
  switch (event.submit) {
    case 'submit-open-fitness':
      if (await mayUse(dependencies, turn, rowId, pressed, 'OpenFitness')) await takeOpening(dependencies, turn, rowId, form);
      return;
    case 'submit-fitness-answer':
      turn.responses.set(rowId, takeAnswer(dependencies, turn, rowId, form));
      return;
    case 'submit-action':
      if (await mayUse(dependencies, turn, rowId, pressed, 'NoteAction')) await takeAction(dependencies, turn, rowId, form);
      return;
    case 'submit-reviewer':
      if (await mayUse(dependencies, turn, rowId, pressed, 'ChooseReviewer')) await takeReviewer(dependencies, turn, rowId, form);
      return;
    default:
      return;
  }
}

type Submitted = { event: EventOf<'FormSubmitted'>; pressed: Pressed; value: z.output<typeof fitnessValue> };

function takeAnswer(dependencies: HandleDependencies, turn: Turn, rowId: string, { event, pressed, value }: Submitted): InteractionResponse {
  const { words } = dependencies.prompts;
  const { state, alignment, by } = pressed;
  const refusal = refusalOf(dependencies, turn, rowId, pressed, value.key);
  const { fitness } = state;
  if (refusal ?? !fitness) return refusal ?? { kind: 'nothing' };
  const key = fitness.anonymous ? (value.key ?? '') : by.by;
  const ratings: Partial<Record<FitnessElement, Scale>> = {};
  for (const element of fitness.elements) {
    const rating = scaleOf(event.inputs[element]);
    if (rating) ratings[element] = rating;
  }
  if (Object.keys(ratings).length === 0) return { kind: 'errors', errors: { [fitness.elements[0] ?? '']: words.plain('fitness.answer-empty') } };
  const long = fitness.elements.find((element) => (event.inputs[`note-${element}`]?.trim().length ?? 0) > noteLimit);
  if (long) return { kind: 'errors', errors: { [`note-${long}`]: words.plain('fitness.too-long', { count: String(noteLimit) }) } };
  eraseEarlier(turn, fitness.answers, key);
  const notes: Partial<Record<FitnessElement, FitnessAnswer['notes'][FitnessElement]>> = {};
  for (const element of fitness.elements) {
    const body = event.inputs[`note-${element}`]?.trim();
    if (!body) continue;
    notes[element] = fitness.anonymous ? anonymousNote(turn, state, { key, element, body, at: fitness.openedAt }) : keepNote(turn, event, element, body);
  }
  const answer: FitnessAnswer = { key, ratings, notes: Object.fromEntries(Object.entries(notes)) };
  try {
    command(alignment, { type: 'AnswerFitness', ...by, answer }, turn.now);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { kind: 'notice', text: words.plain('fitness.closed-already') };
  }
  return { kind: 'notice', text: words.plain('fitness.thanks') };
}

/** What the same person wrote before is replaced: its words go. */
function eraseEarlier(turn: Turn, answers: readonly FitnessAnswer[], key: string): void {
  const earlier = answers.find((answer) => answer.key === key);
  for (const note of Object.values(earlier?.notes ?? {})) turn.eraseTexts.add(note.textId);
}

function scaleOf(given: string | undefined): Scale | undefined {
  return ([1, 2, 3, 4, 5] as const).find((value) => String(value) === given);
}
