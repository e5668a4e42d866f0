import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response, Server } from 'restify';
import type { Logger } from '../../app/ports.ts';
import { readBody } from '../http-body.ts';
import { isLoopback } from '../loopback.ts';
import { parseJson } from '../parse-json.ts';
import type { Answer } from './answer.ts';
import type { SignIn } from './sign-in.ts';

export type ReceiverOptions = {
  signIn: Pick<SignIn, 'check'>;
  /** Nobody signs in: then activities come from connectors on this machine alone. */
  local: boolean;
  /** Resolves when what a genuine activity tells is durable; when it rejects, Teams is told to send the activity again. */
  take: (activity: Record<string, unknown>) => Promise<Answer>;
  logger: Logger;
};

const address = '/api/messages';
// The largest activity carries a message of a chat with its HTML (about 100 KB) and cards (28 KB each) (docs: "Format your bot messages", "Limits and specifications").
const maxBodyBytes = 500_000;
const longestUrl = 1_000;

/** Teams' way in: POST /api/messages. Says nothing about why something was refused. */
export function createReceiver(options: ReceiverOptions): { mount(server: Server): void } {
  const answer = createAnswer(options);
  return {
    // Needs the raw bytes: no body parser may come before it.
    mount(server) {
      // restify takes only a handler that is literally an async function for one that ends when its promise does.
      server.post(address, async (request: Request, response: Response) => {
        await answer(request, response);
      });
      // The Agents Playground asks for it before it sends anything.
      server.head(address, async (_request: Request, response: Response) => {
        end(response, 200);
      });
    },
  };
}

function createAnswer({ signIn, local, take, logger }: ReceiverOptions) {
  return async function answer(request: Request, response: Response): Promise<void> {
    const { headers } = request;
    const readable = isReadable(headers);
    // Read in any case: a sender that is cut off while it still sends sees no answer.
    const body = await readBody(request, maxBodyBytes);
    if (body === 'broken off') return;
    if (!readable) return end(response, 415);
    // A web page says where it comes from, and no connector is a web page: where nobody signs in, a page must not be able to act for people.
    if (local && headers.origin !== undefined) return end(response, 403);
    if (body === 'too large') return cutOff(response, 400);
    const activity = parseJson(body.toString('utf8'));
    if (!isActivity(activity) || !(local ? isHere : isSafe)(activity.serviceUrl)) return end(response, 400);
    const verdict = await signIn.check(activity, headers.authorization);
    switch (verdict) {
      case 'genuine':
        return send(response, await taken(activity));
      case 'cannot tell':
        return end(response, 503);
      case 'refused':
        logger.warn(
          { path: address },
          "An activity without a valid token of Teams' connector was refused. If Teams itself sent it, check TEAMS_APP_ID and the clock.",
        );
        return end(response, 401);
      default:
        return verdict satisfies never;
    }
  };

  async function taken(activity: Record<string, unknown>): Promise<Answer> {
    try {
      return await take(activity);
    } catch (error) {
      logger.error({ error }, 'An activity of Teams was not stored; Teams sends it again.');
      // Teams repeats what was not answered with success (issue 1571 of MicrosoftDocs/msteams-docs).
      return { status: 503 };
    }
  }
}

type Signed = Record<string, unknown> & { type: string; serviceUrl: string };

/** What every activity has; what else it says is read once it is known to be genuine. */
function isActivity(value: unknown): value is Signed {
  if (typeof value !== 'object' || value === null || !('type' in value && 'serviceUrl' in value)) return false;
  const { type, serviceUrl } = value;
  return typeof type === 'string' && type !== '' && typeof serviceUrl === 'string' && serviceUrl.length <= longestUrl;
}

function isReadable(headers: IncomingHttpHeaders): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() === 'application/json' && (headers['content-encoding'] ?? 'identity') === 'identity';
}

/** Where Plumb's own tokens may be sent to. */
function isSafe(serviceUrl: string): boolean {
  // Nothing before the host that could be taken for it, nothing behind the path in which a call would lose its own.
  const isPlain = URL.parse(serviceUrl)?.protocol === 'https:' && !/[\s@?#\\]/.test(serviceUrl);
  return isPlain || isHere(serviceUrl);
}

/** On this machine. */
function isHere(serviceUrl: string): boolean {
  const url = URL.parse(serviceUrl);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(url) && url.username === '' && url.password === '';
}

function send(response: Response, { status, body }: Answer): void {
  if (body === undefined) end(response, status);
  else if (!response.headersSent) sendJson(response, status, JSON.stringify(body));
}

function sendJson(response: Response, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function end(response: Response, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-length': 0 });
  response.end();
}

/** Otherwise Node would go on reading what is too large for as long as it comes. */
function cutOff(response: Response, status: number): void {
  response.setHeader('connection', 'close');
  end(response, status);
}
