import { describe, expect, it, jest } from '@jest/globals';
import type { Store } from '../../../src/app/store.ts';
import type { Account, Envelope } from '../../../src/channels/teams/envelope.ts';
import { createReferences } from '../../../src/channels/teams/references.ts';
import { NOW } from '../../store/kit.ts';
import { logInto, type Open, onBothDatabases } from '../../store/on-both.ts';
import { DAY } from '../../store/tenant-kit.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

const eu = 'https://smba.example.com/emea/';
const us = 'https://smba.example.com/amer/';
const dana: Account = { personId: 'entra-dana', accountId: '29:dana', name: 'Dana', timeZone: 'America/New_York', external: false };

function inChannel(more: Partial<Envelope> = {}): Envelope {
  const team = { id: '19:team', name: 'Sales', groupId: 'group-1' };
  return {
    kind: 'channel',
    place: '19:channel',
    thread: '1',
    tenant: 'T1',
    by: dana,
    serviceUrl: eu,
    botId: '28:plumb',
    team,
    activityId: '1',
    at: NOW,
    ...more,
  };
}

function inChat(more: Partial<Envelope> = {}): Envelope {
  return inChannel({ kind: 'personal', place: 'a:chat-of-dana', thread: '', team: undefined, ...more });
}

/** References of one process, with a clock that a test moves and a store that counts. */
function process(store: Store, log: string[] = []) {
  const clock = { time: NOW, now: () => clock.time };
  const counted = { saved: 0, loaded: 0, calledOff: [] as string[] };
  const references = createReferences({
    store: {
      references: {
        ...store.references,
        save: (...args) => {
          counted.saved += 1;
          return store.references.save(...args);
        },
        load: (of) => {
          counted.loaded += 1;
          return store.references.load(of);
        },
      },
      installations: {
        ...store.installations,
        callOffErasure: (channel, tenant) => {
          counted.calledOff.push(`${channel}/${tenant}`);
          return store.installations.callOffErasure(channel, tenant);
        },
      },
    },
    clock,
    logger: logInto(log),
  });
  return { references, clock, counted };
}

function learning(open: Open): void {
  describe('an activity', () => {
    it('tells of the channel that was chosen when Plumb was added', async () => {
      const { references } = process((await open()).store);
      await references.learn(inChannel({ place: '19:team' }), [{ what: 'team-added', team: '19:team', channel: '19:chosen' }]);
      expect(await references.place('T1', '19:chosen')).toEqual({ serviceUrl: eu, botId: '28:plumb', kind: 'channel', team: '19:team' });
    });

    it('tells of its tenant, team and channel, and of nobody who only wrote there', async () => {
      const { store, run } = await open();
      const { references } = process(store);
      await references.learn(inChannel());
      expect(await references.tenant('T1')).toEqual({ serviceUrl: eu, botId: '28:plumb' });
      expect(await references.team('T1', '19:team')).toEqual({ serviceUrl: eu, botId: '28:plumb', name: 'Sales', groupId: 'group-1' });
      expect(await references.place('T1', '19:channel')).toEqual({ serviceUrl: eu, botId: '28:plumb', kind: 'channel', team: '19:team' });
      expect(await references.person('T1', 'entra-dana')).toBeUndefined();
      expect(JSON.stringify(await run('select * from conversation_references'))).not.toContain('dana');
      expect(await references.teams('T2')).toEqual([]);
    });

    it('that does not mention Plumb shows that its team lets it hear everything, for as long as it is there', async () => {
      const { references } = process((await open()).store);
      await references.learn(inChannel());
      expect(await references.team('T1', '19:team')).not.toHaveProperty('hears');
      await references.learn(inChannel(), [], true);
      await references.learn(inChannel());
      expect(await references.team('T1', '19:team')).toMatchObject({ hears: true });
      await references.learn(inChannel(), [{ what: 'team-gone', team: '19:team' }]);
      await references.learn(inChannel());
      expect(await references.team('T1', '19:team')).not.toHaveProperty('hears');
    });

    it('tells of a 1:1 chat, never of a name', async () => {
      const { store, run } = await open();
      const { references } = process(store);
      await references.learn(inChat());
      const expected = { serviceUrl: eu, botId: '28:plumb', accountId: '29:dana', chat: 'a:chat-of-dana', timeZone: 'America/New_York', added: true };
      expect(await references.person('T1', 'entra-dana')).toEqual(expected);
      expect(await references.places('T1')).toEqual([]);
      expect(JSON.stringify(await run('select * from conversation_references'))).not.toContain('Dana');
    });

    it('of which something is kept tells how to reach its author, and forgets nothing about them', async () => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChat());
      await references.learnPerson(inChannel({ by: { ...dana, timeZone: 'Europe/Paris' } }));
      expect(await references.person('T1', 'entra-dana')).toMatchObject({ chat: 'a:chat-of-dana', timeZone: 'Europe/Paris', added: true });
      await references.learnPerson(inChannel({ by: { personId: 'entra-dana', accountId: '29:dana', external: false } }));
      expect(await references.person('T1', 'entra-dana')).toMatchObject({ timeZone: 'Europe/Paris' });
      await references.learnPerson(inChannel({ by: undefined }));
    });

    it('that tells nothing new is not written, and not even looked up', async () => {
      const { store } = await open();
      const { references, counted } = process(store);
      await Promise.all([...Array(20).keys()].map(() => references.learn(inChannel())));
      await references.learn(inChat());
      const { saved, loaded } = counted;
      expect(saved).toBe(4);
      for (let n = 0; n < 20; n += 1) {
        await references.learn(inChannel());
        await references.learn(inChat());
      }
      expect(counted).toMatchObject({ saved, loaded });
    });

    it('from another address changes the address and keeps the rest', async () => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChannel(), [{ what: 'team-added', team: '19:team' }]);
      await references.learn(inChannel({ serviceUrl: us, team: { id: '19:team' } }));
      expect(await references.team('T1', '19:team')).toEqual({
        serviceUrl: us,
        botId: '28:plumb',
        name: 'Sales',
        groupId: 'group-1',
        installedBy: 'entra-dana',
      });
      expect(await references.tenant('T1')).toMatchObject({ serviceUrl: us });
    });

    it('that renames a team or a channel leaves the new name', async () => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChannel());
      await references.learn(inChannel(), [
        { what: 'team', team: '19:team', name: 'Revenue' },
        { what: 'place', place: '19:channel', name: 'deals' },
      ]);
      expect(await references.team('T1', '19:team')).toMatchObject({ name: 'Revenue' });
      expect(await references.place('T1', '19:channel')).toMatchObject({ name: 'deals' });
    });
  });
}

