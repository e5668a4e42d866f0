import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Responder } from './apply-answer.ts';
import type { Interact } from './interact.ts';
import { takeUpload } from './methods/files.ts';
import { SlackError } from './model.ts';
import { answerPage } from './page.ts';
import type { People } from './people.ts';
import type { createSockets } from './socket.ts';
import type { State } from './state.ts';
import { type createWebApi, send } from './web-api.ts';

export type ServeParts = {
  state: State;
  webApi: ReturnType<typeof createWebApi>;
  responder: Responder;
  people: People;
  act: Interact;
  allow: (authorizeUrl: string, installer: string, whole?: 'team' | 'organisation') => string;
  sockets: ReturnType<typeof createSockets>;
};

const mostBody = 5_000_000;

/** Everything that is reached over HTTP: Web API, response addresses, uploads, OAuth, Socket Mode. */
export function createServer(parts: ServeParts): Server {
  const server = createHttpServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  server.on('upgrade', parts.sockets.upgrade);
  return server;
}

async function answer(parts: ServeParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', parts.state.origin);
  const body = await bytesOf(request);
  if (url.pathname.startsWith('/api/')) return parts.webApi(request, response, url, body);
  if (url.pathname.startsWith('/actions/')) {
    const { status, reply } = parts.responder.answer(url.pathname.split('/').at(-1) ?? '', jsonOf(body));
    return send(response, status, reply);
  }
  if (url.pathname.startsWith('/upload/v1/')) return upload(parts.state, url, request, response, body);
  if (await answerPage(parts, request, response, url, body)) return;
  response.writeHead(404, { 'content-type': 'text/plain' });
  response.end('Not found');
}

function upload(state: State, url: URL, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const entry = state.uploads.get(url.pathname.split('/').at(-1) ?? '');
  if (!entry) return void response.writeHead(404).end();
  takeUpload(entry, request.headers['content-type'], body);
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(`OK - ${entry.content.length}`);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    length += bytes.length;
    if (length > mostBody) throw new SlackError('request_too_large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
