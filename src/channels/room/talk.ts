import { randomUUID } from 'node:crypto';
import type { Clock, InboundEvent, Intake, InteractionResponse, Logger } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { RoomError } from './errors.ts';
import { findMentions } from './mentions.ts';
import { conversationOf, createMessageId, homeOf, homePost, isPlumbs, type RoomMessage } from './message.ts';
import { maySee, plumbId, roomChannel } from './people.ts';
import type { Timeline } from './timeline.ts';

type Dependencies = { store: Pick<Store, 'room'>; timeline: Timeline; clock: Clock; logger: Logger; intake: () => Intake | undefined };

/** The longest message that the room takes, as in Slack. */
const maxTextLength = 40_000;

export type Press = { as: PersonId; postId: string; action: string; value: Readonly<Record<string, string>>; inputs: Readonly<Record<string, string>> };
export type Submission = { as: PersonId; postId: string; submit: string; value: Readonly<Record<string, string>>; inputs: Readonly<Record<string, string>> };
export type Talk = ReturnType<typeof createTalk>;

/** What people do in the room: each act reaches the intake first, so that nothing is shown that Plumb could not have kept. */
export function createTalk({ store, timeline, clock, logger, intake }: Dependencies) {
  const through = <T>(what: string, ask: (intake: Intake) => Promise<T>): Promise<T> => handOver({ intake, logger }, what, ask);
  const interact = async (event: InboundEvent, postId: string): Promise<InteractionResponse> => {
    const response = await through('interact', (ready) => ready.interact(event));
    if (response.kind === 'card') {
      const post = timeline.get(postId);
      if (post) {
        const at = clock.now();
        await store.room.replace(event.eventKey, postId, { card: response.card, at });
        timeline.showCard(post, response.card, at);
      }
    }
    return response;
  };

  return {
    /** A new message: at top level, in the thread whose root is `thread`, or in the person's chat with Plumb. */
    async post(message: { as: PersonId; place: string; thread: string; text: string }): Promise<{ id: string; thread: string }> {
      mustSee(message.as, message.place);
      const text = readable(message.text);
      mustBeThere(timeline, message);
      const at = clock.now();
      const id = createMessageId(at);
      const thread = message.place === roomChannel.place ? message.thread || id : '';
      const posted: RoomMessage = { id, place: message.place, thread, author: message.as, at, body: { kind: 'text', text, mentions: findMentions(text) } };
      await through('post', (ready) => ready.receive(messageEvent('MessagePosted', posted, text)));
      timeline.put(posted);
      return { id, thread };
    },

    async edit(edit: { as: PersonId; messageId: string; text: string }): Promise<void> {
      const message = own(timeline.get(edit.messageId), edit.as);
      const text = readable(edit.text);
      const editedAt = clock.now();
      const event = messageEvent('MessagePosted', message, text);
      await through('edit', (ready) =>
        ready.receive({ ...event, type: 'MessageEdited', eventKey: `${event.eventKey}:edited:${createMessageId(editedAt)}`, editedAt }),
      );
      // It may have been deleted, or edited once more, while this was being stored.
      const latest = timeline.get(message.id);
      if (latest?.body.kind === 'text' && (latest.editedAt ?? 0) <= editedAt)
        timeline.editText(latest, { kind: 'text', text, mentions: findMentions(text) }, editedAt);
    },

    async remove(removal: { as: PersonId; messageId: string }): Promise<void> {
      const message = own(timeline.get(removal.messageId), removal.as);
      const event: InboundEvent = {
        type: 'MessageDeleted',
        eventKey: `room:${message.id}:deleted`,
        conversation: conversationOf(message),
        personId: removal.as,
        at: clock.now(),
        messageId: message.id,
      };
      await through('delete', (ready) => ready.receive(event));
      timeline.remove(message);
    },

    /** A button of a post. A card that comes back takes the post's place for everybody who sees it. */
    async press(press: Press): Promise<InteractionResponse> {
      return interact(
        { type: 'ActionTaken', ...pressed(press, timeline, clock), action: press.action, value: press.value, inputs: press.inputs, postId: press.postId },
        press.postId,
      );
    },

    async requestForm(press: Omit<Press, 'inputs'>): Promise<InteractionResponse> {
      return interact(
        { type: 'FormRequested', ...pressed(press, timeline, clock), action: press.action, value: press.value, postId: press.postId },
        press.postId,
      );
    },

    async submitForm(form: Submission): Promise<InteractionResponse> {
      return interact({ type: 'FormSubmitted', ...pressed(form, timeline, clock), submit: form.submit, value: form.value, inputs: form.inputs }, form.postId);
    },
  };
}

