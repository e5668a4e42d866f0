import type { InboundEvent, InteractionResponse } from '../../../src/app/ports.ts';
import { directPlace, plumbId, roomTenant } from '../../../src/channels/room/people.ts';
import type { ConversationRef } from '../../../src/domain/conversation.ts';
import type { CardAction, Form } from '../../../src/views/card.ts';
import { buttonsOf } from './card-text.ts';
import { channelPlace, type Post } from './platform.ts';
import type { Stage } from './stage.ts';

type Posted = Extract<InboundEvent, { type: 'MessagePosted' }>;
export type Said = { event: Posted; edits(text: string): Promise<void>; deletes(): Promise<void> };
type Where = 'thread' | 'channel' | 'chat';
type Press = { on?: Post | undefined; value?: Record<string, string>; inputs?: Record<string, string> };

let counter = 0;
function nextId(kind: string): string {
  counter += 1;
  return `${kind}${counter}`;
}

function formIn(response: InteractionResponse, action: string): Form {
  if (response.kind !== 'form') throw new Error(`"${action}" opened no form but ${JSON.stringify(response)}`);
  return response.form;
}

/** One person of the play. Everything they do waits until Plumb has done its part. */
export function createActor(stage: Stage, id: string) {
  const conversationAt = (where: Where, messageId: string): ConversationRef => {
    if (where === 'chat') return { channel: 'room', tenant: roomTenant, place: directPlace(id), thread: '' };
    return { channel: 'room', tenant: roomTenant, place: channelPlace, thread: where === 'channel' ? messageId : stage.thread() };
  };

  /** `addressed`: spoken to Plumb although the words do not mention it. */
  function message(text: string, where: Where, { addressed = false } = {}): Posted {
    stage.tick();
    const messageId = nextId('m');
    const mentions = stage.mentionsIn(text);
    return {
      type: 'MessagePosted',
      eventKey: messageId,
      conversation: conversationAt(where, messageId),
      personId: id,
      at: stage.now(),
      messageId,
      text,
      mentions,
      addressed: addressed || where === 'chat' || mentions.some(({ personId }) => personId === plumbId),
      topLevel: where !== 'thread',
    };
  }

  function editOf(event: Posted, text: string): InboundEvent {
    stage.tick();
    const editedAt = stage.now();
    const mentions = stage.mentionsIn(text);
    return { ...event, type: 'MessageEdited', eventKey: `${event.eventKey}:${editedAt}`, text, mentions, editedAt };
  }

  function deletionOf({ eventKey, conversation, messageId }: Posted): InboundEvent {
    stage.tick();
    return { type: 'MessageDeleted', eventKey: `${eventKey}:deleted`, conversation, personId: id, at: stage.now(), messageId };
  }

  const said = (event: Posted): Said => ({
    event,
    async edits(text) {
      await stage.receive(editOf(event, text));
      await stage.settled();
    },
    async deletes() {
      await stage.receive(deletionOf(event));
      await stage.settled();
    },
  });

  async function speak(text: string, where: Where, more?: Parameters<typeof message>[2]): Promise<Said> {
    const event = message(text, where, more);
    if (where === 'channel') stage.setThread(event.messageId);
    await stage.receive(event);
    await stage.settled();
    return said(event);
  }

  const sees = () => stage.posts().filter((post) => post.place === channelPlace || post.place === directPlace(id));

  /** The newest button of this kind that the person sees. */
  function find(action: string, on?: Post): { post: Post; button: CardAction } {
    const post = on ?? sees().findLast((seen) => buttonsOf(seen.card).includes(action));
    const button = post?.card.actions.find((each) => each.action === action);
    if (!post || !button)
      throw new Error(
        `${id} sees no button "${action}". There is: ${sees()
          .flatMap((seen) => buttonsOf(seen.card))
          .join(', ')}`,
      );
    return { post, button };
  }

  function origin(post: Post) {
    stage.tick();
    const thread = post.place === channelPlace ? post.thread : '';
    const conversation = { channel: 'room' as const, tenant: roomTenant, place: post.place, thread };
    return { eventKey: nextId('press'), conversation, personId: id, at: stage.now() };
  }

  async function interact(event: InboundEvent): Promise<InteractionResponse> {
    const response = await stage.interact(event);
    await stage.settled();
    return response;
  }

  function press(action: string, { on, value, inputs = {} }: Press = {}): InboundEvent {
    const { post, button } = find(action, on);
    return { type: 'ActionTaken', ...origin(post), action, value: { ...button.value, ...value }, inputs, postId: post.id };
  }

  async function opens(action: string, on?: Post): Promise<Form> {
    const { post, button } = find(action, on);
    const response = await interact({ type: 'FormRequested', ...origin(post), action, value: button.value ?? {}, postId: post.id });
    return formIn(response, action);
  }

  function submits(form: Pick<Form, 'submit' | 'value'>, inputs: Record<string, string>, more: { again?: true } = {}): Promise<InteractionResponse> {
    const post = sees().at(-1);
    if (!post) throw new Error(`${id} sees nothing.`);
    return interact({ type: 'FormSubmitted', ...origin(post), submit: form.submit, value: form.value, inputs, ...more });
  }

  return {
    id,
    /** Writes in the thread of the conversation. */
    says: (text: string, more?: Parameters<typeof message>[2]) => speak(text, 'thread', more),
    /** Opens a thread of its own in the channel; the play goes on there. */
    asks: (text: string, more?: Parameters<typeof message>[2]) => speak(text, 'channel', more),
    /** Writes to Plumb in the 1:1 chat. */
    tells: (text: string) => speak(text, 'chat'),
    /** The same events, to be handed over in any order by the test itself. */
    message,
    editOf,
    deletionOf,
    press,
    find,
    sees,
    /** Presses the newest button of this kind; what comes back at once is the result. */
    presses: (action: string, more?: Press) => interact(press(action, more)),
    opens,
    submits,
    /** The page that puts one line of the brief right: the first one whose words begin so, or whose question is named so. */
    async picksLine(label: string): Promise<Form> {
      const choice = await opens('change-something');
      const options = choice.blocks.flatMap((block) => (block.type === 'input' ? (block.options ?? []) : []));
      const chosen = options.find((option) => option.label.includes(label));
      if (!chosen) throw new Error(`No line "${label}". There is: ${options.map((option) => option.label).join(' | ')}`);
      return formIn(await submits(choice, { question: chosen.value }), 'submit-change');
    },
    /** Asks for a form with a value of their own. */
    requests(action: string, value: Record<string, string>): Promise<InteractionResponse> {
      const post = sees().at(-1);
      if (!post) throw new Error(`${id} sees nothing.`);
      return interact({ type: 'FormRequested', ...origin(post), action, value, postId: post.id });
    },
    /** A press that no card offers: `at` says in which of the person's posts it pretends to be. */
    forges(action: string, value: Record<string, string>, inputs: Record<string, string> = {}, tenant = roomTenant): Promise<InteractionResponse> {
      const post = sees().at(-1);
      if (!post) throw new Error(`${id} sees nothing.`);
      const from = origin(post);
      return interact({ type: 'ActionTaken', ...from, conversation: { ...from.conversation, tenant }, action, value, inputs, postId: post.id });
    },
  };
}
