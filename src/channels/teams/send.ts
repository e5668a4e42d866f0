import { type Channel, DeliveryError, type Logger, type OutboundMessage, type SendHistory } from '../../app/ports.ts';
import { type ConversationRef, wholeChat } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import { sendOnce } from '../send-once.ts';
import type { Address } from './address.ts';
import { type ChatDependencies, type Chats, createChats } from './chats.ts';
import type { Connector } from './connector.ts';
import { deliveryError, isRefused } from './errors.ts';
import { createPace, type Pace } from './pace.ts';
import type { References } from './references.ts';
import { type CallDependencies, pacedOpening, postTo, refusedAt, removeAt, updateAt } from './send-calls.ts';
import { personalAddress, type Target, targetOf } from './send-target.ts';
import type { TeamsWords } from './words.ts';

type Options = {
  connector: Connector;
  references: ChatDependencies['references'] & Pick<References, 'savePlace'>;
  words: Pick<TeamsWords, 'more'>;
  logger: Logger;
  /** Something was posted or changed there. */
  answered?: (conversation: ConversationRef) => void;
  pace?: Pace;
};

type Dependencies = CallDependencies & Pick<Options, 'references'> & { chats: Chats; answered: (conversation: ConversationRef) => void };
type Sent = { platformId: string };
type ToPerson = Extract<Target, { kind: 'person' }>;

/** Instead of an id, for a suggestion that nobody was shown. */
const notShown = 'not-shown';

/**
 * Teams' way out. The id that it gives is the post's activity id, as presses name it too. A suggestion goes to the author's 1:1 chat where there is one, and nowhere else.
 * Throws DeliveryError (errors.ts).
 */
export function createSend({ connector, references, words, logger, answered = noop, pace = createPace() }: Options): Channel['send'] {
  const chats = createChats({ connector: { ...pacedOpening({ connector, pace }), member: connector.member }, references });
  const dependencies: Dependencies = { connector, references, words, logger, answered, pace, chats };
  return sendOnce((message, platformId, history = {}) => sendToTarget(dependencies, message, platformId, history));
}

const noop = (): void => undefined;

async function sendToTarget(dependencies: Dependencies, message: OutboundMessage, platformId: string | undefined, history: SendHistory): Promise<Sent> {
  const target = await targetOf(dependencies, message);
  switch (target.kind) {
    case 'address':
      return sendTo(dependencies, target.address, message, platformId, history);
    case 'person':
      // What nobody was shown can be neither changed nor taken away.
      if (platformId === notShown) return { platformId };
      if (message.card === 'removed') return takeFrom(dependencies, target, message, platformId);
      return target.near ? whisper(dependencies, target, message, platformId, history) : sendToPerson(dependencies, target, message, platformId, history);
    default:
      return target satisfies never;
  }
}

async function takeFrom(dependencies: Dependencies, target: ToPerson, message: OutboundMessage, platformId: string | undefined): Promise<Sent> {
  const address = await personalAddress(dependencies.chats, target, 'known');
  return address ? sendTo(dependencies, address, message, platformId, {}) : { platformId: platformId ?? '' };
}

/** In the author's chat with Plumb where they have one, once or not at all: nothing depends on it. */
async function whisper(
  dependencies: Dependencies,
  target: ToPerson,
  message: OutboundMessage,
  platformId: string | undefined,
  history: SendHistory,
): Promise<Sent> {
  const silent = { platformId: notShown };
  const address = history.perhapsSentAt === undefined ? await personalAddress(dependencies.chats, target, 'known') : undefined;
  if (!address) return silent;
  try {
    return await sendTo(dependencies, address, message, platformId, history);
  } catch (error) {
    if (!(error instanceof DeliveryError) || (error.failure.retry && !error.failure.perhapsSent)) throw error;
    dependencies.logger.debug({ outbox: message.id, reason: error.message }, 'A suggestion could not be shown; it is left out.');
    return silent;
  }
}

