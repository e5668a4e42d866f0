import type { Quote } from '../domain/conversation.ts';
import { readFigure } from '../domain/figures.ts';
import { kpiKey } from '../domain/kpis.ts';
import type { Reading } from '../domain/programme-event.ts';
import type { FieldProblem } from '../views/forms.ts';
import { readingInputId } from '../views/nudge.ts';
import { commandPerson, commandProgramme } from './follow-through.ts';
import type { InboundEvent } from './ports.ts';
import type { Turn, WorkingPerson, WorkingProgramme } from './turn.ts';

type Press = Pick<Extract<InboundEvent, { type: 'ActionTaken' }>, 'personId' | 'action' | 'inputs'>;
type Written = { key: string; field: string; body: string };

/** What stands in the fields for figures, in the order of the KPIs. */
function written({ inputs }: Press, { state }: WorkingProgramme): Written[] {
  if (state.status === 'new') return [];
  return state.content.kpis.flatMap((kpi) => {
    const key = kpiKey(kpi);
    const field = readingInputId(key);
    const body = inputs[field]?.trim() ?? '';
    return body === '' ? [] : [{ key, field, body }];
  });
}

/** What is wrong with the figures of a card, by field; also that there is none, where it asks for nothing else. */
export function readingProblems(press: Press, programme: WorkingProgramme): Record<string, FieldProblem> {
  const fields = written(press, programme);
  const [first] = programme.state.status === 'new' ? [] : programme.state.content.kpis;
  const problem = press.action === 'nudge-reading' ? 'figure-alone' : 'figure';
  if (press.action === 'nudge-reading' && fields.length === 0 && first) return { [readingInputId(kpiKey(first))]: problem };
  return Object.fromEntries(fields.flatMap(({ field, body }) => (readFigure(body) ? [] : [[field, problem]])));
}

/** Keeps the figures of a card, each under its author's own words. Returns whether there were any. Throws DomainError. */
export function takeReadings(
  turn: Turn,
  press: Press,
  { person, programme, week }: { person: WorkingPerson; programme: WorkingProgramme; week: string },
  keepWords: (field: string, body: string) => Quote,
): boolean {
  const fields = written(press, programme);
  const news = fields.flatMap(({ key, field, body }) => {
    const figure = readFigure(body);
    if (!figure || isKnown(programme, { kpi: key, week, ...figure })) return [];
    return commandProgramme(programme, { type: 'RecordReading', by: press.personId, kpi: key, ...figure, text: keepWords(field, body), week }, turn.now);
  });
  if (news.length > 0) commandPerson(person, { type: 'GiveReading', programmeId: programme.ref.id, week }, turn.now);
  return fields.length > 0;
}

/** The field shows what was given for the week, so it comes back with every further tap. */
function isKnown({ state }: WorkingProgramme, { kpi, week, value, unit }: Omit<Reading, 'text'>): boolean {
  if (state.status === 'new') return false;
  return state.readings.some((reading) => reading.kpi === kpi && reading.week === week && reading.value === value && reading.unit === unit);
}
