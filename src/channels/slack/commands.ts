import type { InboundEvent } from '../../app/ports.ts';
import { readCommand } from '../command-words.ts';
import { deedKey } from '../deed-key.ts';
import { type Ack, handOver } from '../hand-over.ts';
import { answer } from './answer.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { isInvited } from './membership.ts';
import { CommandPayload } from './payloads.ts';
import { conversationOf } from './place.ts';
import { readNamed } from './read-named.ts';
import type { Surface } from './tell.ts';
import type { Workspace } from './workspace.ts';

// Those that do something in the place where they are given. The others show what is the person's own.
const aboutPlace: readonly string[] = ['start', 'listen-on', 'listen-off'];

/** Takes `/plumb …`. Slack has no such commands in threads, so it is always about the whole place; the answer is for the person alone. */
export async function takeCommand(dependencies: InteractionDependencies, workspace: Workspace, body: unknown, ack: Ack): Promise<void> {
  const payload = CommandPayload.safeParse(body);
  if (!payload.success) return ack();
  const { user_id: personId, trigger_id: triggerId, response_url: responseUrl, channel_id: place, text: raw } = payload.data;
  const at = { place, thread: '' };
  const surface: Surface = { kind: 'message', personId, triggerId, at, responseUrl: responseUrl ?? undefined };
  const given = readCommand(raw);
  if (aboutPlace.includes(given.command) && !(await isInvited(workspace, place))) {
    await ack();
    return dependencies.tell.say(workspace, surface, { text: dependencies.words.notInvited });
  }
  const { text } = await readNamed(dependencies.directory, workspace, given.text);
  const eventKey = deedKey([triggerId], personId, place, raw, responseUrl);
  const origin = { eventKey, conversation: conversationOf(workspace, at), personId, at: dependencies.clock.now() };
  const event: InboundEvent = { type: 'CommandGiven', ...origin, command: given.command, text };
  await answer(dependencies, workspace, surface, await handOver(dependencies, event, ack), at);
}
