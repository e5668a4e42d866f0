import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Quote } from '../domain/conversation.ts';
import { DomainError } from '../domain/errors.ts';
import type { PersonCommand } from '../domain/nudge-event.ts';
import { participationOf } from '../domain/nudge-state.ts';
import type { ProgressStatus } from '../domain/status-report.ts';
import { correctionForm, type FieldProblem, fieldError, nudgeSettingsForm } from '../views/forms.ts';
import { type Notice, noticeText } from '../views/notice.ts';
import { plainText } from '../views/text.ts';
import { commandPerson, commandProgramme, nudgeSettings, programmeOf, workingPerson } from './follow-through.ts';
import { giveCalendar } from './give-calendar.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import { readingProblems, takeReadings } from './take-reading.ts';
import { personOf, type Turn, type Working, type WorkingPerson, type WorkingProgramme } from './turn.ts';
import { contextFor } from './view-context.ts';

export type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;
export type Follow = { person: WorkingPerson; programme: WorkingProgramme | undefined; week: string };

const actions: readonly string[] = [
  'accept-introduction',
  'correct-introduction',
  'submit-correction',
  'decline-introduction',
  'nudge-on-track',
  'nudge-at-risk',
  'nudge-no-progress',
  'nudge-reading',
  'nudge-snooze',
  'nudge-settings',
  'submit-nudge-settings',
  'nudge-opt-out',
  'nudge-opt-in',
  'calendar-file',
];
const wordsLimit = 500;
const longestHoliday = 366 * 24 * 3_600_000;
const followValue = z.object({ programme: z.string().min(1).max(100).optional(), week: z.string().max(20).optional() });

/** Presses and forms of people who sustain a change; they concern the person who pressed, nobody else. */
export function isFollowThrough(action: string): boolean {
  return actions.includes(action);
}

export async function takeFollowThrough(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'ActionTaken'>): Promise<void> {
  const follow = await followOf(dependencies, turn, event);
  if (event.action === 'calendar-file' && follow?.programme) {
    const given = await giveCalendar(dependencies, turn, event.personId, follow.programme);
    if (given) turn.responses.set(rowId, given);
    return;
  }
  const problems = follow?.programme && answersNudge(event.action) ? readingProblems(event, follow.programme) : {};
  if (Object.keys(problems).length > 0) {
    // Nothing of it is taken, so that the fields keep what was typed and one more press says it all.
    turn.responses.set(rowId, { kind: 'errors', errors: await fieldErrors(dependencies, turn, problems) });
    return;
  }
  const told = follow && (await attempt(turn, () => act(turn, event, follow)));
  await respond(dependencies, turn, rowId, told ?? { kind: 'unknown-button' });
}

/** Whoever pressed, and the programme that the card names: one of another organisation is as good as none. */
export async function followOf(
  dependencies: HandleDependencies,
  turn: Turn,
  event: EventOf<'ActionTaken' | 'FormRequested' | 'FormSubmitted'>,
): Promise<Follow | undefined> {
  const value = followValue.safeParse(event.value);
  if (!value.success) return undefined;
  const person = await workingPerson(dependencies, turn, event.personId);
  if (value.data.programme === undefined) return { person, programme: undefined, week: '' };
  const programme = await programmeOf(dependencies, turn, value.data.programme);
  if (programme.state.status === 'new') return undefined;
  const { conversation } = programme.state.content;
  if (conversation.tenant !== turn.tenant || conversation.channel !== turn.channel.name) {
    dependencies.logger.warn({ event: event.type, channel: turn.channel.name }, 'A card named a programme of another organisation; it was refused.');
    return undefined;
  }
  return { person, programme, week: value.data.week ?? '' };
}

/** What the domain refuses is told; then nothing of it is kept, also where only the second of two orders was refused. */
export async function attempt(turn: Pick<Turn, 'programmes' | 'persons'>, run: () => Promise<Notice | undefined>): Promise<Notice | undefined> {
  const takeBack = [...[...turn.programmes.values()].map(asItIs), ...[...turn.persons.values()].map(asItIs)];
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    for (const restore of takeBack) restore();
    return { kind: 'refused', code: error.code, who: [] };
  }
}

function asItIs<S, E>(working: Working<S, E>): () => void {
  const { state, events } = working;
  const count = events.length;
  return () => {
    working.state = state;
    working.events.splice(count);
  };
}

