import { z } from 'zod';
import { dayText, isDueDate } from '../domain/due-date.ts';
import type { PromiseCommand, PromiseRhythm } from '../domain/promise-command.ts';
import type { Promised } from '../domain/promise-state.ts';
import { promiseForm, promiseLimit } from '../views/promise.ts';
import type { WordingKey } from '../views/wording.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import { canTell } from './speak-promises.ts';
import { obeyPress, type Pressed, pressedAlignment } from './take-press.ts';
import { personOf, type Turn } from './turn.ts';
import { contextOf } from './view-context.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;
type OnHome = Extract<PromiseCommand, { type: 'KeepPromise' | 'ConfirmPromise' }>;
type Own = { pressed: Pressed; promise: Promised; rhythm: PromiseRhythm };

const actions = ['promise-confirm', 'promise-change', 'submit-promise', 'promise-dismiss', 'promise-kept', 'promise-let-go', 'promise-tell'] as const;

/** What buttons of a promise carry besides the alignment; it is not believed. */
const promiseValue = z.object({ promise: z.string().min(1).max(100) });

/** Presses and forms about what somebody said they would do. */
export function isPromise(action: string): boolean {
  return actions.some((each) => each === action);
}

/** A press on one's own promise. Who presses on somebody else's learns nothing, not even that there is one. */
export async function takePromisePress(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'ActionTaken'>): Promise<void> {
  const own = await ownPromise(dependencies, turn, event);
  if (!own) return say(dependencies, turn, rowId, 'notice.unknown-button');
  const { pressed, promise } = own;
  const of = { ...pressed.by, id: promise.id };
  switch (event.action) {
    case 'promise-confirm':
      return confirm(dependencies, turn, rowId, event, own);
    case 'promise-dismiss':
      return obeyPress(dependencies, turn, rowId, pressed, { type: 'DismissPromise', ...of });
    case 'promise-kept':
      return obey(dependencies, turn, rowId, pressed, { type: 'KeepPromise', ...of });
    case 'promise-let-go':
      return obeyPress(dependencies, turn, rowId, pressed, { type: 'LetPromiseGo', ...of });
    case 'promise-tell':
      if (canTell(pressed.state)) return obeyPress(dependencies, turn, rowId, pressed, { type: 'TellPromise', ...of });
      return say(dependencies, turn, rowId, 'notice.unknown-button');
    default:
      return say(dependencies, turn, rowId, 'notice.unknown-button');
  }
}

/** Another day, or other words. */
export async function openPromiseForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormRequested'>): Promise<void> {
  const own = await ownPromise(dependencies, turn, event);
  if (!own) return say(dependencies, turn, rowId, 'notice.unknown-button');
  const { pressed, promise } = own;
  const ctx = await contextOf(dependencies, turn, pressed.state);
  const form = promiseForm(ctx, pressed.state, promise);
  turn.responses.set(rowId, { kind: 'form', form: pressed.value.on ? { ...form, value: { ...form.value, on: pressed.value.on } } : form });
}

export async function takePromiseForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>): Promise<void> {
  const own = await ownPromise(dependencies, turn, event);
  if (!own) return say(dependencies, turn, rowId, 'notice.unknown-button');
  const { plain } = dependencies.prompts.words;
  const { pressed, promise, rhythm } = own;
  const body = event.inputs['words']?.trim().slice(0, promiseLimit) ?? '';
  const due = dayOf(dependencies, turn, event.inputs['due'], rhythm);
  if (body === '' || due === undefined) {
    const errors = { ...(body === '' && { words: plain('promise.form-no-words') }), ...(due === undefined && { due: plain('promise.no-day') }) };
    turn.responses.set(rowId, { kind: 'errors', errors });
    return;
  }
  const said = (await contextOf(dependencies, turn, pressed.state)).quote(promise.words)?.trim().slice(0, promiseLimit);
  const words = body === said ? {} : { words: keepWords(turn, event, body) };
  await obey(dependencies, turn, rowId, pressed, { type: 'ConfirmPromise', ...pressed.by, id: promise.id, due, rhythm, ...words });
}

/** What was pressed on Home is told there as well as on its card. */
async function obey(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed, order: OnHome): Promise<void> {
  const { on, ...value } = pressed.value;
  await obeyPress(dependencies, turn, rowId, { ...pressed, value }, order);
  if (on !== 'home' || turn.responses.has(rowId)) return;
  const { plain } = dependencies.prompts.words;
  const text = order.type === 'KeepPromise' ? plain('promise.kept-title') : plain('promise.noted-title', { day: dayText(order.due) });
  turn.responses.set(rowId, { kind: 'notice', text, alsoOn: 'home' });
}

async function confirm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'ActionTaken'>, own: Own): Promise<void> {
  const { pressed, promise, rhythm } = own;
  const due = promise.due ?? dayOf(dependencies, turn, event.inputs['due'], rhythm);
  if (due === undefined) return say(dependencies, turn, rowId, 'promise.no-day');
  if (!isDueDate(due, rhythm.zone, turn.now)) return say(dependencies, turn, rowId, 'promise.day-passed');
  await obey(dependencies, turn, rowId, pressed, { type: 'ConfirmPromise', ...pressed.by, id: promise.id, due, rhythm });
}

async function ownPromise(
  dependencies: HandleDependencies,
  turn: Turn,
  event: EventOf<'ActionTaken' | 'FormRequested' | 'FormSubmitted'>,
): Promise<Own | undefined> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  const value = promiseValue.safeParse(event.value);
  const promise = value.success ? pressed?.state.promises?.find(({ id }) => id === value.data.promise) : undefined;
  if (!pressed || promise?.by !== event.personId) return undefined;
  const { quietHours, nudgeTime: time } = turn.settings;
  return { pressed, promise, rhythm: { zone: (await personOf(turn, event.personId)).timeZone, time, quietHours } };
}

function dayOf({ language }: HandleDependencies, turn: Turn, written: string | undefined, { zone }: PromiseRhythm): string | undefined {
  const day = language.readDay(written ?? '', { at: turn.now, timeZone: zone });
  return day !== undefined && isDueDate(day, zone, turn.now) ? day : undefined;
}

/** Kept under an id of its own: it stands in no message. */
function keepWords(turn: Turn, event: EventOf<'FormSubmitted'>, body: string) {
  const textId = `${turn.tenant}:${event.eventKey}:promise`;
  turn.texts.set(textId, { textId, messageRef: textId, author: event.personId, body, at: turn.now });
  return { textId, start: 0, end: body.length };
}

function say(
  { prompts }: HandleDependencies,
  turn: Turn,
  rowId: string,
  what: Extract<WordingKey, 'notice.unknown-button' | `promise.${'no-day' | 'day-passed'}`>,
): void {
  turn.responses.set(rowId, { kind: 'notice', text: prompts.words.plain(what) });
}
