import { createPrivateKey, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import { AppCredentials, MsalAppCredentials, type ServiceClientCredentialsFactory } from 'botframework-connector';
import { TeamsError } from './teams-error.ts';

/** The app registration of the bot. A certificate comes as `Pem`. */
export type TeamsApp = { id: string; tenantId: string; secret: { kind: 'password'; password: string } | { kind: 'certificate' } };
export type Pem = { certificate: string; privateKey: string };

/** What tokens for the Bot Connector are for (Microsoft Learn: "Authentication with the Bot Connector API"). */
export const botConnector = 'https://api.botframework.com';
// Sends wait for a token; whoever waits longer tries the send again (msal-node itself sets no limit).
const longestTokenMs = 10_000;

export type Credentials = ServiceClientCredentialsFactory & {
  /** A token for calls to that service of Microsoft's (its address without a path), as long as it is good the same one. Rejects as MSAL does. */
  tokenFor?(audience: string): Promise<string>;
};

/**
 * The bot's credentials for its calls to the Bot Connector and to Microsoft Graph, by botframework-connector and MSAL: a single-tenant app, signed in with
 * its password or its certificate. Without an app no call carries a token. `tokenEndpoint` stands in for Entra's in tests. Throws TeamsError when the
 * certificate cannot be used.
 */
export function createCredentials(app: TeamsApp | undefined, pem: Pem | undefined, tokenEndpoint?: string): Credentials {
  const isValidAppId = async (appId: string): Promise<boolean> => appId === app?.id;
  if (!app) return { isValidAppId, isAuthenticationDisabled: async () => true, createCredentials: async () => MsalAppCredentials.Empty };
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: app.id,
      authority: `https://login.microsoftonline.com/${app.tenantId}`,
      ...(tokenEndpoint !== undefined && { authorityMetadata: metadataWith(tokenEndpoint) }),
      ...proofOf(app, pem),
    },
    system: { networkClient: network },
  });
  const known = new Map<string, BotCredentials>();
  const credentialsFor = (audience: string): BotCredentials => {
    const credentials = known.get(audience) ?? new BotCredentials(application, app, audience);
    known.set(audience, credentials);
    return credentials;
  };
  return {
    isValidAppId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (_appId, audience = botConnector) => credentialsFor(audience),
    tokenFor: (audience) => credentialsFor(audience).getToken(),
  };
}

/** Signs calls with a token that botframework-connector keeps until shortly before it ends. */
class BotCredentials extends AppCredentials {
  readonly #application: ConfidentialClientApplication;
  #asking: ReturnType<AppCredentials['refreshToken']> | undefined;
  constructor(application: ConfidentialClientApplication, { id, tenantId }: TeamsApp, audience: string) {
    super(id, tenantId, audience);
    this.#application = application;
  }

  /** Many calls that find no valid token ask for one together. */
  protected override async refreshToken(): ReturnType<AppCredentials['refreshToken']> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    const { accessToken, expiresOn } = await this.#asking;
    // A date for each of them, because AppCredentials moves it.
    return { accessToken, expiresOn: new Date(expiresOn) };
  }

  async #ask(): ReturnType<AppCredentials['refreshToken']> {
    const token = await this.#application.acquireTokenByClientCredential({ scopes: [`${this.oAuthScope}/.default`], skipCache: true });
    if (!token?.expiresOn) throw new Error('Entra gave no token for the bot.');
    return { accessToken: token.accessToken, expiresOn: token.expiresOn };
  }
}

function proofOf({ secret }: TeamsApp, pem: Pem | undefined): { clientSecret: string } | { clientCertificate: Certificate } {
  if (secret.kind === 'password') return { clientSecret: secret.password };
  try {
    const { certificate = '', privateKey = '' } = pem ?? {};
    const parsed = new X509Certificate(certificate);
    const key = createPrivateKey(privateKey);
    if (!parsed.checkPrivateKey(key)) throw new Error('The private key is that of another certificate.');
    // MSAL wants the key as PKCS 8, and the fingerprint without the colons that Node writes.
    const pkcs8 = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { clientCertificate: { thumbprintSha256: parsed.fingerprint256.replaceAll(':', ''), privateKey: pkcs8, x5c: certificate } };
  } catch (cause) {
    throw new TeamsError(
      'teams_certificate_unreadable',
      'TEAMS_CERTIFICATE_FILE holds no certificate with its own private key, without a password. Export both once more as PEM.',
      { cause },
    );
  }
}

type Certificate = { thumbprintSha256: string; privateKey: string; x5c: string };

function metadataWith(tokenEndpoint: string): string {
  const { origin } = new URL(tokenEndpoint);
  return JSON.stringify({ token_endpoint: tokenEndpoint, authorization_endpoint: origin, issuer: origin, jwks_uri: origin });
}

type Asked = { headers?: Record<string, string>; body?: string };

const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => ask('GET', url, options),
  sendPostRequestAsync: (url, options) => ask('POST', url, options),
};

async function ask<T>(
  method: 'GET' | 'POST',
  url: string,
  { headers = {}, body }: Asked = {},
): Promise<{ headers: Record<string, string>; body: T; status: number }> {
  const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(longestTokenMs), ...(body !== undefined && { body }) });
  return { headers: Object.fromEntries(response.headers), body: JSON.parse(await response.text()), status: response.status };
}
