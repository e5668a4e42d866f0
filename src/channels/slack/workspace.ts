import type { WebClient } from '@slack/web-api';

/** One installation of Plumb in Slack: a workspace, or a whole Enterprise Grid organisation. Never logged as a whole: the client knows its token. */
export type Workspace = {
  /** The enterprise's id for an organisation-wide installation, the team's otherwise. */
  tenant: string;
  /** Plumb's own user and bot there: what they write is never taken for a person's words. */
  botUserId: string;
  botId: string | undefined;
  /** Such as https://acme.slack.com/, for links to messages; undefined where Slack did not tell. */
  url: string | undefined;
  /** With a token that is valid now. It neither retries nor queues: what to do about an error is decided by whoever calls. */
  client: WebClient;
};

/** The ids by which a payload names the installation that it was sent to. */
export type PayloadSource = { enterpriseId: string | undefined; teamId: string | undefined; isEnterpriseInstall: boolean };

/** Of a payload that names no installation at all: only where there is but one can it have come from there. Slack always names one. */
export const unnamedSource: PayloadSource = { enterpriseId: undefined, teamId: undefined, isEnterpriseInstall: false };

export type Workspaces = {
  /** Undefined where Plumb is not installed (any more): such payloads are refused. */
  find(source: PayloadSource): Promise<Workspace | undefined>;
  of(tenant: string): Promise<Workspace | undefined>;
  /** Plumb is being removed there: from now on it is looked up anew each time, so that nothing is taken any more as soon as that is done. */
  ending?(tenant: string): void;
};
