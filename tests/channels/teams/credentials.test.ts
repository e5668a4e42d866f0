import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClaimsIdentity, type ConnectorClient } from 'botframework-connector';
import type { Pem, TeamsApp } from '../../../src/channels/teams/credentials.ts';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { createLog } from '../../app/kit.ts';
import { makeCertificate } from './make-certificate.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function openIdentity(options: Parameters<typeof openOpenIdServer>[0] = {}): Promise<OpenIdServer> {
  const server = await openOpenIdServer(options);
  opened.push(server.close);
  return server;
}

/** A connector that keeps what it was called with. */
async function openConnector(): Promise<{ url: string; tokens: (string | undefined)[] }> {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tokens };
}

function clientOf(app: TeamsApp | undefined, { server, url, pem }: { server?: OpenIdServer; url: string; pem?: Pem }): Promise<ConnectorClient> {
  const { authentication } = createSignIn({ app, ...(pem && { pem }), ...(server && { endpoints: server.endpoints }), logger: createLog() });
  return authentication.createConnectorFactory(new ClaimsIdentity(app ? [{ type: 'aud', value: app.id }] : [])).create(url);
}

const passwordApp = ({ appId: id, tenantId, password }: OpenIdServer): TeamsApp => ({ id, tenantId, secret: { kind: 'password', password } });
const certificateApp = ({ appId: id, tenantId }: OpenIdServer): TeamsApp => ({ id, tenantId, secret: { kind: 'certificate' } });

describe("Plumb's calls to the connector", () => {
  it('carry a token that the password gave, and many calls ask for it once', async () => {
    const server = await openIdentity();
    const connector = await openConnector();
    const client = await clientOf(passwordApp(server), { server, url: connector.url });
    await Promise.all(Array.from({ length: 20 }, () => client.conversations.getConversationMembers('a')));
    await client.conversations.getConversationMembers('a');
    expect(connector.tokens).toHaveLength(21);
    expect(new Set(connector.tokens).size).toBe(1);
    expect(await server.accepts(connector.tokens[0])).toBe(true);
    expect(server.requests.tokens).toHaveLength(1);
  });

  it('carry a token that the certificate gave, without any password', async () => {
    const pem = makeCertificate();
    const server = await openIdentity({ certificate: pem.certificate });
    const connector = await openConnector();
    const client = await clientOf(certificateApp(server), { server, url: connector.url, pem });
    await client.conversations.getConversationMembers('a');
    expect(await server.accepts(connector.tokens[0])).toBe(true);
    expect(server.requests.tokens[0]?.has('client_secret')).toBe(false);
  });

  it('are not made where the password is wrong, and the error does not hold it', async () => {
    const server = await openIdentity();
    const connector = await openConnector();
    const app: TeamsApp = { ...passwordApp(server), secret: { kind: 'password', password: 'a wrong secret' } };
    const client = await clientOf(app, { server, url: connector.url });
    const error: unknown = await client.conversations.getConversationMembers('a').catch((cause: unknown) => cause);
    expect(error).toMatchObject({ errorCode: 'invalid_client' });
    expect(String(error)).not.toContain('a wrong secret');
    expect(connector.tokens).toEqual([]);
  });

  it('carry nothing where there is no app', async () => {
    const connector = await openConnector();
    const client = await clientOf(undefined, { url: connector.url });
    await client.conversations.getConversationMembers('a');
    expect(connector.tokens).toEqual([undefined]);
  });
});

describe('a certificate', () => {
  const id = { appId: '1', tenantId: '2' };
  const start = (pem?: Pem) => () =>
    createSignIn({ app: { id: id.appId, tenantId: id.tenantId, secret: { kind: 'certificate' } }, ...(pem && { pem }), logger: createLog() });

  it('that is missing, damaged or that of another key is told of at the start', () => {
    const [one, other] = [makeCertificate(), makeCertificate()];
    const unreadable = expect.objectContaining({ code: 'teams_certificate_unreadable' });
    expect(start()).toThrow(unreadable);
    expect(start({ ...one, certificate: one.certificate.replace('MII', 'XXX') })).toThrow(unreadable);
    expect(start({ ...one, privateKey: 'no key' })).toThrow(unreadable);
    expect(start({ certificate: one.certificate, privateKey: other.privateKey })).toThrow(unreadable);
    expect(start(one)).not.toThrow();
  });

  it('may stand in one file with its key', async () => {
    const { certificate, privateKey } = makeCertificate();
    const file = `${privateKey}${certificate}`;
    const server = await openIdentity({ certificate });
    const connector = await openConnector();
    const client = await clientOf(certificateApp(server), { server, url: connector.url, pem: { certificate: file, privateKey: file } });
    await client.conversations.getConversationMembers('a');
    expect(await server.accepts(connector.tokens[0])).toBe(true);
  });
});
