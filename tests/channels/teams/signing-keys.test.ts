import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSigningKeys, type SigningKeys } from '../../../src/channels/teams/signing-keys.ts';
import { createLog } from '../../app/kit.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';

const minute = 60_000;
const hour = 60 * minute;

let server: OpenIdServer;
let keys: SigningKeys;
let time: number;
const log = createLog();
beforeEach(async () => {
  time = 1_700_000_000_000;
  server = await openOpenIdServer();
  keys = createSigningKeys({ openIdMetadata: server.endpoints.openIdMetadata, logger: log, now: () => time });
});
afterEach(() => server.close());

async function until(holds: () => Promise<boolean>): Promise<void> {
  // Far more turns than a request on this machine takes; a test that fails must end.
  for (let turn = 0; turn < 400; turn += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('are fetched once, however many ask for them at once', async () => {
  const found = await Promise.all(Array.from({ length: 20 }, () => keys.getKey(server.currentKid())));
  expect(found.every((key) => key?.endorsements.includes('msteams'))).toBe(true);
  expect(server.requests).toMatchObject({ metadata: 1, keys: 1 });
});

describe('a new key', () => {
  it('is known a minute after the keys were fetched, and the earlier one no longer', async () => {
    const earlier = server.currentKid();
    await keys.getKey(earlier);
    await server.rollOver();
    expect(await keys.getKey(server.currentKid())).toBeNull();
    time += minute;
    expect(await keys.getKey(server.currentKid())).not.toBeNull();
    expect(await keys.getKey(earlier)).toBeNull();
  });

  it('does not end one that stays published', async () => {
    const earlier = server.currentKid();
    await keys.getKey(earlier);
    await server.rollOver({ keep: true });
    time += minute;
    expect(await keys.getKey(server.currentKid())).not.toBeNull();
    expect(await keys.getKey(earlier)).not.toBeNull();
  });
});

it('that nobody published make no more than one request a minute', async () => {
  await keys.getKey(server.currentKid());
  for (let asked = 0; asked < 10; asked += 1) expect(await keys.getKey(`made up ${asked}`)).toBeNull();
  expect(server.requests.keys).toBe(1);
  time += minute;
  for (let asked = 0; asked < 10; asked += 1) expect(await keys.getKey(`made up ${asked}`)).toBeNull();
  expect(server.requests.keys).toBe(2);
});

it('that were withdrawn are forgotten an hour later, without anybody waiting for it', async () => {
  const withdrawn = server.currentKid();
  await keys.getKey(withdrawn);
  await server.rollOver();
  time += hour + 1;
  expect(await keys.getKey(withdrawn)).not.toBeNull();
  await until(async () => (await keys.getKey(withdrawn)) === null);
  expect(server.requests.keys).toBe(2);
});

describe('while the identity service does not work', () => {
  it.each(['fail', 'nonsense'] as const)('nothing can be told, and as soon as it does, everything (%s)', async (how) => {
    server.behave(how);
    await expect(keys.getKey(server.currentKid())).rejects.toMatchObject({ code: 'teams_keys_unavailable' });
    server.behave('well');
    expect(await keys.getKey(server.currentKid())).not.toBeNull();
  });

  it('known keys do for a day', async () => {
    await keys.getKey(server.currentKid());
    server.behave('fail');
    time += 23 * hour;
    expect(await keys.getKey(server.currentKid())).not.toBeNull();
    await log.logged('could not be renewed');
    time += 2 * hour;
    await expect(keys.getKey(server.currentKid())).rejects.toMatchObject({ code: 'teams_keys_unavailable' });
  });

  it('nobody is told that a key is unknown', async () => {
    await keys.getKey(server.currentKid());
    server.behave('fail');
    time += minute;
    await expect(keys.getKey('perhaps new')).rejects.toMatchObject({ code: 'teams_keys_unavailable' });
  });
});
