import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDeliverer, type Deliverer } from '../../src/app/deliver.ts';
import { type Channel, DeliveryError, type OutboundMessage } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { change, createCounter, createGate, createLog, createRoom, type HandClock, openTestStore, said } from './kit.ts';

let store: Store;
let close: () => Promise<void>;
let clock: HandClock;
let log: ReturnType<typeof createLog>;
let metrics: ReturnType<typeof createCounter>;
let deliverers: Deliverer[];
/** Every call of send: the id of the message and the post that it replaces. */
let sends: [string, string | undefined][];

beforeEach(async () => {
  ({ store, clock, close } = await openTestStore());
  log = createLog();
  metrics = createCounter();
  deliverers = [];
  sends = [];
});
afterEach(async () => {
  await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
  await close();
});

const hour = 3_600_000;

type Send = Channel['send'];
const accept: Send = async (message) => ({ platformId: `post of ${message.id}` });

function startDeliverer(
  options: { send?: Send; sendDeadlineMs?: number; store?: Store; concurrency?: number; timeZone?: string; unreachable?: () => boolean } = {},
): Deliverer {
  const { send = accept, timeZone = 'UTC', unreachable = () => false, ...rest } = options;
  const { directory } = createRoom({});
  const room = createRoom({
    directory: {
      ...directory,
      async person(tenant, id) {
        if (unreachable()) throw new Error('The platform does not answer.');
        return { channel: 'room', tenant, id, name: id, timeZone, external: false };
      },
    },
    send: (message, platformId, history) => {
      sends.push([message.id, platformId]);
      return send(message, platformId, history);
    },
  });
  const deliverer = createDeliverer({ store, channels: new Map([['room', room]]), clock, logger: log, metrics, random: () => 0.5, ...rest });
  deliverers.push(deliverer);
  deliverer.start();
  return deliverer;
}

const say = (...outbox: OutboundMessage[]) => store.commit(change({ outbox }));

/** Resolves when the deliverer has looked for work again: it has delivered something new. */
async function roundPassed(deliverer: Deliverer): Promise<void> {
  const delivered = metrics.of('delivered');
  await say(said(`marker ${delivered}`, `marker ${delivered}`));
  deliverer.poke();
  await metrics.reached('delivered', delivered + 1);
}

const sendsOf = (id: string): number => sends.filter(([sent]) => sent === id).length;

/** Fails for this message with these errors, one after the other, then accepts. */
function failing(id: string, ...errors: unknown[]): Send {
  return (message, platformId) => {
    const error = message.id === id ? errors.shift() : undefined;
    return error === undefined ? accept(message, platformId) : Promise.reject(error);
  };
}

it('delivers each message once and edits the post that a later one replaces', async () => {
  startDeliverer();
  await say(said('o1', 'm1', { post: 'intake' }));
  await metrics.reached('delivered', 1);
  await say(said('o2', 'm1', { replaces: 'intake' }));
  await metrics.reached('delivered', 2);
  expect(sends).toEqual([
    ['o1', undefined],
    ['o2', 'post of o1'],
  ]);
});

it('looks at the time of day again for what was held back for the morning and could not go out in it', async () => {
  const to = { kind: 'person', channel: 'room', tenant: 'room', personId: 'dana' } as const;
  const morning = clock.now() + 4 * hour;
  await say(said('held', '', { to, audience: 'private', notBefore: morning }));
  // Plumb is away until it is midnight in New York.
  clock.move(20 * hour);
  const deliverer = startDeliverer({ timeZone: 'America/New_York' });
  await say(said('answer', '', { to, audience: 'private' }));
  await roundPassed(deliverer);
  expect(sends.map(([id]) => id)).toEqual(expect.arrayContaining(['answer']));
  expect(sendsOf('held')).toBe(0);
  clock.move(9 * hour);
  deliverer.poke();
  await metrics.reached('delivered', 3);
  expect(sendsOf('held')).toBe(1);
});

