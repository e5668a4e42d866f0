import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../src/app/errors.ts';
import { type Channel, defaultSettings, type InboundEvent } from '../../src/app/ports.ts';
import { createReceive } from '../../src/app/receive.ts';
import type { Store } from '../../src/app/store.ts';
import type { Language } from '../../src/language/language.ts';
import { conversation, createCounter, createLog, createRoom, type HandClock, MONDAY_9_UTC, openTestStore, posted, pressed, track } from './kit.ts';

const LATER = MONDAY_9_UTC + 3_600_000;

let store: Store;
let close: () => Promise<void>;
let clock: HandClock;
let log: ReturnType<typeof createLog>;
let metrics: ReturnType<typeof createCounter>;
let working: string[];

beforeEach(async () => {
  ({ store, clock, close } = await openTestStore());
  log = createLog();
  metrics = createCounter();
  working = [];
});
afterEach(() => close());

/** Reads a request in what says "training" (sure) or "maybe". */
const language: Pick<Language, 'mayMatter' | 'glance' | 'isWorthKeeping'> = {
  mayMatter: (text: string) => /training|maybe/.test(text),
  glance: ({ text }: { text: string }) => (text.includes('no training') ? 'no' : text.includes('training') ? 'sure' : 'maybe'),
  isWorthKeeping: async ({ text }: { text: string }) => !text.includes('on closer look none'),
};

type Complete = NonNullable<Channel['complete']>;

function receiver({ complete, ...parts }: { store?: Pick<Store, 'inbox' | 'settings' | 'lessons'>; language?: typeof language; complete?: Complete } = {}) {
  const room = createRoom({ showWorking: ({ thread }) => void working.push(thread), ...(complete && { complete }) });
  return createReceive({ store, language, workspaces: 'one', channels: new Map([['room', room]]), clock, logger: log, metrics, ...parts });
}

/** Every stored row, with the moment from which on it is handled. */
async function stored(now = LATER): Promise<InboundEvent[]> {
  const streams = await store.inbox.lease({ now, leaseUntil: now + 1, limit: 100 });
  return streams.flatMap(({ rows }) => rows.map(({ event }) => event));
}

it('nobody is kept for coming or going', async () => {
  const event = { type: 'MemberChanged', subject: 'sam', eventKey: 'e1', conversation: conversation(''), personId: 'dana', at: MONDAY_9_UTC } as const;
  expect(await receiver()({ ...event, change: 'joined', isPlumb: false })).toBe('not ours');
  expect(await receiver()({ ...event, change: 'left', isPlumb: false })).toBe('not ours');
  expect((await store.depth()).inbox).toBe(0);
  expect(await receiver()({ ...event, change: 'joined', isPlumb: true })).toBe('stored');
});

describe('chatter at the top of a channel', () => {
  it('is forgotten without a look into the database or a line in the log', async () => {
    const untouchable = new Proxy(store, {
      get: () => {
        throw new Error('the store was touched');
      },
    });
    const receive = receiver({
      store: {
        get inbox() {
          return untouchable.inbox;
        },
        settings: { load: () => Promise.reject(new Error('the store was touched')), save: store.settings.save, change: store.settings.change },
        lessons: { list: () => Promise.reject(new Error('the store was touched')) },
      },
    });
    expect(await receive(posted('m1', 'm1', { text: 'Lunch anyone?' }))).toBe('not ours');
    expect(await receive(posted('m2', 'm2', { text: 'See you at 5' }))).toBe('not ours');
    expect(log.lines).toEqual([]);
    expect(working).toEqual([]);
  });

  it('that only sounds like a request is forgotten too', async () => {
    expect(await receiver()(posted('m1', 'm1', { text: 'no training today' }))).toBe('not ours');
    expect(log.lines).toEqual([]);
    expect((await store.depth()).inbox).toBe(0);
  });

  it('that a closer look finds to be none is never written', async () => {
    expect(await receiver()(posted('m1', 'm1', { text: 'maybe, on closer look none' }))).toBe('not ours');
    expect((await store.depth()).inbox).toBe(0);
  });

  it('in a thread that nobody tracks is forgotten too', async () => {
    expect(await receiver()(posted('m2', 'm1'))).toBe('not ours');
    expect((await store.depth()).inbox).toBe(0);
  });
});