async function act(turn: Turn, event: EventOf<'ActionTaken'>, follow: Follow): Promise<Notice | undefined> {
  const { person, programme } = follow;
  const order = (command: PersonCommand) => commandPerson(person, command, turn.now);
  const programmeId = programme?.ref.id ?? '';
  switch (event.action) {
    case 'accept-introduction':
      order({ type: 'AcceptIntroduction', programmeId });
      return { kind: 'introduction-accepted' };
    case 'decline-introduction':
      order({ type: 'DeclineIntroduction', programmeId });
      return { kind: 'introduction-declined', person: namerOf(person, programmeId) };
    case 'nudge-on-track':
    case 'nudge-at-risk':
    case 'nudge-no-progress':
      return programme && giveStatus(turn, event, { ...follow, programme });
    case 'nudge-reading':
      return programme && giveReading(turn, event, { ...follow, programme });
    case 'nudge-snooze':
      order({ type: 'SnoozeNudge', settings: nudgeSettings(turn.settings) });
      return { kind: 'nudge-snoozed' };
    case 'nudge-opt-out':
      order({ type: 'OptOut' });
      return { kind: 'nudge-opted-out' };
    case 'nudge-opt-in':
      order({ type: 'OptIn' });
      return { kind: 'nudge-opted-in' };
    default:
      return undefined;
  }
}

function namerOf(person: WorkingPerson, programmeId: string): string {
  return participationOf(person.state, programmeId)?.namedBy ?? person.personId;
}

const statuses: Readonly<Record<string, ProgressStatus>> = { 'nudge-on-track': 'on-track', 'nudge-at-risk': 'at-risk', 'nudge-no-progress': 'no-progress' };

function giveStatus(turn: Turn, event: EventOf<'ActionTaken'>, { person, programme, week }: Follow & { programme: WorkingProgramme }): Notice {
  const status = statuses[event.action] ?? 'on-track';
  const id = programme.ref.id;
  const note = wordsOf(turn, event, ['note', `note-${id}`]);
  const win = wordsOf(turn, event, ['win', `win-${id}`]);
  const report = { week, status, ...(note && { note }), ...(win && { win }) };
  commandPerson(person, { type: 'GiveStatus', programmeId: id, ...report }, turn.now);
  commandProgramme(programme, { type: 'RecordStatus', manager: person.personId, ...report }, turn.now);
  takeReadings(turn, event, { person, programme, week }, (field, body) => keepWords(turn, event, field, body));
  return { kind: 'nudge-thanks' };
}

/** Of somebody who has the figures and manages nobody. */
function giveReading(turn: Turn, event: EventOf<'ActionTaken'>, follow: Follow & { programme: WorkingProgramme }): Notice {
  takeReadings(turn, event, follow, (field, body) => keepWords(turn, event, field, body));
  return { kind: 'nudge-thanks' };
}

function answersNudge(action: string): boolean {
  return action === 'nudge-reading' || Object.hasOwn(statuses, action);
}

export async function fieldErrors(
  dependencies: HandleDependencies,
  turn: Turn,
  problems: Readonly<Record<string, FieldProblem>>,
): Promise<Record<string, string>> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, fieldError(ctx, problem)]));
}

/** An optional line of a card, kept under an id of its own; too long is cut, since the platform's own limit was passed by a forged card. */
export function wordsOf(turn: Turn, event: EventOf<'ActionTaken' | 'FormSubmitted'>, fields: readonly string[]): Quote | undefined {
  const field = fields.find((name) => event.inputs[name]?.trim());
  const body = field && event.inputs[field]?.trim().slice(0, wordsLimit);
  return body ? keepWords(turn, event, field, body) : undefined;
}

export function keepWords(turn: Turn, event: { eventKey: string; personId: string }, field: string, body: string): Quote {
  const textId = `${turn.tenant}:${event.eventKey}:${field}`;
  turn.texts.set(textId, { textId, messageRef: textId, author: event.personId, body, at: turn.now });
  return { textId, start: 0, end: body.length };
}

export async function followForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormRequested'>): Promise<void> {
  const follow = await followOf(dependencies, turn, event);
  if (!follow) return respond(dependencies, turn, rowId, { kind: 'unknown-button' });
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const { person, programme } = follow;
  const form =
    event.action === 'correct-introduction' && programme
      ? correctionForm(ctx, { programme: programme.ref.id, namer: namerOf(person, programme.ref.id) })
      : nudgeSettingsForm(ctx, { time: person.state.nudgeTime ?? turn.settings.nudgeTime, ...holidayIn(person, turn.now) });
  turn.responses.set(rowId, { kind: 'form', form });
}

