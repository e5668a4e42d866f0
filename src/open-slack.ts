import type { Clock, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
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
  return createSlack({ ...rest, words: slackWords(prompts) });
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
  };
}
