import type { App, Receiver } from '@slack/bolt';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { Logger } from '../../app/ports.ts';
import { readBody } from '../http-body.ts';
import { parseJson } from '../parse-json.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { createSocket } from './socket.ts';
import { createVerify } from './verify.ts';

export type ReceiverOptions = {
  /** Without it nothing is served over HTTP. */
  signingSecret: string | undefined;
  /** With it events come through Socket Mode too. */
  appToken: string | undefined;
  slackApiUrl: string;
  /** Resolves when an event is durable or none of ours; when it rejects, Slack is told to send the event again. */
  onEvents: (envelope: unknown) => Promise<void>;
  logger: Logger;
};

export type SlackReceiver = Receiver & {
  /** False once Socket Mode has ended for good: what people do no longer comes in over it. */
  listening(): boolean;
  /** Adds POST /slack/events. Needs the raw bytes: no body parser may come before it. */
  mount(server: Server): void;
};

const address = '/slack/events';
const MAX_BODY_BYTES = 1_000_000;
// The ssl_check that Slack sends now and then carries a few fields only.
const MAX_SSL_CHECK_BYTES = 1_000;

const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string() });
const Interaction = z.record(z.string(), z.unknown());

/**
 * Slack's way in, over HTTP and Socket Mode at once. Events go straight to `onEvents`, so that they are durable before they are acknowledged and chatter
 * costs little; presses, forms, shortcuts and commands go through the Bolt app that was made with this receiver. `start` opens Socket Mode.
 */
export function createReceiver(options: ReceiverOptions): SlackReceiver {
  const { signingSecret, appToken, onEvents, logger } = options;
  let app: App | undefined;

  const dispatch = createDispatch(() => app, logger);
  const socket = appToken === undefined ? undefined : createSocket({ ...options, appToken, dispatch });
  return {
    init(made) {
      app = made;
    },
    start: async () => socket?.start(),
    stop: async () => socket?.stop(),
    listening: () => socket?.listening() ?? true,
    mount(server) {
      if (signingSecret === undefined) return;
      const answer = createAnswer({ verify: createVerify(signingSecret), onEvents, dispatch, logger });
      // restify takes only a handler that is literally an async function for one that ends when its promise does.
      server.post(address, async (request: Request, response: Response) => {
        await answer(request, response);
      });
    },
  };
}

function createAnswer(dependencies: { verify: ReturnType<typeof createVerify>; dispatch: Dispatch } & Pick<ReceiverOptions, 'onEvents' | 'logger'>) {
  const { verify, onEvents, dispatch, logger } = dependencies;

  return async function answer(request: Request, response: Response): Promise<void> {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === 'broken off') return;
    if (body === 'too large') return end(response, 413);
    const { headers } = request;
    const form = isForm(headers['content-type']);
    if (form && isSslCheck(body)) return end(response, 200);
    if (!verify({ timestamp: first(headers['x-slack-request-timestamp']), signature: first(headers['x-slack-signature']), body })) {
      logger.warn(
        { path: address },
        'A request without a valid signature of Slack was refused. If Slack itself sent it, check SLACK_SIGNING_SECRET and the clock.',
      );
      return end(response, 401);
    }
    if (form) return answerInteraction(fieldsOf(body), response);
    const envelope = parseJson(body.toString('utf8'));
    if (typeof envelope !== 'object' || envelope === null) return end(response, 400);
    if (isInteraction(envelope)) return answerInteraction(envelope, response);
    if ('type' in envelope && envelope.type === 'url_verification') return answerChallenge(envelope, response);
    await answerEvent(envelope, first(headers['x-slack-retry-num']), first(headers['x-slack-retry-reason']), response);
  };

  async function answerEvent(envelope: object, retryNum: string | undefined, code: string | undefined, response: Response): Promise<void> {
    const retry = Number(retryNum) || 0;
    if (retry > 0) logger.info({ attempt: retry, code }, 'Slack sent an event again.');
    try {
      await onEvents(envelope);
    } catch (error) {
      logger.error({ error }, 'An event of Slack was not stored; Slack sends it again.');
      return end(response, 503);
    }
    end(response, 200);
  }

  async function answerInteraction(given: object, response: Response): Promise<void> {
    const payload = 'payload' in given ? given.payload : given;
    const interaction = Interaction.safeParse(typeof payload === 'string' ? parseJson(payload) : payload);
    if (!interaction.success) return end(response, 400);
    const taken = await dispatch(interaction.data, (given) => sendAck(response, given));
    if (taken === 'failed') end(response, 500);
  }
}

function answerChallenge(envelope: object, response: Response): void {
  const asked = Challenge.safeParse(envelope);
  if (asked.success) sendText(response, asked.data.challenge, 'text/plain; charset=utf-8');
  else end(response, 400);
}

/** What Slack may have to show at once stands in the answer; otherwise the body is empty, which shows nothing. */
function sendAck(response: Response, given: unknown): void {
  if (given === undefined || given === '') end(response, 200);
  else if (typeof given === 'string') sendText(response, given, 'text/plain; charset=utf-8');
  else sendText(response, JSON.stringify(given), 'application/json; charset=utf-8');
}

function sendText(response: Response, text: string, type: string): void {
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function end(response: Response, status: number): void {
  if (response.headersSent) return;
  // Otherwise Node would go on reading what is too large for as long as it comes.
  response.writeHead(status, { 'content-length': 0, ...(status === 413 && { connection: 'close' }) });
  response.end();
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
}

function fieldsOf(body: Buffer): object {
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

const interactionTypes: readonly unknown[] = ['block_actions', 'view_submission', 'view_closed', 'message_action', 'shortcut', 'block_suggestion'];

/** Slack sends what people do as a form (docs: handling user interaction); a server that sends everything as JSON means the same. */
function isInteraction(envelope: object): boolean {
  if ('event' in envelope) return false;
  return 'payload' in envelope || 'command' in envelope || ('type' in envelope && interactionTypes.includes(envelope.type));
}

/** Slack checks the certificate with a request that it does not sign, and wants no more than an answer. */
function isSslCheck(body: Buffer): boolean {
  return body.length <= MAX_SSL_CHECK_BYTES && new URLSearchParams(body.toString('utf8')).get('ssl_check') === '1';
}

function first(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