function correcting(open: Open): void {
  describe('what another process learned', () => {
    it('counts soon, and at once where something was missing', async () => {
      const { store, kind, another } = await open();
      const here = process(store);
      const there = process(kind === 'postgres' ? await another() : store);
      await here.references.learn(inChannel());
      await here.references.learnPerson(inChannel());
      expect(await here.references.person('T1', 'entra-dana')).not.toHaveProperty('chat');
      await there.references.learn(inChat({ serviceUrl: us }));
      expect(await here.references.person('T1', 'entra-dana')).toMatchObject({ chat: 'a:chat-of-dana', serviceUrl: us });
      expect(await here.references.tenant('T1')).toMatchObject({ serviceUrl: eu });
      here.clock.time += 20_000;
      expect(await here.references.tenant('T1')).toMatchObject({ serviceUrl: us });
    });

    it('is not lost when this process learns something else', async () => {
      const { store, kind, another } = await open();
      const here = process(store);
      const there = process(kind === 'postgres' ? await another() : store);
      await here.references.learn(inChannel({ team: { id: '19:team' } }));
      await there.references.learn(inChannel({ team: { id: '19:team', groupId: 'group-1' } }));
      await here.references.learn(inChannel({ team: { id: '19:team', name: 'Sales' } }));
      expect(await there.references.teams('T1')).toEqual([{ id: '19:team', serviceUrl: eu, botId: '28:plumb', name: 'Sales', groupId: 'group-1' }]);
    });
  });

  describe('a reference that is stale', () => {
    it('is corrected by whoever finds out', async () => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChat());
      const { chat: gone, ...rest } = (await references.person('T1', 'entra-dana')) ?? { serviceUrl: '', botId: '', accountId: '' };
      await references.savePerson('T1', 'entra-dana', { ...rest, added: false });
      expect(gone).toBe('a:chat-of-dana');
      expect(await references.person('T1', 'entra-dana')).toEqual({ ...rest, added: false });
      await references.learn(inChat({ place: 'a:new-chat' }));
      expect(await references.person('T1', 'entra-dana')).toMatchObject({ chat: 'a:new-chat', added: true });
    });

    it('or cannot be read is learned anew', async () => {
      const { store } = await open();
      const log: string[] = [];
      const { references } = process(store, log);
      const of = { channel: 'teams', tenant: 'T1', kind: 'team', id: '19:team' } as const;
      for (const body of ['{"serviceUrl":1}', 'no JSON']) {
        await store.references.save(of, body, NOW);
        expect(await references.team('T1', '19:team')).toBeUndefined();
      }
      expect(await references.teams('T1')).toEqual([]);
      expect(log.join()).not.toContain('no JSON');
      await references.learn(inChannel());
      expect(await references.team('T1', '19:team')).toMatchObject({ name: 'Sales' });
    });

    it('can be changed in many ways at once and loses none of them', async () => {
      const { store } = await open();
      const { references } = process(store);
      await Promise.all([
        references.learn(inChannel({ team: { id: '19:team', name: 'Sales' } })),
        references.learn(inChannel({ team: { id: '19:team', groupId: 'group-1' } })),
        references.learn(inChannel({ team: { id: '19:team' } }), [{ what: 'team-added', team: '19:team' }]),
      ]);
      expect(await references.team('T1', '19:team')).toMatchObject({ name: 'Sales', groupId: 'group-1', installedBy: 'entra-dana' });
    });
  });
}