async function sendToPerson(
  dependencies: Dependencies,
  target: ToPerson,
  message: OutboundMessage,
  platformId: string | undefined,
  history: SendHistory,
): Promise<Sent> {
  const address = await chatWith(dependencies, target, 'open');
  try {
    return await sendTo(dependencies, address, message, platformId, history);
  } catch (error) {
    if (!(error instanceof DeliveryError) || !isRefused(error.cause, 404)) throw error;
    // What is known of the chat may be out of date.
    const other = await chatWith(dependencies, target, 'openAnew');
    if (other.place === address.place) throw error;
    return await sendTo(dependencies, other, message, undefined, history);
  }
}

async function chatWith({ chats }: Dependencies, target: ToPerson, how: 'open' | 'openAnew'): Promise<Address> {
  let address: Address | undefined;
  try {
    address = await personalAddress(chats, target, how);
  } catch (error) {
    throw deliveryError(error, 'to open a chat with somebody', 'opening');
  }
  if (address) return address;
  throw new DeliveryError('That person has no chat with Plumb: it is sent when they add Plumb.', { retry: false, problem: 'no-private-chat' });
}

async function sendTo(
  dependencies: Dependencies,
  address: Address,
  { id, card, audience }: OutboundMessage,
  platformId: string | undefined,
  history: SendHistory,
): Promise<Sent> {
  const earlier = platformId === notShown || platformId === '' ? undefined : platformId;
  if (card === 'removed') {
    if (earlier !== undefined) await remove(dependencies, address, id, earlier);
    return { platformId: platformId ?? '' };
  }
  // Whoever asks for Home looks at the end of the chat, not where Home was shown the last time.
  const isHome = audience === 'home';
  if (earlier !== undefined && !isHome && (await changed(dependencies, address, earlier, { id, card }))) return { platformId: earlier };
  const sent = await post(dependencies, address, { id, card }, history);
  if (earlier !== undefined && isHome) await removeQuietly(dependencies, address, id, earlier);
  return sent;
}

async function post(dependencies: Dependencies, address: Address, message: { id: string; card: Card }, { perhapsSentAt }: SendHistory): Promise<Sent> {
  if (perhapsSentAt !== undefined)
    dependencies.logger.warn({ outbox: message.id }, 'Whether a message arrived cannot be read in Teams; it is sent, perhaps for a second time.');
  try {
    const platformId = await postTo(dependencies, address, message);
    tellAnswered(dependencies, address);
    return { platformId };
  } catch (error) {
    throw deliveryError(error, 'a message', refusedAt(address));
  }
}

/** False when the earlier post cannot be changed (any more): then what it would say now is said anew. */
async function changed(dependencies: Dependencies, address: Address, activityId: string, message: { id: string; card: Card }): Promise<boolean> {
  try {
    await updateAt(dependencies, address, activityId, message);
  } catch (error) {
    if (isUnchangeable(error)) return false;
    throw deliveryError(error, 'the change of a message', refusedAt(address));
  }
  tellAnswered(dependencies, address);
  return true;
}

/** The post is gone, or none of Plumb's. That the whole conversation is gone is something else. */
function isUnchangeable(error: unknown): boolean {
  return (isRefused(error, 404) && !isRefused(error, 404, 'ConversationNotFound')) || isRefused(error, 403, 'NotEnoughPermissions');
}

async function remove(dependencies: Dependencies, address: Address, id: string, activityId: string): Promise<void> {
  try {
    await removeAt(dependencies, address, activityId);
  } catch (error) {
    if (isRefused(error, 404) || isRefused(error, 403, 'NotEnoughPermissions')) return;
    const failed = deliveryError(error, 'the removal of a message', refusedAt(address));
    if (!(failed instanceof DeliveryError) || failed.failure.problem !== 'no-private-chat') throw failed;
    dependencies.logger.info({ outbox: id, reason: failed.message }, 'A message could not be taken out of a chat that is blocked.');
  }
}

async function removeQuietly(dependencies: Dependencies, address: Address, id: string, activityId: string): Promise<void> {
  try {
    await remove(dependencies, address, id, activityId);
  } catch (error) {
    dependencies.logger.info({ outbox: id, reason: error instanceof DeliveryError ? error.message : undefined }, 'An earlier Home could not be taken away.');
  }
}

function tellAnswered({ answered }: Dependencies, { tenant, kind, place, thread }: Address): void {
  answered({ channel: 'teams', tenant, place, thread: kind === 'groupChat' ? wholeChat : thread });
}
