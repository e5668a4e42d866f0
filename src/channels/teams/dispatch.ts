import type { Clock, InboundEvent, Intake, Logger } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Answer } from './answer.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { pressIn } from './message-press.ts';
import { type Change, type Read, readActivity } from './read-activity.ts';
import type { References } from './references.ts';
import { TeamsError } from './teams-error.ts';

type Activity = Record<string, unknown>;
type CommandGiven = Extract<InboundEvent, { type: 'CommandGiven' }>;

export type DispatchOptions = {
  intake: () => Intake | undefined;
  references: Pick<References, 'learn' | 'learnPerson' | 'isEmpty' | 'teams'>;
  /** Whether whoever adds Plumb to the first team of a tenant becomes its admin: where nobody was named, somebody has to be. */
  firstIsAdmin?: boolean;
  directory: {
    /** Without asking, as far as it is known. */
    personOf(tenant: string, accountId: string): PersonId | undefined;
    nameOf(tenant: string, personId: PersonId): string | undefined;
    /** What is known of somebody, of who is in a place, or of a place is out of date. */
    forget(tenant: string, what: 'person' | 'members' | 'place', id: string): void;
  };
  /** Tenants whose people are served; empty: all. */
  allowedTenants: readonly string[];
  invokes: (activity: Activity, envelope: Envelope) => Promise<Answer>;
  /** Resolves when the command is durable, rejects when it could not be kept. */
  commands: (event: CommandGiven, envelope: Envelope) => Promise<void>;
  /** Puts into an activity what a stand-in for Teams left out. */
  complete?: (activity: Activity) => Activity;
  clock: Clock;
  logger: Logger;
};

/** What says where it was said, whatever else is in it: without that it is malformed. Other types may come in any shape. */
const known: readonly unknown[] = ['message', 'messageUpdate', 'messageDelete', 'invoke', 'conversationUpdate', 'installationUpdate'];

/**
 * Takes a genuine activity. Resolves with the answer once what it tells is durable, or was none of ours; rejects when it could not be stored, so that Teams
 * sends it again. People of other tenants than the allowed ones leave no trace.
 */
