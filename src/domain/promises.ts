import { DateTime } from 'luxon';
import { isWeekend, localDay, nextAllowed, nextWorkingDayAt, nudgeDueAt, type QuietHours } from './calendar.ts';
import type { Command } from './command.ts';
import type { PersonId } from './conversation.ts';
import { isDueDate } from './due-date.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import type { HeardPromise, PromiseCommand, PromiseRhythm } from './promise-command.ts';
import type { PromiseEvent } from './promise-event.ts';
import type { NoPromise, Promised, PromiseStanding } from './promise-state.ts';
import type { StartedAlignment } from './state.ts';

type Of<T extends PromiseCommand['type']> = Extract<PromiseCommand, { type: T }>;
type Named = Exclude<PromiseCommand, Of<'HearPromises' | 'ForgetPromises' | 'PromiseDue'>>;

// More than anybody says they will do in one conversation; a flood is no memory.
const mostPromises = 40;
const hour = 3_600_000;
/** Whoever said it an hour ago still knows it; a reminder comes when something has come between. */
const remindsAfter = 12 * hour;
const morningAfter = 2 * hour;

const commandTypes: readonly string[] = [
  'HearPromises',
  'ConfirmPromise',
  'DismissPromise',
  'KeepPromise',
  'LetPromiseGo',
  'TellPromise',
  'ForgetPromises',
  'PromiseDue',
] satisfies PromiseCommand['type'][];

const eventTypes: readonly string[] = [
  'PromiseHeard',
  'PromiseReworded',
  'PromiseConfirmed',
  'PromiseReminded',
  'PromiseAskedAbout',
  'PromiseKept',
  'PromiseLetGo',
  'PromiseTold',
  'PromiseRemoved',
] satisfies PromiseEvent['type'][];

export function isPromiseCommand(command: Command): command is PromiseCommand {
  return commandTypes.includes(command.type);
}

export function isPromiseEvent(event: DomainEvent): event is PromiseEvent {
  return eventTypes.includes(event.type);
}

/** What somebody said they would do, and what becomes of it: theirs alone to decide. Throws DomainError. */
export function decidePromises(state: StartedAlignment, command: PromiseCommand, now: number): PromiseEvent[] {
  switch (command.type) {
    case 'HearPromises':
      return hear(state, command, now);
    case 'ForgetPromises':
      return promisesOf(state, command.by).map(({ id }) => ({ type: 'PromiseRemoved', at: now, id, reason: 'forgotten' }));
    case 'PromiseDue':
      return due(state, command.id, now);
    default:
      return decideOne(ownPromise(state, command), command, now);
  }
}

/** Those of one person, oldest first. */
export function promisesOf({ promises = [] }: Pick<StartedAlignment, 'promises'>, personId: PersonId): Promised[] {
  return promises.filter(({ by }) => by === personId);
}

function ownPromise({ promises = [] }: StartedAlignment, { id, by }: Named): Promised {
  const promise = promises.find((one) => one.id === id);
  if (!promise) throw new DomainError('outdated', 'This is no longer kept. Say it again in the conversation to have it noted.');
  if (promise.by !== by) throw new DomainError('not_allowed', 'Only whoever said it decides about it.');
  return promise;
}

function decideOne(promise: Promised, command: Named, now: number): PromiseEvent[] {
  const of = { at: now, id: promise.id };
  const isSettled = promise.status === 'kept' || promise.status === 'let-go';
  switch (command.type) {
    case 'ConfirmPromise':
      return isSettled ? [] : confirm(promise, command, now);
    case 'DismissPromise':
      return promise.status === 'proposed' ? [{ type: 'PromiseRemoved', ...of, reason: 'none' }] : [];
    case 'KeepPromise':
      return isSettled ? [] : [{ type: 'PromiseKept', ...of }];
    case 'LetPromiseGo':
      return isSettled || promise.status === 'proposed' ? [] : [{ type: 'PromiseLetGo', ...of }];
    case 'TellPromise':
      return isSettled && !promise.told ? [{ type: 'PromiseTold', ...of }] : [];
    default:
      return command satisfies never;
  }
}

function confirm(promise: Promised, { due: date, words, rhythm }: Of<'ConfirmPromise'>, now: number): PromiseEvent[] {
  if (!isDueDate(date, rhythm.zone, now)) throw new DomainError('unknown_target', 'Give a day from today on, within a year.');
  if (promise.status === 'open' && promise.due === date && !words) return [];
  return [{ type: 'PromiseConfirmed', at: now, id: promise.id, due: date, ...momentsOf(date, rhythm, now), ...(words && { words }) }];
}

/** Noon of a local date, where it is the same date nearly all over the world (epoch milliseconds). */
export function noonOf(date: string, zone: string): number {
  return DateTime.fromISO(date, { zone }).set({ hour: 12 }).toMillis();
}

