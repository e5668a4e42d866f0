import type { Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Card } from '../../views/card.ts';
import { noticeModal } from './block-kit/notice-modal.ts';
import { toCardModal } from './block-kit/to-card-modal.ts';
import { toMessage } from './block-kit/to-message.ts';
import { createDirectChats, type DirectChats } from './direct-chats.ts';
import { slackCode } from './errors.ts';
import type { Modals } from './modals.ts';
import type { Place } from './place.ts';
import type { SlackWords } from './words.ts';
import type { Workspace } from './workspace.ts';

/** Somebody in front of Slack, and where they look. */
export type Surface = { personId: PersonId; triggerId: string; at: Place } & (
  | { kind: 'message'; responseUrl: string | undefined }
  | { kind: 'home' | 'modal' }
);

export type Said = { text: string } | { card: Card };

export type Tell = {
  /** Says something to one person where they look, and to nobody else. Never throws. */
  say(workspace: Workspace, surface: Surface, said: Said): Promise<void>;
  /** Says something to one person in their 1:1 chat. Never throws. */
  directly(workspace: Workspace, personId: PersonId, said: Said): Promise<void>;
  /** Takes away the ephemeral message that somebody pressed on: nobody but this address can (docs.slack.dev, "Handling user interaction"). Never throws. */
  takeAway(responseUrl: string): Promise<void>;
};

type Dependencies = { modals: Modals; words: SlackWords; logger: Logger; chats?: Pick<DirectChats, 'placeFor'> };
type Message = ReturnType<typeof toMessage>;

const PATIENCE_MS = 5_000;

export function createTell({ modals, words, logger, chats = createDirectChats() }: Dependencies): Tell {
  const messageOf = (said: Said): Message => toMessage('card' in said ? said.card : plainCard(said.text), { words });

  async function ephemerally({ client }: Workspace, { personId: user, at }: Surface, message: Message): Promise<boolean> {
    try {
      await client.chat.postEphemeral({ channel: at.place, user, ...message, ...(at.thread !== '' && { thread_ts: at.thread }) });
      return true;
    } catch (error) {
      logger.debug({ code: slackCode(error) }, 'Something could not be shown to one person among others; it goes to their 1:1 chat.');
      return false;
    }
  }

  async function directly(workspace: Workspace, personId: PersonId, said: Said): Promise<void> {
    try {
      await workspace.client.chat.postMessage({ channel: await chats.placeFor(workspace, personId), ...messageOf(said) });
    } catch (error) {
      logger.warn({ error, code: slackCode(error) }, 'Somebody could not be told what came of what they did.');
    }
  }

  async function answer(url: string, body: Record<string, unknown>): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      return response.ok;
    } catch (error) {
      logger.debug({ error }, 'Slack did not take an answer at the address that it gave.');
      return false;
    }
  }

  return {
    async say(workspace, surface, said) {
      if (surface.kind !== 'message') {
        const view = 'card' in said ? toCardModal(said.card, { words }, surface.at) : noticeModal(words, said.text);
        const opened = await modals.open(workspace, surface.triggerId, view, surface.kind === 'modal' ? 'modal' : 'elsewhere');
        if (!opened) await directly(workspace, surface.personId, said);
        return;
      }
      const message = messageOf(said);
      const { thread } = surface.at;
      // Without the thread Slack shows it in the channel, where nobody who works in the thread looks (docs.slack.dev, "Publishing in a thread").
      const body = { response_type: 'ephemeral', replace_original: false, ...message, ...(thread !== '' && { thread_ts: thread }) };
      if (surface.responseUrl !== undefined && (await answer(surface.responseUrl, body))) return;
      if (await ephemerally(workspace, surface, message)) return;
      await directly(workspace, surface.personId, said);
    },
    directly,
    async takeAway(responseUrl) {
      await answer(responseUrl, { delete_original: true });
    },
  };
}

/** Words that were made for one person, as a card, so that they are escaped and cut like all others. */
function plainCard(text: string): Card {
  return { summary: text, blocks: [{ type: 'text', text }], actions: [] };
}