/** As the form shows it: the first day only of one that is still to come. */
function holidayIn({ state: { holiday, zone } }: WorkingPerson, now: number): { holidayFrom?: string; holidayUntil?: string } {
  if (!holiday || holiday.until <= now) return {};
  return { ...(holiday.from > now && { holidayFrom: dateOf(holiday.from, zone) }), holidayUntil: dateOf(holiday.until, zone) };
}

export async function takeFollowForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>): Promise<void> {
  const follow = await followOf(dependencies, turn, event);
  if (!follow) return respond(dependencies, turn, rowId, { kind: 'unknown-button' });
  const problems = event.submit === 'submit-correction' ? correctionProblems(event) : settingsProblems(event, turn, follow.person);
  if (Object.keys(problems).length > 0) {
    turn.responses.set(rowId, { kind: 'errors', errors: await fieldErrors(dependencies, turn, problems) });
    return;
  }
  const told = await attempt(turn, async () => (event.submit === 'submit-correction' ? correct(turn, event, follow) : setUp(turn, event, follow)));
  await respond(dependencies, turn, rowId, told ?? { kind: 'unknown-button' });
}

function correctionProblems({ inputs }: EventOf<'FormSubmitted'>): Record<string, FieldProblem> {
  const correction = inputs['correction']?.trim() ?? '';
  if (correction === '') return { correction: 'required' };
  return correction.length > 3000 ? { correction: 'too-long' } : {};
}

function settingsProblems({ inputs }: EventOf<'FormSubmitted'>, turn: Turn, person: WorkingPerson): Record<string, FieldProblem> {
  const [from, until] = [inputs['holiday-from']?.trim() ?? '', inputs['holiday-until']?.trim() ?? ''];
  const [begins, ends] = [startOfDay(from, person.state.zone), startOfDay(until, person.state.zone)];
  return {
    ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(inputs['time']?.trim() ?? '') ? {} : { time: 'time' as const }),
    // Away from a day on, but until when? Without that nobody is asked again.
    ...((until === '' && from === '') || isWithinAYear(ends, turn.now) ? {} : { 'holiday-until': 'date' as const }),
    ...(from === '' || (begins !== undefined && begins < (ends ?? Number.POSITIVE_INFINITY)) ? {} : { 'holiday-from': 'holiday-from' as const }),
  };
}

/** The same bound as the domain's: a longer absence is an opt-out. */
function isWithinAYear(at: number | undefined, now: number): boolean {
  return at !== undefined && at > now && at <= now + longestHoliday;
}

function correct(turn: Turn, event: EventOf<'FormSubmitted'>, { person, programme }: Follow): Notice | undefined {
  if (!programme) return undefined;
  const correction = keepWords(turn, event, 'correction', event.inputs['correction']?.trim() ?? '');
  commandPerson(person, { type: 'CorrectIntroduction', programmeId: programme.ref.id, correction }, turn.now);
  return { kind: 'introduction-corrected', person: namerOf(person, programme.ref.id) };
}

function setUp(turn: Turn, event: EventOf<'FormSubmitted'>, { person }: Follow): Notice {
  commandPerson(person, { type: 'SetNudgeTime', time: event.inputs['time']?.trim() ?? turn.settings.nudgeTime }, turn.now);
  const [from, until] = ['holiday-from', 'holiday-until'].map((field) => startOfDay(event.inputs[field]?.trim() ?? '', person.state.zone));
  const away = until !== undefined && ({ type: 'TakeHoliday', ...(from !== undefined && { from }), until } as const);
  commandPerson(person, away || { type: 'EndHoliday' }, turn.now);
  return { kind: 'nudge-settings-saved' };
}

function startOfDay(date: string, zone: string): number | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? DateTime.fromISO(date, { zone }) : undefined;
  return day?.isValid ? day.toMillis() : undefined;
}

function dateOf(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toISODate() ?? '';
}

/** What the card of whoever pressed says afterwards. */
const shownOnCard: readonly Notice['kind'][] = ['introduction-accepted', 'introduction-declined', 'introduction-corrected', 'nudge-thanks', 'saved'];

export async function respond(dependencies: HandleDependencies, turn: Turn, rowId: string, notice: Notice): Promise<void> {
  const people = 'person' in notice ? [notice.person] : [];
  for (const id of people) await personOf(turn, id);
  const ctx = await contextFor(dependencies, turn, { refersTo: [notice], people });
  turn.responses.set(rowId, {
    kind: 'notice',
    text: plainText(noticeText(ctx, notice)),
    ...(shownOnCard.includes(notice.kind) && { alsoOn: 'card' as const }),
  });
}
