import { openStore } from '../../src/store/open-store.ts';
import { change, leaseAll, NOW, row, said, sendable } from './kit.ts';

/** A process that has a store, works on what is in it, and waits to be killed. */
const store = await openStore({ sqliteFile: process.argv[2] ?? '' }, { clock: { now: () => NOW } });
await store.inbox.add(row('m1'));
await store.commit(change({ outbox: [said('o1')] }));
await sendable(store);
process.send?.({ streams: (await leaseAll(store)).length });
setInterval(() => undefined, 60_000);
