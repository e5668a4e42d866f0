import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock, Logger } from '../../app/ports.ts';
import type { Installations } from '../../app/store.ts';
import { askedToWait, slackCode } from './errors.ts';
import { SlackError } from './slack-error.ts';

const installedSchema = z.object({
  token: z.string(),
  /** Both only where tokens rotate. */
  refreshToken: z.string().exactOptional(),
  /** Epoch milliseconds. */
  expiresAt: z.number().exactOptional(),
  botUserId: z.string(),
  botId: z.string().exactOptional(),
  teamId: z.string().exactOptional(),
  enterpriseId: z.string().exactOptional(),
  url: z.string().exactOptional(),
  installer: z.string(),
  scopes: z.array(z.string()),
});

/** What is kept of one installation, as one secret. */
export type Installed = z.infer<typeof installedSchema>;

export function writeInstalled(installed: Installed): string {
  return JSON.stringify(installed);
}

function readInstalled(secret: string): Installed {
  try {
    return installedSchema.parse(JSON.parse(secret));
  } catch {
    // Without its cause: a message about JSON quotes what it could not read, which is a token.
    throw new SlackError('slack_tokens_unreadable', 'What is kept of a Slack installation cannot be read. Install Plumb in that workspace again.');
  }
}

export type Tokens = {
  /** What is installed for this tenant, with a token that is valid now wherever there can be one. Throws StoreError or SlackError. */
  current(tenant: string): Promise<Installed | undefined>;
  /** Resolves when no renewal is under way any more. */
  settled(): Promise<void>;
};

type Options = {
  installations: Installations;
  /** Without a token of its own. */
  client: WebClient;
  clientId: string;
  clientSecret: string;
  /** Real time, whatever else is moved: tokens end by Slack's clock. */
  clock: Clock;
  logger: Logger;
  /** Called when a tenant has a new token. */
  onRenewed?: (tenant: string) => void;
};

const MINUTE = 60_000;
// A token lives twelve hours (docs.slack.dev/authentication/using-token-rotation). Slack's own libraries renew with two hours left, which is also
// how long Slack may be out of reach, or a crash between renewing and keeping may stay unnoticed, before anything stops.
const RENEW_BEFORE_MS = 120 * MINUTE;
// Nothing is sent with a token that ends while the call is on its way.
const ENDS_MS = 30_000;
// Longer than the time that a call may take (clients.ts), so that two never renew at once; short enough for a lease that a crash left behind.
const LEASE_MS = 30_000;
const PASSING_PAUSE_MS = MINUTE;
const REFUSED_PAUSE_MS = 10 * MINUTE;
const OTHERS_POLL_MS = 250;
const OTHERS_POLLS = 40;

// docs.slack.dev/reference/methods/oauth.v2.access, grant_type=refresh_token; expires_in counts seconds.
const Refreshed = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });

type Unsaved = { from: string; to: string };

/**
 * Keeps tokens valid where they rotate. Slack revokes a refresh token with its use, so it is used by one process alone, under a lease, and what came
 * back is kept in memory until it is in the database. Whoever does not get the lease goes on with the old token, which stays valid until it ends.
 */
