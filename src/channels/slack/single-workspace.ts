import { z } from 'zod';
import { DeliveryError, type Logger } from '../../app/ports.ts';
import type { Installations } from '../../app/store.ts';
import { optionally } from '../optional.ts';
import { missingScopes } from './bot-scopes.ts';
import type { Clients } from './clients.ts';
import { deliveryError, slackCode } from './errors.ts';
import { SlackError } from './slack-error.ts';
import type { PayloadSource, Workspace, Workspaces } from './workspace.ts';

export type SingleWorkspace = Workspaces & {
  /** False until Slack has told whose token it is. */
  ready(): boolean;
  /** Undefined until then. */
  tenant(): string | undefined;
  /** Ends the waiting for Slack. */
  close(): void;
};

type Options = {
  token: string;
  clients: Clients;
  /** An erasure that an earlier removal scheduled is called off: the token works, so Plumb is installed. */
  installations: Pick<Installations, 'callOffErasure'>;
  logger: Logger;
  /** Milliseconds between tries while Slack cannot be reached; the last one repeats. */
  pauses?: readonly number[];
};

const growingPauses: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

// docs.slack.dev/reference/methods/auth.test; the scopes are what the library takes from the header x-oauth-scopes.
const Identity = z.object({
  user_id: z.string(),
  team_id: z.string(),
  bot_id: optionally(z.string().min(1)),
  enterprise_id: optionally(z.string()),
  is_enterprise_install: optionally(z.boolean()),
  url: optionally(z.string()),
  response_metadata: optionally(z.object({ scopes: optionally(z.array(z.string())) })),
});
type Known = { workspace: Workspace; teamId: string | undefined; enterpriseId: string | undefined };

/**
 * The one workspace (or organisation) of a bot token. When Slack cannot be reached it is asked again in the background, with growing pauses, and `find`
 * and `of` reject until then. Throws SlackError when Slack refuses the token.
 */
export async function openSingleWorkspace(options: Options): Promise<SingleWorkspace> {
  const { logger, pauses = growingPauses } = options;
  let known: Known | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function attempt(): Promise<void> {
    const found = await identify(options);
    await options.installations.callOffErasure('slack', found.workspace.tenant);
    known = found;
  }

  function again(tries: number): void {
    const pause = pauses[Math.min(tries, pauses.length - 1)] ?? 0;
    timer = setTimeout(() => {
      attempt().then(
        () => logger.info({}, 'Slack has answered; Plumb works now.'),
        (error: unknown) => {
          if (isClosed) return;
          logger.warn({ error, retryInMs: pauses[Math.min(tries + 1, pauses.length - 1)] }, 'Slack cannot be asked whose token this is; it is tried again.');
          again(tries + 1);
        },
      );
    }, pause);
  }

  try {
    await attempt();
  } catch (error) {
    if (error instanceof SlackError) throw error;
    logger.warn({ error, retryInMs: pauses[0] }, 'Slack cannot be reached yet. Plumb waits for it and is not ready until then.');
    again(0);
  }

  const whoIsIt = (): Known => {
    if (known) return known;
    throw new DeliveryError('Slack has not told yet whose token this is, because it could not be reached. It is tried again by itself.', { retry: true });
  };
  return {
    find: async (source) => (isFrom(whoIsIt(), source) ? whoIsIt().workspace : undefined),
    of: async (tenant) => (whoIsIt().workspace.tenant === tenant ? whoIsIt().workspace : undefined),
    ready: () => known !== undefined,
    tenant: () => known?.workspace.tenant,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

function isFrom({ enterpriseId, teamId }: Known, source: PayloadSource): boolean {
  // It came with the secret of this one installation, and names no other one.
  if (source.teamId === undefined && source.enterpriseId === undefined) return true;
  // An installation for a whole organisation hears from all its workspaces.
  return enterpriseId === undefined ? teamId === (source.teamId ?? source.enterpriseId) : enterpriseId === source.enterpriseId;
}

async function identify({ token, clients, logger }: Options): Promise<Known> {
  const client = clients.of(token);
  const answer = await client.auth.test().catch((error: unknown) => {
    throw startError(error);
  });
  const identity = Identity.safeParse(answer);
  if (!identity.success)
    throw new SlackError('slack_token_refused', 'What answered at SLACK_API_URL is not like Slack: auth.test told neither user nor team. Check SLACK_API_URL.');
  const { user_id, team_id, bot_id, enterprise_id, is_enterprise_install, url, response_metadata } = identity.data;
  if (!bot_id && token.startsWith('xoxp-')) {
    throw new SlackError(
      'slack_token_refused',
      'SLACK_BOT_TOKEN is the token of a person. Copy the Bot User OAuth Token from the app page, "OAuth & Permissions".',
    );
  }
  warnAbout(token, response_metadata?.scopes ?? undefined, logger);
  const enterpriseId = is_enterprise_install === true ? (enterprise_id ?? undefined) : undefined;
  const workspace = { tenant: enterpriseId ?? team_id, botUserId: user_id, botId: bot_id ?? undefined, url: url ?? undefined, client };
  return { workspace, teamId: team_id, enterpriseId };
}

/** Where Slack says no, the start ends with what to do; anything else passes, so it is waited for. */
function startError(error: unknown): Error {
  const code = slackCode(error);
  const failed = deliveryError(error, 'auth.test');
  if (code === undefined || (failed.failure.retry && failed.failure.problem === undefined)) return failed;
  return new SlackError(
    'slack_token_refused',
    `Slack refused SLACK_BOT_TOKEN (${code}). Copy the Bot User OAuth Token from the app page, "OAuth & Permissions", after installing the app to the workspace; if that page restricts IP addresses, allow this machine's.`,
    { cause: error },
  );
}

function warnAbout(token: string, scopes: readonly string[] | undefined, logger: Logger): void {
  // A stand-in for Slack may not tell scopes at all.
  const missing = scopes === undefined ? [] : missingScopes(scopes);
  if (missing.length > 0) {
    const reason = `Missing scopes: ${missing.join(', ')}`;
    logger.warn({ reason }, 'The app in Slack may do less than Plumb needs: add the missing scopes on the app page, "OAuth & Permissions", and reinstall it.');
  }
  // docs.slack.dev/authentication/using-token-rotation: such a token lives twelve hours, and the one who issued it renews it.
  if (token.startsWith('xoxe.')) {
    logger.warn({}, 'SLACK_BOT_TOKEN ends within twelve hours because token rotation is on. Turn it off on the app page, or let workspaces install Plumb.');
  }
}
