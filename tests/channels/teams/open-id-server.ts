import { createPublicKey, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

type SigningKey = { kid: string; privateKey: CryptoKey; published: JWK };

export type IssueOptions = {
  /** By default an hour from now. Seconds; null leaves the claim out. */
  expiresAt?: number | null;
  notBefore?: number;
  issuer?: string;
  audience?: string;
  /** Null leaves the claim out. */
  serviceUrl?: string | null;
  claims?: JWTPayload;
  /** By default the key that is published as the newest. */
  key?: Pick<SigningKey, 'kid' | 'privateKey'>;
};

/** What the identity service of the Bot Framework and Entra do for a bot, on this machine: it publishes keys, signs what comes in and gives tokens for what goes out. */
export type OpenIdServer = {
  url: string;
  appId: string;
  password: string;
  tenantId: string;
  /** For createSignIn. */
  endpoints: { tokenIssuer: string; openIdMetadata: string; tokenEndpoint: string };
  /** A token as the Bot Connector sends it with an activity. */
  issue(options?: IssueOptions): Promise<string>;
  /** The Authorization header of an activity from that connector. */
  authorize(serviceUrl: string): Promise<string>;
  /** Whether an Authorization header carries a token that this server gave the bot for its own calls, of the connector unless told. */
  accepts(authorization: string | undefined, audience?: string): Promise<boolean>;
  /** Signs with a new key from now on; the earlier ones stay published where `keep` is set. */
  rollOver(options?: { keep?: boolean }): Promise<void>;
  /** A key that nobody published, or one under the name of the published key. */
  foreignKey(kid?: string): Promise<Pick<SigningKey, 'kid' | 'privateKey'>>;
  currentKid(): string;
  /** For which channels the keys are endorsed; undefined publishes no endorsements. */
  endorse(channels: readonly string[] | undefined): void;
  /** How addresses answer from now on. */
  behave(how: 'well' | 'fail' | 'nonsense' | 'hang'): void;
  requests: { metadata: number; keys: number; tokens: URLSearchParams[] };
  close(): Promise<void>;
};

const audienceOfConnector = 'https://api.botframework.com';
export const audienceOfGraph = 'https://graph.microsoft.com';
const audiences = [audienceOfConnector, audienceOfGraph];

/** `certificate` (PEM): the bot signs in with it instead of the password. */
export async function openOpenIdServer(
  options: { appId?: string; password?: string; tenantId?: string; certificate?: string; endorsements?: readonly string[] } = {},
): Promise<OpenIdServer> {
  const { appId = randomUUID(), password = 'password of the bot', tenantId = randomUUID(), certificate } = options;
  const tokenIssuer = 'https://api.botframework.com';
  const requests: OpenIdServer['requests'] = { metadata: 0, keys: 0, tokens: [] };
  let endorsements: readonly string[] | undefined = options.endorsements ?? ['msteams', 'webchat', 'emulator'];
  let newest = await makeKey();
  let published = [newest];
  let behaviour: 'well' | 'fail' | 'nonsense' | 'hang' = 'well';
  const entraIssuer = `https://sts.windows.net/${tenantId}/`;

  async function sign(payload: JWTPayload, key: Pick<SigningKey, 'kid' | 'privateKey'> = newest): Promise<string> {
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid }).sign(key.privateKey);
  }

  function issue({ expiresAt, notBefore, issuer = tokenIssuer, audience = appId, serviceUrl, claims, key }: IssueOptions = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claim = serviceUrl === null ? {} : { serviceurl: serviceUrl ?? 'http://127.0.0.1/connector/' };
    return sign(
      { iss: issuer, aud: audience, nbf: notBefore ?? now - 10, ...(expiresAt !== null && { exp: expiresAt ?? now + 3_600 }), ...claim, ...claims },
      key,
    );
  }

  async function token(form: URLSearchParams): Promise<{ status: number; body: object }> {
    const refused = (description: string) => ({ status: 401, body: { error: 'invalid_client', error_description: description } });
    if (form.get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
    const audience = audiences.find((one) => form.get('scope')?.split(' ').includes(`${one}/.default`));
    if (audience === undefined) return { status: 400, body: { error: 'invalid_scope' } };
    if (form.get('client_id') !== appId) return refused('AADSTS700016: no such application');
    const assertion = form.get('client_assertion');
    if (certificate !== undefined) {
      if (assertion === null || !(await isAssertion(assertion))) return refused('AADSTS700027: the assertion is not valid');
    } else if (form.get('client_secret') !== password) return refused('AADSTS7000215: the client secret is not valid');
    const now = Math.floor(Date.now() / 1_000);
    const access_token = await sign({
      iss: entraIssuer,
      aud: audience,
      appid: appId,
      tid: tenantId,
      ver: '1.0',
      iat: now,
      nbf: now,
      exp: now + 3_600,
    });
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3_600, ext_expires_in: 3_600, access_token } };
  }

  async function isAssertion(assertion: string): Promise<boolean> {
    const key = createPublicKey(certificate ?? '');
    return jwtVerify(assertion, key, { issuer: appId, subject: appId, audience: endpoints.tokenEndpoint, clockTolerance: 60 }).then(
      () => true,
      () => false,
    );
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url);
    const body = await bodyOf(request);
    if (behaviour === 'hang') return;
    if (behaviour === 'fail') return send(response, 500, { error: 'out of order' });
    if (behaviour === 'nonsense') return send(response, 200, 'nonsense');
    switch (pathname) {
      case '/.well-known/openidconfiguration':
        requests.metadata += 1;
        return send(response, 200, { issuer: tokenIssuer, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
      case '/keys':
        requests.keys += 1;
        return send(response, 200, { keys: published.map((key) => ({ ...key.published, ...(endorsements && { endorsements }) })) });
      case `/${tenantId}/oauth2/v2.0/token`: {
        const form = new URLSearchParams(body);
        requests.tokens.push(form);
        const given = await token(form);
        return send(response, given.status, given.body);
      }
      default:
        return send(response, 404, { error: 'not_found' });
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The OpenID server has no port.');
  const url = `http://127.0.0.1:${address.port}`;
  const endpoints = { tokenIssuer, openIdMetadata: `${url}/.well-known/openidconfiguration`, tokenEndpoint: `${url}/${tenantId}/oauth2/v2.0/token` };
  return {
    url,
    appId,
    password,
    tenantId,
    endpoints,
    issue,
    authorize: async (serviceUrl) => `Bearer ${await issue({ serviceUrl })}`,
    accepts: async (authorization, audience = audienceOfConnector) => {
      const [, given = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
      for (const key of published) {
        const verified = await jwtVerify(given, createPublicKey({ key: { ...key.published }, format: 'jwk' }), {
          issuer: entraIssuer,
          audience,
        }).catch(() => undefined);
        if (verified?.payload['appid'] === appId) return true;
      }
      return false;
    },
    async rollOver({ keep = false } = {}) {
      newest = await makeKey();
      published = keep ? [newest, ...published] : [newest];
    },
    foreignKey: async (kid) => {
      const key = await makeKey();
      return { kid: kid ?? key.kid, privateKey: key.privateKey };
    },
    currentKid: () => newest.kid,
    endorse(channels) {
      endorsements = channels;
    },
    behave(how) {
      behaviour = how;
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function makeKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  const { kty, n, e } = await exportJWK(publicKey);
  if (kty === undefined || n === undefined || e === undefined) throw new Error('A key of the OpenID server could not be published.');
  return { kid, privateKey, published: { kty, use: 'sig', kid, n, e } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object | string): void {
  // Not chained: restify changes Node's writeHead in the whole process, and then it returns nothing.
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
