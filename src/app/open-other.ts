import type { AlignmentState, StartedAlignment } from '../domain/state.ts';
import { audienceOf } from './hear.ts';
import type { InboundEvent } from './ports.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import { bind, command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';

/**
 * Opens one of the further requests of a message, in the thread that was made for it. Whoever asked stays its requester; its words stay where the
 * message is kept. Nothing happens when the reference leads nowhere.
 */
export async function openOther(store: Pick<Store, 'aggregates'>, turn: Turn, event: Extract<InboundEvent, { type: 'CommandGiven' }>): Promise<void> {
  if (!event.other) return;
  const { state } = await workOnAlignment(turn, store, event.other.alignment);
  if (state.status === 'new' || state.conversation.tenant !== turn.tenant) return;
  const other = state.others?.[event.other.index];
  if (other?.startedAs === undefined) return;
  const alignment = await workOnAlignment(turn, store, other.startedAs);
  const opening = {
    id: other.startedAs,
    by: event.personId,
    act: event.eventKey,
    standing: standingOf(turn.settings, event.personId),
    conversation: event.conversation,
    requester: state.requester,
    request: other.request,
    ...(state.requestMessage !== undefined && { requestMessage: state.requestMessage }),
    understood: other.understood,
    reasons: ['other-request'],
    splitFrom: state.id,
    answers: [],
    audience: audienceOf(event.conversation),
  };
  command(alignment, { type: 'OpenAlignment', ...opening }, turn.now);
  bind(turn, event.conversation, alignment.ref);
}

/** The alignments that were made of further requests of this one's message. */
export async function startedFrom(store: Pick<Store, 'aggregates'>, turn: Turn, state: AlignmentState): Promise<WorkingAlignment[]> {
  if (state.status === 'new') return [];
  const ids = (state.others ?? []).flatMap(({ startedAs }) => startedAs ?? []);
  return Promise.all(ids.map((id) => workOnAlignment(turn, store, id)));
}

/** Whether the words of the request serve another alignment still: then they outlive this one. */
export async function areWordsShared(store: Pick<Store, 'aggregates'>, turn: Turn, state: StartedAlignment): Promise<boolean> {
  const source = state.splitFrom === undefined ? undefined : await workOnAlignment(turn, store, state.splitFrom);
  const first = source && source.state.status !== 'new' ? source.state : state;
  const family = [...(source ? [source] : []), ...(await startedFrom(store, turn, first))];
  return family.some(({ state: { status }, ref }) => ref.id !== state.id && status !== 'new' && status !== 'declined');
}
