/** Keys of what is said only in Slack (channels/slack/words.ts). */
export const slackSlots = {
  'slack.loading-title': [],
  'slack.loading': [],
  'slack.late': [],
  'slack.not-kept': [],
  'slack.not-invited': [],
  'slack.close': [],
  'slack.cancel': [],
  'slack.add-note': [],
  'slack.add-note-title': [],
  'slack.choose-one': [],
  'slack.send': [],
  'slack.more': [],
  'slack.somebody': [],
  'slack.yes': [],
} as const;
