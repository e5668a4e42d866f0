import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError, AzureOpenAI } from 'openai';
import { CallError, type ModelCall, type Transport } from './transport.ts';

/** Where the model answers. `baseUrl` is the whole address up to `/chat/completions`. */
export type Endpoint =
  | { kind: 'openai'; apiKey: string; baseUrl: string | undefined }
  | { kind: 'azure'; apiKey: string; endpoint: string; deployment: string; apiVersion: string };

/** How a model likes to be asked (prompts/llm/models.yaml). */
export type Manner = { temperature?: number; reasoning?: 'none' | 'minimal' | 'low' };

const openAiUrl = 'https://api.openai.com/v1';
/** What some models or compatible endpoints refuse; the call is made again without it, and so are all that follow. */
const optional = ['temperature', 'reasoning_effort', 'store', 'max_completion_tokens'] as const;
type Optional = (typeof optional)[number];

/** The official client as a transport: no retries and no logs of its own, nothing read from the environment, no tools. */
export function createEndpoint(endpoint: Endpoint, manner: Manner, timeoutMs: number): Transport {
  const client = clientOf(endpoint, timeoutMs);
  const refused = new Set<Optional>();

  return async function send(call, signal) {
    for (;;) {
      try {
        return await client.chat.completions.create(bodyOf(call, manner, refused), { signal });
      } catch (error) {
        const param = refusedIn(error);
        if (param === undefined || refused.has(param)) throw explain(error, signal);
        refused.add(param);
      }
    }
  };
}

function clientOf(endpoint: Endpoint, timeout: number): OpenAI {
  // Set one by one, because the client otherwise reads variables that config.ts does not know, and logs requests when OPENAI_LOG says so.
  const own = { maxRetries: 0, timeout, organization: null, project: null, adminAPIKey: null, webhookSecret: null, logLevel: 'off' as const };
  switch (endpoint.kind) {
    case 'openai':
      return new OpenAI({ ...own, apiKey: endpoint.apiKey, baseURL: endpoint.baseUrl ?? openAiUrl });
    case 'azure':
      return new AzureOpenAI({
        ...own,
        apiKey: endpoint.apiKey,
        // As the client builds it from `endpoint`, but without looking at OPENAI_BASE_URL first.
        baseURL: `${endpoint.endpoint.replace(/\/+$/, '')}/openai`,
        deployment: endpoint.deployment,
        apiVersion: endpoint.apiVersion,
      });
    default:
      return endpoint satisfies never;
  }
}

function bodyOf({ prompt, model, message, format, outputTokens }: ModelCall, manner: Manner, refused: ReadonlySet<Optional>) {
  return {
    model,
    messages: [
      { role: 'system' as const, content: prompt.text },
      { role: 'user' as const, content: message },
    ],
    response_format: format,
    ...(refused.has('max_completion_tokens') ? { max_tokens: outputTokens } : { max_completion_tokens: outputTokens }),
    ...(manner.temperature !== undefined && !refused.has('temperature') && { temperature: manner.temperature }),
    ...(manner.reasoning && !refused.has('reasoning_effort') && { reasoning_effort: manner.reasoning }),
    // New accounts keep chat completions unless told otherwise (OpenAI, Migrate to the Responses API).
    ...(!refused.has('store') && { store: false }),
  };
}

function refusedIn(error: unknown): Optional | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined;
  const named = `${error.param ?? ''} ${error.message}`;
  return optional.find((param) => named.includes(param));
}

function explain(error: unknown, signal: AbortSignal): CallError {
  if (signal.aborted) return new CallError(isTimeout(signal.reason) ? 'timeout' : 'stopped', { billed: true, cause: error });
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) return new CallError('timeout', { billed: true, cause: error });
  // Cut off, or not the JSON of a completion: the model may have answered, so it may have cost something.
  if (error instanceof SyntaxError) return new CallError('invalid', { billed: true, cause: error });
  if (error instanceof APIConnectionError || !(error instanceof APIError) || error.status === undefined) {
    return new CallError('network', { retry: true, billed: !neverArrived(error), cause: error });
  }
  const { status, code } = error;
  const retryAfterMs = retryAfter(error.headers);
  if (status === 429) {
    // Money is used up at the provider; waiting does not help.
    if (code === 'insufficient_quota') return new CallError('quota', { cause: error });
    return new CallError('rate-limited', { retry: true, retryAfterMs, cause: error });
  }
  if (status >= 500 || status === 408 || status === 409) return new CallError('server', { retry: true, retryAfterMs, cause: error });
  // Azure filters what is sent, too (Microsoft, Azure OpenAI content filtering): that is about one message, not about the endpoint.
  if (status === 400 && code === 'content_filter') return new CallError('refusal', { cause: error });
  return new CallError(status === 401 || status === 403 ? 'key-refused' : 'rejected', { cause: error });
}

const unreached: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** No connection came about, so nothing can have been billed: a day without the endpoint must not use up the day's budget. */
function neverArrived(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  if ('code' in error && unreached.includes(error.code)) return true;
  // Several addresses of one name, each tried (Node, net.connect: autoSelectFamily).
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every((each) => neverArrived(each, depth + 1));
  return 'cause' in error && neverArrived(error.cause, depth + 1);
}

function isTimeout(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError';
}

/** Milliseconds from `retry-after-ms`, or from Retry-After in seconds or as a date (RFC 9110 §10.2.3). */
function retryAfter(headers: Headers | undefined): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const said = headers?.get('retry-after') ?? undefined;
  if (said === undefined) return undefined;
  const seconds = Number(said);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
