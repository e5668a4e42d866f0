import { randomUUID } from 'node:crypto';
import type { Clock, Intake, Logger } from '../../app/ports.ts';
import { deliveryOf } from './delivery.ts';
import type { DirectChats } from './direct-chats.ts';
import type { SlackDirectory } from './directory.ts';
import type { Home } from './home.ts';
import { isRecord } from './is-record.ts';
import { isDirect } from './place.ts';
import { readEvent, sourceOf } from './read-event.ts';
import { SlackError } from './slack-error.ts';
import { unnamedSource, type Workspace, type Workspaces } from './workspace.ts';

export type EventsOptions = {
  workspaces: Pick<Workspaces, 'find' | 'ending'>;
  intake: () => Intake | undefined;
  /** Forgets what it knows of somebody or some place, because that has changed. */
  directory: Pick<SlackDirectory, 'forget' | 'namesOf'>;
  home: Home;
  /** Learns in which chat somebody writes to Plumb. */
  chats?: Pick<DirectChats, 'remember'>;
  clock: Clock;
  logger: Logger;
};

/**
 * Takes an event of the Events API, from either transport. Resolves when it is durable, was forgotten because it is not ours, or came from where Plumb is
 * not installed; rejects when it could not be stored, so that Slack sends it again.
 */
export function createEvents({ workspaces, intake, directory, home, chats, clock, logger }: EventsOptions): (envelope: unknown) => Promise<void> {
  async function removed(ready: Intake, envelope: unknown, { tenant }: Workspace): Promise<void> {
    workspaces.ending?.(tenant);
    const conversation = { channel: 'slack' as const, tenant, place: '', thread: '' };
    const delivery = isRecord(envelope) && isRecord(envelope['event']) ? deliveryOf(envelope, envelope['event']) : undefined;
    const { eventKey, at } = delivery ?? { eventKey: `removed:${randomUUID()}`, at: 0 };
    await ready.receive({ type: 'InstallChanged', change: 'removed', eventKey, conversation, personId: '', at: at || clock.now() });
  }

  return async function takeEvent(envelope) {
    const ready = intake();
    if (!ready) throw new SlackError('slack_starting', 'Plumb is still starting, so the event was not taken; Slack sends it again.');
    const workspace = await workspaces.find(sourceOf(envelope) ?? unnamedSource);
    if (!workspace) {
      // Answered all the same: sending it again would change nothing.
      logger.warn({ channel: 'slack' }, 'An event came from a workspace that Plumb is not installed in; it was dropped.');
      return;
    }
    const read = readEvent(envelope, workspace, directory.namesOf(workspace.tenant));
    switch (read.kind) {
      case 'ignored':
        return;
      case 'event': {
        const { type, conversation, personId } = read.event;
        if (type === 'MessagePosted' && isDirect(conversation.place)) chats?.remember(workspace.tenant, personId, conversation.place);
        await ready.receive(read.event);
        return;
      }
      case 'home':
        return home.opened(workspace, read.event);
      case 'seen':
        return ready.seen(read.outboxId, read.platformId);
      case 'changed':
        directory.forget(workspace.tenant, read.what, read.id);
        if (read.event) await ready.receive(read.event);
        return;
      case 'removed':
        return removed(ready, envelope, workspace);
      default:
        return read satisfies never;
    }
  };
}
