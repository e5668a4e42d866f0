import type { Clock } from '../../../app/ports.ts';
import type { Connector } from '../connector.ts';
import { createComplete } from './complete-activity.ts';
import { createForgivingConnector } from './forgiving-connector.ts';
import { createMemory } from './memory.ts';

/** What Plumb needs to get along with a stand-in for Teams that tells and does less than Teams. */
export type StandIn = { connector: Connector; complete: (activity: Record<string, unknown>) => Record<string, unknown> };

/** For activities and a connector of this machine alone, where nobody signs in. `tenant`: what stands for the organisation where none is named. */
export function createStandIn({ connector, clock, tenant, newId }: { connector: Connector; clock: Clock; tenant: string; newId: () => string }): StandIn {
  const memory = createMemory(clock);
  return { connector: createForgivingConnector({ connector, memory }), complete: createComplete({ memory, tenant, newId }) };
}