it('does not send what was held back while nobody knows what time it is for the person, and says so', async () => {
  const to = { kind: 'person', channel: 'room', tenant: 'room', personId: 'dana' } as const;
  await say(said('held', '', { to, audience: 'private', notBefore: clock.now() + hour }));
  clock.move(2 * hour);
  let unreachable = true;
  const deliverer = startDeliverer({ unreachable: () => unreachable });
  await roundPassed(deliverer);
  expect(sendsOf('held')).toBe(0);
  expect(log.lines).toEqual([expect.stringMatching(/^warn Whether somebody may be written to/)]);
  unreachable = false;
  clock.move(60_000);
  deliverer.poke();
  await metrics.reached('delivered', 2);
  expect(sendsOf('held')).toBe(1);
});

it('looks at the time of day also where the platform did not answer at first', async () => {
  const to = { kind: 'person', channel: 'room', tenant: 'room', personId: 'dana' } as const;
  await say(said('held', '', { to, audience: 'private', notBefore: clock.now() + 4 * hour }));
  // It is midnight in New York.
  clock.move(20 * hour);
  let unreachable = true;
  const deliverer = startDeliverer({ timeZone: 'America/New_York', unreachable: () => unreachable });
  await roundPassed(deliverer);
  unreachable = false;
  clock.move(10 * 60_000);
  await roundPassed(deliverer);
  await roundPassed(deliverer);
  expect(sendsOf('held')).toBe(0);
  clock.move(9 * hour);
  deliverer.poke();
  await metrics.reached('delivered', 4);
  expect(sendsOf('held')).toBe(1);
});

it('keeps the order within a destination while others go on', async () => {
  const gate = createGate();
  startDeliverer({
    send: async (message, platformId) => {
      if (message.id === 'slow 1') await gate.opened;
      return accept(message, platformId);
    },
  });
  await say(said('slow 1', 'slow'), said('slow 2', 'slow'), said('a', 'a'), said('b', 'b'));
  await metrics.reached('delivered', 2);
  expect(sends.map(([id]) => id).toSorted()).toEqual(['a', 'b', 'slow 1']);
  gate.open();
  await metrics.reached('delivered', 4);
  expect(sends.at(-1)?.[0]).toBe('slow 2');
});

describe('a send that fails', () => {
  it('waits as long as the platform asks for, and nothing overtakes it', async () => {
    const deliverer = startDeliverer({ send: failing('o1', new DeliveryError('429', { retry: true, retryAfterMs: 30_000 })) });
    await say(said('o1', 'm1'), said('o2', 'm1'));
    await metrics.reached('retried', 1);
    clock.move(29_999);
    await roundPassed(deliverer);
    expect(sendsOf('o1') + sendsOf('o2')).toBe(1);
    clock.move(1);
    deliverer.poke();
    await metrics.reached('delivered', 3);
    expect(sends.map(([id]) => id).filter((id) => id.startsWith('o'))).toEqual(['o1', 'o1', 'o2']);
  });

  it('is parked at once when another try makes no sense, and the next message goes out', async () => {
    startDeliverer({ send: failing('o1', new DeliveryError('The channel is archived.', { retry: false })) });
    await say(said('o1', 'm1'), said('o2', 'm1'));
    await metrics.reached('dead_letter', 1);
    await metrics.reached('delivered', 1);
    expect(sends.map(([id]) => id)).toEqual(['o1', 'o2']);
    expect(await store.deadLetters.list('acme')).toMatchObject([{ kind: 'outbox', reason: 'DeliveryError: The channel is archived.' }]);
  });

  it('is parked after nine tries over some hours', async () => {
    const refuse = () => new DeliveryError('503', { retry: true });
    const deliverer = startDeliverer({ send: failing('o1', ...Array.from({ length: 20 }, refuse)) });
    await say(said('o1', 'm1'));
    for (let retry = 1; retry <= 8; retry += 1) {
      await metrics.reached('retried', retry);
      clock.move(2 * 3_600_000);
      deliverer.poke();
    }
    await metrics.reached('dead_letter', 1);
    expect(sendsOf('o1')).toBe(9);
  });

  it('for a reason of our own gives up sooner, without its words in the log', async () => {
    const deliverer = startDeliverer({ send: failing('o1', ...Array.from({ length: 20 }, () => new TypeError('our secret plans'))) });
    await say(said('o1', 'm1'));
    for (let retry = 1; retry <= 5; retry += 1) {
      await metrics.reached('retried', retry);
      clock.move(600_000);
      deliverer.poke();
    }
    await metrics.reached('dead_letter', 1);
    expect(log.lines.join()).not.toContain('secret');
  });

  it('because it hangs is tried again', async () => {
    let hung = false;
    const deliverer = startDeliverer({
      sendDeadlineMs: 20,
      send: (message, platformId) => {
        if (hung) return accept(message, platformId);
        hung = true;
        return new Promise(() => undefined);
      },
    });
    await say(said('o1', 'm1'));
    await metrics.reached('retried', 1);
    clock.move(1_000);
    deliverer.poke();
    await metrics.reached('delivered', 1);
    expect(sendsOf('o1')).toBe(2);
  });

  it('because it hangs is not tried again when it arrives late after all', async () => {
    const gate = createGate();
    const deliverer = startDeliverer({
      sendDeadlineMs: 20,
      send: async (message, platformId) => {
        if (message.id === 'o1') await gate.opened;
        return accept(message, platformId);
      },
    });
    await say(said('o1', 'm1'));
    await metrics.reached('retried', 1);
    gate.open();
    await log.logged('arrived after its deadline');
    clock.move(1_000);
    await roundPassed(deliverer);
    expect(sendsOf('o1')).toBe(1);
  });
});

