import { hasNoThreads } from '../domain/conversation.ts';
import type { AlignmentState } from '../domain/state.ts';
import { administrationOf, takeAdministration } from './administer.ts';
import { removeCause } from './administer-causes.ts';
import { removePartner } from './administer-people.ts';
import { choosePrompts } from './choose-prompts.ts';
import { followTimer } from './follow-through.ts';
import { forgetMe } from './forget-me.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { hear } from './hear.ts';
import { homeOf } from './home.ts';
import { noteSignOfLife, takeInstallation, takeMember, takePlace, takeRefusal } from './installation.ts';
import { answerOwnData, exportMyData } from './my-data.ts';
import { startedFrom } from './open-other.ts';
import { comesAtNight } from './own-timers.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { type MessageEvent, refOf } from './read-message.ts';
import { remind } from './remind.ts';
import { byOf, forget, reply } from './reply.ts';
import type { InboxRow } from './store.ts';
import { coachingPress, takeCoachingPress } from './take-coaching.ts';
import { takeCommand } from './take-command.ts';
import { isFitness, takeFitnessPress } from './take-fitness.ts';
import { isFollowThrough, takeFollowThrough } from './take-follow-through.ts';
import { takeForm, takeFormRequest } from './take-form.ts';
import { isOfOpenPoint, takeOpenPointPress } from './take-open-points.ts';
import { takePress } from './take-press.ts';
import { isOfProgramme, takeProgrammePress } from './take-programme.ts';
import { isPromise, takePromisePress } from './take-promise.ts';
import { isVendor, takeVendor } from './take-vendor.ts';
import { taughtLanguage } from './tenant-language.ts';
import { boundTo, command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { sendWhatIsKept } from './unreached.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;

/** Takes the rows of a stream in their order; messages of one person that follow each other are one burst. */
export async function takeRows(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  const rows = [...turn.leased.rows];
  for (let row = rows.shift(); row; row = rows.shift()) {
    const { event } = row;
    if (event.type === 'MessagePosted' || event.type === 'MessageEdited' || event.type === 'MessageRestored') {
      const burst: MessageEvent[] = [event];
      for (let next = rows[0]; next && belongsTo(event, next.event); next = rows[0]) {
        burst.push(next.event);
        rows.shift();
      }
      await noteSignOfLife(dependencies, turn, event.conversation);
      // Whoever writes to Plumb alone can be reached there, whether or not that was heard before.
      if (event.conversation.thread === '' && 'addressed' in event && event.addressed)
        await sendWhatIsKept(dependencies, turn, event.personId, event.conversation);
      await takeMessages(dependencies, turn, burst);
    } else {
      await takeRow(dependencies, turn, row, event);
    }
  }
}

function belongsTo(first: MessageEvent, next: InboundEvent): next is EventOf<'MessagePosted'> {
  return (
    first.type === 'MessagePosted' &&
    next.type === 'MessagePosted' &&
    next.personId === first.personId &&
    next.conversation.thread === first.conversation.thread
  );
}

async function takeMessages(dependencies: HandleDependencies, turn: Turn, burst: readonly MessageEvent[]): Promise<void> {
  const [first, ...rest] = burst;
  if (!first) return;
  if ((await answerOwnData(dependencies, turn, first)) || (await choosePrompts(dependencies, turn, first))) return takeMessages(dependencies, turn, rest);
  const ref = await boundTo(turn, dependencies.store, first.conversation);
  if (ref?.kind === 'alignment') {
    const alignment = await workOnAlignment(turn, dependencies.store, ref.id);
    const addressed = burst.some((event) => 'addressed' in event && event.addressed);
    const inTheWay = await isInTheWay(dependencies, turn, alignment.state, { first, addressed });
    if (addressed && !inTheWay) takeUp(turn, alignment, first);
    const { status } = alignment.state;
    if (!inTheWay && status !== 'closed' && status !== 'declined') return reply(dependencies, turn, alignment, burst);
    // What is over stays over, unless somebody speaks to Plumb again: then it is a new request. In a chat without threads it never ends the listening.
    if (!addressed && !hasNoThreads(first.conversation)) return;
  }
  const heard = await hear(dependencies, turn, first);
  if (heard === 'hello') turn.greetings.push({ conversation: first.conversation, personId: first.personId });
  return takeMessages(dependencies, turn, rest);
}

/** Whoever speaks to Plumb in the thread of a message whose author got a private question about it wants to start; the author stays the requester. */
function takeUp(turn: Turn, alignment: WorkingAlignment, event: MessageEvent): void {
  const { state } = alignment;
  if (state.status !== 'suggested') return;
  const by = byOf(turn, event);
  if (state.requester === event.personId) command(alignment, { type: 'AcceptSuggestion', ...by }, turn.now);
  else command(alignment, { type: 'OpenAlignment', ...state, ...by, reasons: ['mentioned', ...state.reasons], answers: [] }, turn.now);
}

/**
 * A chat without threads: what is agreed, withdrawn, or was only suggested to somebody alone must not stand in the way of the next request there. A
 * suggestion is its author's to take up; nobody else may learn of it.
 */
async function isInTheWay(
  { language, store }: HandleDependencies,
  turn: Turn,
  state: AlignmentState,
  { first, addressed }: { first: MessageEvent; addressed: boolean },
): Promise<boolean> {
  const { conversation, text, mentions, personId } = first;
  if (!hasNoThreads(conversation) || state.status === 'new') return false;
  // An edit of the request is about that request.
  if (first.type !== 'MessagePosted' && refOf(first) === state.requestMessage) return false;
  const suggested = state.status === 'suggested';
  if (suggested && (state.requester !== personId || !addressed)) return true;
  if (!suggested && state.status !== 'aligned' && state.status !== 'withdrawn') return false;
  const around = peopleAround(turn, conversation.place);
  return (await language.spotRequest({ text, mentions, tenant: await taughtLanguage(turn, store), around })).band === 'sure';
}

async function takeRow(dependencies: HandleDependencies, turn: Turn, row: InboxRow, event: Exclude<InboundEvent, MessageEvent>): Promise<void> {
  switch (event.type) {
    case 'MessageDeleted': {
      const ref = await boundTo(turn, dependencies.store, event.conversation);
      if (ref?.kind !== 'alignment') return;
      const alignment = await workOnAlignment(turn, dependencies.store, ref.id);
      forget(turn, alignment, event);
      for (const made of await startedFrom(dependencies.store, turn, alignment.state)) forget(turn, made, event);
      return;
    }
    case 'ActionTaken':
      return takeAction(dependencies, turn, row, event);
    case 'FormRequested':
      return takeFormRequest(dependencies, turn, row.id, event);
    case 'FormSubmitted':
      return takeForm(dependencies, turn, row.id, event);
    case 'CommandGiven':
      return takeCommand(dependencies, turn, row.id, event);
    case 'HomeOpened':
      turn.responses.set(row.id, { kind: 'card', card: await homeOf(dependencies, turn, event.personId) });
      return;
    case 'MemberChanged':
      return takeMember(dependencies, turn, event);
    case 'TimerDue':
      return takeTimer(dependencies, turn, event);
    case 'PlaceChanged':
      return takePlace(dependencies, turn, event);
    case 'InstallChanged':
      return takeInstallation(dependencies, turn, event);
    case 'DeliveryRefused':
      return takeRefusal(dependencies, turn, event);
    case 'FeedbackGiven':
      return countFeedback(dependencies, turn, event);
    default:
      return event satisfies never;
  }
}

/** How often, for each organisation and day; not by whom, and of what. */
async function countFeedback({ store }: HandleDependencies, turn: Turn, { useful }: EventOf<'FeedbackGiven'>): Promise<void> {
  const day = new Date(turn.now).toISOString().slice(0, 10);
  await store.usage.add({ tenant: turn.tenant, personId: '', day, what: useful ? 'feedback:useful' : 'feedback:not-useful' });
}

/** Presses on Home that concern no alignment and change what is kept of somebody or of the organisation. */
const answeredAtOnce: ReadonlyMap<string, (dependencies: HandleDependencies, turn: Turn, event: EventOf<'ActionTaken'>) => Promise<InteractionResponse>> =
  new Map([
    ['forget-me', forgetMe],
    ['export-my-data', exportMyData],
    ['remove-partner', removePartner],
    ['remove-cause', removeCause],
  ]);

async function takeAction(dependencies: HandleDependencies, turn: Turn, row: InboxRow, event: EventOf<'ActionTaken'>): Promise<void> {
  const answer = answeredAtOnce.get(event.action);
  if (answer) {
    turn.responses.set(row.id, await answer(dependencies, turn, event));
    return;
  }
  const administration = administrationOf(event.action);
  if (administration) return takeAdministration(dependencies, turn, row.id, event, administration);
  const coaching = coachingPress(event.action);
  if (coaching) return takeCoachingPress(dependencies, turn, row.id, event, coaching);
  if (isFitness(event.action)) return takeFitnessPress(dependencies, turn, row.id, event);
  if (isVendor(event.action)) return takeVendor(dependencies, turn, row.id, event, event.action);
  if (isPromise(event.action)) return takePromisePress(dependencies, turn, row.id, event);
  if (isOfOpenPoint(event.action)) return takeOpenPointPress(dependencies, turn, row.id, event);
  if (isOfProgramme(event.action)) return takeProgrammePress(dependencies, turn, row.id, event);
  return isFollowThrough(event.action) ? takeFollowThrough(dependencies, turn, row.id, event) : takePress(dependencies, turn, row.id, event);
}

async function takeTimer(dependencies: HandleDependencies, turn: Turn, event: EventOf<'TimerDue'>): Promise<void> {
  const { aggregate, key } = event.timer;
  if (aggregate.kind !== 'alignment') return followTimer(dependencies, turn, event.timer);
  const alignment = await workOnAlignment(turn, dependencies.store, aggregate.id);
  alignment.woken = true;
  const { state } = alignment;
  const order = remind(key);
  if (order && (state.status === 'new' || !(await comesAtNight(turn, state, key)))) command(alignment, order, turn.now);
}
