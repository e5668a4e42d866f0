import { actionResults } from '../domain/programme-plan.ts';
import { maySettle } from '../domain/programme-settle.ts';
import { planForm, planInputId } from '../views/programme-plan.ts';
import { commandProgramme } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { attempt, type EventOf, respond } from './take-follow-through.ts';
import type { Turn, WorkingProgramme } from './turn.ts';
import { contextFor } from './view-context.ts';

type Press = { personId: string; programme: WorkingProgramme };

/** What else must change, as far as it is this person's to say what became of it. */
function theirs({ personId, programme: { state } }: Press) {
  return state.status === 'new' ? [] : actionResults(state).filter((action) => maySettle(state.content, personId, action));
}

export async function openPlan(dependencies: HandleDependencies, turn: Turn, rowId: string, press: Press): Promise<void> {
  const actions = theirs(press);
  const ctx = await contextFor(dependencies, turn, { refersTo: actions, people: [] });
  if (actions.length === 0) turn.responses.set(rowId, { kind: 'notice', text: ctx.words.plain('plan.nothing-yours') });
  else turn.responses.set(rowId, { kind: 'form', form: planForm(ctx, { programme: press.programme.ref.id, actions }) });
}

/** Of what came back only what is theirs counts. */
export async function takePlan(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  { event, programme }: { event: EventOf<'FormSubmitted'>; programme: WorkingProgramme },
): Promise<void> {
  const by = event.personId;
  const refused = await attempt(turn, async () => {
    for (const { id: action } of theirs({ personId: by, programme })) {
      const outcome = (['open', 'done', 'dropped'] as const).find((each) => each === event.inputs[planInputId(action)]);
      if (outcome) commandProgramme(programme, { type: 'SettleAction', by, action, outcome }, turn.now);
    }
    return undefined;
  });
  if (refused) return respond(dependencies, turn, rowId, refused);
  const { words } = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  turn.responses.set(rowId, { kind: 'notice', text: words.plain('plan.saved') });
}
