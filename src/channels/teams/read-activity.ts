import type { InboundEvent } from '../../app/ports.ts';

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
  | { what: 'team-added'; team: string }
  | { what: 'team-gone'; team: string }
  | { what: 'person-added' | 'person-gone' };
