import { workingDaysLater } from '../domain/calendar.ts';
import type { FitnessCommand } from '../domain/fitness-command.ts';
import { sponsors } from '../domain/fitness-reviewer.ts';
import { type ChangeAction, fewestAnonymous, fitnessElements, mostActions, mostAsked, type Phase, type Scale } from '../domain/fitness-state.ts';
import type { ViewContext } from '../views/context.ts';
import { people } from '../views/context.ts';
import { actionLimit, openDays, personFields } from '../views/fitness-forms.ts';
import { type FieldProblem, fieldError } from '../views/forms.ts';
import { plainText } from '../views/text.ts';
import { keepNote } from './fitness-notes.ts';
import { peopleIn } from './fitness-people.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import { knownPerson, obeyPress, type Pressed } from './take-press.ts';
import { personOf, type Turn } from './turn.ts';
import { contextFor, contextOf } from './view-context.ts';

type Form = { event: Extract<InboundEvent, { type: 'FormSubmitted' }>; pressed: Pressed; value: { action?: string | undefined; change?: 'true' | undefined } };

/** Whom to ask and how, checked field by field; then they are asked. */
export async function takeOpening(dependencies: HandleDependencies, turn: Turn, rowId: string, { event, pressed }: Form): Promise<void> {
  const { words } = dependencies.prompts;
  const { state, alignment, by } = pressed;
  const { inputs } = event;
  const errors = (field: string, text: string) => turn.responses.set(rowId, { kind: 'errors', errors: { [field]: text } });
  const ctx = await contextOf(dependencies, turn, state);
  const found = await peopleIn(turn, state, inputs);
  if ('field' in found) {
    errors(found.field, found.unclear === undefined ? fieldError(ctx, 'person') : words.plain('fitness.name-unclear', { name: found.unclear }));
    return;
  }
  const ask = found.people;
  const anonymous = inputs['anonymous'] === 'true';
  if (ask.length === 0) return void errors(personFields[0], words.plain('fitness.nobody'));
  if (ask.length > mostAsked) return void errors('people', words.plain('fitness.too-many', { count: String(mostAsked) }));
  if (anonymous && ask.length < fewestAnonymous) return void errors('anonymous', words.plain('fitness.too-few-anonymous', { count: String(fewestAnonymous) }));
  const days = Number(openDays.find((count) => count === inputs['days']) ?? '3');
  const { timeZone } = await personOf(turn, by.by);
  const keys = anonymous ? { keys: ask.map(() => dependencies.newId()) } : {};
  const order: FitnessCommand = {
    type: 'OpenFitness',
    ...by,
    anonymous,
    ...keys,
    elements: fitnessElements.filter((element) => element !== 'shared-values' || inputs['values'] === 'true'),
    ask,
    closesAt: workingDaysLater(turn.now, days, timeZone),
  };
  await obeyPress(dependencies, turn, rowId, pressed, order);
  if (turn.responses.has(rowId) || !alignment.events.some((told) => told.type === 'FitnessOpened')) return;
  const named = await contextFor(dependencies, turn, { refersTo: [], people: ask });
  turn.responses.set(rowId, { kind: 'notice', text: plainText(words.say('fitness.asked', { people: people(named, ask) })) });
}

type Fields = Partial<Pick<ChangeAction, 'element' | 'impact' | 'cost' | 'phase' | 'owner'>> & { what?: string };

