import type { AlignmentState, StartedAlignment } from '../domain/state.ts';
import { leads, takesPart, waitsFor } from '../domain/taking-part.ts';
import type { HomeAlignment } from '../views/home.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { ifReadable } from './if-readable.ts';
import { partnersOf } from './standing.ts';
import { requestLink } from './thread-link.ts';
import { type Turn, workOnAlignment } from './turn.ts';
import type { Viewer } from './viewer.ts';

// What fits on one screen; the newest come first.
const shown = 20;
// So many are looked through for those that this person may see.
const searched = 100;
const openStatuses = ['suggested', 'clarifying', 'reviewing', 'aligned', 'paused'] as const;
const claimableStatuses = ['clarifying', 'reviewing', 'aligned', 'paused'] as const;

type Dependencies = Pick<HandleDependencies, 'store' | 'logger'>;

/** The requests that this person takes part in, newest first. */
export async function requestsOf({ store, logger }: Dependencies, turn: Turn, viewer: Viewer): Promise<HomeAlignment[]> {
  const rows = await store.aggregates.list({ tenant: turn.tenant, kind: 'alignment', person: viewer.personId, statuses: openStatuses, limit: searched });
  const requests: HomeAlignment[] = [];
  for (const { ref, updatedAt } of rows) {
    if (requests.length === shown) break;
    const state = (await ifReadable(logger, ref, () => workOnAlignment(turn, store, ref.id)))?.state;
    if (state && isOfTenant(turn, state) && (await maySee(state, viewer))) requests.push(await requestOf(turn, viewer, state, updatedAt));
  }
  return requests;
}

/** For a listed L&D partner: what nobody has claimed yet in the channels that they cover and read. */
export async function unclaimedFor({ store, logger }: Dependencies, turn: Turn, viewer: Viewer): Promise<HomeAlignment[]> {
  if (!turn.settings.partners.some((partner) => partner.personId === viewer.personId)) return [];
  const rows = await store.aggregates.list({ tenant: turn.tenant, kind: 'alignment', statuses: claimableStatuses, limit: searched });
  const unclaimed: HomeAlignment[] = [];
  for (const { ref, updatedAt, place } of rows) {
    if (unclaimed.length === shown) break;
    if (place === undefined || !partnersOf(turn.settings, place).includes(viewer.personId) || !(await viewer.isMember(place))) continue;
    const state = (await ifReadable(logger, ref, () => workOnAlignment(turn, store, ref.id)))?.state;
    if (!state || !isOfTenant(turn, state) || isPrivateChat(state)) continue;
    if (state.partners.length === 0 && state.requester !== viewer.personId) unclaimed.push(await requestOf(turn, viewer, state, updatedAt));
  }
  return unclaimed;
}

/** The list knows the tenant but not the platform; two platforms could name theirs alike. */
function isOfTenant(turn: Turn, state: AlignmentState): state is StartedAlignment {
  return state.status !== 'new' && state.conversation.tenant === turn.tenant && state.conversation.channel === turn.channel.name;
}

/** Whoever is only named sees it where they could read it anyway, and a suggestion is for its author alone. */
async function maySee(state: StartedAlignment, viewer: Viewer): Promise<boolean> {
  if (state.status === 'suggested') return state.requester === viewer.personId;
  return takesPart(state, viewer.personId) || (!isPrivateChat(state) && (await viewer.isMember(state.conversation.place)));
}

function isPrivateChat({ conversation }: StartedAlignment): boolean {
  return conversation.thread === '';
}

async function requestOf(turn: Turn, viewer: Viewer, state: StartedAlignment, updatedAt: number): Promise<HomeAlignment> {
  const { conversation, understood, status, id } = state;
  const waiting = waitsFor(state);
  // Who is asked in a private conversation, and what is decided there, is between those who lead it.
  const mayKnow = !(isPrivateChat(state) || state.privately) || leads(state, viewer.personId);
  const link = !isPrivateChat(state) && (await viewer.isMember(conversation.place)) ? await requestLink(turn, state) : undefined;
  return {
    alignment: id,
    understood,
    ...(mayKnow && state.coaching && { coaching: { decisions: state.coaching.decisions } }),
    status,
    // What was pressed since does not change the day on which it was agreed.
    updatedAt: state.status === 'aligned' ? state.alignedAt : updatedAt,
    waitsFor: waiting.includes(viewer.personId) ? 'you' : mayKnow ? waiting : [],
    ...(link !== undefined && { link }),
  };
}