export async function handOver<T>({ intake, logger }: Pick<Dependencies, 'intake' | 'logger'>, what: string, ask: (intake: Intake) => Promise<T>): Promise<T> {
  const ready = intake();
  if (!ready) throw new RoomError('starting', 'Plumb is still starting. Try again in a moment.');
  try {
    return await ask(ready);
  } catch (cause) {
    logger.error({ error: cause, kind: what }, 'The room could not hand something over; the person was told.');
    throw new RoomError('not_stored', 'Plumb could not keep this, so it was not sent. Try again; if it happens again, look at the log.', { cause });
  }
}

/** Where a press belongs is read from the post, never from the request. */
function pressed({ as, postId }: { as: PersonId; postId: string }, timeline: Timeline, clock: Clock) {
  if (postId === homePost) return { eventKey: `room:press:${randomUUID()}`, conversation: homeOf(as), personId: as, at: clock.now() };
  const post = timeline.get(postId);
  if (!post || !isPlumbs(post) || !maySee(as, post.place)) throw new RoomError('not_found', 'This card is no longer there. Reload the page to see what is.');
  return { eventKey: `room:press:${randomUUID()}`, conversation: conversationOf(post), personId: as, at: clock.now() };
}

function messageEvent(type: 'MessagePosted', message: RoomMessage, text: string): Extract<InboundEvent, { type: 'MessagePosted' }> {
  const mentions = findMentions(text);
  const direct = message.place !== roomChannel.place;
  return {
    type,
    eventKey: `room:${message.id}`,
    conversation: conversationOf(message),
    personId: message.author,
    at: message.at,
    messageId: message.id,
    text,
    mentions,
    addressed: direct || mentions.some((mention) => mention.personId === plumbId),
    topLevel: direct || message.thread === message.id,
  };
}

export function mustSee(as: PersonId, place: string): void {
  if (!maySee(as, place)) throw new RoomError('not_yours', 'This is not one of your conversations. Choose the channel or your own chat with Plumb.');
}

/** A thread is named by a message of the channel. */
export function mustBeThere(timeline: Timeline, { place, thread }: { place: string; thread: string }): void {
  const root = thread === '' ? undefined : timeline.get(thread);
  if (thread !== '' && (root?.place !== roomChannel.place || place !== roomChannel.place))
    throw new RoomError('not_found', 'This thread is no longer there. Write in the channel instead.');
}

/** The text as it is kept: no null bytes (PostgreSQL refuses them) and no halves of characters. */
export function readable(written: string): string {
  const text = written.replaceAll('\u0000', '').toWellFormed().trim();
  if (text === '') throw new RoomError('empty_message', 'The message is empty. Write something first.');
  if (text.length > maxTextLength)
    throw new RoomError(
      'too_long',
      `The message has ${text.length.toLocaleString('en')} characters; ${maxTextLength.toLocaleString('en')} are possible. Shorten it or send it in parts.`,
    );
  return text;
}

function own(message: RoomMessage | undefined, as: PersonId): RoomMessage {
  if (message?.body.kind !== 'text' || !maySee(as, message.place)) throw new RoomError('not_found', 'This message is no longer there.');
  if (message.author !== as) throw new RoomError('not_yours', 'Only its author can change a message.');
  return message;
}