export function createTokens(options: Options): Tokens {
  const { installations, clock, logger, onRenewed } = options;
  const renewing = new Map<string, Promise<Installed | undefined>>();
  const pausedUntil = new Map<string, number>();
  const unsaved = new Map<string, Unsaved>();

  async function load(tenant: string): Promise<{ secret: string; installed: Installed } | undefined> {
    const secret = await installations.load('slack', tenant);
    return secret === undefined ? undefined : { secret, installed: readInstalled(secret) };
  }

  function renewal(tenant: string): Promise<Installed | undefined> {
    const running = renewing.get(tenant);
    if (running !== undefined) return running;
    const started = renew(tenant).finally(() => renewing.delete(tenant));
    renewing.set(tenant, started);
    return started;
  }

  async function renew(tenant: string): Promise<Installed | undefined> {
    const now = clock.now();
    if (!(await installations.lease('slack', tenant, { now, until: now + LEASE_MS }))) return undefined;
    try {
      // Another process may have done it before the lease was free.
      const kept = await load(tenant);
      if (!kept || leftOf(kept.installed, clock) > RENEW_BEFORE_MS) return kept?.installed;
      const { refreshToken } = kept.installed;
      if (refreshToken === undefined) return kept.installed;
      const fresh = { from: kept.secret, to: writeInstalled(readyFor(tenant, kept.secret) ?? (await exchange(options, kept.installed, refreshToken))) };
      unsaved.set(tenant, fresh);
      const isKept = await installations.renew({ channel: 'slack', tenant, ...fresh });
      unsaved.delete(tenant);
      // Removed, or installed again meanwhile: what counts is what is there now.
      return isKept ? readInstalled(fresh.to) : (await load(tenant))?.installed;
    } finally {
      await installations.endLease('slack', tenant);
    }
  }

  /** The renewed installation; undefined when it could not be renewed now. Never rejects. */
  async function tryToRenew(tenant: string): Promise<Installed | undefined> {
    if ((pausedUntil.get(tenant) ?? 0) > clock.now()) return undefined;
    pausedUntil.delete(tenant);
    try {
      const renewed = await renewal(tenant);
      if (renewed) onRenewed?.(tenant);
      return renewed;
    } catch (error) {
      pausedUntil.set(tenant, clock.now() + tellFailure(logger, error, tenant));
      return undefined;
    }
  }

  /** What came back from Slack for that secret and is not in the database yet. */
  function readyFor(tenant: string, secret: string): Installed | undefined {
    const ready = unsaved.get(tenant);
    return ready?.from === secret ? readInstalled(ready.to) : undefined;
  }

  /** The token is of no use any more, and somebody else may just be renewing it. */
  async function awaitOther(tenant: string): Promise<Installed | undefined> {
    for (let poll = 0; poll < OTHERS_POLLS; poll += 1) {
      await new Promise((resolve) => setTimeout(resolve, OTHERS_POLL_MS));
      const installed = (await load(tenant))?.installed;
      if (!installed || leftOf(installed, clock) > ENDS_MS) return installed;
      const renewed = await tryToRenew(tenant);
      if (renewed) return renewed;
      if (pausedUntil.has(tenant)) return installed;
    }
    return (await load(tenant))?.installed;
  }

  return {
    async current(tenant) {
      const kept = await load(tenant);
      if (!kept) return undefined;
      const { installed, secret } = kept;
      if (installed.refreshToken === undefined || leftOf(installed, clock) > RENEW_BEFORE_MS) return installed;
      const renewed = tryToRenew(tenant);
      // Nobody waits for Slack while the old token still works.
      if (leftOf(installed, clock) > ENDS_MS) return readyFor(tenant, secret) ?? installed;
      return (await renewed) ?? readyFor(tenant, secret) ?? (pausedUntil.has(tenant) ? installed : awaitOther(tenant));
    },
    async settled() {
      await Promise.allSettled(renewing.values());
    },
  };
}

/** Tells why a token was not renewed; returns for how long Slack is not asked again, in milliseconds. */
function tellFailure(logger: Logger, error: unknown, tenant: string): number {
  const code = slackCode(error);
  const patience = askedToWait(error);
  if (code === undefined || patience !== undefined || passingCodes.has(code)) {
    logger.warn({ error, code, tenant }, 'A token of Slack could not be renewed; it is tried again.');
    return patience ?? PASSING_PAUSE_MS;
  }
  logger.error({ error, code, tenant }, 'Slack refused to renew a token. If that stays, install Plumb in that workspace again (/slack/install).');
  return REFUSED_PAUSE_MS;
}

/** Milliseconds that a token still lives. */
function leftOf({ expiresAt }: Installed, clock: Clock): number {
  return expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - clock.now();
}

// Trouble on Slack's side (the methods' error tables): the same refresh token may work in a minute.
const passingCodes = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable', 'team_added_to_org', 'org_login_required']);

async function exchange({ client, clientId, clientSecret, clock }: Options, installed: Installed, refreshToken: string): Promise<Installed> {
  const askedAt = clock.now();
  const answer = await client.oauth.v2.access({ client_id: clientId, client_secret: clientSecret, grant_type: 'refresh_token', refresh_token: refreshToken });
  const { access_token, refresh_token, expires_in } = Refreshed.parse(answer);
  return { ...installed, token: access_token, refreshToken: refresh_token, expiresAt: askedAt + expires_in * 1_000 };
}