describe('a possible request', () => {
  it('is stored for handling at once, and the channel sees no sign of work before it was looked at closely', async () => {
    const receive = receiver();
    expect(await receive(posted('m1', 'm1', { text: 'we need a training' }))).toBe('stored');
    expect(await receive(posted('m2', 'm2', { text: 'maybe something' }))).toBe('stored');
    expect((await stored(clock.now())).length).toBe(2);
    expect(working).toEqual([]);
  });

  it('in a silenced place is forgotten, unless it is addressed to Plumb', async () => {
    await store.settings.save('acme', { ...defaultSettings, silencedPlaces: ['sales'] });
    const receive = receiver();
    expect(await receive(posted('m1', 'm1', { text: 'we need a training' }))).toBe('not ours');
    expect(await receive(posted('m2', 'm2', { text: 'hello', addressed: true }))).toBe('stored');
    expect((await stored()).map(({ eventKey }) => eventKey)).toEqual(['m2']);
  });

  it('is forgotten when the engine cannot read it, and the log says so without its words', async () => {
    const glance = () => JSON.parse('our secret plans, training') as never;
    expect(await receiver({ language: { ...language, glance } })(posted('m1', 'm1', { text: 'our secret plans, training' }))).toBe('not ours');
    expect(log.lines.length).toBe(1);
    expect(log.lines.join()).not.toContain('secret');
    expect((await store.depth()).inbox).toBe(0);
  });
});

describe('a message in a tracked thread', () => {
  beforeEach(() => track(store, conversation('m1')));

  it('waits until its author has said everything, then comes as one burst', async () => {
    const receive = receiver();
    await receive(posted('m2', 'm1', { text: 'revenue' }));
    clock.move(2_000);
    await receive(posted('m3', 'm1', { text: 'in the north' }));
    clock.move(1_500);
    expect(await stored(clock.now())).toEqual([]);
    clock.move(1_500);
    expect((await stored(clock.now())).map(({ eventKey }) => eventKey)).toEqual(['m2', 'm3']);
  });

  it('does not wait longer than ten seconds for somebody who keeps typing', async () => {
    const receive = receiver();
    for (let second = 0; second <= 10; second += 2) {
      await receive(posted(`at ${second}`, 'm1'));
      clock.move(2_000);
    }
    expect((await stored(MONDAY_9_UTC + 10_000)).length).toBe(6);
  });

  it('is stored when it is edited or deleted, whatever it says', async () => {
    const receive = receiver();
    const edited = { ...posted('m2', 'm1'), type: 'MessageEdited' as const, eventKey: 'edit of m2', editedAt: MONDAY_9_UTC };
    const { text: _text, mentions: _mentions, addressed: _addressed, topLevel: _topLevel, ...rest } = posted('m2', 'm1');
    expect(await receive(edited)).toBe('stored');
    expect(await receive({ ...rest, type: 'MessageDeleted', eventKey: 'deletion of m2' })).toBe('stored');
    expect(await receive({ ...rest, type: 'MessageDeleted', eventKey: 'deletion elsewhere', conversation: conversation('other') })).toBe('not ours');
  });
});

it('judges an edited message that nobody tracks like a new one', async () => {
  const receive = receiver();
  const edited = { ...posted('m1', 'm1'), type: 'MessageEdited' as const, editedAt: MONDAY_9_UTC };
  expect(await receive({ ...edited, eventKey: 'e1', text: 'Lunch?' })).toBe('not ours');
  expect(await receive({ ...edited, eventKey: 'e2', text: 'we need a training' })).toBe('stored');
});

