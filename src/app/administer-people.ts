import { everywhere, partnerError, partnerForm, rhythmForm } from '../views/admin-forms.ts';
import { fieldError } from '../views/forms.ts';
import { notice, refusalUnlessAdmin } from './administer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse, TenantSettings } from './ports.ts';
import { placesFor } from './start-form.ts';
import { knownPerson } from './take-press.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

type FormSubmitted = Extract<InboundEvent, { type: 'FormSubmitted' }>;
type Partner = TenantSettings['partners'][number];

/** So many fit on Home with a button each (Slack: a hundred blocks a view, docs: App Home). */
const mostPartners = 30;
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The form for one more L&D partner: channels that the admin reads themselves can be chosen. */
export async function openPartnerForm(dependencies: HandleDependencies, turn: Turn, personId: string): Promise<InteractionResponse> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  return { kind: 'form', form: partnerForm(ctx, await placesFor(turn, personId)) };
}

/** The form for quiet hours and the time of the weekly question. */
export async function openRhythmForm(dependencies: HandleDependencies, turn: Turn): Promise<InteractionResponse> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  return { kind: 'form', form: rhythmForm(ctx, turn.settings) };
}

/** Lists somebody as L&D partner, for one channel or for every one. */
export async function takePartnerForm(dependencies: HandleDependencies, turn: Turn, { personId, inputs }: FormSubmitted): Promise<InteractionResponse> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const partner = await knownPerson(turn, inputs['person']);
  if (partner === undefined) return { kind: 'errors', errors: { person: fieldError(ctx, 'person') } };
  const place = inputs['place'] === everywhere ? undefined : (await placesFor(turn, personId)).find((one) => one.place === inputs['place'])?.place;
  if (inputs['place'] !== everywhere && place === undefined) return { kind: 'errors', errors: { place: fieldError(ctx, 'choice') } };
  const { store } = dependencies;
  const outcome: { added?: Added } = {};
  await store.settings.change(turn.tenant, (current) => {
    const added = withPartner(current.partners, partner, place);
    outcome.added = added;
    return typeof added === 'string' ? current : { ...current, partners: added };
  });
  const { added } = outcome;
  if (added === 'covers-all') return { kind: 'errors', errors: { place: partnerError(ctx, added, mostPartners) } };
  if (added === 'too-many') return { kind: 'errors', errors: { person: partnerError(ctx, added, mostPartners) } };
  return notice(dependencies, turn, { kind: 'saved' });
}

type Added = readonly Partner[] | 'covers-all' | 'too-many';

/** With `place` undefined they cover every channel. */
function withPartner(partners: readonly Partner[], personId: string, place: string | undefined): Added {
  const listed = partners.find((one) => one.personId === personId);
  if (listed && !listed.places && place !== undefined) return 'covers-all';
  if (!listed && partners.length >= mostPartners) return 'too-many';
  const added: Partner = place === undefined ? { personId } : { personId, places: [...new Set([...(listed?.places ?? []), place])] };
  return listed ? partners.map((one) => (one === listed ? added : one)) : [...partners, added];
}

/** Takes somebody off the list, or one channel from what they cover. */
export async function removePartner(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, value }: Extract<InboundEvent, { type: 'ActionTaken' }>,
): Promise<InteractionResponse> {
  const refused = await refusalUnlessAdmin(dependencies, turn, personId);
  if (refused) return refused;
  const { settings } = dependencies.store;
  let isGone = false;
  await settings.change(turn.tenant, (current) => {
    const partners = current.partners.flatMap((one) => (one.personId === value['person'] ? without(one, value['place']) : one));
    isGone = JSON.stringify(partners) === JSON.stringify(current.partners);
    return isGone ? current : { ...current, partners };
  });
  return notice(dependencies, turn, { kind: isGone ? 'partner-gone' : 'saved' });
}

function without(partner: Partner, place: string | undefined): Partner[] {
  if (place === undefined) return [];
  // They cover every channel by now: that was not what was pressed.
  if (!partner.places) return [partner];
  const places = partner.places.filter((one) => one !== place);
  return places.length === 0 ? [] : [{ ...partner, places }];
}

/** Keeps the quiet hours and the time of the weekly question; times that were planned already stay. */
export async function takeRhythmForm(dependencies: HandleDependencies, turn: Turn, { inputs }: FormSubmitted): Promise<InteractionResponse> {
  const fields = ['quiet-start', 'quiet-end', 'nudge-time'] as const;
  const wrong = fields.filter((field) => !clockTime.test(inputs[field] ?? ''));
  if (wrong.length > 0) {
    const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
    return { kind: 'errors', errors: Object.fromEntries(wrong.map((field) => [field, fieldError(ctx, 'time')])) };
  }
  const chosen = { quietHours: { start: inputs['quiet-start'] ?? '', end: inputs['quiet-end'] ?? '' }, nudgeTime: inputs['nudge-time'] ?? '' };
  await dependencies.store.settings.change(turn.tenant, (current) => ({ ...current, ...chosen }));
  return notice(dependencies, turn, { kind: 'saved' });
}
