import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { ConnectorError, type ConnectorFailure } from './connector-error.ts';

const Headers = z.custom<{ get(name: string): unknown }>(
  (value) => typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function',
);
const RestError = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional().catch(undefined),
  statusCode: z.number().int().optional().catch(undefined),
  response: z
    .object({ bodyAsText: z.string().nullish(), headers: Headers.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Reads what botbuilder's clients threw. Nothing of what was said comes along. */
export function readConnectorFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorError) return error.failure;
  const rest = RestError.safeParse(error);
  if (!rest.success) return { kind: 'no answer' };
  const { statusCode: status, response, code, message } = rest.data;
  if (status === undefined) return wasNeverSent(code, message) ? { kind: 'not sent' } : { kind: 'no answer' };
  // An answer that says it went well and cannot be read.
  if (status < 300) return { kind: 'no answer', status };
  const retryAfterMs = waitOf(response?.headers?.get('retry-after'));
  return { kind: 'refused', status, ...codesOf(response?.bodyAsText), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

const Refusal = z.object({
  error: z
    .object({ code: z.string().optional().catch(undefined), message: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  // As the refusal of a chat that was blocked looks (Microsoft Learn, "Send proactive messages").
  message: z.string().optional().catch(undefined),
});
// What does not look like a code is a sentence, and may repeat what was said.
const codeWord = /^[A-Za-z][A-Za-z0-9_.-]{2,59}$/;

function codesOf(body: string | null | undefined): { code?: string; subcode?: string } {
  const refusal = Refusal.safeParse(parseJson(body ?? ''));
  if (!refusal.success) return {};
  const { error, message } = refusal.data;
  const code = error?.code?.replace('Bad Argument', 'BadArgument');
  const subcode = subcodeIn(`${error?.message ?? ''} ${message ?? ''}`);
  return { ...(code !== undefined && codeWord.test(code) && { code }), ...(subcode !== undefined && { subcode }) };
}

const subcodes = /\b(MessageWritesBlocked|ForbiddenOperationException|BotNotInConversationRoster|BotDisabledByAdmin|ConversationBlockedByUser)\b/;

/** What the message says where the code is more general. */
function subcodeIn(message: string): string | undefined {
  if (/invalid user identity/i.test(message)) return 'InvalidUserIdentity';
  return subcodes.exec(message)?.[1];
}

/** RFC 9110: seconds, or a date. */
function waitOf(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

// Errors of Node that come up before a request could leave.
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EHOSTUNREACH', 'ENETUNREACH']);

function wasNeverSent(code: string | undefined, message: string): boolean {
  if (/^(connect|getaddrinfo) /.test(message)) return true;
  return code !== undefined && (beforeSending.has(code) || /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code));
}

const TokenError = z.object({ errorCode: z.string() });
// Microsoft Learn, "Microsoft Entra authentication and authorization error codes": what does not pass by waiting.
const refusedApp = new Set(['invalid_client', 'unauthorized_client', 'invalid_grant', 'invalid_resource', 'invalid_scope', 'access_denied', 'invalid_request']);

/** Reads why there was no token to sign a call with. */
export function readTokenFailure(error: unknown): ConnectorFailure {
  const known = TokenError.safeParse(error);
  const code = known.success && codeWord.test(known.data.errorCode) ? known.data.errorCode : undefined;
  return { kind: 'no token', refused: code !== undefined && refusedApp.has(code), ...(code !== undefined && { code }) };
}
