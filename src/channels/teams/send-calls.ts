import type { Logger } from '../../app/ports.ts';
import type { Card } from '../../views/card.ts';
import { type Address, whereOf } from './address.ts';
import type { Connector } from './connector.ts';
import { askedToWait, deliveryError } from './errors.ts';
import type { Refused } from './errors-table.ts';
import type { Lane, Pace } from './pace.ts';
import { plainerIfRefused } from './plainer.ts';
import { addressed } from './to-activity.ts';
import type { TeamsWords } from './words.ts';

export type CallDependencies = { connector: Connector; pace: Pace; words: Pick<TeamsWords, 'more'>; logger: Logger };

/** Says it there: in a channel without a thread as the beginning of one. Gives the id of the post. */
export async function postTo(dependencies: CallDependencies, address: Address, { id, card }: { id: string; card: Card }): Promise<string> {
  const { connector } = dependencies;
  const { tenant, serviceUrl, botId, place } = address;
  return await plainerIfRefused(dependencies, card, { outbox: id }, async (shown) => {
    const activity = addressed(shown, address);
    if (address.kind !== 'channel' || address.thread !== '') {
      const { activityId } = await paced(dependencies, laneOf(address), () => connector.post(whereOf(address), activity));
      return activityId;
    }
    const opened = await paced(dependencies, { tenant, call: 'create', place }, () => connector.openThread({ serviceUrl, botId, tenant, place, activity }));
    return opened.activityId;
  });
}

/** Shows something else in place of an earlier post. */
export async function updateAt(dependencies: CallDependencies, address: Address, activityId: string, { id, card }: { id: string; card: Card }): Promise<void> {
  await plainerIfRefused(dependencies, card, { outbox: id }, (shown) =>
    paced(dependencies, laneOf(address), () => dependencies.connector.update(whereOf(address), activityId, addressed(shown, address))),
  );
}

export async function removeAt(dependencies: CallDependencies, address: Address, activityId: string): Promise<void> {
  await paced(dependencies, laneOf(address), () => dependencies.connector.remove(whereOf(address), activityId));
}

/** Calls when the pace allows it, and lets the pace know when Teams wants it slower. Throws what the connector throws, or a busy DeliveryError. */
export async function paced<T>({ pace }: Pick<CallDependencies, 'pace'>, lane: Lane, call: () => Promise<T>): Promise<T> {
  await pace.wait(lane);
  try {
    return await call();
  } catch (error) {
    const asked = askedToWait(error);
    if (asked === undefined) throw error;
    throw deliveryError(error, 'a message', 'shared', pace.limited(lane, asked));
  }
}

/** Opens chats when the pace allows it. */
export function pacedOpening({ connector, pace }: { connector: Pick<Connector, 'openChat'>; pace: Pace }): Pick<Connector, 'openChat'> {
  return {
    openChat: (options) => paced({ pace }, { tenant: options.tenant, call: 'create', place: options.accountId }, () => connector.openChat(options)),
  };
}

/** What a refusal of a call to that place means. */
export function refusedAt({ kind }: Pick<Address, 'kind'>): Refused {
  return kind === 'personal' ? 'private' : 'shared';
}

/** What everything that is posted, changed or removed there counts in. */
export function laneOf({ tenant, place }: Pick<Address, 'tenant' | 'place'>): Lane {
  return { tenant, call: 'send', place };
}
