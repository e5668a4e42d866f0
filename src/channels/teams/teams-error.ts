/**
 * What stands in the way of serving Teams. `code` is stable and may be matched; `message` says what to do and never holds a token or anybody's words.
 * Here and not beside botbuilder, so that the start can tell these errors without loading it.
 */
export class TeamsError extends Error {
  readonly code: TeamsErrorCode;
  constructor(code: TeamsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TeamsError';
    this.code = code;
  }
}

type TeamsErrorCode =
  /** The file of the bot's certificate cannot be read, or is not one with its private key. */
  | 'teams_certificate_unreadable'
  /** Microsoft Entra does not take the app's id, tenant or secret. */
  | 'teams_secret_refused'
  /** The keys by which activities are verified could not be fetched. */
  | 'teams_keys_unavailable'
  /** Nothing can be kept yet: Teams is asked to send it again. */
  | 'teams_starting';
