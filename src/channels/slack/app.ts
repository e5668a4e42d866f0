import bolt, { type App, type Context, type ViewSubmitAction } from '@slack/bolt';
import type { Ack } from '../hand-over.ts';
import { takeCommand } from './commands.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { takePress } from './press.ts';
import type { SlackReceiver } from './receiver.ts';
import { createSdkLogger } from './sdk-logger.ts';
import { takeGlobalShortcut, takeMessageShortcut } from './shortcuts.ts';
import { SlackError } from './slack-error.ts';
import { takeSubmission } from './submission.ts';
import type { PayloadSource, Workspace, Workspaces } from './workspace.ts';

/** What a shortcut is called in the manifest. */
const shortcutIds = { message: 'start_alignment', global: 'start_form' } as const;

export type SlackAppOptions = InteractionDependencies & { receiver: SlackReceiver; workspaces: Pick<Workspaces, 'find'>; slackApiUrl: string };

/**
 * The Bolt app for what people do in Slack beside writing: buttons, forms, shortcuts and commands. Bolt finds out what came and for whom; each is stored
 * before it is acknowledged, and what is slow goes on after that. Events never come here (events.ts).
 */
export function createSlackApp({ receiver, workspaces, slackApiUrl, ...dependencies }: SlackAppOptions): App {
  const { logger } = dependencies;
  const app = new bolt.App({
    receiver,
    // Asks nothing of Slack: which installation it is stands in what came.
    authorize: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      const { botUserId, botId } = await installed(workspaces, sourceOf({ teamId, enterpriseId, isEnterpriseInstall }));
      return { botUserId, ...(botId !== undefined && { botId }) };
    },
    clientOptions: { slackApiUrl },
    convoStore: false,
    ignoreSelf: false,
    tokenVerificationEnabled: false,
    attachFunctionToken: false,
    logger: createSdkLogger(logger, 'bolt'),
    logLevel: bolt.LogLevel.WARN,
  });
  app.error(async (error) => {
    const { original = error } = error;
    // What Bolt keeps to itself counts as taken, and a form that was sent would close over what was typed: only a rejection shows that it failed.
    if (!(original instanceof SlackError) || original.code !== 'slack_not_installed') throw original;
    logger.warn({ error: original }, 'Something that was done in Slack was dropped.');
  });
  const of = (context: Context): Promise<Workspace> => installed(workspaces, sourceOf(context));
  app.action({ type: 'block_actions' }, async ({ body, context, ack }) => takePress(dependencies, await of(context), body, plain(ack)));
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async ({ body, context, ack }) => takeSubmission(dependencies, await of(context), body, ack));
  // By its id alone: not every server calls a shortcut on a message a message_action.
  app.shortcut({ callback_id: shortcutIds.message }, async ({ body, context, ack }) => takeMessageShortcut(dependencies, await of(context), body, plain(ack)));
  app.shortcut({ callback_id: shortcutIds.global }, async ({ body, context, ack }) => takeGlobalShortcut(dependencies, await of(context), body, plain(ack)));
  app.command(/^\/plumb/, async ({ body, context, ack }) => takeCommand(dependencies, await of(context), body, plain(ack)));
  return app;
}

type Named = { teamId?: string | undefined; enterpriseId?: string | undefined; isEnterpriseInstall: boolean };

function sourceOf({ teamId, enterpriseId, isEnterpriseInstall }: Named): PayloadSource {
  // What Bolt found in the payload may as well be empty.
  return { teamId: teamId || undefined, enterpriseId: enterpriseId || undefined, isEnterpriseInstall };
}

async function installed(workspaces: Pick<Workspaces, 'find'>, source: PayloadSource): Promise<Workspace> {
  const workspace = await workspaces.find(source);
  if (!workspace)
    throw new SlackError(
      'slack_not_installed',
      'Plumb is not installed in the workspace that this came from, so nothing was done. Install it there, or remove the app.',
    );
  return workspace;
}

/** An empty answer: what is said comes after it. */
function plain(ack: () => Promise<void>): Ack {
  return () => ack();
}
