import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeClient } from '@slack/socket-mode';
import { z } from 'zod';
import type { Logger } from '../../app/ports.ts';
import { optionally } from '../optional.ts';
import { clientOptionsOf } from './clients.ts';
import type { Dispatch } from './dispatch.ts';
import { askedToWait, slackCode } from './errors.ts';
import { isRecord } from './is-record.ts';
import { createSdkLogger } from './sdk-logger.ts';
import { SlackError } from './slack-error.ts';

const Interaction = z.record(z.string(), z.unknown());
const Delivery = z.object({
  type: z.string(),
  body: z.unknown(),
  ack: z.custom<(response?: unknown) => Promise<void>>((given) => typeof given === 'function'),
  retry_num: optionally(z.number()),
  retry_reason: optionally(z.string()),
});

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const CLOSE_GRACE_MS = 1_000;
// Slack says hello within moments of a connection; one that stays silent is given up.
const HELLO_MS = 15_000;
// What apps.connections.open says when another try would change nothing (docs.slack.dev, "apps.connections.open", errors).
const refusals = new Set(['invalid_auth', 'not_authed', 'account_inactive', 'not_allowed_token_type', 'token_revoked', 'token_expired', 'missing_scope']);

type SocketOptions = {
  appToken: string;
  slackApiUrl: string;
  onEvents: (envelope: unknown) => Promise<void>;
  dispatch: Dispatch;
  logger: Logger;
};

export type Socket = {
  /** Resolves when events come in, or when Slack cannot be reached: that is tried again until it can. Throws SlackError when the token is refused. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** False once Slack refused the token while running, or the connection cannot be kept for another reason: only a new start helps. */
  listening(): boolean;
};

/**
 * Events over a connection that Plumb opens, for where Slack cannot reach it. Connections are renewed here and not by the client: its own renewal ends
 * the process when Slack cannot be reached at that moment, and waits five seconds when Slack merely asks for a new connection.
 */
export function createSocket(options: SocketOptions): Socket {
  const { appToken, slackApiUrl, logger } = options;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const client = new SocketModeClient({
    appToken,
    autoReconnectEnabled: false,
    logger: createSdkLogger(logger, 'socket-mode'),
    clientOptions: clientOptionsOf({ slackApiUrl, logger }),
  });
  let hasEnded = false;
  surviveFrames(client, logger);
  client.on('slack_event', (given: unknown) => {
    take(options, given).catch((error: unknown) => logger.error({ error }, 'Something that came over Socket Mode could not be taken.'));
  });

  return {
    async start() {
      const first = await connect(client, logger);
      running = stayConnected(client, first, { logger, stopping: stopping.signal }).catch((error: unknown) => {
        hasEnded = true;
        logger.error({ error }, 'Socket Mode has ended: nothing comes in over it until the next start.');
      });
    },
    listening: () => !hasEnded,
    async stop() {
      stopping.abort();
      const ended = Promise.all([client.disconnect(), running]);
      await Promise.race([ended, sleep(CLOSE_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/** The client leaves what its reading of a frame rejects with to nobody, which ends the process: one that it cannot read must not. */
function surviveFrames(client: SocketModeClient, logger: Logger): void {
  const frames = 'ws_message';
  const readers = client.listeners(frames);
  client.removeAllListeners(frames);
  client.on(frames, (...frame: unknown[]) => {
    for (const read of readers) {
      // Without the error, which may quote what was in the frame.
      Promise.resolve(read(...frame)).catch(() => logger.warn({}, 'Something came over Socket Mode that cannot be read; it was dropped.'));
    }
  });
}

async function take({ onEvents, dispatch, logger }: SocketOptions, given: unknown): Promise<void> {
  const { type, body, ack, retry_num: retry, retry_reason: code } = Delivery.parse(given);
  if (!isRecord(body)) {
    logger.debug({ type }, 'Something without a payload came over Socket Mode; it is none of Plumb’s business.');
    return;
  }
  if (type !== 'events_api') {
    await dispatch(Interaction.parse(body), (response) => ack(response));
    return;
  }
  if (retry) logger.info({ attempt: retry, code }, 'Slack sent an event again.');
  try {
    await onEvents(body);
  } catch (error) {
    // Without an acknowledgement Slack sends it again.
    logger.error({ error }, 'An event of Slack was not stored; Slack sends it again.');
    return;
  }
  await ack();
}

/** `ended` resolves when the connection is gone. */
type Attempt = { status: 'connected'; ended: Promise<void> } | { status: 'unreachable'; error: unknown };

/** Throws SlackError. */
async function stayConnected(client: SocketModeClient, first: Attempt, { logger, stopping }: { logger: Logger; stopping: AbortSignal }): Promise<void> {
  let failures = 0;
  for (let attempt = first; ; attempt = await connect(client, logger)) {
    if (stopping.aborted) {
      // It was being made while the rest stopped, and would keep the process running.
      if (attempt.status === 'connected') await client.disconnect();
      return;
    }
    switch (attempt.status) {
      case 'connected':
        if (attempt === first || failures > 0) logger.info({ failures }, 'Slack is connected over Socket Mode.');
        failures = 0;
        await attempt.ended;
        break;
      case 'unreachable':
        if (failures === 0) logger.warn({ error: attempt.error }, 'Slack cannot be reached over Socket Mode; it is tried again until it can.');
        await pause(Math.max(askedToWait(attempt.error) ?? 0, Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS)), stopping);
        failures += 1;
        break;
      default:
        attempt satisfies never;
    }
    if (stopping.aborted) return;
  }
}

/** Connected once Slack has said hello. Throws SlackError. */
async function connect(client: SocketModeClient, logger: Logger): Promise<Attempt> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  client.once('disconnected', resolve);
  const silence = setTimeout(() => {
    client.disconnect().catch((error: unknown) => logger.warn({ error }, 'A silent connection to Slack could not be closed.'));
  }, HELLO_MS);
  try {
    await client.start();
    return { status: 'connected', ended };
  } catch (error) {
    client.off('disconnected', resolve);
    const answer = slackCode(error);
    if (answer !== undefined && refusals.has(answer)) throw refusedBy(answer, error);
    return { status: 'unreachable', error };
  } finally {
    clearTimeout(silence);
  }
}

function refusedBy(answer: string, cause: unknown): SlackError {
  return new SlackError(
    'slack_app_token_refused',
    `Slack refuses SLACK_APP_TOKEN (${answer}). Take an app-level token (xapp-…) with the scope connections:write of this app, and switch Socket Mode on in the app's settings.`,
    { cause },
  );
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });
}