it('leaves what goes to a platform that is not served here to a process that serves it', async () => {
  const deliverer = startDeliverer();
  await say(said('o1', 'm1', { to: { kind: 'person', channel: 'slack', tenant: 'acme', personId: 'ann' } }));
  await roundPassed(deliverer);
  expect(sendsOf('o1')).toBe(0);
  const { due } = await store.outbox.lease({ now: clock.now(), leaseUntil: clock.now() + 1, limit: 5, channels: ['slack'] });
  expect(due).toMatchObject([{ id: 'o1', attempts: 0 }]);
});

it('drops what is too late', async () => {
  await say(said('o1', 'm1', { expiresAt: clock.now() + 1_000 }), said('o2', 'm2', { expiresAt: clock.now() + 10_000 }));
  clock.move(5_000);
  startDeliverer();
  await metrics.reached('delivered', 1);
  await metrics.reached('dropped', 1);
  expect(sends.map(([id]) => id)).toEqual(['o2']);
  expect((await store.depth()).outbox).toBe(0);
});

it('does not send before its time', async () => {
  await say(said('o1', 'm1', { notBefore: clock.now() + 60_000 }));
  const deliverer = startDeliverer();
  await roundPassed(deliverer);
  expect(sendsOf('o1')).toBe(0);
  clock.move(60_000);
  deliverer.poke();
  await metrics.reached('delivered', 2);
  expect(sendsOf('o1')).toBe(1);
});

it('does not send again because the store failed for a moment', async () => {
  let failures = 2;
  const delivered: Store['outbox']['delivered'] = (rowId, result) => {
    failures -= 1;
    return failures >= 0 ? Promise.reject(new Error('database is locked')) : store.outbox.delivered(rowId, result);
  };
  startDeliverer({ store: { ...store, outbox: { ...store.outbox, delivered } } });
  await say(said('o1', 'm1'));
  await metrics.reached('delivered', 1);
  expect(sendsOf('o1')).toBe(1);
  expect((await store.depth()).outbox).toBe(0);
});

it('sends again what a crash left undecided', async () => {
  await say(said('o1', 'm1'));
  await store.outbox.lease({ now: clock.now(), leaseUntil: clock.now() + 45_000, limit: 1 });
  const deliverer = startDeliverer();
  await roundPassed(deliverer);
  expect(sendsOf('o1')).toBe(0);
  clock.move(45_001);
  deliverer.poke();
  await metrics.reached('delivered', 2);
  expect(sendsOf('o1')).toBe(1);
});

it('ends the send in hand when it is stopped, and starts no other', async () => {
  const gate = createGate();
  const entered = createGate();
  const deliverer = startDeliverer({
    send: async (message, platformId) => {
      entered.open();
      await gate.opened;
      return accept(message, platformId);
    },
  });
  await say(said('o1', 'm1'));
  await entered.opened;
  const stopped = deliverer.stop();
  await say(said('o2', 'm2'));
  gate.open();
  await stopped;
  expect(sends.map(([id]) => id)).toEqual(['o1']);
  expect((await store.depth()).outbox).toBe(1);
});
