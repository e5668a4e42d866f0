import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDeliverer, type Deliverer } from '../../src/app/deliver.ts';
import { type Channel, DeliveryError, type InboundEvent, type OutboundMessage } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/store.ts';
import { change, createCounter, createLog, createRoom, type HandClock, openTestStore, said } from './kit.ts';

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

type Send = Channel['send'];
const accept: Send = async (message) => ({ platformId: `post of ${message.id}` });

function startDeliverer(options: { send?: Send; sendDeadlineMs?: number; store?: Store; concurrency?: number; random?: () => number } = {}): Deliverer {
  const { send = accept, ...rest } = options;
  const room = createRoom({
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

describe('a platform that is only busy', () => {
  const busy = (retryAfterMs: number) => new DeliveryError('429', { retry: true, busy: true, retryAfterMs });

  it('is tried for as long as it takes, in order, and nothing is parked', async () => {
    const deliverer = startDeliverer({ send: failing('o1', ...Array.from({ length: 20 }, () => busy(60_000))) });
    await say(said('o1', 'm1'), said('o2', 'm1'));
    for (let retry = 1; retry <= 20; retry += 1) {
      await metrics.reached('retried', retry);
      clock.move(72_000);
      deliverer.poke();
    }
    await metrics.reached('delivered', 2);
    expect(sends.map(([id]) => id)).toEqual([...Array.from({ length: 21 }, () => 'o1'), 'o2']);
    expect((await store.depth()).deadLetters).toBe(0);
  });

  it('is never tried before the moment that it asks for', async () => {
    const deliverer = startDeliverer({ send: failing('o1', busy(60_000)), random: () => 0 });
    await say(said('o1', 'm1'));
    await metrics.reached('retried', 1);
    clock.move(59_999);
    await roundPassed(deliverer);
    expect(sendsOf('o1')).toBe(1);
  });

  it('is given up on when the message is too late', async () => {
    const deliverer = startDeliverer({ send: failing('o1', busy(60_000), busy(60_000)) });
    await say(said('o1', 'm1', { expiresAt: clock.now() + 100_000 }));
    for (let retry = 1; retry <= 2; retry += 1) {
      await metrics.reached('retried', retry);
      clock.move(72_000);
      deliverer.poke();
    }
    await metrics.reached('dropped', 1);
    expect(await store.depth()).toMatchObject({ outbox: 0, deadLetters: 0 });
  });

  it('holds up no other destination, however many are busy', async () => {
    const many = Array.from({ length: 40 }, (_, index) => said(`busy ${index}`, `busy ${index}`));
    startDeliverer({
      concurrency: 2,
      send: async (message) => {
        if (message.id.startsWith('busy')) throw busy(60_000);
        return { platformId: 'p' };
      },
    });
    await say(...many, said('o1', 'm1'));
    await metrics.reached('delivered', 1);
    await metrics.reached('retried', 40);
    expect(sends.length).toBe(41);
  });
});

describe('whether an earlier try may have arrived', () => {
  /** What the channel was told of earlier tries of o1, after its first try failed like this. */
  async function toldAfter(failure: unknown): Promise<unknown[]> {
    const told: unknown[] = [];
    let failed = false;
    const deliverer = startDeliverer({
      sendDeadlineMs: 20,
      send: (message, _platformId, history) => {
        if (message.id === 'o1') told.push(history);
        if (message.id !== 'o1' || failed) return accept(message, undefined);
        failed = true;
        return failure === 'hangs' ? new Promise(() => undefined) : Promise.reject(failure);
      },
    });
    await say(said('o1', 'm1'));
    await metrics.reached('retried', 1);
    clock.move(60_000);
    deliverer.poke();
    await metrics.reached('delivered', 1);
    return told;
  }

  it('is unknown after a broken connection', async () => {
    const begun = clock.now();
    expect(await toldAfter(new DeliveryError('reset', { retry: true, perhapsSent: true }))).toEqual([{}, { perhapsSentAt: begun }]);
  });

  it('is unknown after a send that hangs, and after a mistake of our own', async () => {
    const begun = clock.now();
    expect(await toldAfter('hangs')).toEqual([{}, { perhapsSentAt: begun }]);
  });

  it('is out of the question after a clear refusal', async () => {
    expect(await toldAfter(new DeliveryError('503', { retry: true }))).toEqual([{}, {}]);
  });

  it('stays open when a later try is refused', async () => {
    const begun = clock.now();
    const told: unknown[] = [];
    const errors = [new DeliveryError('reset', { retry: true, perhapsSent: true }), new DeliveryError('429', { retry: true, busy: true })];
    const deliverer = startDeliverer({
      send: (message, _platformId, history) => {
        told.push(history);
        const error = errors.shift();
        return error ? Promise.reject(error) : accept(message, undefined);
      },
    });
    await say(said('o1', 'm1'));
    for (let retry = 1; retry <= 2; retry += 1) {
      await metrics.reached('retried', retry);
      clock.move(60_000);
      deliverer.poke();
    }
    await metrics.reached('delivered', 1);
    expect(told).toEqual([{}, { perhapsSentAt: begun }, { perhapsSentAt: begun }]);
  });
});

it('forgets what nobody can receive any more', async () => {
  startDeliverer({ send: failing('o1', new DeliveryError('gone', { retry: false, drop: true })) });
  await say(said('o1', 'm1'), said('o2', 'm1'));
  await metrics.reached('delivered', 1);
  expect(metrics.of('dropped')).toBe(1);
  expect(await store.depth()).toMatchObject({ outbox: 0, deadLetters: 0, inbox: 0 });
});

describe('what an admin can mend', () => {
  const refuse = () => new DeliveryError('not_in_channel', { retry: false, problem: 'not-in-channel' });

  /** The events that came of the refusal of o1. */
  async function eventsAfter(message: OutboundMessage): Promise<InboundEvent[]> {
    startDeliverer({ send: failing('o1', refuse()) });
    await say(message);
    await metrics.reached('dead_letter', 1);
    const leased = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 1, limit: 5 });
    return leased.flatMap(({ rows }) => rows.map(({ event }) => event));
  }

  it('is parked, and becomes an event of the conversation', async () => {
    const events = await eventsAfter(said('o1', 'm1'));
    expect(events).toMatchObject([{ type: 'DeliveryRefused', problem: 'not-in-channel', conversation: { place: 'sales', thread: 'm1' }, personId: '' }]);
    expect((await store.deadLetters.list('acme')).length).toBe(1);
  });

  it('names no private chat', async () => {
    const events = await eventsAfter(said('o1', '', { audience: 'private' }));
    expect(events).toMatchObject([{ conversation: { channel: 'room', tenant: 'acme', place: '', thread: '' } }]);
  });

  it('names whoever gave the command that it was to begin with', async () => {
    const events = await eventsAfter(said('o1', '', { audience: 'channel', opens: { eventKey: 'k', personId: 'bea', text: 'a course' } }));
    expect(events).toMatchObject([{ type: 'DeliveryRefused', personId: 'bea' }]);
    expect(JSON.stringify(events)).not.toContain('a course');
  });
});

describe('somebody who has no chat with Plumb', () => {
  const noChat = () => new DeliveryError('no chat', { retry: false, problem: 'no-private-chat' });
  const ann = { kind: 'person' as const, channel: 'room' as const, tenant: 'acme', personId: 'ann' };
  const about = { channel: 'room' as const, tenant: 'acme', place: 'sales', thread: 'm1' };
  const toAnn = (more: Partial<OutboundMessage>) => said('o1', 'm1', { to: ann, audience: 'private', ...more });

  /** What came of a message to Ann. */
  async function comesOf(message: OutboundMessage): Promise<{ kept: string[]; events: InboundEvent[] }> {
    const deliverer = startDeliverer({ send: failing('o1', noChat()) });
    await say(message);
    await log.logged('"outbox":"o1"');
    await roundPassed(deliverer);
    const leased = await store.inbox.lease({ now: clock.now(), leaseUntil: clock.now() + 1, limit: 5 });
    expect(await store.depth()).toMatchObject({ outbox: 0, deadLetters: 0 });
    return { kept: (await store.outbox.kept(ann)).map(({ id }) => id), events: leased.flatMap(({ rows }) => rows.map(({ event }) => event)) };
  }

  it('gets it later, and the conversation it belongs to learns of that and nothing of the message', async () => {
    const { kept, events } = await comesOf(toAnn({ about, concerns: { alignment: 'a1', kind: 'question' } }));
    expect(kept).toEqual(['o1']);
    const concerns = { alignment: 'a1', kind: 'question' };
    expect(events).toMatchObject([{ type: 'DeliveryRefused', problem: 'no-private-chat', unreached: 'ann', conversation: about, concerns, personId: '' }]);
    expect(JSON.stringify(events)).not.toContain('card o1');
  });

  it('gets a post of its own later, of which nobody else is told', async () => {
    expect(await comesOf(toAnn({ post: 'installed' }))).toEqual({ kept: ['o1'], events: [] });
  });

  it.each<[string, Partial<OutboundMessage>]>([
    ['their Home', { audience: 'home', post: 'home', replaces: 'home' }],
    ['a suggestion for the moment', { near: about, post: 'suggestion' }],
    ['a post that is taken away', { card: 'removed', replaces: 'notice' }],
    ['what only changes something they never saw', { post: 'notice', replaces: 'notice' }],
    ['an answer to something they did', {}],
  ])('never gets %s, and nobody is told', async (_what, more) => {
    expect(await comesOf(toAnn(more))).toEqual({ kept: [], events: [] });
  });
});
