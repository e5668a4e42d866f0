import { z } from 'zod';
import { buildBrief } from '../domain/brief.ts';
import type { PersonId } from '../domain/conversation.ts';
import { dayAfterWeeks, isDueDate } from '../domain/due-date.ts';
import { isOpenPoint, type PointId, pointIds, waitingPoints } from '../domain/open-points.ts';
import { may, rolesOf } from '../domain/permissions.ts';
import type { Form } from '../views/card.ts';
import { fieldError } from '../views/forms.ts';
import { answerPointForm, endedPointCard, foundLimit, giveForm, laterForm, pointLabel } from '../views/open-points.ts';
import { answerLimit } from '../views/prefill.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import { knownPerson, maySeeAnswers, obeyPress, outdated, type Pressed, pressedAlignment, refuse } from './take-press.ts';
import { command, personOf, type Turn } from './turn.ts';
import { contextOf } from './view-context.ts';
import { writtenAnswer } from './written-answer.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;

const actions: readonly string[] = [
  'give-open-point',
  'submit-open-point',
  'answer-open-point',
  'submit-open-answer',
  'move-open-point',
  'submit-open-later',
  'not-my-point',
];
// A week is what most people need; the field says otherwise in a word.
const usualWeeks = 1;
const pointValue = z.object({ point: z.enum(pointIds).optional() });

/** Presses and forms of open points that somebody finds out. */
export function isOfOpenPoint(action: string): boolean {
  return actions.includes(action);
}

type Asked = { pressed: Pressed; point: PointId | undefined };

async function askedOf(dependencies: HandleDependencies, turn: Turn, event: EventOf<'ActionTaken' | 'FormRequested' | 'FormSubmitted'>) {
  const pressed = await pressedAlignment(dependencies, turn, event);
  const value = pointValue.safeParse(event.value);
  return pressed && value.success ? { pressed, point: value.data.point } : undefined;
}

function unknownButton({ prompts }: HandleDependencies, turn: Turn, rowId: string): void {
  turn.responses.set(rowId, { kind: 'notice', text: prompts.words.plain('notice.unknown-button') });
}

/** "Not mine": whoever asked is told, and the point waits for somebody else. */
export async function takeOpenPointPress(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'ActionTaken'>): Promise<void> {
  const asked = await askedOf(dependencies, turn, event);
  if (!asked?.point) return unknownButton(dependencies, turn, rowId);
  const { pressed, point } = asked;
  await obeyPress(dependencies, turn, rowId, pressed, { type: 'SettleOpenPoint', ...pressed.by, point, how: 'not-theirs' });
}

/** Opens a form of open points, for whoever may use it. */
export async function openPointForms(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormRequested'>): Promise<void> {
  const asked = await askedOf(dependencies, turn, event);
  const form = asked && (await formOf(dependencies, turn, rowId, event.action, asked));
  const on = asked?.pressed.value.on;
  if (form) turn.responses.set(rowId, { kind: 'form', form: on ? { ...form, value: { ...form.value, on } } : form });
  else if (!turn.responses.has(rowId)) unknownButton(dependencies, turn, rowId);
}

async function formOf(dependencies: HandleDependencies, turn: Turn, rowId: string, action: string, { pressed, point }: Asked): Promise<Form | undefined> {
  const { state, by } = pressed;
  const leadsIt = may('GiveOpenPoint', rolesOf(state, by.by, by.standing));
  const { timeZone } = await personOf(turn, by.by);
  const due = dayAfterWeeks(usualWeeks, timeZone, turn.now);
  if (action === 'give-open-point') {
    if (!leadsIt) {
      await refuse(dependencies, turn, rowId, pressed, { type: 'GiveOpenPoint' });
      return undefined;
    }
    if (!(await maySeeAnswers(dependencies, turn, rowId, pressed))) return undefined;
    const isOpen = pointIds.some((id) => isOpenPoint(state, id)) && (state.status === 'reviewing' || state.status === 'aligned');
    if (isOpen) return giveForm(await contextOf(dependencies, turn, state), buildBrief(state), { due, ...(point && isOpenPoint(state, point) && { point }) });
  } else if (point && waitingPoints(state).some((given) => given.point === point && (leadsIt || given.owner === by.by))) {
    const ctx = await contextOf(dependencies, turn, state);
    return action === 'answer-open-point' ? answerPointForm(ctx, buildBrief(state), point) : laterForm(ctx, buildBrief(state), point, due);
  }
  await outdated(dependencies, turn, rowId, pressed);
  return undefined;
}

/** A form of open points came back. */
export async function takeOpenPointForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>): Promise<void> {
  const asked = await askedOf(dependencies, turn, event);
  if (!asked) return unknownButton(dependencies, turn, rowId);
  if (event.submit === 'submit-open-point') return give(dependencies, turn, rowId, event, asked.pressed);
  const { point, pressed } = asked;
  if (!point) return unknownButton(dependencies, turn, rowId);
  if (event.submit !== 'submit-open-answer') return later(dependencies, turn, rowId, event, { pressed, point });
  const { on, ...value } = pressed.value;
  await answer(dependencies, turn, rowId, event, { pressed: { ...pressed, value }, point });
  if (on === 'home' && !turn.responses.has(rowId)) await showOnHome(dependencies, turn, rowId, { pressed, point, isEmpty: !event.inputs['answer']?.trim() });
}

