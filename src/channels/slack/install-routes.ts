import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Installation, InstallProvider, type InstallURLOptions, type OrgInstallation } from '@slack/oauth';
import type { Server } from 'restify';
import type { Logger } from '../../app/ports.ts';
import { botScopes } from './bot-scopes.ts';
import { clientOptionsOf } from './clients.ts';
import { slackCode } from './errors.ts';
import { type InstallOutcome, type InstallPage, type InstallWords, installPage } from './install-page.ts';
import { createSdkLogger } from './sdk-logger.ts';

type Options = {
  clientId: string;
  clientSecret: string;
  /** Signs the state that ties Slack's answer to the browser which asked. */
  stateSecret: string;
  /** Where others reach Plumb, without a slash at its end. */
  publicUrl: string;
  /** Base of the Web API, with a slash at its end. */
  slackApiUrl: string;
  words: InstallWords;
  logger: Logger;
  /** Keeps what Slack gave; the page says that it worked only after it resolves. Gives the address of their Slack, if it is known. */
  keep(installation: Installation | OrgInstallation): Promise<{ slackUrl: string | undefined }>;
};

/**
 * GET /slack/install sends people to Slack, GET /slack/oauth_redirect is where Slack sends them back. Slack's library checks that the state was signed
 * here, is not older than ten minutes and belongs to the same browser (a cookie).
 */
export function mountInstallRoutes(server: Server, options: Options): void {
  const { words, logger } = options;
  const kept = new WeakMap<object, { slackUrl: string | undefined }>();
  const provider = createProvider(options, async (installation) => {
    kept.set(installation, await options.keep(installation));
  });
  const urlOptions: InstallURLOptions = { scopes: [...botScopes], redirectUri: `${options.publicUrl}/slack/oauth_redirect` };

  server.get('/slack/install', async (request: IncomingMessage, response: ServerResponse) => {
    try {
      await provider.handleInstallPath(request, response, undefined, urlOptions);
    } catch (error) {
      logger.error({ error }, 'An installation could not be begun.');
      show(response, installPage(words, 'failed'));
    }
  });

  server.get('/slack/oauth_redirect', async (request: IncomingMessage, response: ServerResponse) => {
    await provider.handleCallback(request, response, {
      success: (installation) => show(response, installPage(words, 'installed', kept.get(installation))),
      failure: (error) => {
        const outcome = outcomeOf(error);
        const told = { error, code: slackCode(error) ?? error.code };
        if (outcome === 'failed') logger.error(told, 'Plumb could not be installed in a workspace of Slack.');
        else logger.info(told, 'Somebody did not finish the installation of Plumb in Slack.');
        show(response, installPage(words, outcome));
      },
    });
  });
}

function createProvider(options: Options, storeInstallation: (installation: Installation | OrgInstallation) => Promise<void>): InstallProvider {
  const { clientId, clientSecret, stateSecret, slackApiUrl, logger } = options;
  return new InstallProvider({
    clientId,
    clientSecret,
    stateSecret,
    authorizationUrl: authorizationUrl(slackApiUrl),
    clientOptions: clientOptionsOf({ slackApiUrl, logger }),
    logger: createSdkLogger(logger, 'oauth'),
    // Straight to Slack, as the directory of Slack's apps asks of a direct install address.
    directInstall: true,
    installationStore: {
      storeInstallation: async (installation) => storeInstallation(installation),
      fetchInstallation: async () => {
        throw new Error('Installations are found by Workspaces; Slack’s library only makes them.');
      },
    },
  });
}

/** Slack's own, or the one beside a stand-in for its Web API. */
function authorizationUrl(slackApiUrl: string): string {
  const { origin, hostname } = new URL(slackApiUrl);
  return `${hostname === 'slack.com' ? 'https://slack.com' : origin}/oauth/v2/authorize`;
}

// Codes of @slack/oauth's errors. An authorization error comes up only where somebody pressed Cancel at Slack.
const outcomes: Readonly<Record<string, InstallOutcome>> = {
  slack_oauth_installer_authorization_error: 'cancelled',
  slack_oauth_invalid_state: 'expired',
  slack_oauth_missing_state: 'expired',
  slack_oauth_missing_code: 'expired',
};

function outcomeOf(error: { code: string }): InstallOutcome {
  return outcomes[error.code] ?? 'failed';
}

function show(response: ServerResponse, { status, headers, body }: InstallPage): void {
  // Over plain HTTP Slack's library may have sent its own answer already.
  if (response.headersSent) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
