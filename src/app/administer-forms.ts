import type { PersonId } from '../domain/conversation.ts';
import { externalModelForm, ownWordsForm, wordsError } from '../views/admin-forms.ts';
import { notice, refusalUnlessAdmin } from './administer.ts';
import { openCauseForm, takeCauseForm } from './administer-causes.ts';
import { openPartnerForm, openRhythmForm, takePartnerForm, takeRhythmForm } from './administer-people.ts';
import { openRetentionForm, takeRetentionForm } from './administer-retention.ts';
import { openStrategyForm, takeStrategyForm } from './administer-strategy.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { namesLimit, readOwnWords } from './own-words.ts';
import type { InboundEvent, InteractionResponse, TenantSettings } from './ports.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

const opening = ['our-words', 'external-model', 'add-partner', 'rhythm', 'our-causes', 'our-strategy', 'retention'] as const;
const submitted = [
  'submit-our-words',
  'submit-external-model',
  'submit-add-partner',
  'submit-rhythm',
  'submit-our-causes',
  'submit-retention',
  'submit-strategy',
  'confirm-strategy',
] as const;

/** Forms of Home that an admin opens. */
export function administrationForm(action: string): (typeof opening)[number] | undefined {
  return opening.find((each) => each === action);
}

/** The same, coming back. */
export function submittedAdministration(submit: string): (typeof submitted)[number] | undefined {
  return submitted.find((each) => each === submit);
}

/** The form that such a button opens, for admins and, where it is theirs as well, listed L&D partners; a notice for everybody else. */
export async function openAdministration(
  dependencies: HandleDependencies,
  turn: Turn,
  personId: PersonId,
  action: (typeof opening)[number],
): Promise<InteractionResponse> {
  // L&D partners keep it, too.
  if (action === 'our-strategy') return openStrategyForm(dependencies, turn, personId);
  const refused = await refusalUnlessAdmin(dependencies, turn, personId);
  if (refused) return refused;
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  switch (action) {
    case 'our-words':
      return { kind: 'form', form: ownWordsForm(ctx, turn.settings.vocabulary, namesLimit) };
    case 'external-model':
      if (dependencies.model === 'none') return notice(dependencies, turn, { kind: 'refused', code: 'unknown_target', who: [] });
      return { kind: 'form', form: externalModelForm(ctx, turn.tenantLanguage.model) };
    case 'add-partner':
      return openPartnerForm(dependencies, turn, personId);
    case 'rhythm':
      return openRhythmForm(dependencies, turn);
    case 'our-causes':
      return openCauseForm(dependencies, turn);
    case 'retention':
      return openRetentionForm(dependencies, turn);
    default:
      return action satisfies never;
  }
}

/** A form may be forged, or come back after its sender is no admin any more. */
export async function takeAdministrationForm(
  dependencies: HandleDependencies,
  turn: Turn,
  event: Extract<InboundEvent, { type: 'FormSubmitted' }>,
  submit: (typeof submitted)[number],
): Promise<InteractionResponse> {
  const { personId, inputs } = event;
  if (submit === 'submit-strategy' || submit === 'confirm-strategy') return takeStrategyForm(dependencies, turn, event);
  const refused = await refusalUnlessAdmin(dependencies, turn, personId);
  if (refused) return refused;
  switch (submit) {
    case 'submit-our-words':
      return keepWords(dependencies, turn, inputs);
    case 'submit-external-model': {
      if (dependencies.model === 'none') return notice(dependencies, turn, { kind: 'refused', code: 'unknown_target', who: [] });
      await change(dependencies, turn, { externalModel: { conversations: inputs['conversations'] === 'true', hearing: inputs['hearing'] === 'true' } });
      return notice(dependencies, turn, { kind: 'saved' });
    }
    case 'submit-add-partner':
      return takePartnerForm(dependencies, turn, event);
    case 'submit-rhythm':
      return takeRhythmForm(dependencies, turn, event);
    case 'submit-our-causes':
      return takeCauseForm(dependencies, turn, event);
    case 'submit-retention':
      return takeRetentionForm(dependencies, turn, inputs);
    default:
      return submit satisfies never;
  }
}

async function keepWords(dependencies: HandleDependencies, turn: Turn, inputs: Readonly<Record<string, string>>): Promise<InteractionResponse> {
  const read = readOwnWords(inputs);
  if ('problems' in read) {
    const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
    return { kind: 'errors', errors: Object.fromEntries(Object.entries(read.problems).map(([field, problem]) => [field, wordsError(ctx, problem)])) };
  }
  await change(dependencies, turn, { vocabulary: read.vocabulary });
  return notice(dependencies, turn, { kind: 'saved' });
}

async function change({ store }: HandleDependencies, turn: Turn, chosen: Partial<TenantSettings>): Promise<void> {
  await store.settings.change(turn.tenant, (current) => ({ ...current, ...chosen }));
}
