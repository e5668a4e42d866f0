import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent, Intake } from '../../../src/app/ports.ts';
import type { Store } from '../../../src/app/store.ts';
import { createDispatch, type DispatchOptions } from '../../../src/channels/teams/dispatch.ts';
import { createReferences, type References } from '../../../src/channels/teams/references.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../../app/kit.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';
import { sqliteDatabase } from '../../store/databases.ts';

const tenant = '6c1f0a52-3d2e-4c7b-9a41-5b0c7f2e1a01';
const [dana, tomas] = ['d0000000-1111-4222-8333-444444440001', 'd0000000-1111-4222-8333-444444440002'];
const team = '19:bR4salesTEAM0generalCHANNELx1@thread.tacv2';
const channel = '19:7dealdeskCHANNEL00000000000001@thread.tacv2';
const clock = { now: () => 1_800_000_000_000 };
const added = 'activities/install-team';

let database: Awaited<ReturnType<typeof sqliteDatabase>>;
let store: Store;
beforeEach(async () => {
  database = await sqliteDatabase();
  store = await openStore(database.location, { clock });
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

type Options = Partial<Pick<DispatchOptions, 'allowedTenants' | 'invokes' | 'commands' | 'firstIsAdmin'>> & { receive?: Intake['receive']; starting?: boolean };

function open({ allowedTenants = [], receive = async () => 'stored', starting = false, ...rest }: Options = {}) {
  const received: InboundEvent[] = [];
  const happened: string[] = [];
  const log = createLog();
  const intake: Intake = {
    async receive(event) {
      received.push(event);
      happened.push(event.type);
      return receive(event);
    },
    interact: async () => ({ kind: 'nothing' }),
    seen: async () => undefined,
  };
  const references: References = createReferences({ store, clock, logger: log });
  const dispatch = createDispatch({
    intake: () => (starting ? undefined : intake),
    references,
    directory: {
      personOf: (_tenant, accountId) => (accountId.startsWith('29:1tomas') ? tomas : undefined),
      nameOf: () => undefined,
      forget: (of, what, id) => void happened.push(`${what} ${id} of ${of} is out of date`),
    },
    allowedTenants,
    invokes: async (activity) => ({ status: 200, body: { about: activity['name'] } }),
    commands: async ({ command }) => void happened.push(`command ${command}`),
    clock,
    logger: log,
    ...rest,
  });
  return { take: (name: string, change: object = {}) => dispatch({ ...Object(readPayload(name)), ...change }), received, happened, references, log };
}

describe('a message', () => {
  it('is stored before it is answered, and whoever wrote it can be written to', async () => {
    let stored = false;
    const { take, received, references } = open({
      receive: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        stored = true;
        return 'stored';
      },
    });
    expect(await take('activities/message-channel-mention')).toEqual({ status: 200 });
    expect(stored).toBe(true);
    expect(received).toMatchObject([{ type: 'MessagePosted', personId: dana, addressed: true, conversation: { tenant } }]);
    expect(await references.person(tenant, dana)).toMatchObject({ accountId: expect.stringMatching(/^29:/), timeZone: 'Europe/Berlin' });
    expect(await references.place(tenant, channel)).toMatchObject({ kind: 'channel', serviceUrl: 'https://smba.trafficmanager.net/emea/' });
  });

  it('that is none of ours leaves nothing of its author behind', async () => {
    const { take, references } = open({ receive: async () => 'not ours' });
    expect(await take('activities/message-channel-heard')).toEqual({ status: 200 });
    expect(await references.person(tenant, dana)).toBeUndefined();
  });

  it('that could not be stored is not answered', async () => {
    const { take } = open({
      receive: async () => {
        throw new Error('The disk is full.');
      },
    });
    await expect(take('activities/message-personal')).rejects.toThrow('The disk is full.');
  });

  it('that comes while Plumb starts is not answered either', async () => {
    await expect(open({ starting: true }).take('activities/message-personal')).rejects.toMatchObject({ code: 'teams_starting' });
  });
});

describe('a command', () => {
  it('goes to whoever answers it', async () => {
    const { take, happened, received } = open();
    expect(await take('activities/message-personal-help')).toEqual({ status: 200 });
    expect(happened).toEqual(['command help']);
    expect(received).toEqual([]);
  });

  it('that could not be kept is not answered', async () => {
    const { take } = open({
      commands: async () => {
        throw new Error('The disk is full.');
      },
    });
    await expect(take('activities/message-personal-help')).rejects.toThrow('The disk is full.');
  });
});

describe('whoever adds Plumb to the first team of a tenant', () => {
  const installers = (received: readonly InboundEvent[]) => received.flatMap((event) => (event.type === 'InstallChanged' ? [event.personId] : []));

  it('is its installer where no admin was named, told of twice or not', async () => {
    const { take, received } = open({ firstIsAdmin: true });
    await take(added);
    await take(added, { id: 'told again' });
    expect(installers(received)).toEqual([expect.stringMatching(/.+/)]);
  });

  it('is nothing more where admins were named', async () => {
    const { take, received } = open();
    await take(added);
    expect(installers(received)).toEqual([]);
  });
});

it('the action on messages says nothing about where Plumb is', async () => {
  const { take, references } = open();
  expect(await take('invokes/message-action-channel')).toMatchObject({ status: 200 });
  expect([await references.places(tenant), await references.teams(tenant)]).toEqual([[], []]);
});

it('an invoke gets its answer, and whoever sent it can be written to', async () => {
  const { take, references } = open();
  expect(await take('invokes/card-action')).toEqual({ status: 200, body: { about: 'adaptiveCard/action' } });
  expect(await references.person(tenant, dana)).toMatchObject({ accountId: expect.stringMatching(/^29:/) });
});

describe('what comes from elsewhere', () => {
  const elsewhere = ['11111111-2222-3333-4444-555555555555'];

  it.each([
    ['activities/message-channel-mention', 200],
    ['activities/install-team', 200],
    ['invokes/card-action', 403],
  ])('%s of a tenant that is not served leaves no trace', async (name, status) => {
    const { take, happened, references, log } = open({ allowedTenants: elsewhere });
    expect(await take(name)).toEqual({ status });
    expect(happened).toEqual([]);
    expect(await references.tenant(tenant)).toBeUndefined();
    expect(await references.places(tenant)).toEqual([]);
    expect(log.lines.join()).not.toContain(tenant);
  });

  it('a press that comes as a message is answered as a message: Teams shall not send it again', async () => {
    const { take } = open({ allowedTenants: elsewhere });
    const value = { action: 'help', value: {} };
    expect(await take('activities/message-personal', { value })).toEqual({ status: 200 });
    expect(await open().take('activities/message-personal', { value })).toMatchObject({ body: {} });
  });

  it('a tenant is served however its id is written', async () => {
    const { take, received } = open({ allowedTenants: [tenant.toUpperCase()] });
    await take('activities/message-channel-mention');
    expect(received).toHaveLength(1);
  });
});

describe('what means nothing', () => {
  it.each([
    'activities/unknown',
    'activities/typing',
    'activities/reaction-added',
    'activities/read-receipt',
    'activities/message-own',
    'activities/meeting-start',
  ])('%s is answered and forgotten', async (name) => {
    const { take, happened } = open();
    expect(await take(name)).toEqual({ status: 200 });
    expect(happened).toEqual([]);
  });

  it('an unknown type may come in any shape', async () => {
    expect(await open().take('activities/unknown', { conversation: 7, recipient: undefined })).toEqual({ status: 200 });
  });

  it.each(['message', 'messageUpdate', 'messageDelete', 'invoke', 'conversationUpdate', 'installationUpdate'])('a malformed %s is refused', async (type) => {
    const { take, happened } = open();
    for (const broken of [{ conversation: undefined }, { conversation: {} }, { conversation: { id: 7 } }, { recipient: undefined }])
      expect(await take('activities/message-personal', { type, ...broken })).toEqual({ status: 400 });
    expect(happened).toEqual([]);
  });
});

describe('what changes', () => {
  it('is learned anew: who is in a team', async () => {
    const { take, happened } = open();
    await take('activities/team-member-added');
    expect(happened).toEqual(['MemberChanged', 'MemberChanged', `members ${team} of ${tenant} is out of date`]);
  });

  it('is learned anew: what a channel is called', async () => {
    const { take, happened } = open();
    await take('activities/channel-renamed');
    expect(happened).toEqual(['PlaceChanged', expect.stringMatching(/^place 19:.* is out of date$/)]);
  });

  it('is learned anew: who has Plumb', async () => {
    const { take, happened } = open();
    await take('activities/install-personal');
    expect(happened).toEqual(['MemberChanged', `person ${dana} of ${tenant} is out of date`]);
  });
});

describe('a tenant', () => {
  const removed = { type: 'InstallChanged', change: 'removed', conversation: { channel: 'teams', tenant, place: '', thread: '' }, personId: '' };

  it('that took Plumb away from its only team has removed it', async () => {
    const { take, received } = open();
    await take('activities/install-team');
    await take('activities/install-team-removed');
    expect(received.at(-1)).toMatchObject(removed);
  });

  it('that took Plumb away from its only person has removed it', async () => {
    const { take, received } = open();
    await take('activities/install-personal');
    await take('activities/install-personal-removed');
    expect(received.at(-1)).toMatchObject(removed);
  });

  it('where Plumb still is has not', async () => {
    const { take, received, references } = open();
    await take('activities/install-team');
    await take('activities/install-personal');
    await take('activities/install-team-removed');
    expect(await references.teams(tenant)).toEqual([]);
    expect(received.map(({ type }) => type)).not.toContain('InstallChanged');
  });

  it('tells of it once, however often it is delivered', async () => {
    const { take, received } = open();
    await take('activities/install-team');
    await take('activities/install-team-removed');
    await take('activities/install-team-removed');
    const keys = received.filter(({ type }) => type === 'InstallChanged').map(({ eventKey }) => eventKey);
    expect(new Set(keys).size).toBe(1);
  });
});