export function createDispatch(options: DispatchOptions): (activity: Activity) => Promise<Answer> {
  const { intake, references, directory, invokes, commands, complete, clock, logger } = options;
  const isAllowed = createAllowList(options.allowedTenants);

  return async function dispatch(given) {
    const ready = intake();
    if (!ready) throw new TeamsError('teams_starting', 'Plumb is still starting, so the activity was not taken; Teams sends it again.');
    const activity = complete ? complete(given) : given;
    const envelope = readEnvelope(activity, clock.now());
    if (!envelope) return { status: known.includes(activity['type']) ? 400 : 200 };
    const isInvoke = activity['type'] === 'invoke';
    if (!isAllowed(envelope.tenant)) {
      logger.warn({ channel: 'teams' }, 'An activity came from a tenant that is not in TEAMS_ALLOWED_TENANTS; it was dropped.');
      return { status: isInvoke ? 403 : 200 };
    }
    // Clients that know no presses send the data of a button as a message.
    if (isInvoke || pressIn(activity)) {
      await learnFrom(activity, envelope);
      return invokes(activity, envelope);
    }
    const { tenant } = envelope;
    const read = readActivity(activity, envelope, {
      personOf: (accountId) => directory.personOf(tenant, accountId),
      nameOf: (personId) => directory.nameOf(tenant, personId),
    });
    await take(ready, read, envelope);
    return { status: 200 };
  };

  async function take(ready: Intake, read: Read, envelope: Envelope): Promise<void> {
    switch (read.kind) {
      case 'ignored':
        return references.learn(envelope);
      case 'command':
        await learn(envelope);
        return commands(read.event, envelope);
      case 'events':
        // Before the team is known: after a crash in between it would no longer look like the first.
        if (read.changes.some(({ what }) => what === 'team-added')) await takeInstaller(ready, envelope);
        await references.learn(envelope, read.changes, read.events.some(isOverheard));
        for (const event of read.events) await receive(ready, event, envelope);
        for (const change of read.changes) forget(change, envelope);
        if (read.changes.some(isEnd) && (await references.isEmpty(envelope.tenant))) await ready.receive(removal(envelope));
        return;
      default:
        return read satisfies never;
    }
  }

  /**
   * The action on messages works everywhere for somebody who has Plumb, so it says nothing about whether Plumb is there. Where this cannot be kept the
   * person still gets an answer: what they do is stored apart, or they are told that it could not be.
   */
  async function learnFrom(activity: Activity, envelope: Envelope): Promise<void> {
    const { name } = activity;
    if (typeof name === 'string' && name.startsWith('composeExtension/')) return;
    await learn(envelope).catch((error: unknown) => logger.error({ error, channel: 'teams' }, 'How to reach a place in Teams could not be kept.'));
  }

  async function takeInstaller(ready: Intake, envelope: Envelope): Promise<void> {
    if (options.firstIsAdmin !== true || !envelope.by || (await references.teams(envelope.tenant)).length > 0) return;
    await references.learnPerson(envelope);
    await ready.receive(installation(envelope, envelope.by.personId));
  }

  /** Whoever does something with Plumb can be written to from then on. */
  async function learn(envelope: Envelope): Promise<void> {
    await references.learn(envelope);
    await references.learnPerson(envelope);
  }

  function forget(change: Change, envelope: Envelope): void {
    const stale = outdated(change, envelope);
    if (stale) directory.forget(envelope.tenant, stale.what, stale.id);
  }

  async function receive(ready: Intake, event: InboundEvent, envelope: Envelope): Promise<void> {
    const outcome = await ready.receive(event);
    if (outcome !== 'not ours' && (event.type === 'MessagePosted' || event.type === 'MessageEdited')) await references.learnPerson(envelope);
  }
}

function createAllowList(tenants: readonly string[]): (tenant: string) => boolean {
  const allowed = new Set(tenants.map((tenant) => tenant.toLowerCase()));
  return (tenant) => allowed.size === 0 || allowed.has(tenant.toLowerCase());
}

/** What is no longer as it was known. */
function outdated(change: Change, { by }: Envelope): { what: 'person' | 'members' | 'place'; id: string } | undefined {
  switch (change.what) {
    case 'members':
      return { what: 'members', id: change.place };
    case 'place':
    case 'place-gone':
      return { what: 'place', id: change.place };
    case 'team':
    case 'team-added':
    case 'team-gone':
      return { what: 'place', id: change.team };
    case 'person-added':
    case 'person-gone':
      return by && { what: 'person', id: by.personId };
    default:
      return change satisfies never;
  }
}

/** A message that does not mention Plumb. Without its owner's consent Teams gives none of a team's or chat's (Microsoft Learn: "Receive all messages for bots and agents"). */
function isOverheard(event: InboundEvent): boolean {
  return event.type === 'MessagePosted' && !event.addressed;
}

function isEnd({ what }: Change): boolean {
  return what === 'team-gone' || what === 'place-gone' || what === 'person-gone';
}

/** Teams tells of one addition twice: the key names the team, so that it counts once. */
function installation({ tenant, team, at }: Envelope, personId: PersonId): InboundEvent {
  const conversation = { channel: 'teams' as const, tenant, place: '', thread: '' };
  return { type: 'InstallChanged', change: 'installed', eventKey: `${tenant}:installed:${team?.id ?? ''}`, conversation, personId, at };
}

/** Plumb was taken away from everywhere: what is kept of the tenant is erased in time. */
function removal({ tenant, activityId, at }: Envelope): InboundEvent {
  const conversation = { channel: 'teams' as const, tenant, place: '', thread: '' };
  return { type: 'InstallChanged', change: 'removed', eventKey: `${tenant}:removed:${activityId}`, conversation, personId: '', at };
}
