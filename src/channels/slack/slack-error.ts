/**
 * What stands in the way of serving Slack. `code` is stable and may be matched; `message` says what to do and never holds a token or anybody's words.
 * Here and not beside Slack's SDK, so that the start can tell these errors without loading it.
 */
export class SlackError extends Error {
  readonly code: SlackErrorCode;
  constructor(code: SlackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SlackError';
    this.code = code;
  }
}

type SlackErrorCode =
  /** The bot token cannot be used. */
  | 'slack_token_refused'
  /** The app token cannot be used: nothing comes over Socket Mode. */
  | 'slack_app_token_refused'
  /** A kept installation does not have the shape it was written with. */
  | 'slack_tokens_unreadable'
  /** Something came from a workspace that Plumb is not installed in (any more). */
  | 'slack_not_installed'
  /** Nothing can be kept yet: Slack is asked to send it again. */
  | 'slack_starting';
