import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from '../../app/ports.ts';

export type Clients = {
  /** The client of one token: the same one for the same token, as long as it is in use. It neither retries nor queues. */
  of(token: string): WebClient;
};

// Below the deadline of a send (app/deliver.ts), so that what became of a call is nearly always known before it is given up.
const usualTimeoutMs = 10_000;
// Rotated tokens live twelve hours, so clients of old ones have to go some time.
const maxClients = 1_000;

type Options = { slackApiUrl: string; logger: Logger; timeoutMs?: number };

/** Clients of Slack's Web API at `slackApiUrl`. What a failed call means is decided by errors.ts. */
export function createClients(options: Options): Clients {
  const clients = new Map<string, WebClient>();
  const clientOptions = clientOptionsOf(options);
  return {
    of(token) {
      const client = clients.get(token) ?? new WebClient(token, clientOptions);
      // Moved to the end, so that the first one is the one that was not used for longest.
      clients.delete(token);
      clients.set(token, client);
      const [oldest] = clients.keys();
      if (clients.size > maxClients && oldest !== undefined) clients.delete(oldest);
      return client;
    },
  };
}

/** How every client of Slack's is set up, also those that Slack's own libraries make. */
export function clientOptionsOf({ slackApiUrl, logger, timeoutMs = usualTimeoutMs }: Options): WebClientOptions {
  return {
    slackApiUrl: slackApiUrl.endsWith('/') ? slackApiUrl : `${slackApiUrl}/`,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger(logger),
    fetch: fetchWithCause,
  };
}

/** Slack's library keeps the cause only of errors that are instances of its own realm's Error. */
const fetchWithCause: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (cause) {
    throw new Error('Slack could not be reached.', { cause });
  }
};

const plainCode = /^[a-z_]{1,60}$/;

/** Slack's library logs requests and answers, with text and tokens in them: only the names of Slack's own warnings are passed on. */
function quietLogger(logger: Logger): NonNullable<WebClientOptions['logger']> {
  return {
    debug: ignore,
    info: ignore,
    warn(first: unknown) {
      if (typeof first === 'string' && plainCode.test(first) && !first.endsWith('_charset')) logger.warn({ code: first }, 'Slack took a call with a warning.');
    },
    error: ignore,
    setName: ignore,
    setLevel: ignore,
    getLevel: () => LogLevel.INFO,
  };
}

function ignore(): void {
  // Whoever made the call gets the error and tells of it.
}
