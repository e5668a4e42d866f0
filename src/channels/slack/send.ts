import { type Channel, type Clock, DeliveryError, type Logger, type OutboundMessage, type SendHistory } from '../../app/ports.ts';
import type { ConversationRef } from '../../domain/conversation.ts';
import type { Card, CardBlock } from '../../views/card.ts';
import { sendOnce } from '../send-once.ts';
import { toHome } from './block-kit/to-home.ts';
import { toMessage } from './block-kit/to-message.ts';
import { createDirectChats, type DirectChats } from './direct-chats.ts';
import { deliveryError, hasNoHome, lacksMethod, slackCode } from './errors.ts';
import { createFindSent, type Found } from './find-sent.ts';
import { createPace, type Pace } from './pace.ts';
import { isDirect } from './place.ts';
import { type CallDependencies, paced, postEphemeral, postMessage, type Shown, updateMessage } from './send-calls.ts';
import { type Target, targetOf } from './send-target.ts';
import { createThreadsOfPosts, type ThreadsOfPosts } from './threads-of-posts.ts';
import type { SlackWords } from './words.ts';
import type { Workspace, Workspaces } from './workspace.ts';

type Options = {
  workspaces: Workspaces;
  words: SlackWords;
  clock: Clock;
  logger: Logger;
  /** Something was posted or changed there. */
  answered?: (conversation: ConversationRef) => void;
  pace?: Pace;
  /** Real time in epoch milliseconds; Slack's ids of messages are made of it. */
  now?: () => number;
  /** Shared with whoever else writes to people. */
  chats?: DirectChats;
  threads?: ThreadsOfPosts;
};

type Dependencies = CallDependencies & Pick<Options, 'workspaces'> & Required<Pick<Options, 'answered' | 'now' | 'chats' | 'threads'>> & { findSent: FindSent };
type FindSent = ReturnType<typeof createFindSent>;
type Sent = { platformId: string };
type Chat = Extract<Target, { kind: 'person' | 'place' }>;

/**
 * Slack's way out. The id that it gives is the post's ts in a conversation, `channel:ts` in a chat with one person, 'ephemeral' for what is shown
 * near something and 'home' for a Home. Throws DeliveryError (errors.ts).
 */
export function createSend(options: Options): Channel['send'] {
  const { workspaces, words, clock, logger, answered = noop, pace = createPace(), now = Date.now } = options;
  const { chats = createDirectChats(), threads = createThreadsOfPosts() } = options;
  const dependencies: Dependencies = { workspaces, words, logger, pace, answered, now, chats, threads, findSent: createFindSent({ clock, now }) };
  return sendOnce((message, platformId, history = {}) => sendToTarget(dependencies, message, platformId, history));
}

const noop = (): void => undefined;

async function sendToTarget(dependencies: Dependencies, message: OutboundMessage, platformId: string | undefined, history: SendHistory): Promise<Sent> {
  const target = targetOf(message, dependencies.now());
  const workspace = await installed(dependencies, target.tenant);
  switch (target.kind) {
    case 'home':
      return publishHome(dependencies, workspace, target, message);
    case 'near':
      return whisper(dependencies, workspace, target, message, platformId, history);
    case 'person':
    case 'place':
      return sendToChat(dependencies, workspace, target, message, platformId, history);
    default:
      return target satisfies never;
  }
}

async function installed({ workspaces }: Dependencies, tenant: string): Promise<Workspace> {
  let workspace: Workspace | undefined;
  try {
    workspace = await workspaces.of(tenant);
  } catch (cause) {
    throw new DeliveryError('The installation in this workspace could not be taken up: see the log for why.', { retry: true, cause });
  }
  if (!workspace)
    throw new DeliveryError('Plumb is not installed in this workspace (any more): install it again, then replay this dead letter.', { retry: false });
  return workspace;
}

