import { z } from 'zod';
import { DeliveryError } from '../../app/ports.ts';
import { type Consequence, consequenceOf, consequences } from './errors-table.ts';

type Failure = DeliveryError['failure'];

const Platform = z.object({
  code: z.literal('slack_webapi_platform_error'),
  data: z.object({ error: z.string(), response_metadata: z.object({ retryAfter: z.number().optional() }).optional() }),
});
const RateLimited = z.object({ code: z.literal('slack_webapi_rate_limited_error'), retryAfter: z.number() });
const Http = z.object({
  code: z.literal('slack_webapi_http_error'),
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  // Slack refuses with HTTP 200; another server may say the same with the status that fits.
  body: z
    .object({ ok: z.literal(false), error: z.string() })
    .optional()
    .catch(undefined),
});

// What is not such a word is no code of Slack's but the page of something in between.
const codeWord = /^[a-z][a-z0-9_]{0,79}$/;
const defaultPatienceMs = 30_000;

/** Slack's own word for why it refused a call ("channel_not_found"); undefined when it did not answer with one. */
export function slackCode(error: unknown): string | undefined {
  const refused = Platform.safeParse(error);
  const code = refused.success ? refused.data.data.error : Http.safeParse(error).data?.body?.error;
  return code !== undefined && codeWord.test(code) ? code : undefined;
}

const Complaints = z.object({
  data: z.object({
    errors: z.array(z.string()).default([]),
    response_metadata: z.object({ messages: z.array(z.string()).default([]) }).default({ messages: [] }),
  }),
});

/** What Slack pointed to in what it did not take ("/blocks/3/image_url"): never the words beside it, which may be people's. */
export function placesIn(error: unknown): string[] {
  const { errors, response_metadata } = Complaints.safeParse(error).data?.data ?? { errors: [], response_metadata: { messages: [] } };
  const places = [...errors, ...response_metadata.messages].flatMap((said) => /\[json-pointer:((?:\/[a-z_]+|\/\d+)+)\]$/.exec(said)?.[1] ?? []);
  return [...new Set(places)].slice(0, 5);
}

const unknownPath = new Set([404, 405, 501]);

/** Whether the server behind SLACK_API_URL has no such method at all: Slack says it with a code, other servers with their status. */
export function lacksMethod(error: unknown): boolean {
  const code = slackCode(error);
  if (code !== undefined) return code === 'unknown_method';
  const http = Http.safeParse(error);
  return http.success && unknownPath.has(http.data.statusCode);
}

// What is said where there is no Home: it was not turned on, the installation lacks its scope, or the server has none.
const withoutHome: ReadonlySet<string> = new Set(['not_enabled', 'missing_scope', 'not_allowed_token_type', 'method_not_supported_for_channel_type']);

/** Whether a Home could not be shown because there is none. Nothing depends on Home. */
export function hasNoHome(error: unknown): boolean {
  return lacksMethod(error) || withoutHome.has(slackCode(error) ?? '');
}

/** How long Slack asked to be left alone, in milliseconds; undefined when it did not. */
export function askedToWait(error: unknown): number | undefined {
  const limited = RateLimited.safeParse(error);
  if (limited.success) return limited.data.retryAfter * 1_000;
  const refused = Platform.safeParse(error);
  if (refused.success && consequenceOf(refused.data.data.error) === 'busy') {
    const seconds = refused.data.data.response_metadata?.retryAfter;
    return seconds === undefined ? defaultPatienceMs : seconds * 1_000;
  }
  // What Slack's library throws for a 429 that does not say how long.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout')) return defaultPatienceMs;
  return undefined;
}

/**
 * What follows from a call that failed. `method` is the Web API's name of it; `toPerson`: it was for one person's eyes, so that nobody misses it
 * when there is no such person any more. The message names codes and what an admin does about it, never what was to be said.
 */
export function deliveryError(error: unknown, method: string, { toPerson = false }: { toPerson?: boolean } = {}): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const wait = askedToWait(error);
  if (wait !== undefined) {
    return new DeliveryError(`Slack asked for patience (${method}): it goes on by itself.`, { retry: true, busy: true, retryAfterMs: wait, cause: error });
  }
  const code = slackCode(error);
  if (code !== undefined) return refusal(code, method, toPerson, error);
  const { message, ...failure } = transportFailure(error, method);
  return new DeliveryError(message, { ...failure, cause: error });
}

function refusal(code: string, method: string, toPerson: boolean, cause: unknown): DeliveryError {
  const consequence = toPerson ? whenToPerson(consequenceOf(code)) : consequenceOf(code);
  const { advice, ...failure } = consequences[consequence];
  const missed = consequence === 'nobody' && !toPerson ? { drop: false } : {};
  return new DeliveryError(`Slack refused ${method} with ${code}. ${advice}`, { ...failure, ...missed, cause });
}

/** The chat with somebody who has left looks like a channel that is gone. */
function whenToPerson(consequence: Consequence): Consequence {
  return consequence === 'gone' || consequence === 'archived' ? 'nobody' : consequence;
}

function transportFailure(error: unknown, method: string): Failure & { message: string } {
  const http = Http.safeParse(error);
  if (http.success) return httpFailure(http.data.statusCode, http.data.headers, method);
  if (wasNeverSent(error)) {
    return { retry: true, message: `Slack could not be reached (${method}). Check the network, the name server and SLACK_API_URL.` };
  }
  return { retry: true, perhapsSent: true, message: `Slack gave no readable answer (${method}). If this stays, check the network and any proxy on the way.` };
}

function httpFailure(status: number, headers: Readonly<Record<string, string>>, method: string): Failure & { message: string } {
  const seconds = Number(headers['retry-after']);
  const later = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {};
  if (status >= 500 || status === 408) {
    return {
      retry: true,
      perhapsSent: true,
      ...later,
      message: `Slack is out of order (${method}: HTTP ${status}). See https://slack-status.com if this stays.`,
    };
  }
  if (status === 413) return { retry: false, message: `Slack takes nothing as large as this (${method}: HTTP 413).` };
  return {
    retry: true,
    ...later,
    message: `Something other than Slack's Web API answered (${method}: HTTP ${status}). Check SLACK_API_URL and any proxy on the way.`,
  };
}

// Errors of Node and undici that come up before a request could leave.
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'UND_ERR_CONNECT_TIMEOUT']);
const Step = z.object({
  code: z.string().optional().catch(undefined),
  syscall: z.string().optional().catch(undefined),
  cause: z.unknown().optional(),
  original: z.unknown().optional(),
});

/** True when the connection was never made: then surely nothing arrived. */
function wasNeverSent(error: unknown): boolean {
  let step = Step.safeParse(error);
  for (let depth = 0; step.success && depth < 6; depth += 1) {
    const { code, syscall, cause, original } = step.data;
    if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
    if (code !== undefined && (beforeSending.has(code) || /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code))) return true;
    step = Step.safeParse(cause ?? original);
  }
  return false;
}