/** A new action, another version of one, or its end. */
export async function takeAction(dependencies: HandleDependencies, turn: Turn, rowId: string, form: Form): Promise<void> {
  const { event, pressed, value } = form;
  const { state, by } = pressed;
  const ctx = await contextOf(dependencies, turn, state);
  const errors = (given: Record<string, string>) => void turn.responses.set(rowId, { kind: 'errors', errors: given });
  const read = await fieldsOf(turn, event.inputs);
  if ('problem' in read) return errors({ [read.field]: problemText(ctx, read.problem) });
  const noted = state.fitness?.actions ?? [];
  const which = value.action ?? event.inputs['which'];
  const changes = (value.change ?? value.action) !== undefined;
  const before = changes ? noted.find(({ id }) => id === which) : undefined;
  if (changes && !before) return errors({ which: fieldError(ctx, 'choice') });
  if (before && event.inputs['remove'] === 'true') return saved(dependencies, turn, rowId, pressed, { type: 'RemoveAction', ...by, id: before.id });
  const { what, ...rest } = read.fields;
  const { element, impact, cost, phase, owner } = { ...before, ...rest };
  const missing = (['what', 'element', 'impact', 'cost', 'phase'] as const).find((field) =>
    field === 'what' ? !(what ?? before) : { element, impact, cost, phase }[field] === undefined,
  );
  if (missing || !element || !impact || !cost || !phase) return errors({ [missing ?? 'what']: fieldError(ctx, missing === 'what' ? 'required' : 'choice') });
  if (!before && noted.length >= mostActions) return errors({ what: ctx.words.plain('fitness.actions-full', { count: String(mostActions) }) });
  const text = what === undefined ? before?.text : keepNote(turn, event, 'what', what);
  if (!text) return errors({ what: fieldError(ctx, 'required') });
  if (before && what !== undefined) turn.eraseTexts.add(before.text.textId);
  const action = { id: before?.id ?? dependencies.newId(), element, text, impact, cost, phase, ...(owner !== undefined && { owner }) };
  await saved(dependencies, turn, rowId, pressed, { type: 'NoteAction', ...by, action });
}

async function saved(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed, order: FitnessCommand): Promise<void> {
  await obeyPress(dependencies, turn, rowId, pressed, order);
  if (!turn.responses.has(rowId)) turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('fitness.saved'), alsoOn: 'card' });
}

function problemText(ctx: ViewContext, problem: FieldProblem): string {
  return problem === 'too-long' ? ctx.words.plain('fitness.too-long', { count: String(actionLimit) }) : fieldError(ctx, problem);
}

/** What was filled in. */
async function fieldsOf(turn: Turn, inputs: Readonly<Record<string, string>>): Promise<{ fields: Fields } | { field: string; problem: FieldProblem }> {
  const what = inputs['what']?.trim();
  if (what && what.length > actionLimit) return { field: 'what', problem: 'too-long' };
  const fields: Fields = what ? { what } : {};
  const element = fitnessElements.find((each) => each === inputs['element']);
  const [impact, cost] = [scaleOf(inputs['impact']), scaleOf(inputs['cost'])];
  const phase = (['now', 'next', 'later'] as const satisfies readonly Phase[]).find((each) => each === inputs['phase']);
  const chosen = inputs['owner']?.trim();
  const owner = chosen ? await knownPerson(turn, chosen) : undefined;
  if (chosen && owner === undefined) return { field: 'owner', problem: 'person' };
  if (owner !== undefined) await personOf(turn, owner);
  return {
    fields: {
      ...fields,
      ...(element && { element }),
      ...(impact && { impact }),
      ...(cost && { cost }),
      ...(phase && { phase }),
      ...(owner !== undefined && { owner }),
    },
  };
}

function scaleOf(given: string | undefined): Scale | undefined {
  return ([1, 2, 3, 4, 5] as const).find((value) => String(value) === given);
}

/** Who looks over the results; nobody who wants the training, or owns the change. */
export async function takeReviewer(dependencies: HandleDependencies, turn: Turn, rowId: string, { event, pressed }: Form): Promise<void> {
  const { state, by } = pressed;
  const ctx = await contextOf(dependencies, turn, state);
  const personId = await knownPerson(turn, event.inputs['person']);
  if (personId === undefined || sponsors(state).includes(personId)) {
    const text = personId === undefined ? fieldError(ctx, 'person') : ctx.words.plain('fitness.reviewer-sponsor');
    turn.responses.set(rowId, { kind: 'errors', errors: { person: text } });
    return;
  }
  if (state.fitness?.reviewer !== personId) return saved(dependencies, turn, rowId, pressed, { type: 'ChooseReviewer', ...by, personId });
}