/** The reminder on the working day before, or where that is too near on the morning of the date; the question on the working day after it. */
function momentsOf(date: string, { zone, time, quietHours }: PromiseRhythm, now: number): { remindAt?: number; askAt: number } {
  const noon = noonOf(date, zone);
  const askAt = nextWorkingDayAt(noon, zone, time, quietHours);
  const before = nudgeDueAt(noon, zone, time, quietHours);
  if (before > now + remindsAfter) return { remindAt: before, askAt };
  const [hours = 9, minutes = 0] = time.split(':').map(Number);
  const morning = nextAllowed(DateTime.fromISO(date, { zone }).set({ hour: hours, minute: minutes }).toMillis(), zone, quietHours);
  const isThatDay = !isWeekend(morning, zone) && localDay(morning, zone) === localDay(noon, zone);
  return { ...(isThatDay && morning > now + morningAfter && { remindAt: morning }), askAt };
}

/** An edited promise follows its words: those that are the same wherever they stand now, the others in their order. */
function hear(state: StartedAlignment, { by, messageRef, promises: read, deleted }: Of<'HearPromises'>, now: number): PromiseEvent[] {
  if (!isUnderWay(state)) return [];
  const known = state.promises ?? [];
  const before = known.filter((promise) => promise.messageRef === messageRef && promise.by === by);
  const { pairs, fresh } = paired(before, withoutNone(read, { before, none: noneOf(state, { messageRef, by }) }));
  const reworded = before.map(({ id }): PromiseEvent => {
    const again = pairs.get(id);
    if (again) return { type: 'PromiseReworded', at: now, id, ...again };
    return { type: 'PromiseRemoved', at: now, id, reason: deleted ? 'deleted' : 'edited' };
  });
  const room = Math.max(mostPromises - known.length, 0);
  const moment = now.toString(36);
  // Those of this very moment that are gone again leave their number to nobody.
  const first = Math.max(known.length, ...known.flatMap(({ id }) => (id.startsWith(`${moment}.`) ? Number(id.slice(moment.length + 1)) + 1 : [])));
  const heard = fresh
    .slice(0, room)
    .map((one, index): PromiseEvent => ({ type: 'PromiseHeard', at: now, id: `${moment}.${first + index}`, from: by, messageRef, ...one }));
  return [...reworded, ...heard];
}

type Said = Pick<Promised, 'messageRef' | 'by'>;

function noneOf({ noPromises = [] }: StartedAlignment, { messageRef, by }: Said): NoPromise[] {
  return noPromises.filter((one) => one.messageRef === messageRef && one.by === by);
}

/**
 * What was none stays none, wherever in its message it stands. Where another one with its mark is known, or where it has none, its place tells them apart;
 * where a message says less, it is what was none that went.
 */
function withoutNone(read: readonly HeardPromise[], { before, none }: { before: readonly Promised[]; none: readonly NoPromise[] }): HeardPromise[] {
  const gone = new Set<number>();
  for (const mark of new Set(none.flatMap((one) => one.mark ?? []))) {
    const places = read.flatMap((one, place) => (one.mark === mark ? [place] : []));
    const known = before.filter((one) => one.mark === mark).length;
    const own = (place: number) => none.some((one) => one.mark === mark && one.place === place);
    const first = [...places.filter(own), ...places.filter((place) => !own(place))];
    for (const place of first.slice(0, Math.max(places.length - known, 0))) gone.add(place);
  }
  const spare = Math.max(read.length - before.length, 0);
  for (const place of none.flatMap((one) => (one.mark === undefined && one.place < read.length ? [one.place] : [])).slice(0, spare)) gone.add(place);
  return read.filter((_, place) => !gone.has(place));
}

/** Which promise each of those that were known is now, and which came since. */
function paired(before: readonly Promised[], read: readonly HeardPromise[]): { pairs: Map<string, HeardPromise>; fresh: HeardPromise[] } {
  const pairs = new Map<string, HeardPromise>();
  const fresh = [...read];
  const take = (id: string, at: number): void => {
    const [one] = at < 0 ? [] : fresh.splice(at, 1);
    if (one) pairs.set(id, one);
  };
  for (const { id, mark } of before)
    take(
      id,
      fresh.findIndex((one) => mark !== undefined && one.mark === mark),
    );
  for (const { id } of before) if (!pairs.has(id)) take(id, 0);
  return { pairs, fresh };
}

/** The how manieth promise of its message it is, those that were none among them. */
function placeOf(state: StartedAlignment, { id, messageRef, by }: Promised): number {
  const none = new Set(noneOf(state, { messageRef, by }).map(({ place }) => place));
  const earlier = promisesOf(state, by).filter((promise) => promise.messageRef === messageRef);
  let place = 0;
  for (let left = earlier.findIndex((promise) => promise.id === id); left > 0 || none.has(place); place += 1) if (!none.has(place)) left -= 1;
  return place;
}

/** While people still talk with Plumb, or live by what they agreed. */
export function isUnderWay({ status }: StartedAlignment): boolean {
  return status === 'clarifying' || status === 'reviewing' || status === 'paused' || status === 'aligned';
}

