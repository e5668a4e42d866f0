import type { Clock, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
import type { InstallWords } from './channels/slack/install-page.ts';
import type { SlackPlatform } from './channels/slack/slack.ts';
import type { SlackWords } from './channels/slack/words.ts';
import type { SlackConfig } from './config/slack.ts';
import type { Prompts } from './prompts.ts';

/** Slack, as it is configured. Its code and its SDK are loaded only then. Throws SlackError when the workspace's token is refused. */
export async function openSlack(options: {
  config: SlackConfig;
  admins: readonly string[];
  store: Store;
  prompts: Prompts;
  clock: Clock;
  logger: Logger;
}): Promise<SlackPlatform> {
  const { createSlack } = await import('./channels/slack/slack.ts');
  const { prompts, ...rest } = options;
  return createSlack({ ...rest, words: slackWords(prompts), installWords: installWords(prompts) });
}

function installWords({ words }: Prompts): InstallWords {
  return {
    installedTitle: words.plain('install-page.installed-title'),
    installed: words.plain('install-page.installed'),
    openSlack: words.plain('install-page.open-slack'),
    cancelledTitle: words.plain('install-page.cancelled-title'),
    cancelled: words.plain('install-page.cancelled'),
    expiredTitle: words.plain('install-page.expired-title'),
    expired: words.plain('install-page.expired'),
    failedTitle: words.plain('install-page.failed-title'),
    failed: words.plain('install-page.failed'),
    again: words.plain('install-page.again'),
  };
}

function slackWords({ words }: Prompts): SlackWords {
  return {
    loadingTitle: words.plain('slack.loading-title'),
    loading: words.plain('slack.loading'),
    late: words.plain('slack.late'),
    notKept: words.plain('slack.not-kept'),
    notInvited: words.plain('slack.not-invited'),
    close: words.plain('slack.close'),
    cancel: words.plain('slack.cancel'),
    addNote: words.plain('slack.add-note'),
    addNoteTitle: words.plain('slack.add-note-title'),
    chooseOne: words.plain('slack.choose-one'),
    send: words.plain('slack.send'),
    more: words.plain('slack.more'),
    somebody: words.plain('slack.somebody'),
    yes: words.plain('slack.yes'),
    fileInChat: words.plain('slack.file-in-chat'),
    fileFailed: words.plain('slack.file-failed'),
    filePerhaps: words.plain('slack.file-perhaps'),
    fileOpen: words.plain('slack.file-open'),
  };
}
