import { AuthenticationConfiguration, type BotFrameworkAuthentication, BotFrameworkAuthenticationFactory } from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import type { Logger } from '../../app/ports.ts';
import { createCredentials, type Pem, type TeamsApp } from './credentials.ts';
import { createSigningKeys } from './signing-keys.ts';
import { TeamsError } from './teams-error.ts';

export type SignInOptions = {
  /** Undefined: nobody signs in, neither Teams here nor Plumb there. */
  app: TeamsApp | undefined;
  /** For an app with a certificate: both as PEM. */
  pem?: Pem;
  /** Stand-ins for Microsoft's addresses, in tests. */
  endpoints?: { tokenIssuer: string; openIdMetadata: string; tokenEndpoint: string };
};

export type SignIn = {
  /** For Plumb's own calls. */
  authentication: BotFrameworkAuthentication;
  /** The same for calls to another service of Microsoft's, by its address without a path: a token. None where nobody signs in. Rejects as MSAL does. */
  tokenFor?(audience: string): Promise<string>;
  /** Whether the Bot Connector sent this activity, to this bot, from Teams. 'cannot tell': its keys could not be fetched. Never rejects. */
  check(activity: SignedActivity, authorizationHeader: string | undefined): Promise<'genuine' | 'refused' | 'cannot tell'>;
};

/** What of an activity its token speaks for. */
export type SignedActivity = { channelId?: unknown; serviceUrl: string };

// "Authentication with the Bot Connector API" (Microsoft Learn), connector to bot; botframework-connector has the same in AuthenticationConstants.
const microsoft = {
  tokenIssuer: 'https://api.botframework.com',
  openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
};
const ownChannel = 'msteams';
const algorithms = ['RS256', 'RS384', 'RS512'];
const clockToleranceS = 5 * 60;
const noSetting = '';

/** Both ways of signing in: Teams' connector to Plumb, and Plumb to the connector. Throws TeamsError when the certificate cannot be used. */
export function createSignIn({ app, pem, endpoints, logger }: SignInOptions & { logger: Logger }): SignIn {
  const credentials = createCredentials(app, pem, endpoints?.tokenEndpoint);
  // A channel service that is not named is the public cloud.
  const authentication = BotFrameworkAuthenticationFactory.create(
    noSetting,
    true,
    noSetting,
    noSetting,
    noSetting,
    noSetting,
    noSetting,
    noSetting,
    noSetting,
    credentials,
    new AuthenticationConfiguration(),
  );
  if (!app) return { authentication, check: async () => 'genuine' };
  const { tokenFor } = credentials;
  return { authentication, ...(tokenFor && { tokenFor }), check: createCheck(app.id, { ...microsoft, ...endpoints }, logger) };
}

/**
 * Tokens of the Bot Connector alone. BotFrameworkAuthentication.authenticateRequest would take more than a bot in Teams has to: tokens of the Emulator and of
 * skills, for which it looks at neither audience nor service URL, so that the token of one of Plumb's own calls could come back as somebody's message; and
 * it adds the tenant of any token, still unverified, to the issuers that it trusts. No verified token is remembered: each is verified by itself.
 */
function createCheck(appId: string, { tokenIssuer, openIdMetadata }: typeof microsoft, logger: Logger): SignIn['check'] {
  const parameters = { issuer: [tokenIssuer], audience: appId, clockTolerance: clockToleranceS, ignoreExpiration: false };
  const keys = createSigningKeys({ openIdMetadata, logger });
  const endorsed = {
    async getKey(keyId: string) {
      const found = await keys.getKey(keyId);
      // The extractor lets a key pass that is endorsed for no channel at all; Microsoft endorses each.
      return found?.endorsements.includes(ownChannel) ? found : null;
    },
  };
  const extractor = Object.assign(new JwtTokenExtractor(parameters, openIdMetadata, algorithms), { openIdMetadata: endorsed });

  return async function check({ channelId, serviceUrl }, authorizationHeader) {
    if (channelId !== ownChannel || authorizationHeader === undefined) return 'refused';
    try {
      const identity = await extractor.getIdentityFromAuthHeader(authorizationHeader, ownChannel);
      if (identity === null) return 'refused';
      const isOurs = identity.getClaimValue('aud') === appId && identity.getClaimValue('serviceurl') === serviceUrl;
      // A token that never ends is none of the connector's, whatever its signature says.
      return isOurs && identity.getClaimValue('exp') !== null ? 'genuine' : 'refused';
    } catch (error) {
      if (error instanceof TeamsError) {
        logger.error({ error }, 'An activity could not be verified; Teams is asked to send it again.');
        return 'cannot tell';
      }
      logger.debug({ error }, 'The token of an activity was refused.');
      return 'refused';
    }
  };
}
