import type { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import { deedKey } from '../deed-key.ts';
import { type Ack, handOver, type Outcome } from '../hand-over.ts';
import { answer, answerInModal } from './answer.ts';
import { inputsModal } from './block-kit/inputs-modal.ts';
import { readContext } from './block-kit/read-context.ts';
import { readPress } from './block-kit/read-press.ts';
import type { ModalContext, Pressed } from './block-kit/rendering.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { PressedAction, PressPayload } from './payloads.ts';
import { conversationOf, homeOf, isDirect, isHome, type Place, placeOf } from './place.ts';
import type { Surface } from './tell.ts';
import type { Workspace } from './workspace.ts';

type Press = { surface: Surface; context: ModalContext; ephemeral: boolean; triggerId: string; eventKey: string };
type Plain = Exclude<Pressed, { kind: 'inputs' }>;

// What answers a private suggestion: after that it has done its work.
const answersSuggestion: readonly string[] = ['start', 'not-a-request'];

/** Takes a press on a button. It is acknowledged as soon as it is durable; what it leads to is shown to whoever pressed, when it is there. */
export async function takePress(dependencies: InteractionDependencies, workspace: Workspace, body: unknown, ack: Ack): Promise<void> {
  const payload = PressPayload.safeParse(body);
  const press = payload.success ? pressOf(payload.data, (place, ts) => dependencies.threads?.of(workspace.tenant, place, ts)) : undefined;
  const pressed = payload.success ? firstOf(payload.data.actions) : undefined;
  if (!press || !pressed) {
    // A link, a picker that changes nothing by itself, or a card of a version that is no more.
    await ack();
    return;
  }
  if (pressed.kind === 'inputs') {
    const view = inputsModal(pressed, dependencies.words, press.context);
    await Promise.all([ack(), dependencies.modals.open(workspace, press.triggerId, view, press.surface.kind === 'modal' ? 'modal' : 'elsewhere')]);
    return;
  }
  const asked = handOver(dependencies, eventOf(dependencies, workspace, press, pressed), ack);
  if (pressed.kind === 'form') await answerInModal(dependencies, workspace, press.surface, asked, press.context);
  else await answerAct(dependencies, workspace, press, pressed, await asked);
  if (isHome(press.surface.at)) dependencies.home.refresh(workspace, press.surface.personId);
}

async function answerAct(dependencies: InteractionDependencies, workspace: Workspace, press: Press, pressed: Plain, outcome: Outcome): Promise<void> {
  const { surface, ephemeral } = press;
  const done = pressed.action === 'start' ? outcome.kind === 'nothing' : outcome.kind !== 'not kept';
  if (ephemeral && done && answersSuggestion.includes(pressed.action) && surface.kind === 'message' && surface.responseUrl !== undefined) {
    await dependencies.tell.takeAway(surface.responseUrl);
  }
  await answer(dependencies, workspace, surface, outcome, press.context);
}

function firstOf(actions: readonly unknown[]): Pressed | undefined {
  for (const action of actions) {
    const pressed = readPress(action);
    if (pressed) return pressed;
  }
  return undefined;
}

function eventOf({ clock }: InteractionDependencies, workspace: Workspace, { surface, context, eventKey }: Press, pressed: Plain): InboundEvent {
  const { at, personId } = surface;
  const origin = { eventKey, conversation: conversationOf(workspace, at), personId, at: clock.now() };
  const postId = context.postId === undefined ? {} : { postId: isDirect(at.place) ? `${at.place}:${context.postId}` : context.postId };
  const { action, value } = pressed;
  return pressed.kind === 'act'
    ? { type: 'ActionTaken', ...origin, ...postId, action, value, inputs: {} }
    : { type: 'FormRequested', ...origin, ...postId, action, value };
}

/** Where it was pressed: told by Slack, or for a modal by Plumb itself when it was opened. Undefined for what is nowhere of ours. */
function pressOf(payload: z.infer<typeof PressPayload>, threadOf: (place: string, ts: string) => string | undefined): Press | undefined {
  const { user, trigger_id: triggerId, response_url: responseUrl, view, container } = payload;
  const person = { personId: user.id, triggerId };
  const common = { triggerId, eventKey: keyOf(payload) };
  if (view?.type === 'home') {
    const at = homeOf(user.id);
    return { surface: { ...person, kind: 'home', at }, context: at, ephemeral: false, ...common };
  }
  if (view) {
    const context = ownContext(readContext(view.private_metadata ?? '') ?? homeOf(user.id), user.id);
    return { surface: { ...person, kind: 'modal', at: { place: context.place, thread: context.thread } }, context, ephemeral: false, ...common };
  }
  const place = payload.channel?.id ?? container?.channel_id;
  const ts = payload.message?.ts ?? container?.message_ts;
  if (!place) return undefined;
  const ephemeral = container?.is_ephemeral ?? false;
  const thread = payload.message?.thread_ts ?? container?.thread_ts ?? (ts ? threadOf(place, ts) : undefined);
  // An ephemeral message starts no thread: without one it stands in the channel.
  const at: Place = (ephemeral && !thread) || !ts ? { place, thread: thread ?? '' } : placeOf(place, { ts, thread_ts: thread });
  return {
    surface: { ...person, kind: 'message', at, responseUrl: responseUrl ?? undefined },
    context: { ...at, ...(ts && { postId: ts }) },
    ephemeral,
    ...common,
  };
}

function keyOf({ trigger_id, user, channel, message, container, view, actions }: z.infer<typeof PressPayload>): string {
  const { action_id, action_ts } = PressedAction.safeParse(actions[0]).data ?? {};
  return deedKey([trigger_id, action_ts], user.id, channel?.id ?? container?.channel_id, message?.ts ?? container?.message_ts, view?.id, action_id);
}

/** Somebody's Home is theirs alone, whatever came back. */
export function ownContext(context: ModalContext, personId: string): ModalContext {
  return isHome(context) ? homeOf(personId) : context;
}
