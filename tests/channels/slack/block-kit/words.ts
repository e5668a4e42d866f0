import type { SlackWords } from '../../../../src/channels/slack/words.ts';
import { loadPrompts } from '../../../../src/prompts.ts';

const { words } = loadPrompts('prompts');

/** As src/open-slack.ts takes them from prompts/. */
export const slackWords: SlackWords = {
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
  fileInChat: 'The file is in our direct messages.',
  fileFailed: 'Slack did not take the file.',
  filePerhaps: 'Slack did not say whether the file arrived.',
  fileOpen: 'Open the file',
};
