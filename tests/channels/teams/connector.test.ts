import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createConnector } from '../../../src/channels/teams/connector.ts';
import { ConnectorError, type ConnectorFailure } from '../../../src/channels/teams/connector-error.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { createLog } from '../slack/send-parts.ts';
import type { Fault } from './fake-teams/faults.ts';
import { openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { PersonSeed } from './fake-teams/seed.ts';
import { usualTenant } from './fake-teams/seed.ts';
import { openOpenIdServer } from './open-id-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const { logger } = createLog();

async function open(patienceMs = 2_000, options: Parameters<typeof openFakeTeams>[0] = {}) {
  const teams = await openFakeTeams(options);
  closing.push(teams.close);
  const connector = createConnector({ authentication: createSignIn({ app: undefined, logger }).authentication, appId: undefined, patienceMs });
  return { teams, connector, chat: { serviceUrl: teams.serviceUrl(), conversationId: teams.chat('Negotiation') } };
}

async function failureOf(call: Promise<unknown>): Promise<ConnectorFailure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectorError)) throw new Error('It did not fail as expected.', { cause: error });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret words');
  return error.failure;
}

const said = { type: 'message', text: 'secret words' };

it.each(['.', '..'])('nobody is called %s, and nothing else is asked for instead', async (id) => {
  const asked: string[] = [];
  const authentication = createSignIn({ app: undefined, logger }).authentication;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{"id":"x"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => void server.close());
  const where = { serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, conversationId: '19:x@thread.v2' };
  const connector = createConnector({ authentication, appId: undefined });
  expect(await connector.member(where, id)).toBeUndefined();
  expect(await connector.member({ ...where, conversationId: id }, '29:x')).toBeUndefined();
  expect(asked).toEqual([]);
});

describe('the connector', () => {
  const faults: [Fault, ConnectorFailure][] = [
    [
      { kind: 'documented', error: 'Throttled', retryAfterSeconds: 3 },
      { kind: 'refused', status: 429, code: 'Throttled', retryAfterMs: 3_000 },
    ],
    [
      { kind: 'documented', error: 'BadGateway' },
      { kind: 'refused', status: 502, code: 'ServiceError' },
    ],
    [
      { kind: 'documented', error: 'GatewayTimeout' },
      { kind: 'refused', status: 504 },
    ],
    [
      { kind: 'documented', error: 'MessageWritesBlocked' },
      { kind: 'refused', status: 403, subcode: 'MessageWritesBlocked' },
    ],
    [
      { kind: 'documented', error: 'BadArgument' },
      { kind: 'refused', status: 400, code: 'BadArgument' },
    ],
    [
      { kind: 'answer', status: 400, body: { error: { code: 'your secret words are bad', message: 'secret words' } } },
      { kind: 'refused', status: 400 },
    ],
    [
      { kind: 'answer', status: 502, body: '<html>secret words</html>' },
      { kind: 'refused', status: 502 },
    ],
    [{ kind: 'hang', performed: false }, { kind: 'no answer' }],
    [{ kind: 'broken', performed: true }, { kind: 'no answer' }],
  ];
  it.each(faults)('is asked once, in time, and says no more than codes (%j)', async (fault, expected) => {
    const { teams, connector, chat } = await open(300);
    teams.fault('*', fault, { times: 9 });
    expect(await failureOf(connector.post(chat, said))).toEqual(expected);
    expect(await failureOf(connector.channels({ serviceUrl: chat.serviceUrl, team: teams.team('Sales Leaders') }))).toEqual(expected);
    expect(teams.calls).toHaveLength(2);
  });

  it('does not send what has no token, and says whether the app was refused', async () => {
    const openId = await openOpenIdServer();
    closing.push(openId.close);
    const teams = await openFakeTeams({ authorized: (header) => header?.startsWith('Bearer ') === true });
    closing.push(teams.close);
    const where = { serviceUrl: teams.serviceUrl(), conversationId: teams.chat('Negotiation') };
    const withPassword = (password: string) => {
      const app = { id: openId.appId, tenantId: openId.tenantId, secret: { kind: 'password', password } as const };
      return createConnector({ authentication: createSignIn({ app, endpoints: openId.endpoints, logger }).authentication, appId: openId.appId });
    };
    expect(await failureOf(withPassword('another').post(where, said))).toMatchObject({ kind: 'no token', refused: true });
    expect(teams.calls).toEqual([]);
    await withPassword(openId.password).post(where, said);
    expect(teams.calls).toMatchObject([{ operation: 'post', status: 201 }]);
  });

  it('reads a roster page by page, with the ids of Entra', async () => {
    const people: PersonSeed[] = Array.from({ length: 620 }, (_, index) => ({ handle: `p${index}`, name: `Person ${index}` }));
    const big = { ...usualTenant, id: 'big', people, teams: [{ id: '19:big@thread.tacv2', name: 'Big', app: true }], chats: [], added: [] };
    const { teams, connector } = await open(5_000, { tenants: [usualTenant, big] });
    const all = await connector.members({ serviceUrl: teams.serviceUrl('big'), conversationId: '19:big@thread.tacv2' });
    expect(new Set(all.map(({ aadObjectId }) => aadObjectId)).size).toBe(620);
    expect(teams.callsTo('pagedMembers')).toHaveLength(2);
    expect(await connector.member({ serviceUrl: teams.serviceUrl('big'), conversationId: '19:big@thread.tacv2' }, 'nobody')).toBeUndefined();
  });
});
