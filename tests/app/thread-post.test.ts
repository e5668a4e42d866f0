import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createDeliverer } from '../../src/app/deliver.ts';
import { createSeen } from '../../src/app/seen.ts';
import type { Store } from '../../src/app/store.ts';
import { change, conversation, createCounter, createLog, createRoom, type HandClock, openTestStore, said } from './kit.ts';

let store: Store;
let close: () => Promise<void>;
let clock: HandClock;
beforeEach(async () => {
  ({ store, clock, close } = await openTestStore());
});
afterEach(() => close());

it('gives the command in the thread of its post once, also when its delivery could not be noted at first', async () => {
  const opens = { eventKey: 'begin', personId: 'ann', text: 'A negotiation course' };
  await store.commit(change({ outbox: [said('root', '', { audience: 'channel', opens })] }));
  let failures = 1;
  const outbox: Store['outbox'] = {
    ...store.outbox,
    delivered: async (...given) => {
      failures -= 1;
      if (failures >= 0) throw new Error('The database is busy.');
      return store.outbox.delivered(...given);
    },
  };
  const metrics = createCounter();
  const channels = new Map([['room' as const, createRoom({ send: async () => ({ platformId: 'p1' }) })]]);
  const deliverer = createDeliverer({ store: { ...store, outbox }, channels, clock, logger: createLog(), metrics });
  deliverer.start();
  await metrics.reached('delivered', 1);
  await deliverer.stop();
  const leased = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 1, limit: 9 });
  const events = leased.flatMap(({ rows }) => rows.map((row) => row.event));
  expect(events).toMatchObject([{ type: 'CommandGiven', command: 'start', ...opens, conversation: conversation('p1') }]);
});

it('gives it too when the platform shows the post and the process that sent it is gone', async () => {
  const opens = { eventKey: 'begin', personId: 'ann', text: 'A negotiation course' };
  await store.commit(change({ outbox: [said('root', '', { audience: 'channel', opens })] }));
  await store.outbox.lease({ now: clock.now(), leaseUntil: clock.now() + 1_000, limit: 1 });
  const seen = createSeen({ store, clock });
  await seen('root', 'p1');
  await seen('root', 'p1');
  const leased = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 1, limit: 9 });
  const events = leased.flatMap(({ rows }) => rows.map((row) => row.event));
  expect(events).toMatchObject([{ type: 'CommandGiven', command: 'start', ...opens, conversation: conversation('p1') }]);
  expect(await store.outbox.waiting('root')).toBeUndefined();
});
