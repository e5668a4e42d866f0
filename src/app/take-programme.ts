import { DateTime } from 'luxon';
import { DomainError } from '../domain/errors.ts';
import type { EscalationChoice, PilotChoice, Worth } from '../domain/programme-event.ts';
import { leadsOf } from '../domain/programme-pace.ts';
import type { ViewContext } from '../views/context.ts';
import { endForm } from '../views/programme-runs.ts';
import { plainText } from '../views/text.ts';
import { commandProgramme } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { endOfDay } from './programme-dates.ts';
import { attempt, type EventOf, followOf, respond, wordsOf } from './take-follow-through.ts';
import { openPlan, takePlan } from './take-plan.ts';
import type { Turn, WorkingProgramme } from './turn.ts';
import { contextFor } from './view-context.ts';

const choices: ReadonlyMap<string, EscalationChoice> = new Map([
  ['escalation-help', 'help'],
  ['escalation-replan', 'replan'],
  ['escalation-stop', 'stop'],
]);
const answers: ReadonlyMap<string, Worth> = new Map([
  ['worth-yes', 'yes'],
  ['worth-partly', 'partly'],
  ['worth-no', 'no'],
]);
const pilots: ReadonlyMap<string, PilotChoice> = new Map([
  ['pilot-widen', 'widen'],
  ['pilot-change', 'change'],
  ['pilot-stop', 'stop'],
]);
const forms: readonly string[] = ['change-end', 'submit-end', 'plan-status', 'submit-plan-status'];

/** What those who lead a programme decide, and what everybody answers at its end. */
export function isOfProgramme(action: string): boolean {
  return choices.has(action) || pilots.has(action) || answers.has(action) || forms.includes(action);
}

export async function takeProgrammePress(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'ActionTaken'>): Promise<void> {
  const follow = await followOf(dependencies, turn, event);
  const programme = follow?.programme;
  const [choice, pilot, worth] = [choices.get(event.action), pilots.get(event.action), answers.get(event.action)];
  if (!programme || (!choice && !pilot && !worth)) return respond(dependencies, turn, rowId, { kind: 'unknown-button' });
  if (worth) return takeWorth(dependencies, turn, rowId, { event, programme, worth });
  const told = await attempt(turn, async () => {
    const by = event.personId;
    if (pilot) commandProgramme(programme, { type: 'AnswerPilot', by, choice: pilot }, turn.now);
    if (choice) commandProgramme(programme, { type: 'AnswerEscalation', by, week: follow.week, choice }, turn.now);
    if (choice === 'stop' || pilot === 'stop') commandProgramme(programme, { type: 'EndProgramme', reason: 'stopped' }, turn.now);
    return { kind: 'saved' };
  });
  await respond(dependencies, turn, rowId, told ?? { kind: 'unknown-button' });
}

type Worthy = { event: EventOf<'ActionTaken'>; programme: WorkingProgramme; worth: Worth };

async function takeWorth(dependencies: HandleDependencies, turn: Turn, rowId: string, { event, programme, worth }: Worthy): Promise<void> {
  const { words } = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const text = wordsOf(turn, event, ['worth-line']);
  try {
    commandProgramme(programme, { type: 'AnswerWorth', by: event.personId, worth, ...(text && { text }) }, turn.now);
    turn.responses.set(rowId, { kind: 'notice', text: words.plain('worth.thanks'), alsoOn: 'card' });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code !== 'outdated') return respond(dependencies, turn, rowId, { kind: 'refused', code: error.code, who: [] });
    turn.responses.set(rowId, { kind: 'notice', text: words.plain('worth.over') });
  }
}

export async function openProgrammeForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormRequested'>): Promise<void> {
  const programme = (await followOf(dependencies, turn, event))?.programme;
  if (programme?.state.status !== 'running') return respond(dependencies, turn, rowId, { kind: 'refused', code: 'not_open', who: [] });
  if (event.action === 'plan-status') return openPlan(dependencies, turn, rowId, { personId: event.personId, programme });
  const { content, endsAt = turn.now } = programme.state;
  if (!leadsOf(content).includes(event.personId)) return respond(dependencies, turn, rowId, { kind: 'refused', code: 'not_allowed', who: [] });
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const end = DateTime.fromMillis(endsAt, { zone: content.zone }).toISODate() ?? '';
  turn.responses.set(rowId, { kind: 'form', form: endForm(ctx, { programme: programme.ref.id, end }) });
}

export async function takeProgrammeForm(dependencies: HandleDependencies, turn: Turn, rowId: string, event: EventOf<'FormSubmitted'>): Promise<void> {
  const programme = (await followOf(dependencies, turn, event))?.programme;
  if (programme?.state.status !== 'running') return respond(dependencies, turn, rowId, { kind: 'refused', code: 'not_open', who: [] });
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  if (event.submit === 'submit-plan-status') return takePlan(dependencies, turn, rowId, { event, programme });
  const endsAt = endOfDay(event.inputs['end']?.trim() ?? '', programme.state.content.zone);
  if (endsAt === undefined) return wrongEnd(turn, rowId, ctx);
  try {
    commandProgramme(programme, { type: 'ChangeEnd', by: event.personId, endsAt }, turn.now);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code === 'not_open' ? wrongEnd(turn, rowId, ctx) : respond(dependencies, turn, rowId, { kind: 'refused', code: error.code, who: [] });
  }
  const text = plainText(ctx.words.say('programme.end-saved', { date: [{ at: endsAt, as: 'date' }] }), programme.state.content.zone);
  turn.responses.set(rowId, { kind: 'notice', text, alsoOn: 'card' });
}

function wrongEnd(turn: Turn, rowId: string, { words }: ViewContext): void {
  turn.responses.set(rowId, { kind: 'errors', errors: { end: words.plain('form-error.end-date') } });
}
