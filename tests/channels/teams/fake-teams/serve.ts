import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { bytesOf, type ConnectorOptions, createConnectorServer } from './connector-server.ts';
import { answerPage, type PageParts } from './page.ts';
import type { State } from './state.ts';

/** Everything that is reached over HTTP: the connector, addresses that files are uploaded to, and the page to look at. */
export function createServer(parts: ConnectorOptions & PageParts): Server {
  const connector = createConnectorServer(parts);
  return createHttpServer((request, response) => {
    answer(parts, connector, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
}

async function answer(
  parts: PageParts,
  connector: ReturnType<typeof createConnectorServer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', parts.state.origin);
  if (await connector(request, response, url)) return;
  if (url.pathname.startsWith('/upload/')) return upload(parts.state, url, request, response);
  if (await answerPage(parts, request, response, url)) return;
  response.writeHead(404, { 'content-type': 'text/plain' });
  response.end('Not found');
}

/** Microsoft Learn, "Send and receive files": a PUT with the range of bytes, as OneDrive's upload sessions take it. */
async function upload(state: State, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const entry = state.uploads.get(url.pathname.split('/').at(-1) ?? '');
  const bytes = await bytesOf(request);
  const range = /^bytes 0-(\d+)\/(\d+)$/.exec(request.headers['content-range'] ?? '');
  const whole = range && Number(range[1]) === bytes.length - 1 && Number(range[2]) === bytes.length;
  const status = !entry ? 404 : request.method !== 'PUT' || !whole ? 400 : 201;
  if (entry && status === 201) entry.content = bytes;
  state.changed();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(status === 201 ? { id: url.pathname.split('/').at(-1), size: bytes.length } : { error: { code: 'invalidRequest' } }));
}
