import { DeliveryError } from '../../app/ports.ts';
import { ConnectorError, type ConnectorFailure } from './connector-error.ts';
import { consequenceOf, consequences, type Refused } from './errors-table.ts';

type RefusedBy = Extract<ConnectorFailure, { kind: 'refused' }>;

/**
 * What follows from a call that failed. `doing` names the call. The message names codes and what an admin does about it, never what was to be said.
 * `waitMs`: how long the pace wants to wait, where Teams asked for patience. Errors that are none of the connector's come back as they are.
 */
export function deliveryError(error: unknown, doing: string, refused: Refused, waitMs?: number): unknown {
  if (!(error instanceof ConnectorError)) return error;
  const { failure } = error;
  switch (failure.kind) {
    case 'refused':
      return refusal(waitMs === undefined ? failure : { ...failure, retryAfterMs: waitMs }, doing, refused, error);
    case 'no token':
      return withoutToken(failure, doing, error);
    case 'not sent':
      return new DeliveryError(`Teams could not be reached (${doing}). Check the network, the name server and any proxy on the way.`, {
        retry: true,
        cause: error,
      });
    case 'no answer':
      return new DeliveryError(`Teams gave no readable answer (${doing}). If this stays, check the network and any proxy on the way.`, {
        retry: true,
        perhapsSent: true,
        cause: error,
      });
    default:
      return failure satisfies never;
  }
}

function refusal(failure: RefusedBy, doing: string, refused: Refused, cause: ConnectorError): DeliveryError {
  const { status, retryAfterMs } = failure;
  const codes = codesOf(failure);
  const { advice, ...outcome } = consequences[consequenceOf(status, codes, refused)];
  const said = [`HTTP ${status}`, ...codes].join(', ');
  const later = outcome.retry && retryAfterMs !== undefined ? { retryAfterMs } : {};
  return new DeliveryError(`Teams refused ${doing} (${said}). ${advice}`, { ...outcome, ...later, cause });
}

function withoutToken({ refused, code }: Extract<ConnectorFailure, { kind: 'no token' }>, doing: string, cause: ConnectorError): DeliveryError {
  const said = code === undefined ? '' : ` (${code})`;
  if (!refused) return new DeliveryError(`Microsoft Entra gave no token for ${doing}${said}: it is tried again.`, { retry: true, cause });
  const { advice, ...outcome } = consequences.doubtfulToken;
  return new DeliveryError(`Microsoft Entra refused the app's sign-in for ${doing}${said}. ${advice}`, { ...outcome, cause });
}

/** What may be logged of a call that failed: never what was to be said. */
export function whyNot(error: unknown): Record<string, unknown> {
  if (error instanceof DeliveryError) return { reason: error.message };
  return error instanceof ConnectorError ? { ...error.failure } : { error };
}

/** How long Teams asked to be left alone, in milliseconds; 'a while' where it does not say for how long, undefined where it did not ask. */
export function askedToWait(error: unknown): number | 'a while' | undefined {
  if (!(error instanceof ConnectorError) || error.failure.kind !== 'refused' || error.failure.status !== 429) return undefined;
  return error.failure.retryAfterMs ?? 'a while';
}

/** Whether the connector refused it as one of these statuses, and with one of these codes where codes are named. */
export function isRefused(error: unknown, status: number, ...wanted: string[]): boolean {
  if (!(error instanceof ConnectorError) || error.failure.kind !== 'refused' || error.failure.status !== status) return false;
  const codes = codesOf(error.failure);
  return wanted.length === 0 || wanted.some((code) => codes.includes(code));
}

function codesOf({ code, subcode }: RefusedBy): string[] {
  return [code, subcode].filter((one) => one !== undefined);
}