async function publishHome(
  dependencies: Dependencies,
  workspace: Workspace,
  { tenant, personId }: Target & { kind: 'home' },
  { card }: OutboundMessage,
): Promise<Sent> {
  if (card === 'removed') return { platformId: 'home' };
  const view = toHome(card, { words: dependencies.words });
  try {
    await paced(dependencies, { tenant, method: 'views.publish', place: personId }, () => workspace.client.views.publish({ user_id: personId, view }));
    return { platformId: 'home' };
  } catch (error) {
    if (!hasNoHome(error)) throw deliveryError(error, 'views.publish', { toPerson: true });
    throw new DeliveryError(`Slack shows no Home here (${slackCode(error)}). Turn on the app's Home Tab (manifests/slack/manifest.yaml).`, {
      retry: false,
      drop: true,
    });
  }
}

function shownOf(card: Card, words: SlackWords): Shown {
  const shown = toMessage(card, { words });
  if (!shown.blocks.some(({ type }) => type === 'image')) return shown;
  return { ...shown, withoutPictures: toMessage(unlinked(card), { words }).blocks };
}

/** The same with no links to its pictures: their words stand for them where nothing else says it. */
function unlinked(card: Card): Card {
  const withoutLink = (block: CardBlock): CardBlock => {
    if (block.type !== 'image') return block;
    const { url: _, ...rest } = block;
    return rest;
  };
  return { ...card, blocks: card.blocks.map(withoutLink) };
}

/** Once, or not at all: it cannot be found again, changed or taken away, and nothing depends on it. */
async function whisper(
  dependencies: Dependencies,
  workspace: Workspace,
  target: Target & { kind: 'near' },
  { id, card }: OutboundMessage,
  platformId: string | undefined,
  { perhapsSentAt }: SendHistory,
): Promise<Sent> {
  const silent = { platformId: 'ephemeral' };
  if (card === 'removed' || platformId !== undefined || perhapsSentAt !== undefined) return silent;
  const shown = shownOf(card, dependencies.words);
  try {
    await postEphemeral(dependencies, workspace, { id, place: target.place, thread: target.thread, personId: target.personId, shown });
    dependencies.answered({ channel: 'slack', tenant: target.tenant, place: target.place, thread: target.thread ?? '' });
  } catch (error) {
    const failed = deliveryError(error, 'chat.postEphemeral', { toPerson: true });
    if (failed.failure.retry && !failed.failure.perhapsSent && !lacksMethod(error)) throw failed;
    dependencies.logger.debug({ outbox: id, code: slackCode(error) ?? 'uncertain' }, 'A suggestion could not be shown; it is left out.');
  }
  return silent;
}

async function sendToChat(
  dependencies: Dependencies,
  workspace: Workspace,
  target: Chat,
  message: OutboundMessage,
  platformId: string | undefined,
  history: SendHistory,
): Promise<Sent> {
  // What was shown near something is gone by now, or will be.
  if (platformId === 'ephemeral') return { platformId };
  const earlier = platformId === undefined ? undefined : earlierPost(target, platformId);
  const { id, card } = message;
  if (card === 'removed') {
    if (earlier) await remove(dependencies, workspace, target, earlier);
    return { platformId: platformId ?? '' };
  }
  if (platformId !== undefined && earlier && (await changed(dependencies, workspace, target, { id, card, ...earlier }))) return { platformId };
  return await post(dependencies, workspace, target, { id, card }, history);
}

type Earlier = { place: string; ts: string };

/** Where an earlier post stands; undefined when the id is none of a post. */
function earlierPost(target: Chat, platformId: string): Earlier | undefined {
  const [first = '', second] = platformId.split(':');
  if (second !== undefined) return { place: first, ts: second };
  return target.kind === 'place' ? { place: target.place, ts: first } : undefined;
}

const alreadyGone = new Set(['message_not_found', 'channel_not_found']);

async function remove(dependencies: Dependencies, workspace: Workspace, target: Chat, { place, ts }: Earlier): Promise<void> {
  try {
    await paced(dependencies, { tenant: target.tenant, method: 'chat.delete', place }, () => workspace.client.chat.delete({ channel: place, ts }));
  } catch (error) {
    if (!alreadyGone.has(slackCode(error) ?? '') && !lacksMethod(error)) throw deliveryError(error, 'chat.delete', { toPerson: isToPerson(target) });
  }
}