describe('what a message lacks', () => {
  const asked: string[] = [];
  const complete: Complete = async (event) => {
    asked.push(event.messageId);
    return { ...event, text: event.text.replace('U1', 'Bob\0') };
  };
  beforeEach(() => {
    asked.length = 0;
  });

  it('is asked for once it is to be kept, and never for chatter', async () => {
    const receive = receiver({ complete });
    await track(store, conversation('m1'));
    await receive(posted('chatter', 'chatter', { text: 'Lunch, U1?' }));
    await receive(posted('no', 'no', { text: 'no training, U1' }));
    expect(asked).toEqual([]);
    await receive(posted('m2', 'm1', { text: 'U1 knows that' }));
    await receive(posted('m3', 'm3', { text: 'we need a training, U1' }));
    expect(asked).toEqual(['m2', 'm3']);
    const texts = (await stored()).flatMap((event) => (event.type === 'MessagePosted' ? [event.text] : []));
    expect(texts.toSorted()).toEqual(['Bob  knows that', 'we need a training, Bob ']);
  });

  it('lets nothing that follows in the conversation overtake it', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: named, resolve: name } = Promise.withResolvers<void>();
    const receive = receiver({
      complete(event) {
        if (!event.text.includes('U1')) return undefined;
        ask();
        return named.then(() => event);
      },
    });
    const first = receive(posted('m1', 'm1', { text: 'we need a training, U1', addressed: true }));
    await asked;
    const both = Promise.all([first, receive(posted('m2', 'm1', { text: 'sorry, by March' }))]);
    // Elsewhere nobody waits.
    await receive(posted('m3', 'm3', { text: 'another training' }));
    name();
    expect(await both).toEqual(['stored', 'stored']);
    const thread = await store.inbox.streamOf(conversation('m1'));
    const leased = await store.inbox.leaseStream(thread, { now: LATER, leaseUntil: LATER + 1 });
    expect(leased?.rows.map(({ event }) => event.eventKey)).toEqual(['m1', 'm2']);
  });

  it('never keeps it from being stored', async () => {
    const never = receiver({ complete: () => new Promise(() => undefined) });
    expect(await never(posted('m1', 'm1', { text: 'U1 knows that', addressed: true }))).toBe('stored');
    const broken = receiver({ complete: () => Promise.reject(new Error('U1 knows that')) });
    expect(await broken(posted('m2', 'm2', { text: 'U1 knows that', addressed: true }))).toBe('stored');
    expect((await stored()).map((event) => event.type === 'MessagePosted' && event.text)).toEqual(['U1 knows that', 'U1 knows that']);
    expect(log.lines.join()).not.toContain('U1');
  });
});

it('stores presses at once, for handling now', async () => {
  expect(await receiver()(pressed('press', 'm1'))).toBe('stored');
  expect((await stored(clock.now())).length).toBe(1);
});

it('stores the same event once, however often and however close together it comes', async () => {
  const receive = receiver();
  const results = await Promise.all(Array.from({ length: 5 }, () => receive(posted('m1', 'm1', { text: 'we need a training' }))));
  expect(results.toSorted()).toEqual(['already there', 'already there', 'already there', 'already there', 'stored']);
  expect((await stored()).length).toBe(1);
});

it('takes in any text', async () => {
  const receive = receiver();
  const texts = ['', '\0training\0', `${'x'.repeat(39_999)}🙂🙂`, '🙂🙂🙂', 'training \uD83D', 'اجتماع\u202E training'];
  for (const [index, text] of texts.entries()) {
    const mentions = [
      { start: 1, end: 9, personId: 'bob' },
      { start: 40_001, end: 40_003, personId: 'cas' },
    ];
    expect(await receive(posted(`m${index}`, `m${index}`, { text, mentions, addressed: true, personId: 'an\0n' }))).toBe('stored');
  }
  const taken = (await stored()).flatMap((event) => (event.type === 'MessagePosted' ? [event] : []));
  expect(new Map(taken.map(({ messageId, text }) => [messageId, text]))).toEqual(
    new Map([
      ['m0', ''],
      ['m1', ' training '],
      ['m2', `${'x'.repeat(39_999)}\uFFFD`],
      ['m3', '🙂🙂🙂'],
      ['m4', 'training \uFFFD'],
      ['m5', 'اجتماع\u202E training'],
    ]),
  );
  expect(taken.find(({ messageId }) => messageId === 'm1')?.mentions).toEqual([{ start: 1, end: 9, personId: 'bob' }]);
});

it('never says stored when the store failed', async () => {
  const add = () => Promise.reject(new Error('disk full'));
  const receive = receiver({ store: { ...store, inbox: { ...store.inbox, add } } });
  await expect(receive(posted('m1', 'm1', { addressed: true }))).rejects.toBeInstanceOf(NotStoredError);
  expect(metrics.of('stored')).toBe(0);
});
