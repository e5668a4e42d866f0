import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Envelope } from './envelope.ts';
import { readMessage } from './read-message.ts';
import { readUpdate } from './read-update.ts';

/** What an authenticated activity means, apart from invokes. */
export type Read =
  /** A type that means nothing to Plumb, or something of its own doing. */
  | { kind: 'ignored' }
  /** Stored before the activity is answered, in this order. */
  | { kind: 'events'; events: readonly InboundEvent[]; changes: readonly Change[] }
  /** A bot command, or a greeting: answered to whoever gave it. */
  | { kind: 'command'; event: Extract<InboundEvent, { type: 'CommandGiven' }> };

/** What it tells of teams, places and people beside its events. */
export type Change =
  | { what: 'members'; place: string }
  | { what: 'place'; place: string; name?: string }
  | { what: 'place-gone'; place: string }
  | { what: 'team'; team: string; name: string }
  /** `channel`: where Plumb shall say that it is there, if that is another one than that of the activity. */
  | { what: 'team-added'; team: string; channel?: string }
  | { what: 'team-gone'; team: string }
  | { what: 'person-added' | 'person-gone' };

/** People of a tenant as far as they are known at once: activities mention them by account ids alone. */
export type Known = { personOf(accountId: string): PersonId | undefined; nameOf(personId: PersonId): string | undefined };

const Typed = z.object({ type: z.string() });

/** Reads an activity of which `readEnvelope` told where it came from. Never throws: what is malformed or of no use is ignored. */
export function readActivity(activity: unknown, envelope: Envelope, known: Known): Read {
  const { data } = Typed.safeParse(activity);
  switch (data?.type) {
    case 'message':
    case 'messageUpdate':
    case 'messageDelete':
      return readMessage(data.type, activity, envelope, known);
    case 'conversationUpdate':
    case 'installationUpdate':
      return readUpdate(data.type, activity, envelope, known);
    default:
      return { kind: 'ignored' };
  }
}