/** Nothing is caught up twice: where the date has passed meanwhile, the reminder is not sent any more. */
function due({ promises = [] }: StartedAlignment, id: string, now: number): PromiseEvent[] {
  const promise = promises.find((one) => one.id === id);
  if (promise?.status !== 'open') return [];
  if (now >= promise.askAt) return [{ type: 'PromiseAskedAbout', at: now, id }];
  return promise.remindAt !== undefined && now >= promise.remindAt ? [{ type: 'PromiseReminded', at: now, id }] : [];
}

/** The state after one more event of a promise. */
export function evolvePromises(state: StartedAlignment, event: PromiseEvent): StartedAlignment {
  const { promises = [] } = state;
  switch (event.type) {
    case 'PromiseHeard': {
      const { id, from, words, messageRef, at, due: date, mark } = event;
      const day = date === undefined ? {} : { heard: date, due: date };
      return { ...state, promises: [...promises, { id, by: from, words, messageRef, at, status: 'proposed', ...day, ...(mark !== undefined && { mark }) }] };
    }
    case 'PromiseRemoved':
      return { ...state, promises: promises.filter(({ id }) => id !== event.id), ...nowNone(state, event) };
    default:
      return { ...state, promises: promises.map((promise) => (promise.id === event.id ? changed(promise, event) : promise)) };
  }
}

function nowNone(state: StartedAlignment, { id, reason }: Extract<PromiseEvent, { type: 'PromiseRemoved' }>): Pick<StartedAlignment, 'noPromises'> {
  const promise = reason === 'none' ? state.promises?.find((one) => one.id === id) : undefined;
  if (!promise) return {};
  const { by, messageRef, mark } = promise;
  return { noPromises: [...(state.noPromises ?? []), { by, messageRef, place: placeOf(state, promise), ...(mark !== undefined && { mark }) }] };
}

function changed(promise: Promised, event: Exclude<PromiseEvent, { type: 'PromiseHeard' | 'PromiseRemoved' }>): Promised {
  switch (event.type) {
    case 'PromiseReworded':
      return reworded(promise, event);
    case 'PromiseConfirmed': {
      const { due: date, remindAt, askAt, words = promise.words } = event;
      return standing({ ...promise, words }, { status: 'open', due: date, ...(remindAt !== undefined && { remindAt }), askAt });
    }
    case 'PromiseReminded':
      return promise.status === 'open' ? standing(promise, { status: 'open', due: promise.due, askAt: promise.askAt, reminded: true }) : promise;
    case 'PromiseAskedAbout':
      return promise.status === 'open' ? standing(promise, { status: 'asked', due: promise.due }) : promise;
    case 'PromiseKept':
      return standing(promise, { status: 'kept', ...dueOf(promise), settledAt: event.at });
    case 'PromiseLetGo':
      return standing(promise, { status: 'let-go', ...dueOf(promise), settledAt: event.at });
    case 'PromiseTold':
      return promise.status === 'kept' || promise.status === 'let-go' ? { ...promise, told: true } : promise;
    default:
      return event satisfies never;
  }
}

/** Another date in the message is a new promise to confirm; what was settled stays so. */
function reworded(promise: Promised, { words, due: date, mark }: Extract<PromiseEvent, { type: 'PromiseReworded' }>): Promised {
  const isOpen = promise.status === 'proposed' || promise.status === 'open';
  const again = { ...promise, words, ...(date !== undefined && { heard: date }), ...(mark !== undefined && { mark }) };
  // They may have chosen another day than their message names; only a message that names a new one asks again.
  if (!isOpen || (promise.status === 'open' && (date === undefined || date === promise.due || date === promise.heard))) return again;
  return standing(again, { status: 'proposed', ...(date !== undefined && { due: date }) });
}

function standing({ id, by, words, messageRef, at, heard, mark }: Promised, now: PromiseStanding): Promised {
  return { id, by, words, messageRef, at, ...(heard !== undefined && { heard }), ...(mark !== undefined && { mark }), ...now };
}

function dueOf({ due: date }: Promised): { due?: string } {
  return date === undefined ? {} : { due: date };
}

/** It is over: nobody is reminded of anything any more; what was settled stays known to whoever said it. */
export function endPromises<S extends { promises?: readonly Promised[] }>(state: S): S {
  if (!state.promises) return state;
  return { ...state, promises: state.promises.filter(({ status }) => status === 'kept' || status === 'let-go') };
}

const timerKey = 'promise:';

/** When promises want to be woken, in the working hours of whoever made them. */
export function promiseTimers(
  { promises = [] }: Pick<StartedAlignment, 'promises'>,
  zoneOf: (personId: PersonId) => string,
  quietHours: QuietHours,
): { key: string; dueAt: number; zone: string }[] {
  return promises.flatMap((promise) => {
    if (promise.status !== 'open') return [];
    const dueAt = Math.min(promise.remindAt ?? promise.askAt, promise.askAt);
    const zone = zoneOf(promise.by);
    return [{ key: `${timerKey}${promise.id}`, dueAt: nextAllowed(dueAt, zone, quietHours), zone }];
  });
}

/** The promise that a timer of this key is about. */
export function promiseOfTimer(key: string): string | undefined {
  return key.startsWith(timerKey) ? key.slice(timerKey.length) : undefined;
}
