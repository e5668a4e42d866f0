import { randomUUID } from 'node:crypto';
import type { Installation, OrgInstallation } from '@slack/oauth';
import { WebClient } from '@slack/web-api';
import type { Server } from 'restify';
import { z } from 'zod';
import type { Clock, Intake, Logger } from '../../app/ports.ts';
import type { Installations } from '../../app/store.ts';
import { type Clients, clientOptionsOf } from './clients.ts';
import type { InstallWords } from './install-page.ts';
import { mountInstallRoutes } from './install-routes.ts';
import { createTokens, type Installed, type Tokens, writeInstalled } from './tokens.ts';
import type { Workspace, Workspaces } from './workspace.ts';

export type InstalledWorkspaces = Workspaces & {
  /** Adds the two addresses of the installation to the public listener. */
  mount(server: Server): void;
  /** Resolves when no token is being renewed any more. */
  close(): Promise<void>;
};

export type InstallationsOptions = {
  installations: Installations;
  clients: Clients;
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  /** Where others reach Plumb, without a slash at its end. */
  publicUrl: string;
  /** Base of the Web API, with a slash at its end. */
  slackApiUrl: string;
  words: InstallWords;
  intake(): Intake | undefined;
  logger: Logger;
  /** Real time, whatever else is moved: tokens end by Slack's clock. */
  clock?: Clock;
};

// An uninstallation, or a new token, that another instance heard of must arrive here; a read of one row per half a minute and workspace costs nothing.
const KNOWN_MS = 30_000;
// Somebody who installs Plumb presses something within seconds, perhaps at another instance.
const UNKNOWN_MS = 5_000;
const MOST_CACHED = 5_000;

/** The workspaces and organisations that installed Plumb with OAuth; their tokens are kept encrypted in the store and renewed where they rotate. */
export function openInstallations(options: InstallationsOptions): InstalledWorkspaces {
  const { installations, clients, clientId, clientSecret, logger, clock = { now: () => Date.now() } } = options;
  const cache = new Map<string, { workspace: Promise<Workspace | undefined>; until: number }>();
  const endingUntil = new Map<string, number>();
  const tokens = createTokens({
    installations,
    client: new WebClient(undefined, clientOptionsOf({ slackApiUrl: options.slackApiUrl, logger })),
    clientId,
    clientSecret,
    clock,
    logger,
    onRenewed: (tenant) => cache.delete(tenant),
  });

  function of(tenant: string): Promise<Workspace | undefined> {
    const known = cache.get(tenant);
    if (known && clock.now() < known.until) return known.workspace;
    const entry = { workspace: load(tokens, clients, tenant), until: clock.now() + KNOWN_MS };
    if (isEnding(tenant)) return entry.workspace;
    cache.delete(tenant);
    cache.set(tenant, entry);
    const [oldest] = cache.keys();
    if (cache.size > MOST_CACHED && oldest !== undefined) cache.delete(oldest);
    entry.workspace.then(
      (workspace) => {
        if (!workspace) entry.until = clock.now() + UNKNOWN_MS;
      },
      () => {
        // Whoever waits for it is told; the next one asks again.
        if (cache.get(tenant) === entry) cache.delete(tenant);
      },
    );
    return entry.workspace;
  }

  function isEnding(tenant: string): boolean {
    const until = endingUntil.get(tenant) ?? 0;
    if (until <= clock.now()) endingUntil.delete(tenant);
    return until > clock.now();
  }

  return {
    of,
    ending(tenant) {
      cache.delete(tenant);
      endingUntil.set(tenant, clock.now() + KNOWN_MS);
    },
    async find({ enterpriseId, teamId, isEnterpriseInstall }) {
      const own = isEnterpriseInstall || teamId === undefined ? undefined : await of(teamId);
      // Not every payload says that it is an organisation's installation that it was sent to.
      return own ?? (enterpriseId === undefined ? undefined : of(enterpriseId));
    },
    mount(server) {
      mountInstallRoutes(server, {
        ...options,
        async keep(installation) {
          const { tenant, installed } = await describe(options, installation);
          await installations.save({ channel: 'slack', tenant, secret: writeInstalled(installed), at: clock.now() });
          cache.delete(tenant);
          endingUntil.delete(tenant);
          logger.info({ tenant }, 'Plumb was installed in Slack.');
          await tell(options, tenant, installed, clock.now());
          return { slackUrl: installed.url };
        },
      });
    },
    close: () => tokens.settled(),
  };
}

async function load(tokens: Tokens, clients: Clients, tenant: string): Promise<Workspace | undefined> {
  const installed = await tokens.current(tenant);
  if (!installed) return undefined;
  return { tenant, botUserId: installed.botUserId, botId: installed.botId, url: installed.url, client: clients.of(installed.token) };
}

const id = z.string().min(1);
// What @slack/oauth made of the answer to oauth.v2.access; its `expiresAt` counts seconds.
const Made = z.object({
  bot: z.object({
    token: z.string(),
    userId: id,
    id: id.optional(),
    scopes: z.array(z.string()),
    refreshToken: z.string().optional(),
    expiresAt: z.number().optional(),
  }),
  team: z.object({ id }).nullish(),
  enterprise: z.object({ id }).nullish(),
  isEnterpriseInstall: z.boolean().nullish(),
  user: z.object({ id: z.string() }),
});

/** What is kept of an installation. Throws when Slack gave no bot, or did not say where. */
async function describe(
  { clients, logger }: InstallationsOptions,
  installation: Installation | OrgInstallation,
): Promise<{ tenant: string; installed: Installed }> {
  const { bot, team, enterprise, isEnterpriseInstall, user } = Made.parse(installation);
  const tenant = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (tenant === undefined) throw new Error('Slack did not say where Plumb was installed.');
  const url = await addressOf(clients, bot.token, logger);
  const installed = {
    token: bot.token,
    ...(bot.refreshToken !== undefined && bot.expiresAt !== undefined && { refreshToken: bot.refreshToken, expiresAt: bot.expiresAt * 1_000 }),
    botUserId: bot.userId,
    ...(bot.id !== undefined && { botId: bot.id }),
    ...(team && { teamId: team.id }),
    ...(enterprise && { enterpriseId: enterprise.id }),
    ...(url !== undefined && { url }),
    installer: user.id,
    scopes: bot.scopes,
  };
  return { tenant, installed };
}

const Address = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** Where links to messages begin; without it there are no such links, and nothing else is missing. */
async function addressOf(clients: Clients, token: string, logger: Logger): Promise<string | undefined> {
  try {
    const answer = Address.safeParse(await clients.of(token).auth.test());
    return answer.success ? answer.data.url : undefined;
  } catch (error) {
    logger.warn({ error }, 'Slack did not tell the address of a workspace; there are no links to messages in it.');
    return undefined;
  }
}

/** From here on it is an event like any other: whoever installed Plumb gets their first steps. */
async function tell({ intake, logger }: InstallationsOptions, tenant: string, { installer }: Installed, at: number): Promise<void> {
  try {
    const conversation = { channel: 'slack' as const, tenant, place: '', thread: '' };
    await intake()?.receive({ type: 'InstallChanged', change: 'installed', eventKey: `installed:${randomUUID()}`, conversation, personId: installer, at });
  } catch (error) {
    logger.warn({ error, tenant }, 'Plumb was installed, but whoever did it could not be told the first steps. They can open the Home tab of Plumb.');
  }
}