function ending(open: Open): void {
  const gone = [{ what: 'team-gone', team: '19:team' }] as const;

  describe('Plumb, taken away', () => {
    it('from a team leaves nothing of it and its channels', async () => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChannel());
      await references.learn(inChannel({ place: '19:team' }));
      await references.learn(inChannel({ place: '19:other', team: { id: '19:other-team' } }));
      await references.learn(inChannel({ place: '19:team' }), gone);
      expect((await references.teams('T1')).map(({ id }) => id)).toEqual(['19:other-team']);
      expect((await references.places('T1')).map(({ id }) => id)).toEqual(['19:other']);
      expect(await references.place('T1', '19:channel')).toBeUndefined();
    });

    it('from a group chat or a channel leaves nothing of it', async () => {
      const { store } = await open();
      const { references } = process(store);
      const group = inChannel({ kind: 'groupChat', place: '19:group', team: undefined });
      await references.learn(group);
      expect(await references.place('T1', '19:group')).toMatchObject({ kind: 'groupChat' });
      await references.learn(group, [{ what: 'place-gone', place: '19:group' }]);
      expect(await references.places('T1')).toEqual([]);
    });

    it('by a person keeps their chat for the day on which they come back', async () => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChat());
      await references.learn(inChat(), [{ what: 'person-gone' }]);
      expect(await references.person('T1', 'entra-dana')).toMatchObject({ chat: 'a:chat-of-dana', added: false });
      await references.learn(inChat(), [{ what: 'person-added' }]);
      expect(await references.person('T1', 'entra-dana')).toMatchObject({ added: true });
    });

    it('from everything it knew is told, whatever else is kept', async () => {
      const { store } = await open();
      const { references } = process(store);
      expect(await references.isEmpty('T1')).toBe(true);
      await references.learn(inChannel());
      await references.learnPerson(inChannel());
      await references.learn(inChat());
      expect(await references.isEmpty('T1')).toBe(false);
      await references.learn(inChannel({ place: '19:team' }), gone);
      expect(await references.isEmpty('T1')).toBe(false);
      await references.learn(inChat(), [{ what: 'person-gone' }]);
      expect(await references.isEmpty('T1')).toBe(true);
    });
  });

  describe('the erasure of a tenant', () => {
    it('is not called off by the second activity that tells of the same end', async () => {
      const { store } = await open();
      const { references, counted } = process(store);
      await references.learn(inChannel({ place: '19:team' }));
      await references.learn(inChannel({ place: '19:team' }), gone);
      await store.installations.remove('teams', 'T1', NOW + DAY);
      counted.calledOff.length = 0;
      await references.learn(inChannel({ place: '19:team' }), gone);
      expect(counted.calledOff).toEqual([]);
      await store.housekeep(NOW + DAY);
      expect(await store.references.list({ channel: 'teams', tenant: 'T1', kind: 'tenant' })).toEqual([]);
    });

    it.each([
      ['a team that adds Plumb again', inChannel()],
      ['a person who adds it again', inChat()],
      ['a group chat', inChannel({ kind: 'groupChat', place: '19:group', team: undefined })],
    ])('is called off by %s, before anything is learned', async (_, back) => {
      const { store } = await open();
      const { references } = process(store);
      await references.learn(inChat());
      await references.learn(inChat(), [{ what: 'person-gone' }]);
      await store.installations.remove('teams', 'T1', NOW + DAY);
      await references.learn(back);
      await store.housekeep(NOW + DAY);
      expect(await references.isEmpty('T1')).toBe(false);
      expect(await store.references.list({ channel: 'teams', tenant: 'T1', kind: 'tenant' })).toHaveLength(1);
    });
  });
}

onBothDatabases([learning, correcting, ending]);