/** Home is not a post that the outbox could change. */
async function showOnHome(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  { pressed, point, isEmpty }: { pressed: Pressed; point: PointId; isEmpty: boolean },
): Promise<void> {
  const ctx = await contextOf(dependencies, turn, pressed.state);
  const label = pointLabel(ctx, buildBrief(pressed.state), point);
  const { summary: text } = endedPointCard(ctx, label, { kind: isEmpty ? 'settled-thanks' : 'answered' });
  turn.responses.set(rowId, { kind: 'notice', text, alsoOn: 'home' });
}

async function give(dependencies: HandleDependencies, turn: Turn, rowId: string, { inputs }: EventOf<'FormSubmitted'>, pressed: Pressed): Promise<void> {
  const { state, by } = pressed;
  const ctx = await contextOf(dependencies, turn, state);
  const point = pointIds.find((id) => id === inputs['point']);
  const owner = await knownPerson(turn, inputs['person']);
  const due = await dueIn(dependencies, turn, inputs, owner ?? by.by);
  const errors = {
    ...(point === undefined && { point: fieldError(ctx, 'choice') }),
    ...(owner === undefined && { person: fieldError(ctx, 'person') }),
    ...(due === undefined && { due: ctx.words.plain('open-point.form-due-wrong') }),
  };
  if (point === undefined || owner === undefined || due === undefined) {
    turn.responses.set(rowId, { kind: 'errors', errors });
    return;
  }
  await obeyPress(dependencies, turn, rowId, pressed, { type: 'GiveOpenPoint', ...by, point, owner, due });
  const person = [ctx.person(owner)];
  const text = owner === by.by ? ctx.words.plain('open-point.given-self') : ctx.words.plain('open-point.given', { person });
  if (!turn.responses.has(rowId)) turn.responses.set(rowId, { kind: 'notice', text });
}

/** Where whoever finds it out lives. */
async function dueIn({ language }: HandleDependencies, turn: Turn, inputs: Readonly<Record<string, string>>, owner: PersonId): Promise<string | undefined> {
  const { timeZone } = await personOf(turn, owner);
  const day = language.readDay(inputs['due'] ?? '', { at: turn.now, timeZone });
  return day !== undefined && isDueDate(day, timeZone, turn.now) ? day : undefined;
}

type Point = { pressed: Pressed; point: PointId };

async function later(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  { inputs }: EventOf<'FormSubmitted'>,
  { pressed, point }: Point,
): Promise<void> {
  const { state, by } = pressed;
  const owner = waitingPoints(state).find((given) => given.point === point)?.owner ?? by.by;
  const due = await dueIn(dependencies, turn, inputs, owner);
  const { words } = dependencies.prompts;
  if (due === undefined) {
    turn.responses.set(rowId, { kind: 'errors', errors: { due: words.plain('open-point.form-due-wrong') } });
    return;
  }
  await obeyPress(dependencies, turn, rowId, pressed, { type: 'MoveOpenPoint', ...by, point, due });
}

/** Words go where the question takes them in; nothing written means that it is settled. */
async function answer(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>, { pressed, point }: Point): Promise<void> {
  const { state, by, alignment } = pressed;
  const text = event.inputs['answer']?.trim() ?? '';
  const limit = point === 'focus' ? foundLimit : answerLimit;
  if (text.length > limit) {
    const count = String(limit);
    turn.responses.set(rowId, { kind: 'errors', errors: { answer: dependencies.prompts.words.plain('form-error.too-long', { count }) } });
    return;
  }
  if (text === '' || point === 'focus') {
    const words = text === '' ? {} : { words: keepWords(turn, event, text) };
    return obeyPress(dependencies, turn, rowId, pressed, { type: 'SettleOpenPoint', ...by, point, how: 'done', ...words });
  }
  // What they say counts as an answer only while it is theirs to give.
  if (!waitingPoints(state).some((given) => given.point === point && given.owner === by.by)) return outdated(dependencies, turn, rowId, pressed);
  const written = await writtenAnswer(dependencies.language, turn, state, by, { questionId: point, text, source: 'form' });
  await obeyPress(dependencies, turn, rowId, pressed, written.answer);
  if (!turn.responses.has(rowId)) for (const order of written.heard) command(alignment, order, turn.now);
}

function keepWords(turn: Turn, { eventKey, personId }: EventOf<'FormSubmitted'>, body: string) {
  const textId = `${turn.tenant}:${eventKey}:found`;
  turn.texts.set(textId, { textId, messageRef: textId, author: personId, body, at: turn.now });
  return { textId, start: 0, end: body.length };
}
