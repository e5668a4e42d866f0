import type { z } from 'zod';
import type { InboundEvent, SaidMessage } from '../../app/ports.ts';
import { deedKey } from '../deed-key.ts';
import { type Ack, handOver } from '../hand-over.ts';
import { answer, answerInModal } from './answer.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { isInvited } from './membership.ts';
import { GlobalShortcutPayload, MessageShortcutPayload } from './payloads.ts';
import { conversationOf, homeOf, placeOf } from './place.ts';
import { isByPerson } from './read-message.ts';
import { readNamed } from './read-named.ts';
import type { Surface } from './tell.ts';
import { momentOf } from './timestamp.ts';
import type { Workspace } from './workspace.ts';

type MessageShortcut = z.infer<typeof MessageShortcutPayload>;

/** Takes "Start an alignment" on somebody's message: it opens in that message's thread, with its author as the requester. */
export async function takeMessageShortcut(dependencies: InteractionDependencies, workspace: Workspace, body: unknown, ack: Ack): Promise<void> {
  const payload = MessageShortcutPayload.safeParse(body);
  if (!payload.success) return ack();
  const { user, trigger_id: triggerId, response_url: responseUrl, channel, message } = payload.data;
  const at = placeOf(channel.id, message);
  const surface: Surface = { kind: 'message', personId: user.id, triggerId, at, responseUrl: responseUrl ?? undefined };
  if (!(await isInvited(workspace, channel.id))) {
    await ack();
    // In the thread of a place where Plumb is not, only Slack's own address for answers reaches the person.
    return dependencies.tell.say(workspace, surface, { text: dependencies.words.notInvited });
  }
  const event: InboundEvent = {
    type: 'CommandGiven',
    command: 'start',
    eventKey: deedKey([triggerId, payload.data.action_ts], user.id, channel.id, message.ts),
    conversation: conversationOf(workspace, at),
    personId: user.id,
    at: dependencies.clock.now(),
    text: '',
    about: await saidMessage(dependencies, workspace, payload.data),
  };
  await answer(dependencies, workspace, surface, await handOver(dependencies, event, ack), at);
}

/** What an app or nobody known wrote counts as said by whoever points at it. */
async function saidMessage(dependencies: InteractionDependencies, workspace: Workspace, { user, message }: MessageShortcut): Promise<SaidMessage> {
  const personId = isByPerson(message, workspace) ? (message.user ?? user.id) : user.id;
  const { text, mentions } = await readNamed(dependencies.directory, workspace, message.text ?? '');
  return { messageId: message.ts, personId, text, mentions, at: momentOf(message.ts) };
}

/** Takes the shortcut with the whole form: it opens at once and asks, in the end, where the conversation shall be. */
export async function takeGlobalShortcut(dependencies: InteractionDependencies, workspace: Workspace, body: unknown, ack: Ack): Promise<void> {
  const payload = GlobalShortcutPayload.safeParse(body);
  if (!payload.success) return ack();
  const { user, trigger_id: triggerId } = payload.data;
  const at = homeOf(user.id);
  const surface: Surface = { kind: 'home', personId: user.id, triggerId, at };
  const origin = {
    eventKey: deedKey([triggerId, payload.data.action_ts], user.id),
    conversation: conversationOf(workspace, at),
    personId: user.id,
    at: dependencies.clock.now(),
  };
  const asked = handOver(dependencies, { type: 'FormRequested', ...origin, action: 'start-in-form', value: {} }, ack);
  await answerInModal(dependencies, workspace, surface, asked, at);
}
