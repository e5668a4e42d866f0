import { dayMs, retentionChoices } from '../domain/retention.ts';
import { fieldError } from '../views/forms.ts';
import { neverErased, retentionForm } from '../views/retention.ts';
import { notice } from './administer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InteractionResponse } from './ports.ts';
import { retentionOf } from './retention.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** The form in which an admin chooses; each choice says what it would erase at once. */
export async function openRetentionForm(dependencies: HandleDependencies, turn: Turn): Promise<InteractionResponse> {
  const { retentionDays: most, store } = dependencies;
  const touched = await store.retention.over(turn.tenant);
  const allowed = choicesWithin(most).map((days) => ({ days, erasesNow: touched.filter((each) => each + days * dayMs <= turn.now).length }));
  const days = retentionOf(dependencies, turn.settings);
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const choices = [...allowed, ...(most === undefined ? [{ erasesNow: 0 }] : [])];
  return { kind: 'form', form: retentionForm(ctx, choices, { ...(days !== undefined && { days }), ...(most !== undefined && { most }) }) };
}

/** Keeps what was chosen; it holds from the next hour on. */
export async function takeRetentionForm(dependencies: HandleDependencies, turn: Turn, inputs: Readonly<Record<string, string>>): Promise<InteractionResponse> {
  const { retentionDays: most, store } = dependencies;
  const given = inputs['days'];
  const chosen = choicesWithin(most).find((days) => String(days) === given);
  if (chosen === undefined && !(given === neverErased && most === undefined)) {
    const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
    return { kind: 'errors', errors: { days: fieldError(ctx, 'choice') } };
  }
  await store.settings.change(turn.tenant, ({ retentionDays: _before, ...current }) =>
    chosen === undefined ? current : { ...current, retentionDays: chosen },
  );
  return notice(dependencies, turn, { kind: 'saved' });
}

/** The installation's own limit is a choice, too, even where it is none of the usual ones. */
function choicesWithin(most: number | undefined): number[] {
  if (most === undefined) return [...retentionChoices];
  return [...retentionChoices.filter((days) => days < most), most];
}
