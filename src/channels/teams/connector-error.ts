/** Why a call of the Bot Connector failed. It never holds what was to be said, nor what the connector wrote back beyond its codes. */
export type ConnectorFailure =
  /** The connector answered. `code` and `subcode` are its own words ("Forbidden", "MessageWritesBlocked"). */
  | { kind: 'refused'; status: number; code?: string; subcode?: string; retryAfterMs?: number }
  /** Microsoft Entra gave no token: nothing was sent. `refused`: it does not take the app's id or secret. */
  | { kind: 'no token'; refused: boolean; code?: string }
  /** The connection was never made: nothing was sent. */
  | { kind: 'not sent' }
  /** It may have arrived: no answer in time, a broken connection, an answer that cannot be read. `status`: of an answer that says it went well all the same. */
  | { kind: 'no answer'; status?: number };

/** What a Connector rejects with. */
export class ConnectorError extends Error {
  readonly failure: ConnectorFailure;
  constructor(call: string, failure: ConnectorFailure, options?: { cause?: unknown }) {
    super(`The Bot Connector did not do ${call} (${inWords(failure)}).`, options);
    this.name = 'ConnectorError';
    this.failure = failure;
  }
}

/** The HTTP status that the connector refused with; undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ConnectorError && error.failure.kind === 'refused' ? error.failure.status : undefined;
}

function inWords(failure: ConnectorFailure): string {
  if (failure.kind !== 'refused') return failure.kind;
  const { status, code, subcode } = failure;
  return [`HTTP ${status}`, code, subcode].filter((part) => part !== undefined).join(', ');
}