// The post is gone, or may not be changed any more: what it would say now is said anew.
const notToBeChanged = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** False when the earlier post cannot be changed (any more). */
async function changed(
  dependencies: Dependencies,
  workspace: Workspace,
  target: Chat,
  { id, card, place, ts }: { id: string; card: Card } & Earlier,
): Promise<boolean> {
  const shown = shownOf(card, dependencies.words);
  try {
    await updateMessage(dependencies, workspace, { id, place, ts, shown });
  } catch (error) {
    if (notToBeChanged.has(slackCode(error) ?? '') || lacksMethod(error)) return false;
    throw deliveryError(error, 'chat.update', { toPerson: isToPerson(target) });
  }
  tellAnswered(dependencies, target, place);
  return true;
}

async function post(dependencies: Dependencies, workspace: Workspace, target: Chat, message: { id: string; card: Card }, history: SendHistory): Promise<Sent> {
  if (history.perhapsSentAt !== undefined) {
    const found = await findEarlier(dependencies, workspace, target, message.id, history.perhapsSentAt);
    if (found) return found;
  }
  const shown = shownOf(message.card, dependencies.words);
  try {
    const posted =
      target.kind === 'place'
        ? await postMessage(dependencies, workspace, { id: message.id, place: target.place, thread: target.thread, shown })
        : await postToPerson(dependencies, workspace, target, (place) =>
            postMessage(dependencies, workspace, { id: message.id, place, thread: undefined, shown }),
          );
    tellAnswered(dependencies, target, posted.place);
    if (target.kind === 'place' && target.thread !== undefined) dependencies.threads.remember(target.tenant, { ...posted, thread: target.thread });
    return { platformId: platformIdOf(target, posted) };
  } catch (error) {
    throw deliveryError(error, 'chat.postMessage', { toPerson: isToPerson(target) });
  }
}

/** In their chat rather than under their id: Slack takes one for the other, another server may keep what it is sent where nobody looks. */
async function postToPerson(
  { chats }: Dependencies,
  workspace: Workspace,
  { tenant, personId }: Chat & { kind: 'person' },
  postTo: (place: string) => Promise<{ place: string; ts: string }>,
): Promise<{ place: string; ts: string }> {
  const posted = await postTo(await chats.placeFor(workspace, personId));
  if (posted.place !== personId) chats.remember(tenant, personId, posted.place);
  return posted;
}

async function findEarlier(
  dependencies: Dependencies,
  workspace: Workspace,
  target: Chat,
  messageId: string,
  perhapsSentAt: number,
): Promise<Sent | undefined> {
  const place = await placeToLook(dependencies, workspace, target);
  const thread = target.kind === 'place' ? target.thread : undefined;
  const found: Found = place === undefined ? 'unknown' : await dependencies.findSent(workspace, { messageId, place, thread, perhapsSentAt });
  if (typeof found === 'object' && place !== undefined) return { platformId: platformIdOf(target, { place, ts: found.ts }) };
  if (found === 'unknown')
    dependencies.logger.warn({ outbox: messageId }, 'Whether a message arrived cannot be read in Slack; it is sent, perhaps for a second time.');
  return undefined;
}

/** Undefined where the chat with a person cannot be opened: then it cannot be read either. */
async function placeToLook({ chats }: Dependencies, workspace: Workspace, target: Chat): Promise<string | undefined> {
  if (target.kind === 'place') return target.place;
  const known = chats.known(target.tenant, target.personId);
  if (known !== undefined) return known;
  try {
    return await chats.open(workspace, target.personId);
  } catch (error) {
    const failed = deliveryError(error, 'conversations.open', { toPerson: true });
    if (failed.failure.retry) throw failed;
    return undefined;
  }
}

function platformIdOf(target: Chat, { place, ts }: Earlier): string {
  return target.kind === 'person' ? `${place}:${ts}` : ts;
}

function isToPerson(target: Chat): boolean {
  return target.kind === 'person' || isDirect(target.place);
}

function tellAnswered({ answered }: Dependencies, target: Chat, place: string): void {
  answered({ channel: 'slack', tenant: target.tenant, place, thread: target.kind === 'place' ? (target.thread ?? '') : '' });
}
